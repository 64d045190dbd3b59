// Searches behind the comboboxes: what the server finds, as value, label and note.
import { request } from '../../lib/http.js';
import { has, t, word } from '../../lib/i18n.js';
import { api } from '../../paths.js';

/** @typedef {import('../../ui/Combobox.jsx').Item} Item */

/** @param {string} name @param {Record<string, any>} values @returns {Promise<any[]>} */
const ask = async (name, values) => (await request('GET', api.search(name, values))).data.items;

/** @param {Api.DocumentSummary} item @returns {Item} */
export const documentItem = item => ({
  value: item.key,
  label: item.title,
  note: [
    word('documentKinds', item.kind),
    t('pickers.clauses', { n: item.clause_count }),
    !item.exceptions_allowed && t('pickers.noExceptions'),
  ]
    .filter(Boolean)
    .join(' · '),
  data: item,
});

/** @param {string} q @returns {Promise<Item[]>} */
export const documents = async q => (await ask('documents', { q, limit: 20 })).map(documentItem);

/** Only those the reader may ask for. @param {string} q @returns {Promise<Item[]>} */
export const documentsToAsk = async q =>
  (await ask('documents', { q, limit: 20, asking: 'true' })).map(documentItem);

/** @param {Api.Asset} item @returns {Item} */
export const assetItem = item => ({
  value: String(item.id),
  label: item.name,
  note: [
    has(`assetKinds.${item.kind}`) ? t(`assetKinds.${item.kind}`) : item.kind,
    item.unit?.name,
    item.mine ? t('pickers.yours') : item.owner && t('pickers.ownedBy', { name: item.owner.name }),
  ]
    .filter(Boolean)
    .join(' · '),
  data: item,
});

/** @param {boolean} mine @returns {(q: string) => Promise<Item[]>} */
export const assets = mine => async q =>
  (await ask('assets', { q, limit: 20, ...(mine && { mine: 'true' }) })).map(assetItem);

/** @param {string} q @returns {Promise<Item[]>} */
export const owners = async q =>
  (await ask('owners', { q, limit: 20 })).map(item => ({
    value: String(item.id),
    label: item.name,
    note: typeof item.unit === 'string' ? item.unit : item.unit?.name,
  }));

/** People the register knows, by the start of a name. @param {string} text @returns {Promise<Item[]>} */
export const colleagues = async text =>
  text.trim()
    ? (await ask('colleagues', { text: text.trim() })).map(item => ({
        value: item.uid,
        label: item.name,
        note: [item.uid, item.title, item.unit].filter(Boolean).join(' · '),
      }))
    : [];

/** @type {Promise<Api.Unit[]> | null} */
let tree = null;
/** All units, read once: the list is bounded. */
export function allUnits() {
  tree ??= request('GET', '/units').then(
    answer => answer.data.items,
    error => {
      tree = null;
      throw error;
    },
  );
  return tree;
}

/** @param {string} q @returns {Promise<Item[]>} */
export async function units(q) {
  const all = await allUnits();
  const names = new Map(all.map(unit => [unit.code, unit.name]));
  const wanted = q.trim().toLowerCase();
  return all
    .filter(
      unit =>
        !wanted || unit.name.toLowerCase().includes(wanted) || unit.code.toLowerCase().startsWith(wanted),
    )
    .slice(0, 50)
    .map(unit => ({
      value: unit.code,
      label: unit.name,
      note: [unit.code, unit.parent && names.get(unit.parent)].filter(Boolean).join(' · '),
    }));
}

/** @param {string} code */
export const unitName = async code => (await allUnits()).find(unit => unit.code === code)?.name ?? code;

/** @param {string} q @returns {Promise<Item[]>} */
export const groups = async q =>
  (await ask('groups', { q })).map(item => ({
    value: item.id,
    label: item.name,
    note: [item.members !== null && t('pickers.members', { n: item.members }), item.description, item.dn]
      .filter(Boolean)
      .join(' · '),
    data: item,
  }));

/** Who could act for the reader. @param {string} q @returns {Promise<Item[]>} */
export const delegates = async q =>
  q.trim()
    ? (await ask('me/delegations/people', { q })).map(item => ({
        value: item.uid,
        label: item.name,
        note: [item.uid, item.title, item.department].filter(Boolean).join(' · '),
        data: item,
      }))
    : [];

/** @param {string} q @returns {Promise<Item[]>} */
export const people = async q =>
  q.trim()
    ? (await ask('people', { q })).map(item => ({
        value: item.uid,
        label: item.name,
        note: [item.uid, item.title, item.department].filter(Boolean).join(' · '),
        data: item,
      }))
    : [];
