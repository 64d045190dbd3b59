-- The job's side of the outbox; notices are written by queue.sql.

-- name: outbox_due (ti) -> outbox_row
-- The oldest that are due, with what a message needs.
SELECT o.id, o.kind, o.detail, o.attempts, o.created_at, o.exception_id, o.violation_id,
  p.name AS person_name, p.mail AS person_mail,
  IF(x.confidential = 1, NULL, x.title) AS title
FROM outbox o
JOIN person p ON p.id = o.person_id
LEFT JOIN exception x ON x.id = o.exception_id
WHERE o.state = 1 AND o.next_at <= ?
ORDER BY o.next_at, o.id
LIMIT ?;

-- name: outbox_sent (tb)
UPDATE outbox SET state = 2, sent_at = ?, attempts = attempts + 1, fault = NULL
WHERE id = ? AND state = 1;

-- name: outbox_failed (itsb)
-- state: 1 waits for the next try, 3 dead letter.
UPDATE outbox SET state = ?, next_at = ?, attempts = attempts + 1, fault = ?
WHERE id = ? AND state = 1;
