import { useEffect, useRef, useState } from 'preact/hooks';
import { waitsForMe } from '../../domain/stage.js';
import { announce, focusOn } from '../../lib/a11y.js';
import { request } from '../../lib/http.js';
import { t } from '../../lib/i18n.js';
import { useKeys } from '../../lib/keys.js';
import { decode } from '../../lib/query.js';
import { useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { api, queueSpec, to } from '../../paths.js';
import { Banner } from '../../ui/Banner.jsx';
import { Button } from '../../ui/Button.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { Detail } from './Detail.jsx';
import { QueueItem } from './QueueItem.jsx';
import { forget } from './texts.js';

/** @param {{sort: string, selected: string | undefined}} props */
const Sorts = ({ sort, selected }) => (
  <nav class="sorts" aria-label={t('queue.sort')}>
    {['due', 'risk'].map(key => (
      <a key={key} href={to.queue({ sort: key, selected })} aria-current={sort === key ? 'true' : undefined}>
        {t(`queue.sorts.${key}`)}
      </a>
    ))}
  </nav>
);

/** Keeps the open item in sight: only the list scrolls, never the page. */
function showCurrent() {
  const item = /** @type {HTMLElement | null} */ (document.querySelector('.queue-item[data-current]'));
  const side = item?.closest('.queue-side');
  if (!item || !side) return;
  if (item.offsetTop < side.scrollTop) side.scrollTop = item.offsetTop;
  const over = item.offsetTop + item.offsetHeight - side.clientHeight;
  if (over > side.scrollTop) side.scrollTop = over;
}

/** @typedef {{of: Api.Queue | null, items: Api.QueueRow[], next_cursor: string | null, error?: any}} Later what was read after the first page */

/** The requests that wait for this person: the list on the left, the open one on the right, single keys for everything. @param {{search: string}} props */
export default function QueuePage({ search }) {
  const asked = decode(queueSpec, search);
  const sort = asked.sort === 'risk' ? 'risk' : 'due';
  const { data, error, loading, reload } = useResource(api.queue({ sort, limit: 100 }));
  const queue = /** @type {Api.Queue | null} */ (data);
  const [later, setLater] = useState(/** @type {Later | null} */ (null));
  const more = later?.of === queue ? later : null;
  const items = [...(queue?.items ?? []), ...(more?.items ?? [])];
  const cursor = more ? more.next_cursor : queue?.next_cursor;
  const readMore = async () => {
    try {
      const page = /** @type {Api.Queue} */ (
        (await request('GET', api.queue({ sort, limit: 100, cursor }))).data
      );
      setLater({ of: queue, items: [...(more?.items ?? []), ...page.items], next_cursor: page.next_cursor });
    } catch (caught) {
      setLater({ of: queue, items: more?.items ?? [], next_cursor: cursor ?? null, error: caught });
    }
  };
  const [done, setDone] = useState('');
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  const [focusNext, setFocusNext] = useState(false);
  const index = items.findIndex(item => item.number === asked.selected);
  const narrow = matchMedia('(width < 56rem)').matches;
  // a link may name a request that is not in the list; on wide screens the first one is open at once
  const selected = asked.selected ?? (narrow ? undefined : items[0]?.number);
  const at = index >= 0 ? index : selected === items[0]?.number ? 0 : -1;

  /** @param {number} step */
  const move = step => {
    if (loading || !items.length) return;
    const next = items[Math.min(Math.max(at + step, 0), items.length - 1)];
    navigate(to.queue({ ...asked, sort: asked.sort, selected: next.number }), {
      replace: true,
      keepScroll: true,
    });
    announce(
      t('queue.at', {
        n: Math.min(Math.max(at + step, 0), items.length - 1) + 1,
        of: items.length,
        title: next.title,
      }),
    );
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => selected && navigate(to.exception(selected)),
  });
  useEffect(showCurrent, [selected]);
  useEffect(() => {
    if (!focusNext || !heading.current) return;
    setFocusNext(false);
    focusOn(heading.current);
  });

  /** The stage is over. If the next one waits for this person as well, the request stays open; else the next request opens. @param {Api.Exception} x @param {string} words */
  const onActed = (x, words) => {
    setDone(words);
    forget(x.number);
    if (waitsForMe(x)) {
      announce(words);
      setFocusNext(true);
      return;
    }
    const left = items.filter(item => item.number !== x.number);
    const next = left[Math.min(Math.max(at, 0), left.length - 1)];
    announce(`${words} ${t('queue.left', { n: left.length })}`);
    navigate(to.queue({ sort: asked.sort, selected: narrow ? undefined : next?.number }), { replace: true });
    setFocusNext(true);
  };

  const empty = queue && !items.length;
  return (
    <div class="queue" data-open={asked.selected ? true : undefined}>
      <PageHead
        title={t('queue.title')}
        sub={queue ? t('queue.left', { n: queue.total ?? items.length }) : t('ui.loading')}
        actions={<Sorts sort={sort} selected={asked.selected} />}
      />
      {error && <Problem error={error} what={t('queue.what')} onRetry={reload} />}
      <div class="queue-panes">
        {!empty && (
          <section class="card queue-side" data-flush aria-label={t('queue.list')}>
            {queue ? (
              <ul class="queue-list">
                {items.map(row => (
                  <QueueItem
                    key={row.number}
                    row={row}
                    current={row.number === selected}
                    href={to.queue({ ...asked, selected: row.number })}
                  />
                ))}
              </ul>
            ) : (
              !error && <Skeleton lines={10} />
            )}
            {more?.error && <Problem error={more.error} what={t('queue.what')} onRetry={readMore} />}
            {cursor && (
              <div class="more">
                <Button onClick={readMore}>{t('queue.more')}</Button>
              </div>
            )}
          </section>
        )}
        <div class="queue-main">
          {done && (
            <Banner tone="success" live={false}>
              <p>{done}</p>
            </Banner>
          )}
          {empty && !asked.selected && (
            <section class="card">
              <EmptyState icon="checks" title={t('queue.empty')} text={t('queue.emptyText')} />
            </section>
          )}
          {selected && (queue || asked.selected) && (
            <Detail
              key={selected}
              number={selected}
              row={items.find(item => item.number === selected)}
              heading={heading}
              onActed={onActed}
              back={to.queue({ sort: asked.sort })}
            />
          )}
        </div>
      </div>
    </div>
  );
}
