import { useState } from 'preact/hooks';
import { newKey, request } from '../../lib/http.js';
import { clock, t } from '../../lib/i18n.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { ErrorSummary } from '../../ui/ErrorSummary.jsx';
import { Select } from '../../ui/fields.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { sentence } from '../request/faults.js';
import { DaysFields, daysBody } from './acts.jsx';

/** @typedef {import('../../ui/Combobox.jsx').Item | null} Picked */
/** @typedef {(q: string) => Promise<import('../../ui/Combobox.jsx').Item[]>} Search */

/** @returns {Record<string, string>} */
const labels = () => ({
  from: t('delegations.away'),
  to: t('delegations.acts'),
  role: t('delegations.role'),
  from_on: t('acts.from'),
  until_on: t('acts.until'),
  note: t('acts.note'),
});

/**
 * Who acts, and when; for an administrator also for whom.
 * @param {{path: string, search: Search, away?: boolean, roles: {value: string, label: string}[], cancel?: any, onDone: (made: Api.Delegation) => void}} props
 */
export function DelegationForm({ path, search, away, roles, cancel, onDone }) {
  const [from, setFrom] = useState(/** @type {Picked} */ (null));
  const [acts, setActs] = useState(/** @type {Picked} */ (null));
  const [role, setRole] = useState('');
  const [days, setDays] = useState({ from_on: clock.today, until_on: '', note: '' });
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}));
  const [run, setRun] = useState(0);
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);

  const save = async () => {
    const missing = {
      ...(away && !from && { from: t('delegations.needFrom') }),
      ...(!acts && { to: t('delegations.needTo') }),
      ...(!days.from_on && { from_on: t('acts.needFrom') }),
      ...(!days.until_on && { until_on: t('acts.needUntil') }),
    };
    setErrors(missing);
    setRun(run + 1);
    setFailed(null);
    if (Object.keys(missing).length) return;
    setBusy(true);
    try {
      const body = {
        ...(away && { from: from?.value }),
        to: acts?.value,
        ...(role && { role }),
        ...daysBody(days),
      };
      const { data } = await request('POST', path, { body, key });
      setKey(newKey());
      setActs(null);
      setDays({ ...days, until_on: '', note: '' });
      setBusy(false);
      onDone(data);
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
    <div class="stack-lg">
      <ErrorSummary run={run} errors={Object.entries(errors).map(([id, text]) => ({ id, text }))} />
      {failed && <Problem error={failed} what={t('delegations.saving')} />}
      <Card title={away ? undefined : t('delegations.who')}>
        <div class="stack">
          {away && (
            <Combobox
              id="from"
              label={t('delegations.away')}
              hint={t('delegations.whoHint')}
              error={errors.from}
              chosen={from}
              search={search}
              onPick={setFrom}
              placeholder={t('access.search')}
            />
          )}
          <Combobox
            id="to"
            label={t('delegations.acts')}
            hint={t('delegations.whoHint')}
            error={errors.to}
            chosen={acts}
            search={search}
            onPick={setActs}
            placeholder={t('access.search')}
          />
          {roles.length > 1 && (
            <Select
              id="role"
              label={t('delegations.role')}
              hint={t('delegations.roleHint')}
              error={errors.role}
              value={role}
              empty={t('acts.anyRole')}
              options={roles}
              onInput={setRole}
            />
          )}
        </div>
      </Card>
      <DaysFields
        title={t('acts.days')}
        value={days}
        errors={errors}
        open={false}
        min={clock.today}
        onChange={setDays}
      />
      <div class="row">
        <Button kind="primary" busy={busy} onClick={save}>
          {t('delegations.save')}
        </Button>
        {cancel}
      </div>
    </div>
  );
}
