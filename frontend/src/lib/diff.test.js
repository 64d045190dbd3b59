import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changes, same } from './diff.js';

test('equal versions differ in nothing', () => {
  assert.deepEqual(changes({ a: 1, b: { c: [1, 2] } }, { a: 1, b: { c: [1, 2] } }), []);
});

test('a leaf is named by its path', () => {
  assert.deepEqual(changes({ risk: { impact: 2, likelihood: 1 } }, { risk: { impact: 4, likelihood: 1 } }), [
    { path: 'risk.impact', before: 2, after: 4 },
  ]);
});

test('nothing, null, empty text and empty list are the same', () => {
  assert.ok(same('', null));
  assert.ok(same([], undefined));
  assert.deepEqual(changes({ a: '' }, { b: null }), []);
});

test('false and zero are not nothing', () => {
  assert.equal(same(false, null), false);
  assert.equal(same(0, ''), false);
});

test('a list is one change', () => {
  const found = changes(
    { controls: [{ description: 'a' }] },
    { controls: [{ description: 'a' }, { description: 'b' }] },
  );
  assert.equal(found.length, 1);
  assert.equal(found[0].path, 'controls');
});

test('an object that appears gives its leaves', () => {
  assert.deepEqual(changes({}, { v: { id: 'CVE-1' } }), [
    { path: 'v.id', before: undefined, after: 'CVE-1' },
  ]);
});
