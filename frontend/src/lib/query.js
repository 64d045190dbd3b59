// Typed state in the URL: a spec names each parameter and its kind, so pages, links and the API speak of the same filters.

/** @typedef {'text' | 'list' | 'int' | 'day'} Kind */
/** @typedef {Record<string, Kind>} Spec */
/** @typedef {Record<string, any>} Values */

const isDay = /** @param {string} text */ text =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

/** @param {Kind} kind @param {string} text @returns {any} undefined when the text is not of that kind */
function decodeOne(kind, text) {
  const trimmed = text.trim();
  if (!trimmed) return undefined;
  if (kind === 'list') {
    const items = [...new Set(trimmed.split(',').filter(Boolean))];
    return items.length ? items : undefined;
  }
  if (kind === 'int') return /^-?\d{1,9}$/.test(trimmed) ? Number(trimmed) : undefined;
  if (kind === 'day') return isDay(trimmed) ? trimmed : undefined;
  return trimmed;
}

/** What the URL says, unknown names and unreadable values left out. @param {Spec} spec @param {string} search @returns {Values} */
export function decode(spec, search) {
  const params = new URLSearchParams(search);
  /** @type {Values} */
  const values = {};
  for (const [name, kind] of Object.entries(spec)) {
    const value = decodeOne(kind, params.get(name) ?? '');
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** The query string of these values, "?" included, in the order of the spec; "" for none. @param {Spec} spec @param {Values} values */
export function encode(spec, values) {
  const params = new URLSearchParams();
  for (const name of Object.keys(spec)) {
    const value = values[name];
    const text = Array.isArray(value) ? value.join(',') : String(value ?? '').trim();
    if (text) params.set(name, text);
  }
  const text = params.toString().replaceAll('%2C', ',');
  return text ? `?${text}` : '';
}

/** Values from a submitted form: several boxes of one name become a list. @param {Spec} spec @param {FormData} form @returns {Values} */
export function fromForm(spec, form) {
  /** @type {Values} */
  const values = {};
  for (const [name, kind] of Object.entries(spec)) {
    const value = decodeOne(kind, form.getAll(name).map(String).join(','));
    if (value !== undefined) values[name] = value;
  }
  return values;
}
