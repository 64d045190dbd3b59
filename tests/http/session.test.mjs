// Signing in and out, roles and their scopes, cross-site requests.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Client, origin, password, signIn } from '../support/api.mjs';

const attempt = (username, secret, options = {}) => {
  const client = new Client();
  return client.request('POST', '/session', { body: { username, password: secret }, ...options });
};

test('a right name and password open a session, and signing out ends it', async () => {
  const ada = await signIn('ada.marsh');
  assert.deepEqual(ada.me.classes, ['staff']);
  const cookie = ada.cookie;
  assert.equal((await ada.get('/me')).status, 200);
  assert.equal((await ada.request('DELETE', '/me/session')).status, 204);
  ada.cookie = cookie;
  assert.equal((await ada.get('/me')).status, 401, 'the old cookie is dead');
});

test('signing out everywhere ends the other sessions', async () => {
  const one = await signIn('elsa.lind');
  const two = await signIn('elsa.lind');
  assert.equal((await one.request('DELETE', '/me/sessions')).status, 204);
  assert.equal((await two.get('/me')).status, 401);
});

test('every refusal looks alike', async () => {
  const answers = [
    await attempt('omar.haddad', 'wrong'),
    await attempt(`nobody.${randomUUID().slice(0, 8)}`, 'wrong'),
    await attempt('omar.haddad', ''),
    await attempt('*', 'wrong'),
    await attempt('omar.haddad)(uid=*', password),
    await attempt('omar.haddad', 'x'.repeat(600)),
  ];
  for (const answer of answers) {
    assert.equal(answer.status, 401);
    assert.equal(answer.body.detail, answers[0].body.detail);
    assert.equal(answer.headers.get('set-cookie'), null);
  }
});

test('wrong passwords are counted before the directory would lock the account', async () => {
  const victim = 'petra.novak';
  for (let i = 0; i < 4; i++) assert.equal((await attempt(victim, `wrong-${i}`)).status, 401);
  // the right password is not tried any more: no bind is made in this window
  assert.equal((await attempt(victim, password)).status, 401);
});

test('a cookie that was made up is nobody', async () => {
  const client = new Client();
  for (const value of ['', 'x', 'A'.repeat(43), '%00', '../..']) {
    client.cookie = `exreg=${value}`;
    assert.equal((await client.get('/me')).status, 401, value);
  }
});

const sites = [
  [{ 'sec-fetch-site': 'same-origin' }, 204],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'none' }, 403],
  [{ 'sec-fetch-site': undefined, origin }, 204],
  [{ 'sec-fetch-site': undefined, origin: 'https://evil.example' }, 403],
  [{ 'sec-fetch-site': undefined, origin: 'null' }, 403],
];
test('unsafe requests come from our own pages only', async () => {
  for (const [headers, status] of sites) {
    const client = await signIn('omar.haddad');
    const clean = Object.fromEntries(Object.entries(headers).filter(([, v]) => v !== undefined));
    const response = await fetch(`${origin}/api/v1/me/session`, { method: 'DELETE', headers: { cookie: client.cookie, ...clean } });
    assert.equal(response.status, status, JSON.stringify(headers));
  }
});

test('a body that is not JSON is refused as such', async () => {
  const client = new Client();
  const answer = await client.request('POST', '/session', { raw: 'username=a', headers: { 'content-type': 'text/plain' } });
  assert.equal(answer.status, 415);
});

// M-26, P-05: what each class may call
const matrix = [
  ['ada.marsh', { '/me': 200, '/home': 200, '/exceptions': 200, '/dashboard': 403, '/audit-events': 403, '/role-mappings': 403, '/groups?q=a': 403 }],
  ['sam.okafor', { '/queue': 200, '/dashboard': 200, '/audit-events': 403, '/role-mappings': 403 }],
  ['ivy.chen', { '/exceptions': 200, '/dashboard': 200, '/audit-events': 200, '/role-mappings': 403 }],
  ['tom.reyes', { '/dashboard': 200, '/audit-events': 200, '/role-mappings': 200, '/groups?q=a': 200 }],
];
test('each class reaches what is its own', async () => {
  for (const [name, paths] of matrix) {
    const client = await signIn(name);
    for (const [path, status] of Object.entries(paths)) assert.equal((await client.get(path)).status, status, `${name} ${path}`);
  }
});

test('an auditor writes nothing', async () => {
  const ivy = await signIn('ivy.chen');
  assert.equal((await ivy.post('/exceptions', { procedure: 'SEC-PROC-009' })).status, 403);
});

test('without a session there is nothing but health, sign-in and the description', async () => {
  const client = new Client();
  assert.equal((await client.get('/health')).status, 200);
  assert.equal((await client.get('/openapi.json')).status, 200);
  for (const path of ['/me', '/exceptions', '/home', '/documents', '/units', '/exceptions/EX-2026-00001'])
    assert.equal((await client.get(path)).status, 401, path);
});

test('an unknown path is 404 and a wrong method 405 with what there is', async () => {
  const ada = await signIn('ada.marsh');
  assert.equal((await ada.get('/nothing')).status, 404);
  const answer = await ada.request('PUT', '/me', { body: {} });
  assert.equal(answer.status, 405);
  assert.match(answer.headers.get('allow'), /GET/);
});
