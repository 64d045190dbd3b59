import { useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { clock, t, word } from '../../lib/i18n.js';
import { invalidate, useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { api, to } from '../../paths.js';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { Radios } from '../../ui/fields.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { sentence } from '../request/faults.js';
import { DaysFields, daysBody, periodWords } from '../shared/acts.jsx';
import { people } from '../shared/pickers.js';
import { ScopeFields, scopeBody } from './ScopeFields.jsx';

/** @typedef {import('./ScopeFields.jsx').Picked} Picked */

/** @returns {Record<string, string>} */
const labels = () => ({
  person: t('designations.person'),
  role: t('groups.role'),
  unit: t('filters.unit'),
  domain: t('groups.domain'),
  document: t('filters.document'),
  from_on: t('acts.from'),
  until_on: t('acts.until'),
  note: t('acts.note'),
});

/** What the directory says of the person, and what they may do today. @param {{uid: string | undefined}} props */
function PersonPreview({ uid }) {
  const { data, error, reload } = useResource(uid ? api.access(uid) : null);
  const access = /** @type {Api.Access | null} */ (data);
  return (
    <aside class="preview" aria-label={t('designations.previewTitle')}>
      <Card title={t('designations.previewTitle')}>
        {!uid && <p class="muted">{t('designations.previewChoose')}</p>}
        {uid && !access && !error && <Skeleton lines={4} />}
        {error && <Problem error={error} what={t('designations.previewTitle')} onRetry={reload} />}
        {access && (
          <div class="stack" role="status">
            <p>
              <strong>{access.person.name}</strong>
              <span class="cell-sub">
                {[access.person.title, access.person.department, access.person.mail]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </p>
            <p>
              <span class="muted small">{t('designations.previewNow')}: </span>
              {access.classes.map(name => word('classes', name)).join(', ') || t('access.refused')}
            </p>
            <p class="muted small">{t('designations.previewGroups', { n: access.groups.length })}</p>
          </div>
        )}
      </Card>
    </aside>
  );
}

/** Person, role, scope, days. */
export default function AddDesignation() {
  const got = useResource(/** @type {string} */ ('/roles'));
  const roles = /** @type {Api.List<Api.Role> | null} */ (got.data)?.items ?? [];
  const [person, setPerson] = useState(/** @type {Picked} */ (null));
  const [role, setRole] = useState('');
  const [scope, setScope] = useState(
    /** @type {import('./ScopeFields.jsx').ScopeValue} */ ({ unit: null, domain: '', document: null }),
  );
  const [days, setDays] = useState({ from_on: clock.today, until_on: '', note: '' });
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}));
  const [run, setRun] = useState(0);
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);

  const save = async () => {
    const missing = {
      ...(!person && { person: t('designations.needPerson') }),
      ...(!role && { role: t('groups.needRole') }),
      ...(!days.from_on && { from_on: t('acts.needFrom') }),
    };
    setErrors(missing);
    setRun(run + 1);
    setFailed(null);
    if (!person || Object.keys(missing).length) return;
    setBusy(true);
    try {
      const body = { person: person.value, role, ...scopeBody(scope), ...daysBody(days) };
      const { data } = await request('POST', '/designations', { body, key });
      invalidate('/designations');
      navigate(to.designations(), {
        state: {
          done: t('designations.added', {
            name: data.name,
            role: data.role_title,
            period: periodWords(data),
          }),
        },
      });
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      setKey(newKey());
      setErrors(
        Object.fromEntries(
          error.errors.map((/** @type {any} */ item) => {
            const name = item.pointer.slice(1);
            return [name, sentence(labels()[name] ?? '', item.detail)];
          }),
        ),
      );
      if (!error.errors.length) setFailed(error);
      setBusy(false);
    }
  };
  return (
    <>
      <PageHead
        title={t('designations.addTitle')}
        sub={t('designations.addSub')}
        back={{ href: to.designations(), label: t('designations.title') }}
      />
      <div class="add-group">
        <div class="stack-lg">
          <ErrorSummary run={run} errors={Object.entries(errors).map(([id, text]) => ({ id, text }))} />
          {failed && <Problem error={failed} what={t('delegations.saving')} />}
          {got.error && <Problem error={got.error} what={t('groups.roles')} onRetry={got.reload} />}
          <Card title={t('designations.step1')}>
            <Combobox
              id="person"
              label={t('designations.person')}
              hint={t('access.hint')}
              error={errors.person}
              chosen={person}
              search={people}
              onPick={setPerson}
              placeholder={t('access.search')}
            />
          </Card>
          <Card title={t('designations.step2')}>
            <Radios
              id="role"
              label={t('groups.role')}
              error={errors.role}
              value={role}
              options={roles.map(item => ({
                value: item.role,
                label: item.title,
                hint: word('classHints', item.role_class),
              }))}
              onInput={setRole}
            />
          </Card>
          <ScopeFields title={t('designations.step3')} value={scope} errors={errors} onChange={setScope} />
          <DaysFields title={t('designations.step4')} value={days} errors={errors} open onChange={setDays} />
          <div class="row">
            <Button kind="primary" busy={busy} onClick={save}>
              {t('designations.save')}
            </Button>
            <ButtonLink href={to.designations()} kind="quiet">
              {t('ui.cancel')}
            </ButtonLink>
          </div>
        </div>
        <PersonPreview uid={person?.value} />
      </div>
    </>
  );
}
