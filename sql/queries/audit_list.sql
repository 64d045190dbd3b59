-- The audit list: who is meant. The list is composed, in
-- backend/store/audit_list_store.c.

-- name: audit_actor (ss) -> id_row
-- By sign-in name or by full name; two rows when it is not one person.
(SELECT id FROM person WHERE uid = ? LIMIT 2)
UNION (SELECT id FROM person WHERE name = ? LIMIT 2) LIMIT 2;
