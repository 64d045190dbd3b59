// What differs between two versions of a record: the leaves, by path, with both texts.

/** @typedef {{path: string, before: any, after: any}} Change */

const isPlain = /** @param {any} value */ value =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
/** "", null and a missing member are the same to a reader. @param {any} value */
const empty = value =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

/** @param {any} a @param {any} b @returns {boolean} */
export function same(a, b) {
  if (empty(a) && empty(b)) return true;
  if (isPlain(a) || isPlain(b)) return changes(a ?? {}, b ?? {}).length === 0;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => same(item, b[i]));
  return a === b;
}

/** @param {any} before @param {any} after @param {string} [path] @returns {Change[]} */
export function changes(before, after, path = '') {
  /** @type {Change[]} */
  const found = [];
  for (const key of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    const a = before?.[key];
    const b = after?.[key];
    const here = path ? `${path}.${key}` : key;
    if ((isPlain(a) || isPlain(b)) && !Array.isArray(a) && !Array.isArray(b))
      found.push(...changes(a, b, here));
    else if (!same(a, b)) found.push({ path: here, before: a, after: b });
  }
  return found;
}
