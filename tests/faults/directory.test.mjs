// The directory dies or falls silent: nobody signs in and nobody decides,
// each is told so within three seconds, and the register goes on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, decide, find, password, signIn, submitted } from '../support/api.mjs';
import { part, until } from '../support/servers.mjs';
import { traces } from './traces.mjs';

let ada;
let sam;
let seen;

before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
  seen = await find(sam, await submitted(ada));
});

const attempt = () => new Client().request('POST', '/session', { body: { username: 'ivy.chen', password } });
const works = async () => (await attempt()).status === 201;

after(() => until(works, 'people can sign in again'));

/** An answer and how long it took. */
async function timed(promise) {
  const began = performance.now();
  const answer = await promise;
  return { answer, ms: performance.now() - began };
}

function assertDown({ answer, ms }) {
  assert.equal(answer.status, 503);
  assert.ok(ms < 3000, `${Math.round(ms)} ms`);
  assert.match(answer.body.detail, /directory does not answer/i);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
}

const kinds = [
  { name: 'dead', break: () => part('directory-server', 'kill'), mend: () => part('directory-server', 'start') },
  { name: 'silent', break: () => part('directory-server', 'freeze'), mend: () => part('directory-server', 'thaw') },
];

for (const kind of kinds) {
  test(`a ${kind.name} directory`, async () => {
    kind.break();
    try {
      const signIns = Promise.all([1, 2, 3].map(() => timed(attempt())));
      for (let i = 0; i < 20; i++) {
        const page = await timed(ada.get('/exceptions?limit=50'));
        assert.equal(page.answer.status, 200);
        assert.ok(page.ms < 1000, `${Math.round(page.ms)} ms`);
      }
      for (const one of await signIns) assertDown(one);
      assertDown(await timed(decide(sam, seen)));
      assert.equal(traces(seen.number).decision, 0);
    } finally {
      kind.mend();
    }
    await until(works, 'people can sign in again');
  });
}
