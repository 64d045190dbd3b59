-- Risk register, notices, audit trail, idempotency, jobs.

CREATE TABLE IF NOT EXISTS risk_number (
  year SMALLINT NOT NULL PRIMARY KEY,
  last INT NOT NULL
);

-- id = year * 10^7 + sequence, shown as R-2026-00042.
CREATE TABLE IF NOT EXISTS risk (
  id BIGINT NOT NULL PRIMARY KEY,
  title VARCHAR(200) NOT NULL,
  description VARCHAR(4000) NOT NULL,
  confidentiality TINYINT(1) NOT NULL DEFAULT 0,
  integrity TINYINT(1) NOT NULL DEFAULT 0,
  availability TINYINT(1) NOT NULL DEFAULT 0,
  likelihood_before TINYINT UNSIGNED NOT NULL,
  impact_before TINYINT UNSIGNED NOT NULL,
  likelihood_after TINYINT UNSIGNED NOT NULL,
  impact_after TINYINT UNSIGNED NOT NULL,
  treatment TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 accept, 2 mitigate, 3 transfer, 4 avoid',
  owner_id BIGINT NOT NULL,
  unit_id BIGINT NULL,
  opened_at DATETIME(6) NOT NULL,
  review_on DATE NULL,
  row_version INT NOT NULL DEFAULT 1,
  CONSTRAINT risk_owner_fk FOREIGN KEY (owner_id) REFERENCES person (id)
);

CREATE TABLE IF NOT EXISTS exception_risk (
  exception_id BIGINT NOT NULL,
  risk_id BIGINT NOT NULL,
  PRIMARY KEY (exception_id, risk_id),
  KEY exception_risk_back (risk_id, exception_id),
  CONSTRAINT exception_risk_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id),
  CONSTRAINT exception_risk_risk_fk FOREIGN KEY (risk_id) REFERENCES risk (id)
);

-- Notices wait here and are sent by exreg-jobs; event_key makes each one
-- unique, so a repeat sends once.
CREATE TABLE IF NOT EXISTS outbox (
  id BINARY(16) NOT NULL PRIMARY KEY COMMENT 'UUIDv7',
  event_key VARCHAR(120) NOT NULL COMMENT 'exception:row_version:kind:person',
  person_id BIGINT NOT NULL,
  exception_id BIGINT NULL,
  kind VARCHAR(32) NOT NULL COMMENT 'submitted, assigned, approved, denied, returned, withdrawn',
  detail VARCHAR(4000) NULL COMMENT 'reason or conditions, for the body',
  created_at DATETIME(6) NOT NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 waiting, 2 sent, 3 dead letter',
  attempts INT NOT NULL DEFAULT 0,
  next_at DATETIME(6) NOT NULL,
  sent_at DATETIME(6) NULL,
  fault VARCHAR(500) NULL,
  UNIQUE KEY outbox_event (event_key),
  KEY outbox_due (state, next_at),
  KEY outbox_person (person_id, created_at),
  CONSTRAINT outbox_person_fk FOREIGN KEY (person_id) REFERENCES person (id)
);

-- No AUTO_INCREMENT: ids are made by the caller, the time by the procedure.
CREATE TABLE IF NOT EXISTS audit_event (
  event_id BINARY(16) NOT NULL PRIMARY KEY,
  at DATETIME(6) NOT NULL,
  actor_id BIGINT NULL,
  actor VARCHAR(200) NOT NULL,
  action VARCHAR(40) NOT NULL,
  object_type VARCHAR(32) NOT NULL,
  object_id BIGINT NULL,
  object VARCHAR(64) NOT NULL COMMENT 'as people call it: EX-2026-00042',
  refused TINYINT(1) NOT NULL,
  detail VARCHAR(1000) NOT NULL,
  address VARCHAR(64) NOT NULL,
  body MEDIUMTEXT NOT NULL COMMENT 'exact bytes of the event, JSON',
  KEY audit_event_at (at, event_id),
  KEY audit_event_object (object_type, object_id, at, event_id),
  KEY audit_event_actor (actor_id, at, event_id),
  KEY audit_event_action (action, at, event_id),
  KEY audit_event_refused (refused, at, event_id)
);

-- Events that wait for the sealer.
CREATE TABLE IF NOT EXISTS audit_pending (
  event_id BINARY(16) NOT NULL PRIMARY KEY
);

DELIMITER $$
-- The only way to append: time from the server's clock, parameters wider
-- than the columns so that nothing is cut silently under a lax sql_mode.
CREATE OR REPLACE PROCEDURE audit_append(
  p_event_id VARBINARY(64), p_actor_id BIGINT, p_actor LONGTEXT,
  p_action LONGTEXT, p_object_type LONGTEXT, p_object_id BIGINT,
  p_object LONGTEXT, p_refused TINYINT, p_detail LONGTEXT,
  p_address LONGTEXT, p_body LONGTEXT)
  MODIFIES SQL DATA
  SQL SECURITY DEFINER
BEGIN
  INSERT INTO audit_event (event_id, at, actor_id, actor, action, object_type,
    object_id, object, refused, detail, address, body)
  VALUES (p_event_id, SYSDATE(6), p_actor_id, p_actor, p_action,
    p_object_type, p_object_id, p_object, p_refused, p_detail, p_address,
    p_body);
  INSERT INTO audit_pending (event_id) VALUES (p_event_id);
END$$
DELIMITER ;

CREATE TABLE IF NOT EXISTS idempotency (
  person_id BIGINT NOT NULL,
  key_hash BINARY(32) NOT NULL,
  route VARCHAR(100) NOT NULL,
  body_hash BINARY(32) NOT NULL,
  status SMALLINT NOT NULL,
  etag VARCHAR(40) NULL,
  body MEDIUMTEXT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (person_id, key_hash),
  KEY idempotency_age (created_at)
);

CREATE TABLE IF NOT EXISTS job_lease (
  name VARCHAR(40) NOT NULL PRIMARY KEY,
  owner VARCHAR(120) NOT NULL,
  epoch BIGINT NOT NULL,
  until DATETIME(6) NOT NULL
);

CREATE TABLE IF NOT EXISTS job_run (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  epoch BIGINT NOT NULL,
  started_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL,
  done INT NOT NULL DEFAULT 0,
  fault VARCHAR(500) NULL,
  KEY job_run_name (name, started_at)
);
