// What an approval leaves behind in the database.
import { sql } from '../support/servers.mjs';

/** "EX-2026-00042" as the database has it. */
export const idOf = (number) => Number(number.slice(3, 7)) * 1e7 + Number(number.slice(8));

/**
 * What an approval leaves behind, counted: either all of it is there or none.
 * @returns {{approved: number, term: number, decision: number, conditions: number, version: number, facets: number, risk: number, audit: number, notices: number}}
 */
export function traces(number) {
  const id = idOf(number);
  const [row] = sql(`SELECT
    (SELECT COUNT(*) FROM exception WHERE id = ${id} AND request_state = 5 AND outcome = 1),
    (SELECT COUNT(*) FROM exception WHERE id = ${id} AND effective_on IS NOT NULL AND expires_on IS NOT NULL AND decided_at IS NOT NULL),
    (SELECT COUNT(*) FROM decision WHERE exception_id = ${id} AND verdict = 1),
    (SELECT COUNT(*) FROM decision_condition WHERE exception_id = ${id}),
    (SELECT COUNT(*) FROM exception_version WHERE exception_id = ${id} AND outcome = 1),
    (SELECT COUNT(*) FROM exception_facet WHERE exception_id = ${id} AND lane = 10 AND effective_on IS NOT NULL),
    (SELECT COUNT(*) FROM exception_risk e JOIN risk r ON r.id = e.risk_id WHERE e.exception_id = ${id}),
    (SELECT COUNT(*) FROM audit_event WHERE object_type = 'exception' AND object_id = ${id} AND refused = 0 AND action = 'exception.approve'),
    (SELECT COUNT(*) FROM outbox WHERE exception_id = ${id} AND kind = 'approved')`);
  const [approved, term, decision, conditions, version, facets, risk, audit, notices] = row.map(Number);
  return { approved, term, decision, conditions, version, facets, risk, audit, notices };
}
