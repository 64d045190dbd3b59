// Asking for an exception under SEC-PROC-009: what is owed, who may ask,
// what happens to a draft.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { day, draft, pointers, signIn, submit, submitted, vulnerabilityContent } from '../support/api.mjs';

let ada;
let sam;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
});

// V-01, V-02
test('the procedure shows its identity, and the request its procedure and version', async () => {
  const p = await ada.get('/procedures/SEC-PROC-009');
  assert.equal(p.status, 200);
  assert.equal(p.body.number, 'SEC-PROC-009');
  assert.equal(p.body.parent, 'Security Procedures');
  assert.equal(p.body.type, 'vulnerability_sla');
  const made = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' });
  assert.equal(made.body.procedure_key, 'SEC-PROC-009');
  assert.equal(made.body.procedure_version, p.body.version);
  const other = await ada.get('/procedures/POL-EXC-001');
  const fields = (x) => x.body.form.sections?.flatMap((s) => s.fields.map((f) => f.key ?? f.field)) ?? x.body.form.flatMap((s) => s.fields.map((f) => f.key ?? f.field));
  assert.ok(fields(p).includes('vulnerability'));
  assert.ok(!fields(other).includes('vulnerability'), 'the other form does not ask for a vulnerability');
});

// P-01: numbers are unique and never reused, whatever happens to the request
test('each draft gets a number of its own', async () => {
  const a = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' });
  const b = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' });
  assert.match(a.body.number, /^EX-\d{4}-\d{5,}$/);
  assert.notEqual(a.body.number, b.body.number);
});

// one row a requirement: what is taken away, and which field must be named
const owed = [
  ['V-03', { vulnerability: undefined }, '/content/vulnerability'],
  ['V-03', { vulnerability: { title: 'x', severity: 'high', detected_on: '2026-01-01' } }, '/content/vulnerability/identifier'],
  ['V-05', { sla_reason: ' ' }, '/content/sla_reason'],
  ['V-09', { justification: '' }, '/content/justification'],
  ['V-09', { justification: 'because' }, '/content/justification'],
  ['V-10', { risk: undefined }, '/content/risk'],
  ['V-10', { risk: { description: 'x', consequence: 'y', likelihood: 3, impact: 3, impact_after: 2 } }, '/content/risk/likelihood_after'],
  ['V-11', { controls: [] }, '/content/controls'],
  ['V-11', { controls: [{ description: 'A network of its own', state: 'in_place' }] }, '/content/controls/0/owner'],
  ['P-03', { circumstances: undefined }, '/content/circumstances'],
  ['P-07', { cause: undefined }, '/content/cause'],
  ['P-02', { clauses: [] }, '/content/clauses'],
  ['P-02', { clauses: ['99.99'] }, '/content/clauses/0'],
  ['M-15', { requested_until: undefined }, '/content/requested_until'],
  ['rule 1', { requested_until: '2020-01-01' }, '/content/requested_until'],
  ['rule 1', { requested_until: '9999-12-31' }, '/content/requested_until'],
];
test('a request cannot be sent without what it owes, and the field is named', async () => {
  for (const [id, over, pointer] of owed) {
    const d = await draft(ada, await vulnerabilityContent(ada, over));
    const answer = await submit(ada, d);
    assert.equal(answer.status, 422, `${id} ${pointer}: ${JSON.stringify(answer.body)}`);
    assert.ok(pointers(answer).includes(pointer), `${id} ${pointer}: ${pointers(answer)}`);
    assert.ok(d.faults.some((f) => f.pointer === pointer), `${id}: the draft says so already`);
    assert.deepEqual((await ada.get(`/exceptions/${d.number}`)).body.faults, d.faults, `${id}: and says so again`);
  }
});

// V-11: none is allowed, with the reason
test('no control at all needs the reason why', async () => {
  const content = await vulnerabilityContent(ada, { controls: [], controls_none_reason: 'The terminals have no setting that would help.' });
  const d = await draft(ada, content);
  assert.equal((await submit(ada, d)).status, 200);
});

// all faults at once
test('an empty request names every field it owes in one answer', async () => {
  const made = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' });
  const answer = await submit(ada, { number: made.body.number, etag: made.body.etag });
  assert.equal(answer.status, 422);
  for (const field of ['title', 'document', 'vulnerability', 'justification', 'risk', 'controls', 'requested_until'])
    assert.ok(pointers(answer).includes(`/content/${field}`), field);
});

// V-04, V-05
test('the server computes the SLA day, and says when it is breached', async () => {
  const doc = await ada.get('/documents/VM-02');
  const days = doc.body.sla.find((s) => s.severity === 'high').days;
  const fresh = await submitted(ada);
  assert.equal(fresh.sla_due_on, day(ada, -10 + days));
  assert.equal(fresh.sla_breached_days, null);
  assert.equal(fresh.days_beyond_sla, 60 - (-10 + days));
  const late = await submitted(ada, {
    vulnerability: { identifier: 'CVE-2026-10002', title: 'Old one', severity: 'high', detected_on: day(ada, -days - 5) },
  });
  assert.equal(late.sla_breached_days, 5);
});

// V-07: only the recorded owner of the asset
test('somebody who does not own the asset cannot ask for it', async () => {
  const omar = await signIn('omar.haddad');
  const content = await vulnerabilityContent(ada);
  const d = await draft(omar, content);
  const answer = await submit(omar, d);
  assert.equal(answer.status, 403);
  assert.match(answer.body.detail, /owner of the asset/);
});

// V-13 rule 8: the screen only mirrors what the server allows
test('a deciding action has no way through the steps', async () => {
  const x = await submitted(ada);
  const answer = await sam.post(`/exceptions/${x.number}/steps`, { action: 'approve' }, { etag: x.etag });
  assert.equal(answer.status, 422);
});

test('a draft belongs to its requester only', async () => {
  const made = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' });
  assert.equal((await sam.get(`/exceptions/${made.body.number}`)).status, 404);
});

// V-23
test('each record shows its steps, who must act and what is expected', async () => {
  const x = await submitted(ada);
  assert.deepEqual(x.path.map((s) => s.index), x.path.map((_, i) => i + 1));
  const now = x.path.find((s) => s.state === 'now');
  assert.equal(now.who, 'Security Lead');
  assert.ok(now.what.length > 10);
  assert.ok(x.stage.holders.includes('Sam Okafor'));
  const draftPath = (await ada.post('/exceptions', { procedure: 'SEC-PROC-009' })).body.path;
  assert.equal(draftPath[1].who, 'Security Lead', 'a draft says who will decide');
});

test('a stale draft is refused and says who changed it', async () => {
  const content = await vulnerabilityContent(ada);
  const d = await draft(ada, content);
  const first = await ada.put(`/exceptions/${d.number}/draft`, { content }, { etag: d.etag });
  assert.equal(first.status, 200);
  const second = await ada.put(`/exceptions/${d.number}/draft`, { content }, { etag: d.etag });
  assert.equal(second.status, 412);
  assert.equal(second.body.current_etag, first.body.etag);
});

test('a write without If-Match is refused', async () => {
  const made = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' });
  assert.equal((await ada.put(`/exceptions/${made.body.number}/draft`, { content: {} })).status, 428);
});

test('the same key gives the same draft, and another body is refused', async () => {
  const first = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' }, { key: 'same-key-0001' });
  const again = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' }, { key: 'same-key-0001' });
  assert.equal(again.body.number, first.body.number);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  const other = await ada.post('/exceptions', { procedure: 'POL-EXC-001' }, { key: 'same-key-0001' });
  assert.equal(other.status, 422);
});

// bad input: named, nothing lost
const bad = [
  ['unknown field', { colour: 'red' }, '/content/colour'],
  ['too long', { title: 'x'.repeat(201) }, '/content/title'],
  ['not a date', { requested_until: '30.11.2026' }, '/content/requested_until'],
  ['not a code', { cause: 'boredom' }, '/content/cause'],
  ['out of range', { risk: { likelihood: 6 } }, '/content/risk/likelihood'],
  ['wrong type', { clauses: 'all' }, '/content/clauses'],
];
test('a draft with a fault in it names the field and keeps what was saved', async () => {
  const d = await draft(ada, { title: 'kept' });
  for (const [name, content, pointer] of bad) {
    const answer = await ada.put(`/exceptions/${d.number}/draft`, { content }, { etag: d.etag });
    assert.equal(answer.status, 422, name);
    assert.deepEqual(pointers(answer), [pointer], name);
  }
  assert.equal((await ada.get(`/exceptions/${d.number}`)).body.content.title, 'kept');
});

test('what cannot be read is 400 and says where', async () => {
  const d = await draft(ada, { title: 'kept' });
  const path = `/exceptions/${d.number}/draft`;
  for (const raw of ['{', '{"content":{"title":"a","title":"b"}}', '{"content":{"title":"\\u0000"}}', '{"content":{"title":"\\ud800"}}', `{"content":${'['.repeat(40)}${']'.repeat(40)}}`])
    assert.equal((await ada.request('PUT', path, { raw, etag: d.etag })).status, 400, raw.slice(0, 40));
  const bytes = Buffer.concat([Buffer.from('{"content":{"title":"'), Buffer.from([0xff]), Buffer.from('"}}')]);
  assert.equal((await ada.request('PUT', path, { raw: bytes, etag: d.etag })).status, 400, 'not UTF-8');
  const large = await ada.request('PUT', path, { raw: JSON.stringify({ content: { title: 'x'.repeat(70000) } }), etag: d.etag });
  assert.equal(large.status, 413);
});

// C-05's rule as a setting of the procedure is proved in tests/unit/domain/test_form.c
test('withdrawing needs a reason and is final', async () => {
  const x = await submitted(ada);
  const path = `/exceptions/${x.number}/steps`;
  assert.equal((await ada.post(path, { action: 'withdraw' }, { etag: x.etag })).status, 422);
  const gone = await ada.post(path, { action: 'withdraw', reason: 'The patch came early.' }, { etag: x.etag });
  assert.equal(gone.status, 200);
  assert.equal(gone.body.status, 'withdrawn');
  const again = await ada.post(path, { action: 'resubmit', declaration: true }, { etag: gone.body.etag });
  assert.equal(again.status, 409);
});

test('a draft can be discarded, is gone from every list, and its number is not used again', async () => {
  const d = await draft(ada, { title: 'A draft nobody needs' });
  const answer = await ada.post(`/exceptions/${d.number}/steps`, { action: 'discard' }, { etag: d.etag });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.ok(!(await ada.get('/home')).body.drafts.some((r) => r.number === d.number));
  assert.equal((await ada.get(`/exceptions?status=all&q=${d.number}`)).body.items.length, 0);
  assert.equal((await ada.get(`/exceptions?status=withdrawn&q=${d.number}`)).body.items.length, 0);
  assert.equal((await sam.get(`/exceptions/${d.number}`)).status, 404);
  const next = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' });
  assert.notEqual(next.body.number, d.number);
  const sent = await submit(ada, { number: d.number, etag: answer.body.etag });
  assert.equal(sent.status, 409, 'it stays discarded');
});
