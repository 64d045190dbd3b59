-- Sessions, people as the directory knows them, throttle, role mappings.

-- name: session_identify (b) -> session_row
-- The person behind a token and their roles, one row a role. A mapping
-- saved or ended a moment ago counts at once. names_epoch: store/names.h.
SELECT s.person_id, p.directory_id, p.uid, p.name, p.title, s.group_ids,
  s.created_at, s.last_seen, s.expires_at, m.id AS mapping_id, m.role,
  r.role_class, m.created_by AS mapped_by, m.unit_id, m.domain, m.document_id,
  (SELECT value FROM epoch WHERE name = 'names') AS names_epoch,
  p.acts_until
FROM session s JOIN person p ON p.id = s.person_id
LEFT JOIN (role_mapping m JOIN role r ON r.role = m.role)
  ON m.ended_at IS NULL AND FIND_IN_SET(m.group_id, s.group_ids)
WHERE s.token_hash = ? AND s.ended_at IS NULL
ORDER BY m.id LIMIT 200;

-- name: grants_of_groups (s) -> session_row
-- The roles of a list of group ids read just now.
SELECT m.id AS mapping_id, m.role, r.role_class, m.created_by AS mapped_by,
  m.unit_id, m.domain, m.document_id
FROM role_mapping m JOIN role r ON r.role = m.role
WHERE m.ended_at IS NULL AND FIND_IN_SET(m.group_id, ?)
ORDER BY m.id LIMIT 200;

-- name: session_touch (tb)
UPDATE session SET last_seen = ? WHERE token_hash = ?;

-- name: session_insert (bistttss)
INSERT INTO session (token_hash, person_id, group_ids, created_at, last_seen,
  expires_at, address, agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: session_end (tb)
UPDATE session SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL;

-- name: session_end_all (ti)
UPDATE session SET ended_at = ? WHERE person_id = ? AND ended_at IS NULL;

-- name: person_upsert (ssssssssst)
-- Known by the stable id; everything else follows the directory.
INSERT INTO person (directory_id, uid, dn, name, mail, title, unit_id,
  manager_id, seen_at)
SELECT ?, ?, ?, ?, ?, ?, (SELECT id FROM unit WHERE code = ?),
  (SELECT MIN(m.id) FROM person m WHERE m.dn = ? AND ? <> ''), ?
ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), uid = VALUES(uid),
  dn = VALUES(dn), name = VALUES(name), mail = VALUES(mail),
  title = VALUES(title), unit_id = VALUES(unit_id),
  manager_id = COALESCE(VALUES(manager_id), manager_id),
  seen_at = VALUES(seen_at);

-- name: person_name (s) -> text_row
SELECT name AS text FROM person WHERE directory_id = ?;

-- name: names_moved ()
-- A name that lists show is another one now (store/names.h).
UPDATE epoch SET value = value + 1 WHERE name = 'names';

-- name: throttle_open (ibt)
-- The row to count in; nothing when it is there.
INSERT IGNORE INTO sign_in_throttle (kind, subject, window_start, attempts)
VALUES (?, ?, ?, 0);

-- name: throttle_reserve (titibti)
-- Take a slot before the attempt is made: one row changed, or none when all
-- are taken. Assignments run in order: attempts sees the old start. A window
-- that moves with each slot lets no more than the limit into any span of its
-- length; the others begin with their first slot.
UPDATE sign_in_throttle SET
  attempts = IF(window_start < ?, 1, attempts + 1),
  window_start = IF(attempts = 1 OR ?, ?, window_start)
WHERE kind = ? AND subject = ? AND (window_start < ? OR attempts < ?);

-- name: throttle_attempts (ib) -> count_row
SELECT attempts AS n FROM sign_in_throttle WHERE kind = ? AND subject = ?;

-- name: throttle_more (ib)
-- One more of those that are only counted.
UPDATE sign_in_throttle SET attempts = attempts + 1
WHERE kind = ? AND subject = ?;

-- name: session_known_place (ss) -> count_row
-- Has this person signed in from there before?
SELECT COUNT(*) AS n FROM (
  SELECT 1 FROM person p JOIN session s ON s.person_id = p.id
  WHERE p.directory_id = ? AND s.address = ? LIMIT 1) AS seen;

-- name: throttle_clear (ib)
UPDATE sign_in_throttle SET attempts = 0 WHERE kind = ? AND subject = ?;

-- name: throttle_release (ib)
-- The attempt was a good one and does not count.
UPDATE sign_in_throttle SET attempts = GREATEST(attempts, 1) - 1
WHERE kind = ? AND subject = ?;

-- name: role_list () -> role_row
SELECT role, title, role_class FROM role ORDER BY role_class, title LIMIT 200;

-- name: role_mapping_list () -> role_mapping
-- An organisation has tens of mappings.
SELECT m.id, m.row_version, m.group_id, m.group_name, m.group_dn, m.role,
  r.title AS role_title, r.role_class, u.code AS unit_code,
  u.name AS unit_name, COALESCE(m.domain, 0) AS domain, d.document_key,
  m.members, m.created_at, p.name AS created_by
FROM role_mapping m JOIN role r ON r.role = m.role
LEFT JOIN unit u ON u.id = m.unit_id
LEFT JOIN document d ON d.id = m.document_id
LEFT JOIN person p ON p.id = m.created_by
WHERE m.ended_at IS NULL
ORDER BY r.role_class, r.title, m.group_name, m.id LIMIT 1000;

-- name: role_mapping_lock (i) -> role_mapping
SELECT m.id, m.row_version, m.group_id, m.group_name, m.group_dn, m.role,
  COALESCE(m.domain, 0) AS domain, m.members, m.created_at
FROM role_mapping m WHERE m.id = ? AND m.ended_at IS NULL FOR UPDATE;

-- name: role_mapping_same (ssiii) -> count_row
-- The same mapping, live.
SELECT COUNT(*) AS n FROM role_mapping
WHERE group_id = ? AND role = ? AND ended_at IS NULL AND unit_id <=> ?
  AND domain <=> ? AND document_id <=> ?;

-- name: role_mapping_insert (ssssiiiiti)
INSERT INTO role_mapping (group_id, group_dn, group_name, role, unit_id,
  domain, document_id, members, created_at, created_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: role_mapping_end (tiii)
UPDATE role_mapping SET ended_at = ?, ended_by = ?,
  row_version = row_version + 1
WHERE id = ? AND row_version = ? AND ended_at IS NULL;

-- name: role_mapping_administrators (i) -> count_row
-- Live administrator mappings beside this one. Locked: of two that are ended
-- at the same time one must see the other go.
SELECT COUNT(*) AS n FROM role_mapping
WHERE ended_at IS NULL AND id <> ?
  AND role IN (SELECT role FROM role WHERE role_class = 4) FOR UPDATE;

-- name: role_holder_put (iit)
INSERT INTO role_holder (mapping_id, person_id, seen_at) VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at);

-- name: role_holder_names (ssdd) -> owner_row
-- Who holds a role already, by any live mapping or by name.
SELECT p.id, p.name, p.directory_id AS unit
FROM (SELECT h.person_id
  FROM role_mapping m JOIN role_holder h ON h.mapping_id = m.id
  WHERE m.role = ? AND m.ended_at IS NULL
  UNION SELECT d.person_id FROM designation d
  WHERE d.role = ? AND d.ended_at IS NULL AND d.from_on <= ?
    AND (d.until_on IS NULL OR d.until_on >= ?)) holder
JOIN person p ON p.id = holder.person_id LIMIT 1000;

-- name: document_id_by_key (s) -> id_row
SELECT id FROM document WHERE document_key = ?;
