import { useState } from 'preact/hooks';
import { date, dayOf, t, word } from '../../lib/i18n.js';
import { useResource } from '../../lib/resource.js';
import { api, to } from '../../paths.js';
import { Card } from '../../ui/Card.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { Risk } from '../shared/Risk.jsx';
import { Status } from '../shared/Status.jsx';

/** Shown before somebody asks for the rest. */
const FIRST = 3;

/** How cases like this one were decided; the dialog asks the same. @param {string} number */
export function usePrecedents(number) {
  const got = useResource(api.precedents(number));
  return { ...got, data: /** @type {Api.Precedents | null} */ (got.data) };
}

/** What it has in common. @param {Api.Precedent} item */
const common = item =>
  item.match === 'clause'
    ? t('precedents.clause', { n: item.clauses.length, refs: item.clauses.join(', ') })
    : t(item.match === 'document' ? 'precedents.document' : 'precedents.words', {
        title: item.document_title ?? '',
      });

/** @param {{item: Api.Precedent}} props */
const Precedent = ({ item }) => (
  <li class="precedent">
    <p class="precedent-head">
      <Tag
        tone={item.outcome === 'approved' ? 'success' : 'danger'}
        icon={item.outcome === 'approved' ? 'check' : 'close'}
      >
        {word('decided', item.outcome === 'approved' ? 'approve' : 'deny')}
      </Tag>
      <a href={to.exception(item.number)}>
        <span class="mono">{item.number}</span> {item.title}
      </a>
    </p>
    <p class="item-meta">
      <span>{common(item)}</span>
      <span>{dayOf(item.decided_at)}</span>
      {item.days_granted ? <span>{t('ui.days', { n: item.days_granted })}</span> : null}
      {item.risk ? <Risk score={item.risk} /> : null}
    </p>
    {item.outcome === 'approved' && (
      <p class="item-meta">
        <span>{t('precedents.next')}</span>
        {item.status === 'superseded' ? (
          <Tag tone="neutral" icon="history">
            {t('precedents.renewed')}
          </Tag>
        ) : (
          <Status status={item.status} />
        )}
        {item.expires_on && <span>{t('decisions.until', { date: date(item.expires_on) })}</span>}
      </p>
    )}
    {item.reason && <p class="prose precedent-reason">{item.reason}</p>}
    {item.precedent_reason && (
      <p class="prose small">{t('precedents.departed', { reason: item.precedent_reason })}</p>
    )}
    {item.conditions.length > 0 && (
      <details>
        <summary>{t('precedents.conditions', { n: item.conditions.length })}</summary>
        <ol class="precedent-conditions">
          {item.conditions.map(text => (
            <li key={text} class="prose">
              {text}
            </li>
          ))}
        </ol>
      </details>
    )}
  </li>
);

/** How the same clause was decided, in one line. @param {{found: Api.Precedents}} props */
const Practice = ({ found }) => (
  <p class="precedents-practice">
    {t(found.approved + found.denied ? 'precedents.practice' : 'precedents.first', {
      approved: found.approved,
      denied: found.denied,
    })}
    {found.median_days !== null && <> {t('precedents.median', { n: found.median_days })}</>}
  </p>
);

/** What was decided before in cases like this one, and what became of it (M-24). @param {{number: string, waits?: boolean}} props `waits`: a decision may depart from it */
export function Precedents({ number, waits }) {
  const { data: found, error, reload } = usePrecedents(number);
  const [all, setAll] = useState(false);
  const items = all ? (found?.items ?? []) : (found?.items ?? []).slice(0, FIRST);
  const more = (found?.items.length ?? 0) - items.length;
  if (error?.status === 403) return null;
  return (
    <Card title={t('precedents.title')} class="card screen-only">
      {error && !found && <Problem error={error} what={t('precedents.title')} onRetry={reload} />}
      {!found && !error && <Skeleton lines={3} />}
      {found && (
        <div class="stack">
          <Practice found={found} />
          {waits && found.departs_if && <p class="hint">{t(`precedents.departs.${found.departs_if}`)}</p>}
          {items.length > 0 ? (
            <ul class="precedents">
              {items.map(item => (
                <Precedent key={item.number} item={item} />
              ))}
            </ul>
          ) : (
            <p class="muted">{t('precedents.none')}</p>
          )}
          {more > 0 && (
            <p>
              <button type="button" class="link-button small" onClick={() => setAll(true)}>
                {t('precedents.more', { n: more })}
              </button>
            </p>
          )}
        </div>
      )}
    </Card>
  );
}
