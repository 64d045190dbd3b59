// Roles held by name, from a day to a day: in force at once, gone when they
// end, and never given to oneself.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Client, day, decide, find, pointers, signIn, submitted } from '../support/api.mjs';
import { sql } from '../support/servers.mjs';

let ada;
let tom;
let marek;
before(async () => {
  ada = await signIn('ada.marsh');
  tom = await signIn('tom.reyes');
  marek = await signIn('marek.andersson');
});
const forget = () => sql('DELETE FROM delegation; DELETE FROM designation; UPDATE person SET acts_until = NULL');
beforeEach(forget);
after(forget);

const designate = (over = {}) =>
  tom.post('/designations', { person: 'marek.andersson', role: 'security_lead', from_on: day(tom, 0), until_on: day(tom, 30), ...over });
async function designated(over) {
  const answer = await designate(over);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}
const end = (d) => tom.request('DELETE', `/designations/${d.id}`, { etag: d.etag });
const roles = async (client) => (await client.get('/me')).body.roles.map((r) => r.role);

test('V-20, V-14: a designated deputy decides, and the decision names the designated role', async () => {
  const x = await submitted(ada);
  assert.equal((await decide(marek, x)).status, 403, 'nothing yet');
  const d = await designated();
  assert.equal(d.state, 'current');
  assert.equal(d.created_by, 'Tom Reyes');
  assert.ok((await roles(marek)).includes('security_lead'), 'the running session has it');
  assert.ok((await marek.get('/queue?limit=100')).body.items.length > 0);
  const seen = (await marek.get(`/exceptions/${x.number}`)).body;
  assert.ok(seen.stage.holders.includes('Marek Andersson'), 'who holds it');
  const [[told]] = sql(`SELECT COUNT(*) FROM outbox o JOIN person p ON p.id = o.person_id WHERE p.uid = 'marek.andersson' AND o.kind = 'assigned'`);
  const later = await submitted(ada);
  const [[more]] = sql(`SELECT COUNT(*) FROM outbox o JOIN person p ON p.id = o.person_id WHERE p.uid = 'marek.andersson' AND o.kind = 'assigned'`);
  assert.equal(Number(more), Number(told) + 1, `told of ${later.number}`);
  const done = await decide(marek, await find(marek, x));
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.decisions[0].role_title, 'Security Lead');
  assert.equal(done.body.decisions[0].on_behalf_of, null);
  const [[id]] = sql('SELECT designation_id FROM decision ORDER BY decided_at DESC LIMIT 1');
  assert.equal(Number(id), d.id, 'kept with the decision');
});

test('V-20: a designation that was ended gives nothing, at once', async () => {
  const d = await designated();
  const x = await find(marek, await submitted(ada));
  assert.equal((await end(d)).status, 204);
  assert.ok(!(await roles(marek)).includes('security_lead'));
  assert.equal((await decide(marek, x)).status, 403);
  assert.equal((await end(d)).status, 412, 'the version has moved');
  const again = (await tom.get('/designations?past=true')).body.items.find((p) => p.id === d.id);
  assert.equal(again.state, 'past');
  assert.equal(again.ended_by, 'Tom Reyes');
  assert.equal((await end(again)).status, 409, 'it is over');
});

test('V-20: a past decision still shows who was Security Lead then', async () => {
  const d = await designated();
  const x = await find(marek, await submitted(ada));
  const before = (await decide(marek, x)).body.decisions;
  await end(d);
  await designated({ person: 'hugo.nakamura' });
  const { decisions } = (await ada.get(`/exceptions/${x.number}`)).body;
  assert.deepEqual(decisions, before);
  assert.equal(decisions[0].decider_name, 'Marek Andersson');
  assert.equal(decisions[0].decider_title, marek.me.person.title);
});

const days = [
  ['from tomorrow', { from_on: 1, until_on: 9 }, false],
  ['from today', { from_on: 0, until_on: 9 }, true],
  ['only today', { from_on: 0, until_on: 0 }, true],
  ['until it is ended', { from_on: -9 }, true],
];
test('V-20: it holds from its first day to its last, both included', async () => {
  for (const [name, { from_on, until_on }, holds] of days) {
    const d = await designated({ from_on: day(tom, from_on), until_on: until_on === undefined ? undefined : day(tom, until_on) });
    assert.equal(d.state, holds ? 'current' : 'scheduled', name);
    assert.equal((await roles(marek)).includes('security_lead'), holds, name);
    await end(d);
  }
  await designated();
  sql("UPDATE designation SET until_on = DATE_SUB(until_on, INTERVAL 31 DAY), from_on = DATE_SUB(from_on, INTERVAL 31 DAY)");
  assert.ok(!(await roles(marek)).includes('security_lead'), 'the last day was yesterday');
  assert.equal((await tom.get('/designations')).body.items.length, 0);
});

test('V-20: the scope limits it', async () => {
  await designated({ domain: 'hr' });
  const x = await submitted(ada);
  assert.equal((await decide(marek, x)).status, 403, 'not the domain of the request');
  const { roles: held } = (await marek.get('/me')).body;
  assert.deepEqual(held.filter((r) => r.role === 'security_lead').map((r) => [r.domain, r.until_on]), [['hr', day(tom, 30)]]);
});

test('V-20: nobody designates themselves, and nobody decides by a designation they made', async () => {
  const own = await designate({ person: 'tom.reyes' });
  assert.equal(own.status, 403);
  assert.match(own.body.detail, /Ask another administrator/);
  const { items } = (await tom.get('/audit-events?action=designation.create&result=refused')).body;
  assert.ok(items.length > 0, 'the attempt is in the audit trail');
  // nor by way of somebody who names them in turn
  await designated();
  const back = await marek.post('/me/delegations', { to: 'tom.reyes', from_on: day(tom, 0), until_on: day(tom, 1) });
  assert.equal(back.status, 201, JSON.stringify(back.body));
  const x = await submitted(ada);
  const seen = (await tom.get(`/exceptions/${x.number}`)).body;
  assert.match(seen.allowed_actions.find((a) => a.action === 'approve').reason, /gave yourself/);
  assert.equal((await decide(tom, x)).status, 403);
});

test('V-20: the same role, scope and days are a conflict; other days are not', async () => {
  await designated({ from_on: day(tom, 10), until_on: day(tom, 20) });
  assert.equal((await designate({ from_on: day(tom, 20), until_on: undefined })).status, 409);
  assert.equal((await designate({ from_on: day(tom, 0), until_on: day(tom, 10) })).status, 409);
  await designated({ from_on: day(tom, 0), until_on: day(tom, 9) });
  await designated({ from_on: day(tom, 10), until_on: day(tom, 20), domain: 'hr' });
  const { items } = (await tom.get('/designations')).body;
  assert.equal(items.length, 3);
});

const bad = [
  [{ person: 'nobody.here' }, ['/person']],
  [{ role: 'emperor', unit: 'NOWHERE', document: 'NONE', until_on: '2020-01-01', from_on: '2019-01-01' }, ['/document', '/role', '/unit', '/until_on']],
  [{ from_on: '2099-01-02', until_on: '2099-01-01' }, ['/until_on']],
  [{ from_on: undefined, person: undefined }, ['/from_on', '/person']],
  [{ note: 'x'.repeat(501) }, ['/note']],
];
test('a wrong designation names all that is wrong', async () => {
  for (const [over, where] of bad) {
    const answer = await designate(over);
    assert.equal(answer.status, 422, JSON.stringify(answer.body));
    assert.deepEqual(pointers(answer), where);
  }
});

test('only administrators see and make them', async () => {
  for (const client of [ada, marek]) {
    assert.equal((await client.get('/designations')).status, 403);
    assert.equal((await client.post('/designations', {})).status, 403);
  }
  assert.equal((await new Client().get('/designations')).status, 401);
});

test('V-20: a person can be tested for what they hold by name', async () => {
  await designated();
  await designated({ role: 'auditor', from_on: day(tom, 1) });
  const { designations, classes, acts_for } = (await tom.get('/people/marek.andersson/access')).body;
  assert.deepEqual(designations.map((d) => d.role), ['security_lead'], 'what begins tomorrow is not yet held');
  assert.deepEqual(acts_for, []);
  assert.ok(classes.includes('approver'));
});

test('what is over comes page by page', async () => {
  for (let i = 0; i < 5; i++) await end(await designated());
  const ids = [];
  for (let cursor = ''; cursor !== null; ) {
    const { body } = await tom.get(`/designations?past=true&limit=2${cursor && `&cursor=${cursor}`}`);
    ids.push(...body.items.map((d) => d.id));
    cursor = body.next_cursor;
  }
  assert.equal(ids.length, 5);
  assert.deepEqual(ids, [...ids].sort((a, b) => b - a));
});
