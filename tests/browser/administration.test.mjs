// An administrator makes a document and publishes it, then edits a procedure:
// moves a stage, sees a fault beside its field, tries it, publishes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, assertAccessible, assertClean, expectedFaults, picture } from './support.mjs';

const browser = new Browser();
before(browser.start);
after(browser.stop);

const shapes = [
  ['wide', {}],
  ['narrow', { viewport: { width: 320, height: 800 } }],
  ['dark', { colorScheme: 'dark' }],
];
const settled = async (page) => {
  await page.locator('main h1').first().waitFor();
  await page.locator('.skeleton').waitFor({ state: 'detached' });
};
const looked = async (page, what) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${what} scrolls sideways by ${wide} px`);
  await assertAccessible(page, what);
  await picture(page, what);
};

test('C-02 M-14: a document is made, written, ruled and published on one page', async () => {
  const page = await browser.signedIn('tom.reyes');
  await page.goto('/admin/documents');
  await page.getByRole('link', { name: 'New document' }).click();
  await page.getByRole('button', { name: 'Make the draft' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Missing: Title' }).waitFor();
  await looked(page, 'document-faults');
  await page.getByLabel('Key', { exact: true }).fill('BADGE-01');
  await page.getByLabel('Title').fill('Badge policy');
  await page.getByLabel('Kind').selectOption('policy');
  await page.getByLabel('Domain').selectOption('it_security');
  await page.getByRole('button', { name: 'Make the draft' }).click();
  await page.getByRole('heading', { level: 1, name: 'Badge policy' }).waitFor();
  await page.getByRole('button', { name: 'Write the next version' }).click();
  const writer = page.locator('#writer');
  await writer.getByLabel('Version').fill('1.0');
  await writer.getByRole('button', { name: 'Add a clause' }).click();
  await writer.getByRole('button', { name: 'Add a clause' }).click();
  const clause = async (i, ref, title, text) => {
    const row = writer.locator(`#at-clauses-${i}`);
    await row.getByLabel('Reference').fill(ref);
    await row.getByLabel('Title').fill(title);
    await row.getByLabel('Text').fill(text);
  };
  await clause(0, '2', 'Guests', 'Guests are met at the door.');
  await clause(1, '2', 'Badges', 'Everybody wears a badge.');
  await writer.getByRole('button', { name: 'Save without publishing' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Clause 2, Reference is there twice' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'at-clauses-1-ref');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1');
  await writer.getByRole('button', { name: /^Up Clause 2/ }).click();
  assert.equal(await writer.locator('#at-clauses-0').getByLabel('Title').inputValue(), 'Badges');
  await looked(page, 'document-writing');
  await writer.getByRole('button', { name: 'Save without publishing' }).click();
  await page.getByText('Version 1.0 is saved. It is not published yet.').waitFor();
  await page.getByLabel('Longest term in days').fill('30');
  await page.getByRole('button', { name: 'Save details and rules' }).click();
  await page.getByText('Saved. It holds from now on').waitFor();
  await page.getByRole('button', { name: 'Publish version 1.0' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Version 1.0 is published.').waitFor();
  await page.getByText('Version 1.0, published').waitFor();
  expectedFaults(page, /422/);
  assertClean(page);
  await page.context().close();
  for (const [name, options] of shapes) {
    const again = await browser.signedIn('tom.reyes', options);
    for (const [what, path] of [
      ['documents', '/admin/documents'],
      ['document', '/admin/documents/BADGE-01'],
      ['document-new', '/admin/documents/new'],
    ]) {
      await again.goto(path);
      await settled(again);
      await looked(again, `${name}-${what}`);
    }
    assertClean(again);
    await again.context().close();
  }
});

test('V-01 M-36: a procedure is edited, found faulty, tried, compared and published as the next version', async () => {
  const page = await browser.signedIn('tom.reyes');
  await page.goto('/admin/procedures');
  await page.locator('a[href="/admin/procedures/MGR-EXC-003"]').click();
  await page.locator('#at-stages-0').waitFor();
  // a procedure of its own, so that nobody else's changes
  await page.locator('#at-key').fill('MGR-EXC-903');
  const first = await page.locator('#at-stages-0 > details > summary').innerText();
  await page.locator('#at-stages-0-down').click();
  assert.equal(
    (await page.locator('#at-stages-1 > details > summary').innerText()).replace('Stage 2', 'Stage 1'),
    first,
    'the stage went one down',
  );
  assert.equal(await page.evaluate(() => document.activeElement.id), 'at-stages-1-down', 'and the focus with it');
  await page.locator('#at-stages-1 > details > summary').click();
  await page.locator('#at-stages-1-what').fill('');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Missing: Stage 2, What is expected' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'at-stages-1-what');
  await looked(page, 'procedure-fault');
  await page.locator('#at-stages-1-what').fill('Agree with the request, or say why not.');
  // two hats are kept apart from a stage that comes later now
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('alert').getByRole('link', { name: /^Stage 1, Not the same person as in / }).click();
  await page.locator('#at-stages-0-not_same_as').getByLabel("Manager's approval").uncheck();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByText('There are no faults.').waitFor();
  await page.getByRole('button', { name: 'Try it', exact: true }).click();
  await page.getByLabel('Residual risk, 1 to 25').fill('20');
  await page.getByRole('button', { name: 'Show the way' }).click();
  await page.getByRole('rowheader', { name: /^3\. / }).waitFor();
  assert.match(await page.getByRole('row', { name: /^3\. / }).innerText(), /Taken/);
  await looked(page, 'procedure-try');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('rowheader', { name: 'Stages, Order' }).waitFor();
  await looked(page, 'procedure-compare');
  await page.getByRole('button', { name: 'As JSON' }).click();
  await looked(page, 'procedure-json');
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByText('Version 1 is published. Requests that run keep theirs.').waitFor();
  await page.waitForURL('**/admin/procedures/MGR-EXC-903');
  await page.getByLabel('When to use it').fill('For everyday deviations.');
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  await page.getByText('Version 2 is published. Requests that run keep theirs.').waitFor();
  await page.getByRole('button', { name: 'Publish version 3' }).waitFor();
  expectedFaults(page, /422/);
  assertClean(page);
  await page.context().close();
});

test('C-01 V-18: everybody reads what a procedure is, whom it is for and that its review is long ago', async () => {
  for (const [name, options] of shapes) {
    const page = await browser.signedIn('ada.marsh', options);
    await page.goto('/procedures/3502');
    await page.getByText('This procedure needs a review').waitFor();
    await page.getByText('It was last reviewed on 31 December 2015').or(page.getByText(/last reviewed on 31 Dec/)).first().waitFor();
    await page.getByText('Employees and Customers').waitFor();
    await looked(page, `${name}-procedure-3502`);
    await page.goto('/procedures/SEC-PROC-009');
    await page.getByText('CC7.1', { exact: false }).first().waitFor();
    await page.getByText('agree it with your auditor', { exact: false }).waitFor();
    assertClean(page);
    await page.context().close();
  }
  for (const [name, options] of shapes) {
    const page = await browser.signedIn('tom.reyes', options);
    for (const path of ['/admin/procedures', '/admin/procedures/3502']) {
      await page.goto(path);
      await settled(page);
      await looked(page, `${name}${path.replace(/\W+/g, '-')}`);
    }
    assertClean(page);
    await page.context().close();
  }
});
