/* Field tables of the exception's view. */
#include "api/exception_view.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE

const char *const path_state_names[PATH_STATE__MAX] = { NULL, "done", "now", "next", "skipped" };

static const struct field person_ref_fields[] = {
	F_I64(person_ref, id, .doc = "Identifier"),
	F_STR(person_ref, name, .doc = "Name"),
	F_STR(person_ref, title, NULLABLE, .doc = "Job title"),
	F_STR(person_ref, unit, NULLABLE, .doc = "Unit"),
};
const struct schema person_ref_schema = SCHEMA(person_ref, person_ref_fields, "A person");

static const struct field record_now_fields[] = {
	F_STR(record_now, record, .doc = "Key"),
	F_STR(record_now, label, .doc = "What is recorded"),
	F_STR(record_now, hint, NULLABLE, .doc = "Help for the person who records it"),
	F_ENUM(record_now, kind, record_kind, .doc = "Which parts it has"),
	F_I64(record_now, least, .doc = "So many are owed"),
	F_STRS(record_now, topics, .doc = "Topics that must be covered"),
	F_STR(record_now, addressee, NULLABLE, .doc = "Role that gets the copy, in words"),
	F_I64(record_now, have, .doc = "So many are there"),
	F_BOOL(record_now, complete, .doc = "Nothing is missing"),
};
const struct schema record_now_schema = SCHEMA(record_now, record_now_fields, "A record the stage asks for");

static const struct field tally_now_fields[] = {
	F_ENUM(tally_now, rule, completion_rule, .doc = "All roles, or a quorum"),
	F_I64(tally_now, least, .doc = "Votes needed"),
	F_I64(tally_now, of, NULLABLE, .doc = "Seats"),
	F_I64(tally_now, cast, .doc = "Votes cast, abstentions too"),
	F_I64(tally_now, approve, .doc = "For"),
	F_I64(tally_now, deny, .doc = "Against"),
	F_I64(tally_now, abstain, .doc = "Abstentions"),
	F_BOOL(tally_now, complete, .doc = "It can be closed"),
};
const struct schema tally_now_schema = SCHEMA(tally_now, tally_now_fields, "What the votes have come to");

static const struct field stage_now_fields[] = {
	F_I64(stage_now, index, .doc = "Stage of the procedure, from 1"),
	F_STR(stage_now, stage, .doc = "Key"),
	F_ENUM(stage_now, kind, stage_kind, .doc = "What happens in it"),
	F_STR(stage_now, title, .doc = "Heading"),
	F_STR(stage_now, role, NULLABLE, .doc = "Role whose turn it is; none: the requester"),
	F_STR(stage_now, role_title, NULLABLE, .doc = "Role in words"),
	F_STR(stage_now, what, .doc = "What is expected"),
	F_TIME(stage_now, entered_at, NULLABLE, .doc = "When the stage began"),
	F_DATE(stage_now, due_on, NULLABLE, .doc = "Day it is due"),
	F_STRS(stage_now, holders, .doc = "Who holds it, by name"),
	F_I64(stage_now, holders_more, .doc = "How many more hold it"),
	F_ARRAY(stage_now, findings, finding_owed, .doc = "Findings owed"),
	F_ARRAY(stage_now, records, record_now, .doc = "Records it asks for"),
	F_OBJECT(stage_now, tally, tally_now, NULLABLE, .doc = "What the votes have come to"),
	F_STR(stage_now, addressee, NULLABLE, .doc = "Role that gets the letter, in words"),
};
const struct schema stage_now_schema = SCHEMA(stage_now, stage_now_fields, "The stage the request is in");

static const struct field path_step_fields[] = {
	F_I64(path_step, index, .doc = "Number of the step"),
	F_STR(path_step, title, .doc = "Heading"),
	F_STR(path_step, what, .doc = "What is expected"),
	F_STR(path_step, who, .doc = "Who must act"),
	F_ENUM(path_step, state, path_state, .doc = "Done, now, next or skipped"),
	F_TIME(path_step, at, NULLABLE, .doc = "When it was done"),
	F_STR(path_step, by, NULLABLE, .doc = "Who did it"),
};
const struct schema path_step_schema = SCHEMA(path_step, path_step_fields, "A step of the procedure");

static const struct field allowed_action_fields[] = {
	F_ENUM(allowed_action, action, action, .doc = "Action"),
	F_BOOL(allowed_action, allowed, .doc = "The reader may take it now"),
	F_BOOL(allowed_action, known, .doc = "It belongs to this state and stage at all"),
	F_STR(allowed_action, reason, NULLABLE, .doc = "Why not"),
};
const struct schema allowed_action_schema = SCHEMA(allowed_action, allowed_action_fields, "An action and whether it is allowed");

static const struct field fault_fields[] = {
	F_STR(fault, pointer, .doc = "Where, as a pointer into the body"),
	F_STR(fault, detail, .doc = "What is still owed"),
};
const struct schema fault_schema = SCHEMA(fault, fault_fields, "Something still owed");

static const struct field exception_view_fields[] = {
	F_STR(exception_view, number, .doc = "Number, never reused"),
	F_STR(exception_view, etag, NULLABLE, .doc = "For If-Match"),
	F_I64(exception_view, row_version, .doc = "Moves with every change"),
	F_I64(exception_view, content_version, .doc = "Moves with the content; 0 for a draft"),
	F_STR(exception_view, content_hash, NULLABLE, .doc = "SHA-256 of the canonical content"),
	F_ENUM(exception_view, request_state, request_state, .doc = "Where the request stands"),
	F_ENUM(exception_view, status, status, .doc = "Register status, computed"),
	F_BOOL(exception_view, redacted, .doc = "The reader sees the open part only"),
	F_BOOL(exception_view, mine, .doc = "The reader asked for it"),
	F_BOOL(exception_view, watching, .doc = "The reader is told of decisions and comments"),
	F_STR(exception_view, title, .doc = "One line"),
	F_STR(exception_view, procedure_key, .doc = "Procedure it runs under"),
	F_I64(exception_view, procedure_version, .doc = "Version of the procedure"),
	F_STR(exception_view, procedure_number, .doc = "Number on paper"),
	F_STR(exception_view, procedure_title, .doc = "Title of the procedure"),
	F_STR(exception_view, copied_from, NULLABLE, .doc = "Number of the request it was copied from"),
	F_ENUM(exception_view, type, exception_type, .doc = "Type"),
	F_ENUM(exception_view, domain, domain, NULLABLE, .doc = "Domain"),
	F_OBJECT(exception_view, stage, stage_now, NULLABLE, .doc = "The stage it is in"),
	F_I64(exception_view, form_stage, .doc = "Parts of the form up to this stage are open; 0: before the first"),
	F_ARRAY(exception_view, path, path_step, .doc = "All steps of the procedure"),
	F_OBJECT(exception_view, requester, person_ref, NULLABLE, .doc = "Who asks"),
	F_OBJECT(exception_view, owner, person_ref, NULLABLE, .doc = "Who is accountable"),
	F_STR(exception_view, beneficiary, NULLABLE, .doc = "For whom, when not the requester"),
	F_STR(exception_view, unit_code, NULLABLE, .doc = "Unit"),
	F_STR(exception_view, unit_name, NULLABLE, .doc = "Unit"),
	F_I64(exception_view, asset_id, NULLABLE, .doc = "Asset"),
	F_STR(exception_view, asset_name, NULLABLE, .doc = "Asset"),
	F_STR(exception_view, document_key, NULLABLE, .doc = "Document deviated from"),
	F_STR(exception_view, document_title, NULLABLE, .doc = "Document deviated from"),
	F_STR(exception_view, document_version, NULLABLE, .doc = "Its version at submission"),
	F_BOOL(exception_view, document_changed, .doc = "The text has changed since"),
	F_ARRAY(exception_view, clauses, clause, .doc = "Clauses deviated from, as of that version"),
	F_ENUM(exception_view, cause, cause, NULLABLE, .doc = "Why the rule cannot be followed"),
	F_JSON(exception_view, content, NULLABLE, .doc = "What the requester states"),
	F_TIME(exception_view, created_at, .doc = "Draft created"),
	F_TIME(exception_view, submitted_at, NULLABLE, .doc = "Sent for approval"),
	F_TIME(exception_view, decided_at, NULLABLE, .doc = "Outcome"),
	F_TIME(exception_view, updated_at, .doc = "Last change"),
	F_DATE(exception_view, requested_from, NULLABLE, .doc = "First day asked for"),
	F_DATE(exception_view, requested_until, NULLABLE, .doc = "Last day asked for"),
	F_DATE(exception_view, effective_on, NULLABLE, .doc = "First day"),
	F_DATE(exception_view, expires_on, NULLABLE, .doc = "Last day"),
	F_DATE(exception_view, latest_until, NULLABLE, .doc = "Latest last day the limits allow today"),
	F_I64(exception_view, max_days, NULLABLE, .doc = "Longest term in days"),
	F_ENUM(exception_view, severity, severity, NULLABLE, .doc = "Severity of the vulnerability"),
	F_DATE(exception_view, sla_due_on, NULLABLE, .doc = "Day the SLA ends"),
	F_I64(exception_view, days_beyond_sla, NULLABLE, .doc = "Days the last day lies beyond the SLA"),
	F_I64(exception_view, sla_breached_days, NULLABLE, .doc = "Days past the SLA when submitted"),
	F_I64(exception_view, risk_before, NULLABLE, .doc = "Score before controls"),
	F_I64(exception_view, risk, NULLABLE, .doc = "Residual score"),
	F_ENUM(exception_view, band, risk_band, NULLABLE, .doc = "Band of the residual score"),
	F_BOOL(exception_view, confidential, .doc = "Seen by its chain only"),
	F_ARRAY(exception_view, findings, finding, .doc = "Recorded findings"),
	F_ARRAY(exception_view, decisions, decision, .doc = "Decisions"),
	F_ENUM(exception_view, decided_as, verdict, NULLABLE, .doc = "Decided; the outcome is still to come"),
	F_ARRAY(exception_view, votes, vote, .doc = "Votes, newest version first"),
	F_ARRAY(exception_view, records, stage_record, .doc = "What was recorded in the stages"),
	F_ARRAY(exception_view, letters, letter, .doc = "Letters"),
	F_STR(exception_view, letter_title, .flags = FIELD_OMIT, .doc = "Subject to start a letter from"),
	F_STR(exception_view, letter_body, .flags = FIELD_OMIT, .doc = "Text to start a letter from"),
	F_ARRAY(exception_view, work_items, work_item, .doc = "What the outcome left open"),
	F_DATE(exception_view, implemented_on, NULLABLE, .doc = "Day it was put in place"),
	F_BOOL(exception_view, undocumented, .doc = "Imported; its content is still to be completed (M-28)"),
	F_BOOL(exception_view, may_document, .doc = "The reader may complete the content of this imported exception"),
	F_STR(exception_view, legacy_decider, NULLABLE, .doc = "Imported: who is said to have decided; this register did not verify it"),
	F_ARRAY(exception_view, risks, risk, .doc = "Entries in the risk register"),
	F_STR(exception_view, acting_for, NULLABLE, .doc = "On whose behalf the reader would decide; null: on nobody else's"),
	F_ARRAY(exception_view, allowed_actions, allowed_action, .doc = "What the reader may do now, and why not"),
	F_ARRAY(exception_view, faults, fault, .doc = "What it still owes, when the reader may edit it"),
};
const struct schema exception_view_schema = SCHEMA(exception_view, exception_view_fields, "An exception");
/* clang-format on */
