import { useState } from 'preact/hooks';
import { request } from '../../lib/http.js';
import { dayOf, num, t, word } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Dialog } from '../../ui/Dialog.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { AdminTabs } from './AdminTabs.jsx';
import { scopeWords } from './scope.js';

/** @param {{mapping: Api.Mapping | null, onClose: () => void, onEnded: (mapping: Api.Mapping) => void}} props */
function EndDialog({ mapping, onClose, onEnded }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const close = () => {
    setError(null);
    onClose();
  };
  const end = async () => {
    if (!mapping) return;
    setBusy(true);
    setError(null);
    try {
      await request('DELETE', `/role-mappings/${mapping.id}`, { etag: mapping.etag });
      onEnded(mapping);
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  return (
    <Dialog open={Boolean(mapping)} title={t('groups.endTitle')} onClose={close}>
      {mapping && (
        <>
          {error && <Problem error={error} />}
          <p>
            {t('groups.endText', {
              group: mapping.group_name,
              role: mapping.role_title ?? mapping.role,
              n: mapping.members,
            })}
          </p>
          <p class="muted small">{t('groups.endKept')}</p>
          <div class="dialog-actions">
            <Button kind="danger-solid" busy={busy} onClick={end}>
              {t('groups.end')}
            </Button>
            <Button onClick={close}>{t('ui.cancel')}</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

/** @param {{items: Api.Mapping[], onEnd: (mapping: Api.Mapping) => void}} props */
const MappingTable = ({ items, onEnd }) => (
  <div class="table-wrap">
    <table class="table" data-reflow>
      <caption class="hidden">{t('groups.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('groups.group')}</th>
          <th scope="col">{t('groups.role')}</th>
          <th scope="col">{t('groups.scope')}</th>
          <th scope="col" data-numeric>
            {t('groups.members')}
          </th>
          <th scope="col">{t('groups.since')}</th>
          <th scope="col">
            <span class="hidden">{t('groups.act')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr key={item.id}>
            <th scope="row">
              {item.group_name}
              <span class="cell-sub mono">{item.group_dn}</span>
            </th>
            <td data-label={t('groups.role')}>
              <span>
                {item.role_title ?? item.role}
                {word('classes', item.role_class) !== item.role_title && (
                  <span class="cell-sub">{word('classes', item.role_class)}</span>
                )}
              </span>
            </td>
            <td data-label={t('groups.scope')}>{scopeWords(item)}</td>
            <td data-label={t('groups.members')} data-numeric>
              {num(item.members)}
            </td>
            <td data-label={t('groups.since')}>
              <span>
                <span class="nowrap">{dayOf(item.created_at)}</span>
                {item.created_by && <span class="cell-sub">{item.created_by}</span>}
              </span>
            </td>
            <td class="cell-act">
              <Button
                onClick={() => onEnd(item)}
                aria-label={t('groups.endOf', { group: item.group_name, role: item.role_title ?? item.role })}
              >
                {t('groups.end')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Which directory group holds which role, and where. @param {{state: any}} props */
export default function Groups({ state }) {
  const { data, error, reload } = useResource(/** @type {string} */ ('/role-mappings'));
  const items = /** @type {Api.List<Api.Mapping> | null} */ (data)?.items;
  const [ending, setEnding] = useState(/** @type {Api.Mapping | null} */ (null));
  const [done, setDone] = useState(/** @type {string} */ (state?.done ?? ''));
  return (
    <>
      <PageHead
        title={t('groups.title')}
        sub={t('groups.sub')}
        actions={
          <ButtonLink href={to.addGroup()} kind="primary" icon="plus">
            {t('groups.add')}
          </ButtonLink>
        }
      />
      <div class="stack">
        <AdminTabs />
        {done && (
          <Banner tone="success">
            <p>{done}</p>
          </Banner>
        )}
        {error && <Problem error={error} what={t('groups.what')} onRetry={reload} />}
        {items ? (
          <section class="card" data-flush>
            {items.length ? (
              <MappingTable items={items} onEnd={setEnding} />
            ) : (
              <EmptyState icon="group" title={t('groups.none')} text={t('groups.noneText')} />
            )}
          </section>
        ) : (
          !error && <Skeleton lines={8} />
        )}
      </div>
      <EndDialog
        mapping={ending}
        onClose={() => setEnding(null)}
        onEnded={mapping => {
          setEnding(null);
          setDone(t('groups.ended', { group: mapping.group_name, role: mapping.role_title ?? mapping.role }));
          reload();
        }}
      />
    </>
  );
}
