// Two versions of a procedure, made comparable: rows go by their key, not by their place.
import { changes, same } from '../../lib/diff.js';

const keyed = ['stage', 'section', 'field', 'finding', 'record', 'criterion'];

/** @param {any} row */
const keyOf = row =>
  row && typeof row === 'object' && !Array.isArray(row) ? keyed.find(key => key in row) : undefined;

/** A list of rows with keys as an object, and the order beside it. @param {any} value @returns {any} */
export function byKey(value) {
  if (Array.isArray(value)) {
    const key = value.length && keyOf(value[0]);
    if (!key) return value;
    return {
      ...Object.fromEntries(value.map(row => [row[key], byKey(row)])),
      order: value.map(row => row[key]),
    };
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, byKey(item)]));
}

/** What a reader has to know; the number of the version goes without saying. @param {any} before @param {any} after @returns {import('../../lib/diff.js').Change[]} */
export const differences = (before, after) =>
  changes(byKey(before), byKey(after)).filter(
    item => item.path !== 'version' && !same(item.before, item.after),
  );
