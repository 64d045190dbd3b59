// A worker is killed in the middle of an upload (V-21): there is never a row
// without its file, what is left is a file that nothing speaks of, and a
// repeat with the same key finishes what was meant.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { signIn, submitted } from '../support/api.mjs';
import { pdf } from '../support/files.mjs';
import { children, folder, hold, part, sql, until } from '../support/servers.mjs';
import { idOf } from './traces.mjs';

let ada;
before(async () => {
  ada = await signIn('ada.marsh');
});
after(() => until(async () => (await ada.get('/me')).status === 200, 'the register pool answers'));

const place = join(folder, 'attachments');
const files = () => new Set(readdirSync(place));
const rows = (number) => sql(`SELECT file FROM exception_attachment WHERE exception_id = ${idOf(number)}`).flat();
const events = (number) =>
  sql(`SELECT 1 FROM audit_event WHERE object_type = 'exception' AND object_id = ${idOf(number)} AND action = 'exception.attach'`).length;

const users = `('exreg_register', 'exreg_owner')`;
const waiting = () =>
  sql(`SELECT id FROM information_schema.processlist
       WHERE user IN ${users} AND state LIKE 'Waiting for table%'`).length > 0;

const upload = (number, key) =>
  ada.request('POST', `/exceptions/${number}/attachments?name=plan.pdf`, {
    raw: pdf(100000),
    key,
    headers: { 'content-type': 'application/octet-stream' },
  });

for (const table of ['exception_attachment', 'audit_event', 'idempotency']) {
  test(`V-21 killed while it writes ${table}: no row without a file`, async (t) => {
    const { number } = await submitted(ada);
    const key = randomUUID();
    const known = files();
    const release = await hold(t, table);
    const lost = upload(number, key);
    await until(waiting, `the upload waits for ${table}`);
    for (const pid of children(Number(part('register', 'pid')))) process.kill(pid, 'SIGKILL');
    await release();
    assert.equal((await lost).status, 502);
    await until(() => !waiting(), 'nobody waits');
    assert.deepEqual(rows(number), []);
    assert.equal(events(number), 0);
    const left = [...files()].filter((name) => !known.has(name));
    assert.equal(left.length, 1, 'a whole file that nothing speaks of');

    const again = await until(async () => {
      const answer = await upload(number, key);
      return answer.status < 500 && answer;
    }, 'the upload is taken');
    assert.equal(again.status, 201, JSON.stringify(again.body));
    const [file] = rows(number);
    assert.ok(files().has(file) && file !== left[0]);
    assert.equal(events(number), 1);

    // a day later the job takes it away
    utimesSync(join(place, left[0]), new Date(Date.now() - 25 * 3600e3), new Date(Date.now() - 25 * 3600e3));
    part('jobs', 'stop');
    sql(`DELETE FROM job_run WHERE name LIKE 'attachments@%'`);
    part('jobs', 'start');
    await until(() => !files().has(left[0]), 'the job has been there');
    assert.ok(files().has(file), 'what belongs to a row stays');
  });
}
