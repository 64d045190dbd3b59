/* Field tables of the rows. */
#include "domain/record.h"

/* clang-format off */
const char *const treatment_names[TREATMENT__MAX] = { NULL, "accept", "mitigate", "transfer", "avoid" };

#define NULLABLE .flags = FIELD_NULLABLE
#define INTERNAL .flags = FIELD_INTERNAL
static const struct field exception_fields[] = {
	F_I64(exception, id, .doc = "year * 10^7 + sequence"),
	F_I64(exception, row_version, .doc = "Moves with every change"),
	F_I64(exception, content_version, .doc = "Moves with the content; 0 for a draft"),
	F_STR(exception, content_hash, NULLABLE, .doc = "SHA-256 of the canonical content"),
	F_I64(exception, procedure_id, .doc = "Version of the procedure it runs under"),
	F_ENUM(exception, type, exception_type, .doc = "Type"),
	F_ENUM(exception, domain, domain, .doc = "Domain of the document"),
	F_ENUM(exception, request_state, request_state, .doc = "Where the request stands"),
	F_I64(exception, stage, .doc = "Stage, 0 outside"),
	F_STR(exception, stage_role, NULLABLE, .doc = "Role that acts"),
	F_TIME(exception, stage_entered_at, NULLABLE, .doc = "When the stage began"),
	F_DATE(exception, stage_due_on, NULLABLE, .doc = "Day the stage is due"),
	F_STR(exception, title, .doc = "One line"),
	F_I64(exception, requester_id, .doc = "Who asks"),
	F_STR(exception, requester_name, NULLABLE, .doc = "Name"),
	F_STR(exception, requester_title, NULLABLE, .doc = "Job title"),
	F_STR(exception, requester_unit, NULLABLE, .doc = "Unit"),
	F_I64(exception, owner_id, .doc = "Who is accountable"),
	F_STR(exception, owner_name, NULLABLE, .doc = "Name"),
	F_STR(exception, owner_title, NULLABLE, .doc = "Job title"),
	F_STR(exception, owner_unit, NULLABLE, .doc = "Unit"),
	F_I64(exception, beneficiary_id, NULLABLE, .doc = "For whom, when not the requester"),
	F_STR(exception, beneficiary_name, NULLABLE, .doc = "Name"),
	F_I64(exception, edited_by_id, .doc = "Who edited the version under decision"),
	F_I64(exception, unit_id, NULLABLE, .doc = "Unit it is for"),
	F_STR(exception, unit_code, NULLABLE, .doc = "Code"),
	F_STR(exception, unit_name, NULLABLE, .doc = "Name"),
	F_I64(exception, asset_id, NULLABLE, .doc = "Asset"),
	F_STR(exception, asset_name, NULLABLE, .doc = "Name"),
	F_I64(exception, document_id, NULLABLE, .doc = "Document deviated from"),
	F_STR(exception, document_key, NULLABLE, .doc = "Key"),
	F_STR(exception, document_title, NULLABLE, .doc = "Title"),
	F_STR(exception, document_version, NULLABLE, .doc = "Version at submission"),
	F_STR(exception, document_current, NULLABLE, .doc = "Version published now"),
	F_I64(exception, document_max_days, NULLABLE, .doc = "Longest term the document allows"),
	F_ENUM(exception, cause, cause, NULLABLE, .doc = "Why the rule cannot be followed"),
	F_ENUM(exception, severity, severity, NULLABLE, .doc = "Severity of the vulnerability"),
	F_STR(exception, vulnerability, NULLABLE, .doc = "Identifier of the vulnerability"),
	F_STR(exception, service_request, NULLABLE, .doc = "Service request"),
	F_DATE(exception, detected_on, NULLABLE, .doc = "Day it was found"),
	F_DATE(exception, sla_due_on, NULLABLE, .doc = "Day the SLA ends"),
	F_I64(exception, sla_breached_days, NULLABLE, .doc = "Days past the SLA when submitted"),
	F_I64(exception, risk_before, NULLABLE, .doc = "Score before controls"),
	F_I64(exception, risk, .doc = "Residual score"),
	F_BOOL(exception, confidential, .doc = "Seen by its chain only"),
	F_DATE(exception, requested_from, NULLABLE, .doc = "First day asked for"),
	F_DATE(exception, requested_until, NULLABLE, .doc = "Last day asked for"),
	F_DATE(exception, effective_on, NULLABLE, .doc = "First day"),
	F_DATE(exception, expires_on, NULLABLE, .doc = "Last day"),
	F_ENUM(exception, outcome, outcome, .doc = "Outcome"),
	F_ENUM(exception, decided_as, verdict, NULLABLE, .doc = "Decided; the outcome is still to come"),
	F_I64(exception, stage_days_left, NULLABLE, .doc = "Days left of the limit while it is returned"),
	F_DATE(exception, implemented_on, NULLABLE, .doc = "Day it was put in place"),
	F_BOOL(exception, undocumented, .doc = "Imported; its content is still to be completed"),
	F_STR(exception, legacy_decider, NULLABLE, .doc = "Who is said to have decided, unverified; null unless imported"),
	F_BOOL(exception, suspended, .doc = "Suspended"),
	F_ENUM(exception, ended_as, ended_as, .doc = "How it ended early"),
	F_DATE(exception, ended_on, NULLABLE, .doc = "Last day it held"),
	F_I64(exception, chain_id, NULLABLE, .doc = "First term of the chain"),
	F_I64(exception, previous_id, NULLABLE, .doc = "Term before this one"),
	F_I64(exception, term_no, .doc = "Term in the chain"),
	F_I64(exception, copied_from_id, NULLABLE, .doc = "Request it was copied from"),
	F_TIME(exception, created_at, .doc = "Draft created"),
	F_TIME(exception, submitted_at, NULLABLE, .doc = "Submitted"),
	F_TIME(exception, decided_at, NULLABLE, .doc = "Decided"),
	F_TIME(exception, updated_at, .doc = "Last change"),
	F_I64(exception, fact, .doc = "Stored facts folded"),
	F_DATE(exception, holds_until, .doc = "Last day it may hold"),
	F_STR(exception, draft_content, NULLABLE, .doc = "Content of a draft"),
	F_STR(exception, content, NULLABLE, .doc = "Canonical content of the version"),
	F_STR(exception, unit_ids, NULLABLE, .doc = "Affected units with all their ancestors"),
	F_I64(exception, my_parts, .doc = "Parts the reader takes, as bits"),
};
const struct schema exception_schema = SCHEMA(exception, exception_fields, "An exception");

static const struct field clause_fields[] = {
	F_I64(clause, id, INTERNAL, .doc = "Identifier"),
	F_I64(clause, root_id, INTERNAL, .doc = "First version of the clause"),
	F_I64(clause, document_id, INTERNAL, .doc = "Document"),
	F_STR(clause, ref, .doc = "Reference in the document"),
	F_STR(clause, title, .doc = "Heading"),
	F_STR(clause, text, .doc = "The statement, as of that version"),
	F_BOOL(clause, changed, INTERNAL, .doc = "Another text is published now"),
};
const struct schema clause_schema = SCHEMA(clause, clause_fields, "A clause of a document");

static const struct field finding_fields[] = {
	F_STR(finding, kind, .doc = "Key of the finding"),
	F_STR(finding, label, NULLABLE, .doc = "What is judged"),
	F_ENUM(finding, judgement, judgement, .doc = "Which way it points"),
	F_STR(finding, text, .doc = "The judgement in words"),
	F_I64(finding, author_id, INTERNAL, .doc = "Author"),
	F_STR(finding, author, .doc = "Who recorded it"),
	F_TIME(finding, created_at, .doc = "When"),
	F_I64(finding, content_version, .doc = "Version it speaks of"),
	F_I64(finding, stage, .doc = "Stage"),
};
const struct schema finding_schema = SCHEMA(finding, finding_fields, "A recorded finding");

static const struct field condition_fields[] = {
	F_I64(condition, content_version, INTERNAL, .doc = "Version decided on"),
	F_I64(condition, stage, INTERNAL, .doc = "Stage"),
	F_STR(condition, text, .flags = FIELD_REQUIRED, .max = 1000, .doc = "What must be done or kept"),
	F_STR(condition, owner, .flags = FIELD_REQUIRED, .max = 200, .doc = "Who sees to it"),
	F_DATE(condition, due_on, NULLABLE, .doc = "Last day for it; null as long as the exception holds"),
};
const struct schema condition_schema = SCHEMA(condition, condition_fields, "A condition of an approval");

static const struct field decision_fields[] = {
	F_I64(decision, content_version, .doc = "Version decided on"),
	F_I64(decision, stage, .doc = "Stage"),
	F_STR(decision, stage_title, NULLABLE, .doc = "Heading of the stage"),
	F_ENUM(decision, verdict, verdict, .doc = "What was decided"),
	F_STR(decision, reason, .doc = "Why"),
	F_STR(decision, precedent_reason, NULLABLE, .doc = "Why it departs from its precedents (M-24)"),
	F_DATE(decision, expires_on, NULLABLE, .doc = "Last day granted"),
	F_STR(decision, content_hash, .doc = "SHA-256 of the content decided on"),
	F_I64(decision, decider_id, INTERNAL, .doc = "Decider"),
	F_STR(decision, decider_name, .doc = "Who decided"),
	F_STR(decision, decider_title, NULLABLE, .doc = "Job title then"),
	F_STR(decision, decider_groups, INTERNAL, .doc = "Groups then"),
	F_STR(decision, role, .doc = "Role key"),
	F_STR(decision, role_title, .doc = "Role then"),
	F_I64(decision, mapping_id, INTERNAL, .doc = "Mapping that gave the role"),
	F_I64(decision, designation_id, .flags = FIELD_INTERNAL | FIELD_NULLABLE, .doc = "Designation that gave the role"),
	F_I64(decision, delegation_id, .flags = FIELD_INTERNAL | FIELD_NULLABLE, .doc = "Delegation by which the decider acted"),
	F_I64(decision, on_behalf_of_id, .flags = FIELD_INTERNAL | FIELD_NULLABLE, .doc = "For whom"),
	F_STR(decision, on_behalf_of, NULLABLE, .doc = "For whom the decider acted; null: for nobody else"),
	F_I64(decision, procedure_id, INTERNAL, .doc = "Version of the procedure"),
	F_TIME(decision, decided_at, .doc = "When"),
	F_ARRAY(decision, conditions, condition, .doc = "What the approval asks for (M-18)"),
};
const struct schema decision_schema = SCHEMA(decision, decision_fields, "A decision");

static const struct field vote_fields[] = {
	F_I64(vote, content_version, .doc = "Version voted on"),
	F_I64(vote, stage, .doc = "Stage"),
	F_I64(vote, voter_id, INTERNAL, .doc = "Voter"),
	F_STR(vote, voter, .doc = "Who voted"),
	F_I64(vote, on_behalf_of_id, .flags = FIELD_INTERNAL | FIELD_NULLABLE, .doc = "For whom"),
	F_STR(vote, on_behalf_of, NULLABLE, .doc = "For whom they voted; null: for nobody else"),
	F_STR(vote, role, .doc = "Role key"),
	F_STR(vote, role_title, .doc = "Role then"),
	F_ENUM(vote, ballot, ballot, .doc = "Which way"),
	F_STR(vote, reason, .doc = "Why"),
	F_TIME(vote, voted_at, .doc = "When"),
};
const struct schema vote_schema = SCHEMA(vote, vote_fields, "A vote");

static const struct field stage_record_fields[] = {
	F_I64(stage_record, id, .doc = "Identifier"),
	F_STR(stage_record, stage, .doc = "Key of the stage"),
	F_STR(stage_record, record, .doc = "Key of what it records"),
	F_STR(stage_record, label, NULLABLE, .doc = "What it records"),
	F_STR(stage_record, text, NULLABLE, .doc = "In words"),
	F_DATE(stage_record, on_day, NULLABLE, .doc = "Day it was held, answered or noted"),
	F_STR(stage_record, reference, NULLABLE, .doc = "Where it is noted"),
	F_STR(stage_record, people, NULLABLE, .doc = "Who was there, who answered, or who got it"),
	F_STR(stage_record, topics, NULLABLE, .doc = "Topics covered, one a line"),
	F_I64(stage_record, content_version, .doc = "Version it was recorded under"),
	F_I64(stage_record, author_id, INTERNAL, .doc = "Author"),
	F_STR(stage_record, author, .doc = "Who recorded it"),
	F_TIME(stage_record, recorded_at, .doc = "When"),
};
const struct schema stage_record_schema = SCHEMA(stage_record, stage_record_fields, "A record of a stage");

const char *const letter_state_names[LETTER_STATE__MAX] = { NULL, "drafted", "reviewed", "sent" };

static const struct field letter_fields[] = {
	F_I64(letter, id, INTERNAL, .doc = "year * 10^7 + sequence"),
	F_STR(letter, number, NULLABLE, .doc = "Number of the letter"),
	F_STR(letter, stage, .doc = "Key of the stage"),
	F_ENUM(letter, state, letter_state, .doc = "Drafted, reviewed or sent"),
	F_STR(letter, title, .doc = "Subject"),
	F_STR(letter, body, .doc = "Text"),
	F_STR(letter, addressees, NULLABLE, .doc = "Who gets it; as of the sending once sent"),
	F_I64(letter, drafter_id, INTERNAL, .doc = "Drafter"),
	F_STR(letter, drafter, .doc = "Who wrote it"),
	F_TIME(letter, drafted_at, .doc = "When it was written"),
	F_STR(letter, reviewer, NULLABLE, .doc = "Who reviewed it"),
	F_TIME(letter, reviewed_at, NULLABLE, .doc = "When it was reviewed"),
	F_STR(letter, sender, NULLABLE, .doc = "Who sent it"),
	F_TIME(letter, sent_at, NULLABLE, .doc = "When it was sent"),
	F_STR(letter, hash, NULLABLE, .doc = "SHA-256 of subject and text as sent"),
};
const struct schema letter_schema = SCHEMA(letter, letter_fields, "A letter");

static const struct field work_item_fields[] = {
	F_I64(work_item, id, .doc = "Identifier"),
	F_STR(work_item, title, .doc = "What stays to be done"),
	F_STR(work_item, what, .doc = "What is expected"),
	F_STR(work_item, role, .doc = "Role that looks after it"),
	F_STR(work_item, role_title, NULLABLE, .doc = "Role in words"),
	F_I64(work_item, owner_id, INTERNAL, .doc = "Owner"),
	F_STR(work_item, owner, NULLABLE, .doc = "Who has taken it"),
	F_STR(work_item, plan, NULLABLE, .doc = "How it will be done"),
	F_TIME(work_item, opened_at, .doc = "Opened with the outcome"),
	F_TIME(work_item, closed_at, NULLABLE, .doc = "When it ended"),
	F_STR(work_item, closed_by, NULLABLE, .doc = "Who closed it"),
	F_STR(work_item, solution, NULLABLE, .doc = "The solution agreed"),
	F_I64(work_item, row_version, .doc = "Moves with every change"),
};
const struct schema work_item_schema = SCHEMA(work_item, work_item_fields, "A work item that an outcome left open");

static const struct field risk_fields[] = {
	F_I64(risk, id, INTERNAL, .doc = "year * 10^7 + sequence"),
	F_STR(risk, number, NULLABLE, .doc = "Number in the risk register"),
	F_STR(risk, title, .doc = "One line"),
	F_STR(risk, description, .doc = "What could happen"),
	F_BOOL(risk, confidentiality, .doc = "Confidentiality is at risk"),
	F_BOOL(risk, integrity, .doc = "Integrity is at risk"),
	F_BOOL(risk, availability, .doc = "Availability is at risk"),
	F_I64(risk, likelihood_before, .doc = "Before controls, 1 to 5"),
	F_I64(risk, impact_before, .doc = "Before controls, 1 to 5"),
	F_I64(risk, likelihood_after, .doc = "With controls, 1 to 5"),
	F_I64(risk, impact_after, .doc = "With controls, 1 to 5"),
	F_ENUM(risk, treatment, treatment, .doc = "Treatment"),
	F_I64(risk, owner_id, INTERNAL, .doc = "Owner"),
	F_STR(risk, owner_name, NULLABLE, .doc = "Owner"),
	F_I64(risk, unit_id, INTERNAL, .doc = "Unit"),
	F_TIME(risk, opened_at, .doc = "When it was entered"),
	F_DATE(risk, review_on, NULLABLE, .doc = "Last day of the exception behind it"),
};
const struct schema risk_schema = SCHEMA(risk, risk_fields, "A row of the risk register");

static const struct field history_event_fields[] = {
	F_STR(history_event, id, .doc = "Identifier of the event"),
	F_TIME(history_event, at, .doc = "When"),
	F_STR(history_event, actor, .doc = "Who"),
	F_STR(history_event, action, .doc = "What was done"),
	F_STR(history_event, detail, .doc = "In words"),
	F_BOOL(history_event, refused, .doc = "It was refused"),
};
const struct schema history_event_schema = SCHEMA(history_event, history_event_fields, "An event in the life of an exception");

static const struct field id_row_fields[] = { F_I64(id_row, id, NULLABLE, .doc = "Identifier") };
const struct schema id_row_schema = SCHEMA(id_row, id_row_fields, "An identifier");
static const struct field count_row_fields[] = { F_I64(count_row, n, .doc = "Number of rows") };
const struct schema count_row_schema = SCHEMA(count_row, count_row_fields, "A count");
static const struct field text_row_fields[] = { F_STR(text_row, text, NULLABLE, .doc = "Text") };
const struct schema text_row_schema = SCHEMA(text_row, text_row_fields, "A text");
/* clang-format on */

const char *
risk_number(struct arena *a, int64_t id)
{
	return arena_printf(a, "R-%04lld-%05lld", (long long)(id / NUMBER_YEAR),
	    (long long)(id % NUMBER_YEAR));
}

const char *
letter_number(struct arena *a, int64_t id)
{
	return arena_printf(a, "L-%04lld-%05lld", (long long)(id / NUMBER_YEAR),
	    (long long)(id % NUMBER_YEAR));
}
