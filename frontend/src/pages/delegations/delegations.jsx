import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { may, me } from '../../lib/session.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { EndDialog, PastList, Period, periodWords } from '../shared/acts.jsx';
import { DelegationForm } from '../shared/DelegationForm.jsx';
import { delegates } from '../shared/pickers.js';

/** Roles of one's own that decide: what could be passed on. */
function ownRoles() {
  const roles = (me.value?.roles ?? []).filter(role => role.class === 'approver' && !role.on_behalf_of);
  return [...new Map(roles.map(role => [role.role, { value: role.role, label: role.title }])).values()];
}

/** @param {{title: string, none: string, items: Api.Delegation[], name: (item: Api.Delegation) => string, onEnd: (item: Api.Delegation) => void}} props */
function Listed({ title, none, items, name, onEnd }) {
  const now = items.filter(item => item.state !== 'past');
  const past = items.filter(item => item.state === 'past');
  return (
    <Card title={title}>
      {now.length ? (
        <ul class="acts">
          {now.map(item => (
            <li key={item.id}>
              <span>
                <strong>{name(item)}</strong>
                <span class="cell-sub">{item.role_title ?? t('acts.anyRole')}</span>
              </span>
              <Period act={item} />
              <Button
                onClick={() => onEnd(item)}
                aria-label={t('delegations.endOf', { to: item.to_name, from: item.from_name })}
              >
                {t('acts.end')}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p class="muted">{none}</p>
      )}
      {past.length > 0 && (
        <details class="past">
          <summary>{t('acts.past')}</summary>
          <PastList items={past} title={name} />
        </details>
      )}
    </Card>
  );
}

/** Who acts for the reader while they are away, and for whom they act. */
export default function Delegations() {
  const { data, error, reload } = useResource(/** @type {string} */ ('/me/delegations'));
  const found = /** @type {Api.OwnDelegations | null} */ (data);
  const [ending, setEnding] = useState(/** @type {Api.Delegation | null} */ (null));
  const [done, setDone] = useState('');
  const roles = ownRoles();
  const words = { to: ending?.to_name ?? '', from: ending?.from_name ?? '' };
  return (
    <>
      <PageHead title={t('delegations.title')} sub={t('delegations.sub')} />
      <div class="stack-lg narrow">
        {done && (
          <Banner tone="success">
            <p>{done}</p>
          </Banner>
        )}
        {error && <Problem error={error} what={t('delegations.what')} onRetry={reload} />}
        {!found && !error && <Skeleton lines={6} />}
        {found && (
          <>
            {(roles.length > 0 || found.given.length > 0) && (
              <Listed
                title={t('delegations.given')}
                none={t('delegations.givenNone')}
                items={found.given}
                name={item => item.to_name}
                onEnd={setEnding}
              />
            )}
            <Listed
              title={t('delegations.received')}
              none={t('delegations.receivedNone')}
              items={found.received}
              name={item => item.from_name}
              onEnd={setEnding}
            />
            {may('decide') && roles.length > 0 && (
              <DelegationForm
                path="/me/delegations"
                search={delegates}
                roles={roles}
                onDone={made => {
                  setDone(
                    t('delegations.added', {
                      to: made.to_name,
                      from: made.from_name,
                      period: periodWords(made),
                    }),
                  );
                  reload();
                  scrollTo(0, 0); // to what was said, above the lists
                }}
              />
            )}
          </>
        )}
      </div>
      <EndDialog
        act={ending}
        path="/me/delegations"
        text={t('delegations.endText', words)}
        onClose={() => setEnding(null)}
        onEnded={() => {
          setDone(t('delegations.ended', words));
          setEnding(null);
          reload();
        }}
      />
    </>
  );
}
