// A worker is killed in the middle of a decision, at every table that the
// decision writes: nothing is half done, and a repeat with the same key
// finishes what was meant. The moment is an event: another session holds the
// table, the decision waits for it, and then the worker dies.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { decide, find, signIn, submitted } from '../support/api.mjs';
import { children, hold, part, sql, until } from '../support/servers.mjs';
import { idOf, traces } from './traces.mjs';

const tables = ['exception', 'decision', 'decision_condition', 'exception_version', 'exception_facet', 'risk', 'exception_risk', 'audit_event', 'outbox', 'idempotency'];
const asking = { conditions: [{ text: 'Watch the log every day.', owner: 'Ada Marsh', due_on: null }] };
const nothing = { approved: 0, term: 0, decision: 0, conditions: 0, version: 0, facets: 0, risk: 0, audit: 0, notices: 0 };

let ada;
let sam;

before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
});

// Whatever a test left behind: the pool serves again.
after(() => until(async () => (await sam.get('/groups?q=x')).status < 500, 'the directory pool answers'));

// Inside the procedure that appends to the audit trail it is the owner who waits.
const users = `('exreg_directory', 'exreg_owner')`;

const waiting = () =>
  sql(`SELECT id FROM information_schema.processlist
       WHERE user IN ${users} AND state LIKE 'Waiting for table%'`).length > 0;

/** Nothing of the pool is left in the server. */
const gone = () =>
  !waiting() &&
  sql(`SELECT p.id FROM information_schema.processlist p
       JOIN information_schema.innodb_trx t ON t.trx_mysql_thread_id = p.id
       WHERE p.user IN ${users}`).length === 0;

function killWorkers() {
  for (const pid of children(Number(part('directory', 'pid')))) process.kill(pid, 'SIGKILL');
}

/** Everything that belongs to an approval is there exactly once. */
function assertWhole(number) {
  const { facets, notices, ...rest } = traces(number);
  assert.deepEqual(rest, { approved: 1, term: 1, decision: 1, conditions: 1, version: 1, risk: 1, audit: 1 });
  assert.ok(facets >= 3, `${facets} facets`);
  assert.ok(notices >= 1, `${notices} notices`);
}

/** The same decision again with the same key; the pool may still be starting. */
function repeat(seen, key) {
  return until(async () => {
    const answer = await decide(sam, seen, asking, { key });
    return answer.status < 500 && answer;
  }, 'the decision is taken');
}

for (const table of tables) {
  test(`killed while it writes ${table}: nothing is half done`, async (t) => {
    const seen = await find(sam, await submitted(ada));
    const { number } = seen;
    const key = randomUUID();
    const release = await hold(t, table);
    const lost = decide(sam, seen, asking, { key });
    await until(waiting, `the decision waits for ${table}`);
    killWorkers();
    await release();
    const answer = await lost;
    assert.equal(answer.status, 502);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    await until(gone, 'the server has rolled back');
    assert.deepEqual(traces(number), nothing);

    assert.equal((await repeat(seen, key)).status, 200);
    assertWhole(number);
  });
}

test('killed at the moment it commits: whole, and the repeat tells the same', async () => {
  const seen = await find(sam, await submitted(ada));
  const { number } = seen;
  const key = randomUUID();
  const first = decide(sam, seen, asking, { key });
  await until(() => sql(`SELECT 1 FROM decision WHERE exception_id = ${idOf(number)}`).length === 1, 'the decision is there');
  killWorkers();
  assertWhole(number);
  const answer = await first;
  const again = await repeat(seen, key);
  assert.equal(again.status, 200);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  if (answer.status === 200) assert.deepEqual(again.body, answer.body);
  assertWhole(number);
});
