// The request form without a screen: what is sent, where an error belongs, and what the dates allow.
import { addDays, daysBetween } from '../../lib/i18n.js';
import { to } from '../../paths.js';

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

/** A field makes no sense before another one is answered: clauses and limits are those of the document. @type {Record<string, string>} */
const after = { clauses: 'document', vulnerability: 'document', requested_until: 'document' };

/** A whole number as it is sent; anything else as typed. Spaces and points between thousands are taken out. @param {string} text */
export function wholeNumber(text) {
  const digits = text.trim().replace(/(?<=\d)[ .,'](?=\d{3}(?!\d))/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text;
}

/**
 * The stage that opens a part of the form, as long as it has not come: then the part is locked (C-10).
 * @param {Api.Section} section @param {Api.Procedure} procedure @param {number} reached stage that the request is in or was returned from; 0: a draft
 */
export function lockOf(section, procedure, reached) {
  const at = section.stage ? procedure.stages.findIndex(stage => stage.key === section.stage) : -1;
  if (at < reached) return null;
  return { stage: procedure.stages[at], after: procedure.stages[at - 1]?.title ?? '' };
}

/** Whether something is said: an empty row and a box without its tick say nothing. @param {any} value */
export const isSaid = value => clean({ value }).value !== undefined;

/** @typedef {'todo' | 'progress' | 'done' | 'optional' | 'blocked' | 'locked'} TaskStatus */
/** @typedef {{section: Api.Section, status: TaskStatus, faults: Fault[], first?: {field: Api.Field, section: Api.Section}, lock?: ReturnType<typeof lockOf>}} Task */
/** @typedef {{id: string, field: string | undefined, text: string}} Fault */

/** Fields as the form shows them: the reason for no controls is asked by the controls. @param {Api.Section} section @param {Api.Procedure} procedure */
export function fieldsOf(section, procedure) {
  const keys = procedure.form.sections.flatMap(item => item.fields.map(field => field.key));
  return section.fields.filter(field => field.key !== 'controls_none_reason' || !keys.includes('controls'));
}

/** What has to be answered first, in another section. @param {Api.Section} section @param {Api.Procedure} procedure @param {Api.Content} content */
function firstOf(section, procedure, content) {
  for (const { key } of section.fields) {
    const wanted = after[key];
    const other = procedure.form.sections.find(item => item.fields.some(field => field.key === wanted));
    const field = other?.fields.find(item => item.key === wanted);
    if (other && field && other !== section && !isSaid(content[wanted])) return { field, section: other };
  }
}

/**
 * The sections of the form as tasks. Done is what the server finds nothing missing in.
 * @param {Api.Procedure} procedure @param {Api.Content} content @param {Fault[]} faults @param {number} [reached] stage, as in lockOf @returns {Task[]}
 */
export function tasksOf(procedure, content, faults, reached = 0) {
  return procedure.form.sections.map(section => {
    const lock = lockOf(section, procedure, reached);
    if (lock) return { section, status: 'locked', faults: [], lock };
    const mine = faults.filter(fault => section.fields.some(field => field.key === fault.field));
    const touched = section.fields.some(field => isSaid(content[field.key]));
    const first = touched ? undefined : firstOf(section, procedure, content);
    /** @type {TaskStatus} */
    let status = touched ? 'done' : 'optional';
    if (mine.length) status = touched ? 'progress' : 'todo';
    if (first) status = 'blocked';
    return { section, status, faults: mine, first };
  });
}

/** Where a field is edited: on the page of its task, or in the form. @param {string} number @param {Api.Procedure} procedure @param {string | undefined} key @param {string} [id] of the control @param {'check'} [from] */
export function placeOf(number, procedure, key, id = key, from) {
  const section = procedure.form.sections.find(item => item.fields.some(field => field.key === key));
  const page =
    procedure.layout === 'task_list' && section ? to.task(number, section.key, from) : to.request(number);
  // what every form asks beside its sections stands above them
  return id && (section || id === 'overlap_reason') ? `${page}#${encodeURIComponent(id)}` : page;
}
