// What a reviewer typed and has not sent, by request: it survives moving along the queue and a 412. Only in memory.

/** @type {Map<string, any>} */
const kept = new Map();

/** @param {string} key @param {any} empty */
export const recall = (key, empty) => kept.get(key) ?? empty;
/** @param {string} key @param {any} value */
export const keep = (key, value) => void kept.set(key, value);
/** @param {string} prefix */
export function forget(prefix) {
  for (const key of kept.keys()) if (key.startsWith(prefix)) kept.delete(key);
}
/** @param {any} value @returns {boolean} a text that somebody typed, or rows with one */
const typed = value =>
  typeof value === 'string'
    ? Boolean(value.trim())
    : Array.isArray(value) && value.some(row => typed(row.text));
/** Whether something would be lost when the page is closed. */
export const holds = () =>
  [...kept.values()].some(value => typeof value === 'object' && Object.values(value).some(typed));

if (typeof addEventListener === 'function') {
  addEventListener('beforeunload', event => {
    if (holds()) event.preventDefault();
  });
}
