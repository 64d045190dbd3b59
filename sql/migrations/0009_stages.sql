-- What a procedure asks for between submission and outcome: votes, records,
-- letters, and the work that an outcome leaves open.

INSERT IGNORE INTO role (role, title, role_class) VALUES
  ('security_lead_deputy', 'Deputy Security Lead', 2),
  ('unit_manager', 'Unit manager', 2),
  ('compliance_officer', 'Compliance officer', 2),
  ('committee_member', 'Exception committee member', 2),
  ('committee_chair', 'Exception committee chair', 2),
  ('smb', 'Security Management Branch', 2),
  ('requester_iso', 'ISO of the requesting organisation', 2),
  ('cdt_iso', 'CDT ISO', 2);

ALTER TABLE exception
  ADD COLUMN IF NOT EXISTS decided_as TINYINT UNSIGNED NULL COMMENT 'enum verdict: decided, the outcome is still to come',
  ADD COLUMN IF NOT EXISTS stage_days_left SMALLINT NULL COMMENT 'days left of the limit, kept while it is returned',
  ADD COLUMN IF NOT EXISTS implemented_on DATE NULL COMMENT 'C-16: when it was put in place',
  ADD COLUMN IF NOT EXISTS stage_remind_on DATE NULL COMMENT 'who holds the stage is reminded then, once',
  ADD COLUMN IF NOT EXISTS stage_escalate_on DATE NULL COMMENT 'the limit has passed: stage_escalate_role is told then, once',
  ADD COLUMN IF NOT EXISTS stage_escalate_role VARCHAR(64) NULL,
  ADD KEY IF NOT EXISTS exception_remind (stage_remind_on, id),
  ADD KEY IF NOT EXISTS exception_escalate (stage_escalate_on, id);

-- The members' and signers' say on one version. One person has one vote, in
-- whatever role; the author may replace it until the stage is closed.
CREATE TABLE IF NOT EXISTS vote (
  exception_id BIGINT NOT NULL,
  content_version INT NOT NULL,
  stage TINYINT UNSIGNED NOT NULL,
  voter_id BIGINT NOT NULL,
  voter VARCHAR(200) NOT NULL,
  voter_title VARCHAR(200) NULL,
  voter_groups TEXT NOT NULL COMMENT 'group ids read at the vote',
  role VARCHAR(64) NOT NULL,
  role_title VARCHAR(120) NOT NULL,
  mapping_id BIGINT NULL,
  ballot TINYINT UNSIGNED NOT NULL COMMENT 'enum ballot',
  reason VARCHAR(4000) NOT NULL,
  content_hash BINARY(32) NOT NULL,
  voted_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exception_id, content_version, stage, voter_id),
  CONSTRAINT vote_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id),
  CONSTRAINT vote_voter_fk FOREIGN KEY (voter_id) REFERENCES person (id)
);

-- What was recorded in a stage; by the stage's key, for it outlives a return.
CREATE TABLE IF NOT EXISTS stage_record (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  exception_id BIGINT NOT NULL,
  stage VARCHAR(40) NOT NULL,
  record VARCHAR(40) NOT NULL,
  text VARCHAR(4000) NULL,
  on_day DATE NULL,
  reference VARCHAR(200) NULL,
  people VARCHAR(1000) NULL,
  topics VARCHAR(4000) NULL COMMENT 'one a line',
  content_version INT NOT NULL,
  author_id BIGINT NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  KEY stage_record_exception (exception_id, id),
  CONSTRAINT stage_record_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id),
  CONSTRAINT stage_record_author_fk FOREIGN KEY (author_id) REFERENCES person (id)
);

CREATE TABLE IF NOT EXISTS letter_number (
  year SMALLINT NOT NULL PRIMARY KEY,
  last INT NOT NULL
);

-- id = year * 10^7 + sequence, shown as L-2026-00042. Sent is for ever.
CREATE TABLE IF NOT EXISTS letter (
  id BIGINT NOT NULL PRIMARY KEY,
  exception_id BIGINT NOT NULL,
  stage VARCHAR(40) NOT NULL,
  state TINYINT UNSIGNED NOT NULL COMMENT 'enum letter_state',
  title VARCHAR(200) NOT NULL,
  body TEXT NOT NULL,
  addressees VARCHAR(1000) NULL,
  drafter_id BIGINT NOT NULL,
  drafted_at DATETIME(6) NOT NULL,
  reviewer_id BIGINT NULL,
  reviewed_at DATETIME(6) NULL,
  sender_id BIGINT NULL,
  sent_at DATETIME(6) NULL,
  hash BINARY(32) NULL,
  UNIQUE KEY letter_exception (exception_id, stage),
  CONSTRAINT letter_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id),
  CONSTRAINT letter_drafter_fk FOREIGN KEY (drafter_id) REFERENCES person (id)
);

CREATE TABLE IF NOT EXISTS work_item (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  exception_id BIGINT NOT NULL,
  title VARCHAR(200) NOT NULL,
  what VARCHAR(500) NOT NULL,
  role VARCHAR(64) NOT NULL,
  owner_id BIGINT NULL,
  plan VARCHAR(4000) NULL,
  opened_at DATETIME(6) NOT NULL,
  closed_at DATETIME(6) NULL,
  closed_by_id BIGINT NULL,
  solution VARCHAR(4000) NULL,
  row_version INT NOT NULL DEFAULT 1,
  KEY work_item_exception (exception_id, id),
  KEY work_item_open (role, closed_at, id),
  CONSTRAINT work_item_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id)
);
