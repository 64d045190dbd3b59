// What helps while a procedure is edited: a sample request, the difference to a version, the text for experts.
import { useState } from 'preact/hooks';
import { request } from '../../lib/http.js';
import { dayOf, lookUp, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Select, TextArea } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { differences } from './compare.js';
import { clean, faultsOf } from './faults.js';
import { Pick, Whole } from './Parts.jsx';
import { options } from './words.js';

/** @param {{steps: any[], roles: {role: string, title: string}[]}} props */
const Way = ({ steps, roles }) => (
  <div class="table-wrap">
    <table class="table" data-reflow>
      <caption class="hidden">{t('tryIt.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('tryIt.stage')}</th>
          <th scope="col">{t('editor.field.role')}</th>
          <th scope="col">{t('tryIt.approved')}</th>
          <th scope="col">{t('tryIt.denied')}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, i) => (
          <tr key={step.stage}>
            <th scope="row">
              {i + 1}. {step.title}
            </th>
            <td data-label={t('editor.field.role')}>
              {step.role
                ? (roles.find(role => role.role === step.role)?.title ?? step.role)
                : t('procedures.requester')}
            </td>
            <td data-label={t('tryIt.approved')}>{t(step.approved ? 'tryIt.taken' : 'tryIt.left')}</td>
            <td data-label={t('tryIt.denied')}>{t(step.denied ? 'tryIt.taken' : 'tryIt.left')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** A sample request under what is on the screen. @param {{procedure: any, roles: any[], onFaults: (faults: Record<string, string>) => void}} props */
export function TryIt({ procedure, roles, onFaults }) {
  const [sample, setSample] = useState(
    /** @type {any} */ ({ risk: 9, days: 90, term_no: 1, domain: procedure.domains?.[0] ?? '' }),
  );
  const [faults, setFaults] = useState(/** @type {Record<string, string>} */ ({}));
  const [steps, setSteps] = useState(/** @type {any[] | null} */ (null));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    setFailed(null);
    setFaults({});
    setSteps(null);
    try {
      const { data } = await request('POST', '/procedures/try', {
        body: clean({ ...sample, procedure }),
      });
      onFaults({});
      setSteps(data.steps);
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      const found = faultsOf(error, '/procedure');
      const own = ['/risk', '/days', '/term_no', '/domain'];
      setFaults(Object.fromEntries(Object.entries(found).filter(([at]) => own.includes(at))));
      onFaults(Object.fromEntries(Object.entries(found).filter(([at]) => !own.includes(at))));
      if (!error.errors?.length) setFailed(error);
    }
    setBusy(false);
  };
  const part = { value: sample, set: setSample, faults, at: '' };
  return (
    <Card title={t('tryIt.title')}>
      <div class="stack">
        <p class="hint">{t('tryIt.hint')}</p>
        <div class="three">
          <Whole part={part} name="risk" />
          <Whole part={part} name="days" />
          <Whole part={part} name="term_no" />
        </div>
        <Pick part={part} name="domain" options={options('domains')} />
        {failed && <Problem error={failed} what={t('tryIt.title')} />}
        <div>
          <Button busy={busy} onClick={go}>
            {t('tryIt.go')}
          </Button>
        </div>
        <div role="status">{steps && <Way steps={steps} roles={roles} />}</div>
      </div>
    </Card>
  );
}

/** A value of a procedure in words. @param {any} value */
function brief(value) {
  if (value === undefined || value === null || value === '') return t('ui.notGiven');
  if (typeof value === 'boolean') return t(value ? 'editor.yes' : 'editor.no');
  if (Array.isArray(value))
    return value.map(item => (typeof item === 'object' ? JSON.stringify(item) : item)).join(', ');
  return typeof value === 'object' ? (value.title ?? value.label ?? JSON.stringify(value)) : String(value);
}

/** "Stages, decide, Role": a path in words. @param {string} path */
const pathWords = path =>
  path
    .split('.')
    .map(part => lookUp(`editor.field.${part}`) ?? part)
    .join(', ');

/**
 * What differs between a published version and another one, or what is on the screen.
 * @param {{procedure: any, versions: any[]}} props
 */
export function Compare({ procedure, versions }) {
  const [from, setFrom] = useState(String(versions[0]?.version ?? ''));
  const [to, setTo] = useState('');
  const key = versions[0]?.procedure_key;
  const before = useResource(from ? api.procedureVersion(key, from) : null);
  const after = useResource(to ? api.procedureVersion(key, to) : null);
  const old = /** @type {any} */ (before.data)?.procedure;
  const now = to ? /** @type {any} */ (after.data)?.procedure : clean(procedure);
  const found = old && now ? differences(old, now) : null;
  const named = versions.map(item => ({
    value: String(item.version),
    label: t('compare.version', { n: item.version, day: dayOf(item.created_at) }),
  }));
  return (
    <Card title={t('compare.title')}>
      <div class="stack">
        <div class="two">
          <Select
            id="compare-from"
            label={t('compare.from')}
            value={from}
            options={named}
            onInput={setFrom}
          />
          <Select
            id="compare-to"
            label={t('compare.to')}
            value={to}
            empty={t('compare.screen')}
            options={named}
            onInput={setTo}
          />
        </div>
        {(before.error ?? after.error) && (
          <Problem error={before.error ?? after.error} what={t('compare.title')} />
        )}
        <div role="status">
          {found && !found.length && <p>{t('compare.same')}</p>}
          {found && found.length > 0 && (
            <div class="table-wrap">
              <table class="table diff" data-reflow>
                <caption class="hidden">{t('compare.title')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('compare.place')}</th>
                    <th scope="col">{t('compare.before')}</th>
                    <th scope="col">{t('compare.after')}</th>
                  </tr>
                </thead>
                <tbody>
                  {found.map(change => (
                    <tr key={change.path}>
                      <th scope="row">{pathWords(change.path)}</th>
                      <td data-label={t('compare.before')}>{brief(change.before)}</td>
                      <td data-label={t('compare.after')}>{brief(change.after)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
      </div>
    </Card>
  );
}

/** The whole procedure as text. @param {{procedure: any, onChange: (next: any) => void}} props */
export function AsJson({ procedure, onChange }) {
  const [text, setText] = useState(() => JSON.stringify(procedure, null, 2));
  const [fault, setFault] = useState('');
  const take = () => {
    try {
      const next = JSON.parse(text);
      if (next === null || typeof next !== 'object' || Array.isArray(next)) throw new Error(t('json.object'));
      setFault('');
      onChange(next);
    } catch (error) {
      setFault(t('json.fault', { detail: /** @type {Error} */ (error).message }));
    }
  };
  return (
    <Card title={t('json.title')}>
      <div class="stack">
        <TextArea
          id="procedure-json"
          label={t('json.label')}
          hint={
            <>
              {t('json.hint')} <a href="/api/v1/procedure-schema.json">{t('json.schema')}</a>
            </>
          }
          error={fault}
          rows={24}
          class="input mono"
          spellcheck={false}
          value={text}
          onInput={setText}
        />
        <div>
          <Button onClick={take}>{t('json.take')}</Button>
        </div>
      </div>
    </Card>
  );
}

/** @param {{versions: any[]}} props */
export const Versions = ({ versions }) => (
  <Card title={t('documents.versions')}>
    <ul class="stack-sm">
      {versions.map(item => (
        <li key={item.version}>
          <strong>{t('procedures.versionNumber', { n: item.version })}</strong>{' '}
          <span class="muted">
            {[dayOf(item.created_at), item.created_by ?? t('procedures.shipped')].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
    <p class="hint">{t('procedures.running')}</p>
  </Card>
);
