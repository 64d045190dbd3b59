// The directory dies or falls silent: nobody signs in and nobody decides,
// each is told so within three seconds, and the register goes on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, part, signedIn, until } from '../support/client.mjs';
import { approval, expect, judged, submitted, traces } from '../support/request.mjs';

let ada;
let sam;
let seen;

before(async () => {
  ada = await signedIn('ada.marsh');
  sam = await signedIn('sam.okafor');
  const { number } = await submitted(ada);
  seen = await judged(sam, number);
});

const works = async () => (await new Client().signIn('ivy.chen')).status === 201;

after(() => until(works, 'people can sign in again'));

/** An answer and how long it took. */
async function timed(promise) {
  const began = performance.now();
  const answer = await promise;
  return { answer, ms: performance.now() - began };
}

function assertDown({ answer, ms }) {
  assert.equal(answer.status, 503, answer.text);
  assert.ok(ms < 3000, `${Math.round(ms)} ms`);
  assert.match(answer.json.detail, /directory does not answer/i);
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
      const signIns = Promise.all([1, 2, 3].map(() => timed(new Client().signIn('ivy.chen'))));
      for (let i = 0; i < 20; i++) {
        const page = await timed(ada.get('/exceptions?limit=50'));
        expect(page.answer, 200);
        assert.ok(page.ms < 1000, `${Math.round(page.ms)} ms`);
      }
      for (const one of await signIns) assertDown(one);
      assertDown(await timed(sam.post('/decisions', approval(seen), { 'if-match': seen.etag })));
      assert.equal(traces(seen.number).decision, 0);
    } finally {
      kind.mend();
    }
    await until(works, 'people can sign in again');
  });
}
