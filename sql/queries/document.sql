-- Documents as administrators see and edit them, in every state.

-- name: document_record_list (iiiss) -> document_record
-- By title, after the one with that id (0: from the start); state 0: all.
SELECT d.id, d.document_key, d.title, d.kind, d.domain, d.state, d.version,
  d.published_on, d.exceptions_allowed, d.row_version,
  o.name AS owner_name, f.version AS draft_version
FROM document d LEFT JOIN person o ON o.id = d.owner_id
LEFT JOIN document_draft f ON f.document_id = d.id
LEFT JOIN document place ON place.id = ?
WHERE (? = 0 OR d.state = ?) AND (d.title LIKE ? OR d.document_key LIKE ?)
  AND (place.id IS NULL OR d.title > place.title
    OR (d.title = place.title AND d.id > place.id))
ORDER BY d.title, d.id LIMIT 101;

-- name: document_record_by_key (s) -> document_record
SELECT d.id, d.document_key, d.title, d.kind, d.domain, d.state, d.version,
  d.published_on, d.exceptions_allowed, d.exception_note, d.max_term_days,
  d.exception_types, d.distribution, d.row_version, o.uid AS owner_uid,
  o.name AS owner_name, f.version AS draft_version, f.body AS draft_body,
  f.saved_at AS draft_saved_at, s.name AS draft_saved_by
FROM document d LEFT JOIN person o ON o.id = d.owner_id
LEFT JOIN document_draft f ON f.document_id = d.id
LEFT JOIN person s ON s.id = f.saved_by
WHERE d.document_key = ?;

-- name: document_record_lock (s) -> document_record
SELECT d.id, d.document_key, d.title, d.state, d.version, d.row_version,
  f.version AS draft_version, f.body AS draft_body
FROM document d LEFT JOIN document_draft f ON f.document_id = d.id
WHERE d.document_key = ? FOR UPDATE;

-- name: document_versions (i) -> document_version
-- The newest first.
SELECT v.version, v.published_on, p.name AS published_by,
  (SELECT COUNT(*) FROM clause c WHERE c.document_id = v.document_id
    AND c.version = v.version) AS clause_count
FROM document_version v LEFT JOIN person p ON p.id = v.published_by
WHERE v.document_id = ? ORDER BY v.id DESC LIMIT 200;

-- name: document_version_known (is) -> count_row
SELECT COUNT(*) AS n FROM document_version WHERE document_id = ? AND version = ?;

-- name: document_insert (ssiiiisisss)
-- Nothing when the key is taken.
INSERT INTO document (document_key, title, kind, domain, owner_id, state,
  version, exceptions_allowed, exception_note, max_term_days,
  exception_types, distribution)
SELECT ?, ?, ?, ?, ?, 1, '', ?, ?, ?, ?, ? FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.document_key = ?);

-- name: document_update (siiiisissii)
UPDATE document SET title = ?, kind = ?, domain = ?, owner_id = ?,
  exceptions_allowed = ?, exception_note = ?, max_term_days = ?,
  exception_types = ?, distribution = ?, row_version = row_version + 1
WHERE id = ? AND row_version = ?;

-- name: document_set_state (isdii)
UPDATE document SET state = ?, version = ?, published_on = ?,
  row_version = row_version + 1 WHERE id = ? AND row_version = ?;

-- name: document_touch (ii)
UPDATE document SET row_version = row_version + 1
WHERE id = ? AND row_version = ?;

-- name: document_draft_put (issti)
INSERT INTO document_draft (document_id, version, body, saved_at, saved_by)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE version = VALUES(version), body = VALUES(body),
  saved_at = VALUES(saved_at), saved_by = VALUES(saved_by);

-- name: document_version_insert (isdi)
INSERT INTO document_version (document_id, version, published_on,
  published_by) VALUES (?, ?, ?, ?);

-- name: clause_insert (isisssis)
-- root_id: the first clause of the document with this ref.
INSERT INTO clause (document_id, version, position, ref, title, text, root_id)
SELECT ?, ?, ?, ?, ?, ?, (SELECT MIN(COALESCE(r.root_id, r.id))
  FROM clause r WHERE r.document_id = ? AND r.ref = ?);

-- name: sla_insert (isii)
INSERT INTO sla (document_id, version, severity, days) VALUES (?, ?, ?, ?);

-- name: kind_list () -> role_row
-- Kinds of people a document or procedure may be meant for.
SELECT role, title, role_class FROM role WHERE role_class = 1
ORDER BY role LIMIT 100;
