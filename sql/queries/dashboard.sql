-- Names for the figures of the dashboard; the figures themselves are composed
-- from the register's filters, in backend/store/register_filter.c.

-- name: dashboard_documents () -> named_row
SELECT id, document_key AS `key`, title AS name FROM document
ORDER BY document_key LIMIT 2000;

-- name: dashboard_units () -> named_row
SELECT id, code AS `key`, name FROM unit ORDER BY code LIMIT 2000;

-- name: dashboard_units_below (i) -> named_row
-- The unit itself and all below it.
SELECT u.id, u.code AS `key`, u.name
FROM unit_closure c JOIN unit u ON u.id = c.unit_id
WHERE c.ancestor_id = ? ORDER BY u.code LIMIT 2000;
