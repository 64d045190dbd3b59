import { clock, t } from '../../lib/i18n.js';
import { Choice, Group, TextArea, TextField } from '../../ui/fields.jsx';
import { common } from './FieldOf.jsx';

/** The criteria of the procedure: those that hold are ticked, each with what shows it (C-04). @param {import('./FieldOf.jsx').FieldProps} props */
export function QualificationField({ field, form }) {
  const rows = /** @type {Api.Qualification[]} */ (form.content.qualification ?? []);
  const criteria = form.procedure.qualification ?? [];
  /** In the order of the procedure, whatever the order of the ticks. @param {Api.Qualification[]} next */
  const put = next => {
    const order = criteria.map(item => item.criterion);
    form.set(
      'qualification',
      [...next].sort((a, b) => order.indexOf(a.criterion) - order.indexOf(b.criterion)),
    );
  };
  return (
    <Group {...common({ field, form })} kind="group">
      <div class="stack sub">
        {criteria.map(({ criterion, label, hint, contact }) => {
          const i = rows.findIndex(row => row.criterion === criterion);
          const row = rows[i];
          /** @param {string} key @param {string | null} value */
          const set = (key, value) =>
            put(rows.map(item => (item === row ? { ...item, [key]: value } : item)));
          /** @param {'evidence' | 'contact' | 'contacted_on'} part */
          const part = part => ({
            id: `qualification-${i}-${part}`,
            label: t(`form.qualification.${part}`),
            error: form.errors[`qualification-${i}-${part}`],
            value: row?.[part],
          });
          return (
            <div class="criterion" key={criterion}>
              <Choice
                id={`qualification-${criterion}`}
                type="checkbox"
                name="qualification"
                value={criterion}
                label={label}
                checked={i >= 0}
                onInput={on =>
                  put(on ? [...rows, { criterion }] : rows.filter(item => item.criterion !== criterion))
                }
              />
              {row && (
                <div class="stack criterion-parts">
                  <TextArea
                    {...part('evidence')}
                    hint={hint ?? undefined}
                    rows={3}
                    onInput={next => set('evidence', next)}
                  />
                  {contact && (
                    <div class="two">
                      <TextField
                        {...part('contact')}
                        autocomplete="off"
                        onInput={next => set('contact', next)}
                      />
                      <TextField
                        {...part('contacted_on')}
                        type="date"
                        narrow
                        max={clock.today}
                        onInput={next => set('contacted_on', next || null)}
                      />
                    </div>
                  )}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </Group>
  );
}
