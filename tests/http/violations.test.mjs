// A known violation goes to the CDT ISO and to the reporter's supervisor.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { day, pointers, signIn } from '../support/api.mjs';
import { mails, sql, until } from '../support/servers.mjs';

const cdt = ['viktor.ibrahim', 'rosa.park'];
let ada;
let ivy;
before(async () => {
  ada = await signIn('ada.marsh');
  ivy = await signIn('ivy.chen');
});

const report = (client, over = {}) => ({
  what: 'The supplier keeps a standing account on the ward servers; nobody asked for it.',
  known_on: day(client, -3),
  unit: 'IT-OPS',
  document: 'VM-02',
  ...over,
});
const told = (number, uid) => (mail) => mail.includes(`Subject: ${number}: violation reported`) && mail.includes(`<${uid}@harbourvale.example>`);

test('C-25: the CDT ISO and the supervisor of the directory are told, and both can read it', async () => {
  const clause = (await ada.get('/documents/VM-02')).body.clauses[0].ref;
  const answer = await ada.post('/violations', report(ada, { clauses: [clause] }));
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  const v = answer.body.violation;
  assert.match(v.number, /^V-\d{4}-\d{5}$/);
  assert.equal(v.supervisor, 'Nora Quinn');
  assert.equal(v.supervisor_named, false);
  assert.equal(v.known_on, day(ada, -3));
  assert.equal(v.clauses, clause);
  assert.ok(answer.body.told.includes('Nora Quinn') && answer.body.told.length === 3, JSON.stringify(answer.body.told));
  for (const uid of ['nora.quinn', ...cdt]) await until(() => mails().some(told(v.number, uid)), `the notice of ${uid}`, 60000);
  assert.ok(!mails().some(told(v.number, 'ada.marsh')));
  const mail = mails().find(told(v.number, 'nora.quinn'));
  assert.ok(mail.includes(`/violations/${v.number}`));
  assert.ok(!mail.includes('standing account'), 'what was found stays in the register');
  const nora = await signIn('nora.quinn');
  const viktor = await signIn(cdt[0]);
  const sam = await signIn('sam.okafor');
  for (const who of [ada, nora, viktor, ivy]) assert.equal((await who.get(`/violations/${v.number}`)).status, 200);
  assert.equal((await sam.get(`/violations/${v.number}`)).status, 404);
  assert.ok((await nora.get('/violations')).body.items.some((x) => x.number === v.number));
  assert.ok(!(await sam.get('/violations')).body.items.some((x) => x.number === v.number));
  assert.equal((await viktor.get('/violations')).body.all, true);
  assert.ok((await nora.get('/home')).body.notices.some((n) => n.number === v.number));
  assert.ok((await ivy.get('/audit-events?action=violation.report')).body.items.some((e) => e.object === v.number));
});

test('C-25: who has no manager in the directory is asked for a supervisor', async () => {
  // the head of the house
  const [[uid]] = sql("SELECT p.uid FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.manager_id IS NULL AND u.parent_id IS NULL ORDER BY p.id LIMIT 1");
  const top = await signIn(uid);
  const before = sql('SELECT COUNT(*) FROM violation')[0][0];
  const asked = await top.post('/violations', report(top));
  assert.equal(asked.status, 422);
  assert.deepEqual(asked.body.errors, [{ pointer: '/supervisor', detail: 'is missing: the directory names no manager for you' }]);
  for (const supervisor of [uid, 'nobody.here', ' '])
    assert.deepEqual(pointers(await top.post('/violations', report(top, { supervisor }))), ['/supervisor']);
  assert.equal(sql('SELECT COUNT(*) FROM violation')[0][0], before);
  const done = await top.post('/violations', report(top, { supervisor: 'sam.okafor' }));
  assert.equal(done.status, 201, JSON.stringify(done.body));
  assert.equal(done.body.violation.supervisor, 'Sam Okafor');
  assert.equal(done.body.violation.supervisor_named, true);
  for (const who of ['sam.okafor', ...cdt])
    await until(() => mails().some(told(done.body.violation.number, who)), `the notice of ${who}`, 60000);
});

test('C-25: all faults of a report are named, and a repeat is one report', async () => {
  const bad = await ada.post('/violations', { what: 'too short', known_on: day(ada, 1), unit: 'NOWHERE', document: 'NO-DOC', colour: 1 });
  assert.equal(bad.status, 422);
  assert.deepEqual(pointers(bad), ['/colour', '/what']);
  const more = await ada.post('/violations', report(ada, { known_on: day(ada, 1), unit: 'NOWHERE', document: 'NO-DOC' }));
  assert.deepEqual(pointers(more), ['/document', '/known_on', '/unit']);
  assert.deepEqual(pointers(await ada.post('/violations', report(ada, { document: null, clauses: ['1'] }))), ['/clauses']);
  const key = 'violation-once-0001';
  const [one, two] = [await ada.post('/violations', report(ada), { key }), await ada.post('/violations', report(ada), { key })];
  assert.equal(one.body.violation.number, two.body.violation.number);
});

test('C-25: the list comes page by page, newest first', async () => {
  const numbers = [];
  for (let i = 0; i < 3; i++) numbers.unshift((await ada.post('/violations', report(ada))).body.violation.number);
  const first = (await ada.get('/violations?mine=true&limit=2')).body;
  assert.deepEqual(first.items.map((x) => x.number), numbers.slice(0, 2));
  const second = (await ada.get(`/violations?mine=true&limit=2&cursor=${first.next_cursor}`)).body;
  assert.equal(second.items[0].number, numbers[2]);
  assert.equal((await ada.get('/violations?cursor=nonsense')).status, 422);
});
