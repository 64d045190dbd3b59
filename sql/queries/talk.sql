-- Around an exception: comments, questions, who else takes part.

-- name: comment_insert (iitisisss)
INSERT INTO exception_comment (exception_id, author_id, at, kind, text,
  in_reply_to, mentions, asks, waits_for) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: comment_page (iii) -> comment_row
-- The latest before an id, newest first. A retracted text stays here.
SELECT c.id, c.kind, c.in_reply_to, c.at,
  IF(c.retracted_at IS NULL, c.text, NULL) AS text,
  IF(c.retracted_at IS NULL, c.mentions, NULL) AS mention_list,
  c.retracted_at, c.author_id, p.uid AS author_uid, p.name AS author,
  p.title AS author_title, c.asks, r.title AS asks_title, c.waits_for,
  EXISTS (SELECT 1 FROM exception_participant t
    WHERE t.exception_id = c.exception_id AND t.person_id = c.author_id
      AND t.part = 3) AS expert
FROM exception_comment c FORCE INDEX (comment_of)
JOIN person p ON p.id = c.author_id
LEFT JOIN role r ON r.role = c.asks
WHERE c.exception_id = ? AND c.id < ?
ORDER BY c.id DESC LIMIT ?;

-- name: comment_retract (tiii)
-- By its author, once. A question that is taken back waits no longer.
UPDATE exception_comment SET retracted_at = ?, waits_for = NULL
WHERE id = ? AND exception_id = ? AND author_id = ? AND retracted_at IS NULL;

-- name: comment_reader (ddddis) -> reader_row
-- A person by directory name, and whether they read that exception in full:
-- its people and participants, and who holds a role other than staff (the
-- mirror; decisions 14), by mapping or by name or for somebody who is away,
-- as domain/access would judge it.
WITH held AS (
  SELECT h.person_id, m.role, r.role_class, m.domain, m.document_id, m.unit_id
  FROM role r JOIN role_mapping m ON m.role = r.role AND m.ended_at IS NULL
  JOIN role_holder h ON h.mapping_id = m.id WHERE r.role_class <> 1
  UNION ALL
  SELECT d.person_id, d.role, r.role_class, d.domain, d.document_id, d.unit_id
  FROM designation d JOIN role r ON r.role = d.role
  WHERE d.ended_at IS NULL AND d.from_on <= ?
    AND (d.until_on IS NULL OR d.until_on >= ?) AND r.role_class <> 1),
acting AS (
  SELECT person_id, role_class, domain, document_id, unit_id FROM held
  UNION ALL
  SELECT g.to_person_id, held.role_class, held.domain, held.document_id,
    held.unit_id
  FROM held JOIN delegation g ON g.from_person_id = held.person_id
  WHERE held.role_class = 2 AND (g.role IS NULL OR g.role = held.role)
    AND g.ended_at IS NULL AND g.from_on <= ? AND g.until_on >= ?)
SELECT p.id, p.name, (x.requester_id = p.id OR (x.content_version > 0 AND (
    x.owner_id = p.id OR COALESCE(x.beneficiary_id, 0) = p.id
    OR EXISTS (SELECT 1 FROM exception_participant t
      WHERE t.exception_id = x.id AND t.person_id = p.id AND t.part IN (2, 3)
        AND t.ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM acting a WHERE a.person_id = p.id
      AND (x.confidential = 0 OR (a.role_class IN (2, 5)
        AND (a.domain IS NULL OR a.domain = x.domain)
        AND (a.document_id IS NULL OR a.document_id = x.document_id)
        AND (a.unit_id IS NULL OR EXISTS (SELECT 1 FROM exception_facet f
          WHERE f.exception_id = x.id AND f.dimension = 1 AND f.live = 1
            AND f.value_id = a.unit_id)))))))) AS sees
FROM person p JOIN exception x ON x.id = ?
WHERE p.uid = ? ORDER BY p.seen_at DESC, p.id DESC LIMIT 1;

-- name: question_page (siiiiiiiiii) -> question_row
-- One role in one scope: questions it has not answered, oldest first. What a
-- draft does not say yet (document, unit) no scope can miss. The asker's own
-- are not theirs to answer.
SELECT c.id, c.exception_id, c.at, c.text, a.name AS asked_by, x.title,
  x.content_version = 0 AS draft,
  JSON_VALUE(v.body, '$.number') AS procedure_number,
  JSON_VALUE(v.body, '$.title') AS procedure_title
FROM exception_comment c FORCE INDEX (comment_waits)
JOIN exception x ON x.id = c.exception_id
JOIN procedure_version v ON v.id = x.procedure_id
JOIN person a ON a.id = c.author_id
WHERE c.waits_for = ? AND c.id > ? AND c.id <= ? AND c.author_id <> ?
  AND x.fact NOT IN (4, 6)
  AND (? = 0 OR x.domain = ?)
  AND (? = 0 OR x.document_id IS NULL OR x.document_id = ?)
  AND (? = 0 OR x.unit_id IS NULL OR EXISTS (SELECT 1 FROM unit_closure u
    WHERE u.unit_id = x.unit_id AND u.ancestor_id = ?)
    OR EXISTS (SELECT 1 FROM exception_facet f WHERE f.exception_id = x.id
      AND f.dimension = 1 AND f.value_id = ? AND f.live = 1))
ORDER BY c.id LIMIT 101;

-- name: question_ids (siiiiiiii) -> id_row
-- The same, for their number; at most 1000.
SELECT c.id FROM exception_comment c FORCE INDEX (comment_waits)
JOIN exception x ON x.id = c.exception_id
WHERE c.waits_for = ? AND c.author_id <> ? AND x.fact NOT IN (4, 6)
  AND (? = 0 OR x.domain = ?)
  AND (? = 0 OR x.document_id IS NULL OR x.document_id = ?)
  AND (? = 0 OR x.unit_id IS NULL OR EXISTS (SELECT 1 FROM unit_closure u
    WHERE u.unit_id = x.unit_id AND u.ancestor_id = ?)
    OR EXISTS (SELECT 1 FROM exception_facet f WHERE f.exception_id = x.id
      AND f.dimension = 1 AND f.value_id = ? AND f.live = 1)) LIMIT 1000;

-- name: question_answered (i)
-- The first answer counts.
UPDATE exception_comment SET waits_for = NULL
WHERE id = ? AND waits_for IS NOT NULL;

-- name: question_asker (i) -> id_row
SELECT author_id AS id FROM exception_comment WHERE id = ?;

-- name: participants_of (i) -> participant_row
-- Stakeholders and experts, by name.
SELECT t.part, t.person_id, p.uid, p.name, p.title, u.name AS unit, t.via,
  v.name AS via_name, a.name AS added_by, t.added_at, t.acknowledged_at
FROM exception_participant t JOIN person p ON p.id = t.person_id
LEFT JOIN unit u ON u.id = p.unit_id
LEFT JOIN unit v ON v.code = t.via
JOIN person a ON a.id = t.added_by
WHERE t.exception_id = ? AND t.part IN (2, 3) AND t.ended_at IS NULL
ORDER BY p.name, p.id, t.part LIMIT 300;

-- name: participants_count (i) -> count_row
SELECT COUNT(*) AS n FROM exception_participant
WHERE exception_id = ? AND part IN (2, 3) AND ended_at IS NULL;

-- name: participant_put (iisiti)
-- One person. Who takes that part already keeps their row; who did once
-- begins anew.
INSERT INTO exception_participant (exception_id, person_id, part, via,
  added_by, added_at)
SELECT ?, p.id, ?, ?, ?, ? FROM person p WHERE p.id = ?
ON DUPLICATE KEY UPDATE
  via = IF(ended_at IS NULL, via, VALUES(via)),
  added_by = IF(ended_at IS NULL, added_by, VALUES(added_by)),
  added_at = IF(ended_at IS NULL, added_at, VALUES(added_at)),
  acknowledged_at = IF(ended_at IS NULL, acknowledged_at, NULL),
  ended_at = NULL;

-- name: unit_people_count (i) -> count_row
-- People of a unit and of those below it; 201 means more than 200.
SELECT COUNT(*) AS n FROM (SELECT p.id FROM unit_closure c
  JOIN person p ON p.unit_id = c.unit_id
  WHERE c.ancestor_id = ? LIMIT 201) some;

-- name: participants_put_unit (sitii)
-- They all become stakeholders, those the exception names already apart.
INSERT INTO exception_participant (exception_id, person_id, part, via,
  added_by, added_at)
SELECT x.id, p.id, 2, ?, ?, ?
FROM exception x JOIN unit_closure c ON c.ancestor_id = ?
JOIN person p ON p.unit_id = c.unit_id
WHERE x.id = ? AND p.id NOT IN (x.requester_id, x.owner_id)
LIMIT 200
ON DUPLICATE KEY UPDATE
  via = IF(exception_participant.ended_at IS NULL, exception_participant.via, VALUES(via)),
  added_by = IF(exception_participant.ended_at IS NULL, exception_participant.added_by, VALUES(added_by)),
  added_at = IF(exception_participant.ended_at IS NULL, exception_participant.added_at, VALUES(added_at)),
  acknowledged_at = IF(exception_participant.ended_at IS NULL, exception_participant.acknowledged_at, NULL),
  ended_at = NULL;

-- name: participant_end (tiii)
-- Stakeholder no longer, or expert (1: that too).
UPDATE exception_participant SET ended_at = ?
WHERE exception_id = ? AND person_id = ? AND (part = 2 OR (part = 3 AND ? = 1))
  AND ended_at IS NULL;

-- name: participant_unwatch (tii)
UPDATE exception_participant SET ended_at = ?
WHERE exception_id = ? AND person_id = ? AND part = 1 AND ended_at IS NULL;

-- name: participant_acknowledge (tii)
UPDATE exception_participant SET acknowledged_at = ?
WHERE exception_id = ? AND person_id = ? AND part = 2
  AND ended_at IS NULL AND acknowledged_at IS NULL;

-- name: home_to_acknowledge (i) -> acknowledge_row
-- What a stakeholder has not taken note of; refused and withdrawn requests
-- need it no more.
SELECT x.id, x.title, t.added_at, a.name AS added_by
FROM exception_participant t FORCE INDEX (participant_person)
JOIN exception x ON x.id = t.exception_id
JOIN person a ON a.id = t.added_by
WHERE t.person_id = ? AND t.part = 2 AND t.ended_at IS NULL
  AND t.acknowledged_at IS NULL AND x.outcome IN (0, 1)
ORDER BY t.added_at, x.id LIMIT 20;

-- name: colleague_list (ss) -> colleague_row
-- People the register knows by the start of a name or of a directory name.
SELECT p.id, p.uid, p.name, p.title, u.name AS unit
FROM (SELECT n.id FROM (SELECT id FROM person WHERE name LIKE ?
    ORDER BY name, id LIMIT 10) n
  UNION SELECT d.id FROM (SELECT id FROM person WHERE uid LIKE ?
    ORDER BY uid, id LIMIT 10) d) found
JOIN person p ON p.id = found.id
LEFT JOIN unit u ON u.id = p.unit_id
ORDER BY p.name, p.id LIMIT 10;

-- Notices below are one row a person, made by the statement: the id is the
-- time of n.base with a hash of base and person, unique by n.event and person.

-- name: notice_participants (ddddsssstiiii)
-- Who takes part, apart from who acts and from the people the exception
-- names, who are told one by one. With a mask: those with a part of it, and
-- who watches an open exception, without the detail, which they may not be
-- allowed to read. With none: watchers who read it in full.
INSERT IGNORE INTO outbox (id, event_key, person_id, exception_id, kind,
  detail, created_at, next_at)
WITH held AS (
  SELECT h.person_id, m.role, r.role_class, m.domain, m.document_id, m.unit_id
  FROM role r JOIN role_mapping m ON m.role = r.role AND m.ended_at IS NULL
  JOIN role_holder h ON h.mapping_id = m.id WHERE r.role_class <> 1
  UNION ALL
  SELECT d.person_id, d.role, r.role_class, d.domain, d.document_id, d.unit_id
  FROM designation d JOIN role r ON r.role = d.role
  WHERE d.ended_at IS NULL AND d.from_on <= ?
    AND (d.until_on IS NULL OR d.until_on >= ?) AND r.role_class <> 1),
acting AS (
  SELECT person_id, role_class, domain, document_id, unit_id FROM held
  UNION ALL
  SELECT g.to_person_id, held.role_class, held.domain, held.document_id,
    held.unit_id
  FROM held JOIN delegation g ON g.from_person_id = held.person_id
  WHERE held.role_class = 2 AND (g.role IS NULL OR g.role = held.role)
    AND g.ended_at IS NULL AND g.from_on <= ? AND g.until_on >= ?)
SELECT UNHEX(CONCAT(LEFT(n.base, 16), '8',
    LEFT(MD5(CONCAT(n.base, p.person_id)), 15))),
  CONCAT(n.event, p.person_id), p.person_id, x.id, n.kind,
  IF(n.mask = 0 OR p.parts & n.mask, n.detail, NULL), n.t, n.t
FROM (SELECT CAST(? AS CHAR(32)) AS base, CAST(? AS CHAR(80)) AS event,
    CAST(? AS CHAR(32)) AS kind, CAST(? AS CHAR(60000)) AS detail,
    CAST(? AS DATETIME(6)) AS t, CAST(? AS SIGNED) AS mask,
    CAST(? AS SIGNED) AS actor_id) n
JOIN exception x ON x.id = ?
JOIN (SELECT person_id, BIT_OR(1 << part) AS parts
  FROM exception_participant WHERE exception_id = ? AND ended_at IS NULL
  GROUP BY person_id) p
WHERE p.person_id <> n.actor_id
  AND p.person_id NOT IN (x.requester_id, x.owner_id, COALESCE(x.beneficiary_id, 0))
  AND (p.parts & n.mask OR (p.parts & 2 AND (
    (n.mask <> 0 AND x.confidential = 0) OR p.parts & 12
    OR EXISTS (SELECT 1 FROM acting a WHERE a.person_id = p.person_id
      AND (x.confidential = 0 OR (a.role_class IN (2, 5)
        AND (a.domain IS NULL OR a.domain = x.domain)
        AND (a.document_id IS NULL OR a.document_id = x.document_id)
        AND (a.unit_id IS NULL OR EXISTS (SELECT 1 FROM exception_facet f
          WHERE f.exception_id = x.id AND f.dimension = 1 AND f.live = 1
            AND f.value_id = a.unit_id))))))))
LIMIT 1000;

-- name: notice_added (sssstiiti)
-- Those who got that part at that instant from that person.
INSERT IGNORE INTO outbox (id, event_key, person_id, exception_id, kind,
  detail, created_at, next_at)
SELECT UNHEX(CONCAT(LEFT(n.base, 16), '8',
    LEFT(MD5(CONCAT(n.base, p.person_id)), 15))),
  CONCAT(n.event, p.person_id), p.person_id, p.exception_id, n.kind, n.detail,
  n.t, n.t
FROM (SELECT CAST(? AS CHAR(32)) AS base, CAST(? AS CHAR(80)) AS event,
    CAST(? AS CHAR(32)) AS kind, CAST(? AS CHAR(60000)) AS detail,
    CAST(? AS DATETIME(6)) AS t) n
JOIN exception_participant p ON p.exception_id = ? AND p.part = ?
  AND p.added_at = ? AND p.added_by = ? AND p.ended_at IS NULL
LIMIT 300;

-- name: notice_asked (ssddissstiddi)
-- People who hold the role asked, by mapping or by name, in a scope that
-- covers the exception or what a draft says of it so far, and who acts for
-- them today.
INSERT IGNORE INTO outbox (id, event_key, person_id, exception_id, kind,
  created_at, next_at)
WITH held AS (
  SELECT h.person_id, m.role, m.domain, m.document_id, m.unit_id
  FROM role_mapping m JOIN role_holder h ON h.mapping_id = m.id
  WHERE m.role = ? AND m.ended_at IS NULL
  UNION ALL
  SELECT d.person_id, d.role, d.domain, d.document_id, d.unit_id
  FROM designation d WHERE d.role = ? AND d.ended_at IS NULL
    AND d.from_on <= ? AND (d.until_on IS NULL OR d.until_on >= ?)),
holder AS (
  SELECT held.person_id, held.role FROM held JOIN exception x ON x.id = ?
  WHERE (held.domain IS NULL OR held.domain = x.domain)
    AND (held.document_id IS NULL OR x.document_id IS NULL
      OR held.document_id = x.document_id)
    AND (held.unit_id IS NULL OR x.unit_id IS NULL
      OR EXISTS (SELECT 1 FROM unit_closure u
        WHERE u.unit_id = x.unit_id AND u.ancestor_id = held.unit_id)
      OR EXISTS (SELECT 1 FROM exception_facet f WHERE f.exception_id = x.id
        AND f.dimension = 1 AND f.value_id = held.unit_id AND f.live = 1)))
SELECT UNHEX(CONCAT(LEFT(n.base, 16), '8',
    LEFT(MD5(CONCAT(n.base, p.person_id)), 15))),
  CONCAT(n.event, p.person_id), p.person_id, n.exception_id, n.kind, n.t, n.t
FROM (SELECT CAST(? AS CHAR(32)) AS base, CAST(? AS CHAR(80)) AS event,
    CAST(? AS CHAR(32)) AS kind, CAST(? AS DATETIME(6)) AS t,
    CAST(? AS SIGNED) AS exception_id) n
JOIN (SELECT person_id FROM holder
  UNION SELECT g.to_person_id FROM holder
  JOIN delegation g ON g.from_person_id = holder.person_id
  WHERE (g.role IS NULL OR g.role = holder.role) AND g.ended_at IS NULL
    AND g.from_on <= ? AND g.until_on >= ?) p
WHERE p.person_id <> ?
LIMIT 50;
