// Precedents: what was decided before is shown to who decides, and a decision
// that departs from it says why.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { day, decide, draft, find, pointers, signIn, submit, submitted, vulnerabilityContent } from '../support/api.mjs';
import { sql } from '../support/servers.mjs';

let ada;
let sam;
let ivy;
let tom;
let elsa;
let clause;
let asset = 0;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
  ivy = await signIn('ivy.chen');
  tom = await signIn('tom.reyes');
  elsa = await signIn('elsa.lind');
  // a clause of its own, so that nothing of the sample is a precedent of it
  sql(`INSERT INTO clause (document_id, version, position, ref, title, text)
    SELECT d.id, d.version, 90, '9.90', 'Scans of sealed devices', 'Every sealed device is scanned each month.'
    FROM document d WHERE d.document_key = 'VM-02' AND NOT EXISTS
      (SELECT 1 FROM clause c WHERE c.document_id = d.id AND c.version = d.version AND c.ref = '9.90')`);
  clause = '9.90';
});

const assets = async () => (await ada.get('/assets?mine=true&limit=100')).body.items;

/** A request on that clause, ready to be decided; each about another asset. */
async function ready(over = {}) {
  const own = await assets();
  const content = await vulnerabilityContent(ada, {
    clauses: [clause],
    asset_id: own[asset++ % own.length].id,
    overlap_reason: 'Each device is sealed by another manufacturer.',
    ...over,
  });
  const sent = await submit(ada, await draft(ada, content));
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  return find(sam, sent.body);
}

const precedents = async (client, x) => {
  const answer = await client.get(`/exceptions/${x.number}/precedents`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
};
const deny = { verdict: 'deny', expires_on: undefined, reason: 'The seal can be opened by the manufacturer.' };
const bare = { precedent_reason: undefined };

// M-24, M-30
test('a decision departs when most of at least three went the other way, and then owes a line', async () => {
  const first = await ready();
  let seen = await precedents(sam, first);
  assert.deepEqual([seen.approved, seen.denied, seen.departs_if], [0, 0, null], 'a first case binds nobody');
  assert.ok(!seen.items.some((p) => p.match === 'clause'));
  const condition = { text: 'Read the device log each week', owner: 'Ward team', due_on: null };
  const done = await decide(sam, first, { ...bare, expires_on: day(sam, 29), conditions: [condition] });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.decisions[0].precedent_reason, null);
  for (let i = 0; i < 2; i++) assert.equal((await decide(sam, await ready(), bare)).status, 200);

  const x = await ready();
  seen = await precedents(sam, x);
  assert.deepEqual([seen.approved, seen.denied, seen.departs_if], [3, 0, 'deny']);
  assert.equal(seen.median_days, 61, 'both end days count');
  const shown = seen.items.find((p) => p.number === first.number);
  assert.equal(shown.match, 'clause');
  assert.deepEqual(shown.clauses, [clause]);
  assert.equal(shown.outcome, 'approved');
  assert.equal(shown.days_granted, 30);
  assert.deepEqual(shown.conditions, [condition.text]);
  assert.equal(shown.reason, 'The terminals are isolated and the date is firm.');
  assert.equal(shown.risk, 8);
  assert.equal(shown.status, 'expiring', 'what happened next');

  const refused = await decide(sam, x, { ...deny, ...bare });
  assert.equal(refused.status, 422);
  assert.deepEqual(pointers(refused), ['/precedent_reason']);
  assert.match(refused.body.errors[0].detail, /^is missing: 3 of 3 /);
  const blank = await decide(sam, x, { ...deny, precedent_reason: '  ', reason: '' });
  assert.deepEqual(pointers(blank), ['/precedent_reason', '/reason'], 'told together');
  const why = 'This seal was broken before.';
  const denied = await decide(sam, x, { ...deny, precedent_reason: why });
  assert.equal(denied.status, 200, JSON.stringify(denied.body));
  assert.equal(denied.body.decisions[0].precedent_reason, why, 'it stands in the record');

  const next = await precedents(sam, await ready());
  assert.deepEqual([next.approved, next.denied], [3, 1]);
  const departed = next.items.find((p) => p.number === x.number);
  assert.equal(departed.outcome, 'denied');
  assert.equal(departed.days_granted, null);
  assert.equal(departed.precedent_reason, why);
});

// M-24
test('going with the precedents owes nothing, and returning departs from nothing', async () => {
  const x = await ready();
  const note = await decide(sam, x, { verdict: 'return', expires_on: undefined, precedent_reason: 'Because.' });
  assert.deepEqual(pointers(note), ['/precedent_reason']);
  assert.equal((await decide(sam, x, { ...bare, verdict: 'return', expires_on: undefined })).status, 200);
  assert.equal((await decide(sam, await ready(), bare)).status, 200);
});

// M-24: what happened next
test('a precedent tells what became of it', async () => {
  const x = await ready();
  assert.equal((await decide(sam, x, bare)).status, 200);
  const id = x.number.replace(/^EX-(\d{4})-/, (_, y) => y).replace(/^(\d{4})0*(\d+)$/, (_, y, n) => y + n.padStart(7, '0'));
  sql(`UPDATE exception SET ended_as = 2, ended_on = DATE_SUB(UTC_DATE(), INTERVAL 3 DAY) WHERE id = ${id}`);
  sql(`UPDATE exception_facet f JOIN exception x ON x.id = f.exception_id SET f.lane = x.lane, f.fact = x.fact,
    f.holds_until = x.holds_until WHERE x.id = ${id}`);
  const seen = await precedents(sam, await ready());
  assert.equal(seen.items.find((p) => p.number === x.number).status, 'closed');
});

// M-24, M-11: reasons and risks of others are not for staff, not even beside
// their own request; and what one may not know of answers 404
test('only who reads the register in full sees precedents', async () => {
  const x = await ready();
  assert.equal((await ada.get(`/exceptions/${x.number}/precedents`)).status, 403);
  assert.equal((await elsa.get(`/exceptions/${x.number}/precedents`)).status, 403);
  assert.equal((await ivy.get(`/exceptions/${x.number}/precedents`)).status, 200);
  assert.equal((await sam.get('/exceptions/EX-2020-00001/precedents')).status, 404);
  const d = await draft(ada, await vulnerabilityContent(ada));
  assert.equal((await sam.get(`/exceptions/${d.number}/precedents`)).status, 404, 'a draft is its requester’s');
});

// M-24: confidential ones are precedents for who may read them only
test('a confidential precedent is shown to those who may read it', async () => {
  const secret = await ready({ confidential: true });
  assert.equal((await decide(sam, secret, bare)).status, 200);
  const x = await ready();
  const all = await precedents(sam, x);
  assert.ok(all.items.some((p) => p.number === secret.number), 'the Security Lead reads all');
  // an administrator reads in full what is not confidential
  const some = await precedents(tom, x);
  assert.ok(some.items.length > 0);
  assert.ok(!some.items.some((p) => p.number === secret.number));
  assert.equal(some.approved, all.approved - 1, 'nor is it counted');
});

// M-24: the same document, then the same words
test('without a decision on the clause the document and the words lead', async () => {
  const x = await submitted(ada);
  const { items } = await precedents(sam, x);
  assert.ok(items.length > 0 && items.length <= 10);
  const order = { clause: 1, document: 2, words: 3 };
  const ranks = items.map((p) => order[p.match]);
  assert.deepEqual(ranks, [...ranks].sort());
  assert.equal(new Set(items.map((p) => p.number)).size, items.length);
});
