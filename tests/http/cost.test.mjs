// What requests about one exception cost: SQL statements, as the log counts
// them. A statement more is a decision, not an accident.
// A draft is read with what it still owes: document, clauses, times to fix
// and asset are looked up for its requester, for nobody else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { decide, draft, find, signIn, submit, submitted, vulnerabilityContent } from '../support/api.mjs';
import { folder, until } from '../support/servers.mjs';

// Each of at most four workers reads the procedure once, and the session is
// touched once a minute: of six requests one at least does neither.
const TRIES = 6;

let ada;
let sam;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
});

const read = (pool) => readFileSync(join(folder, 'log', `${pool}.log`), 'latin1');

/** Statements of the one request that ask() makes on that route. */
async function statements(pool, route, ask) {
  const start = read(pool).length;
  const answer = await ask();
  assert.ok(answer.status < 300, `${route} ${answer.status} ${JSON.stringify(answer.body)}`);
  const line = await until(
    () => read(pool).slice(start).split('\n').find((l) => l.includes(` method=${route} status=`) && / sql=\d+ /.test(l)),
    `the line of ${route}`,
  );
  return Number(/ sql=(\d+) /.exec(line)[1]);
}

const one = '/api/v1/exceptions/{number}';
const precedentsOf = (x) => () => sam.get(`/exceptions/${x.number}/precedents`);
const get = (client, x) => () => client.get(`/exceptions/${x.number}`);

const requests = [
  ['a draft made', 12, async () => ['register', 'POST route=/api/v1/exceptions', () => ada.post('/exceptions', { procedure: 'SEC-PROC-009' })]],
  ['a draft read', 10, async () => ['register', `GET route=${one}`, get(ada, await draft(ada, await vulnerabilityContent(ada)))]],
  [
    'a draft sent for approval', // one of them looks for what covers the same
    33,
    async () => {
      // of an asset without an exception: nothing is owed for a second one
      const { id } = (await ada.get('/assets?mine=true')).body.items.at(-1);
      const d = await draft(ada, await vulnerabilityContent(ada, { asset_id: id, overlap_reason: undefined }));
      return ['register', `POST route=${one}/steps`, () => submit(ada, d)];
    },
  ],
  ['a waiting request read', 9, async () => ['register', `GET route=${one}`, get(sam, await submitted(ada))]],
  [
    'an approval', // one of them reads the precedents
    25,
    async () => {
      const x = await find(sam, await submitted(ada));
      return ['directory', 'POST route=/api/v1/decisions', () => decide(sam, x)];
    },
  ],
  ['the precedents of a request read', 9, async () => ['register', `GET route=${one}/precedents`, precedentsOf(await submitted(ada))]],
  [
    'a look at what is covered already',
    11,
    async () => {
      const d = await draft(ada, await vulnerabilityContent(ada));
      return ['register', 'GET route=/api/v1/overlaps', () => ada.get(`/overlaps?exception=${d.number}`)];
    },
  ],
  [
    'a return',
    20,
    async () => {
      const x = await find(sam, await submitted(ada));
      return ['directory', 'POST route=/api/v1/decisions', () => decide(sam, x, { verdict: 'return', expires_on: undefined })];
    },
  ],
  [
    'an approved exception read',
    10,
    async () => {
      const x = await find(sam, await submitted(ada));
      assert.equal((await decide(sam, x)).status, 200);
      return ['register', `GET route=${one}`, get(ada, x)];
    },
  ],
];
for (const [what, most, prepare] of requests) {
  test(`${what} takes at most ${most} statements`, async () => {
    const counts = [];
    for (let i = 0; i < TRIES; i++) counts.push(await statements(...(await prepare())));
    assert.ok(Math.min(...counts) <= most, `${counts} statements`);
  });
}
