-- name: idempotency_by_key (ib) -> idempotency_answer
-- The answer that was kept under a key of one person.
SELECT route, body_hash, status, etag, location, body
FROM idempotency
WHERE person_id = ? AND key_hash = ?;

-- name: idempotency_add (ibsbissst)
-- Written last in the transaction of the change. IGNORE turns "is there
-- already" into no rows; every value has been checked before.
INSERT IGNORE INTO idempotency
  (person_id, key_hash, route, body_hash, status, etag, location, body,
   created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);
