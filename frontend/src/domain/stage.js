// What a stage of a procedure asks for, and what this person may do in it: read off what the server says, never decided here.
import { allowed } from './status.js';

/** Acts by which a request goes on, or that it waits for. */
const acts = [
  'record',
  'complete',
  'find',
  'vote',
  'approve',
  'deny',
  'accept',
  'decline',
  'write_letter',
  'review_letter',
  'send_letter',
];

/** Whether the stage waits for this person, among others. @param {Api.Exception} x */
export const waitsForMe = x => acts.some(action => allowed(x, action));

/** The acts that are not open, by the server's reason; an act that the stage does not know is not among them. @param {Api.Exception} x */
export function refusals(x) {
  /** @type {Map<string, string[]>} */
  const by = new Map();
  for (const { action, allowed: may, known, reason } of x.allowed_actions ?? []) {
    // nobody looks for a vote where none is taken, or for a day on which nothing is put in place
    const idle = (action === 'vote' && !x.stage?.tally) || action === 'implement';
    if (!may && known && reason && !idle) by.set(reason, [...(by.get(reason) ?? []), action]);
  }
  return [...by].map(([reason, actions]) => ({ reason, actions }));
}

/** What is there of one record of the stage. @param {Api.Exception} x @param {string} record */
export const recordsOf = (x, record) =>
  (x.records ?? []).filter(item => item.stage === x.stage?.stage && item.record === record);

/** @param {Api.StageRecord} record */
export const topicsOf = record => record.topics?.split('\n').filter(Boolean) ?? [];

/** The topics that no meeting has covered yet. @param {Api.Exception} x @param {Api.RecordOwed} owed */
export function topicsLeft(x, owed) {
  const covered = new Set(recordsOf(x, owed.record).flatMap(topicsOf));
  return owed.topics.filter(topic => !covered.has(topic));
}

/** How far a record of the stage is: optional, needed, partly there, or done. @param {Api.RecordOwed} owed @returns {'optional' | 'needed' | 'part' | 'done'} */
export function progressOf(owed) {
  if (owed.complete) return owed.have ? 'done' : 'optional';
  return owed.have ? 'part' : 'needed';
}

/** The votes that count: on this version, in this stage. @param {Api.Exception} x */
export const votesNow = x =>
  (x.votes ?? []).filter(vote => vote.content_version === x.content_version && vote.stage === x.stage?.index);

/** Votes of earlier versions and stages. @param {Api.Exception} x */
export const votesBefore = x => {
  const now = x.stage?.tally ? votesNow(x) : [];
  return (x.votes ?? []).filter(vote => !now.includes(vote));
};

/** The letter of the stage. @param {Api.Exception} x */
export const letterNow = x => x.letters?.find(letter => letter.stage === x.stage?.stage);

/** The step that comes after the one it is in. @param {Api.Exception} x */
export const nextStep = x => x.path?.find(step => step.state === 'next');

/** The word for a denial under this procedure: some decline. @param {Api.Procedure | null | undefined} procedure @returns {'deny' | 'refuse'} */
export const denyWord = procedure => (procedure?.decision_labels?.deny === 'decline' ? 'refuse' : 'deny');
