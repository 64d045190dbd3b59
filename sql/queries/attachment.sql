-- Files that belong to an exception.

-- name: attachments_of (i) -> attachment
-- Those that were removed too: they count for what one exception may hold.
-- decided: somebody has decided or voted on a version that it is part of.
SELECT a.exception_id, a.position, a.name, a.media_type, a.size, a.sha256,
  a.file, a.content_version, a.uploaded_at, a.uploaded_by,
  p.name AS uploaded_by_name, a.removed_at,
  (EXISTS (SELECT 1 FROM decision d WHERE d.exception_id = a.exception_id
    AND d.content_version >= a.content_version)
  OR EXISTS (SELECT 1 FROM vote v WHERE v.exception_id = a.exception_id
    AND v.content_version >= a.content_version)) AS decided
FROM exception_attachment a JOIN person p ON p.id = a.uploaded_by
WHERE a.exception_id = ? ORDER BY a.position LIMIT 1000;

-- name: attachments_lock (i) -> attachment
-- The same for a change, as they are now and not as the transaction's first
-- read saw them.
SELECT a.exception_id, a.position, a.name, a.media_type, a.size, a.sha256,
  a.file, a.content_version, a.uploaded_at, a.uploaded_by, a.removed_at,
  (EXISTS (SELECT 1 FROM decision d WHERE d.exception_id = a.exception_id
    AND d.content_version >= a.content_version)
  OR EXISTS (SELECT 1 FROM vote v WHERE v.exception_id = a.exception_id
    AND v.content_version >= a.content_version)) AS decided
FROM exception_attachment a
WHERE a.exception_id = ? ORDER BY a.position LIMIT 1000 FOR UPDATE;

-- name: attachment_insert (iissibsiti)
INSERT INTO exception_attachment (exception_id, position, name, media_type,
  size, sha256, file, content_version, uploaded_at, uploaded_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: attachment_remove (tiii)
UPDATE exception_attachment SET removed_at = ?, removed_by = ?
WHERE exception_id = ? AND position = ? AND removed_at IS NULL;

-- name: attachment_files (s) -> attachment_file
-- In the order of their names, a piece at a time.
SELECT file FROM exception_attachment WHERE file > ? ORDER BY file LIMIT 1000;
