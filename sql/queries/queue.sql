-- What waits for whom: the review queue and who holds a stage. Waiting rows
-- have lane 1, confidential or not: the holder of the stage sees both.

-- name: stage_holders (siiisddiiididddiddddds) -> holder_row
-- Who holds the role of a stage for an exception, by a mapping or by name
-- with a scope that covers it, and who acts for them today. related: acts for
-- a party, or is acted for by one. Serves notices and "who holds it", never
-- authority.
WITH holder AS (
  SELECT h.person_id
  FROM role_mapping m JOIN role_holder h ON h.mapping_id = m.id
  WHERE m.role = ? AND m.ended_at IS NULL
    AND (m.domain IS NULL OR m.domain = ?)
    AND (m.document_id IS NULL OR m.document_id = ?)
    AND (m.unit_id IS NULL OR EXISTS (SELECT 1 FROM exception_facet f
      WHERE f.exception_id = ? AND f.dimension = 1 AND f.live = 1
        AND f.value_id = m.unit_id))
  UNION
  SELECT d.person_id FROM designation d
  WHERE d.role = ? AND d.ended_at IS NULL AND d.from_on <= ?
    AND (d.until_on IS NULL OR d.until_on >= ?)
    AND (d.domain IS NULL OR d.domain = ?)
    AND (d.document_id IS NULL OR d.document_id = ?)
    AND (d.unit_id IS NULL OR EXISTS (SELECT 1 FROM exception_facet f
      WHERE f.exception_id = ? AND f.dimension = 1 AND f.live = 1
        AND f.value_id = d.unit_id)))
SELECT p.id, p.name, COALESCE(p.acts_until >= ?, 0) AND (EXISTS (
    SELECT 1 FROM exception x JOIN delegation g ON g.to_person_id
      IN (x.requester_id, x.owner_id, x.beneficiary_id, x.edited_by_id)
    WHERE x.id = ? AND g.from_person_id = p.id AND g.from_on <= ?
      AND g.until_on >= ?
      AND (g.ended_at IS NULL OR g.ended_at >= DATE_SUB(?, INTERVAL 1 DAY)))
  OR EXISTS (
    SELECT 1 FROM exception x JOIN delegation g ON g.from_person_id
      IN (x.requester_id, x.owner_id, x.beneficiary_id, x.edited_by_id)
    WHERE x.id = ? AND g.to_person_id = p.id AND g.from_on <= ?
      AND g.until_on >= ?
      AND (g.ended_at IS NULL OR g.ended_at >= DATE_SUB(?, INTERVAL 1 DAY)))
  ) AS related
FROM (SELECT person_id FROM holder
  UNION SELECT g.to_person_id
  FROM holder JOIN delegation g ON g.from_person_id = holder.person_id
  WHERE g.ended_at IS NULL AND g.from_on <= ? AND g.until_on >= ?
    AND (g.role IS NULL OR g.role = ?)) able
JOIN person p ON p.id = able.person_id
ORDER BY p.name, p.id LIMIT 50;

-- name: queue_by_due (iiisddiiiiiii) -> queue_row
-- One role in one scope, what is due first on top.
SELECT x.id, x.title, x.domain, d.document_key, d.title AS document_title,
  u.code AS unit_code, u.name AS unit_name, o.name AS owner_name,
  r.name AS requester_name, x.risk, x.requested_until, x.submitted_at,
  x.stage, x.procedure_id, x.stage_due_on, x.sla_breached_days,
  (x.requester_id = ? OR x.owner_id = ? OR COALESCE(x.beneficiary_id, 0) = ?) AS own,
  (SELECT COUNT(*) FROM finding f WHERE f.exception_id = x.id
    AND f.content_version = x.content_version AND f.stage = x.stage) AS findings_done
FROM (
  SELECT x.id FROM exception x FORCE INDEX (exception_stage)
    WHERE x.stage_role = ? AND x.lane = 1
      AND x.stage_due_on >= ? AND (x.stage_due_on > ? OR x.id > ?)
      AND (? = 0 OR x.domain = ?) AND (? = 0 OR x.document_id = ?)
      AND (? = 0 OR EXISTS (SELECT 1 FROM exception_facet f
        WHERE f.exception_id = x.id AND f.dimension = 1 AND f.value_id = ?
          AND f.live = 1))
    ORDER BY x.stage_due_on, x.id LIMIT 101
) page JOIN exception x ON x.id = page.id
LEFT JOIN document d ON d.id = x.document_id
LEFT JOIN unit u ON u.id = x.unit_id
JOIN person o ON o.id = x.owner_id
JOIN person r ON r.id = x.requester_id
ORDER BY x.stage_due_on, x.id LIMIT 101;

-- name: queue_by_risk (iiisiiiiiiiii) -> queue_row
-- One role in one scope, the highest residual risk on top.
SELECT x.id, x.title, x.domain, d.document_key, d.title AS document_title,
  u.code AS unit_code, u.name AS unit_name, o.name AS owner_name,
  r.name AS requester_name, x.risk, x.requested_until, x.submitted_at,
  x.stage, x.procedure_id, x.stage_due_on, x.sla_breached_days,
  (x.requester_id = ? OR x.owner_id = ? OR COALESCE(x.beneficiary_id, 0) = ?) AS own,
  (SELECT COUNT(*) FROM finding f WHERE f.exception_id = x.id
    AND f.content_version = x.content_version AND f.stage = x.stage) AS findings_done
FROM (
  SELECT x.id FROM exception x FORCE INDEX (exception_stage_risk)
    WHERE x.stage_role = ? AND x.lane = 1
      AND x.risk <= ? AND (x.risk < ? OR x.id > ?)
      AND (? = 0 OR x.domain = ?) AND (? = 0 OR x.document_id = ?)
      AND (? = 0 OR EXISTS (SELECT 1 FROM exception_facet f
        WHERE f.exception_id = x.id AND f.dimension = 1 AND f.value_id = ?
          AND f.live = 1))
    ORDER BY x.risk DESC, x.id LIMIT 101
) page JOIN exception x ON x.id = page.id
LEFT JOIN document d ON d.id = x.document_id
LEFT JOIN unit u ON u.id = x.unit_id
JOIN person o ON o.id = x.owner_id
JOIN person r ON r.id = x.requester_id
ORDER BY x.risk DESC, x.id LIMIT 101;

-- name: queue_ids (siiiiii) -> id_row
-- For the number beside "Review queue", at most 1000.
SELECT x.id FROM exception x FORCE INDEX (exception_stage)
WHERE x.stage_role = ? AND x.lane = 1
  AND (? = 0 OR x.domain = ?) AND (? = 0 OR x.document_id = ?)
  AND (? = 0 OR EXISTS (SELECT 1 FROM exception_facet f
    WHERE f.exception_id = x.id AND f.dimension = 1 AND f.value_id = ?
      AND f.live = 1)) LIMIT 1000;


-- name: home_drafts (i) -> draft_row
-- What one has to type on: drafts, what was returned, and what waits for a
-- further form (in a stage, and for no role).
SELECT id, title, updated_at, request_state FROM exception
FORCE INDEX (exception_requester)
WHERE requester_id = ? AND lane IN (0, 1, 2)
  AND (lane <> 1 OR stage_role IS NULL)
ORDER BY updated_at DESC LIMIT 20;

-- name: home_drafts_count (i) -> count_row
-- For the number beside "Drafts", at most 1000.
SELECT COUNT(*) AS n FROM (SELECT x.id FROM exception x
  FORCE INDEX (exception_requester)
  WHERE x.requester_id = ? AND x.lane IN (0, 1, 2)
    AND (x.lane <> 1 OR x.stage_role IS NULL) LIMIT 1000) drafts;

-- name: home_waiting (i) -> own_row
-- One's own requests on their way.
SELECT id, title, request_state, fact, requested_until, effective_on,
  expires_on, holds_until, updated_at FROM exception
FORCE INDEX (exception_requester)
WHERE requester_id = ? AND lane = 1 AND stage_role IS NOT NULL
ORDER BY updated_at DESC LIMIT 20;

-- name: home_ending (idd) -> own_row
-- What one owns and what ends within the notice period.
SELECT id, title, request_state, fact, requested_until, effective_on,
  expires_on, holds_until, updated_at FROM exception
FORCE INDEX (exception_owner_until)
WHERE owner_id = ? AND lane = 10 AND fact = 10 AND holds_until BETWEEN ? AND ?
ORDER BY holds_until, id LIMIT 20;

-- name: home_notices (i) -> notice_row
SELECT id, kind, exception_id, violation_id, detail, created_at FROM outbox
FORCE INDEX (outbox_person)
WHERE person_id = ? ORDER BY created_at DESC, id DESC LIMIT 10;

-- name: notice_insert (isstbsibsibsibsi)
-- One event for up to four people, places that are free without a person.
-- Unique by event and person: a repeat adds nothing.
INSERT IGNORE INTO outbox (id, event_key, person_id, exception_id, kind,
  detail, created_at, next_at)
SELECT p.id, p.event_key, p.person_id, n.exception_id, n.kind, n.detail, n.t, n.t
FROM (SELECT CAST(? AS SIGNED) AS exception_id, CAST(? AS CHAR(32)) AS kind,
    CAST(? AS CHAR(60000)) AS detail, CAST(? AS DATETIME(6)) AS t) n
JOIN (SELECT CAST(? AS BINARY(16)) AS id, CAST(? AS CHAR(120)) AS event_key,
    CAST(? AS SIGNED) AS person_id
  UNION ALL SELECT CAST(? AS BINARY(16)), CAST(? AS CHAR(120)), CAST(? AS SIGNED)
  UNION ALL SELECT CAST(? AS BINARY(16)), CAST(? AS CHAR(120)), CAST(? AS SIGNED)
  UNION ALL SELECT CAST(? AS BINARY(16)), CAST(? AS CHAR(120)), CAST(? AS SIGNED)) p
ON p.person_id IS NOT NULL;

-- name: audit_append (bisssisisss)
CALL audit_append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
