SELECT STRAIGHT_JOIN CONCAT('EX-', e.id DIV 10000000, '-', e.id MOD 10000000)
  AS number, e.title, e.fact, d.document_key, d.title AS document_title,
  c.ref AS clause, u.code AS unit_code, u.name AS unit_name,
  o.name AS owner_name, e.risk, e.cause, e.submitted_at, e.effective_on,
  e.expires_on, e.requested_until, e.sla_breached_days, e.updated_at
FROM exception e FORCE INDEX (PRIMARY)
LEFT JOIN document d ON d.id = e.document_id
LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN person o ON o.id = e.owner_id
LEFT JOIN exception_clause c ON c.exception_id = e.id
  AND c.content_version = e.content_version AND c.position = 1
WHERE e.lane NOT IN (0, 6) ORDER BY e.id
;;
