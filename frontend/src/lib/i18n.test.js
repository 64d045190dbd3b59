import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDays,
  clock,
  date,
  dateTime,
  daysBetween,
  fileSize,
  list,
  lookUp,
  num,
  relativeDay,
  t,
  time,
  word,
} from './i18n.js';

test('a missing key shows itself', () => {
  assert.equal(t('no.such.key'), 'no.such.key');
});

test('a number chooses its plural and is grouped', () => {
  assert.equal(t('register.count', { n: 1 }), '1 exception');
  assert.equal(t('register.count', { n: 4310 }), '4,310 exceptions');
});

test('a place without a value is empty, never "undefined"', () => {
  assert.ok(!t('exception.titleTab', {}).includes('undefined'));
});

test('user text is not looked at again', () => {
  assert.equal(t('register.chip', { label: '%{value}', value: 'x' }), '%{value}: x');
});

test('an unknown word of the server shows as it is', () => {
  assert.equal(word('status', 'active'), 'Active');
  assert.equal(word('status', 'brand_new'), 'brand_new');
  assert.equal(word('status', null), '');
});

test('a civil day never moves with the zone', () => {
  assert.equal(date('2026-11-22'), '22 Nov 2026');
  assert.equal(date('2026-01-01'), '1 Jan 2026');
  assert.equal(date(null), '');
});

test('an instant is shown in the zone of the organisation', () => {
  clock.zone = 'Europe/Berlin';
  assert.equal(dateTime('2026-11-22T23:30:00.000000Z'), '23 Nov 2026, 00:30');
  assert.equal(time('2026-07-01T07:05:00Z'), '09:05');
  clock.zone = 'UTC';
});

test('days are counted across a change of the clock', () => {
  assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2);
  assert.equal(addDays('2026-02-27', 2), '2026-03-01');
});

test('relative days in words', () => {
  assert.equal(relativeDay('2026-11-22', '2026-11-22'), 'today');
  assert.equal(relativeDay('2026-11-25', '2026-11-22'), 'in 3 days');
  assert.equal(relativeDay('2026-09-22', '2026-11-22'), '2 months ago');
  assert.equal(relativeDay('2028-11-22', '2026-11-22'), 'in 2 years');
});

test('numbers and lists', () => {
  assert.equal(num(1234567), '1,234,567');
  assert.equal(list(['Ada', 'Ben', 'Cleo']), 'Ada, Ben and Cleo');
});

test('sizes as people know them', () => {
  assert.equal(fileSize(0), '0 bytes');
  assert.equal(fileSize(1), '1 byte');
  assert.equal(fileSize(250000), '244 kB');
  assert.equal(fileSize(10 * 2 ** 20), '10 MB');
  assert.equal(fileSize(1.25 * 2 ** 20), '1.3 MB');
});

test('every message is a text or has at least the plural "other"', () => {
  const walk = (node, path) => {
    for (const [key, value] of Object.entries(node)) {
      const here = path ? `${path}.${key}` : key;
      if (typeof value === 'string') assert.ok(value.trim(), `${here} is empty`);
      else if ('other' in value) assert.equal(typeof value.other, 'string', here);
      else walk(value, here);
    }
  };
  walk(lookUp('register') && { register: lookUp('register'), status: lookUp('status') }, '');
});
