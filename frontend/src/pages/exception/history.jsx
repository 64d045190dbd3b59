import { useEffect, useState } from 'preact/hooks';
import { detailWords, eventWords } from '../../domain/events.js';
import { request } from '../../lib/http.js';
import { dateTime, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { Timeline } from '../../ui/Timeline.jsx';

/** What happened, newest first; earlier events come on request. @param {{number: string, version: number}} props `version`: a new one reads it again */
export function History({ number, version }) {
  const { data, error, reload } = useResource(api.history(number));
  const first = /** @type {Api.List<Api.HistoryItem> | null} */ (data);
  const [more, setMore] = useState(/** @type {Api.List<Api.HistoryItem> | null} */ (null));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  useEffect(() => {
    setMore(null);
    if (first) reload();
  }, [version]);
  const items = [...(first?.items ?? []), ...(more?.items ?? [])];
  const next = more ? more.next_cursor : first?.next_cursor;
  const loadMore = async () => {
    setFailed(null);
    try {
      const { data: page } = await request('GET', api.history(number, next ?? ''));
      setMore({ items: [...(more?.items ?? []), ...page.items], next_cursor: page.next_cursor });
    } catch (caught) {
      setFailed(caught);
    }
  };
  return (
    <Card title={t('history.title')}>
      {error && !first && <Problem error={error} what={t('history.what')} onRetry={reload} />}
      {!first && !error && <Skeleton lines={4} />}
      <Timeline
        items={items.map(item => ({
          key: item.id,
          title: eventWords(item),
          detail: detailWords(item.detail),
          refused: item.refused,
          who: item.actor,
          when: dateTime(item.at),
          instant: item.at,
        }))}
      />
      {failed && <Problem error={failed} what={t('history.what')} onRetry={loadMore} />}
      {next && !failed && (
        <div class="more">
          <Button onClick={loadMore}>{t('history.more')}</Button>
        </div>
      )}
    </Card>
  );
}
