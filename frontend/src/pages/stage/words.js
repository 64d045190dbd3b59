// What an act led to, in one sentence.

import { denyWord } from '../../domain/stage.js';
import { t } from '../../lib/i18n.js';

/** @param {Api.Exception} before @param {Api.Exception} after */
export function completedWords(before, after) {
  const stage = before.stage?.title ?? '';
  if (after.stage) return t('stage.completed', { stage, next: after.stage.title });
  return t(`stage.ended.${after.request_state}`, { stage, number: after.number });
}

/** @param {Api.Exception} after @param {string} verdict @param {Api.Procedure | null} [procedure] */
export function decidedWords(after, verdict, procedure) {
  const name = verdict === 'deny' ? denyWord(procedure) : verdict;
  const goesOn = after.stage && name !== 'return';
  return t(`queue.${goesOn ? 'going' : 'done'}.${name}`, {
    number: after.number,
    next: after.stage?.title ?? '',
  });
}
