-- A repeated request gets the Location header of the first answer, too.
ALTER TABLE idempotency
  ADD COLUMN IF NOT EXISTS location VARCHAR(200) NULL AFTER etag;
