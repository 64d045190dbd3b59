// What is covered already: told while one types, owed a reason when sent; and
// a new request that begins with an earlier one.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { day, decide, draft, find, pointers, signIn, submit, submitted, vulnerabilityContent } from '../support/api.mjs';
import { sql } from '../support/servers.mjs';

let ada;
let sam;
let elsa;
const clause = '9.80';
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
  elsa = await signIn('elsa.lind');
  sql(`INSERT INTO clause (document_id, version, position, ref, title, text)
    SELECT d.id, d.version, 80, '${clause}', 'Rented devices', 'Rented devices are scanned before they are used.'
    FROM document d WHERE d.document_key = 'VM-02' AND NOT EXISTS
      (SELECT 1 FROM clause c WHERE c.document_id = d.id AND c.version = d.version AND c.ref = '${clause}')`);
});

const asset = async (n) => (await ada.get('/assets?mine=true&limit=100')).body.items[n];
const content = async (n, over = {}) =>
  vulnerabilityContent(ada, { clauses: [clause], asset_id: (await asset(n)).id, overlap_reason: undefined, ...over });

async function overlaps(client, query) {
  const answer = await client.get(`/overlaps?${new URLSearchParams(query)}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

/** Asked for, and approved for that many days. */
async function active(n, over = {}) {
  const sent = await submit(ada, await draft(ada, await content(n, over)));
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  const done = await decide(sam, await find(sam, sent.body));
  assert.equal(done.status, 200, JSON.stringify(done.body));
  return done.body;
}

// M-30
test('what already covers the clause and the asset is told, and who may use it', async () => {
  const { id } = await asset(0);
  const query = { document: 'VM-02', clauses: clause, asset: id };
  assert.deepEqual((await overlaps(ada, query)).items, []);
  const waiting = await submit(ada, await draft(ada, await content(0)));
  const told = await overlaps(elsa, query);
  assert.equal(told.items[0].number, waiting.body.number);
  assert.deepEqual(
    [told.items[0].status, told.items[0].match, told.items[0].may_join, told.items[0].mine],
    ['in_review', 'asset', false, false],
  );
  assert.equal(told.items[0].until, day(ada, 60));
  assert.equal(told.reason_owed, false, 'it is not decided yet');
  const twins = await overlaps(ada, query);
  assert.deepEqual(twins.items, [], 'own ones that wait stand beside');
  assert.deepEqual(twins.own.map((o) => o.number), [waiting.body.number], 'you already asked');

  const done = await decide(sam, await find(sam, waiting.body), { expires_on: day(sam, 20) });
  assert.equal(done.status, 200);
  const [item] = (await overlaps(ada, query)).items;
  assert.deepEqual(
    [item.number, item.status, item.until, item.may_join, item.mine, item.owes_reason],
    [done.body.number, 'expiring', day(ada, 20), true, true, true],
  );
  assert.equal((await overlaps(ada, query)).reason_owed, true);
  assert.deepEqual((await overlaps(ada, { ...query, clauses: '4.1' })).items.filter((o) => o.number === item.number), []);
  assert.deepEqual((await overlaps(ada, { document: 'VM-02', clauses: 'no,such' })).items, []);
});

// M-30: the server holds the request to it, however it comes
test('a second one for the same asset owes its reason when it is sent', async () => {
  const first = await active(1);
  const d = await draft(ada, await content(1));
  assert.deepEqual(d.faults.map((f) => f.pointer), ['/content/overlap_reason'], 'told when it is saved');
  const refused = await submit(ada, d);
  assert.equal(refused.status, 422);
  assert.deepEqual(pointers(refused), ['/content/overlap_reason']);
  assert.equal(
    refused.body.errors[0].detail,
    `${first.number} already covers this until ${first.expires_on}: say why a second one is needed`,
  );
  const why = 'The first one covers the test bench only.';
  const saved = await ada.put(
    `/exceptions/${d.number}/draft`,
    { content: await content(1, { overlap_reason: why }) },
    { etag: d.etag },
  );
  assert.deepEqual(saved.body.faults, []);
  const sent = await submit(ada, { number: d.number, etag: saved.body.etag });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  assert.equal((await sam.get(`/exceptions/${d.number}`)).body.content.overlap_reason, why, 'the reviewer reads it');
  // another asset is another matter
  assert.equal((await submit(ada, await draft(ada, await content(2)))).status, 200);
});

// M-11: what a person may not know of is told to nobody
test('a confidential exception is no overlap for others', async () => {
  const secret = await active(3, { confidential: true });
  const query = { document: 'VM-02', clauses: clause, asset: (await asset(3)).id };
  assert.deepEqual((await overlaps(elsa, query)).items, []);
  assert.deepEqual((await overlaps(ada, query)).items.map((o) => o.number), [secret.number]);
});

test('an open request can ask for itself, and only those who see it in full', async () => {
  const d = await draft(ada, await content(1, { overlap_reason: 'Another bench.' }));
  const own = await overlaps(ada, { exception: d.number });
  assert.ok(own.items.length > 0 && own.items.every((o) => o.number !== d.number));
  assert.equal((await elsa.get(`/overlaps?exception=${d.number}`)).status, 404);
  const sent = await submit(ada, d);
  assert.equal((await elsa.get(`/overlaps?exception=${sent.body.number}`)).status, 403);
  assert.equal((await ada.get('/overlaps?asset=none')).status, 422);
});

// M-30: a similar request starts from the earlier one
test('a copy begins with everything but the days', async () => {
  const x = await submitted(ada, { impact_if_denied: 'Nights without terminals.' });
  const copy = await ada.post('/exceptions', { procedure: 'SEC-PROC-009', copy_of: x.number });
  assert.equal(copy.status, 201, JSON.stringify(copy.body));
  assert.equal(copy.body.copied_from, x.number);
  assert.equal(copy.body.status, 'draft');
  const { requested_until, fix_on, overlap_reason, ...kept } = (await ada.get(`/exceptions/${x.number}`)).body.content;
  assert.ok(requested_until && fix_on && overlap_reason);
  assert.deepEqual(copy.body.content, kept);
  assert.equal(copy.body.title, x.title);
  assert.ok(copy.body.faults.some((f) => f.pointer === '/content/requested_until'));
  const [event] = (await ada.get(`/exceptions/${copy.body.number}/history`)).body.items;
  assert.equal(event.detail, `copied from ${x.number}`);
  assert.equal((await ada.post('/exceptions', { procedure: 'SEC-PROC-009' })).body.copied_from, null);
});

test('only what one reads in full, under the same procedure, can be copied', async () => {
  const x = await submitted(ada);
  const refused = async (client, body) => {
    const answer = await client.post('/exceptions', body);
    assert.equal(answer.status, 422, JSON.stringify(answer.body));
    assert.deepEqual(pointers(answer), ['/copy_of']);
  };
  await refused(elsa, { procedure: 'SEC-PROC-009', copy_of: x.number });
  await refused(ada, { procedure: 'SEC-PROC-009', copy_of: 'EX-2020-00001' });
  await refused(ada, { procedure: 'SEC-PROC-009', copy_of: 'nonsense' });
  await refused(ada, { procedure: 'POL-EXC-001', copy_of: x.number });
  const d = await draft(ada, await vulnerabilityContent(ada));
  await refused(sam, { procedure: 'SEC-PROC-009', copy_of: d.number });
});
