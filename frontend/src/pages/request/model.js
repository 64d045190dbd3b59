// The request form without a screen: what is sent, where an error belongs, and what the dates allow.
import { addDays, daysBetween } from '../../lib/i18n.js';

const isEmpty = /** @param {any} value */ value =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && !value.length) ||
  (typeof value === 'object' && !Array.isArray(value) && !Object.keys(value).length);

/** What goes to the server: nothing empty, no row that has no words yet. @param {any} value @returns {any} */
export function clean(value) {
  if (typeof value === 'string') return value.trim() ? value : undefined;
  if (Array.isArray(value)) return value.map(clean).filter(item => !isEmpty(item));
  if (value && typeof value === 'object') {
    /** @type {Record<string, any>} */
    const kept = {};
    for (const [key, item] of Object.entries(value)) {
      const next = clean(item);
      if (!isEmpty(next) && next !== false) kept[key] = next;
    }
    return kept;
  }
  return value;
}

/** The id of the control that a pointer speaks of: /risk/impact is risk-impact. @param {string} pointer */
export const idOf = pointer => pointer.replace(/^#?\/(content\/)?/, '').replaceAll('/', '-');

/** Errors by the id of their control. @param {{id: string, text: string}[]} faults @returns {Record<string, string>} */
export const byId = faults => Object.fromEntries(faults.map(fault => [fault.id, fault.text]));

/** The errors of one field of the form, itself and its parts. @param {Record<string, string>} errors @param {string} key */
export const errorsUnder = (errors, key) =>
  Object.keys(errors).filter(id => id === key || id.startsWith(`${key}-`));

/** The key of the top field that an error belongs to; an error nobody shows stays at the top. @param {string} id @param {string[]} keys */
export const fieldOf = (id, keys) =>
  keys.filter(key => id === key || id.startsWith(`${key}-`)).sort((a, b) => b.length - a.length)[0];

/** The day the remediation was due by the document's own table; a hint, the server decides. @param {Api.Content} content @param {Api.Document | null} document */
export function slaDue(content, document) {
  const { severity, detected_on: detected } = content.vulnerability ?? {};
  const row = document?.sla?.find(item => item.severity === severity);
  if (!row || !detected || Number.isNaN(Date.parse(detected))) return null;
  return { days: row.days, due: addDays(detected, row.days) };
}

/** The last day that document and procedure allow; both ends of a term count. @param {Api.Content} content @param {Api.Document | null} document @param {Api.Procedure} procedure @param {string} today */
export function lastDay(content, document, procedure, today) {
  const limits = [document?.max_term_days, procedure.term?.max_days].filter(
    days => typeof days === 'number' && days > 0,
  );
  if (!limits.length) return null;
  const days = Math.min(.../** @type {number[]} */ (limits));
  const asked = content.requested_from;
  const from = asked && asked > today ? asked : today;
  return { days, day: addDays(from, days - 1) };
}

/** Days from the start to the end, both counted. @param {string} from @param {string} to */
export const termDays = (from, to) => daysBetween(from, to) + 1;

/** The last faults the server told of a draft, for the page that checks the answers. @type {Map<string, {pointer: string, detail: string}[]>} */
export const lastFaults = new Map();
