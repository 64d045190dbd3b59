import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultWords, sentence } from './faults.js';

const field = (key, label) => ({ key, label, hint: null, required: true, kind: 'text' });
const procedure = {
  form: {
    sections: [
      {
        key: 'a',
        title: 'A',
        fields: [
          field('title', 'Title'),
          field('risk', 'Risk analysis'),
          field('controls', 'Compensating controls'),
        ],
      },
    ],
  },
};
const words = (pointer, detail = 'is missing') => faultWords([{ pointer, detail }], procedure)[0];

test('a fault is told with the label of the form', () => {
  assert.deepEqual(words('/content/title'), { id: 'title', field: 'title', text: 'Missing: Title' });
});

test('a part of a field has a name of its own', () => {
  assert.equal(words('/content/risk/impact').text, 'Missing: Impact');
  assert.equal(words('/content/risk/impact').field, 'risk');
});

test('a row says which one', () => {
  assert.equal(words('/content/controls/1/owner').text, 'Missing: Control 2: who looks after it');
  assert.equal(words('/content/controls/1/owner').id, 'controls-1-owner');
});

test('the reason for no controls belongs to the controls', () => {
  assert.equal(
    words('/content/controls_none_reason', 'is given although there are controls').field,
    'controls',
  );
});

test('another fault follows its label', () => {
  assert.equal(words('/content/title', 'is too long').text, 'Title is too long');
});

test('a whole sentence stays as it is', () => {
  assert.equal(sentence('Title', 'Choose another one.'), 'Choose another one.');
  assert.equal(words('/content/unknown').text, 'is missing');
});
