-- What a requester has asked for already. What covers the same is composed,
-- in backend/store/overlap_store.c.

-- name: overlap_own (iiiiis) -> draft_row
-- Own drafts, waiting and returned requests of the document that name one of
-- the clauses, for the same asset unless one of the two names none (0).
SELECT x.id, x.title, x.updated_at, x.request_state
FROM exception x FORCE INDEX (exception_requester)
WHERE x.requester_id = ? AND x.lane IN (0, 1, 2) AND x.document_id = ?
  AND x.id <> ? AND (? = 0 OR COALESCE(x.asset_id, 0) IN (0, ?))
  AND JSON_OVERLAPS(JSON_EXTRACT(COALESCE(x.draft_content,
    (SELECT k.content FROM exception_content k WHERE k.exception_id = x.id
      AND k.content_version = x.content_version)), '$.clauses'), ?)
ORDER BY x.updated_at DESC, x.id DESC LIMIT 5;
