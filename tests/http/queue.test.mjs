// The review queue, the home page, and what the reader is told about themselves.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { day, decide, find, pointers, signIn, submitted, vulnerabilityContent, draft } from '../support/api.mjs';

let ada;
let sam;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
});

async function queue(client, sort, limit = 100) {
  const items = [];
  for (let cursor = ''; cursor !== null; ) {
    const page = await client.get(`/queue?sort=${sort}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
    assert.equal(page.status, 200, JSON.stringify(page.body));
    items.push(...page.body.items);
    cursor = page.body.next_cursor;
    if (cursor === null) assert.equal(page.body.total, items.length);
  }
  return items;
}

test('only people who decide have a queue', async () => {
  assert.equal((await ada.get('/queue')).status, 403);
  assert.equal((await (await signIn('ivy.chen')).get('/queue')).status, 403);
  assert.equal((await (await signIn('tom.reyes')).get('/queue')).status, 403);
});

// V-05, V-12, V-22
test('a request waits in the queue with what the approver must know', async () => {
  const x = await submitted(ada, {
    vulnerability: { identifier: 'CVE-2026-20001', title: 'Late', severity: 'critical', detected_on: day(ada, -40) },
  });
  const row = (await queue(sam, 'due')).find((r) => r.number === x.number);
  assert.equal(row.requester_name, ada.me.person.name);
  assert.equal(row.stage_title, 'Security Lead review');
  assert.equal(row.due_on, day(ada, 5));
  assert.equal(row.overdue_days, null);
  assert.ok(row.sla_breached_days > 0, 'the SLA was over before it was sent');
  assert.equal(row.risk, 8);
  assert.equal(row.band, 'medium');
  assert.equal(row.own, false);
  assert.deepEqual([row.findings_done, row.findings_owed], [0, 2]);
  await find(sam, x, ['business_validity']);
  const after = (await queue(sam, 'due')).find((r) => r.number === x.number);
  assert.deepEqual([after.findings_done, after.findings_owed], [1, 2]);
});

// M-25: sorted by what is due, or by residual risk
test('both orders hold over pages', async () => {
  const due = await queue(sam, 'due');
  const risk = await queue(sam, 'risk');
  assert.ok(due.length > 5);
  const dates = due.map((r) => r.due_on ?? '9999-12-31');
  assert.deepEqual(dates, [...dates].sort());
  const scores = risk.map((r) => r.risk);
  assert.deepEqual(scores, [...scores].sort((a, b) => b - a));
  for (const sort of ['due', 'risk'])
    assert.deepEqual((await queue(sam, sort, 2)).map((r) => r.number), (await queue(sam, sort)).map((r) => r.number));
  const page = await sam.get('/queue?sort=risk&limit=1');
  assert.deepEqual(pointers(await sam.get(`/queue?sort=due&cursor=${page.body.next_cursor}`)), ['?cursor']);
});

// V-14: the requester sees it in the queue and cannot decide it
test('an own request is in the queue, marked', async () => {
  const x = await submitted(sam);
  const row = (await queue(sam, 'due')).find((r) => r.number === x.number);
  assert.equal(row.own, true);
});

test('a decided request leaves the queue and reaches its requester', async () => {
  const before = (await sam.get('/me')).body.queue_count;
  const x = await submitted(ada, { requested_until: day(ada, 20) });
  assert.equal((await sam.get('/me')).body.queue_count, before + 1);
  const open = (await ada.get('/home')).body.mine_open.find((r) => r.number === x.number);
  assert.equal(open.status, 'in_review');
  assert.equal(open.requested_until, day(ada, 20));
  await find(sam, x);
  assert.equal((await decide(sam, x)).status, 200);
  assert.equal((await sam.get('/me')).body.queue_count, before);
  assert.ok(!(await queue(sam, 'due')).some((r) => r.number === x.number));
  const home = (await ada.get('/home')).body;
  assert.ok(!home.mine_open.some((r) => r.number === x.number));
  const ending = home.mine_ending.find((r) => r.number === x.number);
  assert.equal(ending.status, 'expiring');
  assert.equal(ending.expires_on, day(ada, 20));
  const notice = home.notices.find((n) => n.number === x.number && n.kind === 'approved');
  assert.equal(notice.text, 'The exception was approved.');
});

// M-38: each role sees its own tasks
test('the home page shows own drafts, to their owner only', async () => {
  const d = await draft(ada, await vulnerabilityContent(ada, { title: 'Half a thought' }));
  const mine = (await ada.get('/home')).body;
  assert.equal(mine.drafts[0].number, d.number);
  assert.equal(mine.drafts[0].title, 'Half a thought');
  assert.equal(mine.may_request, true);
  assert.equal(mine.queue_count, 0);
  assert.deepEqual(mine.waiting_for_me, []);
  const other = (await sam.get('/home')).body;
  assert.ok(!other.drafts.some((r) => r.number === d.number));
  assert.equal(other.waiting_for_me.length, 3);
  assert.deepEqual(other.waiting_for_me, (await sam.get('/queue?limit=3')).body.items);
  assert.equal(other.queue_count, (await sam.get('/queue')).body.total);
  const auditor = (await (await signIn('ivy.chen')).get('/home')).body;
  assert.equal(auditor.may_request, false);
});

test('everybody is told their own rights, and why', async () => {
  const expected = {
    'ada.marsh': { classes: ['staff'], permissions: ['export', 'request'] },
    'ivy.chen': { classes: ['auditor'], permissions: ['audit_read', 'dashboard', 'export', 'register_full'] },
  };
  for (const [name, rights] of Object.entries(expected)) {
    const { body } = await (await signIn(name)).get('/me');
    assert.deepEqual(body.classes, rights.classes, name);
    assert.deepEqual(body.permissions.sort(), rights.permissions, name);
    assert.equal(body.person.uid, name);
    assert.ok(body.roles.every((r) => r.title && r.group_name), name);
    assert.ok(body.session.idle_expires_at <= body.session.expires_at);
  }
  const lead = (await sam.get('/me')).body;
  assert.ok(lead.permissions.includes('decide') && !lead.permissions.includes('admin'));
  assert.ok(lead.roles.some((r) => r.title === 'Security Lead' && r.class === 'approver'));
  assert.ok((await (await signIn('tom.reyes')).get('/me')).body.permissions.includes('admin'));
});
