SELECT STRAIGHT_JOIN e.id, e.fact, e.title, d.document_key,
  d.title AS document_title, u.code AS unit_code, u.name AS unit_name,
  e.owner_id, o.name AS owner_name, q.name AS requester_name, e.risk, e.cause,
  e.submitted_at, e.effective_on, e.expires_on, e.holds_until,
  e.requested_until, e.updated_at, e.sla_breached_days, e.confidential
FROM exception_facet f FORCE INDEX (facet_until)
JOIN exception_facet r FORCE INDEX (PRIMARY) ON r.exception_id = f.exception_id
  AND r.dimension = 1 AND r.value_id = @unit@ AND r.live = 1
JOIN exception e ON e.id = f.exception_id
JOIN document d ON d.id = e.document_id
JOIN unit u ON u.id = e.unit_id
JOIN person o ON o.id = e.owner_id
JOIN person q ON q.id = e.requester_id
WHERE f.dimension = 2 AND f.value_id = @document@ AND f.live = 1
  AND f.lane = 10 AND f.effective_on <= '@today@'
  AND f.holds_until >= '@today@'
ORDER BY f.holds_until, f.exception_id LIMIT 51
;;
