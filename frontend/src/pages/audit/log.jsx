import { detailWords } from '../../domain/events.js';
import { dateTime, lookUp, t, word } from '../../lib/i18n.js';
import { decode, fromForm } from '../../lib/query.js';
import { useResource } from '../../lib/resource.js';
import { back, forward } from '../../lib/route.js';
import { navigate } from '../../lib/router.jsx';
import { api, auditSpec, to } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Chips } from '../../ui/Chips.jsx';
import { EmptyState } from '../../ui/EmptyState.jsx';
import { Select, TextField } from '../../ui/fields.jsx';
import { PageHead } from '../../ui/PageHead.jsx';
import { Pager } from '../../ui/Pager.jsx';
import { Problem } from '../../ui/Problem.jsx';
import { Skeleton } from '../../ui/Skeleton.jsx';
import { Tag } from '../../ui/Tag.jsx';

/** The actions that have words, and the one that stands in the address. @param {string | undefined} current */
function actions(current) {
  const known = Object.entries(lookUp('auditActions')).map(([value, label]) => ({
    value,
    label: String(label),
  }));
  return current && !known.some(item => item.value === current)
    ? [{ value: current, label: current }, ...known]
    : known;
}

const names = ['actor', 'action', 'object', 'result', 'from', 'to'];

/** @param {{values: Record<string, any>}} props */
function Filters({ values }) {
  /** @param {Event & {currentTarget: HTMLFormElement}} event */
  const apply = event => {
    event.preventDefault();
    navigate(to.audit(fromForm(auditSpec, new FormData(event.currentTarget))));
  };
  return (
    <form class="filters" onSubmit={apply} aria-label={t('filters.title')}>
      <div class="filter-row audit-filters">
        {['actor', 'object'].map(name => (
          <TextField
            key={name}
            id={name}
            label={t(`audit.${name}`)}
            value={values[name]}
            autocomplete="off"
            spellcheck={false}
          />
        ))}
        <Select
          id="action"
          label={t('audit.action')}
          value={values.action}
          empty={t('filters.any')}
          options={actions(values.action)}
        />
        <Select
          id="result"
          label={t('audit.result')}
          value={values.result}
          empty={t('filters.any')}
          options={['done', 'refused'].map(value => ({ value, label: word('results', value) }))}
        />
        <TextField id="from" type="date" label={t('audit.from')} value={values.from} />
        <TextField id="to" type="date" label={t('audit.to')} value={values.to} />
        <div class="filter-buttons">
          <Button type="submit" kind="primary">
            {t('filters.apply')}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** @param {{items: Api.AuditEvent[], busy: boolean}} props */
const Events = ({ items, busy }) => (
  <div class="table-wrap">
    <table class="table" data-reflow aria-busy={busy}>
      <caption class="hidden">{t('audit.title')}</caption>
      <thead>
        <tr>
          {['at', 'actor', 'action', 'object', 'result', 'detail', 'address'].map(key => (
            <th scope="col" key={key}>
              {t(`audit.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(event => (
          <tr key={event.id}>
            <th scope="row" class="nowrap">
              <time dateTime={event.at}>{dateTime(event.at)}</time>
            </th>
            <td data-label={t('audit.actor')}>{event.actor || t('audit.system')}</td>
            <td data-label={t('audit.action')}>{word('auditActions', event.action)}</td>
            <td data-label={t('audit.object')}>
              {event.object?.startsWith('EX-') ? (
                <a class="mono nowrap" href={to.exception(event.object)}>
                  {event.object}
                </a>
              ) : (
                event.object || '–'
              )}
            </td>
            <td data-label={t('audit.result')}>
              <Tag
                tone={event.result === 'done' ? 'success' : 'danger'}
                icon={event.result === 'done' ? 'check' : 'ban'}
              >
                {word('results', event.result)}
              </Tag>
            </td>
            <td data-label={t('audit.detail')}>{detailWords(event.detail) || '–'}</td>
            <td data-label={t('audit.address')}>
              <span class="mono small">{event.address || '–'}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Everything that was done, and everything that was refused; nothing here can be changed. @param {{search: string, state: any}} props */
export default function AuditLog({ search, state }) {
  const values = decode(auditSpec, search);
  const { data, error, loading, reload } = useResource(api.audit(values));
  const log = /** @type {Api.List<Api.AuditEvent> | null} */ (data);
  const stack = /** @type {string[]} */ (state?.stack ?? []);
  const previous = back(stack);
  const chips = names
    .filter(name => values[name])
    .map(name => {
      const text = t('register.chip', {
        label: t(`audit.${name}`),
        value:
          name === 'result'
            ? word('results', values[name])
            : name === 'action'
              ? word('auditActions', values[name])
              : String(values[name]),
      });
      return {
        key: name,
        text,
        remove: t('filters.remove', { text }),
        onRemove: () => navigate(to.audit({ ...values, [name]: undefined, cursor: undefined })),
      };
    });
  /** @param {string | undefined} cursor @param {string[]} next */
  const go = (cursor, next) => navigate(to.audit({ ...values, cursor }), { state: { stack: next } });
  return (
    <>
      <PageHead title={t('audit.title')} sub={t('audit.sub')} />
      <div class="stack audit">
        <Filters key={search} values={values} />
        <Chips label={t('filters.inUse')} items={chips}>
          <a href={to.audit()}>{t('filters.clear')}</a>
        </Chips>
        {error && <Problem error={error} what={t('audit.what')} onRetry={reload} />}
        {log ? (
          <section class="card" data-flush>
            {log.items.length ? (
              <Events items={log.items} busy={loading} />
            ) : (
              <EmptyState icon="search" title={t('audit.empty')} text={t('audit.emptyText')} />
            )}
            <Pager
              label={t('register.pages')}
              first={!previous && Boolean(values.cursor)}
              onPrevious={
                previous
                  ? () => go(previous.cursor || undefined, previous.stack)
                  : values.cursor
                    ? () => go(undefined, [])
                    : undefined
              }
              onNext={
                log.next_cursor
                  ? () => go(log.next_cursor ?? '', forward(stack, values.cursor ?? ''))
                  : undefined
              }
            />
          </section>
        ) : (
          !error && <Skeleton lines={12} />
        )}
      </div>
    </>
  );
}
