// Names of codes, as a select wants them.
import { lookUp } from '../../lib/i18n.js';

/** @param {string} group @returns {{value: string, label: string}[]} */
export const options = group =>
  Object.entries(/** @type {Record<string, string>} */ (lookUp(group))).map(([value, label]) => ({
    value,
    label: String(label),
  }));
