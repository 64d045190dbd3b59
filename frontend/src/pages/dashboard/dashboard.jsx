import { useState } from 'preact/hooks';
import { request } from '../../lib/http.js';
import { addDays, num, t, time } from '../../lib/i18n.js';
import { decode } from '../../lib/query.js';
import { useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { api, dashboardSpec, to } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Card } from '../../ui/Card.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { Bar, Tile } from '../../ui/charts.jsx';
import { Icon } from '../../ui/Icon.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { documents, unitName, units } from '../shared/pickers.js';
import { useName } from '../shared/useNames.js';

const tallies = /** @type {const} */ (['active', 'waiting', 'ending_30', 'expired_30']);
const looks = {
  active: ['success', 'check'],
  waiting: ['info', 'clock'],
  ending_30: ['warning', 'calendar'],
  expired_30: ['danger', 'alert'],
};

/** The register list behind a number: the same filters, so the same length. @param {typeof tallies[number]} key @param {string} today @param {Record<string, any>} more */
function listOf(key, today, more) {
  const filter = {
    active: { status: ['active'] },
    waiting: { status: ['in_review', 'returned'] },
    ending_30: { status: ['expiring'] },
    expired_30: { status: ['expired'], expires_from: addDays(today, -30) },
  }[key];
  return to.register({ ...filter, ...more });
}

/** @param {{title: string, first: string, rows: {key: string, name: string, tally: Api.Tally, filter: Record<string, any>}[], today: string}} props */
function Breakdown({ title, first, rows, today }) {
  const sorted = [...rows].sort((a, b) => b.tally.active - a.tally.active);
  const max = Math.max(1, ...rows.map(row => row.tally.active));
  return (
    <Card title={title} flush>
      {rows.length ? (
        <div class="table-wrap">
          <table class="table breakdown">
            <caption class="hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{first}</th>
                <th scope="col" data-numeric>
                  {t('dashboard.short.active')}
                </th>
                <td aria-hidden="true" />
                {tallies.slice(1).map(key => (
                  <th scope="col" data-numeric key={key}>
                    {t(`dashboard.short.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sorted.map(row => (
                <tr key={row.key}>
                  <th scope="row">{row.name}</th>
                  {tallies.map(key => {
                    const n = row.tally[key];
                    const cell = (
                      <td data-numeric key={key}>
                        {n ? (
                          <a
                            href={listOf(key, today, row.filter)}
                            aria-label={t('dashboard.cell', {
                              n,
                              what: t(`dashboard.short.${key}`),
                              name: row.name,
                            })}
                          >
                            {num(n)}
                          </a>
                        ) : (
                          <span class="muted">0</span>
                        )}
                      </td>
                    );
                    return key === 'active'
                      ? [
                          cell,
                          <td key="bar" class="bar-cell" aria-hidden="true">
                            <Bar value={n} max={max} />
                          </td>,
                        ]
                      : cell;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p class="muted small pad">{t('dashboard.none')}</p>
      )}
    </Card>
  );
}

/** @param {{values: Record<string, any>}} props */
function Scope({ values }) {
  const [unit, setUnit] = useState(values.unit ? { value: values.unit, label: '' } : null);
  const unitLabel = useName(values.unit, unitName);
  const documentLabel = useName(
    values.document,
    async key => (await request('GET', api.document(key))).data.title,
  );
  /** @param {Record<string, any>} next */
  const go = next => navigate(to.dashboard({ ...values, ...next }));
  return (
    <form
      class="filters dashboard-filters"
      onSubmit={event => event.preventDefault()}
      aria-label={t('filters.title')}
    >
      <Combobox
        id="unit"
        label={t('filters.unit')}
        chosen={unit && { ...unit, label: unit.label || unitLabel }}
        search={units}
        placeholder={t('dashboard.allUnits')}
        onPick={item => {
          setUnit(item);
          go({ unit: item?.value });
        }}
      />
      <Combobox
        id="document"
        label={t('filters.document')}
        chosen={values.document ? { value: values.document, label: documentLabel } : null}
        search={documents}
        placeholder={t('dashboard.allDocuments')}
        onPick={item => go({ document: item?.value })}
      />
    </form>
  );
}

/** @param {{search: string}} props */
export default function Dashboard({ search }) {
  const values = decode(dashboardSpec, search);
  const { data, error, loading, reload } = useResource(api.dashboard(values));
  const board = /** @type {Api.Dashboard | null} */ (data);
  return (
    <>
      <PageHead
        title={t('dashboard.title')}
        sub={board ? t('dashboard.asOf', { time: time(board.as_of) }) : t('ui.loading')}
        actions={
          <>
            <Button icon="print" onClick={() => print()}>
              {t('ui.print')}
            </Button>
            <Button icon="history" busy={loading} onClick={reload}>
              {t('ui.refresh')}
            </Button>
          </>
        }
      />
      <div class="stack-lg">
        <Scope key={search} values={values} />
        {error && <Problem error={error} what={t('dashboard.what')} onRetry={reload} />}
        {!board && !error && <Skeleton lines={10} />}
        {board && (
          <>
            <div class="tiles">
              {tallies.map(key => (
                <Tile
                  key={key}
                  label={t(`dashboard.${key}`)}
                  value={board[key]}
                  note={t(`dashboard.note.${key}`)}
                  tone={looks[key][0]}
                  icon={<Icon name={looks[key][1]} />}
                  href={listOf(key, board.today, values)}
                />
              ))}
              {board.undocumented > 0 && (
                <Tile
                  label={t('dashboard.undocumented')}
                  value={board.undocumented}
                  note={t('dashboard.note.undocumented')}
                  tone="warning"
                  icon={<Icon name="file" />}
                  href={to.register({ status: ['all'], undocumented: 'true', ...values })}
                />
              )}
            </div>
            <div class="breakdowns">
              <Breakdown
                title={t('dashboard.byDocument')}
                first={t('filters.document')}
                today={board.today}
                rows={board.by_document.map(row => ({
                  key: row.key,
                  name: row.title,
                  tally: row,
                  filter: { ...values, document: row.key },
                }))}
              />
              <Breakdown
                title={t('dashboard.byUnit')}
                first={t('filters.unit')}
                today={board.today}
                rows={board.by_unit.map(row => ({
                  key: row.code,
                  name: row.name,
                  tally: row,
                  filter: { ...values, unit: row.code },
                }))}
              />
            </div>
          </>
        )}
      </div>
    </>
  );
}
