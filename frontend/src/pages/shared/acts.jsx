// Designations and delegations: days in words, the dialog that ends one, and what is over.
import { useState } from 'preact/hooks';
import { request } from '../../lib/http.js';
import { date, dateTime, relativeDay, t } from '../../lib/i18n.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { TextArea, TextField } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Tag } from '../../ui/Tag.jsx';

/** @param {{from_on: string, until_on: string | null}} act */
export const periodWords = ({ from_on, until_on }) =>
  until_on
    ? t('acts.period', { from: date(from_on), to: date(until_on) })
    : t('acts.open', { from: date(from_on) });

/** The days, and that they are yet to come. @param {{act: Api.Act}} props */
export const Period = ({ act }) => (
  <span>
    {periodWords(act)}
    {act.state === 'scheduled' && (
      <span class="cell-sub">
        <Tag tone="info">{t('acts.scheduled', { relative: relativeDay(act.from_on) })}</Tag>
      </span>
    )}
    {act.note && <span class="cell-sub">{act.note}</span>}
  </span>
);

/** @typedef {{from_on: string, until_on: string, note: string}} Days */

/** What is sent of them. @param {Days} days */
export const daysBody = ({ from_on, until_on, note }) => ({
  from_on,
  ...(until_on && { until_on }),
  ...(note.trim() && { note: note.trim() }),
});

/** @param {{title?: string, value: Days, errors: Record<string, string>, open: boolean, min?: string, onChange: (next: Days) => void}} props */
export const DaysFields = ({ title, value, errors, open, min, onChange }) => (
  <Card title={title}>
    <div class="stack">
      <TextField
        id="from_on"
        type="date"
        narrow
        label={t('acts.from')}
        error={errors.from_on}
        value={value.from_on}
        min={min}
        onInput={from_on => onChange({ ...value, from_on })}
      />
      <TextField
        id="until_on"
        type="date"
        narrow
        label={t('acts.until')}
        optional={open}
        hint={t(open ? 'acts.untilOpen' : 'acts.untilMax')}
        error={errors.until_on}
        value={value.until_on}
        min={value.from_on || min}
        onInput={until_on => onChange({ ...value, until_on })}
      />
      <TextArea
        id="note"
        label={t('acts.note')}
        optional
        hint={t('acts.noteHint')}
        error={errors.note}
        rows={2}
        value={value.note}
        maxLength={500}
        onInput={(/** @type {string} */ note) => onChange({ ...value, note })}
      />
    </div>
  </Card>
);

/**
 * Ends one, after a question.
 * @param {{act: Api.Act | null, path: string, text: string, onClose: () => void, onEnded: () => void}} props
 */
export function EndDialog({ act, path, text, onClose, onEnded }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const close = () => {
    setError(null);
    onClose();
  };
  const end = async () => {
    if (!act) return;
    setBusy(true);
    setError(null);
    try {
      await request('DELETE', `${path}/${act.id}`, { etag: act.etag });
      onEnded();
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  return (
    <Dialog open={Boolean(act)} title={t('acts.endTitle')} onClose={close}>
      {act && (
        <>
          {error && <Problem error={error} />}
          <p>{text}</p>
          <p class="muted small">{t('acts.endKept')}</p>
          <div class="dialog-actions">
            <Button kind="danger-solid" busy={busy} onClick={end}>
              {t('acts.end')}
            </Button>
            <Button onClick={close}>{t('ui.cancel')}</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

/** When and by whom one ended before its last day. @param {{act: Api.Act}} props */
const Ended = ({ act }) =>
  act.ended_by && act.ended_at ? (
    <span class="muted small">{t('acts.endedBy', { name: act.ended_by, at: dateTime(act.ended_at) })}</span>
  ) : null;

/** One line each: who, and when. @param {{items: Api.Act[], title: (act: any) => string}} props */
export const PastList = ({ items, title }) => (
  <ul class="past-acts">
    {items.map(act => (
      <li key={act.id}>
        <span>{title(act)}</span>
        <span class="muted small">{periodWords(act)}</span>
        <Ended act={act} />
      </li>
    ))}
  </ul>
);

/** Folded, and read page by page when it is opened. @param {{what: 'designations' | 'delegations', title: (act: any) => string}} props */
export function Past({ what, title }) {
  const [items, setItems] = useState(/** @type {Api.Act[]} */ ([]));
  const [next, setNext] = useState(/** @type {string | null | undefined} */ (undefined));
  const [error, setError] = useState(/** @type {any} */ (null));
  const read = async () => {
    setError(null);
    try {
      const { data } = await request('GET', api.pastActs(what, next ?? undefined));
      setItems([...items, ...data.items]);
      setNext(data.next_cursor);
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <details
      class="past"
      onToggle={event =>
        /** @type {HTMLDetailsElement} */ (event.currentTarget).open && next === undefined && read()
      }
    >
      <summary>{t('acts.past')}</summary>
      <div class="stack">
        {items.length > 0 && <PastList items={items} title={title} />}
        {next === null && !items.length && <p class="muted small">{t('acts.pastNone')}</p>}
        {error && <Problem error={error} what={t('acts.past')} onRetry={read} />}
        {next && (
          <p>
            <Button onClick={read}>{t('acts.more')}</Button>
          </p>
        )}
      </div>
    </details>
  );
}
