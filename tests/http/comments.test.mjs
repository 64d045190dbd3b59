// What is said about an exception: comments that mention people, questions
// that somebody answers, and who is told of it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { day, decide, draft, find, pointers, signIn, submitted, vulnerabilityContent } from '../support/api.mjs';
import { idOf } from '../faults/traces.mjs';
import { sql } from '../support/servers.mjs';

let ada;
let sam;
let ivy;
let elsa;
before(async () => {
  ada = await signIn('ada.marsh'); // asks
  sam = await signIn('sam.okafor'); // Security Lead
  ivy = await signIn('ivy.chen'); // auditor
  elsa = await signIn('elsa.lind'); // staff, a stranger to all of it
});

const say = (client, x, text, over = {}) => client.post(`/exceptions/${x.number}/comments`, { text, ...over });
const read = async (client, x, query = '') => (await client.get(`/exceptions/${x.number}/comments${query}`)).body;

/** uid and kind of each notice about it, in the order of the alphabet. */
const notices = (x, kinds = '') =>
  sql(`SELECT p.uid, o.kind FROM outbox o JOIN person p ON p.id = o.person_id
    WHERE o.exception_id = ${idOf(x.number)} AND o.kind IN (${kinds || "'commented','mentioned','asked','answered'"})`)
    .map((row) => row.join(' '))
    .sort();

// C-20 in part: what is said is kept with the request
test('a comment is read by who reads the exception, and stales nobody', async () => {
  const x = await find(sam, await submitted(ada));
  const made = await say(sam, x, 'Which wards?\nAll of them?');
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal((await say(ada, x, 'Wards 3 to 9.')).status, 201);
  const list = await read(ada, x);
  assert.deepEqual(list.items.map((i) => [i.author, i.kind, i.text, i.mine]), [
    ['Sam Okafor', 'comment', 'Which wards?\nAll of them?', false],
    ['Ada Marsh', 'comment', 'Wards 3 to 9.', true],
  ]);
  assert.deepEqual(notices(x), ['ada.marsh commented'], 'nobody is told of what they said themselves');
  const now = (await sam.get(`/exceptions/${x.number}`)).body;
  assert.equal(now.etag, x.etag, 'neither version has moved');
  assert.equal((await decide(sam, x)).status, 200, 'and the decision on what was read holds');
});

test('who changed it is named in a conflict, not who talked about it', async () => {
  const d = await draft(ada, await vulnerabilityContent(ada));
  await say(ada, d, 'Not sent yet.');
  const x = await find(sam, await submitted(ada));
  const back = await decide(sam, x, { verdict: 'return', expires_on: undefined });
  await say(ada, x, 'Working on it.');
  const stale = await ada.put(`/exceptions/${x.number}/draft`, { content: x.content }, { etag: x.etag });
  assert.equal(back.status, 200);
  assert.equal(stale.status, 412);
  assert.equal(stale.body.changed_by, 'Sam Okafor');
});

test('a comment sent twice with its key is one comment', async () => {
  const x = await submitted(ada);
  for (const _ of [1, 2]) assert.equal((await say(sam, x, 'Once.', {})).status, 201);
  const body = { text: 'Twice?' };
  const first = await sam.post(`/exceptions/${x.number}/comments`, body, { key: `c-${x.number}` });
  const again = await sam.post(`/exceptions/${x.number}/comments`, body, { key: `c-${x.number}` });
  assert.deepEqual(again.body, first.body);
  assert.equal((await read(sam, x)).items.length, 3);
});

// M-11, rule 8: deny by default
test('a stranger reads no comment; of a confidential exception they learn nothing', async () => {
  const open = await submitted(ada);
  const closed = await submitted(ada, { confidential: true });
  for (const [x, status] of [[open, 403], [closed, 404]]) {
    assert.equal((await elsa.get(`/exceptions/${x.number}/comments`)).status, status);
    assert.equal((await say(elsa, x, 'Hello')).status, status);
    assert.equal((await elsa.get(`/exceptions/${x.number}/stakeholders`)).status, status);
  }
  const d = await draft(ada, await vulnerabilityContent(ada));
  for (const client of [sam, ivy, elsa]) assert.equal((await client.get(`/exceptions/${d.number}/comments`)).status, 404);
});

test('text is owed, bounded and without control characters', async () => {
  const x = await submitted(ada);
  for (const text of [undefined, ' ', 'x'.repeat(4001), 'a\u0007b', 'a\u202eb']) {
    const answer = await say(sam, x, text);
    assert.equal(answer.status, 422, JSON.stringify(text));
    assert.deepEqual(pointers(answer), ['/text']);
  }
  assert.deepEqual(pointers(await say(sam, x, 'Yes.', { kind: 'answer' })), ['/kind']);
  assert.deepEqual((await read(sam, x)).items, [], 'nothing was half done');
});

test('who is mentioned is told once, and only who may see it can be', async () => {
  const x = await submitted(ada);
  const sent = await say(ada, x, 'Please look, @sam.okafor. Mail me at ada@harbourvale.example, @Sam.Okafor and @ivy.chen!');
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  assert.deepEqual((await read(sam, x)).items[0].mentions, ['sam.okafor', 'ivy.chen']);
  assert.deepEqual(notices(x), ['ivy.chen mentioned', 'sam.okafor mentioned']);
  const [[detail]] = sql(`SELECT detail FROM outbox WHERE kind = 'mentioned' AND exception_id = ${idOf(x.number)} LIMIT 1`);
  assert.equal(detail, 'Ada Marsh', 'the notice says who, and not what');
  const home = (await sam.get('/home')).body.notices[0];
  assert.deepEqual([home.kind, home.number, home.detail], ['mentioned', x.number, 'Ada Marsh']);

  const refused = await say(ada, x, 'What do you think, @elsa.lind and @nobody.here?');
  assert.equal(refused.status, 422);
  const told = refused.body.errors.map((e) => e.detail);
  assert.equal(told.length, 2, 'all at once');
  assert.match(told[0], /Elsa Lind \(@elsa\.lind\), who cannot see this exception; add them as a stakeholder first/);
  assert.match(told[1], /@nobody\.here, whom the register does not know/);
  assert.equal((await read(ada, x)).items.length, 1, 'and nothing was said');
  assert.equal((await ada.post(`/exceptions/${x.number}/stakeholders`, { uid: 'elsa.lind' })).status, 201);
  assert.equal((await say(ada, x, 'What do you think, @elsa.lind?')).status, 201);
  const many = Array.from({ length: 11 }, (_, i) => `@someone.${i}`).join(' ');
  assert.match((await say(ada, x, many)).body.errors[0].detail, /more than 10/);
});

test('a mention follows roles and their scopes: a draft and a confidential request are for few', async () => {
  const d = await draft(ada, await vulnerabilityContent(ada));
  const early = await say(ada, d, '@sam.okafor, look');
  assert.match(early.body.errors[0].detail, /cannot see a draft; ask a question instead/);
  const x = await submitted(ada, { confidential: true });
  assert.equal((await say(ada, x, '@sam.okafor and @ivy.chen')).status, 201, 'who decides, and an auditor of all');
  const leader = sql(`SELECT p.uid FROM role_mapping m JOIN role_holder h ON h.mapping_id = m.id JOIN person p ON p.id = h.person_id
    WHERE m.role = 'leader' AND p.id NOT IN (SELECT h2.person_id FROM role_holder h2 JOIN role_mapping m2 ON m2.id = h2.mapping_id
      WHERE m2.role IN ('security_lead', 'exception_approver', 'auditor')) LIMIT 1`)[0][0];
  assert.equal((await say(ada, x, `@${leader}`)).status, 422, 'a leader does not read what is confidential');
  assert.equal((await say(ada, await submitted(ada), `@${leader}`)).status, 201, 'and does read what is open');
});

test('the author takes a comment back while the request is open; that there was one stays', async () => {
  const x = await submitted(ada);
  const { id } = (await say(sam, x, 'A secret, @ivy.chen')).body;
  assert.equal((await ada.request('DELETE', `/exceptions/${x.number}/comments/${id}`)).status, 404, 'not another one’s');
  const other = await submitted(ada);
  assert.equal((await sam.request('DELETE', `/exceptions/${other.number}/comments/${id}`)).status, 404, 'nor through another exception');
  assert.equal((await sam.request('DELETE', `/exceptions/${x.number}/comments/${id}`)).status, 204);
  assert.equal((await sam.request('DELETE', `/exceptions/${x.number}/comments/${id}`)).status, 404);
  const [kept] = (await read(ada, x)).items;
  assert.equal(kept.text, null);
  assert.deepEqual(kept.mentions, []);
  assert.equal(kept.author, 'Sam Okafor');
  assert.ok(kept.retracted_at);
  const history = await ada.get(`/exceptions/${x.number}/history`);
  assert.deepEqual(history.body.items.slice(0, 2).map((e) => e.action), ['talk.retract', 'talk.comment']);

  const late = (await say(sam, x, 'In the file')).body.id;
  assert.equal((await decide(sam, await find(sam, x))).status, 200);
  assert.equal((await sam.request('DELETE', `/exceptions/${x.number}/comments/${late}`)).status, 409);
  assert.equal((await read(ada, x)).items.at(-1).may_retract, false);
});

test('the latest comments come first, and each page in the order they were said', async () => {
  const x = await submitted(ada);
  for (let i = 1; i <= 5; i++) await say(ada, x, `Number ${i}`);
  const last = await read(sam, x, '?limit=2');
  assert.deepEqual(last.items.map((i) => i.text), ['Number 4', 'Number 5']);
  const before = await read(sam, x, `?limit=2&cursor=${last.next_cursor}`);
  assert.deepEqual(before.items.map((i) => i.text), ['Number 2', 'Number 3']);
  const first = await read(sam, x, `?limit=2&cursor=${before.next_cursor}`);
  assert.deepEqual(first.items.map((i) => i.text), ['Number 1']);
  assert.equal(first.next_cursor, null);
  const foreign = await sam.get(`/exceptions/${x.number}/comments?cursor=${(await sam.get('/queue?limit=1')).body.next_cursor}`);
  assert.equal(foreign.status, 422);
});

const asked = async (client, number) => {
  const found = [];
  for (let cursor = ''; cursor !== null; ) {
    const page = (await client.get(`/questions?limit=100${cursor && `&cursor=${cursor}`}`)).body;
    found.push(...page.items.filter((q) => q.number === number));
    cursor = page.next_cursor;
  }
  return found;
};

test('C-20: a question on a draft reaches who decides first; the answer is in the file', async () => {
  const content = await vulnerabilityContent(ada);
  const d = await draft(ada, content);
  const list = await read(ada, d);
  assert.deepEqual([list.may_ask, list.asks_title], [true, 'Security Lead']);
  assert.equal((await say(ada, d, 'Does VM-02 apply to test systems?', { kind: 'question' })).status, 201);
  const leads = sql(`SELECT DISTINCT p.uid FROM role_mapping m JOIN role_holder h ON h.mapping_id = m.id JOIN person p ON p.id = h.person_id
    WHERE m.role = 'security_lead' AND m.ended_at IS NULL`).flat();
  assert.ok(leads.includes('sam.okafor'));
  assert.deepEqual(notices(d, "'asked'"), leads.sort().map((uid) => `${uid} asked`), 'all who may answer are told, once');

  const [q] = await asked(sam, d.number);
  assert.deepEqual(Object.keys(q).sort(), ['asked_by', 'at', 'draft', 'id', 'number', 'procedure_number', 'procedure_title', 'text', 'title'], 'nothing else of the draft');
  assert.deepEqual([q.title, q.draft, q.procedure_number, q.asked_by, q.text], [content.title, true, 'SEC-PROC-009', 'Ada Marsh', 'Does VM-02 apply to test systems?']);
  assert.equal((await sam.get(`/exceptions/${d.number}`)).status, 404, 'the draft itself stays its requester’s');
  assert.equal((await ivy.get('/questions')).status, 403, 'an auditor answers nothing');
  assert.equal((await ada.post(`/questions/${q.id}/answer`, { text: 'Yes.' })).status, 403);

  const answer = await sam.post(`/questions/${q.id}/answer`, { text: 'It does, unless the system is never on the network.' });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.equal((await sam.post(`/questions/${q.id}/answer`, { text: 'Again' })).status, 404, 'the first answer counts');
  assert.deepEqual(await asked(sam, d.number), []);
  assert.deepEqual(notices(d, "'answered'"), ['ada.marsh answered']);
  assert.deepEqual(notices(d, "'commented'"), []);

  const sent = await ada.post(`/exceptions/${d.number}/steps`, { action: 'submit', declaration: true }, { etag: d.etag });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  const file = (await ivy.get(`/exceptions/${d.number}/comments`)).body.items;
  assert.deepEqual(file.map((i) => [i.kind, i.author, i.waits]), [['question', 'Ada Marsh', false], ['answer', 'Sam Okafor', false]]);
  assert.equal(file[1].in_reply_to, file[0].id);
});

test('C-20: under 3502 the question goes to the security management branch', async () => {
  const { number } = (await ada.post('/exceptions', { procedure: '3502' })).body;
  const [[title]] = sql("SELECT title FROM role WHERE role = 'smb'");
  assert.equal((await read(ada, { number })).asks_title, title);
  assert.equal((await say(ada, { number }, 'Is a change of the standard not enough?', { kind: 'question' })).status, 201);
  const holders = sql(`SELECT DISTINCT p.uid FROM role_mapping m JOIN role_holder h ON h.mapping_id = m.id JOIN person p ON p.id = h.person_id
    WHERE m.role = 'smb' AND m.ended_at IS NULL`).flat();
  assert.deepEqual(notices({ number }, "'asked'"), holders.sort().map((uid) => `${uid} asked`));
  const smb = await signIn(holders[0]);
  const [q] = await asked(smb, number);
  assert.equal(q.procedure_number, '3502');
  assert.equal((await smb.post(`/questions/${q.id}/answer`, { text: 'It is; ask the owner of the standard.' })).status, 201);
  assert.deepEqual(await asked(sam, number), []);
});

test('C-20: who may answer sees it on the page too; who may not ask is told why', async () => {
  const x = await submitted(ada);
  assert.equal((await say(sam, x, 'May I?', { kind: 'question' })).status, 403);
  assert.match((await read(sam, x)).ask_reason, /Only the requester/);
  await say(ada, x, 'Is a year possible?', { kind: 'question' });
  const [q] = (await read(sam, x)).items;
  assert.deepEqual([q.waits, q.may_answer, q.asks_title], [true, true, 'Security Lead']);
  assert.equal((await read(ivy, x)).items[0].may_answer, false);
  assert.equal((await read(ada, x)).items[0].may_answer, false);
  const total = (await sam.get('/questions?limit=1')).body.total;
  assert.ok(total >= 1);
  assert.equal((await ada.request('DELETE', `/exceptions/${x.number}/comments/${q.id}`)).status, 204);
  assert.deepEqual(await asked(sam, x.number), [], 'a question that is taken back waits no longer');
  assert.equal((await sam.get('/questions?limit=1')).body.total, total - 1);
  await decide(sam, await find(sam, x), { expires_on: day(sam, 30) });
  assert.equal((await say(ada, x, 'And now?', { kind: 'question' })).status, 409);
});

test('V-20: who holds the role by name, or acts for who does, is asked, answers and can be mentioned', async () => {
  const uids = ['marek.andersson', 'hugo.nakamura'];
  const tom = await signIn('tom.reyes');
  const x = await submitted(ada, { confidential: true });
  for (const uid of uids) assert.equal((await say(ada, x, `@${uid}`)).status, 422, `${uid} holds nothing yet`);
  const named = await tom.post('/designations', { person: uids[0], role: 'security_lead', from_on: day(tom, 0), until_on: day(tom, 3) });
  assert.equal(named.status, 201, JSON.stringify(named.body));
  const acts = await sam.post('/me/delegations', { to: uids[1], from_on: day(sam, 0), until_on: day(sam, 3) });
  assert.equal(acts.status, 201, JSON.stringify(acts.body));
  try {
    const marek = await signIn(uids[0]);
    assert.equal((await say(ada, x, `@${uids[0]} and @${uids[1]}`)).status, 201);
    assert.equal((await marek.post(`/exceptions/${x.number}/watch`)).status, 204);
    await say(sam, x, 'Noted.');
    const d = await draft(ada, await vulnerabilityContent(ada));
    await say(ada, d, 'Does it apply?', { kind: 'question' });
    assert.deepEqual(notices(d, "'asked'").filter((n) => uids.includes(n.split(' ')[0])), [`${uids[1]} asked`, `${uids[0]} asked`]);
    assert.deepEqual(notices(x).filter((n) => n.startsWith(uids[0])), [`${uids[0]} commented`, `${uids[0]} mentioned`]);
    const [q] = await asked(await signIn(uids[1]), d.number);
    assert.equal((await marek.post(`/questions/${q.id}/answer`, { text: 'It does.' })).status, 201);
  } finally {
    sql('DELETE FROM delegation; DELETE FROM designation; UPDATE person SET acts_until = NULL');
  }
  for (const uid of uids) assert.equal((await say(ada, x, `@${uid}`)).status, 422, `${uid} holds nothing any more`);
});

test('C-20: nobody answers their own question', async () => {
  const own = (await sam.get('/queue?limit=100')).body.items.find((r) => r.own);
  const x = (await sam.get(`/exceptions/${own.number}`)).body;
  assert.equal((await say(sam, x, 'Does it?', { kind: 'question' })).status, 201);
  assert.deepEqual(await asked(sam, x.number), []);
  const [q] = (await read(sam, x)).items.slice(-1);
  assert.equal(q.may_answer, false);
  assert.equal((await sam.post(`/questions/${q.id}/answer`, { text: 'It does.' })).status, 404);
});

test('colleagues are found by the start of a name, by anybody, ten at most', async () => {
  const found = (await elsa.get('/colleagues?text=sam')).body.items;
  assert.ok(found.some((p) => p.uid === 'sam.okafor' && p.name === 'Sam Okafor' && p.unit));
  assert.ok(found.every((p) => /^sam/i.test(p.name) || /^sam/i.test(p.uid)));
  assert.ok((await elsa.get('/colleagues?text=a')).body.items.length === 10);
  assert.deepEqual((await elsa.get('/colleagues?text=%25')).body.items, [], 'a wildcard is a letter');
  assert.equal((await elsa.get('/colleagues')).status, 422);
});
