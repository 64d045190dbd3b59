import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from './compare.js';
import { clean, moved, placeOf } from './faults.js';

const stages = [
  { stage: 'assess', title: 'Assessment' },
  { stage: 'decide', title: 'Decision' },
];

test('a stage that moved is one change, not two stages that differ', () => {
  const found = differences({ version: 1, stages }, { version: 2, stages: moved(stages, 0, 1) });
  assert.deepEqual(found, [
    { path: 'stages.order', before: ['assess', 'decide'], after: ['decide', 'assess'] },
  ]);
});

test('a change inside a row is named by the key of the row', () => {
  const next = [stages[0], { ...stages[1], title: 'The decision' }];
  assert.deepEqual(
    differences({ stages }, { stages: next }).map(item => item.path),
    ['stages.decide.title'],
  );
});

test('what is empty is not sent, what is false or zero is', () => {
  assert.deepEqual(clean({ a: '', b: null, c: [], d: { e: '' }, f: false, g: 0, h: [{ i: 'x', j: '' }] }), {
    f: false,
    g: 0,
    h: [{ i: 'x' }],
  });
});

test('a pointer is a place in words', () => {
  assert.equal(placeOf('/stages/1/role'), 'Stage 2, Role');
  assert.equal(placeOf('/form/0/fields/2/kind'), 'Section 1, Field 3, Kind');
  assert.equal(placeOf('/term/max_days'), 'Term, Longest term in days');
});
