// The server says what is wrong with a field as "is missing"; here it gets the name that stands on the form.
import { has, t } from '../../lib/i18n.js';
import { fieldOf, idOf } from './model.js';

/** Fields whose parts have no control of their own to lead to. */
const whole = new Set(['clauses', 'units', 'document', 'unit', 'asset_id']);

/** What the part of a field is called: risk-impact, controls-0-owner. @param {string} id */
function partLabel(id) {
  const [key, second, third] = id.split('-');
  if (key === 'qualification') return third ? t(`form.part.qualification_${third}`) : '';
  if (third && /^\d+$/.test(second)) {
    const name = key === 'controls' ? 'control' : 'alternative';
    if (!has(`form.${name}.${third}`)) return '';
    return t('form.rowPart', {
      row: t(`form.${name}Number`, { n: Number(second) + 1 }),
      part: t(`form.${name}.${third}`),
    });
  }
  const part = `form.part.${key}_${second}`;
  return second && has(part) ? t(part) : '';
}

/** "Last day is in the past"; what only lacks says "Missing: Clauses". A sentence of the server stays as it is. @param {string} label @param {string} detail */
export function sentence(label, detail) {
  if (!label || !/^[a-z]/.test(detail)) return detail;
  return detail === 'is missing' ? t('form.missing', { label }) : t('form.fault', { label, detail });
}

/**
 * The faults as sentences, each with the control it belongs to.
 * @param {{pointer: string, detail: string}[]} faults @param {Api.Procedure} procedure @returns {{id: string, field: string | undefined, text: string}[]}
 */
export function faultWords(faults, procedure) {
  const fields = procedure.form.sections.flatMap(section => section.fields);
  const keys = fields.map(field => field.key);
  return faults.map(({ pointer, detail }) => {
    const key =
      fieldOf(idOf(pointer), keys) ?? (pointer.endsWith('controls_none_reason') ? 'controls' : undefined);
    const id = key && whole.has(key) ? key : idOf(pointer);
    const label = partLabel(id) || (fields.find(field => field.key === key)?.label ?? '');
    return { id, field: key, text: sentence(label, detail) };
  });
}
