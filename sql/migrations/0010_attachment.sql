-- Files that belong to a request (V-21). The bytes are in a folder, under a
-- name that nobody chose; a row is written after its file, so there is none
-- without one. What is removed leaves the list and stays here.
CREATE TABLE IF NOT EXISTS exception_attachment (
  exception_id BIGINT NOT NULL,
  position SMALLINT UNSIGNED NOT NULL COMMENT 'from 1, never used again',
  name VARCHAR(150) NOT NULL COMMENT 'as the person calls it',
  media_type VARCHAR(100) NOT NULL COMMENT 'what the content is, not what was said',
  size INT UNSIGNED NOT NULL COMMENT 'bytes',
  sha256 BINARY(32) NOT NULL,
  file CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'name in the folder',
  content_version INT NOT NULL COMMENT 'first version of the request that it is part of',
  uploaded_at DATETIME(6) NOT NULL,
  uploaded_by BIGINT NOT NULL,
  removed_at DATETIME(6) NULL,
  removed_by BIGINT NULL,
  PRIMARY KEY (exception_id, position),
  UNIQUE KEY exception_attachment_file (file),
  CONSTRAINT exception_attachment_fk FOREIGN KEY (exception_id) REFERENCES exception (id),
  CONSTRAINT exception_attachment_uploaded_fk FOREIGN KEY (uploaded_by) REFERENCES person (id),
  CONSTRAINT exception_attachment_removed_fk FOREIGN KEY (removed_by) REFERENCES person (id),
  CONSTRAINT exception_attachment_removed CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
