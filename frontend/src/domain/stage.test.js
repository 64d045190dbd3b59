import assert from 'node:assert/strict';
import { test } from 'node:test';
import { denyWord, progressOf, refusals, topicsLeft, votesBefore, votesNow, waitsForMe } from './stage.js';

/** @param {any} over */
const exception = over =>
  /** @type {Api.Exception} */ ({
    content_version: 2,
    stage: { index: 1, stage: 'meetings', tally: null },
    ...over,
  });

test('C-12: the topics that no meeting has covered are left', () => {
  const owed = /** @type {any} */ ({ record: 'meeting', topics: ['Background', 'Documents', 'Risk'] });
  const x = exception({
    records: [
      { stage: 'meetings', record: 'meeting', topics: 'Background' },
      { stage: 'meetings', record: 'other', topics: 'Risk' },
      { stage: 'earlier', record: 'meeting', topics: 'Risk' },
      { stage: 'meetings', record: 'meeting', topics: 'Background\nDocuments' },
    ],
  });
  assert.deepEqual(topicsLeft(x, owed), ['Risk']);
});

test('a record is optional, needed, partly there or done', () => {
  const owed = (/** @type {number} */ have, /** @type {boolean} */ complete) =>
    progressOf(/** @type {any} */ ({ have, complete }));
  assert.deepEqual(
    [owed(0, true), owed(0, false), owed(1, false), owed(1, true)],
    ['optional', 'needed', 'part', 'done'],
  );
});

test('refused acts are told once a reason, without those the stage does not know', () => {
  const x = exception({
    allowed_actions: [
      { action: 'record', allowed: false, known: true, reason: 'Another role.' },
      { action: 'complete', allowed: false, known: true, reason: 'Another role.' },
      { action: 'approve', allowed: false, known: false, reason: 'Not asked for now.' },
      { action: 'vote', allowed: false, known: true, reason: 'No vote.' },
      { action: 'withdraw', allowed: true, known: true, reason: null },
    ],
  });
  assert.deepEqual(refusals(x), [{ reason: 'Another role.', actions: ['record', 'complete'] }]);
  assert.equal(waitsForMe(x), false);
});

test('M-16: the votes that count are those on this version', () => {
  const votes = [
    { content_version: 2, stage: 1, voter: 'a' },
    { content_version: 1, stage: 1, voter: 'b' },
  ];
  const x = exception({ votes, stage: { index: 1, stage: 'vote', tally: {} } });
  assert.deepEqual(
    [votesNow(x), votesBefore(x)].map(list => list.map(vote => vote.voter)),
    [['a'], ['b']],
  );
  assert.equal(votesBefore(exception({ votes, stage: null })).length, 2, 'when it is over all are told');
});

test('a procedure may say decline for deny', () => {
  assert.equal(denyWord(/** @type {any} */ ({ decision_labels: { deny: 'decline' } })), 'refuse');
  assert.equal(denyWord(null), 'deny');
});
