// Who acts for whom while they are away: what passes on, what never does,
// and who must not decide because of it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { day, decide, draft, find, pointers, signIn, submit, submitted, vulnerabilityContent } from '../support/api.mjs';
import { idOf } from '../faults/traces.mjs';
import { changeDirectory, sql } from '../support/servers.mjs';

let ada;
let sam;
let lena;
let tom;
let marek;
let hugo;
let ivy;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
  lena = await signIn('lena.fischer');
  tom = await signIn('tom.reyes');
  marek = await signIn('marek.andersson');
  hugo = await signIn('hugo.nakamura');
  ivy = await signIn('ivy.chen');
});
const forget = () => sql('DELETE FROM delegation; DELETE FROM designation; UPDATE person SET acts_until = NULL');
beforeEach(forget);
after(forget);

const name = (client, to, over = {}) =>
  client.post('/me/delegations', { to, from_on: day(client, 0), until_on: day(client, 13), ...over });
async function named(client, to, over) {
  const answer = await name(client, to, over);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}
async function designated(person, over = {}) {
  const answer = await tom.post('/designations', { person, role: 'exception_approver', domain: 'hr', from_on: day(tom, 0), ...over });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
}
const end = (client, d) => client.request('DELETE', `/me/delegations/${d.id}`, { etag: d.etag });
const roles = async (client) => (await client.get('/me')).body.roles.map((r) => [r.role, r.on_behalf_of]);
const approve = (x) => x.allowed_actions.find((a) => a.action === 'approve');

test('V-14: a delegate decides on behalf of who is away, and the decision says so', async () => {
  const x = await submitted(ada);
  const d = await named(sam, 'marek.andersson', { note: 'Holiday' });
  assert.equal(d.from_name, 'Sam Okafor');
  assert.equal(d.to_name, 'Marek Andersson');
  assert.deepEqual((await roles(marek)).filter(([role]) => role === 'security_lead'), [['security_lead', 'Sam Okafor']]);
  assert.ok((await marek.get('/queue?limit=100')).body.items.some((r) => r.number === x.number), 'the queue shows it');
  const seen = (await marek.get(`/exceptions/${x.number}`)).body;
  assert.equal(seen.acting_for, 'Sam Okafor');
  assert.ok(seen.stage.holders.includes('Marek Andersson'));
  const done = await decide(marek, await find(marek, x), { conditions: [{ text: 'Watch the log.', owner: 'Ada Marsh' }] });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  const [decision] = done.body.decisions;
  assert.equal(decision.decider_name, 'Marek Andersson');
  assert.equal(decision.on_behalf_of, 'Sam Okafor');
  assert.equal(decision.role_title, 'Security Lead');
  const [[detail]] = sql(`SELECT detail FROM outbox WHERE kind = 'approved' AND exception_id = ${idOf(x.number)} LIMIT 1`);
  assert.match(detail, /Marek Andersson decided on behalf of Sam Okafor/, 'the notice says it');
  assert.match(detail, /1\. Watch the log/);
  const event = (await ivy.get(`/audit-events?object=${x.number}`)).body.items.find((e) => e.action === 'exception.approve');
  assert.match(event.detail, /on behalf of Sam Okafor/);
  await end(sam, d);
  const later = (await ada.get(`/exceptions/${x.number}`)).body;
  assert.equal(later.decisions[0].on_behalf_of, 'Sam Okafor', 'and goes on saying it');
});

test('V-14: a delegation ends at once, by either of the two', async () => {
  for (const who of [sam, marek]) {
    const d = await named(sam, 'marek.andersson');
    const x = await find(marek, await submitted(ada));
    assert.equal((await end(hugo, d)).status, 404, 'nobody else knows of it');
    assert.equal((await end(who, d)).status, 204);
    assert.equal((await decide(marek, x)).status, 403);
    assert.deepEqual((await roles(marek)).filter(([role]) => role === 'security_lead'), []);
  }
  const { given } = (await sam.get('/me/delegations')).body;
  assert.deepEqual(given.map((d) => d.state), ['past', 'past']);
});

test('V-14: who is away keeps their own right', async () => {
  await named(sam, 'marek.andersson');
  const x = await find(sam, await submitted(ada));
  const done = await decide(sam, x);
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.decisions[0].on_behalf_of, null);
});

test("V-14: the requester's delegate does not decide, nor does who is acted for by the requester", async () => {
  // Lena acts for the requester
  await designated('ada.marsh');
  await named(ada, 'lena.fischer');
  const x = await find(sam, await submitted(ada));
  const lenas = approve((await lena.get(`/exceptions/${x.number}`)).body);
  assert.equal(lenas.allowed, false);
  assert.match(lenas.reason, /Somebody else must decide/);
  assert.equal((await decide(lena, x)).status, 403);
  assert.ok(approve((await sam.get(`/exceptions/${x.number}`)).body).allowed, 'Sam is not concerned');
  // the requester acts for Sam
  await named(sam, 'ada.marsh');
  assert.equal(approve((await sam.get(`/exceptions/${x.number}`)).body).allowed, false);
  assert.equal((await decide(sam, x)).status, 403);
  assert.equal((await decide(ada, x)).status, 403, 'nor the requester, on behalf of Sam');
});

test('V-14: ending the delegation does not open the way on the same day', async () => {
  const d = await named(sam, 'ada.marsh');
  const x = await find(lena, await submitted(ada));
  await end(sam, d);
  assert.equal((await decide(sam, x)).status, 403);
  sql('UPDATE delegation SET ended_at = ended_at - INTERVAL 25 HOUR');
  assert.equal((await decide(sam, x)).status, 200);
});

test('V-14: a delegate inherits what stands in the way of who is away', async () => {
  await designated('ada.marsh');
  await named(ada, 'lena.fischer');
  await named(lena, 'marek.andersson');
  const x = await find(sam, await submitted(ada));
  assert.equal(approve((await marek.get(`/exceptions/${x.number}`)).body).allowed, false);
  assert.equal((await decide(marek, x)).status, 403);
});

test('V-14: what was delegated cannot be delegated again', async () => {
  await named(sam, 'marek.andersson');
  const refused = await name(marek, 'hugo.nakamura');
  assert.equal(refused.status, 403);
  assert.match(refused.body.detail, /cannot pass on/);
  await designated('marek.andersson');
  const d = await named(marek, 'hugo.nakamura');
  assert.deepEqual((await roles(hugo)).filter(([, of]) => of), [['exception_approver', 'Marek Andersson']]);
  const x = await submitted(ada);
  assert.equal((await decide(hugo, x)).status, 403, 'a chain of two gives nothing');
  assert.equal(d.role, null);
});

test('V-14: two people do not act for each other at the same time', async () => {
  await named(sam, 'lena.fischer', { from_on: day(sam, 5), until_on: day(sam, 10) });
  assert.equal((await name(lena, 'sam.okafor', { from_on: day(sam, 10), until_on: day(sam, 20) })).status, 409);
  assert.equal((await name(lena, 'sam.okafor', { from_on: day(sam, 0), until_on: day(sam, 4) })).status, 201, 'one after the other is fine');
  assert.equal((await name(sam, 'lena.fischer', { from_on: day(sam, 10), until_on: day(sam, 12) })).status, 409, 'the same twice');
});

test('V-14: only the role that was named passes on', async () => {
  await designated('sam.okafor');
  await named(sam, 'hugo.nakamura', { role: 'exception_approver' });
  assert.deepEqual((await roles(hugo)).filter(([, of]) => of), [['exception_approver', 'Sam Okafor']]);
  const x = await submitted(ada);
  assert.equal((await decide(hugo, x)).status, 403);
});

test('V-14: when every Security Lead is tied to the requester by a delegation, the deputy is asked', async () => {
  await designated('ada.marsh');
  await named(ada, 'lena.fischer');
  await named(sam, 'ada.marsh');
  const x = await submitted(ada);
  assert.equal(x.stage.role, 'security_lead_deputy');
  const deputy = await signIn('efua.lindqvist');
  assert.equal((await decide(deputy, await find(deputy, x))).status, 200);
});

test('V-14, M-16: a member and whoever acts for them have one vote', async () => {
  const member = await signIn('jakub.gupta');
  const content = await vulnerabilityContent(ada, {
    vulnerability: undefined,
    sla_reason: undefined,
    fix_on: undefined,
    asset_id: undefined,
    document: 'ISP-01',
    unit: 'OPS',
    cause: 'business_need',
    remediation_plan: 'Back to the rule after the season.',
    alternatives: [{ description: 'Wait', verdict: 'not_practical', reason: 'The season does not wait.' }],
  });
  content.clauses = [(await ada.get('/documents/ISP-01')).body.clauses[0].ref];
  const sent = await submit(ada, await draft(ada, content, 'COM-EXC-002'));
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  await named(member, 'marek.andersson');
  const vote = async (who) => {
    const x = (await who.get(`/exceptions/${sent.body.number}`)).body;
    const body = { exception: x.number, content_version: x.content_version, content_hash: x.content_hash, ballot: 'approve', reason: 'It holds.' };
    return who.post('/votes', body, { etag: x.etag });
  };
  const first = await vote(marek);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.deepEqual(first.body.votes.map((v) => [v.voter, v.on_behalf_of]), [['Marek Andersson', 'Jakub Gupta']]);
  assert.equal((await vote(member)).status, 409, 'the seat has its vote');
  assert.equal((await vote(marek)).status, 200, 'whoever cast it may change it');
});

const leads = 'cn=security-leads,ou=groups,dc=harbourvale,dc=example';
const member = (verb) => `dn: ${leads}
changetype: modify
${verb}: member
member: uid=sam.okafor,ou=people,dc=harbourvale,dc=example
`;
test('V-14: who has left the group in the directory has nothing to pass on', async () => {
  await named(sam, 'marek.andersson');
  const x = await find(marek, await submitted(ada));
  changeDirectory(member('delete'));
  try {
    const answer = await decide(marek, x);
    assert.equal(answer.status, 403, JSON.stringify(answer.body));
    assert.equal((await lena.get(`/exceptions/${x.number}`)).body.request_state, 'in_stage', 'nothing was decided');
  } finally {
    changeDirectory(member('add'));
  }
  assert.equal((await decide(marek, x)).status, 200, 'and has it again when they are back');
});

const bad = [
  [{ to: 'nobody.here' }, ['/to']],
  [{ to: 'sam.okafor' }, ['/to']],
  [{ until: -1 }, ['/until_on']],
  [{ until: 90 }, ['/until_on']],
  [{ from: -1 }, ['/from_on']],
  [{ role: 'exception_approver' }, ['/role']],
  [{ role: 'staff' }, ['/role']],
  [{ until: null }, ['/until_on']],
];
test('a wrong delegation names what is wrong', async () => {
  for (const [{ from = 0, until = 13, ...over }, where] of bad) {
    const answer = await name(sam, 'marek.andersson', {
      from_on: day(sam, from),
      until_on: until === null ? undefined : day(sam, until),
      ...over,
    });
    assert.equal(answer.status, 422, JSON.stringify([over, answer.body]));
    assert.deepEqual(pointers(answer), where);
  }
  assert.equal((await name(sam, 'marek.andersson', { until_on: day(sam, 89) })).status, 201, 'ninety days');
});

test('an administrator names somebody for another, never themselves', async () => {
  const body = { from: 'sam.okafor', to: 'marek.andersson', from_on: day(tom, 0), until_on: day(tom, 3) };
  assert.equal((await tom.post('/delegations', { ...body, to: 'tom.reyes' })).status, 403);
  const nothing = await tom.post('/delegations', { ...body, from: 'ada.marsh' });
  assert.equal(nothing.status, 422);
  assert.deepEqual(pointers(nothing), ['/from']);
  const made = await tom.post('/delegations', body);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.created_by, 'Tom Reyes');
  const { items } = (await tom.get('/delegations')).body;
  assert.deepEqual(items.map((d) => d.id), [made.body.id]);
  const { received } = (await marek.get('/me/delegations')).body;
  assert.deepEqual(received.map((d) => d.from_name), ['Sam Okafor']);
  assert.equal((await tom.request('DELETE', `/delegations/${made.body.id}`, { etag: made.body.etag })).status, 204);
  assert.equal((await tom.get('/delegations')).body.items.length, 0);
  assert.equal((await tom.get('/delegations?past=true')).body.items.length, 1);
});

test('staff name nobody, and only administrators see all', async () => {
  assert.equal((await name(ada, 'sam.okafor')).status, 403);
  assert.equal((await ada.get('/delegations')).status, 403);
  assert.equal((await sam.get('/delegations')).status, 403);
  assert.equal((await ada.get('/me/delegations')).status, 200);
  assert.equal((await ada.get('/me/delegations/people?q=sam')).status, 403);
  const { items } = (await sam.get('/me/delegations/people?q=marek')).body;
  assert.ok(items.some((p) => p.uid === 'marek.andersson'));
  assert.ok(!('mail' in items[0]));
  assert.ok(!(await sam.get('/me/delegations/people?q=okafor')).body.items.some((p) => p.uid === 'sam.okafor'), 'not oneself');
});
