// The faults of what an administrator edits: beside the field by their pointer, and all of them at the top in words.
import { has, t } from '../../lib/i18n.js';
import { sentence } from '../request/faults.js';

/** The id of the control at a place. @param {string} pointer */
export const idAt = pointer => `at${pointer.replaceAll('/', '-')}`;

/** @param {string} key */
const nameOf = key => (has(`editor.field.${key}`) ? t(`editor.field.${key}`) : key);

/** "Stage 2, Role": where a pointer leads, in words. @param {string} pointer */
export function placeOf(pointer) {
  const parts = pointer.slice(1).split('/');
  /** @type {string[]} */
  const words = [];
  for (let i = 0; i < parts.length; i++) {
    const next = parts[i + 1];
    if (next !== undefined && /^\d+$/.test(next)) {
      const n = Number(next) + 1;
      words.push(
        has(`editor.row.${parts[i]}`)
          ? t(`editor.row.${parts[i]}`, { n })
          : t('editor.rowOther', { name: nameOf(parts[i]), n }),
      );
      i++;
    } else words.push(nameOf(parts[i]));
  }
  return words.join(', ');
}

/** The whole record goes by one pointer, a part of it by a longer one. @param {any} error @param {string} [prefix] what the request puts around the record @returns {Record<string, string>} */
export const faultsOf = (error, prefix = '') =>
  Object.fromEntries(
    (error.errors ?? []).map((/** @type {{pointer: string, detail: string}} */ item) => [
      prefix && item.pointer.startsWith(prefix) ? item.pointer.slice(prefix.length) : item.pointer,
      item.detail,
    ]),
  );

/** For the summary at the top. @param {Record<string, string>} faults */
export const summaryOf = faults =>
  Object.entries(faults).map(([pointer, detail]) => ({
    id: idAt(pointer),
    text: sentence(placeOf(pointer), detail),
  }));

/** What the field at a pointer says about itself. @param {Record<string, string>} faults @param {string} pointer */
export function faultAt(faults, pointer) {
  const detail = faults[pointer];
  return detail && sentence(nameOf(pointer.split('/').at(-1) ?? ''), detail);
}

/** Empty texts, lists and objects are left out: the server knows what it owes. @param {any} value @returns {any} */
export function clean(value) {
  if (Array.isArray(value)) return value.map(clean).filter(item => item !== undefined);
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .map(([key, item]) => [key, clean(item)])
      .filter(([, item]) => item !== undefined && !(Array.isArray(item) && !item.length));
    return entries.length ? Object.fromEntries(entries) : undefined;
  }
  return value === null || value === '' ? undefined : value;
}

/** The list with one row a place up (-1) or down (1). @param {any[]} rows @param {number} i @param {-1 | 1} by */
export function moved(rows, i, by) {
  const next = [...rows];
  [next[i], next[i + by]] = [next[i + by], next[i]];
  return next;
}
