-- People, units, roles and sessions: who someone is and what they may do.

CREATE TABLE IF NOT EXISTS unit (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(32) NOT NULL,
  name VARCHAR(120) NOT NULL,
  parent_id BIGINT NULL,
  UNIQUE KEY unit_code (code),
  KEY unit_parent (parent_id),
  CONSTRAINT unit_parent_fk FOREIGN KEY (parent_id) REFERENCES unit (id)
) COMMENT 'Departments of the organisation, as a tree';

-- Every unit with itself (depth 0) and each of its ancestors: a filter or a
-- scope on a unit includes its descendants.
CREATE TABLE IF NOT EXISTS unit_closure (
  unit_id BIGINT NOT NULL,
  ancestor_id BIGINT NOT NULL,
  depth SMALLINT NOT NULL,
  PRIMARY KEY (unit_id, ancestor_id),
  KEY unit_closure_down (ancestor_id, unit_id),
  CONSTRAINT unit_closure_unit_fk FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT unit_closure_ancestor_fk FOREIGN KEY (ancestor_id) REFERENCES unit (id)
);

CREATE TABLE IF NOT EXISTS person (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  directory_id VARCHAR(64) NOT NULL COMMENT 'stable id: entryUUID, objectGUID; never uid, mail or DN',
  uid VARCHAR(128) NOT NULL,
  dn VARCHAR(512) NOT NULL,
  name VARCHAR(200) NOT NULL,
  mail VARCHAR(254) NULL,
  title VARCHAR(200) NULL,
  unit_id BIGINT NULL,
  manager_id BIGINT NULL,
  seen_at DATETIME(6) NULL COMMENT 'last read from the directory',
  UNIQUE KEY person_directory (directory_id),
  KEY person_uid (uid),
  KEY person_name (name),
  CONSTRAINT person_unit_fk FOREIGN KEY (unit_id) REFERENCES unit (id)
);

CREATE TABLE IF NOT EXISTS role (
  role VARCHAR(64) NOT NULL PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  role_class TINYINT UNSIGNED NOT NULL COMMENT 'enum role_class'
);

INSERT IGNORE INTO role (role, title, role_class) VALUES
  ('staff', 'Staff', 1),
  ('security_lead', 'Security Lead', 2),
  ('exception_approver', 'Exception approver', 2),
  ('document_owner', 'Document owner', 3),
  ('administrator', 'Administrator', 4),
  ('auditor', 'Auditor', 5),
  ('leader', 'Leader', 6);

CREATE TABLE IF NOT EXISTS role_mapping (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  group_id VARCHAR(64) NOT NULL COMMENT 'stable id of the directory group',
  group_dn VARCHAR(512) NOT NULL COMMENT 'for people to read',
  group_name VARCHAR(200) NOT NULL,
  role VARCHAR(64) NOT NULL,
  unit_id BIGINT NULL,
  domain TINYINT UNSIGNED NULL,
  document_id BIGINT NULL,
  members INT NOT NULL DEFAULT 0 COMMENT 'people counted when saved or checked',
  created_at DATETIME(6) NOT NULL,
  created_by BIGINT NULL COMMENT 'NULL: set up by the operator',
  ended_at DATETIME(6) NULL,
  ended_by BIGINT NULL,
  row_version INT NOT NULL DEFAULT 1,
  KEY role_mapping_live (ended_at, group_id),
  KEY role_mapping_role (role, ended_at),
  CONSTRAINT role_mapping_role_fk FOREIGN KEY (role) REFERENCES role (role),
  CONSTRAINT role_mapping_unit_fk FOREIGN KEY (unit_id) REFERENCES unit (id)
);

-- Mirror of who holds a role. Serves notices, previews and "who holds it",
-- never authority.
CREATE TABLE IF NOT EXISTS role_holder (
  mapping_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  seen_at DATETIME(6) NOT NULL,
  PRIMARY KEY (mapping_id, person_id),
  KEY role_holder_person (person_id),
  CONSTRAINT role_holder_mapping_fk FOREIGN KEY (mapping_id) REFERENCES role_mapping (id),
  CONSTRAINT role_holder_person_fk FOREIGN KEY (person_id) REFERENCES person (id)
);

-- Moves with each change of what workers keep in memory (role mappings,
-- documents, procedures, units); read with the session in one statement.
CREATE TABLE IF NOT EXISTS epoch (
  name VARCHAR(32) NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT IGNORE INTO epoch (name, value) VALUES ('mappings', 1), ('catalogue', 1);

CREATE TABLE IF NOT EXISTS session (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,
  person_id BIGINT NOT NULL,
  group_ids TEXT NOT NULL COMMENT 'stable ids, comma-separated, nested ones included',
  created_at DATETIME(6) NOT NULL,
  last_seen DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  address VARCHAR(64) NOT NULL,
  agent VARCHAR(256) NOT NULL,
  KEY session_person (person_id, ended_at),
  KEY session_expires (expires_at),
  CONSTRAINT session_person_fk FOREIGN KEY (person_id) REFERENCES person (id)
);

-- Wrong passwords counted before the bind, below the directory's own limit.
CREATE TABLE IF NOT EXISTS sign_in_throttle (
  kind TINYINT UNSIGNED NOT NULL COMMENT '1 account, 2 address',
  subject BINARY(32) NOT NULL COMMENT 'SHA-256 of the folded name or address',
  window_start DATETIME(6) NOT NULL,
  attempts INT NOT NULL,
  PRIMARY KEY (kind, subject)
);
