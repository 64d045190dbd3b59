// What a newcomer must see, in a real browser on the real servers: asked
// for, judged and decided, read and exported, a role given. Each page on the
// way is held against WCAG 2.2 AA.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mails, until } from '../support/servers.mjs';
import { Browser, assertAccessible, assertClean, picture } from './support.mjs';

const browser = new Browser();
before(browser.start);
after(browser.stop);

const title = `Patch of the backup console waits for the vendor ${process.pid}`;
let number;

/** The page as it stands: accessible, without faults, and in a picture. */
async function look(page, name) {
  await assertAccessible(page, name);
  assertClean(page);
  await picture(page, name);
}

/** Type into a box that suggests, and take the first suggestion. */
async function choose(page, id, text) {
  await page.locator(`#${id}`).fill(text);
  await page.getByRole('option').first().click();
}

const saved = (page) => page.getByText(/^Draft saved/).first().waitFor();

test('1. a member of staff asks, in a form that saves itself', async () => {
  const page = await browser.signedIn('ada.marsh');
  await page.getByRole('heading', { name: /Hello/ }).waitFor();
  await look(page, '1-home');
  await page.getByRole('link', { name: 'Start a request' }).first().click();
  await page.getByRole('button', { name: /^Start: Vulnerability/ }).click();
  await page.locator('#title').fill(title);
  await saved(page);
  number = new URL(page.url()).pathname.split('/').pop();
  assert.match(number, /^EX-\d{4}-\d{5,}$/);

  await page.reload();
  assert.equal(await page.locator('#title').inputValue(), title, 'the draft was kept');
  await choose(page, 'document', 'Vulnerability');
  await page.getByRole('checkbox', { name: /^4\.1/ }).check();
  await choose(page, 'asset_id', 'Backup');
  await page.locator('#vulnerability-identifier').fill('CVE-2026-10001');
  await page.locator('#vulnerability-title').fill('Memory error in the console');
  await page.locator('#vulnerability-severity-high').check();
  await page.locator('#vulnerability-detected_on').fill(await daysFromNow(page, -20));
  await page.locator('#sla_reason').fill('The vendor delivers the fixed release in spring.');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await assertAccessible(page, '1-missing');
  await picture(page, '1-missing');

  await page.locator('#justification').fill('Without the machine no backup is written for two months, the larger risk by far.');
  await page.locator('#circumstances').fill('It is reached from the management network only, by four named people.');
  await page.locator('#cause-technical_limitation').check();
  await page.locator('#risk-description').fill('Somebody on the management network takes the machine over.');
  await page.locator('#risk-consequence').fill('Backups of one night can be read.');
  await page.locator('#risk-likelihood').selectOption('3');
  await page.locator('#risk-impact').selectOption('4');
  await page.locator('#risk-likelihood_after').selectOption('2');
  await page.locator('#risk-impact_after').selectOption('3');
  await page.locator('#controls-none').check();
  await page.locator('#controls_none_reason').fill('The console has no other way in.');
  await page.locator('#fix_on').fill(await daysFromNow(page, 45));
  await page.getByRole('button', { name: '60 days' }).click();
  await saved(page);
  await look(page, '1-form');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
  await look(page, '1-check');
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await page.getByRole('heading', { name: 'Request sent' }).waitFor();
  await page.getByText(number).first().waitFor();
  await look(page, '1-sent');
  await page.context().close();
});

test('2. the Security Lead judges and approves it in the queue', async () => {
  const page = await browser.signedIn('sam.okafor');
  await page.getByRole('link', { name: /Review queue/ }).first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  // what is due later stands on a further page; its notice leads to it
  await page.goto(`/queue?selected=${number}`);
  await page.getByRole('heading', { name: title }).first().waitFor();
  await page.locator('#business_validity-judgement-supports').waitFor();
  await look(page, '2-queue');
  for (const [kind, label] of [
    ['business_validity', 'Business validity'],
    ['security_implications', 'Security implications'],
  ]) {
    const finding = page.locator('section.finding', { has: page.getByRole('heading', { name: label }) });
    await page.locator(`#${kind}-judgement-supports`).check();
    await page.locator(`#${kind}-text`).fill('Looked at the scan and the network plan; acceptable for two months.');
    await finding.getByRole('button', { name: 'Record finding' }).click();
    await finding.getByText('Recorded').waitFor();
  }
  await page.getByRole('button', { name: /^Approve/ }).first().click();
  await page.locator('#decide-reason').fill('The console is isolated and the date is firm.');
  // M-18: a condition, first without its text
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Approve/ }).click();
  await page.getByText('Missing: Condition 1: What must be done or kept').first().waitFor();
  await look(page, '2-condition-missing');
  await page.locator('#decide-conditions-0-text').fill('Watch the log of the console every day.');
  await look(page, '2-decision');
  await page.getByRole('dialog').getByRole('button', { name: /^Approve/ }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.goto(`/exceptions/${number}`);
  await page.getByText('Active', { exact: true }).first().waitFor();
  await look(page, '2-approved');
  await page.context().close();
});

test('3. the decision, the risk entry and the notice are there at once', async () => {
  const page = await browser.signedIn('ada.marsh');
  await page.getByText(number).first().waitFor();
  await page.goto(`/exceptions/${number}`);
  await page.getByText('The console is isolated and the date is firm.').first().waitFor();
  await page.getByText(/R-\d{4}-\d{5}/).first().waitFor();
  await page.getByText('Watch the log of the console every day.').first().waitFor();
  await look(page, '3-exception');
  await page.context().close();
});

/** The cells of a CSV text; quotes as RFC 4180 has them. */
function csv(text) {
  return [...text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)].reduce(
    (rows, [, cell, end]) => {
      rows.at(-1).push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
      if (end !== ',') rows.push([]);
      return rows;
    },
    [[]],
  ).filter((row) => row.length > 1);
}

test('4. an auditor filters and sorts the register and exports what it shows', async () => {
  const page = await browser.signedIn('ivy.chen');
  await page.getByRole('link', { name: 'Register' }).first().click();
  await page.getByRole('table').waitFor();
  await look(page, '4-register');
  await page.goto('/register?unit=IT-OPS&sort=risk');
  await page.getByRole('row').nth(1).waitFor();
  await look(page, '4-filtered');
  const numbers = await page.getByRole('table').getByText(/^EX-\d{4}-\d{5,}$/).allInnerTexts();
  assert.ok(numbers.includes(number), 'the new exception is in the list');
  const download = page.waitForEvent('download');
  await page.getByText('Export CSV').click();
  const file = await download;
  const [head, ...rows] = csv(Buffer.concat(await (await file.createReadStream()).toArray()).toString('utf8'));
  assert.ok(head.includes('number'), head.join());
  assert.deepEqual(rows.map((row) => row[head.indexOf('number')]).slice(0, numbers.length), numbers);
  await page.context().close();
});

test('5. an administrator sees the members before a group gets a role', async () => {
  const page = await browser.signedIn('tom.reyes');
  await page.getByRole('link', { name: 'Groups' }).first().click();
  await page.getByText('security-leads').first().waitFor();
  await look(page, '5-groups');
  await page.getByRole('link', { name: 'Add a group' }).first().click();
  await choose(page, 'group', 'internal-audit');
  await page.getByRole('radio', { name: /^Leader/ }).check();
  await page.getByText('Ivy Chen').first().waitFor();
  await page.getByText('Rosa Müller').first().waitFor();
  await choose(page, 'unit', 'Infrastructure');
  await page.getByText('Ivy Chen').first().waitFor();
  await look(page, '5-preview');
  await page.getByRole('button', { name: 'Give this role' }).click();
  await page.getByText('internal-audit now has the role Leader.').waitFor();
  await look(page, '5-given');

  await page.getByRole('button', { name: 'End: internal-audit as Leader' }).click();
  await page.getByRole('dialog').getByText(/will no longer be/).waitFor();
  await look(page, '5-ending');
  await page.getByRole('dialog').getByRole('button', { name: /^End/ }).click();
  await page.getByText('internal-audit is no longer Leader.').waitFor();
  await page.context().close();
});

test('and the requester has been told by mail', async () => {
  const told = (kind, to) => (mail) => mail.includes(`Subject: ${number}: ${kind}`) && mail.includes(`<${to}@harbourvale.example>`);
  await until(() => mails().some(told('approved', 'ada.marsh')), 'the notice of the approval', 60000);
  assert.ok(mails().some(told('waits for you', 'sam.okafor')));
});

/** A day of the organisation, so many days from today. */
function daysFromNow(page, days) {
  return page.evaluate(async (n) => {
    const { organisation } = await (await fetch('/api/v1/me')).json();
    return new Date(Date.parse(`${organisation.today}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
  }, days);
}
