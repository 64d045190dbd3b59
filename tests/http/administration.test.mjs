// Mapping a directory group to a role: seen before it is saved, in force at
// once, kept when it ends.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { find, decide, pointers, signIn, submitted } from '../support/api.mjs';

let tom;
before(async () => {
  tom = await signIn('tom.reyes');
});

const groupNamed = async (name) => (await tom.get(`/groups?q=${name}`)).body.items.find((g) => g.name === name);
const mapped = async () => (await tom.get('/role-mappings')).body.items;

test('the members are shown before saving, and the role holds from then on', async () => {
  const group = await groupNamed('finance-controllers');
  const body = { group_id: group.id, role: 'auditor', domain: 'finance' };
  const preview = await tom.post('/role-mappings/preview', body, { key: undefined });
  assert.equal(preview.status, 200, JSON.stringify(preview.body));
  assert.ok(preview.body.people.some((p) => p.name === 'Hana Sato'));
  assert.equal(preview.body.members, preview.body.already + preview.body.gains.length + preview.body.gains_more);

  const hana = await signIn('hana.sato');
  assert.ok(!hana.me.classes.includes('auditor'));
  const saved = await tom.post('/role-mappings', body);
  assert.equal(saved.status, 201, JSON.stringify(saved.body));
  assert.equal(saved.body.members, preview.body.members);
  const now = await hana.get('/me');
  assert.ok(now.body.classes.includes('auditor'), 'the running session has it too');

  const twice = await tom.post('/role-mappings', body);
  assert.equal(twice.status, 409);
  const row = (await mapped()).find((m) => m.id === saved.body.id);
  const ended = await tom.request('DELETE', `/role-mappings/${row.id}`, { etag: row.etag });
  assert.equal(ended.status, 204);
  assert.ok(!(await mapped()).some((m) => m.id === row.id));
  assert.ok(!(await hana.get('/me')).body.classes.includes('auditor'), 'and loses it at once');
});

const bad = [
  [{ group_id: '00000000-0000-0000-0000-000000000000', role: 'auditor' }, ['/group_id']],
  [{ role: 'auditor' }, ['/group_id']],
  [{ group_id: 'X', role: 'emperor', unit: 'NOWHERE', document: 'NONE' }, ['/document', '/role', '/unit']],
  [{ group_id: 'X', role: 'auditor', domain: 'kitchen' }, ['/domain']],
];
test('a wrong mapping names what is wrong', async () => {
  const group = await groupNamed('finance-controllers');
  for (const [body, where] of bad) {
    if (body.group_id === 'X') body.group_id = group.id;
    const answer = await tom.post('/role-mappings', body);
    assert.equal(answer.status, 422, JSON.stringify(answer.body));
    assert.deepEqual(pointers(answer), where);
  }
});

test('the last administrator mapping, and one\'s own, stay', async () => {
  const row = (await mapped()).find((m) => m.role === 'administrator');
  const answer = await tom.request('DELETE', `/role-mappings/${row.id}`, { etag: row.etag });
  assert.equal(answer.status, 409);
});

test('a person can be tested: groups, roles, and what they add up to', async () => {
  const answer = await tom.get('/people/sam.okafor/access');
  assert.equal(answer.status, 200);
  assert.equal(answer.body.person.name, 'Sam Okafor');
  assert.ok(answer.body.groups.some((g) => g.role === 'Security Lead'));
  assert.ok(answer.body.groups.some((g) => g.role === null), 'a group without a role is shown as such');
  assert.ok(answer.body.classes.includes('approver'));
  assert.equal((await tom.get('/people/nobody.here/access')).status, 404);
});

test('a scope of several parts is told in full', async () => {
  const group = await groupNamed('finance-controllers');
  const { code, name } = (await tom.get('/units')).body.items[0];
  const saved = await tom.post('/role-mappings', { group_id: group.id, role: 'document_owner', unit: code, domain: 'finance', document: 'VM-02' });
  assert.equal(saved.status, 201, JSON.stringify(saved.body));
  const { groups } = (await tom.get('/people/hana.sato/access')).body;
  await tom.request('DELETE', `/role-mappings/${saved.body.id}`, { etag: saved.body.etag });
  assert.ok(groups.some((g) => g.scope === `unit ${name}, domain finance, document VM-02`), JSON.stringify(groups));
});

// decisions 12: never through a mapping they saved themselves
test('an administrator who maps themselves a role cannot decide with it', async () => {
  const ada = await signIn('ada.marsh');
  const group = await groupNamed('register-admins');
  const saved = await tom.post('/role-mappings', { group_id: group.id, role: 'security_lead' });
  assert.equal(saved.status, 201, JSON.stringify(saved.body));
  try {
    const x = await submitted(ada);
    const seen = (await tom.get(`/exceptions/${x.number}`)).body;
    assert.match(seen.allowed_actions.find((a) => a.action === 'approve').reason, /gave yourself/);
    assert.equal((await decide(tom, x)).status, 403);
  } finally {
    const row = (await mapped()).find((m) => m.id === saved.body.id);
    await tom.request('DELETE', `/role-mappings/${row.id}`, { etag: row.etag });
  }
});

// the directory is asked at the decision, not the session
test('findings and decisions need the role in its scope', async () => {
  const ada = await signIn('ada.marsh');
  const hana = await signIn('hana.sato');
  const sam = await signIn('sam.okafor');
  const x = await submitted(ada);
  assert.equal((await hana.post(`/exceptions/${x.number}/findings`, { kind: 'business_validity', judgement: 'supports', text: 'x', content_version: 1 })).status, 403);
  const ready = await find(sam, x);
  assert.equal((await decide(hana, ready)).status, 403);
  assert.equal((await decide(sam, ready)).status, 200);
});
