import { useState } from 'preact/hooks';
import { dayOf, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { EndDialog, Past, Period } from '../shared/acts.jsx';
import { AdminTabs } from './AdminTabs.jsx';
import { scopeWords } from './scope.js';

/** @param {{act: Api.Act}} props */
const Made = ({ act }) => (
  <span>
    {act.created_by}
    <span class="cell-sub">{dayOf(act.created_at)}</span>
  </span>
);

/** @param {{items: Api.Designation[], onEnd: (item: Api.Designation) => void}} props */
const DesignationTable = ({ items, onEnd }) => (
  <div class="table-wrap">
    <table class="table" data-reflow>
      <caption class="hidden">{t('designations.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('designations.person')}</th>
          <th scope="col">{t('groups.role')}</th>
          <th scope="col">{t('groups.scope')}</th>
          <th scope="col">{t('acts.days')}</th>
          <th scope="col">{t('acts.madeBy')}</th>
          <th scope="col">
            <span class="hidden">{t('groups.act')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr key={item.id}>
            <th scope="row">
              {item.name}
              <span class="cell-sub mono">{item.uid}</span>
            </th>
            <td data-label={t('groups.role')}>{item.role_title}</td>
            <td data-label={t('groups.scope')}>{scopeWords(item)}</td>
            <td data-label={t('acts.days')}>
              <Period act={item} />
            </td>
            <td data-label={t('acts.madeBy')}>
              <Made act={item} />
            </td>
            <td class="cell-act">
              <Button
                onClick={() => onEnd(item)}
                aria-label={t('designations.endOf', { name: item.name, role: item.role_title })}
              >
                {t('acts.end')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** @param {{items: Api.Delegation[], onEnd: (item: Api.Delegation) => void}} props */
const DelegationTable = ({ items, onEnd }) => (
  <div class="table-wrap">
    <table class="table" data-reflow>
      <caption class="hidden">{t('designations.delegationsTitle')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('delegations.away')}</th>
          <th scope="col">{t('delegations.acts')}</th>
          <th scope="col">{t('delegations.role')}</th>
          <th scope="col">{t('acts.days')}</th>
          <th scope="col">{t('acts.madeBy')}</th>
          <th scope="col">
            <span class="hidden">{t('groups.act')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr key={item.id}>
            <th scope="row">{item.from_name}</th>
            <td data-label={t('delegations.acts')}>{item.to_name}</td>
            <td data-label={t('delegations.role')}>{item.role_title ?? t('acts.anyRole')}</td>
            <td data-label={t('acts.days')}>
              <Period act={item} />
            </td>
            <td data-label={t('acts.madeBy')}>
              <Made act={item} />
            </td>
            <td class="cell-act">
              <Button
                onClick={() => onEnd(item)}
                aria-label={t('delegations.endOf', { to: item.to_name, from: item.from_name })}
              >
                {t('acts.end')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** @param {{onDone: (text: string) => void}} props */
function DesignationSection({ onDone }) {
  const { data, error, reload } = useResource(/** @type {string} */ ('/designations'));
  const items = /** @type {Api.List<Api.Designation> | null} */ (data)?.items;
  const [ending, setEnding] = useState(/** @type {Api.Designation | null} */ (null));
  const words = { name: ending?.name ?? '', role: ending?.role_title ?? '' };
  if (!items)
    return error ? (
      <Problem error={error} what={t('designations.what')} onRetry={reload} />
    ) : (
      <Skeleton lines={6} />
    );
  return (
    <Card title={t('designations.title')} flush>
      {items.length ? (
        <DesignationTable items={items} onEnd={setEnding} />
      ) : (
        <EmptyState icon="user" title={t('designations.none')} text={t('designations.noneText')} />
      )}
      <Past key={items.length} what="designations" title={act => `${act.name}: ${act.role_title}`} />
      <EndDialog
        act={ending}
        path="/designations"
        text={t('designations.endText', words)}
        onClose={() => setEnding(null)}
        onEnded={() => {
          onDone(t('designations.ended', words));
          setEnding(null);
          reload();
        }}
      />
    </Card>
  );
}

/** @param {{onDone: (text: string) => void}} props */
function DelegationSection({ onDone }) {
  const { data, error, reload } = useResource(/** @type {string} */ ('/delegations'));
  const items = /** @type {Api.List<Api.Delegation> | null} */ (data)?.items;
  const [ending, setEnding] = useState(/** @type {Api.Delegation | null} */ (null));
  const words = { to: ending?.to_name ?? '', from: ending?.from_name ?? '' };
  if (!items)
    return error ? (
      <Problem error={error} what={t('designations.delegationsTitle')} onRetry={reload} />
    ) : (
      <Skeleton lines={6} />
    );
  return (
    <Card
      title={t('designations.delegationsTitle')}
      flush
      action={
        <ButtonLink href={to.addDelegation()} icon="plus">
          {t('designations.addDelegation')}
        </ButtonLink>
      }
    >
      {items.length ? (
        <DelegationTable items={items} onEnd={setEnding} />
      ) : (
        <EmptyState
          icon="group"
          title={t('designations.delegationsNone')}
          text={t('designations.delegationsNoneText')}
        />
      )}
      <Past key={items.length} what="delegations" title={act => `${act.to_name} → ${act.from_name}`} />
      <EndDialog
        act={ending}
        path="/delegations"
        text={t('delegations.endText', words)}
        onClose={() => setEnding(null)}
        onEnded={() => {
          onDone(t('delegations.ended', words));
          setEnding(null);
          reload();
        }}
      />
    </Card>
  );
}

/** Who holds a role by name, and who acts for whom. @param {{state: any}} props */
export default function Designations({ state }) {
  const [done, setDone] = useState(/** @type {string} */ (state?.done ?? ''));
  return (
    <>
      <PageHead
        title={t('designations.title')}
        sub={t('designations.sub')}
        actions={
          <ButtonLink href={to.addDesignation()} kind="primary" icon="plus">
            {t('designations.add')}
          </ButtonLink>
        }
      />
      <div class="stack-lg">
        <AdminTabs />
        {done && (
          <Banner tone="success">
            <p>{done}</p>
          </Banner>
        )}
        <DesignationSection onDone={setDone} />
        <DelegationSection onDone={setDone} />
      </div>
    </>
  );
}
