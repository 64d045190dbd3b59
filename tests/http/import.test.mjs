// Exceptions of another register: checked whole, told row by row, taken in
// once, and marked until somebody has completed them.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { day, pointers, signIn, vulnerabilityContent } from '../support/api.mjs';
import { sql } from '../support/servers.mjs';

const dir = mkdtempSync(join(tmpdir(), 'exreg-import.'));
let ada;
let sam;
let ivy;
let nora;
before(async () => {
  [ada, sam, ivy, nora] = await Promise.all(['ada.marsh', 'sam.okafor', 'ivy.chen', 'nora.quinn'].map(signIn));
});

let files = 0;
function file(text, suffix = 'csv') {
  const path = join(dir, `${++files}.${suffix}`);
  writeFileSync(path, text);
  return path;
}

const map = {
  source: 'old register',
  number: 'Ref',
  title: 'Name',
  outcome: 'Result',
  document: 'Policy',
  clause: 'Clause',
  owner: 'Owner',
  effective_on: 'From',
  expires_on: 'Until',
  decided_on: 'Decided',
  decider: 'By',
  justification: 'Why',
  date_format: 'dd.mm.yyyy',
  constants: { procedure: 'SEC-PROC-009' },
};
const head = 'Ref;Name;Result;Policy;Clause;Owner;From;Until;Decided;By;Why\n';

/** exregctl import with JSON out; answers what it printed and its status. */
function imported(text, options = [], over = map) {
  const args = ['-c', `${process.env.EXREG_TEST_VAR}/etc/exreg.conf`, 'import', file(text), '--format', 'json', ...options];
  if (over) args.push('--map', file(JSON.stringify(over), 'json'));
  const ctl = spawnSync('build/release/backend/exregctl', args, { encoding: 'utf8', maxBuffer: 64 << 20 });
  return { status: ctl.status, stderr: ctl.stderr, ...(ctl.stdout ? JSON.parse(ctl.stdout) : {}) };
}

const places = (out) => out.faults.map((f) => `${f.row} ${f.column}: ${f.detail}`);
const exceptions = () => sql('SELECT COUNT(*) FROM exception')[0][0];
const german = (iso) => iso.split('-').reverse().join('.');
const days = () => ({ active: german(day(ada, 60)), past: german(day(ada, -400)), ended: german(day(ada, -100)) });

async function find(client, title) {
  const q = new URLSearchParams({ q: title, status: 'all' });
  return (await client.get(`/exceptions?${q}`)).body.items.find((x) => x.title === title);
}

async function undocumented(client) {
  return (await client.get('/dashboard')).body.undocumented;
}

test('M-28: our own export is read again and changes nothing', async () => {
  const csv = (await ivy.get('/exports/register.csv?status=all&q=EX')).body;
  assert.ok(csv.length > 2000);
  const there = exceptions();
  const rows = csv.split('\r\n').length;
  const out = imported(csv, [], null);
  assert.equal(out.status, 0, JSON.stringify(out).slice(0, 2000));
  assert.equal(out.unchanged, out.rows);
  assert.ok(out.rows > 20 && out.rows < rows);
  assert.equal(out.new, 0);
  // staff are not shown owner and risk of others: that is no other fact
  const own = imported((await ada.get('/exports/register.csv?status=active')).body, [], null);
  assert.equal(own.unchanged, own.rows);
  const lines = csv.split('\r\n');
  const changed = [lines[0], lines[1].replace(/^("[^"]*",)"/, '$1"Another '), lines[2], lines[2], '"EX-1999-00001"' + lines[2].slice(15)];
  const bad = imported(changed.join('\r\n'), [], null);
  assert.equal(bad.status, 1);
  assert.match(places(bad)[0], /^2 title: is ".*" in the register; nothing is overwritten$/);
  assert.match(places(bad)[1], /^4 number: EX-\d+-\d+ is in row 3 as well$/);
  assert.match(places(bad)[2], /^5 number: EX-1999-00001 is not in this register/);
  assert.equal(exceptions(), there);
});

test('M-28: a wrong heading, map or file is told before anything else', () => {
  const there = exceptions();
  assert.match(imported('Ref;Titel\n1;x\n').stderr, /row 1: the heading "Name", mapped to title, is not there/);
  assert.match(imported('Ref;Titel\n1;x\n', [], null).stderr, /row 1: the heading "number" is not there/);
  assert.match(imported('', []).stderr, /row 1: the file is empty/);
  assert.match(imported(head, [], { ...map, colour: 'x' }).stderr, /\/colour /);
  assert.match(imported(head, [], { ...map, source: undefined }).stderr, /\/source /);
  assert.equal(exceptions(), there);
});

test('M-28: every fault is told with its row and column, and one refuses the whole file', () => {
  const { active, past } = days();
  const there = exceptions();
  const text = Buffer.concat([
    Buffer.from(head),
    Buffer.from(`A-1;Good one;approved;VM-02;;ada.marsh;${past};${active};;;\n`),
    Buffer.from(`A-2;;approved;NO-DOC;;nobody.here;${past};31.02.2030;;;\n`),
    Buffer.from(`A-3;No end;approved;VM-02;;ada.marsh;${past};;;;\n`),
    Buffer.from(`A-4;For ever;approved;VM-02;99.99;ada.marsh;${past};31.12.2099;;;\n`),
    Buffer.from(`A-1;Twice;approved;VM-02;;ada.marsh;${past};${active};;;\n`),
    Buffer.from(`A-6;=HYPERLINK("http://x");approved;VM-02;;ada.marsh;${past};${active};;;\n`.replace('"http://x"', 'A1')),
    Buffer.from('A-7;M\xfcller;approved;VM-02;;ada.marsh;01.01.2024;01.01.2025;;;\n', 'latin1'),
    Buffer.from('A-8;short\n'),
    Buffer.from(`A-9;What is it;perhaps;VM-02;;ada.marsh;${past};${past};;;"${'x'.repeat(9000)}"\n`),
    Buffer.from(`A-10;"a "quote" inside";approved;VM-02;;ada.marsh;${past};${active};;;\n`),
  ]);
  const out = imported(text, ['--dry-run']);
  assert.equal(out.status, 1);
  const told = places(out);
  for (const pattern of [
    /^3 Name: is missing/,
    /^3 Policy: "NO-DOC" is not a published document/,
    /^3 Owner: "nobody.here" is not a person/,
    /^3 Until: "31.02.2030" is not a day as dd.mm.yyyy/,
    /^4 Until: is missing: there is no exception without an end/,
    /^5 Clause: "99.99" is not a clause of VM-02/,
    /^5 Until: is more than ten years after/,
    /^6 Ref: "A-1" is in row 2 as well/,
    /^7 Name: begins with "=", as a formula does/,
    /^8 Name: is not UTF-8/,
    /^9 null: has 2 columns, the heading 11/,
    /^10 Result: "perhaps" is no outcome/,
    /^10 Why: /,
    /^11 Name: has text behind the closing quote/,
  ]) assert.ok(told.some((line) => pattern.test(line)), `${pattern}: ${told.join('\n')}`);
  assert.equal(out.new, 1);
  assert.equal(imported(text).status, 1);
  assert.equal(exceptions(), there, 'nothing is half done');
  const skipped = imported(text, ['--skip-faulty']);
  assert.equal(skipped.status, 0);
  assert.equal(skipped.new, 1);
  assert.equal(Number(exceptions()), Number(there) + 1);
});

test('M-28: rows are taken in undocumented with an unverified decision, once, and the count falls when one is completed', async () => {
  const { active, past, ended } = days();
  const before = await undocumented(nora);
  const clause = (await ada.get('/documents/VM-02')).body.clauses[0].ref;
  const text = `${head}B-1;Ward terminals stay on the old build;approved;VM-02;${clause};ada.marsh;${past};${active};${past};J. Smith, CIO;Agreed by mail\r
B-2;Old scanner without a fix;approved;VM-02;;ada.marsh;${past};${ended};;;\r
B-3;Open share for the lab;denied;VM-02;;ada.marsh;;;${past};;\r
B-4;'=1+1 in the title;approved;;;ada.marsh;${past};${active};;;\r\n`;
  const dry = imported(text, ['--dry-run']);
  assert.deepEqual([dry.status, dry.new, dry.written], [0, 4, false], JSON.stringify(dry));
  const there = Number(exceptions());
  const out = imported(text);
  assert.deepEqual([out.status, out.new, out.written], [0, 4, true], JSON.stringify(out));
  assert.equal(Number(exceptions()), there + 4);
  const again = imported(text);
  assert.deepEqual([again.status, again.new, again.unchanged], [0, 0, 4]);
  assert.equal(Number(exceptions()), there + 4);
  const other = imported(text.replace('Open share', 'Closed share'));
  assert.equal(other.status, 1);
  assert.match(places(other)[0], /^4 Ref: "B-3" was imported as EX-\d+-\d+ with other facts; nothing is overwritten/);

  assert.equal(await undocumented(nora), before + 4);
  const one = await find(ivy, 'Ward terminals stay on the old build');
  assert.equal(one.status, 'active');
  assert.equal(one.undocumented, true);
  assert.equal((await find(ivy, 'Old scanner without a fix')).status, 'expired');
  assert.equal((await find(ivy, 'Open share for the lab')).status, 'denied');
  assert.ok(await find(ivy, '=1+1 in the title'));
  const list = (await ivy.get('/exceptions?undocumented=true&status=all&limit=100&sort=-number')).body.items;
  assert.ok(list.length >= 4 && list.every((x) => x.undocumented));
  assert.equal((await ivy.get('/exceptions/count?undocumented=true&status=all')).body.n, await undocumented(ivy));
  assert.deepEqual(pointers(await ivy.get('/exceptions?undocumented=true&sort=updated')), ['?sort']);

  const x = (await ada.get(`/exceptions/${one.number}`)).body;
  assert.equal(x.legacy_decider, 'J. Smith, CIO');
  assert.deepEqual(x.decisions, [], 'nobody is made up');
  assert.equal(x.may_document, true);
  assert.equal((await ada.get(`/exceptions/${(await find(ada, 'Old scanner without a fix')).number}`)).body.legacy_decider, 'unverified');
  const events = (await ivy.get('/audit-events?action=exception.import')).body.items;
  assert.ok(events.some((e) => e.object === one.number && e.actor === 'exregctl import'));

  const path = `/exceptions/${one.number}/documentation`;
  const content = await vulnerabilityContent(ada, { requested_until: day(ada, 3000), fix_on: day(ada, -30) });
  assert.equal((await sam.post(path, { content }, { etag: x.etag })).status, 403, 'its owner completes it');
  const short = await ada.post(path, { content: { title: 'x', confidential: false } }, { etag: x.etag });
  assert.equal(short.status, 422);
  assert.ok(pointers(short).includes('/content/justification'));
  const done = await ada.post(path, { content }, { etag: x.etag });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.undocumented, false);
  assert.equal(done.body.content_version, 2);
  for (const key of ['status', 'effective_on', 'expires_on', 'requested_until', 'decided_at', 'legacy_decider', 'request_state', 'number'])
    assert.equal(done.body[key], x[key], key);
  assert.equal(done.body.content.requested_until, x.expires_on);
  assert.equal(await undocumented(nora), before + 3);
  assert.equal((await ada.post(path, { content }, { etag: done.body.etag })).status, 409);
  assert.deepEqual(imported(text).unchanged, 4, 'what was completed is still the same row of the file');
});

test('C-22: a row under a procedure with a form becomes a draft of its owner, whatever the file says', async () => {
  const { active, past } = days();
  const text = `${head}C-1;Said to be approved elsewhere;approved;;;ada.marsh;${past};${active};${past};Somebody;\n`;
  const out = imported(text, [], { ...map, constants: { procedure: '3502' } });
  assert.deepEqual([out.status, out.drafts, out.new], [0, 1, 0], JSON.stringify(out));
  assert.equal(await find(ivy, 'Said to be approved elsewhere'), undefined, 'a draft is in no list');
  const draft = (await ada.get('/home')).body.drafts.find((x) => x.title === 'Said to be approved elsewhere');
  const x = (await ada.get(`/exceptions/${draft.number}`)).body;
  assert.equal(x.request_state, 'draft');
  assert.equal(x.expires_on, null);
  const sent = await ada.post(`/exceptions/${x.number}/steps`, { action: 'submit', declaration: true }, { etag: x.etag });
  assert.equal(sent.status, 422, 'it needs the form');
  assert.equal((await ada.post(`/exceptions/${x.number}/documentation`, { content: x.content }, { etag: x.etag })).status, 409);
  assert.equal(imported(text, [], { ...map, constants: { procedure: '3502' } }).unchanged, 1);
});

test('M-28: a file of 100,000 rows is checked in little memory', () => {
  const { active, past } = days();
  const rows = [head];
  for (let i = 0; i < 100000; i++) rows.push(`D-${i};Row ${i};approved;VM-02;;${i === 77777 ? 'nobody' : 'ada.marsh'};${past};${active};;;${'because '.repeat(20)}\n`);
  const csv = file(rows.join(''));
  const text = execFileSync(
    'sh',
    ['-c', `ulimit -v 200000; build/release/backend/exregctl -c "$EXREG_TEST_VAR/etc/exreg.conf" import ${csv} --map ${file(JSON.stringify(map), 'json')} --dry-run || true`],
    { encoding: 'utf8' },
  );
  assert.equal(text, 'row 77779, Owner: "nobody" is not a person the register knows\n100000 rows: 99999 new, 0 as drafts, 0 unchanged, 1 faulty; nothing was written\n');
});
