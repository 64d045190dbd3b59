-- Documents with clauses and versions, procedures as data, assets.

CREATE TABLE IF NOT EXISTS document (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_key VARCHAR(32) NOT NULL,
  title VARCHAR(200) NOT NULL,
  kind TINYINT UNSIGNED NOT NULL COMMENT 'enum document_kind',
  domain TINYINT UNSIGNED NOT NULL COMMENT 'enum domain',
  owner_id BIGINT NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 2 COMMENT '1 draft, 2 published, 3 retired',
  version VARCHAR(16) NOT NULL COMMENT 'the published version',
  published_on DATE NULL,
  exceptions_allowed TINYINT(1) NOT NULL DEFAULT 1,
  exception_note VARCHAR(500) NULL,
  max_term_days INT NULL,
  row_version INT NOT NULL DEFAULT 1,
  UNIQUE KEY document_key (document_key),
  KEY document_title (title),
  CONSTRAINT document_owner_fk FOREIGN KEY (owner_id) REFERENCES person (id)
);

-- The statements of each version; old versions stay, so that an exception
-- keeps the text it was granted against.
CREATE TABLE IF NOT EXISTS clause (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id BIGINT NOT NULL,
  version VARCHAR(16) NOT NULL,
  position SMALLINT NOT NULL,
  ref VARCHAR(32) NOT NULL,
  title VARCHAR(200) NOT NULL,
  text TEXT NOT NULL,
  root_id BIGINT NULL COMMENT 'clause of the first version with this ref; NULL: itself',
  UNIQUE KEY clause_ref (document_id, version, ref),
  CONSTRAINT clause_document_fk FOREIGN KEY (document_id) REFERENCES document (id)
);

-- Days allowed to remediate, by severity; belongs to the version (V-04).
CREATE TABLE IF NOT EXISTS sla (
  document_id BIGINT NOT NULL,
  version VARCHAR(16) NOT NULL,
  severity TINYINT UNSIGNED NOT NULL COMMENT 'enum severity',
  days INT NOT NULL,
  PRIMARY KEY (document_id, version, severity),
  CONSTRAINT sla_document_fk FOREIGN KEY (document_id) REFERENCES document (id)
);

-- `procedure` is a reserved word, hence the name of the table. One row a
-- version; never changed once a request runs under it.
CREATE TABLE IF NOT EXISTS procedure_version (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  procedure_key VARCHAR(32) NOT NULL,
  version INT NOT NULL,
  title VARCHAR(200) NOT NULL,
  type TINYINT UNSIGNED NOT NULL COMMENT 'enum exception_type',
  published TINYINT(1) NOT NULL DEFAULT 1,
  body MEDIUMTEXT NOT NULL COMMENT 'the procedure as JSON',
  sha256 BINARY(32) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  created_by BIGINT NULL,
  UNIQUE KEY procedure_version (procedure_key, version)
);

CREATE TABLE IF NOT EXISTS asset (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  kind VARCHAR(60) NOT NULL,
  criticality TINYINT UNSIGNED NOT NULL DEFAULT 3 COMMENT 'enum severity',
  owner_id BIGINT NULL,
  unit_id BIGINT NULL,
  UNIQUE KEY asset_name (name),
  KEY asset_owner (owner_id, name),
  CONSTRAINT asset_owner_fk FOREIGN KEY (owner_id) REFERENCES person (id),
  CONSTRAINT asset_unit_fk FOREIGN KEY (unit_id) REFERENCES unit (id)
);
