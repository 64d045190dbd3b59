import { date, dayOf, relativeDay, t, word } from '../../lib/i18n.js';
import { may } from '../../lib/session.js';
import { to } from '../../paths.js';
import { SortHead } from '../../ui/SortHead.jsx';
import { Tag } from '../../ui/Tag.jsx';
import { Risk } from '../shared/Risk.jsx';
import { Breach, Status } from '../shared/Status.jsx';
import { columns, density, refusalOf, shown as shownKeys } from './columns.js';

/** A day, and below it how far away. @param {{day: string | null}} props */
const Day = ({ day }) =>
  day ? (
    <span>
      <span class="nowrap">{date(day)}</span>
      <span class="cell-sub nowrap">{relativeDay(day)}</span>
    </span>
  ) : (
    <span class="muted">–</span>
  );

/** @type {Record<string, (row: Api.Row) => any>} */
const cells = {
  title: row => (
    <span class="cell-title">
      {row.title}
      {(row.sla_breached_days || row.confidential || row.undocumented) && (
        <span class="cell-tags">
          <Breach days={row.sla_breached_days} />
          {row.confidential && (
            <Tag tone="neutral" icon="lock">
              {t('register.confidential')}
            </Tag>
          )}
          {row.undocumented && (
            <Tag tone="warning" icon="file">
              {t('register.undocumented')}
            </Tag>
          )}
        </span>
      )}
    </span>
  ),
  document: row => row.document_title ?? row.document_key,
  clause: row => row.clause ?? '–',
  status: row => <Status status={row.status} />,
  risk: row => <Risk score={row.risk} />,
  unit: row => row.unit_name ?? '–',
  owner: row => row.owner_name ?? <span class="muted">{t('register.notShown')}</span>,
  cause: row => word('causes', row.cause) || '–',
  submitted: row => <span class="nowrap">{dayOf(row.submitted_at) || '–'}</span>,
  effective: row => <span class="nowrap">{date(row.effective_on) || '–'}</span>,
  requested: row => <span class="nowrap">{date(row.requested_until) || '–'}</span>,
  updated: row => <span class="nowrap">{dayOf(row.updated_at) || '–'}</span>,
  expires: row => <Day day={row.expires_on} />,
};

/** @param {{rows: Api.Row[], sort: string, sorts?: Api.Register['sorts'], busy: boolean, caption: string, onSort: (key: string) => void}} props */
export function RegisterTable({ rows, sort, sorts, busy, caption, onSort }) {
  const keys = shownKeys(may('register_full'));
  const shown = columns.filter(column => keys.includes(column.key));
  const sorted = sort.replace(/^-/, '');
  return (
    <div class="table-wrap">
      <table class="table" data-reflow data-density={density.value} aria-busy={busy}>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {shown.map(column => (
              <SortHead
                key={column.key}
                label={t(`columns.${column.key}`)}
                direction={
                  column.sort && column.sort === sorted
                    ? sort.startsWith('-')
                      ? 'descending'
                      : 'ascending'
                    : null
                }
                onSort={column.sort ? () => onSort(column.sort ?? '') : undefined}
                reason={column.sort ? refusalOf(sorts, column.sort) : null}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.number} id={row.number}>
              {shown.map(({ key }) =>
                key === 'number' ? (
                  <th scope="row" key={key}>
                    <a class="mono nowrap" href={to.exception(row.number)}>
                      {row.number}
                    </a>
                  </th>
                ) : (
                  <td
                    key={key}
                    data-label={key === 'title' ? undefined : t(`columns.${key}`)}
                    data-column={key}
                  >
                    {cells[key](row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
