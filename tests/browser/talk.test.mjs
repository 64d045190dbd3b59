// Around a request, through the screens: comment and mention, name who is
// affected, take note, ask and answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { draft, signIn, submitted, vulnerabilityContent } from '../support/api.mjs';
import { Browser, assertAccessible, assertClean, expectedFaults, picture } from './support.mjs';

const browser = new Browser();
const title = `Ward terminals wait for the supplier ${process.pid}`;
let ada;
let x;
let page;

async function look(on, name) {
  await assertAccessible(on, name);
  assertClean(on);
  await picture(on, name);
}

const card = (on, name) => on.locator('.card').filter({ has: on.getByRole('heading', { name, exact: true }) });

async function choose(on, id, text, name) {
  await on.locator(`#${id}`).fill(text);
  await on.getByRole('option', { name }).click();
}

before(async () => {
  await browser.start();
  ada = await signIn('ada.marsh');
  x = await submitted(ada, { title });
  page = await browser.signedIn('ada.marsh');
});
after(browser.stop);

test('a comment stays in the box until it can be sent, and says whom it cannot tell', async () => {
  await page.goto(`/exceptions/${x.number}`);
  const talk = card(page, 'Comments');
  await talk.getByText('Nobody has said anything yet.').waitFor();
  await talk.getByRole('button', { name: 'Add comment' }).click();
  await talk.getByText('Write something first').waitFor();
  await talk.locator('#talk-text').fill('Is the plan of the network enough?');
  await choose(page, 'talk-mention', 'elsa l', /Elsa Lind/);
  await talk.getByRole('button', { name: 'Add comment' }).click();
  await talk.getByText(/Elsa Lind \(@elsa\.lind\), who cannot see this exception; add them as a stakeholder first/).waitFor();
  assert.equal(await talk.locator('#talk-text').inputValue(), 'Is the plan of the network enough? @elsa.lind ');
  expectedFaults(page, /\/comments$/); // 422, on purpose
  await look(page, 'talk-1-refused');
});

test('P-08: who is affected is chosen and told; then they can be mentioned', async () => {
  const people = card(page, 'Stakeholders');
  await people.getByRole('button', { name: 'Add and tell' }).click();
  await people.getByText('Choose from the list').waitFor();
  await choose(page, 'stakeholder-who', 'elsa l', /Elsa Lind/);
  await people.getByRole('button', { name: 'Add and tell' }).click();
  await people.getByText('1 person has not taken note yet.').waitFor();
  await people.getByText('Department', { exact: true }).click();
  await choose(page, 'stakeholder-who', 'Infra', /Infrastructure/);
  await look(page, 'talk-2-stakeholders');
  await card(page, 'Comments').getByRole('button', { name: 'Add comment' }).click();
  await card(page, 'Comments').getByText('Is the plan of the network enough?').waitFor();
  assert.equal(await card(page, 'Comments').locator('strong', { hasText: '@elsa.lind' }).count(), 1);
  await page.locator('#talk-text').fill('Does the rule mean test systems too?');
  await page.getByRole('button', { name: 'Ask the Security Lead' }).click();
  await card(page, 'Comments').getByText('Waits for the Security Lead').waitFor();
  await look(page, 'talk-3-comments');
});

test('P-08: home says what to take note of, and the page takes the note', async () => {
  const elsa = await browser.signedIn('elsa.lind');
  await elsa.goto('/');
  await card(elsa, 'Read and take note').getByRole('link', { name: title }).waitFor();
  await look(elsa, 'talk-4-home');
  await card(elsa, 'Read and take note').getByRole('link', { name: title }).click();
  const people = card(elsa, 'Stakeholders');
  await people.getByText('This concerns you').waitFor();
  assert.equal(await people.locator('#stakeholder-who').count(), 0, 'a stakeholder adds nobody');
  await look(elsa, 'talk-5-note');
  await people.getByRole('button', { name: 'I have taken note' }).click();
  await people.getByText(/^Noted/).waitFor();
  await elsa.getByRole('button', { name: 'Watch' }).click();
  await elsa.getByRole('button', { name: 'Stop watching' }).waitFor();
  await elsa.goto('/');
  await elsa.getByText('My open requests').waitFor();
  assert.equal(await elsa.getByRole('link', { name: title }).count(), 0);
  assertClean(elsa);
  await page.reload();
  await card(page, 'Stakeholders').getByText(/^Noted/).waitFor();
});

test('C-20: a question beside the form reaches who decides; the answer comes back beside the form', async () => {
  const d = await draft(ada, await vulnerabilityContent(ada, { title: `Draft ${title}` }));
  await page.goto(`/requests/${d.number}`);
  const box = card(page, 'Unsure whether it applies?');
  await box.locator('#talk-text').fill('Is this not covered by VM-03?');
  await box.getByRole('button', { name: 'Ask the Security Lead' }).click();
  await box.getByText('Waits for the Security Lead').waitFor();
  await look(page, 'talk-6-ask');

  const sam = await browser.signedIn('sam.okafor');
  await sam.goto('/');
  await sam.getByRole('heading', { name: /^Questions \(\d+\)$/ }).waitFor();
  await look(sam, 'talk-7-home');
  await sam.getByRole('link', { name: 'Answer them' }).click();
  const asked = card(sam, `Draft ${title}`);
  await asked.getByText('Is this not covered by VM-03?').waitFor();
  assert.equal(await asked.getByRole('link').count(), 0, 'the draft itself is not theirs to open');
  await asked.getByRole('button', { name: 'Send answer' }).click();
  await asked.getByText('Write something first').waitFor();
  await look(sam, 'talk-8-questions');
  await asked.getByRole('textbox').fill('It is not: VM-03 is about servers.');
  await asked.getByRole('button', { name: 'Send answer' }).click();
  await asked.waitFor({ state: 'detached' });
  assertClean(sam);
  await page.reload();
  await box.getByText('It is not: VM-03 is about servers.').waitFor();
  await look(page, 'talk-9-answered');
});

test('C-07: who decides asks an expert, who reads it and gives an opinion', async () => {
  const secret = await submitted(ada, { title: `Secret ${title}`, confidential: true });
  const sam = await browser.signedIn('sam.okafor');
  await sam.goto(`/exceptions/${secret.number}`);
  await card(sam, 'Stakeholders').getByText('Expert', { exact: true }).click();
  await choose(sam, 'stakeholder-who', 'noor', /Noor Suzuki/);
  await sam.getByRole('button', { name: 'Ask for an opinion' }).click();
  await card(sam, 'Stakeholders').getByText('Noor Suzuki').waitFor();
  await look(sam, 'talk-10-expert');
  const noor = await browser.signedIn('noor.suzuki');
  await noor.goto('/');
  await noor.getByRole('listitem').filter({ hasText: 'Your opinion is asked for.' }).getByRole('link').first().click();
  await noor.locator('#talk-text').fill('The plan of the network holds.');
  await noor.getByRole('button', { name: 'Add comment' }).click();
  await card(noor, 'Comments').getByText('The plan of the network holds.').waitFor();
  await card(noor, 'Comments').getByText('Expert', { exact: true }).waitFor();
  await look(noor, 'talk-11-opinion');
});

test('a comment is taken back after it was asked again', async () => {
  await page.goto(`/exceptions/${x.number}`);
  const talk = card(page, 'Comments');
  await talk.getByRole('button', { name: 'Take back' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await talk.getByText(/^Taken back by the author/).waitFor();
  assert.equal(await talk.getByText('Is the plan of the network enough?').count(), 0);
  assertClean(page);
});

test('narrow and dark, the cards hold', async () => {
  for (const [name, options] of Object.entries({
    narrow: { viewport: { width: 320, height: 800 } },
    dark: { colorScheme: 'dark' },
  })) {
    const other = await browser.signedIn('ada.marsh', options);
    await other.goto(`/exceptions/${x.number}`);
    await card(other, 'Comments').getByText('Does the rule mean test systems too?').waitFor();
    await card(other, 'Stakeholders').getByText('Elsa Lind').waitFor();
    const wide = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${name} scrolls sideways by ${wide} px`);
    await look(other, `talk-${name}`);
    await other.context().close();
  }
});
