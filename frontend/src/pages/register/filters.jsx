import { useState } from 'preact/hooks';
import { bandFloor } from '../../domain/risk.js';
import { registerStatuses } from '../../domain/status.js';
import { request } from '../../lib/http.js';
import { addDays, clock, date, list, lookUp, t, word } from '../../lib/i18n.js';
import { fromForm } from '../../lib/query.js';
import { useResource } from '../../lib/resource.js';
import { navigate } from '../../lib/router.jsx';
import { may, me } from '../../lib/session.js';
import { api, filterSpec, to } from '../../paths.js';
import { Button } from '../../ui/Button.jsx';
import { Chips } from '../../ui/Chips.jsx';
import { Combobox } from '../../ui/Combobox.jsx';
import { Checkboxes, Choice, Select, TextField } from '../../ui/fields.jsx';
import { documents, owners, unitName, units } from '../shared/pickers.js';
import { useName } from '../shared/useNames.js';

/** @typedef {Record<string, any>} Values */

/** @param {string} key */
const documentTitle = async key => (await request('GET', api.document(key))).data.title;
/** The server has no owner by id: the name comes from the list that was searched. @type {Map<string, string>} */
const ownerNames = new Map();
/** @param {string} id */
const ownerName = async id =>
  id === 'me'
    ? t('filters.me')
    : (ownerNames.get(id) ?? (await owners('')).find(item => item.value === id)?.label ?? id);

/** The names behind the keys of the filters. @param {Values} values @returns {Record<string, string>} */
export const useFilterNames = values => ({
  document: useName(values.document, documentTitle),
  unit: useName(values.unit, unitName),
  owner: useName(values.owner, ownerName),
});

/** One filter in words. @param {string} key @param {any} value @param {Record<string, string>} names */
function inWords(key, value, names) {
  if (key === 'status')
    return list(value.map((/** @type {string} */ status) => word('statusFilter', status) || status));
  if (key === 'undocumented') return t('filters.yes');
  if (key === 'cause') return word('causes', value);
  if (key === 'expires_from' || key === 'expires_to') return date(value);
  if (key === 'risk_min') return t('filters.atLeast', { n: value });
  if (key === 'risk_max') return t('filters.atMost', { n: value });
  return names[key] || String(value);
}

/** @param {Values} values */
const used = values => Object.keys(filterSpec).filter(key => values[key] !== undefined);

/** All filters as one line, for the caption and for paper. @param {Values} values @param {Record<string, string>} names */
export const filtersInWords = (values, names) =>
  t('register.caption', {
    filters: used(values)
      .map(key => t('register.chip', { label: t(`filters.${key}`), value: inWords(key, values[key], names) }))
      .join(', '),
  });

/** @param {{values: Values, names: Record<string, string>}} props */
export function FilterChips({ values, names }) {
  const items = used(values)
    .filter(key => key !== 'status' || values.status.join() !== 'active')
    .map(key => {
      const text = t('register.chip', {
        label: t(`filters.${key}`),
        value: inWords(key, values[key], names),
      });
      return {
        key,
        text,
        remove: t('filters.remove', { text }),
        onRemove: () =>
          navigate(
            to.register({
              ...values,
              [key]: undefined,
              cursor: undefined,
              ...(key === 'document' && { clause: undefined }),
            }),
          ),
      };
    });
  return (
    <Chips label={t('filters.inUse')} items={items}>
      <a href={to.register({ sort: values.sort })}>{t('filters.clear')}</a>
    </Chips>
  );
}

/** @param {{values: Values, document: string | undefined, full: boolean}} props */
function MoreFilters({ values, document, full }) {
  const { data } = useResource(document ? api.document(document) : null);
  const clauses = /** @type {Api.Document | null} */ (data)?.clauses ?? [];
  const [status, setStatus] = useState(/** @type {string[]} */ (values.status));
  const [undocumented, setUndocumented] = useState(values.undocumented === 'true');
  return (
    <div class="filter-more">
      <Checkboxes
        id="status"
        label={t('filters.status')}
        columns
        value={status}
        onInput={next => setStatus(next.at(-1) === 'all' ? ['all'] : next.filter(item => item !== 'all'))}
        options={[...registerStatuses, 'all'].map(value => ({ value, label: word('statusFilter', value) }))}
      />
      <div class="filter-grid">
        <Select
          id="clause"
          label={t('filters.clause')}
          value={values.clause}
          empty={t(document ? 'filters.any' : 'filters.chooseDocument')}
          options={clauses.map(clause => ({ value: clause.ref, label: `${clause.ref} ${clause.title}` }))}
        />
        <Select
          id="cause"
          label={t('filters.cause')}
          value={values.cause}
          empty={t('filters.any')}
          options={Object.entries(lookUp('causes')).map(([value, label]) => ({
            value,
            label: String(label),
          }))}
        />
        <TextField
          id="expires_from"
          type="date"
          label={t('filters.expires_from')}
          value={values.expires_from}
        />
        <TextField id="expires_to" type="date" label={t('filters.expires_to')} value={values.expires_to} />
        {full && (
          <>
            <Select
              id="risk_min"
              label={t('filters.risk_min')}
              value={values.risk_min === undefined ? '' : String(values.risk_min)}
              empty={t('filters.any')}
              options={riskOptions(values.risk_min)}
            />
            <TextField
              id="risk_max"
              type="number"
              min="1"
              max="25"
              label={t('filters.risk_max')}
              value={values.risk_max}
            />
          </>
        )}
      </div>
      <Choice
        id="undocumented"
        type="checkbox"
        name="undocumented"
        value="true"
        label={t('filters.undocumentedOnly')}
        checked={undocumented}
        onInput={setUndocumented}
      />
    </div>
  );
}

/** The floors of the bands, and the number that stands in the URL if it is another. @param {number | undefined} current */
function riskOptions(current) {
  const options = Object.entries(bandFloor).map(([band, n]) => ({
    value: String(n),
    label: t('filters.bandFloor', { band: word('bands', band), n }),
  }));
  if (current !== undefined && !options.some(option => option.value === String(current))) {
    options.unshift({ value: String(current), label: t('filters.atLeast', { n: current }) });
  }
  return options;
}

/** Search and the filters everyone uses; the rest opens below, with Apply at its end. @param {{values: Values, names: Record<string, string>}} props */
export function Filters({ values, names }) {
  const full = may('register_full');
  const hasMore = [
    'clause',
    'cause',
    'expires_from',
    'expires_to',
    'risk_min',
    'risk_max',
    'undocumented',
  ].some(key => values[key] !== undefined);
  const [more, setMore] = useState(hasMore);
  const [document, setDocument] = useState(values.document ? { value: values.document, label: '' } : null);
  const [unit, setUnit] = useState(values.unit ? { value: values.unit, label: '' } : null);
  const [owner, setOwner] = useState(values.owner ? { value: values.owner, label: '' } : null);
  /** @param {any} item @param {string} key */
  const named = (item, key) => item && { ...item, label: item.label || names[key] };
  /** @param {Event & {currentTarget: HTMLFormElement}} event */
  const apply = event => {
    event.preventDefault();
    const form = fromForm(filterSpec, new FormData(event.currentTarget));
    const kept = more
      ? {}
      : {
          status: values.status,
          clause: values.clause,
          cause: values.cause,
          expires_from: values.expires_from,
          expires_to: values.expires_to,
          risk_min: values.risk_min,
          risk_max: values.risk_max,
          undocumented: values.undocumented,
        };
    /** @type {Values} */
    const next = { ...kept, ...form, sort: values.sort, limit: values.limit };
    if (next.document !== values.document)
      next.clause = form.document === values.document ? form.clause : undefined;
    navigate(to.register(next));
  };
  return (
    <form class="filters" data-more={more || undefined} onSubmit={apply} aria-label={t('filters.title')}>
      <div class="filter-row">
        <TextField id="q" type="search" label={t('filters.search')} value={values.q} autocomplete="off" />
        <Combobox
          id="document"
          name="document"
          label={t('filters.document')}
          chosen={named(document, 'document')}
          search={documents}
          onPick={setDocument}
          placeholder={t('filters.any')}
        />
        <Combobox
          id="unit"
          name="unit"
          label={t('filters.unit')}
          chosen={named(unit, 'unit')}
          search={units}
          onPick={setUnit}
          placeholder={t('filters.any')}
        />
        <Combobox
          id="owner"
          name="owner"
          label={t('filters.owner')}
          chosen={named(owner, 'owner')}
          search={async q => {
            const mine = { value: 'me', label: t('filters.me'), note: me.value?.person.name };
            const found = full ? await owners(q) : [];
            for (const item of found) ownerNames.set(item.value, item.label);
            return q && !mine.label.toLowerCase().startsWith(q.toLowerCase()) ? found : [mine, ...found];
          }}
          onPick={setOwner}
          placeholder={t('filters.any')}
        />
        <div class="filter-buttons">
          <Button
            icon="filter"
            aria-expanded={more}
            aria-controls="more-filters"
            onClick={() => setMore(!more)}
          >
            {t('filters.more')}
          </Button>
          {!more && (
            <Button type="submit" kind="primary">
              {t('filters.apply')}
            </Button>
          )}
        </div>
      </div>
      <div id="more-filters" hidden={!more}>
        {more && (
          <>
            <MoreFilters values={values} document={document?.value} full={full} />
            <div class="filter-end">
              <Button type="submit" kind="primary">
                {t('filters.apply')}
              </Button>
              <a
                class="small"
                href={to.register({ sort: values.sort, expires_to: addDays(clock.today, 30) })}
              >
                {t('filters.next30')}
              </a>
            </div>
          </>
        )}
      </div>
    </form>
  );
}
