// Designations and delegations on their screens: made, shown, ended, and
// told where a decision is made on somebody's behalf.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day, find, signIn as session, submitted } from '../support/api.mjs';
import { sql } from '../support/servers.mjs';
import { Browser, assertAccessible, assertClean, expectedFaults, picture } from './support.mjs';

const browser = new Browser();
const forget = () => sql('DELETE FROM delegation; DELETE FROM designation; UPDATE person SET acts_until = NULL');
before(async () => {
  forget();
  await browser.start();
});
after(async () => {
  forget();
  await browser.stop();
});

/** Type into a picker and take the first of what it finds. */
async function pick(page, label, text) {
  await page.getByRole('combobox', { name: label }).fill(text);
  await page.getByRole('option', { name: new RegExp(text, 'i') }).first().click();
}

const shapes = [
  ['narrow', { viewport: { width: 320, height: 800 } }],
  ['dark', { colorScheme: 'dark' }],
];

/** The page as it stands is fit for everybody, in each shape. */
async function looked(person, path, name, ready) {
  for (const [shape, options] of shapes) {
    const page = await browser.signedIn(person, options);
    await page.goto(path);
    await ready(page).first().waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${path} scrolls sideways by ${wide} px`);
    await assertAccessible(page, `${shape} ${path}`);
    await picture(page, `${shape}-${name}`);
    assertClean(page);
    await page.context().close();
  }
}

test('V-20: an administrator designates a person, and ends it again', async () => {
  const page = await browser.signedIn('tom.reyes');
  await page.goto('/admin/groups');
  await page.getByRole('link', { name: 'Designations' }).click();
  await page.getByText('Nobody holds a role by name').waitFor();
  await assertAccessible(page, 'designations, none');
  await page.getByRole('link', { name: 'Designate a person' }).click();
  await page.getByRole('button', { name: 'Designate', exact: true }).click();
  await page.getByRole('link', { name: 'Choose a person' }).waitFor();
  await assertAccessible(page, 'designation, faults');
  await pick(page, 'Person', 'Marek Andersson');
  const preview = page.getByRole('complementary', { name: 'Whom it concerns' });
  await preview.getByText('May act today as').waitFor();
  await page.getByRole('radio', { name: /^Security Lead/ }).check();
  await page.getByLabel('Last day').fill('2020-01-01');
  await page.getByRole('button', { name: 'Designate', exact: true }).click();
  await page.getByRole('link', { name: /Last day/ }).waitFor();
  expectedFaults(page, /\/designations/); // the 422, in the console
  await picture(page, 'designation-add');
  await page.getByLabel('Last day').fill('');
  await page.getByRole('button', { name: 'Designate', exact: true }).click();
  await page.getByText(/Marek Andersson is Security Lead: From .*, until it is ended/).waitFor();
  const row = page.getByRole('row', { name: /Marek Andersson/ });
  await row.getByText('Tom Reyes').waitFor();
  await assertAccessible(page, 'designations');
  await picture(page, 'designations');
  await looked('tom.reyes', '/admin/designations', 'designations', (p) => p.getByText('Marek Andersson'));
  await page.getByRole('button', { name: 'End: Marek Andersson as Security Lead' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
  await page.getByText('Marek Andersson is no longer Security Lead by name.').waitFor();
  await page.getByText('What is over').first().click();
  await page.getByText('Marek Andersson: Security Lead').waitFor();
  await assertAccessible(page, 'designations, past');
  await picture(page, 'designations-past');
  assertClean(page);
});

test('V-14: an approver names who acts while they are away, and the delegate decides for them', async () => {
  const page = await browser.signedIn('sam.okafor');
  await page.getByRole('button', { name: /Sam Okafor/ }).click();
  await page.getByRole('link', { name: 'While you are away' }).click();
  await page.getByText('Nobody acts for you.').waitFor();
  await page.getByRole('button', { name: 'Name this delegate' }).click();
  await page.getByRole('link', { name: 'Choose who acts' }).waitFor();
  await assertAccessible(page, 'delegations, faults');
  await pick(page, 'Who acts', 'Marek Andersson');
  const sam = await session('sam.okafor');
  await page.getByLabel('Last day').fill(day(sam, 91));
  await page.getByRole('button', { name: 'Name this delegate' }).click();
  await page.getByRole('link', { name: /more than 89 days after the first day/ }).waitFor();
  expectedFaults(page, /me\/delegations/); // the 422, in the console
  await page.getByLabel('Last day').fill(day(sam, 13));
  await page.getByLabel('Note').fill('Holiday');
  await page.getByRole('button', { name: 'Name this delegate' }).click();
  await page.getByText(/Marek Andersson acts for Sam Okafor/).waitFor();
  await page.getByRole('button', { name: 'End: Marek Andersson acts for Sam Okafor' }).waitFor();
  await assertAccessible(page, 'delegations');
  await picture(page, 'delegations');
  await looked('sam.okafor', '/delegations', 'delegations', (p) => p.getByText('Marek Andersson'));

  const ada = await session('ada.marsh');
  const x = await find(await session('marek.andersson'), await submitted(ada));
  const marek = await browser.signedIn('marek.andersson');
  await marek.goto(`/queue?selected=${x.number}`);
  await marek.getByRole('button', { name: 'Approve', exact: true }).first().click();
  await marek.getByText('You decide on behalf of Sam Okafor.').waitFor();
  await assertAccessible(marek, 'decision on behalf');
  await picture(marek, 'decision-on-behalf');
  await marek.getByLabel('Why you approve').fill('The terminals are isolated.');
  await marek.getByRole('dialog').getByRole('button', { name: /Approve/ }).click();
  await marek.getByRole('dialog').waitFor({ state: 'hidden' });
  const reader = await browser.signedIn('ada.marsh');
  await reader.goto(`/exceptions/${x.number}`);
  await reader.getByText('On behalf of Sam Okafor').first().waitFor();
  await picture(reader, 'exception-on-behalf');
  assertClean(reader);

  await page.getByRole('button', { name: 'End: Marek Andersson acts for Sam Okafor' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
  await page.getByText('Nobody acts for you.').waitFor();
  await page.getByText('What is over').click();
  await assertAccessible(page, 'delegations, past');
  assertClean(page);
});

test('V-14: an administrator names a delegate for somebody else', async () => {
  const page = await browser.signedIn('tom.reyes');
  await page.goto('/admin/designations');
  await page.getByRole('link', { name: 'Name a delegate' }).click();
  await pick(page, 'Who is away', 'Lena Fischer');
  await pick(page, 'Who acts', 'Hugo Nakamura');
  const tom = await session('tom.reyes');
  await page.getByLabel('Last day').fill(day(tom, 3));
  await assertAccessible(page, 'delegation, by an administrator');
  await picture(page, 'delegation-add');
  await page.getByRole('button', { name: 'Name this delegate' }).click();
  await page.getByText(/Hugo Nakamura acts for Lena Fischer/).waitFor();
  await page.getByRole('button', { name: 'End: Hugo Nakamura acts for Lena Fischer' }).waitFor();
  assertClean(page);
});
