// A procedure whose layout is a task list (decisions 28): one page a task,
// back to the list, all answers once more, sent. What the server misses
// leads to the task and the field, and nothing typed is lost on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, assertAccessible, assertClean, picture } from './support.mjs';

const browser = new Browser();
const title = `A shared account for the ward terminals ${process.pid}`;
let page;
let number;

async function look(name) {
  await assertAccessible(page, name);
  assertClean(page);
  await picture(page, name);
}

async function choose(id, text) {
  await page.locator(`#${id}`).fill(text);
  await page.getByRole('option').first().click();
}

const heading = (name) => page.getByRole('heading', { level: 1, name });
const task = (name) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });
const save = () => page.getByRole('button', { name: /^Save and/ }).click();
const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);

/** Once a request has been answered the page may need a moment to draw. */
async function focusIs(what) {
  await page.waitForFunction((id) => (document.activeElement?.id || document.activeElement?.tagName) === id, what).catch(() => {});
  assert.equal(await focused(), what);
}

before(async () => {
  await browser.start();
  page = await browser.signedIn('ada.marsh');
});
after(browser.stop);

// V-01, V-02
test('a new request opens on its tasks, and what cannot start says why', async () => {
  await page.goto('/requests/new');
  await page.getByRole('button', { name: /^Start: Document/ }).click();
  await heading(/^Document Exception/).waitFor();
  await focusIs('H1');
  number = new URL(page.url()).pathname.split('/').pop();
  await page.getByText('0 of 5 done').waitFor();
  await task('Why it is needed').getByText('Not started').waitFor();
  const term = page.getByRole('listitem').filter({ hasText: 'For how long' });
  await term.getByText('Cannot start yet').waitFor();
  await term.getByText(/First answer "Document"/).waitFor();
  assert.equal(await term.getByRole('link').count(), 0);
  await look('tasks-1-new');
});

test('a task has a page of its own; what is missing stands at its field', async () => {
  await page.getByRole('link', { name: 'Start: What the exception is for' }).click();
  await heading('What the exception is for').waitFor();
  await focusIs('H1');
  await page.locator('#title').fill(title);
  await save();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  assert.match(await page.title(), /^Error: /);
  await look('tasks-2-missing');
  await page.getByRole('link', { name: 'Missing: Document' }).click();
  await focusIs('document');
  await page.getByRole('link', { name: 'Back to all tasks' }).click();
  await heading(/^Document Exception/).waitFor();
  await task('What the exception is for').getByText('In progress').waitFor();
  await page.getByText('Still missing: Document, Clauses').waitFor();
  await page.getByRole('link', { name: 'Continue: What the exception is for' }).click();
  assert.equal(await page.locator('#title').inputValue(), title);
  await choose('document', 'Access');
  await page.getByRole('checkbox').first().check();
  await save();
  await heading(/^Document Exception/).waitFor();
  await task('What the exception is for').getByText('Done').waitFor();
  await page.getByText('1 of 5 done').waitFor();
});

test('what the network loses is kept from task to task', async () => {
  await page.goto(`/requests/${number}/tasks/why`);
  await page.locator('#justification').waitFor();
  await page.context().setOffline(true);
  await page.locator('#justification').fill('Nurses change terminals every few minutes, a sign-in each time costs an hour a shift.');
  await page.getByText('Draft not saved').waitFor();
  await page.getByRole('link', { name: 'Back to all tasks' }).click();
  await task('Why it is needed').getByText('In progress').waitFor();
  await picture(page, 'tasks-3-offline');
  await page.getByRole('link', { name: 'Why it is needed', exact: true }).click();
  assert.match(await page.locator('#justification').inputValue(), /^Nurses/);
  await page.context().setOffline(false);
  await page.getByText(/^Draft saved/).waitFor();
  page.faults = page.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault));
  await page.reload();
  assert.match(await page.locator('#justification').inputValue(), /^Nurses/, 'and then it is on the server');
});

test('each task to its end', async () => {
  await page.locator('#circumstances').fill('Forty wards, three hundred terminals, day and night.');
  await page.locator('#cause-business_need').check();
  await page.getByRole('button', { name: 'Add an alternative' }).click();
  await page.locator('#alternatives-0-description').fill('Badges with a reader at each terminal');
  await page.locator('#alternatives-0-verdict-not_practical').check();
  await page.locator('#alternatives-0-reason').fill('The readers arrive next year.');
  await look('tasks-4-why');
  await save();
  await task('Why it is needed').getByText('Done').waitFor();

  await page.getByRole('link', { name: /^Continue: What and whom/ }).click();
  await choose('unit', 'Infrastructure');
  await save();
  await task('What and whom it affects').getByText('Done').waitFor();

  await page.getByRole('link', { name: 'Continue: Risk and protection' }).click();
  await page.locator('#risk-description').fill('Somebody uses the account for what is not theirs to see.');
  await page.locator('#risk-consequence').fill('It cannot be told who looked.');
  await page.locator('#risk-likelihood').selectOption('3');
  await page.locator('#risk-impact').selectOption('3');
  await page.locator('#risk-likelihood_after').selectOption('2');
  await page.locator('#risk-impact_after').selectOption('3');
  await page.locator('#controls-none').check();
  await page.locator('#controls_none_reason').fill('The terminals stand where somebody is always present.');
  await look('tasks-5-risk');
  await save();
  await task('Risk and protection').getByText('Done').waitFor();
  await look('tasks-6-list');
});

test('an answer that is missing at the end leads to its task and field', async () => {
  await page.goto(`/requests/${number}/check`);
  await page.getByRole('heading', { name: 'Some answers are missing' }).waitFor();
  await look('tasks-7-check-missing');
  await page.getByRole('link', { name: 'Missing: Last day' }).click();
  await heading('For how long, and the way back').waitFor();
  await focusIs('requested_until');
  assert.equal(new URL(page.url()).pathname, `/requests/${number}/tasks/term`);
  await page.getByRole('button', { name: '90 days' }).click();
  await look('tasks-8-term');
  await page.getByRole('button', { name: 'Save and check your answers' }).click();
  await heading('Check your answers').waitFor();
  await focusIs('H1');
});

test('Change leads to the task and back, and the request is sent', async () => {
  await page.getByRole('link', { name: 'Change Title' }).click();
  await focusIs('title');
  await page.locator('#title').fill(`${title}, one year`);
  await page.getByRole('button', { name: 'Save and check your answers' }).click();
  await heading('Check your answers').waitFor();
  await page.getByText(`${title}, one year`).waitFor();
  await look('tasks-9-check');
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await heading('Request sent').waitFor();
  await page.getByText(number).first().waitFor();
  await page.goto(`/requests/${number}/tasks/why`);
  await page.getByText('This request can no longer be edited').waitFor();
  assertClean(page);
});

test('narrow and dark, the list and a task hold', async () => {
  for (const [name, options] of Object.entries({
    narrow: { viewport: { width: 320, height: 800 } },
    dark: { colorScheme: 'dark' },
  })) {
    const other = await browser.signedIn('ada.marsh', options);
    await other.goto('/requests/new');
    await other.getByRole('button', { name: /^Start: Document/ }).click();
    await other.getByText('Cannot start yet').first().waitFor();
    const shown = async (what) => {
      const wide = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `${what} scrolls sideways by ${wide} px`);
      await assertAccessible(other, `${name} ${what}`);
      await picture(other, `tasks-${name}-${what}`);
    };
    await shown('list');
    await other.goto(`${new URL(other.url()).pathname}/tasks/risk`);
    await other.locator('#risk-description').waitFor();
    await shown('task');
    await other.goto(new URL(other.url()).pathname.replace('risk', 'term'));
    await other.getByText(/First answer "Document"/).waitFor();
    await shown('waits');
    assertClean(other);
    await other.context().close();
  }
});
