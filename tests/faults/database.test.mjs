// The database dies: every answer is 503 with Retry-After, and when it is
// back everything goes on without a restart of ours.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client, password, signIn } from '../support/api.mjs';
import { part, until } from '../support/servers.mjs';

const programs = ['register', 'directory', 'export', 'jobs', 'nginx'];
const pids = () => programs.map((name) => part(name, 'pid'));

after(() => part('database', 'start'));

test('a dead database is told, and waited for', async () => {
  const ada = await signIn('ada.marsh');
  const before = pids();
  part('database', 'kill');
  for (const path of ['/me', '/exceptions?limit=1', '/health', '/exports/register.csv']) {
    const answer = await ada.get(path);
    assert.equal(answer.status, 503, path);
    assert.ok(Number(answer.headers.get('retry-after')) > 0, path);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json', path);
  }
  const body = { username: 'ivy.chen', password };
  assert.equal((await new Client().request('POST', '/session', { body })).status, 503);

  part('database', 'start');
  await until(async () => (await ada.get('/me')).status === 200, 'the session goes on');
  assert.equal((await ada.get('/exceptions?limit=1')).status, 200);
  await signIn('ivy.chen');
  assert.deepEqual(pids(), before);
});
