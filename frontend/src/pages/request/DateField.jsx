import { addDays, clock, date, t } from '../../lib/i18n.js';
import { Button } from '../../ui/Button.jsx';
import { TextField } from '../../ui/fields.jsx';
import { common } from './FieldOf.jsx';
import { lastDay, slaDue, termDays } from './model.js';

/** @param {{text: string | undefined, lines: (string | null | false | undefined)[]}} props */
const Lines = ({ text, lines }) => (
  <>
    {[text, ...lines].filter(Boolean).map(line => (
      <span class="hint-line" key={String(line)}>
        {line}
      </span>
    ))}
  </>
);

/** Days that are still to come. */
const ahead = ['requested_from', 'requested_until', 'fix_on'];

/** A day; for the end of the term the limits stand in the hint and the usual lengths are one click. @param {import('./FieldOf.jsx').FieldProps} props */
export function DateField({ field, form }) {
  const props = common({ field, form });
  const value = form.content[field.key];
  const today = clock.today;
  const isEnd = field.key === 'requested_until';
  const limit = isEnd ? lastDay(form.content, form.document, form.procedure, today) : null;
  const sla = isEnd ? slaDue(form.content, form.document) : null;
  const asked = form.content.requested_from;
  const start = asked && asked > today ? asked : today;
  const valid = /^\d{4}-\d\d-\d\d$/.test(value ?? '');
  const beyond = sla && valid ? termDays(sla.due, value) - 1 : 0;
  const lines = [
    limit && t('form.limit', { n: limit.days, date: date(limit.day) }),
    isEnd && valid && value >= start && t('form.term', { n: termDays(start, value) }),
    sla && beyond > 0 && t('form.beyondSla', { n: beyond, date: date(sla.due) }),
  ];
  const hint = props.hint || lines.some(Boolean) ? <Lines text={props.hint} lines={lines} /> : undefined;
  return (
    <div class="stack-sm">
      <TextField
        {...props}
        hint={hint}
        type="date"
        narrow
        min={ahead.includes(field.key) ? today : undefined}
        max={limit?.day}
        value={value}
        onInput={next => form.set(field.key, next)}
      />
      {isEnd && (
        <fieldset class="row quick">
          <legend class="hidden">{t('form.quick')}</legend>
          {[30, 60, 90]
            .filter(days => !limit || days <= limit.days)
            .map(days => (
              <Button key={days} onClick={() => form.set(field.key, addDays(start, days - 1))}>
                {t('ui.days', { n: days })}
              </Button>
            ))}
        </fieldset>
      )}
    </div>
  );
}
