// What happened, in words: an action of the audit trail and its detail.
import { t, word } from '../lib/i18n.js';

/** business_validity as words: "Business validity". @param {string} key */
export const plain = key => key.charAt(0).toUpperCase() + key.slice(1).replaceAll('_', ' ');

/** The detail of an event; a finding is stored as "kind: judgement", a vote as "ballot: reason". @param {string | null | undefined} detail */
export function detailWords(detail) {
  const finding = /^([a-z_]+): (supports|neutral|opposes)$/.exec(detail ?? '');
  const vote = /^(approve|deny|abstain): ([\s\S]*)$/.exec(detail ?? '');
  if (vote) return `${word('ballots', vote[1])}: ${vote[2]}`;
  return finding ? `${plain(finding[1])}: ${word('judgements', finding[2])}` : (detail ?? '');
}

/** @param {{action: string, refused: boolean}} event */
export const eventWords = ({ action, refused }) =>
  refused ? t('history.refused', { what: word('auditActions', action) }) : word('happened', action);

/** The newest decision, of one kind if asked. @param {Api.Decision[] | undefined} decisions @param {string} [verdict] */
export const latestDecision = (decisions, verdict) =>
  (decisions ?? [])
    .filter(decision => !verdict || decision.verdict === verdict)
    .reduce(
      (a, b) => (a && a.decided_at >= b.decided_at ? a : b),
      /** @type {Api.Decision | undefined} */ (undefined),
    );
