// Risk is likelihood times impact, 1 to 25, in four bands.

/** @typedef {'low' | 'medium' | 'high' | 'very_high'} Band */

/** @param {number | null | undefined} score @returns {Band | null} */
export function bandOf(score) {
  if (!score || score < 1) return null;
  if (score <= 4) return 'low';
  if (score <= 9) return 'medium';
  if (score <= 15) return 'high';
  return 'very_high';
}

/** @param {number | null | undefined} likelihood @param {number | null | undefined} impact */
export const scoreOf = (likelihood, impact) => (likelihood && impact ? likelihood * impact : null);

/** The step of the heat ramp. @param {Band | null} band */
export const heatOf = band => (band ? { low: 1, medium: 2, high: 4, very_high: 5 }[band] : 0);

/** The lowest score of a band, for filters. */
export const bandFloor = { low: 1, medium: 5, high: 10, very_high: 16 };
