import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ApiError, hooks, newKey, request } from './http.js';

/** @type {any[]} */
let calls;
/** @type {(Response | Error)[]} */
let answers;
const realFetch = globalThis.fetch;
const realWait = hooks.wait;

const json = (data, init = {}) =>
  new Response(JSON.stringify(data), {
    ...init,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...init.headers },
  });
const problem = (status, body = {}, headers = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });

beforeEach(() => {
  calls = [];
  answers = [];
  hooks.wait = async ms => void calls.push({ waited: ms });
  globalThis.fetch = async (url, init) => {
    calls.push({ url, ...init });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
});
afterEach(() => {
  globalThis.fetch = realFetch;
  hooks.wait = realWait;
  hooks.signedOut = null;
});
const sent = () => calls.filter(call => call.url);

test('a GET gives the data and its ETag', async () => {
  answers.push(json({ a: 1 }, { headers: { ETag: '"r1-c1"' } }));
  assert.deepEqual(await request('GET', '/x'), { data: { a: 1 }, etag: '"r1-c1"', status: 200 });
  assert.equal(calls[0].url, '/api/v1/x');
  assert.equal(calls[0].headers['X-Requested-With'], 'fetch');
});

test('a write carries body, If-Match and Idempotency-Key', async () => {
  answers.push(json({}));
  await request('PUT', '/x', { body: { b: 2 }, etag: 'r1-c0', key: 'k'.repeat(8) });
  assert.equal(calls[0].headers['If-Match'], '"r1-c0"');
  assert.equal(calls[0].headers['Idempotency-Key'], 'kkkkkkkk');
  assert.equal(calls[0].headers['Content-Type'], 'application/json');
  assert.equal(calls[0].body, '{"b":2}');
});

test('a 204 has no data', async () => {
  answers.push(new Response(null, { status: 204 }));
  assert.equal((await request('DELETE', '/x')).data, null);
});

test('a problem becomes an ApiError with its field errors', async () => {
  const errors = [{ pointer: '/title', detail: 'Enter a title' }];
  answers.push(
    problem(422, { type: '/problems/invalid-fields', title: 'No', detail: 'Two', instance: 'abc', errors }),
  );
  const error = await request('POST', '/x', { body: {} }).catch(caught => caught);
  assert.ok(error instanceof ApiError);
  assert.equal(error.kind, 'invalid-fields');
  assert.equal(error.requestId, 'abc');
  assert.deepEqual(error.errors, errors);
});

test('a 412 keeps who changed the record', async () => {
  answers.push(problem(412, { type: '/problems/stale-version', changed_by: 'Ben', current_etag: 'r3-c2' }));
  const error = await request('POST', '/x', { body: {} }).catch(caught => caught);
  assert.equal(error.problem.changed_by, 'Ben');
});

test('a GET is tried three times when the server is away', async () => {
  answers.push(problem(503), new TypeError('network'), json({ ok: true }));
  assert.deepEqual((await request('GET', '/x')).data, { ok: true });
  assert.equal(sent().length, 3);
});

test('the third failure is told', async () => {
  answers.push(problem(502), problem(502), problem(502));
  assert.equal((await request('GET', '/x').catch(caught => caught)).status, 502);
});

test('a long Retry-After is told at once', async () => {
  answers.push(problem(503, {}, { 'Retry-After': '30' }));
  const error = await request('GET', '/x').catch(caught => caught);
  assert.equal(error.retryAfter, 30);
  assert.equal(sent().length, 1);
});

test('a write without a key is never repeated; with a key it is', async () => {
  answers.push(problem(503));
  assert.equal((await request('POST', '/x', { body: {} }).catch(caught => caught)).status, 503);
  assert.equal(sent().length, 1);
  answers.push(new TypeError('network'), json({ ok: 1 }));
  assert.deepEqual((await request('POST', '/x', { body: {}, key: newKey() })).data, { ok: 1 });
});

test('a 401 waits for the sign-in and repeats the same request', async () => {
  let asked = 0;
  hooks.signedOut = async () => Boolean(++asked);
  answers.push(problem(401), json({ saved: true }));
  const answer = await request('PUT', '/x', { body: { typed: 'text' } });
  assert.deepEqual(answer.data, { saved: true });
  assert.equal(asked, 1);
  assert.equal(sent()[1].body, '{"typed":"text"}');
});

test('a 401 of the sign-in itself is an answer', async () => {
  hooks.signedOut = async () => assert.fail('must not ask');
  answers.push(problem(401, { type: '/problems/bad-credentials' }));
  assert.equal(
    (await request('POST', '/session', { anonymous: true }).catch(caught => caught)).kind,
    'bad-credentials',
  );
});

test('an answer that is not JSON is a failure of its own kind', async () => {
  answers.push(new Response('{"a":', { headers: { 'Content-Type': 'application/json' } }));
  assert.equal((await request('GET', '/x').catch(caught => caught)).kind, 'bad-answer');
});

test('an HTML error page is not shown as a problem', async () => {
  answers.push(new Response('<h1>', { status: 500, headers: { 'Content-Type': 'text/html' } }));
  const error = await request('GET', '/x').catch(caught => caught);
  assert.equal(error.status, 500);
  assert.equal(error.title, '');
});

test('a key fits the server rule', () => {
  assert.match(newKey(), /^[A-Za-z0-9_-]{8,64}$/);
});
