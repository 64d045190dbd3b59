-- What came from elsewhere (M-28), and known deviations nobody asked for
-- (C-25).

-- undocumented: its content is still to be completed. legacy_decider: who is
-- said to have decided, in the words of the file, or "unverified"; never a
-- decision of this register. NULL: it was not imported.
ALTER TABLE exception
  ADD COLUMN IF NOT EXISTS undocumented TINYINT(1) NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS legacy_decider VARCHAR(200) NULL;

-- A row of a source is imported once. hash: of what the file said, so that
-- the same reference with other facts is told.
CREATE TABLE IF NOT EXISTS legacy_import (
  source VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  reference VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  exception_id BIGINT NOT NULL,
  hash BINARY(32) NOT NULL,
  imported_at DATETIME(6) NOT NULL,
  PRIMARY KEY (source, reference),
  UNIQUE KEY legacy_import_exception (exception_id),
  CONSTRAINT legacy_import_exception_fk FOREIGN KEY (exception_id) REFERENCES exception (id)
);

CREATE TABLE IF NOT EXISTS violation_number (
  year SMALLINT NOT NULL PRIMARY KEY,
  last INT NOT NULL
);

-- id = year * 10^7 + sequence, shown as V-2026-00042. Two clocks are kept:
-- the day it was known and the moment it was reported.
CREATE TABLE IF NOT EXISTS violation (
  id BIGINT NOT NULL PRIMARY KEY,
  reporter_id BIGINT NOT NULL,
  supervisor_id BIGINT NOT NULL COMMENT 'of the reporter, told with the role that looks after reports',
  supervisor_named TINYINT(1) NOT NULL COMMENT '1: by the reporter, for the directory names none',
  what VARCHAR(4000) NOT NULL,
  unit_id BIGINT NULL,
  document_id BIGINT NULL,
  clauses VARCHAR(700) NULL COMMENT 'references, one a line',
  known_on DATE NOT NULL,
  filed_at DATETIME(6) NOT NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'enum violation_state',
  KEY violation_reporter (reporter_id, id),
  KEY violation_supervisor (supervisor_id, id),
  CONSTRAINT violation_reporter_fk FOREIGN KEY (reporter_id) REFERENCES person (id),
  CONSTRAINT violation_supervisor_fk FOREIGN KEY (supervisor_id) REFERENCES person (id),
  CONSTRAINT violation_unit_fk FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT violation_document_fk FOREIGN KEY (document_id) REFERENCES document (id)
);

-- A notice tells of an exception or of a violation.
ALTER TABLE outbox
  ADD COLUMN IF NOT EXISTS violation_id BIGINT NULL AFTER exception_id;
