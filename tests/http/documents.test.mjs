// Documents are edited by administrators: published versions stay, rules are
// enforced for every way in, and who is not meant does not see them.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { draft, pointers, signIn, submit, vulnerabilityContent } from '../support/api.mjs';

let tom;
let ada;
let ivy;
let sam;
before(async () => {
  tom = await signIn('tom.reyes');
  ada = await signIn('ada.marsh');
  ivy = await signIn('ivy.chen');
  sam = await signIn('sam.okafor');
});

const record = async (key) => (await tom.get(`/document-records/${key}`)).body;
const rulesOf = (d, over = {}) => ({
  title: d.title,
  kind: d.kind,
  domain: d.domain,
  owner: d.owner?.uid ?? null,
  exceptions_allowed: d.exceptions_allowed,
  exception_note: d.exception_note,
  max_term_days: d.max_term_days,
  exception_types: d.exception_types,
  distribution: d.distribution,
  ...over,
});
const save = (d, over) => tom.put(`/documents/${d.key}`, rulesOf(d, over), { etag: d.etag });
const write = (d, text) => tom.post(`/documents/${d.key}/versions`, { text }, { etag: d.etag });
const step = (d, action) => tom.post(`/documents/${d.key}/steps`, { action }, { etag: d.etag });
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  return answer.body;
};
const text = (version, over = {}) => ({
  version,
  clauses: [
    { ref: '1.1', title: 'Badges', text: 'Everybody wears a badge.' },
    { ref: '1.2', title: 'Guests', text: 'Guests are met at the door.' },
  ],
  sla: [{ severity: 'high', days: 9 }],
  ...over,
});
const rules = (key, over = {}) => ({
  key,
  title: `Document ${key}`,
  kind: 'policy',
  domain: 'it_security',
  owner: 'sam.okafor',
  exceptions_allowed: true,
  exception_note: 'For a fixed time.',
  max_term_days: 90,
  exception_types: [],
  distribution: [],
  ...over,
});
// a published document
const published = async (key, over = {}) => {
  let d = ok(await tom.post('/documents', rules(key, over)), 201);
  d = ok(await write(d, text('1.0')), 201);
  return ok(await step(d, 'publish'));
};
// faults of a request for that document
const ask = async (who, key, over = {}) => {
  const content = await vulnerabilityContent(who, { document: key, clauses: ['1.1'], ...over });
  return draft(who, content);
};
const documentFault = (d) => d.faults.find((f) => f.pointer === '/content/document')?.detail ?? '';

test('C-02: a document is chosen only while it is published, by whatever way in', async () => {
  let d = ok(await tom.post('/documents', rules('NEW-01')), 201);
  assert.equal(d.state, 'draft');
  assert.equal(d.version, null);
  assert.equal(d.owner.uid, 'sam.okafor');
  assert.equal((await ada.get('/documents/NEW-01')).status, 404);
  assert.equal((await step(d, 'publish')).status, 409, 'nothing is written yet');
  d = ok(await write(d, text('1.0')), 201);
  assert.deepEqual(
    d.draft.text.clauses.map((c) => c.ref),
    ['1.1', '1.2'],
  );
  assert.equal((await ada.get('/documents/NEW-01')).status, 404, 'a draft is not there yet');
  assert.match(documentFault(await ask(ada, 'NEW-01')), /not a published document/);
  d = ok(await step(d, 'publish'));
  assert.deepEqual([d.state, d.version, d.draft], ['published', '1.0', null]);
  const shown = ok(await ada.get('/documents/NEW-01'));
  assert.deepEqual([shown.clauses.length, shown.sla[0].days, shown.max_term_days], [2, 9, 90]);
  const sent = await ask(ada, 'NEW-01');
  assert.deepEqual(sent.faults, []);
  d = ok(await step(d, 'retire'));
  assert.equal(d.state, 'retired');
  assert.equal((await step(d, 'retire')).status, 409);
  const refused = await submit(ada, sent);
  assert.equal(refused.status, 422);
  assert.deepEqual(pointers(refused), ['/content/document']);
  assert.equal((await ada.get('/documents?q=NEW-01')).body.items.length, 0);
  d = ok(await step(d, 'publish'));
  assert.equal(d.version, '1.0', 'what was retired comes back as it was');
});

test('P-02: a document edited later leaves the exception its text and says that it changed', async () => {
  let d = await published('NEW-02');
  const x = ok(await submit(ada, await ask(ada, 'NEW-02')));
  assert.equal(x.document_changed, false);
  assert.equal(x.clauses[0].text, 'Everybody wears a badge.');
  const next = text('2.0', {
    clauses: [
      { ref: '1.2', title: 'Guests', text: 'Guests are met at the door.' },
      { ref: '1.1', title: 'Badges', text: 'Everybody wears a badge with a picture.' },
    ],
    sla: [],
  });
  d = ok(await write(d, next), 201);
  const unchanged = ok(await ada.get(`/exceptions/${x.number}`));
  assert.equal(unchanged.document_changed, false, 'writing changes nothing');
  d = ok(await step(d, 'publish'));
  const now = ok(await ada.get(`/exceptions/${x.number}`));
  assert.equal(now.document_changed, true);
  assert.equal(now.clauses[0].text, 'Everybody wears a badge.');
  assert.deepEqual(
    d.versions.map((v) => [v.version, v.clause_count]),
    [
      ['2.0', 2],
      ['1.0', 2],
    ],
  );
  // a published version never changes, and its name is spent
  assert.deepEqual(pointers(await write(d, text('1.0'))), ['/text/version']);
  const old = ok(await tom.get('/document-records/NEW-02/versions/1.0'));
  assert.equal(old.clauses[0].text, 'Everybody wears a badge.');
  assert.equal((await tom.get('/document-records/NEW-02/versions/9')).status, 404);
  // the same clause for the register, whatever its version
  const found = ok(await ivy.get('/exceptions?document=NEW-02&clause=1.1&status=all'));
  assert.deepEqual(
    found.items.map((i) => i.number),
    [x.number],
  );
});

test('M-14: rules of a document are enforced: allowed or not, types, longest term', async () => {
  let d = await published('NEW-03');
  const far = (await vulnerabilityContent(ada)).requested_until;
  assert.deepEqual((await ask(ada, 'NEW-03', { requested_until: far })).faults, []);
  d = ok(await save(d, { max_term_days: 30 }));
  let tried = await ask(ada, 'NEW-03');
  assert.match(tried.faults.find((f) => f.pointer === '/content/requested_until').detail, /limit of 30 days/);
  d = ok(await save(d, { max_term_days: null, exception_types: ['policy_deviation'] }));
  tried = await ask(ada, 'NEW-03');
  assert.match(documentFault(tried), /does not allow this type of exception/);
  assert.deepEqual(pointers(await submit(ada, tried)), ['/content/document']);
  assert.deepEqual(ok(await ada.get('/documents/NEW-03')).exception_types, ['policy_deviation']);
  assert.deepEqual(pointers(await save(d, { exceptions_allowed: false, exception_note: ' ' })), ['/exception_note']);
  d = ok(await save(d, { exceptions_allowed: false, exception_note: 'Lives depend on it.', exception_types: [] }));
  assert.match(documentFault(await ask(ada, 'NEW-03')), /does not allow exceptions: Lives depend on it/);
});

test('C-27: who a document is not meant for does not see it and hears who can ask', async () => {
  let d = await published('NEW-04', { distribution: ['customer'] });
  const titles = async (who, query = '') => (await who.get(`/documents?q=NEW-04${query}`)).body.items.map((i) => i.key);
  assert.deepEqual(await titles(ada), []);
  assert.equal((await ada.get('/documents/NEW-04')).status, 404);
  const tried = await ask(ada, 'NEW-04');
  assert.match(documentFault(tried), /An employee cannot ask for this; it is for customers\. A customer must ask for you\./);
  assert.deepEqual(pointers(await submit(ada, tried)), ['/content/document']);
  // who reads the register in full still finds it, but not to ask
  assert.deepEqual(await titles(ivy), ['NEW-04']);
  assert.deepEqual(await titles(ivy, '&asking=true'), []);
  d = ok(await save(d, { distribution: ['customer', 'staff'] }));
  assert.deepEqual(await titles(ada), ['NEW-04']);
  assert.equal(documentFault(await ask(ada, 'NEW-04')), '');
  assert.deepEqual(pointers(await save(d, { distribution: ['security_lead'] })), ['/distribution/0']);
});

test('C-03 C-27: a procedure is offered to those it is for, and refuses the others in words', async () => {
  const list = (await tom.get('/procedures/HR-EXC-004/versions')).body.items;
  const p = (await tom.get(`/procedures/HR-EXC-004/versions/${list[0].version}`)).body.procedure;
  const offered = async (who) => (await who.get('/procedures')).body.items.some((i) => i.key === 'HR-EXC-004');
  assert.equal(await offered(ada), true);
  const limited = { ...p, version: p.version + 1, distribution: ['customer'] };
  ok(await tom.post('/procedures', limited), 201);
  assert.equal(await offered(ada), false);
  assert.equal(await offered(ivy), true, 'who reads the register in full sees all procedures');
  const refused = await ada.post('/exceptions', { procedure: 'HR-EXC-004' });
  assert.equal(refused.status, 403);
  assert.match(refused.body.detail, /it is for customers\. A customer must ask for you/);
  const wrong = { ...p, version: p.version + 2, distribution: ['martian'] };
  assert.deepEqual(pointers(await tom.post('/procedures/check', wrong)), ['/distribution/0']);
  ok(await tom.post('/procedures', { ...p, version: p.version + 2 }), 201);
  assert.equal(await offered(ada), true);
});

test('C-01: a procedure says who owns it, when it was issued, revised and reviewed, and that this is long ago', async () => {
  const old = ok(await ada.get('/procedures/3502'));
  assert.deepEqual(
    [old.number, old.owner_unit, old.issued_on, old.revised_on, old.last_reviewed_on, old.review_stale],
    ['3502', 'Security Management Branch', '2008-05-12', '2015-12-31', '2015-12-31', true],
  );
  assert.deepEqual(old.distribution, ['staff', 'customer']);
  assert.equal(ok(await ada.get('/procedures/CMP-EXC-006')).review_stale, false);
});

test('all faults are named together, and nobody overwrites what they have not seen', async () => {
  const faults = await tom.post('/documents', {
    ...rules('lower case'),
    title: 'Two\nlines',
    owner: 'nobody.here',
    exception_types: ['wish'],
  });
  assert.deepEqual(pointers(faults), ['/exception_types/0', '/key', '/owner', '/title']);
  const d = await published('NEW-05');
  assert.deepEqual(pointers(await tom.post('/documents', rules('NEW-05'))), ['/key']);
  assert.deepEqual(
    pointers(
      await write(d, text('2', { clauses: [{ ref: '1', title: 'A', text: 'a' }, { ref: '1', title: 'B', text: 'b' }] })),
    ),
    ['/text/clauses/1/ref'],
  );
  assert.deepEqual(pointers(await write(d, text('2', { clauses: [] }))), ['/text/clauses']);
  ok(await save(d, { title: 'Another title' }));
  const stale = await save(d, { title: 'Mine' });
  assert.equal(stale.status, 412);
  assert.equal((await write(d, text('2'))).status, 412);
  assert.equal((await tom.put('/documents/NEW-05', rulesOf(d), {})).status, 428);
});

test('a new title is shown at once in the register, whichever worker answers', async () => {
  let d = await published('NEW-06');
  const x = ok(await submit(ada, await ask(ada, 'NEW-06')));
  const title = async () =>
    (await ivy.get('/exceptions?document=NEW-06&status=all')).body.items.find((i) => i.number === x.number)?.document.title;
  for (let i = 0; i < 6; i++) assert.equal(await title(), 'Document NEW-06');
  d = ok(await save(d, { title: 'Renamed' }));
  for (let i = 0; i < 6; i++) assert.equal(await title(), 'Renamed');
});

test('the list of all documents has every state, and pages make the whole', async () => {
  const all = [];
  for (let cursor = ''; cursor !== null; ) {
    const page = ok(await tom.get(`/document-records?limit=3${cursor && `&cursor=${cursor}`}`));
    all.push(...page.items);
    cursor = page.next_cursor;
  }
  ok(await tom.post('/documents', rules('NEW-07')), 201);
  assert.equal(new Set(all.map((d) => d.key)).size, all.length);
  const drafts = ok(await tom.get('/document-records?state=draft')).items;
  assert.ok(drafts.some((d) => d.key === 'NEW-07' && d.version === null));
  assert.ok(drafts.every((d) => d.state === 'draft'));
  const found = ok(await tom.get('/document-records?q=new-07')).items;
  assert.deepEqual(
    found.map((d) => d.key),
    ['NEW-07'],
  );
});

test('only administrators edit documents, and every act is in the audit trail', async () => {
  const d = await published('NEW-08');
  for (const who of [ada, ivy, sam]) {
    assert.equal((await who.get('/document-records')).status, 403);
    assert.equal((await who.post('/documents', rules('NEW-09'))).status, 403);
    assert.equal((await who.put('/documents/NEW-08', rulesOf(d), { etag: d.etag })).status, 403);
    assert.equal((await who.post('/documents/NEW-08/steps', { action: 'retire' }, { etag: d.etag })).status, 403);
  }
  ok(await save(d, { max_term_days: 14 }));
  const event = async (action) => ok(await ivy.get(`/audit-events?action=${action}`)).items.find((e) => e.object === 'NEW-08');
  for (const action of ['document.create', 'document.write', 'document.publish']) assert.ok(await event(action), action);
  assert.match((await event('document.save')).detail, /longest term 14 days/);
});
