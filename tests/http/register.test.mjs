// The register: filters, sorts, pages, counts, the CSV file and the dashboard
// all speak of the same rows.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { decide, find, pointers, signIn, submitted } from '../support/api.mjs';
import { sql } from '../support/servers.mjs';

let ivy;
let ada;
let sam;
before(async () => {
  ivy = await signIn('ivy.chen');
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
});

// All rows of a list, page by page.
async function rows(client, query, limit = 37) {
  const all = [];
  let cursor = '';
  do {
    const page = await client.get(`/exceptions?${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
    assert.equal(page.status, 200, JSON.stringify(page.body));
    all.push(...page.body.items);
    cursor = page.body.next_cursor ?? '';
    assert.ok(all.length < 5000);
  } while (cursor);
  return all;
}

// RFC 4180, as strict as a reader can be.
function parseCsv(text) {
  const records = [[]];
  let i = 0;
  while (i < text.length) {
    assert.equal(text[i], '"', `quoted at ${i}`);
    let field = '';
    for (i++; !(text[i] === '"' && text[i + 1] !== '"'); i++) {
      if (text[i] === '"') i++;
      field += text[i];
    }
    i++;
    records.at(-1).push(field);
    if (text[i] === ',') i++;
    else {
      assert.equal(text.slice(i, i + 2), '\r\n');
      i += 2;
      if (i < text.length) records.push([]);
    }
  }
  return records;
}

async function csv(client, query) {
  const answer = await client.get(`/exports/register.csv?${query}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.match(answer.headers.get('content-type'), /^text\/csv/);
  assert.match(answer.headers.get('content-disposition'), /^attachment/);
  return parseCsv(answer.body);
}

const filters = [
  'status=active',
  'status=expired&sort=-expires',
  'status=denied,withdrawn&sort=number',
  'status=all&sort=-number',
  'status=all&document=VM-02&sort=risk',
  'status=active&unit=IT',
  'status=all&unit=IT&document=VM-02&risk_min=4',
  'status=all&cause=technical_limitation&sort=updated',
  'status=active&risk_min=5&risk_max=9',
  'status=all&q=patch',
];

// P-16, V-16, M-26
test('list, count and file are the same rows in the same order', async () => {
  for (const query of filters) {
    const list = await rows(ivy, query);
    const count = (await ivy.get(`/exceptions/count?${query.replace(/&?sort=[-a-z]+/, '')}`)).body;
    const [header, ...records] = await csv(ivy, query);
    const number = header.indexOf('number');
    assert.equal(count.n, list.length, query);
    assert.deepEqual(records.map((r) => r[number]), list.map((r) => r.number), query);
    assert.equal(new Set(list.map((r) => r.number)).size, list.length, `${query}: each row once`);
  }
});

// V-16
test('the register opens on what is active', async () => {
  const opened = (await ivy.get('/exceptions')).body.items;
  assert.ok(opened.length > 0);
  for (const row of opened) assert.ok(['active', 'expiring'].includes(row.status), row.status);
  assert.deepEqual((await rows(ivy, '')).map((r) => r.number), (await rows(ivy, 'status=active')).map((r) => r.number));
});

test('the filters do what they say', async () => {
  const until = (await rows(ivy, 'status=active&sort=expires')).map((r) => r.expires_on);
  assert.deepEqual(until, [...until].sort());
  const middle = until[Math.floor(until.length / 2)];
  for (const row of await rows(ivy, `status=active&expires_to=${middle}`)) assert.ok(row.expires_on <= middle);
  for (const row of await rows(ivy, 'status=all&document=VM-02')) assert.equal(row.document_key, 'VM-02');
  for (const row of await rows(ivy, 'status=all&risk_min=10')) assert.ok(row.risk >= 10);
  const one = (await rows(ivy, 'status=active'))[0];
  const mine = await rows(ivy, `status=all&owner=${one.owner_id}`);
  assert.ok(mine.some((r) => r.number === one.number));
  for (const row of mine) assert.equal(row.owner_id, one.owner_id);
  const found = await rows(ivy, `status=all&q=${encodeURIComponent(one.title.split(' ').slice(0, 2).join(' '))}`);
  assert.ok(found.some((r) => r.number === one.number));
});

const bad = [
  ['colour=red', '?colour'],
  ['status=sleeping', '?status'],
  ['sort=colour', '?sort'],
  ['risk_min=many', '?risk_min'],
  ['expires_from=2026-02-30', '?expires_from'],
  ['unit=NOWHERE', '?unit'],
  ['document=NOTHING', '?document'],
  ['limit=101', '?limit'],
  ['cursor=AAAA', '?cursor'],
];
test('an unknown filter or value is named', async () => {
  for (const [query, where] of bad) {
    const answer = await ivy.get(`/exceptions?${query}`);
    assert.equal(answer.status, 422, query);
    assert.deepEqual(pointers(answer), [where], query);
  }
});

test('a sort that a filter rules out is offered with the reason', async () => {
  const sorts = (await ivy.get('/exceptions?unit=IT')).body.sorts;
  const not = sorts.filter((s) => !s.available);
  assert.ok(not.length > 0);
  for (const s of not) {
    assert.ok(s.reason.length > 10);
    assert.equal((await ivy.get(`/exceptions?unit=IT&sort=${s.key}`)).status, 422);
  }
});

// every number of the dashboard is the length of the list behind it
test('each number of the dashboard equals the list behind it', async () => {
  for (const client of [ivy, sam]) {
    const d = (await client.get('/dashboard')).body;
    const from = new Date(Date.parse(`${d.today}T00:00:00Z`) - 30 * 86400e3).toISOString().slice(0, 10);
    const behind = { active: 'status=active', waiting: 'status=in_review,returned', ending_30: 'status=expiring', expired_30: `status=expired&expires_from=${from}` };
    for (const [name, query] of Object.entries(behind)) {
      assert.equal((await rows(client, query, 100)).length, d[name], name);
      for (const row of d.by_document) assert.equal((await client.get(`/exceptions/count?${query}&document=${row.key}`)).body.n, row[name], `${name} ${row.key}`);
      for (const row of d.by_unit.slice(0, 6)) assert.equal((await client.get(`/exceptions/count?${query}&unit=${row.code}`)).body.n, row[name], `${name} ${row.code}`);
    }
  }
});

// P-16: a formula in a title stays text in a spreadsheet
test('a formula in a title is neutral in the file', async () => {
  const title = '=HYPERLINK("https://evil.example","x"), "quoted" and ünïcode';
  const x = await find(sam, await submitted(ada, { title }));
  await decide(sam, x);
  const [header, ...records] = await csv(ivy, `status=all&q=${x.number}`);
  assert.equal(records.length, 1);
  assert.equal(records[0][header.indexOf('title')], `'${title}`);
  assert.equal((await ivy.get(`/exceptions/${x.number}`)).body.title, title, 'and as it was typed on the page');
});

// M-11
test('staff see what holds and why, not whose risk it is', async () => {
  const all = await rows(ada, 'status=all');
  const others = all.filter((r) => r.owner_id === null);
  assert.ok(others.length > 0);
  for (const row of others) {
    assert.equal(row.risk, null);
    assert.equal(row.owner_name, null);
    assert.ok(row.title && row.status && row.document_key);
  }
  const page = (await ada.get(`/exceptions/${others.find((r) => r.status === 'active').number}`)).body;
  assert.equal(page.redacted, true);
  assert.equal(page.content, null);
  assert.deepEqual([page.findings, page.decisions, page.risks], [[], [], []]);
  assert.equal((await ada.get('/exceptions?risk_min=1')).status, 422);
  const [header, ...records] = await csv(ada, 'status=active');
  const [number, owner, risk] = ['number', 'owner_name', 'risk'].map((name) => header.indexOf(name));
  const hidden = new Set(others.map((r) => r.number));
  for (const record of records.filter((r) => hidden.has(r[number]))) {
    assert.ok([undefined, ''].includes(record[owner]));
    assert.ok([undefined, ''].includes(record[risk]));
  }
});

// M-11: search tells no more than the page
test('staff find other people\'s exceptions by number and title only', async () => {
  const letters = () => randomUUID().replace(/[^a-f]/g, '');
  const inTitle = `title${letters()}`;
  const inText = `text${letters()}`;
  const x = await submitted(ada, { title: `Old ${inTitle}`, justification: `It is needed for ${inText} and nothing else can be done now.` });
  const elsa = await signIn('elsa.lind');
  const found = async (client, q) => {
    const count = (await client.get(`/exceptions/count?status=all&q=${q}`)).body.n;
    const list = (await client.get(`/exceptions?status=all&q=${q}`)).body.items;
    const [, ...lines] = await csv(client, `status=all&q=${q}`);
    assert.deepEqual([list.length, lines.length], [count, count], q);
    return count;
  };
  for (const client of [ada, ivy]) for (const q of [inTitle, inText, `${x.number.slice(8)}+${inText.slice(0, 6)}`]) assert.equal(await found(client, q), 1, q);
  assert.equal(await found(elsa, inTitle), 1);
  for (const q of [inText, `${inTitle}+${inText}`, `${inTitle}+marsh`]) assert.equal(await found(elsa, q), 0, q);
});

// decisions 9: who may not know of it does not find it
test('a confidential exception is there for its chain only', async () => {
  const secret = (await rows(ivy, 'status=all')).filter((r) => r.confidential);
  assert.ok(secret.length > 0);
  const seen = new Set((await rows(ada, 'status=all')).map((r) => r.number));
  for (const row of secret.filter((r) => r.owner_name !== 'Ada Marsh')) {
    assert.ok(!seen.has(row.number));
    assert.equal((await ada.get(`/exceptions/${row.number}`)).status, 404);
    assert.equal((await ada.get(`/exceptions?status=all&q=${row.number}`)).body.items.length, 0);
  }
  const paul = await signIn('paul.brandt');
  const hr = secret.find((r) => r.document_key?.startsWith('HR'));
  if (hr) assert.equal((await paul.get(`/exceptions/${hr.number}`)).status, 200, 'the approver of the domain sees it');
});

// M-13: the administrator keeps the register, the chain keeps the reasons
test('the audit list says what was done to a confidential exception, not why', async () => {
  const tom = await signIn('tom.reyes');
  const x = await find(sam, await submitted(ada, { confidential: true }));
  const done = await decide(sam, x, { reason: 'A reason for few eyes.' });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  const path = `/audit-events?object=${x.number}&action=exception.approve`;
  assert.equal((await ivy.get(path)).body.items[0].detail, 'A reason for few eyes.');
  assert.equal((await tom.get(path)).body.items[0].detail, 'Confidential');
});

test('a draft is in no list, count or file', async () => {
  const made = await ada.post('/exceptions', { procedure: 'SEC-PROC-009' });
  for (const client of [ada, ivy]) {
    assert.equal((await client.get(`/exceptions?status=all&q=${made.body.number}`)).body.items.length, 0);
    assert.equal((await client.get(`/exceptions/count?status=all&q=${made.body.number}`)).body.n, 0);
  }
});

// what a page does: made first, so that a refusal can be read, then fetched
test('a file that was made is fetched by the one who had it made, and by nobody else', async () => {
  const query = 'status=all&document=VM-02&sort=number';
  const made = await ivy.post(`/exports/register.csv?${query}`, undefined);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.headers.get('location'), made.body.href);
  const path = made.body.href.replace('/api/v1', '');
  const file = await ivy.get(path);
  assert.equal(file.status, 200);
  assert.match(file.headers.get('content-disposition'), new RegExp(`filename="${made.body.name}"`));
  assert.equal(Buffer.byteLength(file.body), made.body.bytes);
  assert.equal(parseCsv(file.body).length, made.body.rows + 1);
  assert.equal(file.body, (await ivy.get(`/exports/register.csv?${query}`)).body, 'the same file in one step');
  assert.equal((await sam.get(path)).status, 404, 'not for anybody else');
  assert.equal((await ivy.get(path.replace(/[0-9a-f]-/, 'g-'))).status, 404);
  assert.equal((await ivy.get('/exports/files/..%2f..%2fetc%2fpasswd')).status, 400);
  const refused = await ivy.post('/exports/register.csv?status=wrong', undefined);
  assert.equal(refused.status, 422);
  assert.equal(refused.body.errors[0].pointer, '?status');
  const foreign = await ivy.post(`/exports/register.csv?${query}`, undefined, { headers: { 'sec-fetch-site': 'cross-site' } });
  assert.equal(foreign.status, 403);
});

test('an export leaves its mark in the audit trail', async () => {
  await csv(ivy, 'status=active&document=VM-02');
  const events = (await ivy.get('/audit-events?action=register.export')).body.items;
  assert.ok(events.length > 0 && events[0].actor === 'Ivy Chen', JSON.stringify(events[0]));
});

// the account of this pool writes no session: nobody may notice
test('an export works although the last request is minutes ago', async () => {
  const ulrike = await signIn('ulrike.ibrahim');
  sql("UPDATE session SET last_seen = last_seen - INTERVAL 5 MINUTE WHERE person_id = (SELECT id FROM person WHERE uid = 'ulrike.ibrahim')");
  assert.equal((await ulrike.get('/exports/register.csv?status=active')).status, 200);
  assert.equal((await ulrike.post('/exports/register.csv?status=active')).status, 201);
});
