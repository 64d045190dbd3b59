import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode, fromForm } from './query.js';

const spec = { q: 'text', status: 'list', risk_min: 'int', expires_from: 'day', owner: 'text' };

test('what is encoded decodes to the same values', () => {
  const values = {
    q: 'log 4 & j',
    status: ['active', 'expired'],
    risk_min: 10,
    expires_from: '2026-02-28',
    owner: 'me',
  };
  assert.deepEqual(decode(spec, encode(spec, values)), values);
});

test('the order is the order of the spec, commas stay readable', () => {
  assert.equal(encode(spec, { owner: 'me', status: ['a', 'b'] }), '?status=a,b&owner=me');
});

test('nothing gives an empty string', () => {
  assert.equal(encode(spec, { q: '  ', status: [], risk_min: undefined }), '');
});

test('unknown names and unreadable values are dropped', () => {
  assert.deepEqual(decode(spec, '?x=1&risk_min=ten&expires_from=2026-02-30&status=,,&q=%20'), {});
});

test('zero is a value', () => {
  assert.deepEqual(decode(spec, '?risk_min=0'), { risk_min: 0 });
  assert.equal(encode(spec, { risk_min: 0 }), '?risk_min=0');
});

test('a list names each value once', () => {
  assert.deepEqual(decode(spec, '?status=active,active'), { status: ['active'] });
});

test('boxes of a form become a list', () => {
  const form = new FormData();
  form.append('status', 'active');
  form.append('status', 'denied');
  form.append('q', '');
  assert.deepEqual(fromForm(spec, form), { status: ['active', 'denied'] });
});

test('a comma in free text stays', () => {
  assert.deepEqual(decode(spec, encode(spec, { q: 'a, b' })), { q: 'a, b' });
});
