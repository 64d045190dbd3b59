-- Designations and delegations: who holds a role by name for a time, and who
-- acts for whom. Asked for only when person.acts_until says that there may
-- be one.

-- name: acts_of (iddiddtiddtiddidddd) -> act_row
-- What the acts of a day say of a person, one row a role or partner. The
-- roles somebody else holds by a group are those last seen (role_holder):
-- for lists, never for a decision. A delegation that was ended by hand makes
-- no role; the time says since when it is still told.
(SELECT 1 AS kind, NULL AS delegation_id, d.id AS designation_id,
  NULL AS mapping_id, NULL AS person_id, NULL AS directory_id, NULL AS name,
  d.role, r.role_class, d.created_by AS mapped_by, d.unit_id, d.domain,
  d.document_id, 1 AS holds
FROM designation d JOIN role r ON r.role = d.role
WHERE d.person_id = ? AND d.ended_at IS NULL
  AND d.from_on <= ? AND (d.until_on IS NULL OR d.until_on >= ?)
ORDER BY d.id LIMIT 100)
UNION ALL
(SELECT 2, g.id, NULL, NULL, y.id, y.directory_id, y.name, g.role, NULL,
  NULL, NULL, NULL, NULL, g.ended_at IS NULL
FROM delegation g JOIN person y ON y.id = g.to_person_id
WHERE g.from_person_id = ? AND g.from_on <= ? AND g.until_on >= ?
  AND (g.ended_at IS NULL OR g.ended_at > ?)
ORDER BY g.id LIMIT 100)
UNION ALL
(SELECT 3, g.id, NULL, NULL, y.id, y.directory_id, y.name, g.role, NULL,
  NULL, NULL, NULL, NULL, g.ended_at IS NULL
FROM delegation g JOIN person y ON y.id = g.from_person_id
WHERE g.to_person_id = ? AND g.from_on <= ? AND g.until_on >= ?
  AND (g.ended_at IS NULL OR g.ended_at > ?)
ORDER BY g.id LIMIT 100)
UNION ALL
(SELECT 4, g.id, NULL, m.id, y.id, y.directory_id, y.name, m.role,
  r.role_class, m.created_by, m.unit_id, m.domain, m.document_id, 1
FROM delegation g JOIN person y ON y.id = g.from_person_id
JOIN role_holder h ON h.person_id = g.from_person_id
JOIN role_mapping m ON m.id = h.mapping_id AND m.ended_at IS NULL
JOIN role r ON r.role = m.role AND r.role_class = 2
WHERE g.to_person_id = ? AND g.ended_at IS NULL
  AND g.from_on <= ? AND g.until_on >= ? AND (g.role IS NULL OR g.role = m.role)
ORDER BY g.id, m.id LIMIT 200)
UNION ALL
(SELECT 5, g.id, d.id, NULL, y.id, y.directory_id, y.name, d.role,
  r.role_class, d.created_by, d.unit_id, d.domain, d.document_id, 1
FROM delegation g JOIN person y ON y.id = g.from_person_id
JOIN designation d ON d.person_id = g.from_person_id AND d.ended_at IS NULL
JOIN role r ON r.role = d.role AND r.role_class = 2
WHERE g.to_person_id = ? AND g.ended_at IS NULL
  AND g.from_on <= ? AND g.until_on >= ? AND (g.role IS NULL OR g.role = d.role)
  AND d.from_on <= ? AND (d.until_on IS NULL OR d.until_on >= ?)
ORDER BY g.id, d.id LIMIT 200);

-- name: acts_name (ddi)
-- An act names the person until that day.
UPDATE person SET acts_until = GREATEST(COALESCE(acts_until, ?), ?)
WHERE id = ?;

-- name: designation_admits (sdd) -> count_row
-- Roles held by name, of a person the directory knows by that id.
SELECT COUNT(*) AS n FROM person p JOIN designation d ON d.person_id = p.id
WHERE p.directory_id = ? AND d.ended_at IS NULL AND d.from_on <= ?
  AND (d.until_on IS NULL OR d.until_on >= ?);

-- name: designation_list (d) -> designation
-- What holds or will; an organisation has tens.
SELECT d.id, d.row_version, d.person_id, p.uid, p.name, d.role,
  r.title AS role_title, r.role_class, u.code AS unit_code,
  u.name AS unit_name, COALESCE(d.domain, 0) AS domain, k.document_key,
  d.from_on, d.until_on, d.note, d.created_at, z.name AS created_by,
  d.ended_at, NULL AS ended_by
FROM designation d FORCE INDEX (designation_live)
JOIN person p ON p.id = d.person_id JOIN role r ON r.role = d.role
JOIN person z ON z.id = d.created_by
LEFT JOIN unit u ON u.id = d.unit_id
LEFT JOIN document k ON k.id = d.document_id
WHERE d.ended_at IS NULL AND (d.until_on IS NULL OR d.until_on >= ?)
ORDER BY r.title, p.name, d.from_on, d.id LIMIT 1000;

-- name: designation_past (idi) -> designation
-- What is over, the newest first, below an id.
SELECT d.id, d.row_version, d.person_id, p.uid, p.name, d.role,
  r.title AS role_title, r.role_class, u.code AS unit_code,
  u.name AS unit_name, COALESCE(d.domain, 0) AS domain, k.document_key,
  d.from_on, d.until_on, d.note, d.created_at, z.name AS created_by,
  d.ended_at, w.name AS ended_by
FROM designation d
JOIN person p ON p.id = d.person_id JOIN role r ON r.role = d.role
JOIN person z ON z.id = d.created_by
LEFT JOIN person w ON w.id = d.ended_by
LEFT JOIN unit u ON u.id = d.unit_id
LEFT JOIN document k ON k.id = d.document_id
WHERE d.id < ? AND (d.ended_at IS NOT NULL OR d.until_on < ?)
ORDER BY d.id DESC LIMIT ?;

-- name: designation_by_id (i) -> designation
SELECT d.id, d.row_version, d.person_id, p.uid, p.name, d.role,
  r.title AS role_title, r.role_class, u.code AS unit_code,
  u.name AS unit_name, COALESCE(d.domain, 0) AS domain, k.document_key,
  d.from_on, d.until_on, d.note, d.created_at, z.name AS created_by,
  d.ended_at, NULL AS ended_by
FROM designation d
JOIN person p ON p.id = d.person_id JOIN role r ON r.role = d.role
JOIN person z ON z.id = d.created_by
LEFT JOIN unit u ON u.id = d.unit_id
LEFT JOIN document k ON k.id = d.document_id
WHERE d.id = ?;

-- name: designation_same (isiiidd) -> count_row
-- The same role and scope of the person on some of these days, live. Locked:
-- of two that are made at a time one must see the other.
SELECT COUNT(*) AS n FROM designation
WHERE person_id = ? AND role = ? AND ended_at IS NULL AND unit_id <=> ?
  AND domain <=> ? AND document_id <=> ?
  AND (until_on IS NULL OR until_on >= ?) AND from_on <= ? FOR UPDATE;

-- name: designation_insert (isiiiddsti)
INSERT INTO designation (person_id, role, unit_id, domain, document_id,
  from_on, until_on, note, created_at, created_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: designation_end (tiii)
UPDATE designation SET ended_at = ?, ended_by = ?,
  row_version = row_version + 1
WHERE id = ? AND row_version = ? AND ended_at IS NULL;

-- name: delegation_list (d) -> delegation
-- What holds or will; an organisation has tens.
SELECT g.id, g.row_version, g.from_person_id, y.uid AS from_uid,
  y.name AS from_name, g.to_person_id, x.uid AS to_uid, x.name AS to_name,
  g.role, r.title AS role_title, g.from_on, g.until_on, g.note, g.created_at,
  z.name AS created_by, g.ended_at, NULL AS ended_by
FROM delegation g FORCE INDEX (delegation_live)
JOIN person y ON y.id = g.from_person_id
JOIN person x ON x.id = g.to_person_id JOIN person z ON z.id = g.created_by
LEFT JOIN role r ON r.role = g.role
WHERE g.ended_at IS NULL AND g.until_on >= ?
ORDER BY y.name, g.from_on, g.id LIMIT 1000;

-- name: delegation_past (idi) -> delegation
-- What is over, the newest first, below an id.
SELECT g.id, g.row_version, g.from_person_id, y.uid AS from_uid,
  y.name AS from_name, g.to_person_id, x.uid AS to_uid, x.name AS to_name,
  g.role, r.title AS role_title, g.from_on, g.until_on, g.note, g.created_at,
  z.name AS created_by, g.ended_at, w.name AS ended_by
FROM delegation g
JOIN person y ON y.id = g.from_person_id
JOIN person x ON x.id = g.to_person_id JOIN person z ON z.id = g.created_by
LEFT JOIN person w ON w.id = g.ended_by
LEFT JOIN role r ON r.role = g.role
WHERE g.id < ? AND (g.ended_at IS NOT NULL OR g.until_on < ?)
ORDER BY g.id DESC LIMIT ?;

-- name: delegation_given (i) -> delegation
-- The last hundred days a person named somebody for, the latest first.
SELECT g.id, g.row_version, g.from_person_id, y.uid AS from_uid,
  y.name AS from_name, g.to_person_id, x.uid AS to_uid, x.name AS to_name,
  g.role, r.title AS role_title, g.from_on, g.until_on, g.note, g.created_at,
  z.name AS created_by, g.ended_at, w.name AS ended_by
FROM delegation g FORCE INDEX (delegation_from)
JOIN person y ON y.id = g.from_person_id
JOIN person x ON x.id = g.to_person_id JOIN person z ON z.id = g.created_by
LEFT JOIN person w ON w.id = g.ended_by
LEFT JOIN role r ON r.role = g.role
WHERE g.from_person_id = ? ORDER BY g.until_on DESC, g.id DESC LIMIT 100;

-- name: delegation_received (i) -> delegation
SELECT g.id, g.row_version, g.from_person_id, y.uid AS from_uid,
  y.name AS from_name, g.to_person_id, x.uid AS to_uid, x.name AS to_name,
  g.role, r.title AS role_title, g.from_on, g.until_on, g.note, g.created_at,
  z.name AS created_by, g.ended_at, w.name AS ended_by
FROM delegation g FORCE INDEX (delegation_to)
JOIN person y ON y.id = g.from_person_id
JOIN person x ON x.id = g.to_person_id JOIN person z ON z.id = g.created_by
LEFT JOIN person w ON w.id = g.ended_by
LEFT JOIN role r ON r.role = g.role
WHERE g.to_person_id = ? ORDER BY g.until_on DESC, g.id DESC LIMIT 100;

-- name: delegation_by_id (i) -> delegation
SELECT g.id, g.row_version, g.from_person_id, y.uid AS from_uid,
  y.name AS from_name, g.to_person_id, x.uid AS to_uid, x.name AS to_name,
  g.role, r.title AS role_title, g.from_on, g.until_on, g.note, g.created_at,
  z.name AS created_by, g.ended_at, NULL AS ended_by
FROM delegation g JOIN person y ON y.id = g.from_person_id
JOIN person x ON x.id = g.to_person_id JOIN person z ON z.id = g.created_by
LEFT JOIN role r ON r.role = g.role
WHERE g.id = ?;

-- name: delegation_near (iiiid) -> delegation
-- Live ones of two people that are not over before a day. Locked: of two
-- that are made at a time one must see the other.
SELECT id, row_version, from_person_id, to_person_id, role, from_on, until_on
FROM delegation
WHERE (from_person_id IN (?, ?) OR to_person_id IN (?, ?))
  AND until_on >= ? AND ended_at IS NULL LIMIT 1000 FOR UPDATE;

-- name: delegation_related (iiiiiddtiiiiiddt) -> count_row
-- Does somebody act for one of four people, or one of them for them?
SELECT COUNT(*) AS n FROM (
  SELECT 1 FROM delegation
  WHERE from_person_id = ? AND to_person_id IN (?, ?, ?, ?)
    AND from_on <= ? AND until_on >= ? AND (ended_at IS NULL OR ended_at > ?)
  UNION ALL SELECT 1 FROM delegation
  WHERE to_person_id = ? AND from_person_id IN (?, ?, ?, ?)
    AND from_on <= ? AND until_on >= ? AND (ended_at IS NULL OR ended_at > ?)
  LIMIT 1) related;

-- name: delegation_insert (iisddsti)
INSERT INTO delegation (from_person_id, to_person_id, role, from_on,
  until_on, note, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: delegation_end (tiii)
UPDATE delegation SET ended_at = ?, ended_by = ?,
  row_version = row_version + 1
WHERE id = ? AND row_version = ? AND ended_at IS NULL;
