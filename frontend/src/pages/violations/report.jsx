import { useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { clock, list, t } from '../../lib/i18n.js';
import { invalidate, useResource } from '../../lib/resource.js';
import { api, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { Checkboxes, TextArea, TextField } from '../../ui/fields.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { sentence } from '../request/faults.js';
import { documents, units } from '../shared/pickers.js';

/** @typedef {import('../../ui/Combobox.jsx').Item | null} Picked */

const least = 20;

/** @param {any} error @returns {Record<string, string>} the server's faults by the id of their field */
const faultsOf = error =>
  Object.fromEntries(
    error.errors.map((/** @type {any} */ { pointer, detail }) => {
      const id = pointer.split('/')[1] ?? '';
      return [id, sentence(t(`violations.${id}`), detail)];
    }),
  );

/** Who was told, and where it stands. @param {{done: Api.ViolationView}} props */
const Sent = ({ done }) => (
  <div class="narrow">
    <PageHead
      title={t('violations.sent')}
      over={<span class="mono">{done.violation.number}</span>}
      back={{ href: to.violations(), label: t('violations.title') }}
    />
    <div class="stack-lg">
      <Banner tone="success" title={t('violations.sentTo', { names: list(done.told) })}>
        <p>{t('violations.next')}</p>
      </Banner>
      <div class="row">
        <ButtonLink href={to.violation(done.violation.number)} kind="primary">
          {t('violations.see', { number: done.violation.number })}
        </ButtonLink>
        <ButtonLink href={to.newRequest()}>{t('home.start')}</ButtonLink>
      </div>
    </div>
  </div>
);

/** A known deviation that nobody asked for goes to the CDT ISO and the supervisor (C-25). */
export default function Report() {
  const [what, setWhat] = useState('');
  const [known, setKnown] = useState(clock.today);
  const [unit, setUnit] = useState(/** @type {Picked} */ (null));
  const [document, setDocument] = useState(/** @type {Picked} */ (null));
  const [clauses, setClauses] = useState(/** @type {string[]} */ ([]));
  const [supervisor, setSupervisor] = useState('');
  const [asked, setAsked] = useState(false);
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [run, setRun] = useState(0);
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const [done, setDone] = useState(/** @type {Api.ViolationView | null} */ (null));
  const { data } = useResource(document ? api.document(document.value) : null);
  const options = /** @type {Api.Document | null} */ (document && data)?.clauses ?? [];

  /** @param {Event} event */
  const send = async event => {
    event.preventDefault();
    if (busy) return;
    const missing = {
      ...(what.trim().length < least && { what: t('violations.needWhat') }),
      ...(!known && { known_on: t('violations.needKnown') }),
    };
    setErrors(missing);
    setFailed(null);
    setRun(run + 1);
    if (Object.keys(missing).length) return;
    setBusy(true);
    try {
      const body = {
        what,
        known_on: known,
        ...(unit && { unit: unit.value }),
        ...(document && { document: document.value }),
        ...(clauses.length && { clauses }),
        ...(supervisor.trim() && { supervisor: supervisor.trim() }),
      };
      const { data: made } = await request('POST', api.violations(), { body, key });
      invalidate('/violations');
      setDone(made);
      scrollTo(0, 0); // to what was said
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      const faults = faultsOf(error);
      setKey(newKey());
      setErrors(faults);
      setAsked(asked || 'supervisor' in faults);
      if (!error.errors.length) setFailed(error);
      setRun(run + 1);
      setBusy(false);
    }
  };
  if (done) return <Sent done={done} />;
  return (
    <div class="narrow">
      <PageHead
        title={t('violations.report')}
        sub={t('violations.reportSub')}
        back={{ href: to.violations(), label: t('violations.title') }}
      />
      <form class="stack-lg" noValidate onSubmit={send}>
        <ErrorSummary run={run} errors={Object.entries(errors).map(([id, text]) => ({ id, text }))} />
        {failed && <Problem error={failed} what={t('violations.send')} />}
        <Card>
          <div class="stack">
            <TextArea
              id="what"
              label={t('violations.what')}
              hint={t('violations.whatHint')}
              error={errors.what}
              value={what}
              maxLength={4000}
              onInput={setWhat}
            />
            <TextField
              id="known_on"
              type="date"
              narrow
              label={t('violations.known_on')}
              hint={t('violations.knownHint')}
              error={errors.known_on}
              max={clock.today}
              value={known}
              onInput={setKnown}
            />
            <Combobox
              id="unit"
              label={t('violations.unit')}
              optional
              error={errors.unit}
              chosen={unit}
              search={units}
              onPick={setUnit}
            />
            <Combobox
              id="document"
              label={t('violations.document')}
              optional
              error={errors.document}
              chosen={document}
              search={documents}
              onPick={item => {
                setDocument(item);
                setClauses([]);
              }}
            />
            {options.length > 0 && (
              <Checkboxes
                id="clauses"
                label={t('violations.clauses')}
                optional
                error={errors.clauses}
                value={clauses}
                onInput={setClauses}
                options={options.map(clause => ({
                  value: clause.ref,
                  label: `${clause.ref} ${clause.title}`,
                }))}
              />
            )}
            {asked && (
              <TextField
                id="supervisor"
                label={t('violations.supervisor')}
                hint={t('violations.supervisorHint')}
                error={errors.supervisor}
                autocomplete="off"
                value={supervisor}
                onInput={setSupervisor}
              />
            )}
          </div>
        </Card>
        <p class="muted small">{t('violations.goesTo')}</p>
        <div class="row">
          <Button type="submit" kind="primary" busy={busy}>
            {t('violations.send')}
          </Button>
          <ButtonLink href={to.violations()} kind="quiet">
            {t('ui.cancel')}
          </ButtonLink>
        </div>
      </form>
    </div>
  );
}
