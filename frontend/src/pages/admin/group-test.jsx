import { t, word } from '../../lib/i18n.js';
import { decode } from '../../lib/query.js';
import { useResource } from '../../lib/resource.js';
import { setQuery } from '../../lib/router.jsx';
import { api } from '../../paths.js';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { SummaryList } from '../../ui/SummaryList.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { periodWords } from '../shared/acts.jsx';
import { people } from '../shared/pickers.js';
import { AdminTabs } from './AdminTabs.jsx';
import { scopeWords } from './scope.js';

/** @param {{access: Api.Access}} props */
const Result = ({ access }) => (
  <>
    <Card title={access.person.name}>
      <SummaryList
        rows={[
          { key: 'uid', label: t('access.uid'), value: <span class="mono">{access.person.uid}</span> },
          { key: 'title', label: t('access.jobTitle'), value: access.person.title },
          { key: 'mail', label: t('access.mail'), value: access.person.mail },
          {
            key: 'byName',
            label: t('access.byName'),
            value: [
              ...access.designations.map(item =>
                [item.role_title, scopeWords(item), periodWords(item)].join(' · '),
              ),
              ...access.acts_for.map(item =>
                [
                  t('user.roleFor', { role: item.role_title ?? t('acts.anyRole'), name: item.from_name }),
                  periodWords(item),
                ].join(' · '),
              ),
            ].map(line => (
              <span class="hint-line" key={line}>
                {line}
              </span>
            )),
          },
          {
            key: 'classes',
            label: t('access.classes'),
            value: access.classes.length ? (
              <span class="row">
                {access.classes.map(name => (
                  <Tag key={name} tone="info" icon="shield">
                    {word('classes', name)}
                  </Tag>
                ))}
              </span>
            ) : (
              t('access.refused')
            ),
          },
        ]}
      />
    </Card>
    <Card title={t('access.groups')} flush>
      {access.groups.length ? (
        <div class="table-wrap">
          <table class="table" data-reflow>
            <caption class="hidden">{t('access.groups')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('groups.group')}</th>
                <th scope="col">{t('groups.role')}</th>
                <th scope="col">{t('groups.scope')}</th>
              </tr>
            </thead>
            <tbody>
              {access.groups.map((group, i) => (
                <tr key={`${group.id}-${i}`}>
                  <th scope="row">
                    {group.name}
                    <span class="cell-sub mono">{group.dn}</span>
                  </th>
                  <td data-label={t('groups.role')}>
                    {group.role ? (
                      <Tag tone="success" icon="check">
                        {group.role}
                      </Tag>
                    ) : (
                      <span class="muted">{t('access.noMatch')}</span>
                    )}
                  </td>
                  <td data-label={t('groups.scope')}>
                    {group.role ? (group.scope ?? t('groups.everywhere')) : '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p class="muted small pad">{t('access.noGroups')}</p>
      )}
    </Card>
  </>
);

/** A name in; out: what the directory says, and which role follows from which group. @param {{search: string}} props */
export default function TestPerson({ search }) {
  const { uid } = decode({ uid: 'text' }, search);
  const { data, error, loading, reload } = useResource(uid ? api.access(uid) : null);
  const access = /** @type {Api.Access | null} */ (data);
  return (
    <>
      <PageHead title={t('access.title')} sub={t('access.sub')} />
      <div class="stack">
        <AdminTabs />
        <div class="stack-lg narrow">
          <Card>
            <Combobox
              id="person"
              label={t('access.person')}
              hint={t('access.hint')}
              chosen={uid ? { value: uid, label: access?.person.name ?? uid } : null}
              search={people}
              placeholder={t('access.search')}
              onPick={item =>
                setQuery(item ? `?uid=${encodeURIComponent(item.value)}` : '', {
                  replace: true,
                  keepScroll: true,
                })
              }
            />
          </Card>
          {error && <Problem error={error} what={uid} onRetry={reload} />}
          {uid && !access && loading && <Skeleton />}
          {!uid && <EmptyState icon="user" title={t('access.empty')} text={t('access.emptyText')} />}
          {access && <Result access={access} />}
        </div>
      </div>
    </>
  );
}
