-- Accounts with least rights (one a pool). Applied by `exregctl accounts`
-- as the owner; {names} come from the configuration, {…_auth} is
-- "IDENTIFIED BY '…'". No account but jobs may DELETE anything,
-- and none may change the audit trail: it is appended by a procedure.
-- UPDATE names its columns; not where INSERT ... ON DUPLICATE KEY UPDATE is
-- used, for that asks for the right on all of them.

CREATE USER IF NOT EXISTS {register_user}@localhost {register_auth};
ALTER USER {register_user}@localhost {register_auth};
CREATE USER IF NOT EXISTS {directory_user}@localhost {directory_auth};
ALTER USER {directory_user}@localhost {directory_auth};
CREATE USER IF NOT EXISTS {export_user}@localhost {export_auth};
ALTER USER {export_user}@localhost {export_auth};
CREATE USER IF NOT EXISTS {jobs_user}@localhost {jobs_auth};
ALTER USER {jobs_user}@localhost {jobs_auth};
REVOKE ALL PRIVILEGES, GRANT OPTION FROM {register_user}@localhost, {directory_user}@localhost, {export_user}@localhost, {jobs_user}@localhost;

-- register: asks, edits, records findings, withdraws. It cannot approve:
-- it may write neither a decision nor a term, not with a new row either, and
-- an approved row without a term is refused by the table.
GRANT SELECT ON {database}.* TO {register_user}@localhost;
GRANT INSERT (id, procedure_id, type, requester_id, owner_id, edited_by_id, created_at, updated_at, copied_from_id, draft_content) ON {database}.exception TO {register_user}@localhost;
GRANT UPDATE (row_version, content_version, content_hash, domain, request_state, stage, stage_role, stage_entered_at, stage_due_on, title, owner_id, beneficiary_id, edited_by_id, unit_id, asset_id, document_id, document_version, clause_ref, cause, severity, vulnerability, service_request, detected_on, sla_due_on, sla_breached_days, risk_before, risk, confidential, requested_from, requested_until, outcome, submitted_at, decided_at, updated_at, draft_content, decided_as, stage_days_left, stage_remind_on, stage_escalate_on, stage_escalate_role, implemented_on) ON {database}.exception TO {register_user}@localhost;
GRANT INSERT, UPDATE ON {database}.exception_number TO {register_user}@localhost;
GRANT INSERT ON {database}.exception_content TO {register_user}@localhost;
GRANT INSERT ON {database}.exception_version TO {register_user}@localhost;
GRANT INSERT ON {database}.exception_clause TO {register_user}@localhost;
GRANT INSERT ON {database}.exception_control TO {register_user}@localhost;
GRANT INSERT ON {database}.exception_alternative TO {register_user}@localhost;
GRANT INSERT, UPDATE ON {database}.exception_facet TO {register_user}@localhost;
GRANT INSERT, UPDATE ON {database}.exception_text TO {register_user}@localhost;
GRANT INSERT, UPDATE ON {database}.finding TO {register_user}@localhost;
GRANT INSERT, UPDATE (removed_at, removed_by) ON {database}.exception_attachment TO {register_user}@localhost;
GRANT INSERT ON {database}.stage_record TO {register_user}@localhost;
GRANT INSERT ON {database}.procedure_version TO {register_user}@localhost;
GRANT INSERT ON {database}.role TO {register_user}@localhost;
GRANT INSERT, UPDATE ON {database}.letter_number TO {register_user}@localhost;
GRANT INSERT, UPDATE ON {database}.letter TO {register_user}@localhost;
GRANT UPDATE (undocumented) ON {database}.exception TO {register_user}@localhost;
GRANT UPDATE (owner_id, plan, closed_at, closed_by_id, solution, row_version) ON {database}.work_item TO {register_user}@localhost;
GRANT INSERT, UPDATE (title, kind, domain, owner_id, state, version, published_on, exceptions_allowed, exception_note, max_term_days, exception_types, distribution, row_version) ON {database}.document TO {register_user}@localhost;
GRANT INSERT, UPDATE ON {database}.document_draft TO {register_user}@localhost;
GRANT INSERT ON {database}.document_version TO {register_user}@localhost;
GRANT INSERT ON {database}.clause TO {register_user}@localhost;
GRANT INSERT ON {database}.sla TO {register_user}@localhost;
GRANT UPDATE (value) ON {database}.epoch TO {register_user}@localhost;
GRANT INSERT ON {database}.outbox TO {register_user}@localhost;
GRANT INSERT ON {database}.idempotency TO {register_user}@localhost;
GRANT UPDATE (last_seen, ended_at) ON {database}.session TO {register_user}@localhost;
GRANT EXECUTE ON PROCEDURE {database}.audit_append TO {register_user}@localhost;
-- what is said is never changed, only taken back or answered
GRANT INSERT, UPDATE (retracted_at, waits_for) ON {database}.exception_comment TO {register_user}@localhost;
GRANT INSERT, UPDATE ON {database}.exception_participant TO {register_user}@localhost;

-- directory: signs in, maps groups, decides.
GRANT SELECT ON {database}.* TO {directory_user}@localhost;
GRANT INSERT, UPDATE ON {database}.person TO {directory_user}@localhost;
GRANT UPDATE (value) ON {database}.epoch TO {directory_user}@localhost;
GRANT INSERT, UPDATE (last_seen, ended_at) ON {database}.session TO {directory_user}@localhost;
GRANT INSERT, UPDATE (window_start, attempts) ON {database}.sign_in_throttle TO {directory_user}@localhost;
GRANT INSERT, UPDATE (row_version, ended_at, ended_by) ON {database}.role_mapping TO {directory_user}@localhost;
GRANT INSERT, UPDATE ON {database}.role_holder TO {directory_user}@localhost;
GRANT INSERT, UPDATE (row_version, ended_at, ended_by) ON {database}.designation TO {directory_user}@localhost;
GRANT INSERT, UPDATE (row_version, ended_at, ended_by) ON {database}.delegation TO {directory_user}@localhost;
GRANT UPDATE (row_version, request_state, stage, stage_role, stage_entered_at, stage_due_on, outcome, effective_on, expires_on, decided_at, updated_at, draft_content, decided_as, stage_days_left, stage_remind_on, stage_escalate_on, stage_escalate_role) ON {database}.exception TO {directory_user}@localhost;
GRANT INSERT ON {database}.exception_version TO {directory_user}@localhost;
GRANT UPDATE (lane, fact, effective_on, holds_until, risk) ON {database}.exception_facet TO {directory_user}@localhost;
GRANT INSERT ON {database}.decision TO {directory_user}@localhost;
GRANT INSERT, UPDATE ON {database}.vote TO {directory_user}@localhost;
GRANT INSERT ON {database}.work_item TO {directory_user}@localhost;
GRANT INSERT ON {database}.decision_condition TO {directory_user}@localhost;
GRANT INSERT, UPDATE ON {database}.risk_number TO {directory_user}@localhost;
GRANT INSERT ON {database}.risk TO {directory_user}@localhost;
GRANT INSERT ON {database}.exception_risk TO {directory_user}@localhost;
GRANT INSERT ON {database}.outbox TO {directory_user}@localhost;
GRANT INSERT ON {database}.idempotency TO {directory_user}@localhost;
GRANT EXECUTE ON PROCEDURE {database}.audit_append TO {directory_user}@localhost;
GRANT INSERT, UPDATE ON {database}.violation_number TO {directory_user}@localhost;
GRANT INSERT ON {database}.violation TO {directory_user}@localhost;

-- export: reads, and says in the audit trail that it did.
GRANT SELECT ON {database}.* TO {export_user}@localhost;
GRANT EXECUTE ON PROCEDURE {database}.audit_append TO {export_user}@localhost;

-- jobs: sends notices, purges what has ended, keeps indexes short.
GRANT SELECT ON {database}.* TO {jobs_user}@localhost;
GRANT UPDATE (state, attempts, next_at, sent_at, fault) ON {database}.outbox TO {jobs_user}@localhost;
GRANT DELETE ON {database}.session TO {jobs_user}@localhost;
GRANT DELETE ON {database}.idempotency TO {jobs_user}@localhost;
GRANT DELETE ON {database}.sign_in_throttle TO {jobs_user}@localhost;
GRANT UPDATE (shelved, stage_remind_on, stage_escalate_on) ON {database}.exception TO {jobs_user}@localhost;
GRANT INSERT ON {database}.outbox TO {jobs_user}@localhost;
GRANT UPDATE (lane, fact) ON {database}.exception_facet TO {jobs_user}@localhost;
GRANT INSERT, UPDATE ON {database}.job_lease TO {jobs_user}@localhost;
GRANT INSERT, UPDATE, DELETE ON {database}.job_run TO {jobs_user}@localhost;
GRANT EXECUTE ON PROCEDURE {database}.audit_append TO {jobs_user}@localhost;
