import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandOf, heatOf, scoreOf } from './risk.js';

test('the bands meet without a gap', () => {
  const bands = Array.from({ length: 25 }, (_, i) => bandOf(i + 1));
  assert.deepEqual(
    [bands[0], bands[3], bands[4], bands[8], bands[9], bands[14], bands[15], bands[24]],
    ['low', 'low', 'medium', 'medium', 'high', 'high', 'very_high', 'very_high'],
  );
});

test('no score, no band', () => {
  assert.equal(bandOf(null), null);
  assert.equal(bandOf(0), null);
  assert.equal(scoreOf(3, null), null);
  assert.equal(scoreOf(3, 5), 15);
  assert.equal(heatOf(null), 0);
});
