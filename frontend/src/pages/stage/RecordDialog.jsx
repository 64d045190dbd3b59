import { useState } from 'preact/hooks';
import { focusField } from '../../lib/a11y.js';
import { clock, t } from '../../lib/i18n.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { Checkboxes, TextArea, TextField } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { forget, keep, recall } from '../queue/texts.js';
import { sentence } from '../request/faults.js';
import { faultsOf, useAct } from './useAct.js';

/** The parts that each kind of record has. @type {Record<string, string[]>} */
const parts = {
  text: ['text'],
  input: ['text'],
  meeting: ['on_day', 'people', 'topics', 'text'],
  response: ['on_day', 'people', 'text'],
  reference: ['reference', 'on_day'],
};

/** @param {Api.RecordOwed} owed @param {string} part */
const labelOf = (owed, part) => t(`records.${owed.kind === 'meeting' ? 'meeting' : 'part'}.${part}`);

/**
 * Writes down what the stage asks for.
 * @param {{x: Api.Exception, owed: Api.RecordOwed, left: string[], onClose: () => void, onDone: (x: Api.Exception) => void}} props `left`: topics not covered yet
 */
export function RecordDialog({ x, owed, left, onClose, onDone }) {
  const slot = `${x.number} record ${owed.record}`;
  const fields = parts[owed.kind] ?? ['text'];
  const [value, setValue] = useState(
    /** @type {Record<string, any>} */ (recall(slot, { on_day: clock.today, topics: left })),
  );
  const [missing, setMissing] = useState(/** @type {Record<string, string>} */ ({}));
  const act = useAct(x.number);
  const label = (/** @type {string} */ part) => labelOf(owed, part);
  const errors = { ...faultsOf(act.error, fields, label, sentence), ...missing };
  /** @param {string} part @param {any} next */
  const set = (part, next) => {
    const all = { ...value, [part]: next };
    setValue(all);
    keep(slot, all);
  };
  /** @param {Event} event */
  const send = async event => {
    event.preventDefault();
    const owes = fields.filter(part => part !== 'topics' || owed.topics.length);
    const found = Object.fromEntries(
      owes
        .filter(part => !(Array.isArray(value[part]) ? value[part].length : value[part]?.trim()))
        .map(part => [part, t('form.missing', { label: label(part) })]),
    );
    setMissing(found);
    const first = Object.keys(found)[0];
    if (first) return focusField(`record-${first}`);
    const body = Object.fromEntries(fields.map(part => [part, value[part]]));
    const fresh = await act.send(`${api.exception(x.number)}/records`, { record: owed.record, ...body });
    if (!fresh) return;
    forget(slot);
    onDone(fresh);
  };
  /** @param {string} part */
  const props = part => ({
    id: `record-${part}`,
    label: label(part),
    error: errors[part],
    value: value[part],
    onInput: (/** @type {any} */ next) => set(part, next),
  });
  return (
    <Dialog open title={owed.label} onClose={onClose} focus={`record-${fields[0]}`}>
      <form class="stack" noValidate onSubmit={send}>
        {act.error && !Object.keys(errors).length && <Problem error={act.error} what={owed.label} />}
        {owed.hint && <p class="hint">{owed.hint}</p>}
        {fields.map(part => {
          if (part === 'on_day')
            return <TextField key={part} {...props(part)} type="date" narrow max={clock.today} />;
          if (part === 'text') return <TextArea key={part} {...props(part)} rows={5} />;
          if (part === 'people')
            return <TextArea key={part} {...props(part)} rows={2} hint={t(`records.hint.${owed.kind}`)} />;
          if (part === 'topics')
            return (
              owed.topics.length > 0 && (
                <Checkboxes
                  key={part}
                  {...props(part)}
                  value={value.topics ?? []}
                  options={owed.topics.map((topic, i) => ({ value: topic, label: topic, id: i }))}
                />
              )
            );
          return <TextField key={part} {...props(part)} autocomplete="off" />;
        })}
        <p class="muted small">{t('records.final')}</p>
        <div class="dialog-actions">
          <Button type="submit" kind="primary" busy={act.busy}>
            {t('records.save')}
          </Button>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/**
 * Recording a copy sends it: asked once more, for it cannot be called back.
 * @param {{x: Api.Exception, owed: Api.RecordOwed, onClose: () => void, onDone: (x: Api.Exception) => void}} props
 */
export function CopyDialog({ x, owed, onClose, onDone }) {
  const act = useAct(x.number);
  const send = async () => {
    const fresh = await act.send(`${api.exception(x.number)}/records`, { record: owed.record });
    if (fresh) onDone(fresh);
  };
  return (
    <Dialog open title={owed.label} onClose={onClose}>
      {act.error && <Problem error={act.error} what={owed.label} />}
      <p>{t('records.copyText', { who: owed.addressee ?? '' })}</p>
      <div class="dialog-actions">
        <Button kind="primary" busy={act.busy} onClick={send}>
          {t('records.copySend', { who: owed.addressee ?? '' })}
        </Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </div>
    </Dialog>
  );
}
