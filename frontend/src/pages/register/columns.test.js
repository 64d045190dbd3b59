import assert from 'node:assert/strict';
import { test } from 'node:test';
import { has } from '../../lib/i18n.js';
import { choose, columns, nextSort, offered, refusalOf, shown } from './columns.js';

test('every column has a heading', () => {
  for (const column of columns) assert.ok(has(`columns.${column.key}`), column.key);
});

test('eight columns at first, six for staff; a choice is kept for both', () => {
  assert.equal(shown(true).length, 8);
  assert.equal(shown(false).length, 6);
  choose('risk', true, false);
  assert.deepEqual(shown(false), shown(true));
  assert.equal(shown(false).length, 7);
});

test('a second click turns the order round', () => {
  assert.equal(nextSort('expires', 'number'), 'expires');
  assert.equal(nextSort('expires', 'expires'), '-expires');
  assert.equal(nextSort('expires', '-expires'), 'expires');
  assert.equal(nextSort('risk', 'expires'), '-risk');
  assert.equal(nextSort('risk', '-risk'), 'risk');
});

test('a sort that the server does not offer says why', () => {
  const sorts = [
    { key: 'expires', available: true, reason: null },
    { key: 'risk', available: false, reason: 'Not with a search' },
    { key: '-risk', available: false, reason: 'Not with a search' },
  ];
  assert.equal(refusalOf(sorts, 'risk'), 'Not with a search');
  assert.equal(refusalOf(sorts, 'expires'), null);
  assert.equal(refusalOf(undefined, 'risk'), null);
});

test('when only one direction is offered, that one is taken', () => {
  const sorts = [
    { key: 'risk', available: false, reason: 'x' },
    { key: '-risk', available: true, reason: null },
  ];
  assert.equal(offered(sorts, 'risk'), '-risk');
  assert.equal(offered([], 'risk'), 'risk');
});
