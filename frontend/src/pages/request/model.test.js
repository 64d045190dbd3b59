import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  byId,
  clean,
  errorsUnder,
  fieldOf,
  idOf,
  lastDay,
  lockOf,
  placeOf,
  slaDue,
  tasksOf,
  termDays,
  wholeNumber,
} from './model.js';

test('nothing empty is sent, and a row without words is not sent at all', () => {
  const content = {
    title: ' ',
    cause: 'other',
    controls: [
      { description: '', state: null, owner: '' },
      { description: 'WAF', state: 'planned', owner: '' },
    ],
    risk: {},
    units: [],
    confidential: false,
  };
  assert.deepEqual(clean(content), { cause: 'other', controls: [{ description: 'WAF', state: 'planned' }] });
});

test('what is typed is sent as typed', () => {
  assert.deepEqual(clean({ title: ' a ' }), { title: ' a ' });
});

test('a pointer finds its control, with or without the content in front', () => {
  assert.equal(idOf('/risk/impact'), 'risk-impact');
  assert.equal(idOf('/content/controls/0/description'), 'controls-0-description');
  assert.equal(idOf('#/title'), 'title');
});

test('errors are found by field and part', () => {
  const errors = byId([
    { id: 'risk-impact', text: 'Choose' },
    { id: 'risk', text: 'Say' },
    { id: 'title', text: 'Enter' },
  ]);
  assert.deepEqual(errorsUnder(errors, 'risk'), ['risk-impact', 'risk']);
  assert.equal(fieldOf('risk-impact', ['title', 'risk']), 'risk');
  assert.equal(fieldOf('requested_until', ['requested_from', 'requested_until']), 'requested_until');
  assert.equal(fieldOf('nothing', ['title']), undefined);
});

const document = { sla: [{ severity: 'critical', days: 7 }], max_term_days: 90 };

test('critical found on 1 January is due on 8 January', () => {
  assert.deepEqual(slaDue({ vulnerability: { severity: 'critical', detected_on: '2026-01-01' } }, document), {
    days: 7,
    due: '2026-01-08',
  });
  assert.equal(slaDue({ vulnerability: { severity: 'low', detected_on: '2026-01-01' } }, document), null);
  assert.equal(slaDue({}, document), null);
});

test('the shorter limit counts, both days of the term included', () => {
  const procedure = { term: { max_days: 180 } };
  assert.deepEqual(lastDay({}, document, procedure, '2026-01-01'), { days: 90, day: '2026-03-31' });
  assert.equal(termDays('2026-01-01', '2026-03-31'), 90);
  assert.deepEqual(
    lastDay({ requested_from: '2026-02-01' }, { ...document, max_term_days: null }, procedure, '2026-01-01'),
    { days: 180, day: '2026-07-30' },
  );
  assert.equal(lastDay({}, null, { term: { max_days: null } }, '2026-01-01'), null);
});

const field = (key, required = true) => ({ key, label: key, hint: null, required, kind: 'text' });
const twoTasks = /** @type {any} */ ({
  layout: 'task_list',
  form: {
    sections: [
      { key: 'what', title: 'What', fields: [field('document'), field('clauses')] },
      {
        key: 'term',
        title: 'Term',
        fields: [field('requested_until'), field('controls_none_reason', false)],
      },
      { key: 'more', title: 'More', fields: [field('confidential', false)] },
    ],
  },
});
const owes = (...keys) => keys.map(key => ({ id: key, field: key, text: '' }));

test('a task is not started, in progress, done, optional, or has to wait for another answer', () => {
  const statuses = (content, faults) => tasksOf(twoTasks, content, faults).map(task => task.status);
  const all = owes('document', 'clauses', 'requested_until');
  assert.deepEqual(statuses({ confidential: false, clauses: [] }, all), ['todo', 'blocked', 'optional']);
  assert.deepEqual(statuses({ document: 'VM-02' }, all.slice(1)), ['progress', 'todo', 'optional']);
  assert.deepEqual(statuses({ document: 'VM-02', clauses: ['1'], confidential: true }, all.slice(2)), [
    'done',
    'todo',
    'done',
  ]);
  const [, term] = tasksOf(twoTasks, {}, all);
  assert.equal(term.first?.field.key, 'document');
  assert.equal(
    tasksOf(twoTasks, { requested_until: '2027-01-01' }, all)[1].status,
    'progress',
    'what is begun goes on',
  );
});

test('C-10: a part of the form is locked until its stage has come', () => {
  const staged = {
    ...twoTasks,
    stages: [
      { key: 'assess', title: 'Assessment' },
      { key: 'next', title: 'Next part' },
    ],
    form: { sections: [twoTasks.form.sections[0], { ...twoTasks.form.sections[2], stage: 'next' }] },
  };
  const [first, locked] = tasksOf(staged, {}, [], 1);
  assert.equal(first.lock, undefined);
  assert.deepEqual([locked.status, locked.lock?.after], ['locked', 'Assessment']);
  assert.equal(tasksOf(staged, {}, [], 2)[1].status, 'optional', 'it is open now');
  assert.equal(lockOf(staged.form.sections[1], staged, 0)?.stage.key, 'next', 'a draft');
});

test('a whole number is sent as one; anything else stays as it was typed', () => {
  assert.deepEqual(['2500', ' 2 500 ', '2,500', '1.250.000'].map(wholeNumber), [2500, 2500, 2500, 1250000]);
  assert.deepEqual(['12.50', 'about 10', ''].map(wholeNumber), ['12.50', 'about 10', '']);
});

test('a field has an address: in its task, or on the one page', () => {
  assert.equal(
    placeOf('EX-1', twoTasks, 'clauses', 'clauses-1', 'check'),
    '/requests/EX-1/tasks/what?from=check#clauses-1',
  );
  assert.equal(placeOf('EX-1', { ...twoTasks, layout: 'one_page' }, 'clauses'), '/requests/EX-1#clauses');
  assert.equal(placeOf('EX-1', twoTasks, undefined), '/requests/EX-1');
});
