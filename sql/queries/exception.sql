-- One exception: its row, its content, what belongs to it.

-- name: exception_number_next (i)
-- The next number of the year; LAST_INSERT_ID carries it. All who ask wait
-- for this row, so it runs by itself, never inside a transaction.
INSERT INTO exception_number (year, last) VALUES (?, LAST_INSERT_ID(1))
ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + 1);

-- name: exception_insert_draft (iiiiiitti)
INSERT INTO exception (id, procedure_id, type, requester_id, owner_id,
  edited_by_id, created_at, updated_at, copied_from_id, draft_content)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '{}');

-- name: exception_lock (ii) -> exception
-- Read and lock before every change, with the content and the affected units
-- (all their ancestors too); the limit comes from the document. The first
-- parameter is the reader, for the parts they take (enum part, as bits).
SELECT (SELECT CAST(BIT_OR(1 << t.part) AS SIGNED) FROM exception_participant t
    WHERE t.exception_id = exception.id AND t.person_id = ?
      AND t.ended_at IS NULL) AS my_parts, (SELECT d.max_term_days FROM document d WHERE d.id = exception.document_id)
    AS document_max_days,
  (SELECT k.content FROM exception_content k WHERE k.exception_id = exception.id
    AND k.content_version = exception.content_version) AS content,
  (SELECT GROUP_CONCAT(f.value_id) FROM exception_facet f
    WHERE f.exception_id = exception.id AND f.dimension = 1 AND f.live = 1)
    AS unit_ids, id, row_version, content_version, content_hash, procedure_id, type,
  domain, request_state, stage, stage_role, stage_entered_at, stage_due_on,
  title, requester_id, owner_id, beneficiary_id, edited_by_id, unit_id,
  asset_id, document_id, document_version, cause, severity, vulnerability,
  service_request, detected_on, sla_due_on, sla_breached_days, risk_before,
  risk, confidential, requested_from, requested_until, effective_on,
  expires_on, outcome, decided_as, stage_days_left, implemented_on,
  undocumented, legacy_decider,
  suspended, ended_as, ended_on, chain_id, previous_id, term_no, created_at,
  submitted_at, decided_at, updated_at, fact, holds_until, draft_content
FROM exception WHERE id = ? FOR UPDATE;

-- name: exception_by_id (iiii) -> exception
-- With the names behind the ids, for reading. Content and units, as above,
-- only when asked for (1); the reader's parts always.
SELECT x.id, x.row_version, x.content_version, x.content_hash,
  x.procedure_id, x.type, x.domain, x.request_state, x.stage, x.stage_role,
  x.stage_entered_at, x.stage_due_on, x.title, x.requester_id,
  requester.name AS requester_name, requester.title AS requester_title,
  requester_unit.name AS requester_unit, x.owner_id,
  owner.name AS owner_name, owner.title AS owner_title,
  owner_unit.name AS owner_unit, x.beneficiary_id,
  beneficiary.name AS beneficiary_name, x.edited_by_id, x.unit_id,
  unit.code AS unit_code, unit.name AS unit_name, x.asset_id,
  asset.name AS asset_name, x.document_id,
  document.document_key, document.title AS document_title,
  x.document_version, document.version AS document_current,
  document.max_term_days AS document_max_days, x.cause, x.severity,
  x.vulnerability, x.service_request, x.detected_on, x.sla_due_on,
  x.sla_breached_days, x.risk_before, x.risk, x.confidential,
  x.requested_from, x.requested_until, x.effective_on, x.expires_on,
  x.outcome, x.decided_as, x.stage_days_left, x.implemented_on,
  x.undocumented, x.legacy_decider, x.suspended, x.ended_as, x.ended_on, x.chain_id, x.previous_id,
  x.term_no, x.copied_from_id, x.created_at, x.submitted_at, x.decided_at, x.updated_at,
  x.fact, x.holds_until, x.draft_content,
  IF(?, (SELECT k.content FROM exception_content k WHERE k.exception_id = x.id
    AND k.content_version = x.content_version), NULL) AS content,
  IF(?, (SELECT GROUP_CONCAT(f.value_id) FROM exception_facet f
    WHERE f.exception_id = x.id AND f.dimension = 1 AND f.live = 1), NULL)
    AS unit_ids,
  (SELECT CAST(BIT_OR(1 << t.part) AS SIGNED) FROM exception_participant t
    WHERE t.exception_id = x.id AND t.person_id = ? AND t.ended_at IS NULL)
    AS my_parts
FROM exception x
JOIN person requester ON requester.id = x.requester_id
LEFT JOIN unit requester_unit ON requester_unit.id = requester.unit_id
JOIN person owner ON owner.id = x.owner_id
LEFT JOIN unit owner_unit ON owner_unit.id = owner.unit_id
LEFT JOIN person beneficiary ON beneficiary.id = x.beneficiary_id
LEFT JOIN unit ON unit.id = x.unit_id
LEFT JOIN asset ON asset.id = x.asset_id
LEFT JOIN document ON document.id = x.document_id
WHERE x.id = ?;

-- name: exception_save_draft (siiiiisiddtii)
-- What lists of drafts show is taken from the content as it is typed.
UPDATE exception SET title = ?, domain = ?, unit_id = ?, asset_id = ?,
  document_id = ?, confidential = ?, draft_content = ?, risk = ?,
  requested_from = ?, requested_until = ?, updated_at = ?,
  row_version = row_version + 1
WHERE id = ? AND row_version = ?;

-- name: exception_save_returned (stii)
-- A returned request keeps its list columns until it is sent again.
UPDATE exception SET draft_content = ?, updated_at = ?,
  row_version = row_version + 1
WHERE id = ? AND row_version = ?;

-- name: exception_submit (iibistdittiiiisiissiissddiiiddisiiddsii)
-- The draft becomes a content version; all list columns follow from it.
UPDATE exception SET row_version = row_version + 1, request_state = ?,
  content_version = ?, content_hash = ?, stage = ?, stage_role = ?,
  stage_entered_at = ?, stage_due_on = ?, domain = ?, submitted_at = ?,
  updated_at = ?, owner_id = ?, beneficiary_id = ?, edited_by_id = ?,
  unit_id = ?, title = ?, asset_id = ?, document_id = ?,
  document_version = ?, clause_ref = ?, cause = ?, severity = ?, vulnerability = ?,
  service_request = ?, detected_on = ?, sla_due_on = ?,
  sla_breached_days = ?, risk_before = ?, risk = ?, requested_from = ?,
  requested_until = ?, confidential = ?, draft_content = ?, decided_as = ?,
  stage_days_left = ?, stage_remind_on = ?, stage_escalate_on = ?,
  stage_escalate_role = ?
WHERE id = ? AND row_version = ?;

-- name: exception_set_state (iistdittsiiddsii)
-- A step that changes no content.
UPDATE exception SET row_version = row_version + 1, request_state = ?,
  stage = ?, stage_role = ?, stage_entered_at = ?, stage_due_on = ?,
  outcome = ?, decided_at = ?, updated_at = ?, draft_content = ?,
  decided_as = ?, stage_days_left = ?, stage_remind_on = ?,
  stage_escalate_on = ?, stage_escalate_role = ?
WHERE id = ? AND row_version = ?;

-- name: exception_approve (iistdittsiiddsddii)
-- The same with the first and the last day, which the register's account may
-- not write: an approved row without them is refused by the table.
UPDATE exception SET row_version = row_version + 1, request_state = ?,
  stage = ?, stage_role = ?, stage_entered_at = ?, stage_due_on = ?,
  outcome = ?, decided_at = ?, updated_at = ?, draft_content = ?,
  decided_as = ?, stage_days_left = ?, stage_remind_on = ?,
  stage_escalate_on = ?, stage_escalate_role = ?, effective_on = ?,
  expires_on = ?
WHERE id = ? AND row_version = ?;

-- name: exception_discard (iittii)
-- A draft without a content version.
UPDATE exception SET row_version = row_version + 1, request_state = ?,
  outcome = ?, decided_at = ?, updated_at = ?
WHERE id = ? AND row_version = ? AND content_version = 0;

-- name: exception_touch (tii)
-- Something that belongs to it has changed (a finding).
UPDATE exception SET row_version = row_version + 1, updated_at = ?
WHERE id = ? AND row_version = ?;

-- name: exception_version_insert (tisi)
-- The row as it is now, for ever.
INSERT INTO exception_version (exception_id, row_version, valid_from,
  actor_id, action, content_version, content_hash, request_state, stage,
  outcome, title, owner_id, unit_id, document_id, risk, confidential,
  requested_until, effective_on, expires_on, suspended, ended_as, ended_on)
SELECT id, row_version, ?, ?, ?, content_version, content_hash,
  request_state, stage, outcome, title, owner_id, unit_id, document_id, risk,
  confidential, requested_until, effective_on, expires_on, suspended,
  ended_as, ended_on
FROM exception WHERE id = ?;

-- name: exception_content_insert (iisbti)
INSERT INTO exception_content (exception_id, content_version, content,
  content_hash, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?);

-- name: exception_clause_insert (iiiiisss)
INSERT INTO exception_clause (exception_id, content_version, position,
  document_id, clause_id, ref, title, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: exception_clauses (ii) -> clause
-- changed: the published text is not the one the exception was made for.
SELECT s.clause_id AS id, s.document_id, s.ref, s.title, s.text,
  (d.id IS NOT NULL AND (c.id IS NULL OR BINARY c.text <> BINARY s.text)) AS changed
FROM exception_clause s
LEFT JOIN document d ON d.id = s.document_id
LEFT JOIN clause c ON c.document_id = d.id AND c.version = d.version AND c.ref = s.ref
WHERE s.exception_id = ? AND s.content_version = ?
ORDER BY s.position LIMIT 20;

-- name: exception_control_insert (iiisis)
INSERT INTO exception_control (exception_id, content_version, position,
  description, state, owner) VALUES (?, ?, ?, ?, ?, ?);

-- name: exception_alternative_insert (iiisis)
INSERT INTO exception_alternative (exception_id, content_version, position,
  description, verdict, reason) VALUES (?, ?, ?, ?, ?, ?);

-- name: exception_text_put (isi)
INSERT INTO exception_text (exception_id, words, public_chars)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE words = VALUES(words),
  public_chars = VALUES(public_chars);

-- name: facet_retire (i)
-- Values a new content version may no longer name.
UPDATE exception_facet SET live = 0 WHERE exception_id = ?;

-- name: facet_put_units (ii)
-- The unit and each of its ancestors.
INSERT INTO exception_facet (dimension, value_id, exception_id, lane, fact,
  confidential, effective_on, holds_until, risk, live)
SELECT 1, u.ancestor_id, x.id, x.lane, x.fact, x.confidential,
  x.effective_on, x.holds_until, x.risk, 1
FROM exception x JOIN unit_closure u ON u.unit_id = ?
WHERE x.id = ?
ON DUPLICATE KEY UPDATE lane = VALUES(lane), fact = VALUES(fact),
  confidential = VALUES(confidential), effective_on = VALUES(effective_on),
  holds_until = VALUES(holds_until), risk = VALUES(risk), live = 1;

-- name: facet_put (iii)
-- Dimension 2 (document) or 3 (clause root) with that value.
INSERT INTO exception_facet (dimension, value_id, exception_id, lane, fact,
  confidential, effective_on, holds_until, risk, live)
SELECT ?, ?, x.id, x.lane, x.fact, x.confidential, x.effective_on,
  x.holds_until, x.risk, 1
FROM exception x WHERE x.id = ?
ON DUPLICATE KEY UPDATE lane = VALUES(lane), fact = VALUES(fact),
  confidential = VALUES(confidential), effective_on = VALUES(effective_on),
  holds_until = VALUES(holds_until), risk = VALUES(risk), live = 1;

-- name: facet_sync (i)
-- The copies of the sort keys follow the row.
UPDATE exception_facet f JOIN exception x ON x.id = f.exception_id
SET f.lane = x.lane, f.fact = x.fact, f.confidential = x.confidential,
  f.effective_on = x.effective_on, f.holds_until = x.holds_until,
  f.risk = x.risk
WHERE f.exception_id = ?;

-- name: facet_follow (i)
-- After a step that changes no content.
UPDATE exception_facet f JOIN exception x ON x.id = f.exception_id
SET f.lane = x.lane, f.fact = x.fact, f.effective_on = x.effective_on,
  f.holds_until = x.holds_until, f.risk = x.risk
WHERE f.exception_id = ?;

-- name: finding_put (iiisisit)
-- The author may replace their own until the decision.
INSERT INTO finding (exception_id, content_version, stage, kind, judgement,
  text, author_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE judgement = VALUES(judgement), text = VALUES(text),
  author_id = VALUES(author_id), created_at = VALUES(created_at);

-- name: findings_of (i) -> finding
SELECT f.kind, f.judgement, f.text, f.author_id, p.name AS author,
  f.created_at, f.content_version, f.stage
FROM finding f JOIN person p ON p.id = f.author_id
WHERE f.exception_id = ? ORDER BY f.content_version DESC, f.stage, f.created_at, f.kind
LIMIT 100;

-- name: decision_insert (iiiissdbisssssiiiisit)
-- With the role's title as it is now.
INSERT INTO decision (exception_id, content_version, stage, verdict, reason,
  precedent_reason, expires_on, content_hash, decider_id, decider_name,
  decider_title, decider_groups, role, role_title, mapping_id,
  designation_id, delegation_id, on_behalf_of_id, on_behalf_of, procedure_id,
  decided_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
  (SELECT r.title FROM role r WHERE r.role = ?), ?, ?, ?, ?, ?, ?, ?);

-- name: decisions_of (i) -> decision
SELECT content_version, stage, verdict, reason, precedent_reason,
  expires_on, content_hash, decider_id, decider_name, decider_title, role, role_title, mapping_id,
  designation_id, delegation_id, on_behalf_of_id, on_behalf_of, procedure_id,
  decided_at
FROM decision WHERE exception_id = ?
ORDER BY content_version DESC, stage DESC LIMIT 50;

-- name: condition_insert (iiiissd)
INSERT INTO decision_condition (exception_id, content_version, stage,
  position, text, owner, due_on) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: conditions_of (i) -> condition
SELECT content_version, stage, text, owner, due_on FROM decision_condition
WHERE exception_id = ? ORDER BY content_version, stage, position LIMIT 1000;

-- name: risk_number_next (i)
-- As exception_number_next.
INSERT INTO risk_number (year, last) VALUES (?, LAST_INSERT_ID(1))
ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + 1);

-- name: risk_insert (issiiiiiiiiiitd)
INSERT INTO risk (id, title, description, confidentiality, integrity,
  availability, likelihood_before, impact_before, likelihood_after,
  impact_after, treatment, owner_id, unit_id, opened_at, review_on)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: exception_risk_insert (ii)
INSERT INTO exception_risk (exception_id, risk_id) VALUES (?, ?);

-- name: risks_of (i) -> risk
SELECT r.id, r.title, r.description, r.confidentiality, r.integrity,
  r.availability, r.likelihood_before, r.impact_before, r.likelihood_after,
  r.impact_after, r.treatment, r.owner_id, p.name AS owner_name, r.unit_id,
  r.opened_at, r.review_on
FROM exception_risk l JOIN risk r ON r.id = l.risk_id
JOIN person p ON p.id = r.owner_id
WHERE l.exception_id = ? ORDER BY r.id LIMIT 20;

-- name: exception_history (ittbi) -> history_event
-- Events of one exception, newest first.
SELECT event_id AS id, at, actor, action, detail, refused
FROM audit_event FORCE INDEX (audit_event_object)
WHERE object_type = 'exception' AND object_id = ?
  AND at <= ? AND (at < ? OR event_id < ?)
ORDER BY at DESC, event_id DESC LIMIT ?;
