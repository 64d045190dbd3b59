import { date, relativeDay, t } from '../../lib/i18n.js';
import { Icon } from '../../ui/Icon.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { Risk } from '../shared/Risk.jsx';

/** When the decision is due, in words; late is said, not only coloured. @param {{row: Api.QueueRow}} props */
export function Due({ row }) {
  if (!row.due_on) return null;
  const late = (row.overdue_days ?? 0) > 0;
  return (
    <span class="due" data-late={late || undefined}>
      <Icon name={late ? 'alert' : 'clock'} size={14} />
      {late
        ? t('queue.overdue', { n: row.overdue_days ?? 0 })
        : t('queue.due', { relative: relativeDay(row.due_on) })}
      <span class="hidden"> ({date(row.due_on)})</span>
    </span>
  );
}

/** One waiting request of the list. @param {{row: Api.QueueRow, href: string, current?: boolean}} props */
export const QueueItem = ({ row, href, current }) => (
  <li class="queue-item" data-current={current || undefined}>
    <a href={href} aria-current={current ? 'true' : undefined}>
      <span class="queue-item-top">
        <span class="mono">{row.number}</span>
        <Risk score={row.risk} />
      </span>
      <span class="queue-item-title">{row.title}</span>
      <span class="queue-item-meta">
        <span>{row.stage_title}</span>
        <span>{row.document_title}</span>
        <span>{row.requester_name}</span>
      </span>
      <span class="queue-item-meta">
        <Due row={row} />
        {row.sla_breached_days ? (
          <Tag tone="danger">{t('risk.breachShort', { n: row.sla_breached_days })}</Tag>
        ) : null}
        {row.own ? (
          <Tag tone="neutral" icon="lock">
            {t('queue.own')}
          </Tag>
        ) : (
          row.findings_owed > 0 && (
            <span>{t('queue.findings', { done: row.findings_done, n: row.findings_owed })}</span>
          )
        )}
      </span>
    </a>
  </li>
);
