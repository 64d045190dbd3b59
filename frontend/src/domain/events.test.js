import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detailWords, eventWords, latestDecision } from './events.js';

test('a finding is told in words', () => {
  assert.equal(detailWords('security_implications: opposes'), 'Security implications: Speaks against');
  assert.equal(detailWords('Because: it is late.'), 'Because: it is late.');
  assert.equal(detailWords('abstain: I know\nnothing: yet'), 'Abstained: I know\nnothing: yet');
  assert.equal(detailWords(null), '');
});

test('a refused act says so', () => {
  assert.equal(eventWords({ action: 'exception.approve', refused: false }), 'Approved');
  assert.equal(eventWords({ action: 'exception.approve', refused: true }), 'Refused: Approve');
  assert.equal(eventWords({ action: 'exception.new', refused: false }), 'exception.new');
});

test('the newest decision counts, whatever the order of the list', () => {
  const decisions = [
    { verdict: 'return', decided_at: '2026-09-11T10:00:00Z' },
    { verdict: 'approve', decided_at: '2026-09-17T10:00:00Z' },
    { verdict: 'return', decided_at: '2026-09-01T10:00:00Z' },
  ];
  assert.equal(latestDecision(decisions)?.verdict, 'approve');
  assert.equal(latestDecision(decisions, 'return')?.decided_at, '2026-09-11T10:00:00Z');
  assert.equal(latestDecision([]), undefined);
});
