// What the forms choose from: documents, assets, units, owners, procedures.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client, pointers, signIn } from '../support/api.mjs';

let ada;
let sam;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
});

// every page of a list
async function all(client, path, limit) {
  const items = [];
  for (let cursor = ''; cursor !== null; ) {
    const page = await client.get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${cursor}`}`);
    assert.equal(page.status, 200, JSON.stringify(page.body));
    assert.ok(page.body.items.length <= limit);
    items.push(...page.body.items);
    cursor = page.body.next_cursor;
  }
  return items;
}

test('nobody reads the catalogue without signing in', async () => {
  for (const path of ['/me', '/home', '/queue', '/procedures', '/procedures/SEC-PROC-009', '/documents', '/documents/VM-02', '/assets', '/units', '/owners'])
    assert.equal((await new Client().get(path)).status, 401, path);
});

test('pages of a list make the whole list, each row once', async () => {
  for (const path of ['/documents', '/assets', '/assets?q=a']) {
    const whole = await all(ada, path, 100);
    const key = (x) => x.key ?? x.id;
    assert.ok(whole.length > 8, path);
    assert.equal(new Set(whole.map(key)).size, whole.length);
    assert.deepEqual((await all(ada, path, 3)).map(key), whole.map(key));
  }
});

test('a cursor belongs to its list', async () => {
  const assets = await ada.get('/assets?limit=1');
  for (const cursor of [assets.body.next_cursor, 'AAAA', 'a b'])
    assert.deepEqual(pointers(await ada.get(`/documents?cursor=${cursor}`)), ['?cursor'], cursor);
});

// C-02: only what is published can be chosen
test('documents say whether they allow exceptions, and what they demand', async () => {
  const items = await all(ada, '/documents', 100);
  assert.deepEqual(new Set(items.map((d) => d.kind)), new Set(['policy', 'standard', 'procedure']));
  assert.ok(items.some((d) => !d.exceptions_allowed));
  for (const item of items) {
    const d = (await ada.get(`/documents/${item.key}`)).body;
    assert.equal(d.clauses.length, item.clause_count, item.key);
    assert.equal(d.title, item.title);
    assert.ok(d.clauses.every((c) => c.ref && c.title && c.text), item.key);
  }
  assert.equal((await ada.get('/documents/NONE')).status, 404);
  assert.equal((await ada.get(`/documents/${'x'.repeat(33)}`)).status, 404);
});

// V-04: the days allowed belong to the document
test('the vulnerability policy has days for each severity', async () => {
  const { sla } = (await ada.get('/documents/VM-02')).body;
  assert.deepEqual(sla.map((s) => s.severity), ['critical', 'high', 'medium', 'low']);
  for (let i = 1; i < sla.length; i++) assert.ok(sla[i].days > sla[i - 1].days);
});

test('what is typed into a search is text', async () => {
  for (const path of ['/documents', '/assets', '/owners']) {
    for (const q of ['%', '_', '\\', "' OR 1=1 -- ", '\u{1F600}'])
      assert.deepEqual((await sam.get(`${path}?q=${encodeURIComponent(q)}`)).body.items, [], `${path} ${q}`);
    assert.equal((await sam.get(`${path}?q=${'x'.repeat(101)}`)).status, 422);
  }
  const found = await ada.get('/documents?q=VULNERABILITY');
  assert.ok(found.body.items.some((d) => d.key === 'VM-02'), 'case does not matter');
  const hr = await all(ada, '/documents?domain=hr', 100);
  assert.ok(hr.length > 0 && hr.every((d) => d.domain === 'hr'));
  assert.deepEqual(pointers(await ada.get('/documents?domain=art&limit=0&colour=red')), ['?colour', '?domain', '?limit']);
});

// V-07: the form offers what the reader owns
test('own assets are told from those of others', async () => {
  const every = await all(ada, '/assets', 100);
  const mine = await all(ada, '/assets?mine=true', 100);
  assert.ok(mine.length > 0 && mine.length < every.length);
  assert.deepEqual(mine.map((a) => a.id), every.filter((a) => a.mine).map((a) => a.id));
  assert.ok(mine.every((a) => a.owner.id === ada.me.person.id));
});

test('units come in the order of the tree', async () => {
  const { items } = (await ada.get('/units')).body;
  const above = [];
  for (const unit of items) {
    above.length = unit.depth;
    assert.equal(unit.parent, above.at(-1) ?? null, unit.code);
    above.push(unit.code);
  }
  assert.ok(items.length > 10);
});

// M-11: who owns what is not for everyone
test('staff find only themselves among owners', async () => {
  const own = (await ada.get('/owners')).body.items;
  assert.deepEqual(own.map((o) => o.id), [ada.me.person.id]);
  const others = (await sam.get('/owners?q=a')).body.items;
  assert.ok(others.length > 1);
  assert.ok(others.every((o) => /^a/i.test(o.name)));
});

// V-01, V-06, V-18, V-23
test('a procedure shows its identity, its steps and the controls it satisfies', async () => {
  const list = (await ada.get('/procedures')).body.items;
  const item = list.find((p) => p.key === 'SEC-PROC-009');
  assert.equal(item.parent, 'Security Procedures');
  assert.equal(item.order, 9);
  assert.equal(item.step_count, 3);
  const p = (await ada.get('/procedures/SEC-PROC-009')).body;
  assert.equal(p.stages.length, 1);
  assert.equal(p.stages[0].role_title, 'Security Lead');
  assert.deepEqual(p.stages[0].findings.map((f) => f.key), ['business_validity', 'security_implications']);
  assert.equal(p.term.max_days, 180);
  assert.equal(p.controls[0].reference, 'CC7.1');
  assert.match(p.controls[0].note, /CC9\.1/);
  assert.equal((await ada.get('/procedures/NONE')).status, 404);
});
