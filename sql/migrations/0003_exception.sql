-- The register: one row an exception, one record all its life.

-- Numbers are given when the draft is created and never reused.
CREATE TABLE IF NOT EXISTS exception_number (
  year SMALLINT NOT NULL PRIMARY KEY,
  last INT NOT NULL
);

-- id = year * 10^7 + sequence: the number itself, so that the primary key
-- sorts by (year, sequence).
-- lane = fact + 32 * confidential, the first column of every list index.
-- fact is made of stored facts only, never of a date compared with today:
--   0 draft  1 waiting (submitted or in a stage)  2 returned  3 denied
--   4 withdrawn  5 alternative accepted  6 discarded draft
--   10 approved  11 suspended  12 revoked  13 closed  14 consumed
--   15 superseded  16 approved and shelved (see shelved)
-- holds_until is the last day it may hold; far in the future when no day is
-- known, so that keysets never meet NULL.
CREATE TABLE IF NOT EXISTS exception (
  id BIGINT NOT NULL PRIMARY KEY,
  row_version INT NOT NULL DEFAULT 1,
  content_version INT NOT NULL DEFAULT 0,
  content_hash BINARY(32) NULL,
  procedure_id BIGINT NOT NULL,
  type TINYINT UNSIGNED NOT NULL COMMENT 'enum exception_type',
  domain TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'enum domain',
  request_state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'enum request_state',
  stage TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '1-based stage of the procedure, 0 none',
  stage_role VARCHAR(64) NULL COMMENT 'role that acts in the stage',
  stage_entered_at DATETIME(6) NULL,
  stage_due_on DATE NULL COMMENT '9999-12-31 in a stage without a time limit',
  title VARCHAR(200) NOT NULL DEFAULT '',
  requester_id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL COMMENT 'accountable for it; always set (P-06)',
  beneficiary_id BIGINT NULL,
  edited_by_id BIGINT NOT NULL COMMENT 'who edited the content version under decision',
  unit_id BIGINT NULL,
  asset_id BIGINT NULL,
  document_id BIGINT NULL,
  document_version VARCHAR(16) NULL,
  cause TINYINT UNSIGNED NULL COMMENT 'enum cause',
  severity TINYINT UNSIGNED NULL COMMENT 'enum severity',
  vulnerability VARCHAR(100) NULL,
  service_request VARCHAR(64) NULL,
  detected_on DATE NULL,
  sla_due_on DATE NULL,
  sla_breached_days INT NULL COMMENT 'days past the SLA when submitted; NULL not breached (V-05)',
  risk_before TINYINT UNSIGNED NULL COMMENT 'likelihood x impact, 1..25',
  risk TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'residual, 1..25',
  confidential TINYINT(1) NOT NULL DEFAULT 0,
  requested_from DATE NULL,
  requested_until DATE NULL,
  effective_on DATE NULL,
  expires_on DATE NULL,
  outcome TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0 open, 1 approved, 2 denied, 3 withdrawn, 4 alternative accepted',
  suspended TINYINT(1) NOT NULL DEFAULT 0,
  ended_as TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0 not, 1 revoked, 2 closed, 3 consumed, 4 superseded',
  ended_on DATE NULL COMMENT 'last day it held',
  shelved TINYINT(1) NOT NULL DEFAULT 0 COMMENT 'its last day is long past; set by housekeeping to keep the index of what holds short, never read as a status',
  chain_id BIGINT NULL,
  previous_id BIGINT NULL,
  term_no SMALLINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  submitted_at DATETIME(6) NULL,
  decided_at DATETIME(6) NULL,
  updated_at DATETIME(6) NOT NULL,
  draft_content MEDIUMTEXT NULL COMMENT 'JSON while a draft or returned; then exception_content',
  fact TINYINT UNSIGNED AS (
    CASE outcome
      WHEN 0 THEN CASE request_state WHEN 1 THEN 0 WHEN 4 THEN 2 ELSE 1 END
      WHEN 2 THEN 3
      WHEN 3 THEN IF(content_version = 0, 6, 4)
      WHEN 4 THEN 5
      ELSE CASE
        WHEN ended_as > 0 THEN 11 + ended_as
        WHEN suspended = 1 THEN 11
        WHEN shelved = 1 THEN 16
        ELSE 10 END
    END) STORED,
  lane TINYINT UNSIGNED AS (fact + 32 * confidential) STORED,
  holds_until DATE AS (COALESCE(ended_on, expires_on, requested_until, '9999-12-31')) STORED,
  list_submitted DATETIME(6) AS (COALESCE(submitted_at, created_at)) STORED,
  KEY exception_lane_number (lane, id),
  KEY exception_lane_until (lane, holds_until, id, effective_on),
  KEY exception_lane_effective (lane, effective_on, holds_until, id),
  KEY exception_lane_risk (lane, risk, id),
  KEY exception_lane_submitted (lane, list_submitted, id),
  KEY exception_lane_updated (lane, updated_at, id),
  KEY exception_owner_number (owner_id, lane, id),
  KEY exception_owner_until (owner_id, lane, holds_until, id, effective_on),
  KEY exception_requester (requester_id, lane, id),
  KEY exception_stage (stage_role, lane, stage_due_on, id),
  KEY exception_stage_risk (stage_role, lane, risk DESC, id),
  KEY exception_service_request (service_request),
  CONSTRAINT exception_procedure_fk FOREIGN KEY (procedure_id) REFERENCES procedure_version (id),
  CONSTRAINT exception_requester_fk FOREIGN KEY (requester_id) REFERENCES person (id),
  CONSTRAINT exception_owner_fk FOREIGN KEY (owner_id) REFERENCES person (id),
  CONSTRAINT exception_unit_fk FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT exception_document_fk FOREIGN KEY (document_id) REFERENCES document (id),
  CONSTRAINT exception_approved_has_term CHECK (outcome <> 1 OR (effective_on IS NOT NULL AND expires_on IS NOT NULL)),
  CONSTRAINT exception_risk_range CHECK (risk <= 25)
);

-- The canonical document of each content version; immutable.
CREATE TABLE IF NOT EXISTS exception_content (
  exception_id BIGINT NOT NULL,
  content_version INT NOT NULL,
  content MEDIUMTEXT NOT NULL,
  content_hash BINARY(32) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  created_by BIGINT NOT NULL,
  PRIMARY KEY (exception_id, content_version),
  CONSTRAINT exception_content_fk FOREIGN KEY (exception_id) REFERENCES exception (id)
);

-- One immutable row for every change after submission: the register as it
-- stood at an instant is the last row of each exception up to it.
CREATE TABLE IF NOT EXISTS exception_version (
  exception_id BIGINT NOT NULL,
  row_version INT NOT NULL,
  valid_from DATETIME(6) NOT NULL,
  actor_id BIGINT NOT NULL,
  action VARCHAR(32) NOT NULL,
  content_version INT NOT NULL,
  content_hash BINARY(32) NOT NULL,
  request_state TINYINT UNSIGNED NOT NULL,
  stage TINYINT UNSIGNED NOT NULL,
  outcome TINYINT UNSIGNED NOT NULL,
  title VARCHAR(200) NOT NULL,
  owner_id BIGINT NOT NULL,
  unit_id BIGINT NULL,
  document_id BIGINT NULL,
  risk TINYINT UNSIGNED NOT NULL,
  confidential TINYINT(1) NOT NULL,
  requested_until DATE NULL,
  effective_on DATE NULL,
  expires_on DATE NULL,
  suspended TINYINT(1) NOT NULL DEFAULT 0,
  ended_as TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ended_on DATE NULL,
  PRIMARY KEY (exception_id, row_version),
  CONSTRAINT exception_version_fk FOREIGN KEY (exception_id) REFERENCES exception (id)
);

-- The clauses deviated from, with the text of that version (P-02), and
-- the order of the form; the first stands for the document in lists.
CREATE TABLE IF NOT EXISTS exception_clause (
  exception_id BIGINT NOT NULL,
  content_version INT NOT NULL,
  position SMALLINT NOT NULL,
  document_id BIGINT NOT NULL,
  clause_id BIGINT NOT NULL,
  ref VARCHAR(32) NOT NULL,
  title VARCHAR(200) NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (exception_id, content_version, position),
  CONSTRAINT exception_clause_fk FOREIGN KEY (exception_id) REFERENCES exception (id)
);

-- What the register filters by many to many: dimension 1 = unit (the
-- affected units and all their ancestors), 2 = document, 3 = clause (its
-- root, so that all versions of a clause count). One row a value, with
-- copies of the sort keys kept equal by the same transaction.
CREATE TABLE IF NOT EXISTS exception_facet (
  dimension TINYINT UNSIGNED NOT NULL,
  value_id BIGINT NOT NULL,
  exception_id BIGINT NOT NULL,
  lane TINYINT UNSIGNED NOT NULL,
  effective_on DATE NULL,
  holds_until DATE NOT NULL,
  risk TINYINT UNSIGNED NOT NULL,
  live TINYINT(1) NOT NULL DEFAULT 1 COMMENT '0: a later content version no longer names it',
  PRIMARY KEY (exception_id, dimension, value_id),
  KEY facet_number (dimension, value_id, lane, exception_id, live),
  KEY facet_until (dimension, value_id, lane, holds_until, exception_id, effective_on, live),
  KEY facet_risk (dimension, value_id, lane, risk, exception_id, live)
);

-- One text a record for search: every word of number, title, owner and
-- justification as domain/search folds them, with a leading space; compared
-- byte by byte.
CREATE TABLE IF NOT EXISTS exception_text (
  exception_id BIGINT NOT NULL PRIMARY KEY,
  words MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  FULLTEXT KEY exception_text_words (words),
  CONSTRAINT exception_text_fk FOREIGN KEY (exception_id) REFERENCES exception (id)
);

CREATE TABLE IF NOT EXISTS exception_control (
  exception_id BIGINT NOT NULL,
  content_version INT NOT NULL,
  position SMALLINT NOT NULL,
  description VARCHAR(1000) NOT NULL,
  state TINYINT UNSIGNED NOT NULL COMMENT 'enum control_state',
  owner VARCHAR(200) NOT NULL,
  PRIMARY KEY (exception_id, content_version, position),
  CONSTRAINT exception_control_fk FOREIGN KEY (exception_id) REFERENCES exception (id)
);

CREATE TABLE IF NOT EXISTS exception_alternative (
  exception_id BIGINT NOT NULL,
  content_version INT NOT NULL,
  position SMALLINT NOT NULL,
  description VARCHAR(1000) NOT NULL,
  verdict TINYINT UNSIGNED NOT NULL COMMENT 'enum alternative_verdict',
  reason VARCHAR(1000) NOT NULL,
  PRIMARY KEY (exception_id, content_version, position),
  CONSTRAINT exception_alternative_fk FOREIGN KEY (exception_id) REFERENCES exception (id)
);

-- A recorded judgement owed before the decision (V-12). The author may
-- replace their own until the decision; the audit trail keeps each.
CREATE TABLE IF NOT EXISTS finding (
  exception_id BIGINT NOT NULL,
  content_version INT NOT NULL,
  stage TINYINT UNSIGNED NOT NULL,
  kind VARCHAR(40) NOT NULL,
  judgement TINYINT UNSIGNED NOT NULL COMMENT 'enum judgement',
  text VARCHAR(4000) NOT NULL,
  author_id BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exception_id, content_version, stage, kind),
  CONSTRAINT finding_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id),
  CONSTRAINT finding_author_fk FOREIGN KEY (author_id) REFERENCES person (id)
);

-- One person's signed act on one exact version; never changed. The primary
-- key makes a second decision of a stage of a version impossible.
CREATE TABLE IF NOT EXISTS decision (
  exception_id BIGINT NOT NULL,
  content_version INT NOT NULL,
  stage TINYINT UNSIGNED NOT NULL,
  verdict TINYINT UNSIGNED NOT NULL COMMENT 'enum verdict',
  reason VARCHAR(4000) NOT NULL,
  expires_on DATE NULL,
  content_hash BINARY(32) NOT NULL,
  decider_id BIGINT NOT NULL,
  decider_name VARCHAR(200) NOT NULL,
  decider_title VARCHAR(200) NULL,
  decider_groups TEXT NOT NULL COMMENT 'group ids read at the decision',
  role VARCHAR(64) NOT NULL,
  role_title VARCHAR(120) NOT NULL,
  mapping_id BIGINT NULL,
  procedure_id BIGINT NOT NULL,
  decided_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exception_id, content_version, stage),
  KEY decision_decider (decider_id, decided_at),
  CONSTRAINT decision_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id),
  CONSTRAINT decision_decider_fk FOREIGN KEY (decider_id) REFERENCES person (id)
);
