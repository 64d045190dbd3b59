// Procedures are data: an administrator publishes a version, everything
// that is wrong with it is named, and requests that run keep theirs.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pointers, signIn, submitted } from '../support/api.mjs';

let tom;
let ada;
let ivy;
before(async () => {
  tom = await signIn('tom.reyes');
  ada = await signIn('ada.marsh');
  ivy = await signIn('ivy.chen');
});

const newest = async (key) => {
  const list = (await tom.get(`/procedures/${key}/versions`)).body.items;
  return (await tom.get(`/procedures/${key}/versions/${list[0].version}`)).body.procedure;
};
const post = (path, body) => tom.post(path, body);

test('V-01 M-36: the next version is in force at once, and requests that run stay on theirs', async () => {
  const x = await submitted(ada);
  const p = await newest('SEC-PROC-009');
  p.version += 1;
  p.stages[0].what = 'Read it twice, then decide.';
  p.form[0].fields[0].label = 'Title of the request';
  const done = await post('/procedures', p);
  assert.equal(done.status, 201, JSON.stringify(done.body));
  const again = await post('/procedures', p);
  assert.equal(again.status, 409, 'a version is published once');
  const now = (await ada.get('/procedures/SEC-PROC-009')).body;
  assert.equal(now.version, p.version);
  const running = (await ada.get(`/exceptions/${x.number}`)).body;
  assert.equal(running.procedure_version, p.version - 1);
  assert.notEqual(running.stage.what, 'Read it twice, then decide.');
  const theirs = (await ada.get(`/procedures/SEC-PROC-009?version=${running.procedure_version}`)).body;
  assert.notEqual(theirs.form.sections[0].fields[0].label, 'Title of the request');
  const fresh = await submitted(ada);
  assert.equal(fresh.procedure_version, p.version);
  assert.equal(fresh.stage.what, 'Read it twice, then decide.');
  const events = (await ivy.get('/audit-events?action=procedure.publish')).body.items;
  assert.ok(events.some((e) => e.object === 'SEC-PROC-009'));
});

const faults = [
  ['a stage nobody reaches', (p) => { p.stages[1].after = 'denied'; }, '/stages/1/after'],
  ['a role nobody holds', (p) => { p.stages[0].role = 'security_wizard'; }, '/stages/0/role'],
  ['a gate that can never hold', (p) => { p.stages[8].records[0].least = 2; }, '/stages/8/records/0/least'],
  ['a term longer than the document allows', (p) => { p.documents = ['VM-02']; }, '/term/max_days'],
  ['no decision for some', (p) => { p.stages[5].applies = { least_risk: 10 }; }, '/stages'],
];
test('the server and exregctl refuse the same faults with the place of each', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'exreg-procedure.'));
  for (const [name, change, pointer] of faults) {
    const p = await newest('3502');
    p.version += 1;
    change(p);
    const answer = await post('/procedures/check', p);
    assert.equal(answer.status, 422, name);
    assert.ok(pointers(answer).includes(pointer), `${name}: ${JSON.stringify(answer.body.errors)}`);
    assert.equal((await post('/procedures', p)).status, 422, name);
    const file = join(dir, 'p.json');
    writeFileSync(file, JSON.stringify(p));
    const ctl = spawnSync('build/release/backend/exregctl', ['-c', `${process.env.EXREG_TEST_VAR}/etc/exreg.conf`, 'procedure', 'check', file], {
      encoding: 'utf8',
    });
    assert.equal(ctl.status, 1, `${name}: ${ctl.stdout}${ctl.stderr}`);
    assert.ok(ctl.stderr.includes(`${pointer} `), `${name}: ${ctl.stderr}`);
  }
  const p = await newest('3502');
  p.colour = 'red';
  assert.deepEqual(pointers(await post('/procedures/check', p)), ['/colour']);
});

test('a sample request shows which stages it would meet', async () => {
  const procedure = await newest('MGR-EXC-003');
  const way = async (risk) => {
    const answer = await post('/procedures/try', { procedure, risk, days: 30, term_no: 1, domain: 'hr' });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.steps.filter((s) => s.approved).map((s) => s.stage);
  };
  assert.deepEqual(await way(9), ['manager', 'compliance']);
  assert.deepEqual(await way(10), ['manager', 'compliance', 'risk_acceptance']);
  const letters = await post('/procedures/try', { procedure: await newest('3502'), risk: 5, days: 30, term_no: 1, domain: 'it_security' });
  const step = letters.body.steps.find((s) => s.stage === 'denial_letter');
  assert.deepEqual([step.approved, step.denied], [false, true]);
});

test('the JSON Schema is published, and the shipped procedures keep to its words', async () => {
  const schema = (await ada.get('/procedure-schema.json')).body;
  assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
  const top = schema.components.schemas.procedure_in;
  const shipped = JSON.parse(readFileSync('sql/procedures/3502.json', 'utf8'));
  for (const key of Object.keys(shipped)) assert.ok(top.properties[key], key);
  for (const key of top.required) assert.ok(shipped[key] !== undefined, key);
  const printed = JSON.parse(execFileSync('build/release/backend/exregctl', ['procedure', 'schema'], { encoding: 'utf8' }));
  assert.deepEqual(printed.components, schema.components);
});

test('a new role can act in a stage as soon as somebody holds it', async () => {
  const made = await post('/roles', { role: 'ethics_board', title: 'Ethics board' });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal((await post('/roles', { role: 'ethics_board', title: 'Again' })).status, 409);
  assert.deepEqual(pointers(await post('/roles', { role: 'Ethics Board', title: 'Mine' })), ['/role']);
  const p = await newest('CMP-EXC-006');
  p.version += 1;
  p.stages[0].role = 'ethics_board';
  assert.deepEqual(pointers(await post('/procedures/check', p)), ['/stages/0/role']);
});

test('only administrators edit procedures', async () => {
  const p = await newest('CMP-EXC-006');
  for (const who of [ada, ivy]) {
    assert.equal((await who.post('/procedures', { ...p, version: p.version + 1 })).status, 403);
    assert.equal((await who.get('/procedures/3502/versions')).status, 403);
    assert.equal((await who.post('/roles', { role: 'mine', title: 'Mine' })).status, 403);
  }
});
