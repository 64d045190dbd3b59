-- Leases and history of scheduled work, and what the jobs do.

-- name: job_last_start (s) -> job_start
SELECT MAX(started_at) AS started_at FROM job_run WHERE name = ?;

-- name: job_lease_make (st)
-- The row of a job that never ran here; nobody holds it.
INSERT IGNORE INTO job_lease (name, owner, epoch, until) VALUES (?, '', 0, ?);

-- name: job_lease_take (stst)
-- One of several hosts wins: the row is locked and the condition read again.
UPDATE job_lease SET owner = ?, epoch = epoch + 1, until = ?
WHERE name = ? AND until <= ?;

-- name: job_lease_epoch (ss) -> job_lease
SELECT epoch FROM job_lease WHERE name = ? AND owner = ?;

-- name: job_lease_hold (si) -> job_lease
-- First in each transaction of a job: waits for whoever takes the lease
-- over, and finds nothing once it was taken.
SELECT epoch FROM job_lease WHERE name = ? AND epoch = ? FOR UPDATE;

-- name: job_lease_release (tsi)
UPDATE job_lease SET until = ? WHERE name = ? AND epoch = ?;

-- name: job_run_begin (sit)
INSERT INTO job_run (name, epoch, started_at) VALUES (?, ?, ?);

-- name: job_run_end (tisi)
UPDATE job_run SET finished_at = ?, done = ?, fault = ? WHERE id = ?;

-- name: sessions_over (tti) -> purge_key
-- Read without locks, then deleted by key: a scan that locks would hold up
-- people who sign in.
SELECT token_hash AS id FROM session
WHERE expires_at < ? OR ended_at < ?
LIMIT ?;

-- name: session_delete (btt)
DELETE FROM session WHERE token_hash = ? AND (expires_at < ? OR ended_at < ?);

-- name: idempotency_purge (ti)
DELETE FROM idempotency WHERE created_at < ? ORDER BY created_at LIMIT ?;

-- name: throttles_over (ti) -> purge_key
SELECT kind, subject AS id FROM sign_in_throttle
WHERE window_start < ?
LIMIT ?;

-- name: throttle_delete (ibt)
DELETE FROM sign_in_throttle
WHERE kind = ? AND subject = ? AND window_start < ?;

-- name: job_runs_purge (ti)
DELETE FROM job_run WHERE started_at < ? ORDER BY id LIMIT ?;

-- name: reminders_due (di) -> reminder_row
-- Waiting requests whose holders are to be reminded.
SELECT id, stage_role, NULL AS escalate_role, domain, document_id,
  requester_id, stage_entered_at
FROM exception FORCE INDEX (exception_remind)
WHERE stage_remind_on <= ? ORDER BY stage_remind_on, id LIMIT ?;

-- name: escalations_due (di) -> reminder_row
SELECT id, stage_role, stage_escalate_role AS escalate_role, domain,
  document_id, requester_id, stage_entered_at
FROM exception FORCE INDEX (exception_escalate)
WHERE stage_escalate_on <= ? ORDER BY stage_escalate_on, id LIMIT ?;

-- name: reminder_sent (i)
UPDATE exception SET stage_remind_on = NULL WHERE id = ?;

-- name: escalation_sent (i)
UPDATE exception SET stage_escalate_on = NULL WHERE id = ?;

-- name: reminder_insert (itsti)
-- The event key is the ledger: one stage reminds nobody twice.
INSERT IGNORE INTO outbox (id, exception_id, event_key, kind, created_at,
  next_at, person_id)
SELECT UNHEX(REPLACE(UUID(), '-', '')), n.exception_id,
  CONCAT(n.exception_id, ':', n.entered_at, ':', n.kind, ':', n.person_id),
  n.kind, n.t, n.t, n.person_id
FROM (SELECT CAST(? AS SIGNED) AS exception_id,
  CAST(? AS DATETIME(6)) AS entered_at, CAST(? AS CHAR(32)) AS kind,
  CAST(? AS DATETIME(6)) AS t, CAST(? AS SIGNED) AS person_id) n;

-- name: exceptions_to_shelve (di) -> shelf_row
-- Lane 10 is what was approved, ended or not, and still among what holds.
SELECT id FROM exception
WHERE lane = 10 AND holds_until < ?
ORDER BY lane, holds_until, id
LIMIT ?;

-- name: exception_shelve (id)
UPDATE exception SET shelved = 1
WHERE id = ? AND shelved = 0 AND lane = 10 AND holds_until < ?;

-- name: facet_follow_lane (i)
UPDATE exception_facet f JOIN exception x ON x.id = f.exception_id
SET f.lane = x.lane, f.fact = x.fact
WHERE x.id = ?;
