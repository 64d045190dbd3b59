// Deciding: findings first, one person, one version, one transaction.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { day, decide, find, pointers, signIn, submitted, vulnerabilityContent, draft, submit } from '../support/api.mjs';
import { idOf } from '../faults/traces.mjs';
import { sql } from '../support/servers.mjs';

let ada;
let sam;
let ivy;
let tom;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
  ivy = await signIn('ivy.chen');
  tom = await signIn('tom.reyes');
});

// V-06, V-12, V-15, M-10
test('two findings and one decision make an active exception with its risk entry', async () => {
  const x = await submitted(ada);
  const early = await decide(sam, x);
  assert.equal(early.status, 409, 'no finding yet');
  const half = await find(sam, x, ['business_validity']);
  assert.equal((await decide(sam, half)).status, 409, 'one finding is not enough');
  const ready = await find(sam, x, ['security_implications']);
  const done = await decide(sam, ready, { expires_on: day(sam, 30) });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.request_state, 'approved');
  assert.equal(done.body.status, 'expiring', 'thirty days are within the notice period');
  assert.equal(done.body.expires_on, day(sam, 30));
  assert.equal(done.body.effective_on, day(sam, 0));
  assert.equal(done.body.risks.length, 1);
  assert.equal(done.body.risks[0].likelihood_after, 2);
  const [d] = done.body.decisions;
  assert.equal(d.decider_name, 'Sam Okafor');
  assert.equal(d.role_title, 'Security Lead');
  assert.ok(d.reason.length > 0 && d.decider_title.length > 0);
  assert.equal(d.content_hash, x.content_hash);

  const list = await ivy.get(`/exceptions?q=${x.number}`);
  assert.deepEqual(list.body.items.map((r) => r.number), [x.number], 'the register shows it');
  const events = await ivy.get(`/audit-events?object=${x.number}`);
  assert.ok(events.body.items.some((e) => e.action === 'exception.approve'));
  const home = await ada.get('/home');
  assert.ok(home.body.notices.some((n) => n.number === x.number && n.kind === 'approved'), 'the requester is told');
});

// V-13
test('a decision is final', async () => {
  const x = await find(sam, await submitted(ada));
  const done = await decide(sam, x, { verdict: 'deny', expires_on: undefined, reason: 'The network is not isolated.' });
  assert.equal(done.body.status, 'denied');
  const again = await decide(sam, { ...x, etag: done.body.etag });
  assert.equal(again.status, 409);
  const events = await ivy.get(`/audit-events?object=${x.number}&result=refused`);
  assert.ok(events.body.items.length >= 1, 'the attempt is in the audit trail');
  // V-16: kept and searchable, never in the active view
  const active = await ivy.get(`/exceptions?q=${x.number}`);
  assert.equal(active.body.items.length, 0);
  const denied = await ivy.get(`/exceptions?status=denied&q=${x.number}`);
  assert.equal(denied.body.items.length, 1);
});

// M-10, rule 4; V-15, rule 1
const owed = [
  ['reason', { reason: ' ' }, '/reason'],
  ['reason to deny', { verdict: 'deny', expires_on: undefined, reason: undefined }, '/reason'],
  ['last day', { expires_on: undefined }, '/expires_on'],
  ['in the past', { expires_on: '2020-01-01' }, '/expires_on'],
  ['beyond what was asked', { expires_on: '2099-01-01' }, '/expires_on'],
];
test('a decision owes its reason and a last day within the limits', async () => {
  const x = await find(sam, await submitted(ada));
  for (const [name, over, pointer] of owed) {
    const answer = await decide(sam, x, over);
    assert.equal(answer.status, 422, name);
    assert.deepEqual(pointers(answer), [pointer], name);
  }
  assert.equal((await sam.get(`/exceptions/${x.number}`)).body.request_state, 'in_stage', 'nothing was half done');
});

// M-18
test('an approval may ask for conditions, and everybody who is told reads them', async () => {
  const x = await find(sam, await submitted(ada));
  const conditions = [
    { text: 'Watch the log of the console every day.', owner: 'Ada Marsh', due_on: null },
    { text: 'Order the new terminals.', owner: 'Purchasing', due_on: day(sam, 10) },
  ];
  const done = await decide(sam, x, { expires_on: day(sam, 30), conditions });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.deepEqual(done.body.decisions[0].conditions, conditions);
  const read = await ada.get(`/exceptions/${x.number}`);
  assert.deepEqual(read.body.decisions[0].conditions, conditions);
  const [[detail]] = sql(`SELECT detail FROM outbox WHERE kind = 'approved' AND exception_id = ${idOf(x.number)} LIMIT 1`);
  assert.match(detail, /1\. Watch the log of the console every day\. \(Ada Marsh\)/);
  assert.match(detail, new RegExp(`2\\. Order the new terminals\\. \\(Purchasing, by ${day(sam, 10)}\\)`));
  const events = await ivy.get(`/audit-events?object=${x.number}`);
  const event = events.body.items.find((e) => e.action === 'exception.approve');
  assert.match(event.detail, /Order the new terminals/);
});

// M-18, rule 8
const faulty = [
  ['no text', [{ text: ' ', owner: 'Ada Marsh' }], {}, ['/conditions/0/text']],
  ['nobody', [{ text: 'Watch it.' }], {}, ['/conditions/0/owner']],
  ['a day that is past', [{ text: 'Watch it.', owner: 'A', due_on: '2020-01-01' }], {}, ['/conditions/0/due_on']],
  ['a day after the end', [{ text: 'Watch it.', owner: 'A', due_on: '2098-01-01' }], {}, ['/conditions/0/due_on']],
  ['more than twenty', Array(21).fill({ text: 'Watch it.', owner: 'A' }), {}, ['/conditions']],
  ['a denial', [{ text: 'Watch it.', owner: 'A' }], { verdict: 'deny', expires_on: undefined }, ['/conditions']],
];
test('a condition says what, who and a day that can come', async () => {
  const x = await find(sam, await submitted(ada));
  for (const [name, conditions, over, where] of faulty) {
    const answer = await decide(sam, x, { ...over, conditions });
    assert.equal(answer.status, 422, name);
    assert.deepEqual(pointers(answer), where, name);
  }
  assert.deepEqual((await sam.get(`/exceptions/${x.number}`)).body.decisions, [], 'nothing was half done');
});

// V-14, rule 2
test('nobody decides their own request, and an administrator does not decide', async () => {
  const own = (await sam.get('/queue?limit=100')).body.items.find((r) => r.own);
  assert.ok(own, 'the sample holds a request of the Security Lead');
  const x = (await sam.get(`/exceptions/${own.number}`)).body;
  assert.equal((await decide(sam, x)).status, 403);
  assert.ok(!x.allowed_actions.find((a) => a.action === 'approve').allowed);
  assert.match(x.allowed_actions.find((a) => a.action === 'approve').reason, /Somebody else/);
  const other = await submitted(ada);
  assert.equal((await decide(ada, other)).status, 403);
  assert.equal((await decide(tom, other)).status, 403);
  const auditor = await decide(ivy, other);
  assert.equal(auditor.status, 403);
});

// rule 3
test('a decision on an older version is refused with what is there now', async () => {
  const x = await find(sam, await submitted(ada));
  const back = await decide(sam, x, { verdict: 'return', expires_on: undefined, reason: 'Which wards?' });
  assert.equal(back.body.request_state, 'returned');
  const mine = (await ada.get(`/exceptions/${x.number}`)).body;
  const content = { ...mine.content, circumstances: 'Wards 3 to 9 depend on the terminals.' };
  const saved = await ada.put(`/exceptions/${x.number}/draft`, { content }, { etag: mine.etag });
  const sent = await ada.post(`/exceptions/${x.number}/steps`, { action: 'resubmit', declaration: true }, { etag: saved.body.etag });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  assert.equal(sent.body.content_version, 2);
  const stale = await decide(sam, x);
  assert.equal(stale.status, 412);
  assert.equal(stale.body.current_etag, sent.body.etag);
  assert.equal(stale.body.changed_by, 'Ada Marsh');
  // findings of version 1 do not count for version 2
  assert.equal((await decide(sam, sent.body)).status, 409);
  const done = await decide(sam, await find(sam, sent.body));
  assert.equal(done.status, 200);
  assert.equal(done.body.findings.filter((f) => f.content_version === 1).length, 2, 'the history is kept');
});

test('a finding moves the row, and stales nobody who decides', async () => {
  const x = await submitted(ada);
  const one = await find(sam, x, ['business_validity']);
  await find(sam, x, ['security_implications']);
  assert.equal((await decide(sam, { ...one })).status, 200, 'the older ETag of the same content is enough');
});

test('the same decision sent twice is one decision', async () => {
  const x = await find(sam, await submitted(ada));
  const first = await decide(sam, x, {}, { key: `twice-${x.number}` });
  const second = await decide(sam, x, {}, { key: `twice-${x.number}` });
  assert.equal(first.status, 200);
  assert.deepEqual(second.body, first.body);
  assert.equal(second.body.decisions.length, 1);
});

// P-02
test('the exception keeps the text of its clause', async () => {
  const x = await submitted(ada);
  assert.ok(x.clauses[0].text.length > 20);
  assert.equal(x.document_changed, false);
});

// P-06
test('an owner is always there, and each change leaves a line', async () => {
  const x = await find(sam, await submitted(ada));
  assert.equal(x.owner.name, 'Ada Marsh');
  const done = await decide(sam, x);
  const history = await sam.get(`/exceptions/${x.number}/history`);
  assert.deepEqual(
    history.body.items.map((i) => i.action),
    ['exception.approve', 'exception.find', 'exception.find', 'exception.submit', 'exception.create'],
  );
  assert.equal(done.body.row_version, x.row_version + 1);
});

// P-04 and the plain procedure: alternatives with a verdict
test('the policy procedure owes an alternative', async () => {
  const content = await vulnerabilityContent(ada, { vulnerability: undefined, sla_reason: undefined, asset_id: undefined, document: 'ISP-01' });
  content.clauses = [(await ada.get('/documents/ISP-01')).body.clauses[0].ref];
  const d = await draft(ada, content, 'POL-EXC-001');
  const answer = await submit(ada, d);
  assert.equal(answer.status, 422);
  assert.ok(pointers(answer).includes('/content/alternatives'));
});
