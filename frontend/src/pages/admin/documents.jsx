import { useState } from 'preact/hooks';
import { date, t, word } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api, to } from '../../paths.js';
import { ButtonLink } from '../../ui/Button.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { Select, TextField } from '../../ui/fields.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Pager } from '../../ui/Pager.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { AdminTabs } from './AdminTabs.jsx';
import { options } from './words.js';

const tones = /** @type {Record<string, string>} */ ({
  draft: 'neutral',
  published: 'success',
  retired: 'warning',
});

/** @param {{state: string}} props */
export const State = ({ state }) => (
  <Tag tone={tones[state] ?? 'neutral'}>{word('documentStates', state)}</Tag>
);

/** @param {{items: any[]}} props */
const Table = ({ items }) => (
  <div class="table-wrap">
    <table class="table" data-reflow>
      <caption class="hidden">{t('documents.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('documents.document')}</th>
          <th scope="col">{t('documents.state')}</th>
          <th scope="col">{t('documents.version')}</th>
          <th scope="col">{t('documents.exceptions')}</th>
          <th scope="col">{t('editor.field.owner')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr key={item.key}>
            <th scope="row">
              <a href={to.adminDocument(item.key)}>{item.title}</a>
              <span class="cell-sub">
                <span class="mono">{item.key}</span> · {word('documentKinds', item.kind)} ·{' '}
                {word('domains', item.domain)}
              </span>
            </th>
            <td data-label={t('documents.state')}>
              <State state={item.state} />
            </td>
            <td data-label={t('documents.version')}>
              <span>
                {item.version ?? t('documents.none')}
                {item.published_on && <span class="cell-sub">{date(item.published_on)}</span>}
                {item.draft_version && (
                  <span class="cell-sub">{t('documents.writing', { version: item.draft_version })}</span>
                )}
              </span>
            </td>
            <td data-label={t('documents.exceptions')}>
              {t(item.exceptions_allowed ? 'documents.allowed' : 'documents.refused')}
            </td>
            <td data-label={t('editor.field.owner')}>{item.owner_name ?? t('ui.notGiven')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** All documents in every state, and the way to each. */
export default function Documents() {
  const [q, setQ] = useState('');
  const [state, setState] = useState('');
  const [walk, setWalk] = useState(
    /** @type {{cursor: string, stack: string[]}} */ ({ cursor: '', stack: [] }),
  );
  const got = useResource(api.documentRecords({ q, state, cursor: walk.cursor }));
  const data = /** @type {{items: any[], next_cursor: string | null} | null} */ (got.data);
  const start = { cursor: '', stack: [] };
  return (
    <>
      <PageHead
        title={t('documents.title')}
        sub={t('documents.sub')}
        actions={
          <ButtonLink href={to.addDocument()} kind="primary" icon="plus">
            {t('documents.add')}
          </ButtonLink>
        }
      />
      <div class="stack">
        <AdminTabs />
        <div class="row ordered-filter">
          <TextField
            id="documents-q"
            label={t('documents.find')}
            value={q}
            onInput={next => {
              setQ(next);
              setWalk(start);
            }}
            autocomplete="off"
          />
          <Select
            id="documents-state"
            label={t('documents.state')}
            empty={t('documents.everyState')}
            value={state}
            options={options('documentStates')}
            onInput={next => {
              setState(next);
              setWalk(start);
            }}
          />
        </div>
        {got.error && <Problem error={got.error} what={t('documents.what')} onRetry={got.reload} />}
        {data ? (
          <section class="card" data-flush aria-busy={got.loading || undefined}>
            {data.items.length ? (
              <Table items={data.items} />
            ) : (
              <EmptyState icon="file" title={t('documents.nothing')} text={t('documents.nothingText')} />
            )}
          </section>
        ) : (
          !got.error && <Skeleton lines={8} />
        )}
        {data && (walk.stack.length > 0 || data.next_cursor) && (
          <Pager
            label={t('documents.title')}
            onPrevious={
              walk.stack.length
                ? () => setWalk({ cursor: walk.stack.at(-1) ?? '', stack: walk.stack.slice(0, -1) })
                : undefined
            }
            onNext={
              data.next_cursor
                ? () => setWalk({ cursor: data.next_cursor ?? '', stack: [...walk.stack, walk.cursor] })
                : undefined
            }
          />
        )}
      </div>
    </>
  );
}
