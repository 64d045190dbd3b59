// Numbers of exceptions and risks: everybody takes them from one row.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { before, test } from 'node:test';
import { decide, find, signIn, submitted } from '../support/api.mjs';
import { sql, sqlClient, until } from '../support/servers.mjs';

const MANY = 24;

let ada;
let sam;
before(async () => {
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
});

const procedure = 'SEC-PROC-009';
const create = () => ada.post('/exceptions', { procedure });
const statuses = (answers) => [...new Set(answers.map((a) => a.status))];
const distinct = (list) => new Set(list).size;

// Transactions that were tried in vain, of the whole server since its start.
const rollbacks = () => Number(sql(`SHOW GLOBAL STATUS LIKE 'Com_rollback'`)[0][1]);

// P-01
test('drafts made at once have each a number of their own, at the first try', async () => {
  const before = rollbacks();
  const made = await Promise.all(Array.from({ length: MANY }, create));
  assert.deepEqual(statuses(made), [201]);
  assert.equal(distinct(made.map((a) => a.body.number)), MANY);
  assert.equal(rollbacks() - before, 0);
});

test('approvals at once have each a risk entry of their own, at the first try', async () => {
  const waiting = [];
  for (let i = 0; i < MANY; i++) waiting.push(await find(sam, await submitted(ada)));
  const before = rollbacks();
  const done = await Promise.all(waiting.map((x) => decide(sam, x)));
  assert.deepEqual(statuses(done), [200]);
  assert.equal(distinct(done.map((a) => a.body.risks[0].number)), MANY);
  assert.equal(rollbacks() - before, 0);
});

/** Be the one who takes the next number, and keep the row until release(). */
async function take(t, table) {
  const client = spawn('mariadb', sqlClient, { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => client.kill());
  client.stdin.write(`BEGIN; UPDATE ${table} SET last = last + 1; SELECT 'taken';\n`);
  await once(client.stdout, 'data');
  return async () => {
    client.stdin.end('COMMIT;\n');
    await once(client, 'exit');
  };
}

const waits = (table) =>
  sql(`SELECT 1 FROM information_schema.processlist
       WHERE command = 'Execute' AND info LIKE '%INTO ${table} %'`).length === 1;

const takers = [
  ['exception_number', async () => create, 201],
  [
    'risk_number',
    async () => {
      const x = await find(sam, await submitted(ada));
      return () => decide(sam, x);
    },
    200,
  ],
];
for (const [table, prepare, status] of takers) {
  test(`who waits for a number of ${table} has nothing to do again`, async (t) => {
    const ask = await prepare();
    const before = rollbacks();
    const release = await take(t, table);
    let over = false;
    const answer = ask().finally(() => (over = true));
    await until(() => over || waits(table), 'the next one waits for the row');
    await release();
    assert.equal((await answer).status, status);
    assert.equal(rollbacks() - before, 0);
  });
}

test('a decision that is refused, or denies, enters no risk', async () => {
  const risks = () => Number(sql('SELECT COUNT(*) FROM risk')[0][0]);
  const x = await find(sam, await submitted(ada));
  const before = risks();
  assert.equal((await decide(sam, x, { expires_on: '2099-01-01' })).status, 422);
  assert.equal((await decide(sam, x, { verdict: 'deny', expires_on: undefined })).status, 200);
  assert.equal(risks(), before);
});
