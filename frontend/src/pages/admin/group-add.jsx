import { useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { t, word } from '../../lib/i18n.js';
import { invalidate, useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { to } from '../../paths.js';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { Radios } from '../../ui/fields.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { sentence } from '../request/faults.js';
import { groups } from '../shared/pickers.js';
import { Preview } from './Preview.jsx';
import { ScopeFields, scopeBody } from './ScopeFields.jsx';

/** @typedef {import('../../ui/Combobox.jsx').Item | null} Picked */

/** @typedef {import('./ScopeFields.jsx').ScopeValue} ScopeValue */

/** What is sent for preview and for saving alike. @param {Picked} group @param {string} role @param {ScopeValue} scope */
const bodyOf = (group, role, scope) => ({ group_id: group?.value ?? '', role, ...scopeBody(scope) });

/** @returns {Record<string, string>} */
const labels = () => ({
  group: t('groups.group'),
  role: t('groups.role'),
  unit: t('filters.unit'),
  domain: t('groups.domain'),
  document: t('filters.document'),
});

/** Group, role, scope; then the people it reaches; only then Save. */
export default function AddGroup() {
  const got = useResource(/** @type {string} */ ('/roles'));
  const roles = /** @type {Api.List<Api.Role> | null} */ (got.data)?.items ?? [];
  const [group, setGroup] = useState(/** @type {Picked} */ (null));
  const [role, setRole] = useState('');
  const [scope, setScope] = useState(/** @type {ScopeValue} */ ({ unit: null, domain: '', document: null }));
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}));
  const [run, setRun] = useState(0);
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const body = bodyOf(group, role, scope);

  const save = async () => {
    const missing = {
      ...(!group && { group: t('groups.needGroup') }),
      ...(!role && { role: t('groups.needRole') }),
    };
    setErrors(missing);
    setRun(run + 1);
    setFailed(null);
    if (Object.keys(missing).length) return;
    setBusy(true);
    try {
      await request('POST', '/role-mappings', { body, key });
      invalidate('/role-mappings');
      const title = roles.find(item => item.role === role)?.title ?? role;
      navigate(to.groups(), {
        state: { done: t('groups.added', { group: group?.label ?? '', role: title }) },
      });
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      setKey(newKey());
      setErrors(
        Object.fromEntries(
          error.errors.map((/** @type {any} */ item) => {
            const name = item.pointer.slice(1).replace('group_id', 'group');
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
        title={t('groups.addTitle')}
        sub={t('groups.addSub')}
        back={{ href: to.groups(), label: t('groups.title') }}
      />
      <div class="add-group">
        <div class="stack-lg">
          <ErrorSummary run={run} errors={Object.entries(errors).map(([id, text]) => ({ id, text }))} />
          {failed && <Problem error={failed} what={t('groups.saving')} />}
          {got.error && <Problem error={got.error} what={t('groups.roles')} onRetry={got.reload} />}
          <Card title={t('groups.step1')}>
            <Combobox
              id="group"
              label={t('groups.group')}
              hint={t('groups.groupHint')}
              error={errors.group}
              chosen={group}
              search={groups}
              onPick={setGroup}
              placeholder={t('groups.searchGroup')}
            />
          </Card>
          <Card title={t('groups.step2')}>
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
          <ScopeFields title={t('groups.step3')} value={scope} errors={errors} onChange={setScope} />
          <div class="row">
            <Button kind="primary" busy={busy} onClick={save}>
              {t('groups.save')}
            </Button>
            <ButtonLink href={to.groups()} kind="quiet">
              {t('ui.cancel')}
            </ButtonLink>
          </div>
        </div>
        <Preview body={body} ready={Boolean(group && role)} />
      </div>
    </>
  );
}
