// The server says what is wrong with a field as "is missing"; here it gets the name that stands on the form.
import { has, t } from '../../lib/i18n.js';
import { fieldOf, idOf } from './model.js';

/** What the part of a field is called: risk-impact, controls-0-owner. @param {string} id */
function partLabel(id) {
  const [key, second, third] = id.split('-');
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

/** "Title is missing". A sentence of the server stays as it is. @param {string} label @param {string} detail */
export const sentence = (label, detail) =>
  label && /^[a-z]/.test(detail) ? t('form.fault', { label, detail }) : detail;

/**
 * The faults as sentences, each with the control it belongs to.
 * @param {{pointer: string, detail: string}[]} faults @param {Api.Procedure} procedure @returns {{id: string, field: string | undefined, text: string}[]}
 */
export function faultWords(faults, procedure) {
  const fields = procedure.form.sections.flatMap(section => section.fields);
  const keys = fields.map(field => field.key);
  return faults.map(({ pointer, detail }) => {
    const id = idOf(pointer);
    const key = fieldOf(id, keys) ?? (id === 'controls_none_reason' ? 'controls' : undefined);
    const label = partLabel(id) || (fields.find(field => field.key === key)?.label ?? '');
    return { id, field: key, text: sentence(label, detail) };
  });
}
