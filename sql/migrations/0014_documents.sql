-- Documents edited by administrators: the version being written, the
-- versions there were, rules of the exceptions, and for whom it is meant.

-- Kinds of people are roles of the staff class (C-03, C-27).
INSERT IGNORE INTO role (role, title, role_class) VALUES
  ('customer', 'Customer', 1),
  ('visitor', 'Visitor', 1);

ALTER TABLE document
  ADD COLUMN IF NOT EXISTS exception_types VARCHAR(200) NULL COMMENT 'names of enum exception_type, comma separated; NULL: every type',
  ADD COLUMN IF NOT EXISTS distribution VARCHAR(500) NULL COMMENT 'role keys of kinds of people, comma separated; NULL: everybody';

-- One row a published version; rows are added and never changed.
CREATE TABLE IF NOT EXISTS document_version (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id BIGINT NOT NULL,
  version VARCHAR(16) NOT NULL,
  published_on DATE NULL,
  published_by BIGINT NULL,
  UNIQUE KEY document_version (document_id, version),
  CONSTRAINT document_version_document_fk FOREIGN KEY (document_id) REFERENCES document (id),
  CONSTRAINT document_version_person_fk FOREIGN KEY (published_by) REFERENCES person (id)
);

-- The version an administrator is writing, at most one a document. Its
-- clauses become rows when it is published, so that those never change.
CREATE TABLE IF NOT EXISTS document_draft (
  document_id BIGINT NOT NULL PRIMARY KEY,
  version VARCHAR(16) NULL COMMENT 'NULL: nothing is being written',
  body MEDIUMTEXT NULL COMMENT 'struct document_text as JSON',
  saved_at DATETIME(6) NOT NULL,
  saved_by BIGINT NOT NULL,
  CONSTRAINT document_draft_document_fk FOREIGN KEY (document_id) REFERENCES document (id),
  CONSTRAINT document_draft_person_fk FOREIGN KEY (saved_by) REFERENCES person (id)
);

INSERT IGNORE INTO document_version (document_id, version, published_on)
SELECT d.id, c.version, IF(c.version = d.version, d.published_on, NULL)
FROM document d JOIN (SELECT document_id, version, MIN(id) AS first_id
  FROM clause GROUP BY document_id, version) c ON c.document_id = d.id
ORDER BY c.first_id;
