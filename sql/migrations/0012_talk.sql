-- What happens around a request: who else takes part, and what is said.

-- Who takes part in one exception beside the people its row names. A
-- stakeholder or an expert reads it in full, also when it is confidential; a
-- watcher is told of what they may see anyway.
CREATE TABLE IF NOT EXISTS exception_participant (
  exception_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  part TINYINT UNSIGNED NOT NULL COMMENT 'enum part',
  via VARCHAR(32) NULL COMMENT 'code of the unit through which they came; NULL: by name',
  added_by BIGINT NOT NULL,
  added_at DATETIME(6) NOT NULL,
  acknowledged_at DATETIME(6) NULL COMMENT 'a stakeholder has taken note (P-08)',
  ended_at DATETIME(6) NULL,
  PRIMARY KEY (exception_id, person_id, part),
  KEY participant_person (person_id, part, ended_at, acknowledged_at, added_at, exception_id),
  CONSTRAINT participant_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id),
  CONSTRAINT participant_person_fk FOREIGN KEY (person_id) REFERENCES person (id),
  CONSTRAINT participant_added_fk FOREIGN KEY (added_by) REFERENCES person (id)
);

-- Comments, questions and answers; never changed. A retracted text is shown
-- to nobody, that there was one is. waits_for is the role that owes an
-- answer, NULL once there is one.
CREATE TABLE IF NOT EXISTS exception_comment (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  exception_id BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  kind TINYINT UNSIGNED NOT NULL COMMENT 'enum comment_kind',
  text VARCHAR(4000) NOT NULL,
  in_reply_to BIGINT NULL COMMENT 'the question an answer belongs to',
  mentions VARCHAR(1500) NULL COMMENT 'directory names as typed, comma-separated',
  asks VARCHAR(64) NULL COMMENT 'role a question was put to',
  waits_for VARCHAR(64) NULL,
  retracted_at DATETIME(6) NULL,
  KEY comment_of (exception_id, id),
  KEY comment_waits (waits_for, id),
  CONSTRAINT comment_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id),
  CONSTRAINT comment_author_fk FOREIGN KEY (author_id) REFERENCES person (id)
);
