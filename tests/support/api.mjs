// A small client of the API for tests: one person, one cookie, the headers a
// browser would send. The address comes from EXREG_TEST_ORIGIN.
import { randomUUID } from 'node:crypto';

export const origin = process.env.EXREG_TEST_ORIGIN ?? 'http://localhost:8470';
export const password = 'harbour-demo';

export class Client {
  cookie = null;

  // One request. Returns status, headers, body (parsed JSON or text).
  async request(method, path, { body, etag, key, headers = {}, raw } = {}) {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(method === 'GET' ? {} : { 'sec-fetch-site': 'same-origin' }),
        ...(body === undefined && raw === undefined ? {} : { 'content-type': 'application/json' }),
        ...(etag ? { 'if-match': etag } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
        ...headers,
      },
      body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    const set = response.headers.get('set-cookie');
    if (set) this.cookie = set.split(';')[0];
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  get(path) {
    return this.request('GET', path);
  }

  post(path, body, options = {}) {
    return this.request('POST', path, { body, key: randomUUID(), ...options });
  }

  put(path, body, options = {}) {
    return this.request('PUT', path, { body, ...options });
  }
}

// Sign in; fails loudly, for a test without a session proves nothing.
export async function signIn(username) {
  const client = new Client();
  const answer = await client.request('POST', '/session', { body: { username, password } });
  if (answer.status !== 201) throw new Error(`${username} cannot sign in: ${JSON.stringify(answer.body)}`);
  client.me = answer.body;
  return client;
}

// YYYY-MM-DD, n days after the organisation's today.
export function day(client, n) {
  const d = new Date(`${client.me.organisation.today}T00:00:00Z`);
  d.setUTCDate(d.getUTCDate() + n);
  return d.toISOString().slice(0, 10);
}

// Tests ask about the same clause and asset again and again.
const secondReason = 'The ward has two of them, each with a date of its own.';

// A complete content of a vulnerability request by a person who owns assets.
export async function vulnerabilityContent(client, over = {}) {
  const assets = await client.get('/assets?mine=true');
  return {
    title: 'Patch of the ward terminals waits for the supplier',
    cause: 'technical_limitation',
    document: 'VM-02',
    clauses: [(await client.get('/documents/VM-02')).body.clauses[0].ref],
    asset_id: assets.body.items[0].id,
    vulnerability: {
      identifier: 'CVE-2026-10001',
      title: 'Remote code execution in the terminal service',
      severity: 'high',
      detected_on: day(client, -10),
      source: 'Weekly scan',
    },
    sla_reason: 'The supplier ships the fix with the next release in spring.',
    justification: 'The terminals are certified with this version and cannot be changed before the supplier recertifies.',
    circumstances: 'Thirty wards depend on the terminals day and night.',
    risk: {
      description: 'An attacker on the ward network takes over a terminal.',
      consequence: 'Patient data could be read.',
      likelihood: 4,
      impact: 4,
      likelihood_after: 2,
      impact_after: 4,
      confidentiality: true,
      integrity: false,
      availability: false,
    },
    controls: [{ description: 'Terminals are in a network of their own', state: 'in_place', owner: 'Network team' }],
    requested_until: day(client, 60),
    fix_on: day(client, 10),
    confidential: false,
    overlap_reason: secondReason,
    ...over,
  };
}

// A draft with that content. Returns the number and the newest ETag.
export async function draft(client, content, procedure = 'SEC-PROC-009') {
  const made = await client.post('/exceptions', { procedure });
  if (made.status !== 201) throw new Error(`no draft: ${JSON.stringify(made.body)}`);
  const body = { content: { overlap_reason: secondReason, ...content } };
  const saved = await client.put(`/exceptions/${made.body.number}/draft`, body, { etag: made.body.etag });
  if (saved.status !== 200) throw new Error(`not saved: ${JSON.stringify(saved.body)}`);
  return { number: made.body.number, etag: saved.body.etag, faults: saved.body.faults };
}

export function submit(client, d) {
  return client.post(`/exceptions/${d.number}/steps`, { action: 'submit', declaration: true }, { etag: d.etag });
}

// A request that waits for the Security Lead.
export async function submitted(client, over = {}) {
  const d = await draft(client, await vulnerabilityContent(client, over));
  const answer = await submit(client, d);
  if (answer.status !== 200) throw new Error(`not submitted: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

// Record every finding the stage owes.
export async function find(client, x, kinds = x.stage.findings.map((f) => f.finding)) {
  let answer;
  for (const kind of kinds) {
    answer = await client.post(`/exceptions/${x.number}/findings`, {
      kind,
      judgement: 'supports',
      text: 'Looked at the network plan and the scan; the statement holds.',
      content_version: x.content_version,
    });
    if (answer.status !== 200) throw new Error(`no finding: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

// What was decided before on the same clause may ask for a line why this
// decision departs from it; each one here has it ready.
export function decide(client, x, over = {}, options = {}) {
  const reason = !['approve', 'deny'].includes(over.verdict ?? 'approve') ? {} : { precedent_reason: 'This one is isolated; the others were not.' };
  return client.post(
    '/decisions',
    {
      exception: x.number,
      content_version: x.content_version,
      content_hash: x.content_hash,
      stage: x.stage?.stage,
      verdict: 'approve',
      reason: 'The terminals are isolated and the date is firm.',
      ...reason,
      expires_on: x.requested_until,
      ...over,
    },
    { etag: x.etag, ...options },
  );
}

export const pointers = (answer) => (answer.body.errors ?? []).map((e) => e.pointer).sort();
