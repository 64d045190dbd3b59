// Who takes part in an exception: stakeholders who take note, experts,
// watchers; what each sees and is told.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { day, decide, draft, find, pointers, signIn, submitted, vulnerabilityContent } from '../support/api.mjs';
import { idOf } from '../faults/traces.mjs';
import { sql } from '../support/servers.mjs';

let ada;
let sam;
let ivy;
let elsa;
let noor;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
  ivy = await signIn('ivy.chen');
  elsa = await signIn('elsa.lind');
  noor = await signIn('noor.suzuki');
});

const add = (client, x, body) => client.post(`/exceptions/${x.number}/stakeholders`, body);
const list = async (client, x) => (await client.get(`/exceptions/${x.number}/stakeholders`)).body;
const end = (client, x, uid) => client.request('DELETE', `/exceptions/${x.number}/stakeholders/${uid}`);
const told = (x, kind) =>
  sql(`SELECT p.uid FROM outbox o JOIN person p ON p.id = o.person_id WHERE o.exception_id = ${idOf(x.number)} AND o.kind = '${kind}'`)
    .flat()
    .sort();
const detail = (x, kind, uid) =>
  sql(`SELECT o.detail FROM outbox o JOIN person p ON p.id = o.person_id
    WHERE o.exception_id = ${idOf(x.number)} AND o.kind = '${kind}' AND p.uid = '${uid}'`)[0][0];

const alternatives = [{ description: 'Replace the terminals now', verdict: 'not_practical', reason: 'They are certified as a whole.' }];

test('P-08: a stakeholder is told why, what mitigates and which alternatives there were, and takes note', async () => {
  const x = await submitted(ada, { alternatives });
  const added = await add(ada, x, { uid: 'elsa.lind' });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  assert.equal(added.body.waiting, 1);
  assert.deepEqual(told(x, 'stakeholder'), ['elsa.lind']);
  const text = detail(x, 'stakeholder', 'elsa.lind');
  assert.match(text, /Why it is asked for:\\nThe terminals are certified/);
  assert.match(text, /What reduces the risk:\\n1\. Terminals are in a network of their own \(in place\)/);
  assert.match(text, /Alternatives considered:\\n1\. Replace the terminals now \(not practical: They are certified as a whole\.\)/);

  const waiting = (await elsa.get('/home')).body.to_acknowledge.find((a) => a.number === x.number);
  assert.deepEqual([waiting.title, waiting.added_by], [x.title, 'Ada Marsh']);
  const seen = (await elsa.get(`/exceptions/${x.number}`)).body;
  assert.equal(seen.redacted, false, 'they read all of it');
  assert.equal((await list(elsa, x)).to_acknowledge, true);

  const before = (await ada.get(`/exceptions/${x.number}`)).body.etag;
  const done = await elsa.post(`/exceptions/${x.number}/acknowledgement`);
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.to_acknowledge, false);
  assert.equal((await elsa.post(`/exceptions/${x.number}/acknowledgement`)).status, 200, 'twice is once');
  assert.ok(!(await elsa.get('/home')).body.to_acknowledge.some((a) => a.number === x.number));
  assert.equal((await ada.get(`/exceptions/${x.number}`)).body.etag, before, 'no version moves');
  const acts = (await ada.get(`/exceptions/${x.number}/history`)).body.items.map((e) => e.action);
  assert.deepEqual(acts.slice(0, 2), ['talk.acknowledge', 'talk.stakeholder']);
});

test('P-08: the report names who has not taken note, to those whose business it is', async () => {
  const x = await submitted(ada);
  await add(ada, x, { uid: 'elsa.lind' });
  await add(sam, x, { uid: 'noor.suzuki' });
  await elsa.post(`/exceptions/${x.number}/acknowledgement`);
  for (const client of [ada, sam, ivy]) {
    const report = await list(client, x);
    assert.equal(report.shows_acknowledgements, true);
    assert.equal(report.waiting, 1);
    assert.deepEqual(report.items.map((i) => [i.uid, i.acknowledged_at !== null]), [['elsa.lind', true], ['noor.suzuki', false]]);
  }
  const other = await list(noor, x);
  assert.equal(other.shows_acknowledgements, false);
  assert.equal(other.waiting, null);
  assert.ok(other.items.every((i) => i.acknowledged_at === null));
  assert.deepEqual([other.may_add, other.may_add_expert], [false, false]);
});

test('P-08: a department is its people and those of the units below, each told once', async () => {
  const x = await submitted(ada);
  const [[code, people]] = sql(`SELECT u.code, COUNT(*) FROM unit u JOIN unit_closure c ON c.ancestor_id = u.id JOIN person p ON p.unit_id = c.unit_id
    WHERE EXISTS (SELECT 1 FROM unit k WHERE k.parent_id = u.id)
      AND NOT EXISTS (SELECT 1 FROM unit_closure k JOIN person q ON q.unit_id = k.unit_id WHERE k.ancestor_id = u.id AND q.uid = 'ada.marsh')
    GROUP BY u.id HAVING COUNT(*) BETWEEN 3 AND 200 ORDER BY COUNT(*) LIMIT 1`);
  const first = sql(`SELECT p.uid FROM unit u JOIN unit_closure c ON c.ancestor_id = u.id JOIN person p ON p.unit_id = c.unit_id WHERE u.code = '${code}' ORDER BY p.id LIMIT 1`)[0][0];
  assert.equal((await add(ada, x, { uid: first })).status, 201);
  const added = await add(ada, x, { unit: code });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  assert.equal(added.body.items.length, Number(people));
  assert.equal(added.body.items.filter((i) => i.via === code).length, Number(people) - 1, 'who was there by name stays so');
  assert.equal(told(x, 'stakeholder').length, Number(people), 'one row of the outbox a person');
  assert.equal(new Set(told(x, 'stakeholder')).size, Number(people));
  await add(ada, x, { unit: code });
  assert.equal(told(x, 'stakeholder').length, Number(people), 'and no second one');
});

test('P-08: what cannot be added says which field and why', async () => {
  const x = await submitted(ada);
  const large = sql(`SELECT u.code FROM unit u JOIN unit_closure c ON c.ancestor_id = u.id JOIN person p ON p.unit_id = c.unit_id
    GROUP BY u.id HAVING COUNT(*) > 200 LIMIT 1`)[0]?.[0];
  const rows = [
    [{}, '/uid'],
    [{ uid: 'elsa.lind', unit: 'IT' }, '/uid'],
    [{ uid: 'nobody.here' }, '/uid'],
    [{ uid: 'ada.marsh' }, '/uid'],
    [{ unit: 'NOWHERE' }, '/unit'],
    [{ unit: 'IT', part: 'expert' }, '/unit'],
    [{ uid: 'elsa.lind', part: 'watcher' }, '/part'],
    ...(large ? [[{ unit: large }, '/unit']] : []),
  ];
  for (const [body, pointer] of rows) {
    const answer = await add(sam, x, body);
    assert.equal(answer.status, 422, JSON.stringify(body));
    assert.deepEqual(pointers(answer), [pointer], JSON.stringify(body));
  }
  assert.deepEqual((await list(ada, x)).items, [], 'nothing was half done');
});

test('P-08: who may add: requester and those who decide now, from the submission on', async () => {
  const d = await draft(ada, await vulnerabilityContent(ada));
  assert.equal((await add(ada, d, { uid: 'elsa.lind' })).status, 409);
  assert.match((await list(ada, d)).add_reason, /^Send the request first/);
  const x = await submitted(ada);
  assert.equal((await add(ivy, x, { uid: 'elsa.lind' })).status, 403, 'an auditor changes nothing');
  assert.equal((await add(elsa, x, { uid: 'elsa.lind' })).status, 403, 'nobody gives themselves sight');
  assert.equal((await add(sam, x, { uid: 'elsa.lind' })).status, 201);
  assert.equal((await add(elsa, x, { uid: 'noor.suzuki' })).status, 403, 'a stakeholder adds nobody');
  const gone = await decide(sam, await find(sam, x), { verdict: 'deny', expires_on: undefined });
  assert.equal(gone.status, 200);
  assert.equal((await add(ada, x, { uid: 'noor.suzuki' })).status, 409);
  const refusals = await ivy.get(`/audit-events?object=${x.number}&result=refused`);
  assert.ok(refusals.body.items.some((e) => e.action === 'talk.stakeholder'), 'a refusal leaves its trace');
});

// C-07, rule 8
test('P-08: a confidential exception is seen by its stakeholders, as long as they are', async () => {
  const x = await submitted(ada, { confidential: true });
  const at = `/exceptions/${x.number}`;
  assert.equal((await elsa.get(at)).status, 404);
  assert.equal((await elsa.post(`${at}/watch`)).status, 404);
  assert.equal((await elsa.post(`${at}/acknowledgement`)).status, 404);
  await add(ada, x, { uid: 'elsa.lind' });
  assert.equal((await elsa.get(at)).status, 200);
  assert.equal((await elsa.get(`${at}/history`)).status, 200);
  assert.equal((await noor.get(at)).status, 404, 'and by nobody else');
  assert.doesNotMatch(detail(x, 'stakeholder', 'elsa.lind'), /certified/, 'a mail carries nothing that is confidential');
  assert.equal((await elsa.post(`${at}/comments`, { text: 'Noted.' })).status, 201);
  const seen = (await elsa.get(at)).body;
  assert.ok(seen.allowed_actions.every((a) => !a.allowed), 'they read it and decide nothing');
  assert.equal((await end(elsa, x, 'elsa.lind')).status, 403);
  assert.equal((await end(ada, x, 'elsa.lind')).status, 204);
  assert.equal((await end(ada, x, 'elsa.lind')).status, 404);
  assert.equal((await elsa.get(at)).status, 404);
  assert.deepEqual((await elsa.get('/home')).body.to_acknowledge.filter((a) => a.number === x.number), []);
  await add(ada, x, { uid: 'elsa.lind' });
  assert.equal(told(x, 'stakeholder').length, 2, 'who begins anew is told anew');
  assert.equal((await list(ada, x)).items[0].acknowledged_at, null);
});

test('C-07: an expert is asked by who decides, sees that request only, and signs an opinion', async () => {
  const x = await submitted(ada, { confidential: true });
  const other = await submitted(ada, { confidential: true });
  assert.equal((await add(ada, x, { uid: 'noor.suzuki', part: 'expert' })).status, 403, 'not by the requester');
  assert.match((await list(ada, x)).expert_reason, /Only those who act/);
  const added = await add(sam, x, { uid: 'noor.suzuki', part: 'expert' });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  assert.equal(added.body.waiting, 0, 'an expert owes an opinion, not an acknowledgement');
  assert.deepEqual(told(x, 'expert'), ['noor.suzuki']);
  assert.equal((await noor.get(`/exceptions/${x.number}`)).body.content.title, x.title);
  assert.equal((await noor.get(`/exceptions/${other.number}`)).status, 404);
  assert.equal((await noor.post(`/exceptions/${x.number}/acknowledgement`)).status, 403);
  assert.equal((await noor.post(`/exceptions/${x.number}/comments`, { text: 'The network plan holds.' })).status, 201);
  const [said] = (await ada.get(`/exceptions/${x.number}/comments`)).body.items;
  assert.deepEqual([said.author, said.expert, said.text], ['Noor Suzuki', true, 'The network plan holds.']);
});

test('M-18: stakeholders are told the decision with its conditions, watchers that there is one', async () => {
  const x = await find(sam, await submitted(ada));
  await add(ada, x, { uid: 'elsa.lind' });
  const watch = `/exceptions/${x.number}/watch`;
  assert.equal((await noor.post(watch)).status, 204);
  assert.equal((await noor.post(watch)).status, 204);
  assert.equal((await noor.get(`/exceptions/${x.number}`)).body.watching, true);
  const conditions = Array.from({ length: 20 }, (_, i) => ({ text: `Condition ${i + 1} ${'x'.repeat(900)}`, owner: 'Ada Marsh' }));
  assert.equal((await decide(sam, x, { expires_on: day(sam, 30), conditions })).status, 200);
  assert.deepEqual(told(x, 'approved'), ['ada.marsh', 'elsa.lind', 'noor.suzuki']);
  for (const uid of ['ada.marsh', 'elsa.lind']) assert.match(detail(x, 'approved', uid), /20\. Condition 20 x+ \(Ada Marsh\)$/, `${uid} reads all of them`);
  assert.equal(detail(x, 'approved', 'noor.suzuki'), 'NULL', 'a watcher who sees the open part only learns no more');
});

test('watchers hear of comments when they may read them, and no longer once they stop', async () => {
  const x = await submitted(ada);
  const watch = `/exceptions/${x.number}/watch`;
  for (const client of [ivy, noor]) assert.equal((await client.post(watch)).status, 204);
  await sam.post(`/exceptions/${x.number}/comments`, { text: 'One.' });
  assert.deepEqual(told(x, 'commented'), ['ada.marsh', 'ivy.chen'], 'noor could not read it');
  assert.equal((await ivy.request('DELETE', watch)).status, 204);
  assert.equal((await ivy.request('DELETE', watch)).status, 404);
  assert.equal((await ivy.get(`/exceptions/${x.number}`)).body.watching, false);
  await sam.post(`/exceptions/${x.number}/comments`, { text: 'Two.' });
  assert.equal(told(x, 'commented').filter((uid) => uid === 'ivy.chen').length, 1);
  await decide(sam, x, { verdict: 'return', expires_on: undefined, reason: 'Which wards?' });
  assert.deepEqual(told(x, 'returned'), ['ada.marsh'], 'what goes back is not for who sees the open part');
});

test('a watcher loses sight of what becomes confidential, and hears no more', async () => {
  const x = await submitted(ada);
  await noor.post(`/exceptions/${x.number}/watch`);
  await decide(sam, await find(sam, x), { verdict: 'return', expires_on: undefined, reason: 'Names of patients are in it.' });
  const mine = (await ada.get(`/exceptions/${x.number}`)).body;
  const saved = await ada.put(`/exceptions/${x.number}/draft`, { content: { ...mine.content, confidential: true } }, { etag: mine.etag });
  const sent = await ada.post(`/exceptions/${x.number}/steps`, { action: 'resubmit', declaration: true }, { etag: saved.body.etag });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  assert.equal((await noor.get(`/exceptions/${x.number}`)).status, 404);
  assert.equal((await decide(sam, await find(sam, sent.body))).status, 200);
  assert.deepEqual(told(x, 'approved'), ['ada.marsh']);
  assert.equal((await noor.request('DELETE', `/exceptions/${x.number}/watch`)).status, 204, 'and may stop watching');
});
