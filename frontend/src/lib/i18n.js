// Sentences, numbers and dates. A message is a string with %{name} places, or {one, other} chosen by %{n}.
import en from '../i18n/en.js';

const locale = 'en-GB';
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** The organisation's time zone and its day, told by the server once somebody is signed in. */
export const clock = { zone: 'UTC', today: '' };

/** @param {string} key @param {Record<string, any>} pack @returns {any} */
export function lookUp(key, pack = en) {
  /** @type {any} */
  let node = pack;
  for (const part of key.split('.')) node = node?.[part];
  return node;
}

/** Whether a message exists. @param {string} key */
export const has = key => lookUp(key) !== undefined;

/**
 * The sentence of that key. A missing key shows itself: the check script finds them before a user does.
 * @param {string} key @param {Record<string, string | number>} [values] @returns {string}
 */
export function t(key, values = {}) {
  let message = lookUp(key);
  if (message && typeof message === 'object')
    message = message[plurals.select(Number(values.n))] ?? message.other;
  if (typeof message !== 'string') return key;
  return message.replace(/%\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === 'number' ? numbers.format(value) : String(value ?? '');
  });
}

/** A word for a value the server sent; its own text when we have no word for it. @param {string} group @param {string | null | undefined} key @returns {string} */
export const word = (group, key) => (key ? (lookUp(group)?.[key] ?? key) : '');

/** @param {number} n */
export const num = n => numbers.format(n);

/** @param {string} zone @param {Intl.DateTimeFormatOptions} options */
function format(zone, options) {
  const key = zone + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    formats.set(key, found);
  }
  return found;
}

/** A civil day, such as 22 Nov 2026. Formatted in UTC: a day has no zone. @param {string | null | undefined} day */
export function date(day) {
  if (!day) return '';
  return format('UTC', { day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** An instant in the organisation's zone. @param {string | null | undefined} instant */
export function dateTime(instant) {
  if (!instant) return '';
  const options = /** @type {const} */ ({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return format(clock.zone, options).format(new Date(instant));
}

/** The day of an instant in the organisation's zone. @param {string | null | undefined} instant */
export const dayOf = instant =>
  instant
    ? format(clock.zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant))
    : '';

/** The clock time of an instant. @param {string | Date} instant */
export const time = instant =>
  format(clock.zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(instant));

/** Days from one civil day to another. @param {string} from @param {string} to */
export const daysBetween = (from, to) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** @param {string} day @param {number} n */
export const addDays = (day, n) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

/** A day against today: "in 3 days", "2 months ago". @param {string | null | undefined} day @param {string} [today] */
export function relativeDay(day, today = clock.today) {
  if (!day || !today) return '';
  const n = daysBetween(today, day);
  const size = Math.abs(n);
  if (size < 45) return relative.format(n, 'day');
  if (size < 365 * 1.5) return relative.format(Math.round(n / 30.44), 'month');
  return relative.format(Math.round(n / 365.25), 'year');
}

const sizes = /** @type {const} */ ([
  [2 ** 20, 'megabyte'],
  [2 ** 10, 'kilobyte'],
  [1, 'byte'],
]);

/** Bytes as people know them: 240 kB, 1.5 MB. @param {number} bytes */
export function fileSize(bytes) {
  const [size, unit] = sizes.find(([from]) => bytes >= from) ?? sizes[2];
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: size === 1 ? 'long' : 'short',
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  });
  return format.format(bytes / size);
}

/** Names as a list in words. @param {string[]} items */
export const list = items => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
