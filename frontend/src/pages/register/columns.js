// The columns of the register: what is shown, what sorts, and what a person chose.
import { signal } from '@preact/signals';

/** @typedef {{key: string, sort?: string, numeric?: boolean, base?: boolean, fixed?: boolean, full?: boolean}} Column */

/** @type {Column[]} `base`: shown at first; `fixed`: cannot be taken away; `full`: of use only to those who read all */
export const columns = [
  { key: 'number', sort: 'number', base: true, fixed: true },
  { key: 'title', base: true, fixed: true },
  { key: 'document', base: true },
  { key: 'clause' },
  { key: 'status', base: true, fixed: true },
  { key: 'risk', sort: 'risk', base: true, full: true },
  { key: 'unit', base: true },
  { key: 'owner', base: true, full: true },
  { key: 'cause' },
  { key: 'submitted', sort: 'submitted' },
  { key: 'effective' },
  { key: 'requested' },
  { key: 'updated', sort: 'updated' },
  { key: 'expires', sort: 'expires', base: true },
];

/** @param {string | null} text @returns {string[] | null} */
function read(text) {
  const known = new Set(columns.map(column => column.key));
  const kept = (text ?? '').split(',').filter(key => known.has(key));
  return kept.length ? kept : null;
}

const storage = globalThis.localStorage;
/** What a person chose; null: nothing yet. */
const chosen = signal(read(storage?.getItem('columns') ?? null));

/** The columns that are shown. Staff see owner and risk of their own only, so at first not at all. @param {boolean} full @returns {string[]} */
export const shown = full =>
  chosen.value ?? columns.filter(column => column.base && (full || !column.full)).map(column => column.key);
export const density = signal(storage?.getItem('density') === 'compact' ? 'compact' : 'comfortable');

/** @param {string} key @param {boolean} on @param {boolean} full */
export function choose(key, on, full) {
  const before = shown(full);
  const next = columns.map(column => column.key).filter(name => (name === key ? on : before.includes(name)));
  chosen.value = next;
  storage?.setItem('columns', next.join(','));
}

/** @param {string} value */
export function setDensity(value) {
  density.value = value;
  storage?.setItem('density', value);
}

/** What a click on a column sorts by next: first click up (risk: down), then the other way. @param {string} key @param {string} current */
export function nextSort(key, current) {
  const first = key === 'risk' || key === 'submitted' || key === 'updated' ? `-${key}` : key;
  if (current === first) return first.startsWith('-') ? key : `-${key}`;
  return first;
}

/** Whether the server offers this sort with the filters at hand. @param {Api.Register['sorts'] | undefined} sorts @param {string} key */
export function refusalOf(sorts, key) {
  const mine = (sorts ?? []).filter(sort => sort.key.replace(/^-/, '') === key);
  if (!mine.length || mine.some(sort => sort.available)) return null;
  return mine[0].reason;
}

/** The direction that the server offers. @param {Api.Register['sorts'] | undefined} sorts @param {string} wanted */
export function offered(sorts, wanted) {
  const exact = (sorts ?? []).find(sort => sort.key === wanted);
  if (!exact || exact.available) return wanted;
  const other = wanted.startsWith('-') ? wanted.slice(1) : `-${wanted}`;
  return (sorts ?? []).some(sort => sort.key === other && sort.available) ? other : wanted;
}
