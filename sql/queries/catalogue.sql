-- Documents, procedures, assets, units and people as the forms need them.

-- name: document_list (iiissss) -> document_row
-- Published documents by title, after the one with that id (0: from the
-- start); text matches a part of title or key. The last two: what the
-- distribution must hold, or NULL: whomever they are meant for.
SELECT d.id, d.document_key, d.title, d.kind, d.domain, d.version,
  d.exceptions_allowed, d.exception_note, d.max_term_days, d.published_on,
  o.name AS owner_name, (SELECT COUNT(*) FROM clause c
    WHERE c.document_id = d.id AND c.version = d.version) AS clause_count
FROM document d LEFT JOIN person o ON o.id = d.owner_id
LEFT JOIN document place ON place.id = ?
WHERE d.state = 2 AND (? = 0 OR d.domain = ?)
  AND (d.title LIKE ? OR d.document_key LIKE ?)
  AND (? IS NULL OR d.distribution IS NULL
    OR CONCAT(',', d.distribution, ',') REGEXP ?)
  AND (place.id IS NULL OR d.title > place.title
    OR (d.title = place.title AND d.id > place.id))
ORDER BY d.title, d.id LIMIT 101;

-- name: document_by_key (s) -> document_row
SELECT d.id, d.document_key, d.title, d.kind, d.domain, d.version,
  d.exceptions_allowed, d.exception_note, d.exception_types, d.distribution,
  d.max_term_days, d.published_on, o.name AS owner_name
FROM document d LEFT JOIN person o ON o.id = d.owner_id
WHERE d.document_key = ? AND d.state = 2;

-- name: document_clauses (is) -> clause
SELECT id, COALESCE(root_id, id) AS root_id, document_id, ref, title, text
FROM clause WHERE document_id = ? AND version = ?
ORDER BY position LIMIT 500;

-- name: document_sla (is) -> sla_row
SELECT severity, days FROM sla WHERE document_id = ? AND version = ?
ORDER BY severity LIMIT 10;

-- name: procedure_list () -> procedure_row
-- The newest published version of each procedure.
SELECT p.id, p.procedure_key, p.version, p.body
FROM procedure_version p
WHERE p.published = 1 AND p.version = (SELECT MAX(q.version)
  FROM procedure_version q
  WHERE q.procedure_key = p.procedure_key AND q.published = 1)
ORDER BY p.procedure_key LIMIT 100;

-- name: procedure_newest (s) -> procedure_row
SELECT id, procedure_key, version, body FROM procedure_version
WHERE procedure_key = ? AND published = 1 ORDER BY version DESC LIMIT 1;

-- name: procedure_by_id (i) -> procedure_row
SELECT id, procedure_key, version, body FROM procedure_version WHERE id = ?;

-- name: asset_list (iisii) -> asset_row
-- By name, after the one with that id (0: from the start); own assets only
-- when asked (1), of anyone otherwise (0).
SELECT a.id, a.name, a.kind, a.criticality, a.owner_id,
  o.name AS owner_name, a.unit_id, u.code AS unit_code, u.name AS unit_name,
  COALESCE(a.owner_id, 0) = ? AS mine
FROM asset a LEFT JOIN person o ON o.id = a.owner_id
LEFT JOIN unit u ON u.id = a.unit_id
LEFT JOIN asset place ON place.id = ?
WHERE a.name LIKE ? AND (? = 0 OR a.owner_id = ?)
  AND (place.id IS NULL OR a.name > place.name)
ORDER BY a.name LIMIT 101;

-- name: asset_by_id (ii) -> asset_row
SELECT a.id, a.name, a.kind, a.criticality, a.owner_id,
  o.name AS owner_name, a.unit_id, u.code AS unit_code, u.name AS unit_name,
  COALESCE(a.owner_id, 0) = ? AS mine
FROM asset a LEFT JOIN person o ON o.id = a.owner_id
LEFT JOIN unit u ON u.id = a.unit_id
WHERE a.id = ?;

-- name: unit_list () -> unit_row
-- Bounded: an organisation has hundreds of units, not thousands.
SELECT u.id, u.code, u.name, p.code AS parent,
  (SELECT MAX(c.depth) FROM unit_closure c WHERE c.unit_id = u.id) AS depth
FROM unit u LEFT JOIN unit p ON p.id = u.parent_id
ORDER BY u.code LIMIT 2000;

-- name: unit_by_code (s) -> unit_row
SELECT u.id, u.code, u.name, p.code AS parent, 0 AS depth
FROM unit u LEFT JOIN unit p ON p.id = u.parent_id WHERE u.code = ?;

-- name: owner_list (s) -> owner_row
-- People who own exceptions, by name.
SELECT p.id, p.name, u.name AS unit
FROM person p LEFT JOIN unit u ON u.id = p.unit_id
WHERE p.name LIKE ?
  AND EXISTS (SELECT 1 FROM exception x WHERE x.owner_id = p.id AND x.lane > 0)
ORDER BY p.name, p.id LIMIT 20;

-- name: person_id_by_uid (s) -> id_row
-- A name that was given to somebody else means who was seen last.
SELECT id FROM person WHERE uid = ? ORDER BY seen_at DESC, id DESC LIMIT 1;

-- name: person_profile (i) -> profile
SELECT p.id, p.uid, p.name, p.title, p.mail, p.unit_id,
  u.code AS unit_code, u.name AS unit_name
FROM person p LEFT JOIN unit u ON u.id = p.unit_id WHERE p.id = ?;

-- name: role_by_mapping (i) -> held_role
-- A mapping in words, for "your roles".
SELECT m.role, r.title, r.role_class AS class, u.code AS unit, m.domain,
  d.document_key AS document, m.group_name
FROM role_mapping m JOIN role r ON r.role = m.role
LEFT JOIN unit u ON u.id = m.unit_id
LEFT JOIN document d ON d.id = m.document_id
WHERE m.id = ?;

-- name: role_by_designation (i) -> held_role
-- The same for a role held by name.
SELECT d.role, r.title, r.role_class AS class, u.code AS unit, d.domain,
  k.document_key AS document, d.until_on
FROM designation d JOIN role r ON r.role = d.role
LEFT JOIN unit u ON u.id = d.unit_id
LEFT JOIN document k ON k.id = d.document_id
WHERE d.id = ?;

-- name: role_by_key (s) -> held_role
-- A role held without a mapping: staff, by the sign-in group.
SELECT role, title, role_class AS class FROM role WHERE role = ?;

-- name: person_brief_list (i) -> owner_row
-- Holders of a role mapping, by name, for "who holds it".
SELECT p.id, p.name, NULL AS unit
FROM role_holder h JOIN person p ON p.id = h.person_id
WHERE h.mapping_id = ? ORDER BY p.name, p.id LIMIT 50;

-- name: role_title (s) -> text_row
SELECT title AS text FROM role WHERE role = ?;
