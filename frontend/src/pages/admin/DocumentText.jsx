// The clauses of a version: as they are published, and as the next version will say them.
import { useState } from 'preact/hooks';
import { dateTime, t, word } from '../../lib/i18n.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { clean, faultAt, faultsOf, idAt, summaryOf } from './faults.js';
import { Ordered } from './Ordered.jsx';
import { LongText, Pick, Text, Whole } from './Parts.jsx';
import { options } from './words.js';

/** @param {{text: any}} props */
export const Clauses = ({ text }) => (
  <>
    <dl class="clauses-read">
      {text.clauses.map((/** @type {any} */ clause) => (
        <div key={clause.ref}>
          <dt>
            <span class="clause-ref">{clause.ref}</span> {clause.title}
          </dt>
          <dd>{clause.text}</dd>
        </div>
      ))}
    </dl>
    {text.sla.length > 0 && (
      <p class="muted">
        {t('documents.slaText')}{' '}
        {text.sla
          .map((/** @type {any} */ row) =>
            t('documents.slaRow', { severity: word('severities', row.severity), n: row.days }),
          )
          .join(', ')}
      </p>
    )}
  </>
);

/** @param {{part: import('./Parts.jsx').Part}} props */
const Fields = ({ part }) => {
  /** @param {string} name @param {any} rows */
  const put = (name, rows) => part.set({ ...part.value, [name]: rows });
  return (
    <>
      <Text part={part} name="version" hint={t('documents.versionHint')} />
      <h3>{t('documents.clauses')}</h3>
      {faultAt(part.faults, '/clauses') && <p class="field-error">{faultAt(part.faults, '/clauses')}</p>}
      <Ordered
        id={idAt('/clauses')}
        rows={part.value.clauses ?? []}
        add={t('documents.addClause')}
        empty={() => ({ ref: '', title: '', text: '' })}
        name={(row, i) => t('documents.clauseNumber', { n: i + 1, ref: row.ref })}
        onRows={rows => put('clauses', rows)}
      >
        {(row, set, i) => {
          const one = { value: row, set, faults: part.faults, at: `/clauses/${i}` };
          return (
            <>
              <div class="two">
                <Text part={one} name="ref" hint={t('documents.refHint')} />
                <Text part={one} name="title" />
              </div>
              <LongText part={one} name="text" rows={4} />
            </>
          );
        }}
      </Ordered>
      <h3>{t('documents.sla')}</h3>
      <p class="hint">{t('documents.slaHint')}</p>
      <Ordered
        id={idAt('/sla')}
        fixed
        rows={part.value.sla ?? []}
        add={t('documents.addSla')}
        empty={() => ({ severity: '', days: '' })}
        name={(row, i) => t('documents.slaNumber', { n: i + 1, severity: word('severities', row.severity) })}
        onRows={rows => put('sla', rows)}
      >
        {(row, set, i) => {
          const one = { value: row, set, faults: part.faults, at: `/sla/${i}` };
          return (
            <div class="two">
              <Pick part={one} name="severity" options={options('severities')} empty={t('editor.choose')} />
              <Whole part={one} name="days" />
            </div>
          );
        }}
      </Ordered>
    </>
  );
};

/**
 * Writing the next version, from what was saved or from what is published.
 * @param {{d: any, onSave: (text: any) => Promise<void>, onClose: () => void}} props
 */
export function Writer({ d, onSave, onClose }) {
  const [text, setText] = useState(
    () => d.draft?.text ?? { version: '', clauses: d.text?.clauses ?? [], sla: d.text?.sla ?? [] },
  );
  const [faults, setFaults] = useState(/** @type {Record<string, string>} */ ({}));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [run, setRun] = useState(0);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setFailed(null);
    setFaults({});
    try {
      await onSave({ ...clean(text), sla: clean(text.sla) ?? [] });
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      setFaults(faultsOf(error, '/text'));
      if (!error.errors?.length) setFailed(error);
      setRun(run + 1);
      setBusy(false);
    }
  };
  return (
    <Card title={t('documents.writeTitle')} id="writer">
      <div class="stack">
        <p class="hint">
          {d.draft
            ? t('documents.savedBy', { name: d.draft.saved_by ?? '', at: dateTime(d.draft.saved_at) })
            : t('documents.writeHint')}
        </p>
        <ErrorSummary run={run} errors={summaryOf(faults)} />
        {failed && <Problem error={failed} what={t('documents.saving')} />}
        <Fields part={{ value: text, set: setText, faults, at: '' }} />
        <div class="row">
          <Button kind="primary" busy={busy} onClick={save}>
            {t('documents.saveText')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
