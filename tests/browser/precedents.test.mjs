// What was decided before, beside the decision; and what is covered already,
// above the form.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decide, draft, find, signIn, submit, vulnerabilityContent } from '../support/api.mjs';
import { sql } from '../support/servers.mjs';
import { Browser, assertAccessible, assertClean, expectedFaults, picture } from './support.mjs';

const browser = new Browser();
let ada;
let sam;
before(async () => {
  await browser.start();
  ada = await signIn('ada.marsh');
  sam = await signIn('sam.okafor');
  sql(`INSERT INTO clause (document_id, version, position, ref, title, text)
    SELECT d.id, d.version, 70 + n.seq, CONCAT('9.7', n.seq), 'Loaned devices', 'Loaned devices are scanned before they are used.'
    FROM document d JOIN seq_1_to_2 n WHERE d.document_key = 'VM-02' AND NOT EXISTS
      (SELECT 1 FROM clause c WHERE c.document_id = d.id AND c.version = d.version AND c.ref = CONCAT('9.7', n.seq))`);
});
after(browser.stop);

async function look(page, name) {
  await assertAccessible(page, name);
  assertClean(page);
  await picture(page, name);
}

const asset = async (n) => (await ada.get('/assets?mine=true&limit=100')).body.items[n];

/** A request on that clause, ready to be decided. */
async function ready(clause, n, over = {}) {
  const content = await vulnerabilityContent(ada, { clauses: [clause], asset_id: (await asset(n)).id, ...over });
  const sent = await submit(ada, await draft(ada, content));
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  return find(sam, sent.body);
}

const denial = { verdict: 'deny', expires_on: undefined, reason: 'A loaned device can be exchanged for one that is scanned.' };

// M-24, M-30
test('the reviewer reads the precedents, and says why a decision departs from them', async () => {
  const condition = { text: 'Read the log of the device each week', owner: 'Ward team', due_on: null };
  const granted = await ready('9.71', 0, { title: 'Loaned pump controller without a scan' });
  assert.equal((await decide(sam, granted, { conditions: [condition] })).status, 200);
  for (let i = 1; i < 4; i++) assert.equal((await decide(sam, await ready('9.71', i), denial)).status, 200);
  const x = await ready('9.71', 4);

  const page = await browser.signedIn('sam.okafor');
  await page.goto(`/queue?selected=${x.number}`);
  const panel = page.locator('section.card', { has: page.getByRole('heading', { name: 'Precedents' }) });
  await panel.getByText('Same clause before: 1 approved, 3 denied.').waitFor();
  await panel.getByText('Most were denied.', { exact: false }).waitFor();
  assert.equal(await panel.getByRole('listitem').count(), 3, 'the first ones');
  await panel.getByRole('button', { name: /^Show \d+ more/ }).click();
  const first = panel.locator('.precedent', { hasText: granted.number });
  await first.getByText('Clause 9.71').waitFor();
  await first.getByText('What happened next:').waitFor();
  await first.getByText('1 condition').click();
  await first.getByText(condition.text).waitFor();
  await look(page, 'precedents-queue');

  await page.getByRole('button', { name: /^Approve/ }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('#decide-reason').fill('The device is alone on its cable and is given back in March.');
  await dialog.getByRole('button', { name: 'Approve exception' }).click();
  await dialog.getByText('Say why this case is different').waitFor();
  await look(page, 'precedents-dialog');
  await dialog.locator('#decide-precedent_reason').fill('This one has no network at all.');
  await dialog.getByRole('button', { name: 'Approve exception' }).click();
  await page.getByText(`${x.number}`, { exact: false }).first().waitFor();
  await dialog.waitFor({ state: 'hidden' });

  await page.goto(`/exceptions/${x.number}`);
  await page.getByText('Different from its precedents: This one has no network at all.').first().waitFor();
  await page.getByRole('heading', { name: 'Precedents' }).waitFor();
  await look(page, 'precedents-exception');
  const narrow = await browser.signedIn('sam.okafor', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' });
  await narrow.goto(`/exceptions/${x.number}`);
  await narrow.getByRole('heading', { name: 'Precedents' }).waitFor();
  await look(narrow, 'precedents-narrow');
  const wide = await narrow.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.ok(!wide, 'nothing scrolls sideways');
});

// M-30
test('the form says what is covered already: open it, or go on with a reason', async () => {
  const x = await ready('9.72', 5);
  const done = await decide(sam, x);
  assert.equal(done.status, 200);
  const content = await vulnerabilityContent(ada, {
    clauses: ['9.72'],
    asset_id: (await asset(5)).id,
    overlap_reason: undefined,
  });
  const d = await draft(ada, content);
  const twin = await draft(ada, content);

  const page = await browser.signedIn('ada.marsh');
  await page.goto(`/requests/${d.number}`);
  await page.getByText(`${x.number} already covers this until`, { exact: false }).waitFor();
  assert.equal(await page.getByRole('link', { name: `Open ${x.number}` }).getAttribute('href'), `/exceptions/${x.number}`);
  await page.getByText('You already asked for this').waitFor();
  await page.getByRole('link', { name: twin.number }).waitFor();
  await look(page, 'overlap');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByRole('link', { name: /say why a second one is needed$/ }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'overlap_reason', 'the error leads to the box');
  await page.locator('#overlap_reason').fill('The first one covers the test bench only.');
  await look(page, 'overlap-reason');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
  await page.getByText('The first one covers the test bench only.').waitFor();
  await page.getByRole('button', { name: /^Send|Confirm/ }).last().click();
  await page.waitForURL(/\/sent$/);
  assertClean(page);

  const narrow = await browser.signedIn('ada.marsh', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' });
  await narrow.goto(`/requests/${twin.number}`);
  await narrow.getByRole('button', { name: 'Go on with a reason' }).click();
  await narrow.waitForFunction(() => document.activeElement.id === 'overlap_reason');
  await look(narrow, 'overlap-narrow');
  expectedFaults(page, /422/);
});

// M-30
test('an earlier request is copied from its page', async () => {
  const x = await ready('9.72', 6, { title: 'Loaned scanner of the laboratory' });
  const page = await browser.signedIn('ada.marsh');
  await page.goto(`/exceptions/${x.number}`);
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.waitForURL(/\/requests\/EX-/);
  assert.equal(await page.locator('#title').inputValue(), 'Loaned scanner of the laboratory');
  assert.equal(await page.locator('#requested_until').inputValue(), '');
  const number = new URL(page.url()).pathname.split('/').pop();
  await page.goto(`/exceptions/${number}`);
  await page.getByText('Copied from', { exact: true }).waitFor();
  assert.equal(await page.getByRole('link', { name: x.number }).getAttribute('href'), `/exceptions/${x.number}`);
  await look(page, 'copied');
});

// M-30, decisions 28
test('a list of tasks says what is owed for a second one, and where', async () => {
  const x = await ready('9.72', 7);
  assert.equal((await decide(sam, x)).status, 200);
  const content = await vulnerabilityContent(ada, {
    clauses: ['9.72'],
    asset_id: (await asset(7)).id,
    unit: 'IT-OPS',
    vulnerability: undefined,
    sla_reason: undefined,
    fix_on: undefined,
    overlap_reason: undefined,
    alternatives: [{ description: 'Send it back', verdict: 'not_practical', reason: 'It is in use day and night.' }],
  });
  const d = await draft(ada, content, 'POL-EXC-001');
  assert.deepEqual(d.faults.map((f) => f.pointer), ['/content/overlap_reason']);

  const page = await browser.signedIn('ada.marsh');
  await page.goto(`/requests/${d.number}`);
  await page.getByText('Say above why a second one is needed.').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Check your answers' }).count(), 0);
  await look(page, 'overlap-tasks');
  await page.locator('#overlap_reason').fill('The first one ends before the season does.');
  await page.getByRole('link', { name: 'Check your answers' }).first().click();
  await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
  assertClean(page);
});
