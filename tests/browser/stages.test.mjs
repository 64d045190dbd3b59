// A procedure of many stages by reading the screens alone: 3502 to its three
// outcomes and a committee vote, each act by the person whose turn it is.
// Each page on the way is held against WCAG 2.2 AA.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, assertAccessible, assertClean, expectedFaults, picture } from './support.mjs';

const browser = new Browser();
const who = {
  requester: 'thandi.novak', // Operations
  smb: 'thandi.lopez',
  smb2: 'noor.castillo',
  iso: 'pavel.bianchi', // ISO of Operations
  cdt: 'viktor.ibrahim',
  chair: 'oisin.okonkwo',
  member: 'jakub.gupta',
  member2: 'zoe.farouk',
  member3: 'kamala.baptiste',
};
const pages = {};

before(async () => {
  await browser.start();
  for (const [key, uid] of Object.entries(who)) pages[key] = await browser.signedIn(uid);
});
after(browser.stop);

async function look(page, name) {
  await assertAccessible(page, name);
  assertClean(page);
  await picture(page, name);
}

async function choose(page, id, text) {
  await page.locator(`#${id}`).fill(text);
  await page.getByRole('option').first().click();
}

const button = (page, name) => page.getByRole('button', { name });
const dialog = (page) => page.getByRole('dialog');
const heading = (page, name) => page.getByRole('heading', { level: 1, name });
const save = (page) => button(page, /^Save and/).click();
const item = (page, label) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 4, name: label, exact: true }) });

/** Words that stand on the page, not only in the tip of a button. */
const seen = (page, text) => page.getByText(text).filter({ visible: true }).first();

/** A day of the organisation, so many days from today. */
function day(page, days) {
  return page.evaluate(async (n) => {
    const { organisation } = await (await fetch('/api/v1/me')).json();
    return new Date(Date.parse(`${organisation.today}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
  }, days);
}

/** The page of the exception, once it is in that stage. */
async function open(page, number, stage) {
  await page.goto(`/exceptions/${number}`);
  if (stage) await page.locator('.stage-head h3').getByText(stage, { exact: true }).waitFor();
}

/** Record what is asked for under that label. */
async function record(page, label, fields = {}) {
  await item(page, label).getByRole('button').first().click();
  for (const [name, value] of Object.entries(fields)) await dialog(page).locator(`#record-${name}`).fill(value);
  await dialog(page).getByRole('button', { name: 'Record', exact: true }).click();
  await dialog(page).waitFor({ state: 'detached' });
}

/** Leave the stage; the next one is shown. */
async function complete(page, next) {
  await button(page, 'Complete this stage').click();
  await page.getByText(`Next: ${next}.`).first().waitFor();
}

async function answer(page, verdict, reason) {
  await button(page, verdict).click();
  await dialog(page).locator('#decide-reason').fill(reason);
  await dialog(page).getByRole('button', { name: 'the alternative' }).click();
  await dialog(page).waitFor({ state: 'detached' });
}

/** A request under 3502 for that clause, which nothing covers yet, sent. Returns its number. */
async function ask(title, clause, pictures) {
  const page = pages.requester;
  await page.goto('/requests/new');
  await button(page, /^Start: Information Security Exception/).click();
  await page.getByText('0 of 2 done').waitFor();
  const number = new URL(page.url()).pathname.split('/').pop();
  if (pictures) {
    // C-10: the second part of the form is there, and locked
    await page.getByText('Opens after the step "Answer of the requester\'s ISO".').first().waitFor();
    assert.equal(await page.getByRole('link', { name: /^TECH 358/ }).count(), 0);
    await look(page, 'stages-01-tasks');
  }
  await page.getByRole('link', { name: 'What cannot be followed', exact: true }).click();
  await page.locator('#title').fill(title);
  await page.locator('#service_request').fill('SR-2026-004711');
  await choose(page, 'document', 'Information Security');
  await page.getByText(/^Exceptions are for a fixed time/).waitFor();
  await page.getByRole('checkbox', { name: clause }).check();
  await choose(page, 'unit', 'OPS-LAB');
  await save(page);
  await page.getByText('1 of 2 done').waitFor();
  await page.getByRole('link', { name: 'Why it qualifies', exact: true }).click();
  await page.getByRole('checkbox', { name: /unforeseen reasons/ }).check();
  if (pictures) {
    // C-04: a criterion owes what shows it, and the second one a contact
    await page.getByRole('checkbox', { name: /alternatives are exhausted/ }).check();
    await page.locator('#qualification-1-evidence').fill('We tried for a year.');
    await save(page);
    await page.getByRole('link', { name: 'Missing: What shows that the criterion holds' }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'qualification-0-evidence');
    await page.getByRole('link', { name: 'Missing: Whom you talked to about the criterion' }).waitFor();
    await look(page, 'stages-02-criteria');
    await page.getByRole('checkbox', { name: /alternatives are exhausted/ }).uncheck();
  }
  await page.locator('#qualification-0-evidence').fill('The supplier withdrew the certified update in October.');
  const circumstances = page.locator('#circumstances');
  if (await circumstances.count()) await circumstances.fill('Forty instruments depend on it.');
  await save(page);
  await page.getByText('2 of 2 done').waitFor();
  await page.getByRole('link', { name: 'Check your answers', exact: true }).click();
  await page.getByText('The policy cannot be followed for unforeseen reasons outside my control.').waitFor();
  if (pictures) await look(page, 'stages-03-check');
  await button(page, 'Send for approval').click();
  await heading(page, 'Request sent').waitFor();
  await page.getByText(/The next step is "SMB assessment"/).waitFor();
  if (pictures) await look(page, 'stages-04-sent');
  return number;
}

/** C-06: assessed, with an alternative; it is with the ISO then. */
async function assess(number, pictures) {
  const page = pages.smb;
  await open(page, number, 'SMB assessment');
  await page.getByRole('heading', { name: 'What to do now' }).waitFor();
  assert.equal(await button(page, 'Complete this stage').getAttribute('aria-disabled'), 'true');
  await seen(page, 'Record everything this stage asks for first.').waitFor();
  if (pictures) {
    await look(page, 'stages-05-assess');
    await button(page, 'Record Risk assessment').click();
    await dialog(page).getByRole('button', { name: 'Record', exact: true }).click();
    await dialog(page).getByText('Missing: In words').waitFor();
    await look(page, 'stages-06-record');
    await page.keyboard.press('Escape');
  }
  await record(page, 'Risk assessment', { text: 'The instruments could be reached from guest sockets.' });
  await page.getByText('Recorded: Risk assessment.').waitFor();
  await record(page, 'Recommended alternative', { text: 'Put the instruments behind a gateway.' });
  await page.getByText('2 of 2 needed are there').waitFor();
  await complete(page, "Answer of the requester's ISO");
}

/** C-10: the ISO declines, and the requester fills in the next part. */
async function fillNextPart(number, pictures) {
  const page = pages.requester;
  await page.goto('/');
  const draft = page.getByRole('listitem').filter({ hasText: number });
  await draft.getByRole('link', { name: /^Fill in the next part/ }).click();
  await page.getByText('The next part is open: TECH 358').waitFor();
  await page.getByText('The gateway costs more than the instruments.').waitFor();
  if (pictures) await look(page, 'stages-08-next-part');
  await page.getByRole('link', { name: 'TECH 358: justification', exact: true }).click();
  await page.locator('#justification').fill('The instruments are certified with this setting and cannot be changed before spring.');
  await page.locator('#cause-technical_limitation').check();
  await page.locator('#impact_if_denied').fill('The laboratory stops.');
  await save(page);
  await page.getByText('3 of 4 done').waitFor();
  await page.getByRole('link', { name: 'TECH 358: risk and protection', exact: true }).click();
  await page.locator('#risk-description').fill('An outsider reads the data.');
  await page.locator('#risk-consequence').fill('Records could be read.');
  for (const [key, value] of Object.entries({ likelihood: 3, impact: 4, likelihood_after: 2, impact_after: 3 }))
    await page.locator(`#risk-${key}`).selectOption(String(value));
  await page.locator('#controls-none').check();
  await page.locator('#controls_none_reason').fill('The network is separate already.');
  await page.locator('#remediation_plan').fill('Replace the instruments by spring.');
  await page.locator('#requested_until').fill(await day(page, 89));
  await save(page);
  await page.getByText('4 of 4 done').waitFor();
  await page.getByRole('link', { name: 'Check your answers', exact: true }).click();
  await heading(page, 'Check your answers').waitFor();
  await button(page, 'Send for approval').click();
  await heading(page, 'Request sent').waitFor();
}

/** C-11, C-12: the note, then a meeting on every topic. */
async function meet(number, pictures) {
  const page = pages.smb;
  await open(page, number, 'Reference in the service request');
  await record(page, 'Note in the service request', { reference: 'SR note 17' });
  await complete(page, 'Meetings with the ISO');
  await button(page, 'Record Meeting').click();
  await dialog(page).locator('#record-people').fill('Thandi Lopez, Pavel Bianchi');
  await dialog(page).locator('#record-text').fill('Where it comes from, and what is written down.');
  await dialog(page).getByRole('checkbox', { name: 'Risk assessment' }).uncheck();
  await dialog(page).getByRole('checkbox', { name: 'Recommended alternative' }).uncheck();
  if (pictures) await look(page, 'stages-09-meeting');
  await dialog(page).getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('Topics missing').waitFor();
  if (pictures) await look(page, 'stages-10-topics');
  // the dialog offers what is left
  await record(page, 'Meeting', { people: 'Thandi Lopez, Pavel Bianchi', text: 'The rest.' });
  await complete(page, 'Decision of the CDT ISO');
}

/** The findings and the decision, in the queue. */
async function judge(number, what, pictures) {
  const page = pages.cdt;
  await open(page, number, 'Decision of the CDT ISO');
  await page.getByRole('link', { name: 'Record findings and decide' }).click();
  for (const kind of ['business_validity', 'security_implications']) {
    await page.locator(`#${kind}-judgement-supports`).check();
    await page.locator(`#${kind}-text`).fill('Read the assessment and the notes of the meetings.');
    await page
      .locator('section.finding', { has: page.locator(`#${kind}-text`) })
      .getByRole('button', { name: 'Record finding' })
      .click();
    await page.locator(`#${kind}-text`).waitFor({ state: 'detached' });
  }
  await button(page, what).click();
  await dialog(page).locator('#decide-reason').fill('The instruments are isolated, and the date is firm.');
  if (pictures) await look(page, `stages-11-${what.source ?? what}`.replace(/[^\w-]/g, ''));
  await dialog(page).getByRole('button', { name: /exception|request/ }).click();
  await dialog(page).waitFor({ state: 'detached' });
}

// C-04 to C-09, V-23
test('3502: the recommended alternative is accepted, and its work is taken and closed', async () => {
  const number = await ask(`Instruments without access control, ${process.pid} a`, /^5\.1/, true);
  await assess(number, true);
  const page = pages.iso;
  await page.goto(`/queue?selected=${number}`);
  await page.getByText('Put the instruments behind a gateway.').first().waitFor();
  await look(page, 'stages-07-respond');
  await answer(page, 'Accept the alternative', 'The gateway is the better way.');
  await open(page, number);
  await page.getByText('Alternative accepted', { exact: true }).first().waitFor();
  await page.getByText('Re-architecture with the accepted alternative').waitFor();
  assert.equal(await button(page, /^Take it/).count(), 0, 'the ISO does not look after it');
  await look(page, 'stages-07-accepted');
  const smb = pages.smb;
  await open(smb, number);
  await button(smb, /^Take it/).click();
  await dialog(smb).locator('#work-text').fill('Gateway by March.');
  await dialog(smb).getByRole('button', { name: 'Take it with this plan' }).click();
  await smb.getByText('Gateway by March.').waitFor();
  await button(smb, /^Close it/).click();
  await dialog(smb).locator('#work-text').fill('The gateway is in place.');
  await look(smb, 'stages-07-work');
  await dialog(smb).getByRole('button', { name: 'Close it' }).click();
  await smb.getByText(/^Closed by Thandi Lopez/).waitFor();
  await look(smb, 'stages-07-closed');
});

// C-10 to C-16
test('3502: declined, decided, documented, approved, and put in place', async () => {
  const number = await ask(`Instruments without access control, ${process.pid} b`, /^5\.2/);
  await assess(number);
  await open(pages.iso, number, "Answer of the requester's ISO");
  await answer(pages.iso, 'Decline it', 'The gateway costs more than the instruments.');
  await fillNextPart(number, true);
  await meet(number, true);
  await judge(number, /^Approve/, true);
  const page = pages.smb;
  await open(page, number, 'Responses and findings');
  await page.getByText('Decided: approved. It is still being documented').waitFor();
  for (const label of ['Response of the requester', 'Response of the CDT ISO'])
    await record(page, label, { people: 'Somebody', text: 'Agreed.' });
  await button(page, /^Send the copy/).click();
  await look(page, 'stages-12-copy');
  await dialog(page).getByRole('button', { name: /^Send to/ }).click();
  await page.getByText('Sent: Copy of the findings').waitFor();
  await look(page, 'stages-13-documented');
  await button(page, 'Complete this stage').click();
  await page.getByText(`${number} is approved and in the register.`).first().waitFor();
  await look(page, 'stages-14-approved');
  const mine = pages.requester;
  await open(mine, number);
  await button(mine, 'Record as put in place').click();
  await dialog(mine).getByRole('button', { name: 'Record as put in place' }).click();
  await dialog(mine).getByText('Missing: What shows it').waitFor();
  await dialog(mine).locator('#implement-reason').fill('Change CHG-12 is done.');
  await look(mine, 'stages-15-implement');
  await dialog(mine).getByRole('button', { name: 'Record as put in place' }).click();
  await mine.getByText('Change CHG-12 is done.').first().waitFor();
  await mine.getByText('Put in place', { exact: true }).first().waitFor();
  await look(mine, 'stages-16-in-place');
});

// C-17 to C-19
test('3502: declined for good, with a letter that a second person reads, and everything on file', async () => {
  const number = await ask(`Instruments without access control, ${process.pid} c`, /^7\.1/);
  await assess(number);
  await open(pages.iso, number, "Answer of the requester's ISO");
  await answer(pages.iso, 'Decline it', 'The gateway costs more than the instruments.');
  await fillNextPart(number);
  await meet(number);
  await judge(number, /^Decline/);
  const page = pages.smb;
  await open(page, number, 'Formal exception denial letter');
  assert.match(await page.locator('#letter-body').inputValue(), /SR-2026-004711/);
  await look(page, 'stages-17-letter');
  await button(page, 'Save letter').click();
  await page.getByText('The letter is saved.').waitFor();
  assert.equal(await button(page, /^Send to/).getAttribute('aria-disabled'), 'true');
  await seen(page, 'You wrote the letter. Somebody else must review it.').waitFor();
  await look(page, 'stages-18-written');
  await open(pages.smb2, number, 'Formal exception denial letter');
  await button(pages.smb2, 'I have read it and it can go').click();
  await pages.smb2.getByText('The letter can go out now.').waitFor();
  await open(page, number, 'Formal exception denial letter');
  await button(page, /^Send to/).click();
  await look(page, 'stages-19-send');
  await dialog(page).getByRole('button', { name: /^Send to/ }).click();
  await page.getByText(/is sent\. Nobody can change it/).waitFor();
  await page.getByText('To: Pavel Bianchi').waitFor();
  await page.getByText(/SHA-256 of the letter as sent: [0-9a-f]{64}/).waitFor();
  await page.getByRole('link', { name: 'Open the letter to print it' }).click();
  await heading(page, /^Letter L-/).waitFor();
  await look(page, 'stages-20-letter');
  await open(page, number, 'Formal exception denial letter');
  await complete(page, 'Filing');
  for (const label of ['TECH 358', 'risk assessment', 'records of the meetings', 'denial letter'])
    await button(page, new RegExp(`^Tick off .*${label}.* on file`)).click();
  await page.getByText('4 of 5 needed are there').waitFor();
  await record(page, 'Note in the service request', { reference: 'SR note 21' });
  await look(page, 'stages-21-filing');
  await button(page, 'Complete this stage').click();
  await page.getByText(/is denied, and everything is on file/).first().waitFor();
  await seen(page, 'Search for an acceptable solution').waitFor();
  await look(page, 'stages-22-denied');
  for (const [name, options] of Object.entries({
    narrow: { viewport: { width: 320, height: 800 } },
    dark: { colorScheme: 'dark' },
  })) {
    const other = await browser.signedIn(who.smb, options);
    await other.goto(`/exceptions/${number}`);
    await seen(other, 'Search for an acceptable solution').waitFor();
    const wide = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${name} scrolls sideways by ${wide} px`);
    await look(other, `stages-22-denied-${name}`);
    await other.context().close();
  }
});

/** A request for the committee, sent. */
async function askCommittee(title) {
  const page = pages.requester;
  await page.goto('/requests/new');
  await page.getByRole('radio', { name: 'Compliance' }).check();
  await look(page, 'stages-30-new');
  assert.equal(await button(page, /^Start: Information Security/).count(), 0, 'it takes no other domain');
  await button(page, /^Start: Committee/).click();
  await page.getByText('0 of 5 done').waitFor();
  const number = new URL(page.url()).pathname.split('/').pop();
  const tasks = `/requests/${number}/tasks`;
  await page.goto(`${tasks}/what`);
  await page.locator('#title').fill(title);
  await choose(page, 'document', 'Information Security');
  await page.getByRole('checkbox', { name: /^7\.2/ }).check();
  await save(page);
  await page.getByText('1 of 5 done').waitFor();
  await page.goto(`${tasks}/why`);
  await page.locator('#justification').fill('The instruments are certified with this setting and cannot be changed before spring.');
  await page.locator('#circumstances').fill('The season has started.');
  await page.locator('#cause-business_need').check();
  await button(page, 'Add an alternative').click();
  await page.locator('#alternatives-0-description').fill('Wait');
  await page.locator('#alternatives-0-verdict-not_practical').check();
  await page.locator('#alternatives-0-reason').fill('The season does not wait.');
  await save(page);
  await page.getByText('2 of 5 done').waitFor();
  await page.goto(`${tasks}/reach`);
  await choose(page, 'unit', 'OPS');
  await save(page);
  await page.getByText('3 of 5 done').waitFor();
  await page.goto(`${tasks}/risk`);
  await page.locator('#risk-description').fill('An outsider reads the data.');
  await page.locator('#risk-consequence').fill('Records could be read.');
  for (const [key, value] of Object.entries({ likelihood: 3, impact: 4, likelihood_after: 2, impact_after: 3 }))
    await page.locator(`#risk-${key}`).selectOption(String(value));
  await page.locator('#controls-none').check();
  await page.locator('#controls_none_reason').fill('The network is separate already.');
  await save(page);
  await page.getByText('4 of 5 done').waitFor();
  await page.goto(`${tasks}/term`);
  await page.locator('#requested_until').fill(await day(page, 60));
  await page.locator('#remediation_plan').fill('Back to the rule after the season.');
  await save(page);
  await page.getByText('5 of 5 done').waitFor();
  await page.getByRole('link', { name: 'Check your answers', exact: true }).click();
  await button(page, 'Send for approval').click();
  await heading(page, 'Request sent').waitFor();
  return number;
}

async function vote(page, number, ballot, pictures) {
  await page.goto(`/queue?selected=${number}`);
  await button(page, 'Vote').click();
  await dialog(page).getByRole('radio', { name: ballot }).check();
  await dialog(page).locator('#vote-reason').fill(`Read it all: ${ballot}`);
  if (pictures) await look(page, 'stages-31-vote');
  await dialog(page).getByRole('button', { name: 'Cast my vote' }).click();
  await page.getByText('Your vote is recorded.').waitFor();
}

// M-16, M-32, V-08
test('a committee votes; taking the request back voids the vote; the chair closes it', async () => {
  const number = await askCommittee(`Shared pool of instruments ${process.pid}`);
  await vote(pages.member, number, 'Against: deny it', true);
  await pages.member.getByText('1 of 3 votes').waitFor();

  // the requester changes the request: the vote was on the version before
  const mine = pages.requester;
  await open(mine, number, 'Committee vote');
  await mine.getByRole('heading', { name: 'What happens now' }).waitFor();
  await button(mine, 'Change the request').click();
  await dialog(mine).getByText(/no longer count/).waitFor();
  await look(mine, 'stages-32-change');
  await dialog(mine).getByRole('button', { name: 'Take it back and change it' }).click();
  await mine.getByText('5 of 5 done').waitFor();
  await mine.goto(`/requests/${number}/tasks/why`);
  await mine.locator('#circumstances').fill('The season has started, and it is short.');
  await save(mine);
  await mine.getByText('5 of 5 done').waitFor();
  await mine.getByRole('link', { name: 'Check your answers', exact: true }).click();
  await button(mine, 'Send for approval').click();
  await heading(mine, 'Request sent').waitFor();

  await vote(pages.member, number, 'For: approve it');
  await pages.member.getByText('On version 1').first().waitFor();
  await vote(pages.member2, number, 'For: approve it');
  await pages.member2.getByText('2 of 3 votes').waitFor();
  await pages.member2.getByText('(5 seats)').waitFor();

  const chair = pages.chair;
  await chair.goto(`/queue?selected=${number}`);
  for (const kind of ['impact', 'alternatives', 'mitigations']) {
    await chair.locator(`#${kind}-judgement-supports`).check();
    await chair.locator(`#${kind}-text`).fill('The committee has talked it over.');
    await chair
      .locator('section.finding', { has: chair.locator(`#${kind}-text`) })
      .getByRole('button', { name: 'Record finding' })
      .click();
    await chair.locator(`#${kind}-text`).waitFor({ state: 'detached' });
  }
  await seen(chair, /Not enough votes yet/).waitFor();
  assert.equal(await button(chair, /^Approve/).getAttribute('aria-disabled'), 'true');
  await look(chair, 'stages-33-chair');
  await vote(pages.member3, number, 'I abstain');
  await chair.reload();
  await chair.getByText('3 of 3 votes').waitFor();
  await button(chair, /^Approve/).click();
  await dialog(chair).locator('#decide-reason').fill('Two for it, nobody against.');
  await dialog(chair).getByRole('button', { name: 'Approve exception' }).click();
  await dialog(chair).waitFor({ state: 'detached' });
  await open(chair, number);
  await chair.getByText('Active', { exact: true }).first().waitFor();
  await chair.getByText('Votes and signatures').waitFor();
  await look(chair, 'stages-34-approved');
  for (const page of Object.values(pages)) {
    expectedFaults(page, /^$/);
    assertClean(page);
  }
});
