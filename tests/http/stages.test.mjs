// Procedures as data: 3502, a committee, signatures and chains of decisions,
// each to each of its outcomes, without a line of code that knows them.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { day, decide, draft, find, pointers, signIn, submit, vulnerabilityContent } from '../support/api.mjs';
import { sql } from '../support/servers.mjs';

const people = {};
const names = {
  requester: 'thandi.novak', // Operations
  smb: 'thandi.lopez',
  smb2: 'noor.castillo',
  iso: 'pavel.bianchi', // ISO of Operations
  otherIso: 'hugo.kowalski', // ISO of Information Technology
  cdt: 'viktor.ibrahim',
  chair: 'oisin.okonkwo',
  member: 'jakub.gupta',
  member2: 'zoe.farouk',
  member3: 'kamala.baptiste',
  manager: 'viktor.dubois',
  compliance: 'efua.rahman',
  approver: 'nora.quinn', // exception approver of IT security
  lead: 'sam.okafor',
  deputyLead: 'lena.fischer',
  deputy: 'efua.lindqvist',
  auditor: 'ivy.chen',
};
before(async () => {
  for (const [key, uid] of Object.entries(names)) people[key] = await signIn(uid);
});

const risk = {
  description: 'An outsider reads the data.',
  consequence: 'Records could be read.',
  likelihood: 3,
  impact: 4,
  likelihood_after: 2,
  impact_after: 3,
  confidentiality: true,
  integrity: false,
  availability: false,
};
const controls = [{ description: 'Only from the inner network', state: 'in_place', owner: 'Network team' }];
const words = 'The instruments are certified with this setting and cannot be changed before spring.';

async function clauseOf(key) {
  return (await people.requester.get(`/documents/${key}`)).body.clauses[0].ref;
}

const fresh = async (who, x) => (await who.get(`/exceptions/${x.number}`)).body;

async function act(who, path, x, body = {}) {
  const now = await fresh(who, x);
  return who.post(
    path,
    {
      exception: now.number,
      content_version: now.content_version,
      content_hash: now.content_hash,
      stage: now.stage?.stage,
      ...body,
    },
    { etag: now.etag },
  );
}
const complete = (who, x) => act(who, '/completions', x);
const vote = (who, x, ballot, over = {}) => act(who, '/votes', x, { ballot, reason: `I vote ${ballot}.`, ...over });
const say = (who, x, body) => who.post(`/exceptions/${x.number}/records`, body);
const verdict = (who, x, name, over = {}) =>
  act(who, '/decisions', x, {
    verdict: name,
    reason: `Because of ${name}.`,
    ...(['approve', 'deny'].includes(name) && { precedent_reason: 'This case is another one.' }),
    ...over,
  });

function ok(answer, what) {
  assert.equal(answer.status < 300, true, `${what}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

// ---- 3502 ----------------------------------------------------------------

async function request3502(over = {}) {
  const who = people.requester;
  const d = await draft(
    who,
    {
      title: 'Instrument network without network access control',
      service_request: 'SR-2026-004711',
      document: 'ISP-01',
      clauses: [await clauseOf('ISP-01')],
      unit: 'OPS-LAB',
      qualification: [{ criterion: 'unforeseen', evidence: 'The supplier withdrew the certified update in October.' }],
      circumstances: 'Forty instruments depend on it.',
      confidential: false,
      ...over,
    },
    '3502',
  );
  return d;
}

async function assessed() {
  const x = ok(await submit(people.requester, await request3502()), 'submitted');
  ok(await say(people.smb, x, { record: 'assessment', text: 'The instruments could be reached from guest sockets.' }), 'assessment');
  ok(await say(people.smb, x, { record: 'alternative', text: 'Put the instruments behind a gateway.' }), 'alternative');
  return ok(await complete(people.smb, x), 'assessment completed');
}

async function tech358(x, over = {}) {
  const who = people.requester;
  const now = await fresh(who, x);
  const saved = await who.put(
    `/exceptions/${x.number}/draft`,
    {
      content: {
        ...now.content,
        justification: words,
        cause: 'technical_limitation',
        impact_if_denied: 'The laboratory stops.',
        risk,
        controls,
        remediation_plan: 'Replace the instruments by spring.',
        requested_until: day(who, 90),
        ...over,
      },
    },
    { etag: now.etag },
  );
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  assert.deepEqual(saved.body.faults, []);
  return ok(await submit(who, { number: x.number, etag: saved.body.etag }), 'TECH 358');
}

async function metAndReady() {
  let x = await assessed();
  x = ok(await verdict(people.iso, x, 'decline'), 'declined');
  x = await tech358(x);
  ok(await say(people.smb, x, { record: 'sr_note', reference: 'SR note 17', on_day: day(people.smb, 0) }), 'note');
  x = ok(await complete(people.smb, x), 'noted');
  ok(
    await say(people.smb, x, {
      record: 'meeting',
      on_day: day(people.smb, 0),
      people: 'Thandi Lopez, Pavel Bianchi',
      text: 'All topics talked over.',
      topics: ['Background', 'Documentation', 'Risk assessment', 'Recommended alternative'],
    }),
    'meeting',
  );
  x = ok(await complete(people.smb, x), 'met');
  assert.equal(x.stage.stage, 'decision');
  return await find(people.cdt, await fresh(people.cdt, x));
}

test('C-04 C-05: 3502 asks for a service request and a criterion with its evidence', async () => {
  const bare = await request3502({ service_request: undefined, qualification: undefined });
  const none = await submit(people.requester, bare);
  assert.equal(none.status, 422);
  assert.deepEqual(pointers(none), ['/content/qualification', '/content/service_request']);
  const second = await request3502({ qualification: [{ criterion: 'exhausted', evidence: 'Tried for a year.' }] });
  const owes = await submit(people.requester, second);
  assert.deepEqual(pointers(owes), [
    '/content/alternatives',
    '/content/qualification/0/contact',
    '/content/qualification/0/contacted_on',
  ]);
});

test('C-10: the TECH 358 part is locked until the alternatives are declined', async () => {
  const early = await submit(people.requester, await request3502({ justification: words, risk }));
  assert.equal(early.status, 422);
  assert.ok(early.body.errors.some((e) => e.pointer === '/content/risk' && /opens/.test(e.detail)));
  const x = await assessed();
  const edit = await people.requester.put(`/exceptions/${x.number}/draft`, { content: x.content }, { etag: x.etag });
  assert.equal(edit.status, 409);
});

test('C-06: the assessment needs both parts before it goes to the ISO, and the sending is logged', async () => {
  const x = ok(await submit(people.requester, await request3502()), 'submitted');
  assert.equal((await complete(people.smb, x)).status, 409, 'nothing recorded');
  ok(await say(people.smb, x, { record: 'assessment', text: 'Looked at the network plan.' }), 'assessment');
  assert.equal((await complete(people.smb, x)).status, 409, 'no alternative');
  ok(await say(people.smb, x, { record: 'alternative', text: 'Use the gateway.' }), 'alternative');
  const y = ok(await complete(people.smb, x), 'completed');
  assert.equal(y.stage.stage, 'iso_response');
  const events = (await people.auditor.get(`/audit-events?object=${x.number}`)).body.items;
  assert.ok(events.some((e) => e.action === 'exception.complete' && /Pavel Bianchi/.test(e.detail)));
  const told = (await people.iso.get('/home')).body.notices;
  assert.ok(told.some((n) => n.number === x.number && n.kind === 'assigned'));
});

test('C-08: only the ISO of the requesting organisation answers, with a reason', async () => {
  const x = await assessed();
  assert.equal((await verdict(people.otherIso, x, 'accept')).status, 403, 'another ISO');
  assert.equal((await verdict(people.cdt, x, 'accept')).status, 403, 'the CDT ISO is another role');
  assert.equal((await verdict(people.iso, x, 'accept', { reason: ' ' })).status, 422);
  assert.equal((await verdict(people.iso, x, 'approve', { expires_on: day(people.iso, 9) })).status, 409);
});

test('C-09: an accepted alternative ends the exception and leaves its work open', async () => {
  const x = ok(await verdict(people.iso, await assessed(), 'accept'), 'accepted');
  assert.equal(x.request_state, 'alternative_accepted');
  const [w] = x.work_items;
  assert.equal(w.closed_at, null);
  const path = `/exceptions/${x.number}/work-items/${w.id}`;
  assert.equal((await people.iso.post(path, { row_version: w.row_version, plan: 'Mine' })).status, 403);
  const taken = ok(await people.smb.post(path, { row_version: w.row_version, plan: 'Gateway by March.' }), 'taken');
  assert.equal(taken.work_items[0].owner, 'Thandi Lopez');
  const stale = await people.smb2.post(path, { row_version: w.row_version, plan: 'Also mine' });
  assert.equal(stale.status, 412);
  const done = ok(
    await people.smb.post(path, { row_version: taken.work_items[0].row_version, solution: 'The gateway is in place.' }),
    'closed',
  );
  assert.equal(done.work_items[0].closed_by, 'Thandi Lopez');
  assert.equal(done.request_state, 'alternative_accepted');
});

test('C-11 C-12: the note and a meeting on all four topics come before the decision', async () => {
  let x = ok(await verdict(people.iso, await assessed(), 'decline'), 'declined');
  assert.equal(x.stage.kind, 'form');
  const home = (await people.requester.get('/home')).body;
  assert.ok(home.drafts.some((d) => d.number === x.number), 'the form waits on the home page');
  x = await tech358(x);
  assert.equal(x.content_version, 2);
  assert.equal((await complete(people.smb, x)).status, 409, 'no note');
  const bad = await say(people.smb, x, { record: 'sr_note', on_day: day(people.smb, 1) });
  assert.deepEqual(pointers(bad), ['/on_day', '/reference']);
  ok(await say(people.smb, x, { record: 'sr_note', reference: 'note 3', on_day: day(people.smb, 0) }), 'note');
  x = ok(await complete(people.smb, x), 'noted');
  assert.equal((await verdict(people.cdt, x, 'approve', { expires_on: day(people.cdt, 9) })).status, 409, 'no meeting yet');
  const meeting = { record: 'meeting', on_day: day(people.smb, 0), people: 'All', text: 'Talked.' };
  assert.deepEqual(pointers(await say(people.smb, x, { ...meeting, topics: ['Weather'] })), ['/topics/0']);
  ok(await say(people.smb, x, { ...meeting, topics: ['Background', 'Documentation'] }), 'half');
  assert.equal((await complete(people.smb, x)).status, 409, 'two topics are missing');
  ok(await say(people.smb, x, { ...meeting, topics: ['Risk assessment', 'Recommended alternative'] }), 'rest');
  assert.equal(ok(await complete(people.smb, x), 'met').stage.stage, 'decision');
});

test('what was assessed is what is decided: other clauses at TECH 358 begin anew', async () => {
  const x = ok(await verdict(people.iso, await assessed(), 'decline'), 'declined');
  const clauses = (await people.requester.get('/documents/ISP-01')).body.clauses;
  const again = await tech358(x, { clauses: [clauses[1].ref] });
  assert.equal(again.stage.stage, 'assessment');
});

test('an act names the stage it was meant for', async () => {
  const x = ok(await submit(people.requester, await request3502()), 'submitted');
  assert.equal((await act(people.smb, '/completions', x, { stage: 'decision' })).status, 412);
  assert.deepEqual(pointers(await act(people.smb, '/completions', x, { stage: undefined })), ['/stage']);
});

test('C-14 C-15 C-16: approved when the responses are documented and the findings are sent; in place apart from it', async () => {
  let x = await metAndReady();
  x = ok(await verdict(people.cdt, x, 'approve', { expires_on: day(people.cdt, 60) }), 'decided');
  assert.equal(x.request_state, 'in_stage');
  assert.equal(x.decided_as, 'approve');
  assert.equal(x.effective_on, null, 'the outcome is still to come');
  assert.equal((await complete(people.smb, x)).status, 409);
  const response = { on_day: day(people.smb, 0), people: 'Somebody', text: 'Agreed.' };
  ok(await say(people.smb, x, { record: 'response_requester', ...response }), 'requester');
  ok(await say(people.smb, x, { record: 'response_cdt_iso', ...response }), 'CDT ISO');
  assert.equal((await complete(people.smb, x)).status, 409, 'no copy yet');
  const copied = ok(await say(people.smb, x, { record: 'findings_copy' }), 'copy');
  assert.equal(copied.records.at(-1).people, 'Pavel Bianchi');
  assert.ok((await people.iso.get('/home')).body.notices.some((n) => n.number === x.number && n.kind === 'copy'));
  // decided for good: the requester cannot take it back
  assert.equal(
    (await people.requester.post(`/exceptions/${x.number}/steps`, { action: 'amend' }, { etag: copied.etag })).status,
    409,
  );
  x = ok(await complete(people.smb, x), 'documented');
  assert.equal(x.request_state, 'approved');
  assert.equal(x.expires_on, day(people.cdt, 60));
  assert.equal(x.risks.length, 1);
  assert.equal(x.implemented_on, null);
  const step = (body, etag = x.etag) => people.requester.post(`/exceptions/${x.number}/steps`, body, { etag });
  assert.deepEqual(pointers(await step({ action: 'implement' })), ['/on_day', '/reason']);
  const mine = await fresh(people.requester, x);
  const placed = ok(
    await step({ action: 'implement', on_day: day(people.requester, 0), reason: 'Change CHG-12 is done.' }, mine.etag),
    'implemented',
  );
  assert.equal(placed.implemented_on, day(people.requester, 0));
  assert.equal((await step({ action: 'implement', on_day: day(people.requester, 0), reason: 'Again' }, placed.etag)).status, 409);
});

test('C-17 C-18 C-19: a denial is final when its letter is sent and everything is filed', async () => {
  let x = await metAndReady();
  x = ok(await verdict(people.cdt, x, 'deny'), 'declined by the CDT ISO');
  assert.equal(x.request_state, 'in_stage');
  assert.equal(x.stage.stage, 'denial_letter');
  assert.deepEqual(
    x.path.filter((step) => step.state === 'done').map((step) => step.title),
    ['Request', 'SMB assessment', "Answer of the requester's ISO", 'TECH 358', 'Reference in the service request', 'Meetings with the ISO', 'Decision of the CDT ISO'],
  );
  assert.equal((await complete(people.smb, x)).status, 409, 'no letter');
  const mine = await fresh(people.smb, x);
  assert.equal(mine.letter_title, `Denial of exception ${x.number}`);
  assert.match(mine.letter_body, /SR-2026-004711/);
  assert.match(mine.letter_body, /Because of deny/);
  assert.match(mine.letter_body, /gateway/, 'the recommended alternatives are named');
  const letter = async (who, body) => {
    const now = await fresh(who, x);
    return who.post(`/exceptions/${x.number}/letter`, body, { etag: now.etag });
  };
  ok(await letter(people.smb, { action: 'write', title: mine.letter_title, body: mine.letter_body }), 'written');
  assert.equal((await letter(people.smb, { action: 'send' })).status, 409, 'not reviewed');
  assert.equal((await letter(people.smb, { action: 'review' })).status, 403, 'the drafter does not review');
  ok(await letter(people.smb2, { action: 'review' }), 'reviewed');
  // a new text takes the review back
  ok(await letter(people.smb, { action: 'write', title: mine.letter_title, body: `${mine.letter_body}\nRegards` }), 'rewritten');
  assert.equal((await letter(people.smb, { action: 'send' })).status, 409);
  ok(await letter(people.smb2, { action: 'review' }), 'reviewed again');
  const sent = ok(await letter(people.smb, { action: 'send' }), 'sent');
  assert.match(sent.letters[0].number, /^L-\d{4}-\d{5}$/);
  assert.equal(sent.letters[0].addressees, 'Pavel Bianchi');
  assert.match(sent.letters[0].hash, /^[0-9a-f]{64}$/);
  assert.equal((await letter(people.smb, { action: 'write', title: 'T', body: 'B' })).status, 409, 'sent is sent');
  x = ok(await complete(people.smb, x), 'letter done');
  assert.equal(x.stage.stage, 'filing');
  const home = (await people.requester.get('/home')).body;
  assert.ok(!home.notices.some((n) => n.number === x.number && n.kind === 'denied'), 'not final yet');
  for (const record of ['file_tech358', 'file_assessment', 'file_meetings', 'file_letter'])
    ok(await say(people.smb, x, { record }), record);
  assert.equal((await say(people.smb, x, { record: 'file_letter' })).status, 422, 'ticked once');
  assert.equal((await complete(people.smb, x)).status, 409, 'no note in the service request');
  ok(await say(people.smb, x, { record: 'sr_close', reference: 'note 9', on_day: day(people.smb, 0) }), 'note');
  x = ok(await complete(people.smb, x), 'filed');
  assert.equal(x.request_state, 'denied');
  assert.equal(x.work_items[0].title, 'Search for an acceptable solution');
  // V-23: everything that was done stays on the path, the form too; what an approval would have needed was not
  assert.deepEqual(
    x.path.filter((step) => step.state === 'skipped').map((step) => step.title),
    ['Responses and findings', 'Register'],
  );
  assert.ok((await people.requester.get('/home')).body.notices.some((n) => n.number === x.number && n.kind === 'denied'));
});

test('C-13: one person is never both ISOs of a request', async () => {
  const x = await metAndReady();
  // the CDT ISO of this request answered for the requester as well
  sql(
    `UPDATE decision SET decider_id = (SELECT id FROM person WHERE uid = '${names.cdt}')
     WHERE exception_id = ${Number(x.number.slice(3, 7)) * 1e7 + Number(x.number.slice(8))} AND verdict = 5`,
  );
  const refused = await verdict(people.cdt, x, 'approve', { expires_on: day(people.cdt, 30) });
  assert.equal(refused.status, 403);
  assert.match(refused.body.detail, /earlier stage/);
});

test('V-21: a returned request keeps its history and its clock stands still', async () => {
  const x = await metAndReady();
  const due = x.stage.due_on;
  const back = ok(await verdict(people.cdt, x, 'return'), 'returned');
  assert.equal(back.request_state, 'returned');
  const mine = await fresh(people.requester, x);
  const again = ok(
    await people.requester.post(
      `/exceptions/${x.number}/steps`,
      { action: 'resubmit', declaration: true },
      { etag: mine.etag },
    ),
    'sent again',
  );
  assert.equal(again.content_version, 3);
  assert.equal(again.stage.stage, 'service_request_note', 'behind the form; what was recorded stands');
  assert.equal(again.findings.length, 2, 'the findings on the old version are kept');
  ok(await complete(people.smb, again), 'noted before');
  const met = ok(await complete(people.smb, again), 'met before');
  assert.equal(met.stage.stage, 'decision');
  assert.equal((await verdict(people.cdt, met, 'approve', { expires_on: day(people.cdt, 9) })).status, 409, 'owed again');
  assert.ok(due);
});

// ---- committee, signatures, chains ------------------------------------------

async function request(procedure, document, over = {}) {
  const who = people.requester;
  const d = await draft(
    who,
    {
      title: `A case for ${procedure}`,
      document,
      clauses: [await clauseOf(document)],
      unit: 'OPS',
      justification: words,
      circumstances: 'The season has started.',
      risk,
      controls,
      requested_until: day(who, 2),
      confidential: false,
      ...over,
    },
    procedure,
  );
  return ok(await submit(who, d), procedure);
}
const committee = (over = {}) =>
  request('COM-EXC-002', 'ISP-01', {
    cause: 'business_need',
    remediation_plan: 'Back to the rule after the season.',
    alternatives: [{ description: 'Wait', verdict: 'not_practical', reason: 'The season does not wait.' }],
    requested_until: day(people.requester, 60),
    ...over,
  });

test('M-16 M-32: a committee decides with a quorum of three of five, and its chair closes the vote', async () => {
  const x = await committee();
  assert.equal(x.stage.role, 'committee_member');
  const y = await find(people.chair, await fresh(people.chair, x));
  assert.equal((await verdict(people.manager, y, 'approve', { expires_on: day(people.chair, 30) })).status, 403);
  ok(await vote(people.member, x, 'approve'), 'first');
  const two = ok(await vote(people.member2, x, 'deny'), 'second');
  assert.deepEqual([two.stage.tally.cast, two.stage.tally.complete], [2, false]);
  const early = await verdict(people.chair, x, 'approve', { expires_on: day(people.chair, 30) });
  assert.equal(early.status, 409, 'two of five are no quorum of three');
  assert.match(early.body.detail, /Not enough votes/);
  const three = ok(await vote(people.member3, x, 'abstain'), 'third');
  assert.equal(three.stage.role, 'committee_chair', 'now it waits for the chair');
  // a member changes their vote: still one vote each
  const changed = ok(await vote(people.member, x, 'deny'), 'changed');
  assert.deepEqual([changed.stage.tally.cast, changed.stage.tally.deny], [3, 2]);
  assert.equal((await verdict(people.chair, x, 'approve', { expires_on: day(people.chair, 30) })).status, 409, 'outvoted');
  const done = ok(await verdict(people.chair, x, 'deny'), 'closed');
  assert.equal(done.request_state, 'denied');
  assert.equal((await vote(people.member, x, 'approve')).status, 409, 'the vote is closed');
  assert.equal(done.votes.length, 3);
});

test('M-16: who is no member has no vote, and a vote is bound to the version read', async () => {
  const x = await committee();
  assert.equal((await vote(people.lead, x, 'approve')).status, 403);
  assert.equal((await vote(people.member, x, 'approve', { content_version: 7 })).status, 412);
  assert.equal((await vote(people.member, x, 'approve', { reason: '  ' })).status, 422);
});

test('V-21 M-16: who votes adds files, and what was voted on stays', async () => {
  const x = await committee();
  const path = `/exceptions/${x.number}/attachments`;
  const add = (who, name) =>
    who.request('POST', `${path}?name=${name}`, { raw: `Notes ${name}.\n`, headers: { 'content-type': 'application/octet-stream' } });
  ok(await add(people.requester, 'plan.txt'), 'the requester');
  ok(await add(people.member, 'minutes.txt'), 'a member');
  assert.equal((await add(people.auditor, 'audit.txt')).status, 403);
  ok(await vote(people.member2, x, 'approve'), 'vote');
  const kept = await people.requester.request('DELETE', `${path}/1`);
  assert.equal(kept.status, 409);
  assert.match(kept.body.detail, /has judged with this file/);
});

test('V-08: taking a request back voids the votes and findings on it', async () => {
  const x = await committee();
  ok(await vote(people.member, x, 'approve'), 'vote');
  const mine = await fresh(people.requester, x);
  const back = ok(
    await people.requester.post(`/exceptions/${x.number}/steps`, { action: 'amend' }, { etag: mine.etag }),
    'taken back',
  );
  assert.equal(back.request_state, 'returned');
  assert.equal((await vote(people.member2, x, 'approve')).status, 409);
  const again = ok(
    await people.requester.post(
      `/exceptions/${x.number}/steps`,
      { action: 'resubmit', declaration: true },
      { etag: back.etag },
    ),
    'sent again',
  );
  assert.equal(again.content_version, 2);
  assert.equal(again.stage.tally.cast, 0, 'the vote was on version 1');
  assert.equal(again.votes.length, 1, 'and is kept');
  // a decision on the version that was there before is stale
  const stale = await decide(people.chair, { ...x, etag: x.etag }, { expires_on: day(people.chair, 30) });
  assert.equal(stale.status, 412);
});

test('P-05 M-25: manager, then compliance, and one level further when the residual risk is high', async () => {
  const low = await request('MGR-EXC-003', 'ISP-01', {
    alternatives: [{ description: 'Wait', verdict: 'not_practical', reason: 'No.' }],
    requested_until: day(people.requester, 60),
  });
  const high = await request('MGR-EXC-003', 'ISP-01', {
    alternatives: [{ description: 'Wait', verdict: 'not_practical', reason: 'No.' }],
    requested_until: day(people.requester, 60),
    risk: { ...risk, likelihood_after: 3, impact_after: 4 },
  });
  for (const x of [low, high]) {
    await find(people.manager, await fresh(people.manager, x));
    const y = ok(await verdict(people.manager, x, 'approve', { expires_on: day(people.manager, 50) }), 'manager');
    assert.equal(y.request_state, 'in_stage', 'one signature is missing');
    assert.equal(y.stage.stage, 'compliance');
    await find(people.compliance, await fresh(people.compliance, x));
  }
  const done = ok(await verdict(people.compliance, low, 'approve', { expires_on: day(people.manager, 60) }), 'low');
  assert.equal(done.request_state, 'approved');
  assert.equal(done.expires_on, day(people.manager, 50), 'the earliest last day holds');
  assert.equal(done.decisions.length, 2);
  const next = ok(await verdict(people.compliance, high, 'approve', { expires_on: day(people.manager, 60) }), 'high');
  assert.equal(next.request_state, 'in_stage');
  assert.equal(next.stage.stage, 'risk_acceptance');
  assert.equal(ok(await verdict(people.approver, high, 'deny'), 'too high').request_state, 'denied');
});

test('M-13 M-35: an emergency needs two people, holds three days, and cannot be longer', async () => {
  const long = await draft(
    people.requester,
    { title: 'Now', document: 'ISP-01', clauses: [await clauseOf('ISP-01')], unit: 'OPS', justification: words, circumstances: 'Now.', risk, controls, requested_until: day(people.requester, 5) },
    'EMG-EXC-007',
  );
  assert.deepEqual(pointers(await submit(people.requester, long)), ['/content/requested_until']);
  const x = await request('EMG-EXC-007', 'ISP-01', { confidential: undefined });
  assert.equal(x.stage.role, 'unit_manager', 'the manager signs first');
  await find(people.approver, await fresh(people.approver, x));
  assert.equal((await verdict(people.approver, x, 'approve', { expires_on: day(people.approver, 2) })).status, 409, 'one person');
  const signed = ok(await vote(people.manager, x, 'approve'), 'signed');
  assert.equal(signed.stage.role, 'exception_approver');
  const done = ok(await verdict(people.approver, x, 'approve', { expires_on: day(people.approver, 2) }), 'approved');
  assert.equal(done.request_state, 'approved');
  assert.equal(done.votes[0].voter, 'Viktor Dubois');
});

test('M-34: a patch delay names the day of its fix, and the fix comes before the last day', async () => {
  const ada = await signIn('ada.marsh');
  const without = await draft(ada, await vulnerabilityContent(ada, { fix_on: undefined }));
  assert.deepEqual(pointers(await submit(ada, without)), ['/content/fix_on']);
  const late = await draft(ada, await vulnerabilityContent(ada, { fix_on: day(ada, 61) }));
  assert.deepEqual(pointers(await submit(ada, late)), ['/content/fix_on']);
});

test('V-14: when both Security Leads have a part in it, the deputy decides', async () => {
  const assets = (await people.lead.get('/assets?mine=true')).body.items;
  assert.ok(assets.length > 0, 'the Security Lead owns an asset');
  const d = await draft(
    people.lead,
    {
      title: 'Patch of the scanner waits',
      cause: 'technical_limitation',
      document: 'VM-02',
      clauses: [await clauseOf('VM-02')],
      asset_id: assets[0].id,
      vulnerability: { identifier: 'CVE-2026-1', title: 'Overflow', severity: 'high', detected_on: day(people.lead, -5), source: 'Scan' },
      sla_reason: 'No patch yet.',
      justification: words,
      circumstances: 'The scanner runs each night.',
      risk,
      controls,
      requested_until: day(people.lead, 30),
      fix_on: day(people.lead, 20),
    },
    'SEC-PROC-009',
  );
  // the other Security Lead is not known to hold the role any more
  const other = `person_id = (SELECT id FROM person WHERE uid = '${names.deputyLead}')`;
  sql(`CREATE TABLE keep_holder AS SELECT * FROM role_holder WHERE ${other}; DELETE FROM role_holder WHERE ${other}`);
  const x = ok(await submit(people.lead, d), 'submitted');
  sql('INSERT INTO role_holder SELECT * FROM keep_holder; DROP TABLE keep_holder');
  assert.equal(x.stage.role, 'security_lead_deputy');
  await find(people.deputy, await fresh(people.deputy, x));
  assert.equal((await verdict(people.deputyLead, x, 'approve', { expires_on: day(people.lead, 30) })).status, 403);
  const done = ok(await verdict(people.deputy, x, 'approve', { expires_on: day(people.lead, 30) }), 'deputy');
  assert.equal(done.decisions[0].role_title, 'Deputy Security Lead');
});

// each template: the field that is its own, its document, who says yes in which order
const templates = [
  ['HR-EXC-004', 'special_circumstances', 'HR-WT-01', 'Care of a relative.', ['viktor.dubois', 'paul.brandt']],
  ['FIN-EXC-005', 'amount_limit', 'FIN-TE-01', 1200, ['viktor.dubois', 'hana.sato']],
  ['CMP-EXC-006', 'alternative_procedure', 'DPR-05', 'On paper, entered the next day.', ['efua.rahman']],
];
for (const [key, own, document, value, signers] of templates) {
  test(`M-13 M-35: ${key} asks for ${own} and nothing of the others, and comes to both of its ends`, async () => {
    const form = (await people.requester.get(`/procedures/${key}`)).body.form.sections.flatMap((s) => s.fields.map((f) => f.key));
    for (const [, field] of templates) assert.equal(form.includes(field), field === own, field);
    const content = {
      title: `A case for ${key}`,
      document,
      clauses: [await clauseOf(document)],
      unit: 'OPS',
      justification: words,
      ...(form.includes('circumstances') ? { circumstances: 'The season has started.' } : {}),
      risk,
      controls,
      requested_until: day(people.requester, 30),
    };
    const bare = await submit(people.requester, await draft(people.requester, content, key));
    assert.deepEqual(pointers(bare), [`/content/${own}`]);
    for (const end of ['approve', 'deny']) {
      let x = ok(await submit(people.requester, await draft(people.requester, { ...content, [own]: value }, key)), 'sent');
      for (const [i, uid] of signers.entries()) {
        const who = await signIn(uid);
        const name = i + 1 < signers.length ? 'approve' : end;
        await find(who, await fresh(who, x));
        x = ok(
          await verdict(who, x, name, name === 'approve' ? { expires_on: day(who, 20), ...departs(name) } : departs(name)),
          `${uid} ${name}`,
        );
      }
      assert.equal(x.request_state, end === 'approve' ? 'approved' : 'denied');
      if (end === 'approve') assert.equal(x.expires_on, day(people.requester, 20));
    }
  });
}

test('M-13: a request of a personal kind is confidential unless its requester says otherwise', async () => {
  const made = await people.requester.post('/exceptions', { procedure: 'HR-EXC-004' });
  assert.equal(made.body.content.confidential, true);
  const other = await people.requester.post('/exceptions', { procedure: 'FIN-EXC-005' });
  assert.notEqual(other.body.content.confidential, true);
});

// Said in case precedents point the other way; ignored otherwise.
function departs() {
  return { precedent_reason: 'This case differs in its risk.' };
}
