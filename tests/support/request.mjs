// An exception on its way, through the API as the pages use it: asked for by
// one person, judged and decided by another.
import assert from 'node:assert/strict';
import { sql } from './client.mjs';

const day = 86400000;

/** YYYY-MM-DD so many days from the organisation's today. */
export function dayFrom(today, days) {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** The answer has that status, or the test says what came instead. */
export function expect(answer, status) {
  assert.equal(answer.status, status, answer.text);
  return answer;
}

/** A complete form of SEC-PROC-009 for an asset of the requester. */
export async function content(client, changes = {}) {
  const { today } = (await client.get('/me')).json.organisation;
  const asset = (await client.get('/assets?mine=true&limit=1')).json.items[0];
  return {
    title: `Late patch of ${asset.name}`,
    cause: 'technical_limitation',
    document: 'VM-02',
    clauses: ['4.1'],
    asset_id: asset.id,
    unit: asset.unit.code,
    vulnerability: {
      identifier: 'CVE-2026-10001',
      title: 'Memory error in the console',
      severity: 'high',
      detected_on: dayFrom(today, -20),
      source: 'Weekly scan',
    },
    sla_reason: 'The vendor delivers the fixed release in spring; the last one did not start here.',
    justification: 'Without the machine no backup is written for two months, which is the larger risk by far.',
    circumstances: 'The machine is reached from the management network only, by four named administrators.',
    impact_if_denied: 'Backups stop until spring.',
    risk: {
      description: 'Somebody on the management network takes the machine over.',
      consequence: 'Backups of one night can be read or destroyed.',
      likelihood: 3,
      impact: 4,
      likelihood_after: 2,
      impact_after: 3,
      confidentiality: true,
      integrity: true,
      availability: false,
    },
    controls: [{ description: 'Console only through the jump host', state: 'in_place', owner: 'Ivan Dahl' }],
    alternatives: [{ description: 'Replace the machine now', verdict: 'not_practical', reason: 'Delivery takes four months.' }],
    remediation_plan: 'Install the fixed release within two weeks of its delivery.',
    service_request: 'SR-104233',
    requested_from: today,
    requested_until: dayFrom(today, 60),
    ...changes,
  };
}

/** Asked for and submitted: the exception as the requester then sees it. */
export async function submitted(client, changes) {
  const draft = expect(await client.post('/exceptions', { procedure: 'SEC-PROC-009' }), 201);
  const { number } = draft.json;
  const saved = expect(await client.put(`/exceptions/${number}/draft`, { content: await content(client, changes) }, draft.etag), 200);
  assert.deepEqual(saved.json.faults, []);
  const step = { action: 'submit', declaration: true };
  return expect(await client.post(`/exceptions/${number}/steps`, step, { 'if-match': saved.etag }), 200).json;
}

/** Both findings recorded: the exception as the approver then sees it. */
export async function judged(client, number) {
  const { content_version } = expect(await client.get(`/exceptions/${number}`), 200).json;
  let answer;
  for (const kind of ['business_validity', 'security_implications']) {
    const finding = { kind, judgement: 'supports', text: `Looked at ${kind}: acceptable for two months.`, content_version };
    answer = expect(await client.post(`/exceptions/${number}/findings`, finding), 200);
  }
  return answer.json;
}

/** The body of an approval of what was seen. */
export function approval(seen) {
  return {
    exception: seen.number,
    content_version: seen.content_version,
    content_hash: seen.content_hash,
    verdict: 'approve',
    reason: 'The controls carry it until the fixed release is here.',
    expires_on: seen.requested_until,
  };
}

/** "EX-2026-00042" as the database has it. */
export const idOf = (number) => Number(number.slice(3, 7)) * 1e7 + Number(number.slice(8));

/**
 * What an approval leaves behind, counted: either all of it is there or none.
 * @returns {{approved: number, term: number, decision: number, version: number, facets: number, risk: number, audit: number, notices: number}}
 */
export function traces(number) {
  const id = idOf(number);
  const [row] = sql(`SELECT
    (SELECT COUNT(*) FROM exception WHERE id = ${id} AND request_state = 5 AND outcome = 1),
    (SELECT COUNT(*) FROM exception WHERE id = ${id} AND effective_on IS NOT NULL AND expires_on IS NOT NULL AND decided_at IS NOT NULL),
    (SELECT COUNT(*) FROM decision WHERE exception_id = ${id} AND verdict = 1),
    (SELECT COUNT(*) FROM exception_version WHERE exception_id = ${id} AND outcome = 1),
    (SELECT COUNT(*) FROM exception_facet WHERE exception_id = ${id} AND lane = 10 AND effective_on IS NOT NULL),
    (SELECT COUNT(*) FROM exception_risk e JOIN risk r ON r.id = e.risk_id WHERE e.exception_id = ${id}),
    (SELECT COUNT(*) FROM audit_event WHERE object_type = 'exception' AND object_id = ${id} AND refused = 0 AND action = 'exception.approve'),
    (SELECT COUNT(*) FROM outbox WHERE exception_id = ${id} AND kind = 'approved')`);
  const [approved, term, decision, version, facets, risk, audit, notices] = row.map(Number);
  return { approved, term, decision, version, facets, risk, audit, notices };
}
