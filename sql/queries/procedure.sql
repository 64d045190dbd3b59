-- Procedures as administrators see them, and what a check of one looks at.

-- name: procedure_versions (s) -> procedure_version_row
SELECT v.id, v.procedure_key, v.version, v.title, v.published, v.created_at,
  p.name AS created_by, HEX(v.sha256) AS hash
FROM procedure_version v LEFT JOIN person p ON p.id = v.created_by
WHERE v.procedure_key = ? ORDER BY v.version DESC LIMIT 200;

-- name: procedure_version_get (si) -> procedure_row
SELECT id, procedure_key, version, body FROM procedure_version
WHERE procedure_key = ? AND version = ?;

-- name: procedure_version_insert (sisisbtisi)
-- Nothing when the version is there: two administrators published at once.
INSERT INTO procedure_version (procedure_key, version, title, type, body,
  sha256, created_at, created_by)
SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM DUAL WHERE NOT EXISTS (SELECT 1
  FROM procedure_version v WHERE v.procedure_key = ? AND v.version >= ?);

-- name: world_roles () -> world_role
-- Roles that can act in a stage, and whether anybody is known to hold them.
SELECT r.role, EXISTS (SELECT 1 FROM role_mapping m
  JOIN role_holder h ON h.mapping_id = m.id
  WHERE m.role = r.role AND m.ended_at IS NULL) AS held
FROM role r WHERE r.role_class = 2 ORDER BY r.role LIMIT 200;

-- name: world_documents () -> world_document
SELECT document_key, max_term_days FROM document
WHERE state = 2 ORDER BY document_key LIMIT 2000;

-- name: role_insert (ssis)
INSERT INTO role (role, title, role_class) SELECT ?, ?, ? FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM role r WHERE r.role = ?);
