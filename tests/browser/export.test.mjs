// An export that the server refuses is told in the page, where the list is;
// one that works is saved under its name, and never held by the page.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { children, folder, part, until } from '../support/servers.mjs';
import { Browser, assertAccessible, assertClean, expectedFaults, picture } from './support.mjs';

const browser = new Browser();
const settings = join(folder, 'etc', 'exreg.conf');
const original = readFileSync(settings, 'utf8');

/** The export pool with this configuration, its workers all new. */
async function configure(text) {
  const pid = Number(part('export', 'pid'));
  const old = children(pid);
  writeFileSync(settings, text);
  process.kill(pid, 'SIGHUP');
  await until(() => {
    const now = children(pid);
    return now.length >= old.length && now.every((child) => !old.includes(child));
  }, 'new workers of the export pool');
}

before(async () => {
  await browser.start();
  await configure(original.replace('[export]\n', '[export]\nmax_rows = 20\n'));
});
after(async () => {
  await configure(original);
  await browser.stop();
});

// P-16
test('too many rows: the sentence of the server stands above the list, and nothing is lost', async () => {
  const page = await browser.signedIn('ivy.chen');
  await page.goto('/register?status=all&sort=-number');
  await page.getByRole('row').nth(1).waitFor();
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const told = page.getByRole('status').filter({ hasText: 'The file was not made' });
  await told.waitFor();
  await told.getByText('The list has more than 20 rows. Narrow it with a filter and export again.').waitFor();
  expectedFaults(page, /exports\/register\.csv/); // the 422, in the console
  assert.equal(new URL(page.url()).search, '?status=all&sort=-number', 'still the same list');
  assert.ok((await page.getByRole('row').count()) > 20);
  await assertAccessible(page, 'export refused');
  await picture(page, 'export-refused');

  await page.goto('/register?status=withdrawn&sort=-number');
  await page.getByRole('table').waitFor();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = await saved;
  assert.match(file.suggestedFilename(), /^exceptions-\d{4}-\d\d-\d\d\.csv$/);
  assert.match(readFileSync(await file.path(), 'utf8'), /^"number",/);
  await page.getByRole('status').filter({ hasText: /^The file has \d+ rows?/ }).waitFor();
  const again = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save it again' }).click();
  assert.equal((await again).suggestedFilename(), file.suggestedFilename());
  await assertAccessible(page, 'export made');
  await picture(page, 'export-made');
  assertClean(page);
  await page.getByRole('link', { name: 'Expired' }).click();
  await page.getByRole('status').filter({ hasText: /^The file has/ }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('a server that is away is told in the same place, and Try again works', async () => {
  const page = await browser.signedIn('ivy.chen');
  await page.goto('/register?status=withdrawn');
  await page.getByRole('button', { name: 'Export CSV' }).waitFor();
  part('export', 'stop');
  try {
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await page.getByRole('alert').getByText('The file: not available').waitFor();
    await picture(page, 'export-away');
  } finally {
    part('export', 'start');
  }
  expectedFaults(page, /exports\/register\.csv/);
  const saved = page.waitForEvent('download');
  await until(async () => {
    const retry = page.getByRole('button', { name: 'Try again' });
    if (await retry.count()) await retry.click();
    await page.waitForTimeout(300);
    return page.getByRole('status').filter({ hasText: /^The file has/ }).count();
  }, 'the file');
  await saved;
  await page.context().close();
});
