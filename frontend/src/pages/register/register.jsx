import { useEffect, useState } from 'preact/hooks';
import { viewOf, views } from '../../domain/status.js';
import { announce } from '../../lib/a11y.js';
import { num, t, time } from '../../lib/i18n.js';
import { decode } from '../../lib/query.js';
import { useResource } from '../../lib/resource.js';
import { back, forward } from '../../lib/route.js';
import { navigate } from '../../lib/router.jsx';
import { api, registerSpec, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button } from '../../ui/Button.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Pager } from '../../ui/Pager.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { ColumnMenu } from './ColumnMenu.jsx';
import { nextSort, offered } from './columns.js';
import { ExportButton, ExportResult, useExport } from './export.jsx';
import { FilterChips, Filters, filtersInWords, useFilterNames } from './filters.jsx';
import { RegisterTable } from './RegisterTable.jsx';

/** The named views: a status each, the other filters stay. @param {{values: Record<string, any>}} props */
function Views({ values }) {
  const here = viewOf(values.status);
  return (
    <nav class="tabs" aria-label={t('views.label')}>
      <ul>
        {views.map(view => (
          <li key={view.key}>
            <a
              href={to.register({
                ...values,
                status: view.key === 'active' ? undefined : view.status,
                cursor: undefined,
              })}
              aria-current={here === view.key ? 'page' : undefined}
            >
              {t(`views.${view.key}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many there are, told exactly or as "more than". @param {{count: Api.Count | null, shown: number, offset: number | null}} props */
function Amount({ count, shown, offset }) {
  const total = count && t(count.exact ? 'register.count' : 'register.countMore', { n: count.n });
  const range =
    offset !== null && shown > 0 && t('register.range', { from: num(offset + 1), to: num(offset + shown) });
  return (
    <p class="amount" role="status">
      <strong>{total}</strong>
      {range && <span class="muted">{range}</span>}
    </p>
  );
}

/** No row on this page: none at all, or the search stopped before it found one. @param {{next: string | null, onNext: () => void}} props */
const Nothing = ({ next, onNext }) => (
  <EmptyState
    icon="search"
    title={t(next ? 'register.emptySoFar' : 'register.empty')}
    text={t(next ? 'register.emptySoFarText' : 'register.emptyText')}
  >
    {next && (
      <Button kind="primary" onClick={onNext}>
        {t('register.searchOn')}
      </Button>
    )}
    <Button onClick={() => navigate(to.register({ status: ['all'] }))}>{t('register.showAll')}</Button>
  </EmptyState>
);

/** @param {{values: Record<string, any>, data: Api.Register, count: Api.Count | null, state: any, loading: boolean, names: Record<string, string>}} props */
function Results({ values, data, count, state, loading, names }) {
  const limit = values.limit ?? 50;
  const stack = /** @type {string[]} */ (state.stack ?? []);
  const walked = !values.cursor || stack.length > 0;
  const previous = back(stack);
  /** @param {string | undefined} cursor @param {string[]} nextStack */
  const go = (cursor, nextStack) =>
    navigate(to.register({ ...values, cursor }), { state: { stack: nextStack } });
  const onNext = () => go(data.next_cursor ?? '', forward(stack, values.cursor ?? ''));
  /** @param {string} key */
  const onSort = key => {
    const sort = offered(data.sorts, nextSort(key, values.sort));
    const direction = t(sort.startsWith('-') ? 'register.descending' : 'register.ascending');
    announce(t('register.sorted', { column: t(`columns.${key}`), direction }));
    navigate(to.register({ ...values, sort, cursor: undefined }), { replace: true, keepScroll: true });
  };
  return (
    <section class="card" data-flush>
      <div class="table-bar">
        <Amount count={count} shown={data.items.length} offset={walked ? stack.length * limit : null} />
        <ColumnMenu />
      </div>
      {!data.complete && data.items.length > 0 && <p class="table-note">{t('register.searching')}</p>}
      {data.items.length ? (
        <RegisterTable
          rows={data.items}
          sort={values.sort}
          sorts={data.sorts}
          busy={loading}
          caption={filtersInWords(values, names)}
          onSort={onSort}
        />
      ) : (
        <Nothing next={data.next_cursor} onNext={onNext} />
      )}
      {data.items.length > 0 && (
        <Pager
          label={t('register.pages')}
          text={t('register.asOf', { time: time(data.as_of) })}
          first={!previous && Boolean(values.cursor)}
          onPrevious={
            previous
              ? () => go(previous.cursor || undefined, previous.stack)
              : values.cursor
                ? () => go(undefined, [])
                : undefined
          }
          onNext={data.next_cursor ? onNext : undefined}
        />
      )}
    </section>
  );
}

/** @param {{search: string, state: any}} props */
export default function Register({ search, state }) {
  const asked = decode(registerSpec, search);
  const values = { status: ['active'], sort: 'expires', ...asked };
  const { data, error, loading, reload } = useResource(api.register(values));
  const counted = useResource(api.count(values));
  const [last, setLast] = useState(/** @type {Api.Register | null} */ (null));
  const names = useFilterNames(values);
  const file = useExport(values);
  const register = /** @type {Api.Register | null} */ (data);
  if (register && register !== last) setLast(register);
  const shown = register ?? (error ? null : last);
  const refused = error?.errors.find(item => item.pointer === '?sort');
  useEffect(() => {
    // these filters do not allow the order of the list before: take it away and say so
    if (refused && asked.sort)
      navigate(to.register({ ...asked, sort: undefined, cursor: undefined }), {
        replace: true,
        state: { sortRefused: refused.detail },
      });
  }, [refused]);
  const count = /** @type {Api.Count | null} */ (counted.data);
  return (
    <>
      <PageHead
        title={t('register.title')}
        sub={<span class="screen-only">{t('register.sub')}</span>}
        actions={
          <>
            <Button icon="print" onClick={() => print()}>
              {t('ui.print')}
            </Button>
            <ExportButton file={file} count={count} />
          </>
        }
      />
      <p class="print-only">{filtersInWords(values, names)}</p>
      <div class="stack register">
        <ExportResult file={file} />
        <Views values={values} />
        <Filters key={search} values={values} names={names} />
        <FilterChips values={values} names={names} />
        {state.sortRefused && (
          <Banner tone="info" title={t('register.sortDropped')}>
            <p>{state.sortRefused}</p>
          </Banner>
        )}
        {error && !refused && <Problem error={error} what={t('register.what')} onRetry={reload} />}
        {shown ? (
          <Results values={values} data={shown} count={count} state={state} loading={loading} names={names} />
        ) : (
          !error && (
            <section class="card table-space">
              <Skeleton lines={14} />
            </section>
          )
        )}
      </div>
    </>
  );
}
