// What came from another register is completed on a screen, and a violation
// is reported on one; narrow, dark and wide.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from '../support/servers.mjs';
import { assertAccessible, assertClean, Browser, expectedFaults, picture } from './support.mjs';

const browser = new Browser();
before(browser.start);
after(browser.stop);

const shapes = [
  { name: 'wide', options: {} },
  { name: 'narrow', options: { viewport: { width: 320, height: 800 } } },
  { name: 'dark', options: { colorScheme: 'dark' } },
];

async function settled(page) {
  await page.locator('main h1').first().waitFor();
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
}

/** Each of these pages as it is met: nothing sideways, no fault of WCAG. */
async function looks(person, paths, names) {
  for (const { name, options } of shapes) {
    const page = await browser.signedIn(person, options);
    for (const [i, path] of paths.entries()) {
      await page.goto(path);
      await settled(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, `${path} scrolls sideways by ${over} px`);
      await assertAccessible(page, `${name} ${path}`);
      await picture(page, `${name}-${names[i]}`);
    }
    assertClean(page);
    await page.context().close();
  }
}

test('M-28: an imported exception says so, and its owner completes it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'exreg-import.'));
  const csv = join(dir, 'old.csv');
  const map = join(dir, 'map.json');
  const [[from, until]] = sql('SELECT CURDATE() - INTERVAL 30 DAY, CURDATE() + INTERVAL 60 DAY');
  writeFileSync(csv, `Ref,Name,From,Until,Owner,By\nZ-1,Kiosk without a screen lock,${from},${until},omar.haddad,P. Old\n`);
  writeFileSync(
    map,
    JSON.stringify({
      source: 'screens',
      number: 'Ref',
      title: 'Name',
      effective_on: 'From',
      expires_on: 'Until',
      owner: 'Owner',
      decider: 'By',
      constants: { procedure: 'MGR-EXC-003' },
    }),
  );
  const ctl = spawnSync('build/release/backend/exregctl', ['-c', `${process.env.EXREG_TEST_VAR}/etc/exreg.conf`, 'import', csv, '--map', map], { encoding: 'utf8' });
  assert.equal(ctl.status, 0, ctl.stdout + ctl.stderr);
  const page = await browser.signedIn('omar.haddad');
  await page.goto('/register?undocumented=true&status=all&owner=me');
  await page.getByRole('row', { name: /Kiosk without a screen lock/ }).getByText('Undocumented').waitFor();
  await page.getByRole('link', { name: /^EX-/ }).first().click();
  await page.getByText('which names P. Old').waitFor();
  const number = new URL(page.url()).pathname.split('/')[2];
  await looks('omar.haddad', [`/exceptions/${number}`, `/exceptions/${number}/documentation`, '/register?undocumented=true&status=all'], ['imported', 'documentation', 'register-undocumented']);
  await looks('nora.quinn', ['/dashboard'], ['dashboard-undocumented']);
  await page.getByRole('link', { name: 'Complete the documentation' }).click();
  await page.getByRole('button', { name: 'Save the documentation' }).click();
  await page.getByRole('alert').or(page.locator('.error-summary')).first().waitFor();
  await picture(page, 'documentation-faults');
  assert.equal(await page.locator('#requested_until').count(), 0, 'the term is not asked');
  expectedFaults(page, /422/);
  assertClean(page);
  await page.context().close();
});

test('C-25: a violation is reported, and who has no manager is asked for one', async () => {
  const page = await browser.signedIn('ada.marsh');
  await page.goto('/');
  await page.getByRole('link', { name: 'Report a violation' }).click();
  await page.getByRole('button', { name: 'Report it' }).click();
  await page.getByText('Say what you found, in 20 characters or more.').first().waitFor();
  await page.getByLabel('What did you find?').fill('Badges are shared at the loading dock since the summer.');
  await page.getByRole('button', { name: 'Report it' }).click();
  await page.getByText(/Told: Nora Quinn/).waitFor();
  await assertAccessible(page, 'reported');
  await picture(page, 'violation-sent');
  await page.getByRole('link', { name: /^See V-/ }).click();
  await page.getByRole('heading', { name: 'Reported violation' }).waitFor();
  const number = new URL(page.url()).pathname.split('/')[2];
  assertClean(page);
  await page.context().close();
  await looks('ada.marsh', ['/violations', '/violations/new', `/violations/${number}`], ['violations', 'violation-report', 'violation']);

  const [[uid]] = sql('SELECT p.uid FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.manager_id IS NULL AND u.parent_id IS NULL ORDER BY p.id LIMIT 1');
  const top = await browser.signedIn(uid);
  await top.goto('/violations/new');
  await top.getByLabel('What did you find?').fill('Badges are shared at the loading dock since the summer.');
  assert.equal(await top.getByLabel('Your supervisor').count(), 0);
  await top.getByRole('button', { name: 'Report it' }).click();
  await top.getByLabel('Your supervisor').fill('sam.okafor');
  await assertAccessible(top, 'asked for a supervisor');
  await picture(top, 'violation-supervisor');
  await top.getByRole('button', { name: 'Report it' }).click();
  await top.getByText(/Told: Sam Okafor/).waitFor();
  expectedFaults(top, /422/);
  assertClean(top);
  await top.context().close();
});
