-- What the holder must do or keep while an exception holds: part of the
-- decision that made it, and as unchangeable (M-18).
CREATE TABLE IF NOT EXISTS decision_condition (
  exception_id BIGINT NOT NULL,
  content_version INT NOT NULL,
  stage TINYINT UNSIGNED NOT NULL,
  position SMALLINT NOT NULL,
  text VARCHAR(1000) NOT NULL,
  owner VARCHAR(200) NOT NULL COMMENT 'who sees to it, in words',
  due_on DATE NULL COMMENT 'NULL: as long as the exception holds',
  PRIMARY KEY (exception_id, content_version, stage, position),
  CONSTRAINT decision_condition_fk FOREIGN KEY (exception_id, content_version, stage)
    REFERENCES decision (exception_id, content_version, stage)
);

-- A notice tells the reason and every condition.
ALTER TABLE outbox MODIFY detail MEDIUMTEXT NULL COMMENT 'reason and conditions, for the body';
