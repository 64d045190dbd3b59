-- Who holds a role by name for a time (V-20), and who acts for whom while
-- they are away (V-14). Both are ended, never deleted.

-- "X is Security Lead for scope S from A to B, made by Z": the scope as in
-- role_mapping. The days count whole, in the organisation's zone.
CREATE TABLE IF NOT EXISTS designation (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  role VARCHAR(64) NOT NULL,
  unit_id BIGINT NULL,
  domain TINYINT UNSIGNED NULL,
  document_id BIGINT NULL,
  from_on DATE NOT NULL,
  until_on DATE NULL COMMENT 'last day; NULL: until it is ended',
  note VARCHAR(500) NULL,
  created_at DATETIME(6) NOT NULL,
  created_by BIGINT NOT NULL,
  ended_at DATETIME(6) NULL COMMENT 'ended by hand, from that moment on',
  ended_by BIGINT NULL,
  row_version INT NOT NULL DEFAULT 1,
  KEY designation_person (person_id, ended_at, until_on),
  KEY designation_role (role, ended_at, until_on),
  KEY designation_live (ended_at, until_on),
  CONSTRAINT designation_person_fk FOREIGN KEY (person_id) REFERENCES person (id),
  CONSTRAINT designation_role_fk FOREIGN KEY (role) REFERENCES role (role),
  CONSTRAINT designation_unit_fk FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT designation_maker_fk FOREIGN KEY (created_by) REFERENCES person (id)
);

-- "X (to) acts for Y (from) from A to B": X gets what Y may decide by Y's own
-- roles, never what Y holds by another delegation.
CREATE TABLE IF NOT EXISTS delegation (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  from_person_id BIGINT NOT NULL COMMENT 'who is away',
  to_person_id BIGINT NOT NULL COMMENT 'who acts',
  role VARCHAR(64) NULL COMMENT 'NULL: every role that decides',
  from_on DATE NOT NULL,
  until_on DATE NOT NULL COMMENT 'last day',
  note VARCHAR(500) NULL,
  created_at DATETIME(6) NOT NULL,
  created_by BIGINT NOT NULL,
  ended_at DATETIME(6) NULL COMMENT 'ended by hand, from that moment on',
  ended_by BIGINT NULL,
  row_version INT NOT NULL DEFAULT 1,
  KEY delegation_from (from_person_id, until_on),
  KEY delegation_to (to_person_id, until_on),
  KEY delegation_live (ended_at, until_on),
  CONSTRAINT delegation_from_fk FOREIGN KEY (from_person_id) REFERENCES person (id),
  CONSTRAINT delegation_to_fk FOREIGN KEY (to_person_id) REFERENCES person (id),
  CONSTRAINT delegation_role_fk FOREIGN KEY (role) REFERENCES role (role),
  CONSTRAINT delegation_maker_fk FOREIGN KEY (created_by) REFERENCES person (id)
);

-- The last day on which an act that names the person may hold: past it
-- nobody looks for acts, so they cost the others nothing.
ALTER TABLE person
  ADD COLUMN IF NOT EXISTS acts_until DATE NULL COMMENT 'of designations and delegations that name them';

-- Decisions and votes keep by which act their author held the role, and for
-- whom.
ALTER TABLE decision
  ADD COLUMN IF NOT EXISTS designation_id BIGINT NULL AFTER mapping_id,
  ADD COLUMN IF NOT EXISTS delegation_id BIGINT NULL AFTER designation_id,
  ADD COLUMN IF NOT EXISTS on_behalf_of_id BIGINT NULL AFTER delegation_id,
  ADD COLUMN IF NOT EXISTS on_behalf_of VARCHAR(200) NULL COMMENT 'their name then' AFTER on_behalf_of_id;
ALTER TABLE vote
  ADD COLUMN IF NOT EXISTS designation_id BIGINT NULL AFTER mapping_id,
  ADD COLUMN IF NOT EXISTS delegation_id BIGINT NULL AFTER designation_id,
  ADD COLUMN IF NOT EXISTS on_behalf_of_id BIGINT NULL AFTER delegation_id,
  ADD COLUMN IF NOT EXISTS on_behalf_of VARCHAR(200) NULL COMMENT 'their name then' AFTER on_behalf_of_id;
