-- The register: keys of its filters. Its lists are composed, in
-- backend/store/register_filter.c.

-- name: register_document (s) -> named_row
SELECT id, document_key AS `key`, title AS name FROM document
WHERE document_key = ?;

-- name: register_unit (s) -> named_row
SELECT id, code AS `key`, name FROM unit WHERE code = ?;

-- name: register_clause (is) -> named_row
-- All versions of a clause have one root.
SELECT COALESCE(root_id, id) AS id, ref AS `key`, title AS name FROM clause
WHERE document_id = ? AND ref = ? ORDER BY id LIMIT 1;
