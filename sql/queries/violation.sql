-- Known deviations that were reported (C-25).

-- name: violation_number_next (i)
-- As exception_number_next.
INSERT INTO violation_number (year, last) VALUES (?, LAST_INSERT_ID(1))
ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + 1);

-- name: violation_insert (iiiisiisdt)
INSERT INTO violation (id, reporter_id, supervisor_id, supervisor_named, what,
  unit_id, document_id, clauses, known_on, filed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: violation_by_id (i) -> violation
SELECT v.id, v.reporter_id, r.name AS reporter, v.supervisor_id,
  s.name AS supervisor, v.supervisor_named, v.what, u.code AS unit_code,
  u.name AS unit_name, d.document_key, d.title AS document_title, v.clauses,
  v.known_on, v.filed_at, v.state
FROM violation v
JOIN person r ON r.id = v.reporter_id
JOIN person s ON s.id = v.supervisor_id
LEFT JOIN unit u ON u.id = v.unit_id
LEFT JOIN document d ON d.id = v.document_id
WHERE v.id = ?;

-- name: violations_all (ii) -> violation
-- Newest first, below an id.
SELECT v.id, v.reporter_id, r.name AS reporter, v.supervisor_id,
  s.name AS supervisor, v.supervisor_named, v.what, u.code AS unit_code,
  u.name AS unit_name, d.document_key, d.title AS document_title, v.clauses,
  v.known_on, v.filed_at, v.state
FROM violation v
STRAIGHT_JOIN person r ON r.id = v.reporter_id
STRAIGHT_JOIN person s ON s.id = v.supervisor_id
LEFT JOIN unit u ON u.id = v.unit_id
LEFT JOIN document d ON d.id = v.document_id
WHERE v.id < ?
ORDER BY v.id DESC LIMIT ?;

-- name: violations_of (iiiiii) -> violation
-- What a person reported, or was told of as the supervisor.
SELECT v.id, v.reporter_id, r.name AS reporter, v.supervisor_id,
  s.name AS supervisor, v.supervisor_named, v.what, u.code AS unit_code,
  u.name AS unit_name, d.document_key, d.title AS document_title, v.clauses,
  v.known_on, v.filed_at, v.state
FROM ((SELECT a.id FROM violation a FORCE INDEX (violation_reporter)
    WHERE a.reporter_id = ? AND a.id < ? ORDER BY a.id DESC LIMIT ?)
  UNION
  (SELECT b.id FROM violation b FORCE INDEX (violation_supervisor)
    WHERE b.supervisor_id = ? AND b.id < ? ORDER BY b.id DESC LIMIT ?)
  ORDER BY id DESC) k
STRAIGHT_JOIN violation v ON v.id = k.id
STRAIGHT_JOIN person r ON r.id = v.reporter_id
STRAIGHT_JOIN person s ON s.id = v.supervisor_id
LEFT JOIN unit u ON u.id = v.unit_id
LEFT JOIN document d ON d.id = v.document_id
ORDER BY v.id DESC LIMIT 101;

-- name: violation_notice_insert (bsiistt)
-- Unique by event and person: a repeat adds nothing.
INSERT IGNORE INTO outbox (id, event_key, person_id, violation_id, kind,
  created_at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?);
