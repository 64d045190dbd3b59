// The database dies: every answer is 503 with Retry-After, and when it is
// back everything goes on without a restart of ours.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client, part, signedIn, until } from '../support/client.mjs';
import { expect } from '../support/request.mjs';

const programs = ['register', 'directory', 'export', 'jobs', 'nginx'];
const pids = () => programs.map((name) => part(name, 'pid'));

after(() => part('database', 'start'));

test('a dead database is told, and waited for', async () => {
  const ada = await signedIn('ada.marsh');
  const before = pids();
  part('database', 'kill');
  for (const path of ['/me', '/exceptions?limit=1', '/health', '/exports/register.csv']) {
    const answer = await ada.get(path);
    assert.equal(answer.status, 503, `${path}: ${answer.text}`);
    assert.ok(Number(answer.headers.get('retry-after')) > 0, path);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json', path);
  }
  const signIn = await new Client().signIn('ivy.chen');
  assert.equal(signIn.status, 503, signIn.text);

  part('database', 'start');
  await until(async () => (await ada.get('/me')).status === 200, 'the session goes on');
  expect(await ada.get('/exceptions?limit=1'), 200);
  await signedIn('ivy.chen');
  assert.deepEqual(pids(), before);
});
