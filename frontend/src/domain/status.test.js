import assert from 'node:assert/strict';
import { test } from 'node:test';
import { has } from '../lib/i18n.js';
import { look, registerStatuses, viewOf, views } from './status.js';

test('every status has a word, a meaning and a look', () => {
  for (const status of [...registerStatuses, 'draft']) {
    assert.ok(has(`status.${status}`), status);
    assert.ok(has(`meaning.${status}`), status);
    assert.ok(has(`sentence.${status}`), status);
    assert.ok(look(status).icon);
  }
});

test('every view has a name and is found by its statuses', () => {
  for (const view of views) {
    assert.ok(has(`views.${view.key}`), view.key);
    assert.equal(viewOf(view.status), view.key);
  }
  assert.equal(viewOf(['active', 'denied']), '');
});
