import { useState } from 'preact/hooks';
import { focusField } from '../../lib/a11y.js';
import { clock, date, t } from '../../lib/i18n.js';
import { navigate } from '../../lib/router.jsx';
import { api, to } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { TextArea, TextField } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { sentence } from '../request/faults.js';
import { faultsOf, useAct } from '../stage/useAct.js';

/** @typedef {{x: Api.Exception, onClose: () => void, reload: () => void}} StepProps */

/** Takes the request back to change it: what was said about this version falls (V-08). @param {StepProps} props */
export function Amend({ x, onClose, reload }) {
  const act = useAct(x.number);
  const send = async () => {
    if (await act.send(`${api.exception(x.number)}/steps`, { action: 'amend' }, x.etag))
      navigate(to.request(x.number));
    else reload();
  };
  return (
    <Dialog open title={t('amend.title', { number: x.number })} onClose={onClose}>
      {act.error && <Problem error={act.error} />}
      <p>{t('amend.text')}</p>
      <p>{t('amend.falls')}</p>
      <div class="dialog-actions">
        <Button kind="primary" busy={act.busy} onClick={send}>
          {t('amend.send')}
        </Button>
        <Button onClick={onClose}>{t('amend.keep')}</Button>
      </div>
    </Dialog>
  );
}

/** Put in place on a day, with what shows it (C-16). @param {StepProps} props */
export function Implement({ x, onClose, reload }) {
  const [value, setValue] = useState({ on_day: clock.today, reason: '' });
  const [missing, setMissing] = useState(/** @type {Record<string, string>} */ ({}));
  const act = useAct(x.number);
  const label = (/** @type {string} */ name) => t(`implement.${name}`);
  const errors = { ...faultsOf(act.error, ['on_day', 'reason'], label, sentence), ...missing };
  /** @param {Event} event */
  const send = async event => {
    event.preventDefault();
    const found = Object.fromEntries(
      Object.entries(value)
        .filter(([, text]) => !text.trim())
        .map(([name]) => [name, t('form.missing', { label: label(name) })]),
    );
    setMissing(found);
    const first = Object.keys(found)[0];
    if (first) return focusField(`implement-${first}`);
    const body = { action: 'implement', ...value };
    if (await act.send(`${api.exception(x.number)}/steps`, body, x.etag)) onClose();
    else reload();
  };
  return (
    <Dialog
      open
      title={t('implement.title', { number: x.number })}
      onClose={onClose}
      focus="implement-on_day"
    >
      <form class="stack" noValidate onSubmit={send}>
        {act.error && !Object.keys(errors).length && <Problem error={act.error} />}
        <TextField
          id="implement-on_day"
          type="date"
          narrow
          label={t('implement.on_day')}
          hint={t('implement.dayHint', { date: date(x.effective_on) })}
          error={errors.on_day}
          value={value.on_day}
          min={x.effective_on ?? undefined}
          max={clock.today}
          onInput={on_day => setValue({ ...value, on_day })}
        />
        <TextArea
          id="implement-reason"
          label={t('implement.reason')}
          hint={t('implement.hint')}
          error={errors.reason}
          value={value.reason}
          onInput={reason => setValue({ ...value, reason })}
        />
        <div class="dialog-actions">
          <Button type="submit" kind="primary" busy={act.busy}>
            {t('implement.send')}
          </Button>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
