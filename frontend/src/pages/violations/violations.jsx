import { useState } from 'preact/hooks';
import { request } from '../../lib/http.js';
import { date, dateTime, t } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api, to } from '../../paths.js';
import { Button, ButtonLink } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';

/** @param {{items: Api.Violation[]}} props */
const Items = ({ items }) => (
  <ul class="item-list">
    {items.map(v => (
      <li key={v.number} class="item">
        <div class="item-main">
          <a class="item-link clamp" href={to.violation(v.number)}>
            {v.what}
          </a>
          <p class="item-meta">
            <span class="mono">{v.number}</span>
            <span>{t('violations.by', { name: v.reporter, at: dateTime(v.filed_at) })}</span>
            <span>{t('violations.knownSince', { date: date(v.known_on) })}</span>
            {v.unit_name && <span>{v.unit_name}</span>}
          </p>
        </div>
      </li>
    ))}
  </ul>
);

/** What one reported or was told of; all of it for those who look after reports. */
export default function Violations() {
  const { data, error, reload } = useResource(api.violations());
  const page = /** @type {Api.ViolationList | null} */ (data);
  const [more, setMore] = useState(/** @type {Api.ViolationList | null} */ (null));
  const [failed, setFailed] = useState(/** @type {any} */ (null));
  const items = [...(page?.items ?? []), ...(more?.items ?? [])];
  const next = more ? more.next_cursor : page?.next_cursor;
  const loadMore = async () => {
    setFailed(null);
    try {
      const { data: last } = await request('GET', api.violations({ cursor: next ?? '' }));
      setMore({ ...last, items: [...(more?.items ?? []), ...last.items] });
    } catch (caught) {
      setFailed(caught);
    }
  };
  return (
    <div class="narrow">
      <PageHead
        title={t('violations.title')}
        sub={page && t(page.all ? 'violations.subAll' : 'violations.sub')}
        actions={
          <ButtonLink href={to.reportViolation()} kind="primary" icon="plus">
            {t('violations.report')}
          </ButtonLink>
        }
      />
      {error && <Problem error={error} what={t('violations.title')} onRetry={reload} />}
      {!page && !error && <Skeleton lines={6} />}
      {page && (
        <Card flush={items.length > 0}>
          {items.length ? (
            <Items items={items} />
          ) : (
            <EmptyState icon="file" title={t('violations.none')} text={t('violations.noneText')} />
          )}
        </Card>
      )}
      {failed && <Problem error={failed} what={t('violations.title')} />}
      {next && (
        <div class="row pad">
          <Button onClick={loadMore}>{t('violations.more')}</Button>
        </div>
      )}
    </div>
  );
}
