// Files of an exception in the pages (V-21): chosen by keyboard or mouse,
// each fault beside its file, saved again, removed after a question.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { draft, signIn as api, submitted, vulnerabilityContent } from '../support/api.mjs';
import { csv, pdf, png } from '../support/files.mjs';
import { Browser, assertAccessible, assertClean, expectedFaults, picture } from './support.mjs';

const browser = new Browser();
const desk = mkdtempSync(join(tmpdir(), 'exreg-files-'));
/** A file to choose, by its path. */
function file(name, bytes) {
  writeFileSync(join(desk, name), bytes);
  return join(desk, name);
}
const card = (page) => page.locator('#attachments');
const entry = (page, text) => card(page).getByRole('listitem').filter({ hasText: text });

async function look(page, name) {
  await assertAccessible(page, name);
  assertClean(page);
  await picture(page, name);
}

let ada;
before(async () => {
  ada = await api('ada.marsh');
  await browser.start();
});
after(async () => {
  await browser.stop();
  rmSync(desk, { recursive: true });
});

test('V-21 the exception page takes files and says beside each what is wrong with it', async () => {
  const x = await submitted(ada);
  const page = await browser.signedIn('ada.marsh');
  await page.goto(`/exceptions/${x.number}`);
  const input = card(page).getByLabel('Add files');
  await card(page).getByText('At most 10 MB each, 20 files and 50 MB together.').waitFor();
  await look(page, 'files-1-none');

  await input.setInputFiles([file('plan.pdf', pdf(250000)), file('lies.pdf', png()), file('run.exe', pdf()), file('large.pdf', pdf((10 << 20) + 1))]);
  await entry(page, 'plan.pdf').getByText('Added by Ada Marsh').waitFor();
  await entry(page, 'lies.pdf is a PNG image, not a PDF document.').waitFor();
  await entry(page, 'run.exe is of a type that is not taken.').waitFor();
  await entry(page, 'large.pdf is larger than 10 MB.').waitFor();
  expectedFaults(page, /attachments\?name=lies\.pdf/); // the 422, in the console
  await page.getByText('File added').waitFor(); // the history beside it
  await look(page, 'files-2-faults');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'files-2-faults-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false, 'nothing scrolls sideways at 320 px');
  await look(page, 'files-2-faults-narrow');
  await page.setViewportSize({ width: 1280, height: 800 });

  for (const name of ['lies.pdf', 'run.exe', 'large.pdf']) {
    await page.getByRole('button', { name: `Dismiss ${name}` }).click();
    await entry(page, name).waitFor({ state: 'detached' });
  }

  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'plan.pdf' }).click();
  const download = await saved;
  assert.equal(download.suggestedFilename(), 'plan.pdf');
  assert.deepEqual(readFileSync(await download.path()), pdf(250000));

  await page.getByRole('button', { name: 'Remove plan.pdf' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Remove plan.pdf?' }).waitFor();
  await look(page, 'files-3-remove');
  await page.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await entry(page, 'plan.pdf').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.id === 'attachments'); // the focus is not lost
  await page.getByText('File removed').waitFor();
  assertClean(page);
});

test('V-21 an upload shows how far it is and can be stopped', async () => {
  const x = await submitted(ada);
  const page = await browser.signedIn('ada.marsh');
  await page.goto(`/exceptions/${x.number}`);
  const net = await page.context().newCDPSession(page);
  await net.send('Network.enable');
  await net.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 50000 });
  await card(page).getByLabel('Add files').setInputFiles([file('slow.pdf', pdf(2 << 20)), file('next.txt', csv())]);
  const bar = card(page).getByRole('progressbar', { name: 'Sending slow.pdf' });
  await bar.waitFor();
  await entry(page, 'next.txt').getByText('Waiting').waitFor();
  await picture(page, 'files-4-sending');
  await page.getByRole('button', { name: 'Stop slow.pdf' }).click();
  await entry(page, 'slow.pdf').waitFor({ state: 'detached' });
  await entry(page, 'next.txt').getByText('Added by').waitFor();
  assertClean(page);
});

test('V-21 without a connection the file waits to be tried again', async () => {
  const x = await submitted(ada);
  const page = await browser.signedIn('ada.marsh');
  await page.goto(`/exceptions/${x.number}`);
  const input = card(page).getByLabel('Add files');
  await input.waitFor();
  await page.context().setOffline(true);
  await input.setInputFiles([file('plan.pdf', pdf())]);
  const again = page.getByRole('button', { name: 'Try plan.pdf again' });
  await again.waitFor();
  await page.context().setOffline(false);
  await again.click();
  await entry(page, 'plan.pdf').getByText('Added by').waitFor();
});

test('V-21 the form of a request takes files, the check page and the queue show them', async () => {
  const d = await draft(ada, await vulnerabilityContent(ada));
  const page = await browser.signedIn('ada.marsh');
  await page.goto(`/requests/${d.number}`);
  await card(page).getByLabel('Add files').setInputFiles([file('scan.png', png())]);
  await entry(page, 'scan.png').getByText('Added by').waitFor();
  await look(page, 'files-5-form');
  await page.getByRole('button', { name: 'Check your answers' }).click();
  await page.getByRole('heading', { name: 'Send it' }).waitFor();
  await entry(page, 'scan.png').waitFor();
  assert.equal(await card(page).getByLabel('Add files').count(), 0);
  await look(page, 'files-6-check');
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.waitForURL(/\/sent$/);

  const sam = await browser.signedIn('sam.okafor');
  await sam.goto(`/queue?selected=${d.number}`);
  await entry(sam, 'scan.png').getByText('Added by Ada Marsh').waitFor();
  await card(sam).getByLabel('Add files').setInputFiles([file('review.csv', csv())]);
  await entry(sam, 'review.csv').getByText('Added by Sam Okafor').waitFor();
  await look(sam, 'files-7-queue');
});

test('V-21 a task list takes files too, and who may only read is told that there are none', async () => {
  const made = await ada.post('/exceptions', { procedure: 'POL-EXC-001' });
  const page = await browser.signedIn('ada.marsh');
  await page.goto(`/requests/${made.body.number}`);
  await card(page).getByLabel('Add files').setInputFiles([file('notes.txt', Buffer.from('Called on 3 March.\n'))]);
  await entry(page, 'notes.txt').getByText('Added by').waitFor();
  await look(page, 'files-8-tasks');

  const x = await submitted(ada);
  const ivy = await browser.signedIn('ivy.chen');
  await ivy.goto(`/exceptions/${x.number}`);
  await card(ivy).getByText('No files are attached.').waitFor();
  assert.equal(await card(ivy).getByLabel('Add files').count(), 0);
  assertClean(ivy);
});
