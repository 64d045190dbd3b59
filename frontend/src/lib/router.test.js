import assert from 'node:assert/strict';
import { test } from 'node:test';
import { back, find, forward, match } from './route.js';

test('a fixed path matches itself, with or without a slash at the end', () => {
  assert.deepEqual(match('/register', '/register'), {});
  assert.deepEqual(match('/register', '/register/'), {});
  assert.deepEqual(match('/', '/'), {});
  assert.equal(match('/register', '/registers'), null);
});

test('a named part gives its decoded value', () => {
  assert.deepEqual(match('/exceptions/:number', '/exceptions/EX-2026-00042'), { number: 'EX-2026-00042' });
  assert.deepEqual(match('/people/:uid/access', '/people/a%2Fb/access'), { uid: 'a/b' });
});

test('an empty or broken part is no match', () => {
  assert.equal(match('/exceptions/:number', '/exceptions/'), null);
  assert.equal(match('/exceptions/:number', '/exceptions/%E0%A4%A'), null);
});

test('the first route that fits wins', () => {
  const load = async () => ({});
  const routes = [
    { path: '/requests/new', load, title: 'a' },
    { path: '/requests/:number', load, title: 'b' },
  ];
  assert.equal(find(routes, '/requests/new')?.route.title, 'a');
  assert.equal(find(routes, '/requests/EX-1')?.route.title, 'b');
  assert.equal(find(routes, '/nothing'), null);
});

test('paging walks back over the cursors it came by', () => {
  const one = forward([], '');
  const two = forward(one, 'abc');
  assert.deepEqual(back(two), { cursor: 'abc', stack: [''] });
  assert.deepEqual(back(one), { cursor: '', stack: [] });
  assert.equal(back([]), null);
});
