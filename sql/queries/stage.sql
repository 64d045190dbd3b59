-- What is said and recorded in the stages of one exception.

-- name: vote_put (iiiisssssiiiisisbt)
-- One person has one vote on a version; the author may replace it.
INSERT INTO vote (exception_id, content_version, stage, voter_id, voter,
  voter_title, voter_groups, role, role_title, mapping_id, designation_id,
  delegation_id, on_behalf_of_id, on_behalf_of, ballot, reason,
  content_hash, voted_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?,
  (SELECT r.title FROM role r WHERE r.role = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE voter_groups = VALUES(voter_groups),
  role = VALUES(role), role_title = VALUES(role_title),
  mapping_id = VALUES(mapping_id),
  designation_id = VALUES(designation_id),
  delegation_id = VALUES(delegation_id),
  on_behalf_of_id = VALUES(on_behalf_of_id),
  on_behalf_of = VALUES(on_behalf_of), ballot = VALUES(ballot),
  reason = VALUES(reason), voted_at = VALUES(voted_at);

-- name: votes_of (i) -> vote
SELECT content_version, stage, voter_id, voter, on_behalf_of_id,
  on_behalf_of, role, role_title, ballot, reason, voted_at
FROM vote WHERE exception_id = ?
ORDER BY content_version DESC, stage, voted_at, voter_id LIMIT 200;

-- name: stage_record_insert (isssdsssiit)
INSERT INTO stage_record (exception_id, stage, record, text, on_day,
  reference, people, topics, content_version, author_id, recorded_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: stage_records_of (i) -> stage_record
SELECT r.id, r.stage, r.record, r.text, r.on_day, r.reference, r.people,
  r.topics, r.content_version, r.author_id, p.name AS author, r.recorded_at
FROM stage_record r JOIN person p ON p.id = r.author_id
WHERE r.exception_id = ? ORDER BY r.id LIMIT 200;

-- name: letter_number_next (i)
-- As exception_number_next.
INSERT INTO letter_number (year, last) VALUES (?, LAST_INSERT_ID(1))
ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + 1);

-- name: letter_write (iisisssit)
-- A new text takes an earlier review back; the number stays. What is sent
-- (3) stays as it is.
INSERT INTO letter (id, exception_id, stage, state, title, body, addressees,
  drafter_id, drafted_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE title = IF(state < 3, VALUES(title), title),
  body = IF(state < 3, VALUES(body), body),
  addressees = IF(state < 3, VALUES(addressees), addressees),
  drafter_id = IF(state < 3, VALUES(drafter_id), drafter_id),
  drafted_at = IF(state < 3, VALUES(drafted_at), drafted_at),
  reviewer_id = IF(state < 3, NULL, reviewer_id),
  reviewed_at = IF(state < 3, NULL, reviewed_at),
  state = IF(state < 3, VALUES(state), state);

-- name: letter_review (iitii)
UPDATE letter SET state = ?, reviewer_id = ?, reviewed_at = ?
WHERE id = ? AND state = ?;

-- name: letter_send (iitsbii)
UPDATE letter SET state = ?, sender_id = ?, sent_at = ?, addressees = ?,
  hash = ?
WHERE id = ? AND state = ?;

-- name: letters_of (i) -> letter
SELECT l.id, l.stage, l.state, l.title, l.body, l.addressees, l.drafter_id,
  d.name AS drafter, l.drafted_at, r.name AS reviewer, l.reviewed_at,
  s.name AS sender, l.sent_at, l.hash
FROM letter l JOIN person d ON d.id = l.drafter_id
LEFT JOIN person r ON r.id = l.reviewer_id
LEFT JOIN person s ON s.id = l.sender_id
WHERE l.exception_id = ? ORDER BY l.id LIMIT 20;

-- name: work_item_insert (isssit)
INSERT INTO work_item (exception_id, title, what, role, owner_id, opened_at)
VALUES (?, ?, ?, ?, ?, ?);

-- name: work_items_of (i) -> work_item
SELECT w.id, w.title, w.what, w.role, r.title AS role_title, w.owner_id,
  o.name AS owner, w.plan, w.opened_at, w.closed_at, k.name AS closed_by,
  w.solution, w.row_version
FROM work_item w JOIN role r ON r.role = w.role
LEFT JOIN person o ON o.id = w.owner_id
LEFT JOIN person k ON k.id = w.closed_by_id
WHERE w.exception_id = ? ORDER BY w.id LIMIT 20;

-- name: work_item_save (istisiii)
UPDATE work_item SET owner_id = ?, plan = ?, closed_at = ?, closed_by_id = ?,
  solution = ?, row_version = row_version + 1
WHERE id = ? AND exception_id = ? AND row_version = ? AND closed_at IS NULL;

-- name: exception_set_stage_role (sii)
-- Somebody else must act in the stage: the deputy, the chair, who signs next.
UPDATE exception SET stage_role = ? WHERE id = ? AND row_version = ?;

-- name: exception_implement (dtii)
UPDATE exception SET implemented_on = ?, updated_at = ?,
  row_version = row_version + 1
WHERE id = ? AND row_version = ?;
