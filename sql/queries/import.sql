-- Legacy import (M-28): what a file names, and the rows it makes.

-- name: import_person_by_uid (s) -> import_person
SELECT id, name, unit_id FROM person WHERE uid = ? LIMIT 2;

-- name: import_person_by_name (s) -> import_person
-- Two: the name does not say who.
SELECT id, name, unit_id FROM person WHERE name = ? LIMIT 2;

-- name: import_known (ss) -> import_known
SELECT exception_id, hash FROM legacy_import
WHERE source = ? AND reference = ?;

-- name: import_remember (ssibt)
INSERT INTO legacy_import (source, reference, exception_id, hash, imported_at)
VALUES (?, ?, ?, ?, ?);

-- name: import_facts (itddsii)
-- Before the content: an approved row has its term from the beginning. Who
-- decided is words of the file, nobody of the register.
UPDATE exception SET outcome = ?, decided_at = ?, effective_on = ?,
  expires_on = ?, legacy_decider = ?, undocumented = 1
WHERE id = ? AND row_version = ?;

-- name: import_documented (i)
-- Its content is complete; the facet of what is undocumented goes with the
-- new content version.
UPDATE exception SET undocumented = 0 WHERE id = ? AND undocumented = 1;

-- name: import_own (i) -> import_own
-- The facts our own export has of one exception, under the names of its
-- columns. Drafts are not exported.
SELECT x.title, d.document_key, x.clause_ref AS clause, u.code AS unit_code,
  p.name AS owner_name, x.risk, x.cause, x.submitted_at, x.effective_on,
  x.expires_on, x.requested_until, x.sla_breached_days
FROM exception x
JOIN person p ON p.id = x.owner_id
LEFT JOIN document d ON d.id = x.document_id
LEFT JOIN unit u ON u.id = x.unit_id
WHERE x.id = ? AND x.content_version > 0;

-- name: exception_numbers_next (iii)
-- As exception_number_next, so many at once; LAST_INSERT_ID is the last.
INSERT INTO exception_number (year, last) VALUES (?, LAST_INSERT_ID(?))
ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + ?);
