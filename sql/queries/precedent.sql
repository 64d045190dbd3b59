-- What belongs to precedents, at most ten at once; unused places are 0. Which
-- ones they are is composed, in backend/store/precedent_store.c.

-- name: precedent_verdicts (iiiiiiiiii) -> precedent_verdict
-- Of the version that was decided; of each exception the last stage first.
SELECT d.exception_id, d.reason, d.precedent_reason
FROM decision d JOIN exception x ON x.id = d.exception_id
  AND x.content_version = d.content_version
WHERE d.exception_id IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND d.verdict IN (1, 2)
ORDER BY d.exception_id, d.stage DESC LIMIT 200;

-- name: precedent_conditions (iiiiiiiiii) -> precedent_text
SELECT c.exception_id, c.text
FROM decision_condition c JOIN exception x ON x.id = c.exception_id
  AND x.content_version = c.content_version
WHERE c.exception_id IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ORDER BY c.exception_id, c.stage, c.position LIMIT 400;

-- name: precedent_clauses (iiiiiiiiiii) -> precedent_text
-- References of the clauses that they share with one exception.
SELECT s.exception_id, s.ref AS text
FROM exception_facet o FORCE INDEX (PRIMARY)
JOIN exception x
JOIN exception_clause s ON s.exception_id = x.id
  AND s.content_version = x.content_version
JOIN clause c ON c.id = s.clause_id AND COALESCE(c.root_id, c.id) = o.value_id
WHERE o.exception_id = ? AND o.dimension = 3 AND o.live = 1
  AND x.id IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ORDER BY s.exception_id, s.position LIMIT 200;
