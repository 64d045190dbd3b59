-- The lists of the register, read with fewer steps.

-- Names that lists show (documents, units, people) are kept by the workers;
-- who changes one moves this epoch in the same transaction.
INSERT IGNORE INTO epoch (name, value) VALUES ('names', 1);

-- lane was fact + 32 * confidential. Now it is one number for each stretch
-- that a list reads in order: the fact; but what was approved and has ended
-- stays with what holds (10) until housekeeping shelves it, since it holds to
-- the end of its last day. What is active is then one stretch. Who may not
-- see confidential rows skips them in the index, where they are marked.
-- clause_ref: the first clause, as lists show it.
ALTER TABLE exception
  ADD COLUMN IF NOT EXISTS clause_ref VARCHAR(32) NULL COMMENT 'first clause deviated from' AFTER document_version,
  MODIFY COLUMN lane TINYINT UNSIGNED AS (IF(shelved = 0 AND fact BETWEEN 12 AND 15, 10, fact)) STORED,
  DROP KEY IF EXISTS exception_lane_until,
  ADD KEY exception_lane_until (lane, holds_until, id, effective_on, fact, confidential),
  DROP KEY IF EXISTS exception_lane_effective,
  ADD KEY exception_lane_effective (lane, effective_on, holds_until, id, fact, confidential),
  DROP KEY IF EXISTS exception_owner_until,
  ADD KEY exception_owner_until (owner_id, lane, holds_until, id, effective_on, fact, confidential),
  ADD KEY IF NOT EXISTS exception_confidential (confidential, lane, holds_until, id, effective_on, fact),
  ADD KEY IF NOT EXISTS exception_submitted (list_submitted, id, lane, confidential),
  ADD KEY IF NOT EXISTS exception_until (holds_until, id, lane, confidential),
  ADD KEY IF NOT EXISTS exception_risk (risk, id, lane, confidential),
  ADD KEY IF NOT EXISTS exception_updated (updated_at, id, lane, confidential);

-- What ended long ago goes to its shelf at once, not batch by batch.
UPDATE exception SET shelved = 1
WHERE shelved = 0 AND lane = 10 AND holds_until < UTC_DATE() - INTERVAL 2 DAY;

UPDATE exception x JOIN exception_clause c ON c.exception_id = x.id
  AND c.content_version = x.content_version AND c.position = 1
SET x.clause_ref = c.ref;

ALTER TABLE exception_facet
  ADD COLUMN IF NOT EXISTS fact TINYINT UNSIGNED NOT NULL DEFAULT 0 AFTER lane,
  ADD COLUMN IF NOT EXISTS confidential TINYINT(1) NOT NULL DEFAULT 0 AFTER fact,
  DROP KEY IF EXISTS facet_until,
  ADD KEY facet_until (dimension, value_id, lane, holds_until, exception_id, effective_on, live, fact, confidential);

UPDATE exception_facet f JOIN exception x ON x.id = f.exception_id
SET f.lane = x.lane, f.fact = x.fact, f.confidential = x.confidential;
