// Files of an exception (V-21): what is taken, who may add, see and remove
// them, and that nothing is half done.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { decide, draft, find, origin, pointers, signIn, submit, submitted, vulnerabilityContent } from '../support/api.mjs';
import { csv, docx, pdf, png, zip } from '../support/files.mjs';
import { folder, sql } from '../support/servers.mjs';
import { idOf } from '../faults/traces.mjs';

let ada;
let sam;
let ivy;
let tom;
let other;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
  ivy = await signIn('ivy.chen');
  tom = await signIn('tom.reyes');
  other = await signIn('omar.haddad');
});

const path = (number, rest = '') => `/exceptions/${number}/attachments${rest}`;

function add(client, number, name, bytes, options = {}) {
  return client.request('POST', path(number, `?name=${encodeURIComponent(name)}`), {
    raw: bytes,
    ...options,
    headers: { 'content-type': 'application/octet-stream', ...options.headers },
  });
}

const fresh = async () => draft(ada, await vulnerabilityContent(ada));
const list = async (client, number) => (await client.get(path(number))).body;
const files = () => readdirSync(join(folder, 'attachments')).length;
const rows = (number) => Number(sql(`SELECT COUNT(*) FROM exception_attachment WHERE exception_id = ${idOf(number)}`)[0][0]);
const events = async (number, action) =>
  (await ivy.get(`/audit-events?object=${number}&action=${action}`)).body.items.filter((e) => e.action === action && !e.refused);

/** The file as a browser would fetch it. */
function fetched(client, number, position, headers = {}) {
  return fetch(`${origin}/api/v1${path(number, `/${position}`)}`, { headers: { cookie: client.cookie, ...headers } });
}

test('V-21 a file comes back as it was, to be saved and never to be run', async () => {
  const d = await fresh();
  const name = 'Lösung "50%" – Plan; v2.pdf';
  const bytes = pdf(300000);
  const made = await add(ada, d.number, name, bytes);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const hash = createHash('sha256').update(bytes).digest('hex');
  assert.equal(made.body.sha256, hash);
  assert.equal(made.body.size, bytes.length);
  assert.equal(made.body.media_type, 'application/pdf');
  assert.equal(made.body.kind, 'a PDF document');
  assert.equal(made.body.uploaded_by, 'Ada Marsh');
  assert.equal(made.headers.get('location'), made.body.href);

  const answer = await fetched(ada, d.number, made.body.position);
  assert.equal(answer.status, 200);
  const h = (key) => answer.headers.get(key);
  assert.equal(h('content-type'), 'application/pdf');
  assert.equal(h('content-length'), String(bytes.length));
  assert.match(h('content-disposition'), /^attachment; filename="L_sung _50__ _ Plan; v2\.pdf"; filename\*=UTF-8''L%C3%B6sung%20%2250%25%22%20%E2%80%93%20Plan%3B%20v2\.pdf$/);
  assert.equal(h('x-content-type-options'), 'nosniff');
  assert.match(h('content-security-policy'), /default-src 'none'.*, sandbox$/);
  assert.equal(h('cache-control'), 'no-store');
  assert.equal(h('cross-origin-resource-policy'), 'same-origin');
  assert.equal(createHash('sha256').update(Buffer.from(await answer.arrayBuffer())).digest('hex'), hash);

  const part = await fetched(ada, d.number, made.body.position, { range: 'bytes=5-7' });
  assert.equal(part.status, 206);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(5, 8));

  const [one] = await events(d.number, 'exception.attach');
  assert.ok(one.detail.includes(name) && one.detail.includes(hash) && one.detail.includes(String(bytes.length)), one.detail);
});

test('V-21 the folder is outside the web root and names tell nothing', async () => {
  const d = await fresh();
  await add(ada, d.number, 'plan.png', png());
  const place = join(folder, 'attachments');
  const [[file]] = sql(`SELECT file FROM exception_attachment WHERE exception_id = ${idOf(d.number)}`);
  assert.match(file, /^[0-9a-f]{32}$/);
  assert.equal(statSync(join(place, file)).mode & 0o7777, 0o440);
  assert.equal(statSync(place).mode & 0o7777, 0o2750);
  assert.equal((await fetch(`${origin}/attachments/${file}`, { headers: { cookie: ada.cookie } })).status, 404);
});

const good = [
  ['scan.png', png(), 'image/png'],
  ['hosts.csv', csv(), 'text/csv'],
  ['notes.TXT', Buffer.from('Called the supplier on 3 March.\r\n'), 'text/plain'],
  ['plan.docx', docx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
];
test('V-21 what the procedure lives on is taken', async () => {
  const d = await fresh();
  for (const [name, bytes, type] of good) {
    const answer = await add(ada, d.number, name, bytes);
    assert.equal(answer.status, 201, `${name} ${JSON.stringify(answer.body)}`);
    assert.equal(answer.body.media_type, type);
  }
  const all = await list(ada, d.number);
  assert.deepEqual(all.items.map((i) => i.name), good.map((g) => g[0]));
  assert.deepEqual(all.items.map((i) => i.position), [1, 2, 3, 4]);
  assert.equal(all.total_bytes, good.reduce((sum, g) => sum + g[1].length, 0));
});

const parts = { '[Content_Types].xml': '<Types/>' };
const bad = [
  ['lies about its type', 'evidence.pdf', png(), '/file', /a PNG image, not a PDF document/],
  ['a page as text', 'notes.txt', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), '/file', /text\/html, which is not taken/],
  ['a program', 'run.exe', Buffer.from('MZ\x90\0'.repeat(100), 'latin1'), '?name', /extension/],
  ['a bomb', 'plan.docx', zip({ ...parts, 'word/document.xml': Buffer.alloc(64 << 20) }), '/file', /unpack to far more/],
  ['a part that climbs', 'plan.docx', zip({ ...parts, '../../../etc/cron.d/x': 'x' }), '/file', /leads out of the archive/],
  ['macros', 'plan.docx', docx({ 'word/vbaProject.bin': 'x' }), '/file', /macros/],
  ['a plain archive', 'plan.docx', zip({ 'a.txt': 'x' }), '/file', /a ZIP archive, not a Word document/],
  ['one office file as another', 'plan.xlsx', docx(), '/file', /a Word document, not an Excel workbook/],
  ['empty', 'plan.pdf', Buffer.alloc(0), '/file', /empty/],
  ['a path', '../../etc/passwd.txt', csv(), '?name', /slash/],
  ['a Windows path', '..\\boot.txt', csv(), '?name', /backslash/],
  ['hidden', '.htaccess.txt', csv(), '?name', /dot/],
  ['turned around', 'plan\u202efdp.txt', csv(), '?name', /control character/],
  ['long', `${'x'.repeat(150)}.txt`, csv(), '?name', /150/],
  ['no name', '', csv(), '?name', /required/],
  ['too large', 'plan.pdf', pdf((10 << 20) + 1), '/file', /larger than 10 MB/],
];
test('V-21 bad input is refused with its place, and nothing is half done', async () => {
  const d = await fresh();
  const before = files();
  for (const [what, name, bytes, pointer, words] of bad) {
    const answer = await add(ada, d.number, name, bytes);
    assert.equal(answer.status, 422, `${what}: ${JSON.stringify(answer.body)}`);
    assert.ok(pointers(answer).includes(pointer), `${what}: ${pointers(answer)}`);
    assert.match(answer.body.errors.find((e) => e.pointer === pointer).detail, words, what);
  }
  // a byte that no header may have is refused before anything is read
  for (const name of ['a%0ab.txt', 'a%00.txt', 'a%ff.txt']) {
    const answer = await ada.request('POST', path(d.number, `?name=${name}`), { raw: csv(), headers: { 'content-type': 'application/octet-stream' } });
    assert.equal(answer.status, 400, name);
    assert.deepEqual(pointers(answer), ['?name'], name);
  }
  assert.equal((await add(ada, d.number, 'huge.pdf', pdf(26 << 20))).status, 413);
  assert.equal((await ada.request('POST', path(d.number, '?name=a.txt'), { raw: csv() })).status, 415, 'JSON is no file');
  assert.equal((await add(ada, d.number, 'a.txt', csv(), { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
  assert.equal(rows(d.number), 0);
  assert.equal(files(), before, 'no file was left');
  assert.equal((await events(d.number, 'exception.attach')).length, 0);
});

test('V-21 a body as large as a file is taken nowhere else', async () => {
  const raw = pdf(70000);
  const d = await fresh();
  const type = { 'content-type': 'application/octet-stream' };
  assert.equal((await ada.request('PUT', `/exceptions/${d.number}/draft`, { raw, etag: d.etag, headers: type })).status, 415);
  assert.equal((await ada.request('PUT', `/exceptions/${d.number}/draft`, { raw, etag: d.etag })).status, 413);
  assert.equal((await ada.request('POST', '/decisions', { raw, headers: type })).status, 413);
});

test('V-21 twenty files and fifty megabytes, also when they come at once', async () => {
  const d = await fresh();
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, i) => add(ada, d.number, `note ${i}.txt`, Buffer.from(`Note number ${i}.\n`))),
  );
  assert.equal(answers.filter((a) => a.status === 201).length, 20, answers.map((a) => a.status).join());
  const refused = answers.find((a) => a.status !== 201);
  assert.equal(refused.status, 422);
  assert.match(refused.body.errors[0].detail, /at most 20 files/);
  assert.equal((await list(ada, d.number)).items.length, 20);
  assert.deepEqual((await list(ada, d.number)).items.map((i) => i.position), Array.from({ length: 20 }, (_, i) => i + 1));

  const e = await fresh();
  for (let i = 0; i < 5; i++) {
    const answer = await add(ada, e.number, `scan ${i}.pdf`, pdf((10 << 20) - i));
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
  }
  const last = await add(ada, e.number, 'last.pdf', pdf(2000));
  assert.equal(last.status, 422);
  assert.match(last.body.errors[0].detail, /together have at most 50 MB/);
});

test('V-21 the same upload twice is one file', async () => {
  const d = await fresh();
  const key = randomUUID();
  const first = await add(ada, d.number, 'plan.pdf', pdf(2000), { key });
  const again = await add(ada, d.number, 'plan.pdf', pdf(2000), { key });
  assert.equal(again.status, 201);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.equal(again.body.position, first.body.position);
  assert.equal((await add(ada, d.number, 'other.pdf', pdf(2000), { key })).status, 422, 'another name is another request');
  const twin = await add(ada, d.number, 'copy.pdf', pdf(2000));
  assert.equal(twin.status, 422);
  assert.match(twin.body.errors[0].detail, /is there already, as plan\.pdf/);
  assert.equal(rows(d.number), 1);
});

test('V-21 a draft has files without its form becoming stale', async () => {
  const d = await fresh();
  await add(ada, d.number, 'plan.pdf', pdf(2000));
  const sent = await submit(ada, d);
  assert.equal(sent.status, 200, 'the ETag of before still holds');
  assert.equal((await list(sam, d.number)).items.length, 1, 'who decides sees it');
});

test('V-21 files are for those who see all of an exception', async () => {
  const d = await fresh();
  await add(ada, d.number, 'plan.pdf', pdf(2000));
  for (const who of [other, sam, ivy]) assert.equal((await who.get(path(d.number))).status, 404, 'a draft');
  await submit(ada, d);
  assert.equal((await ivy.get(path(d.number))).status, 200, 'the auditor');
  assert.equal((await fetched(ivy, d.number, 1)).status, 200);
  assert.equal((await other.get(`/exceptions/${d.number}`)).body.redacted, true, 'a stranger sees the open part');
  assert.equal((await other.get(path(d.number))).status, 404);
  assert.equal((await fetched(other, d.number, 1)).status, 404);
  assert.equal((await add(other, d.number, 'a.txt', csv())).status, 404);
  assert.equal((await fetch(`${origin}/api/v1${path(d.number, '/1')}`)).status, 401);

  const secret = await submitted(ada, { confidential: true });
  await add(ada, secret.number, 'plan.pdf', pdf(2000));
  for (const who of [other, tom]) {
    assert.equal((await who.get(path(secret.number))).status, 404);
    assert.equal((await fetched(who, secret.number, 1)).status, 404);
    assert.equal((await add(who, secret.number, 'a.txt', csv())).status, 404);
    assert.equal((await who.request('DELETE', path(secret.number, '/1'))).status, 404);
  }
  assert.equal((await list(sam, secret.number)).items.length, 1);
});

test('V-21 who asks and who decides next add files; a reader does not', async () => {
  const x = await submitted(ada);
  assert.equal((await list(ada, x.number)).may_add, true);
  assert.equal((await list(sam, x.number)).may_add, true);
  const reader = await list(ivy, x.number);
  assert.equal(reader.may_add, false);
  assert.match(reader.reason, /Only the requester and who decides next/);
  assert.equal((await add(sam, x.number, 'review.txt', csv())).status, 201);
  const refused = await add(ivy, x.number, 'a.txt', csv());
  assert.equal(refused.status, 403);
  const traces = (await ivy.get(`/audit-events?object=${x.number}&result=refused`)).body.items;
  assert.ok(traces.some((e) => e.action === 'exception.attach'), 'the refusal leaves a trace');
});

test('V-21 a removed file leaves the list and stays in the history', async () => {
  const x = await submitted(ada);
  const made = (await add(ada, x.number, 'wrong.pdf', pdf(2000))).body;
  assert.equal((await list(sam, x.number)).items[0].may_remove, false);
  assert.equal((await sam.request('DELETE', path(x.number, `/${made.position}`))).status, 403, 'not theirs');
  assert.equal((await ada.request('DELETE', path(x.number, `/${made.position}`))).status, 204);
  assert.equal((await ada.request('DELETE', path(x.number, `/${made.position}`))).status, 204, 'twice is once');
  assert.deepEqual((await list(ada, x.number)).items, []);
  assert.equal((await fetched(ada, x.number, made.position)).status, 404);
  const history = (await sam.get(`/exceptions/${x.number}/history`)).body.items.filter((e) => !e.refused).map((e) => e.action);
  assert.equal(history.filter((a) => a === 'exception.attach').length, 1);
  assert.equal(history.filter((a) => a === 'exception.detach').length, 1);
  const [event] = await events(x.number, 'exception.detach');
  assert.ok(event.detail.includes('wrong.pdf') && event.detail.includes(made.sha256));
  const [[file]] = sql(`SELECT file FROM exception_attachment WHERE exception_id = ${idOf(x.number)}`);
  assert.ok(readdirSync(join(folder, 'attachments')).includes(file), 'the bytes are kept');
  assert.equal((await add(ada, x.number, 'right.pdf', pdf(2000))).body.position, 2, 'numbers are not used again');
});

test('V-21 what a decision was made with stays; a new file is seen when it is sent', async () => {
  const x = await find(sam, await submitted(ada));
  await add(ada, x.number, 'first.pdf', pdf(2000));
  const back = await decide(sam, x, { verdict: 'return', expires_on: undefined, reason: 'The plan is missing.' });
  assert.equal(back.status, 200, JSON.stringify(back.body));
  const first = (await list(ada, x.number)).items[0];
  assert.equal(first.may_remove, false);
  assert.match(first.kept, /has judged/);
  assert.equal((await ada.request('DELETE', path(x.number, '/1'))).status, 409);

  assert.equal((await add(ada, x.number, 'second.pdf', pdf(3000))).status, 201);
  assert.deepEqual((await list(sam, x.number)).items.map((i) => i.name), ['first.pdf']);
  assert.equal((await fetched(sam, x.number, 2)).status, 404);
  const now = (await ada.get(`/exceptions/${x.number}`)).body;
  const sent = await ada.post(`/exceptions/${x.number}/steps`, { action: 'resubmit', declaration: true }, { etag: now.etag });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  assert.deepEqual((await list(sam, x.number)).items.map((i) => i.name), ['first.pdf', 'second.pdf']);

  const ready = await find(sam, sent.body);
  assert.equal((await decide(sam, ready)).status, 200);
  for (const who of [ada, sam]) {
    const all = await list(who, x.number);
    assert.equal(all.may_add, false);
    assert.match(all.reason, /outcome/);
    assert.equal((await add(who, x.number, 'late.txt', csv())).status, 409);
  }
  assert.ok((await list(ada, x.number)).items.every((i) => !i.may_remove && /stay/.test(i.kept)));
});

test('V-21 a file that is no longer what was added is not handed out', async () => {
  const d = await fresh();
  await add(ada, d.number, 'plan.pdf', pdf(2000));
  const [[file]] = sql(`SELECT file FROM exception_attachment WHERE exception_id = ${idOf(d.number)}`);
  const place = join(folder, 'attachments', file);
  const bytes = readFileSync(place);
  bytes[1000] ^= 1;
  chmodSync(place, 0o640);
  writeFileSync(place, bytes);
  assert.equal((await fetched(ada, d.number, 1)).status, 500);
});
