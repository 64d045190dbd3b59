-- The register: keys of its filters. Its lists are composed, in
-- backend/store/register_filter.c.

-- name: register_document (s) -> id_row
SELECT id FROM document WHERE document_key = ?;

-- name: register_unit (s) -> id_row
SELECT id FROM unit WHERE code = ?;

-- name: register_clause (is) -> id_row
-- All versions of a clause have one root.
SELECT COALESCE(root_id, id) AS id FROM clause
WHERE document_id = ? AND ref = ? ORDER BY id LIMIT 1;
