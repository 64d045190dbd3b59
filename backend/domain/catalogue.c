/* Field tables of the catalogue rows. */
#include "domain/catalogue.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define INTERNAL .flags = FIELD_INTERNAL

static const struct field document_row_fields[] = {
	F_I64(document_row, id, INTERNAL, .doc = "Identifier"),
	F_STR(document_row, document_key, .doc = "Key"),
	F_STR(document_row, title, .doc = "Title"),
	F_ENUM(document_row, kind, document_kind, .doc = "Policy, standard or procedure"),
	F_ENUM(document_row, domain, domain, .doc = "Domain"),
	F_STR(document_row, version, .doc = "Published version"),
	F_BOOL(document_row, exceptions_allowed, .doc = "Exceptions may be asked for"),
	F_STR(document_row, exception_note, NULLABLE, .doc = "When exceptions are allowed, or why not"),
	F_STR(document_row, exception_types, NULLABLE, .doc = "Types of exception it allows"),
	F_STR(document_row, distribution, NULLABLE, .doc = "Kinds of people it is meant for"),
	F_I64(document_row, max_term_days, NULLABLE, .doc = "Longest term it allows, in days"),
	F_DATE(document_row, published_on, NULLABLE, .doc = "Day it was published"),
	F_STR(document_row, owner_name, NULLABLE, .doc = "Owner"),
	F_I64(document_row, clause_count, .doc = "Clauses of the published version"),
};
const struct schema document_row_schema = SCHEMA(document_row, document_row_fields, "A document");

static const struct field sla_row_fields[] = {
	F_ENUM(sla_row, severity, severity, .doc = "Severity"),
	F_I64(sla_row, days, .doc = "Days to remediate"),
};
const struct schema sla_row_schema = SCHEMA(sla_row, sla_row_fields, "Time to remediate");

static const struct field procedure_row_fields[] = {
	F_I64(procedure_row, id, .doc = "Identifier of the version"),
	F_STR(procedure_row, procedure_key, .doc = "Key"),
	F_I64(procedure_row, version, .doc = "Version"),
	F_STR(procedure_row, body, .max = 65536, .doc = "The procedure as JSON"),
};
const struct schema procedure_row_schema = SCHEMA(procedure_row, procedure_row_fields, "A version of a procedure");

static const struct field procedure_version_row_fields[] = {
	F_I64(procedure_version_row, id, INTERNAL, .doc = "Identifier of the version"),
	F_STR(procedure_version_row, procedure_key, .doc = "Key"),
	F_I64(procedure_version_row, version, .doc = "Version"),
	F_STR(procedure_version_row, title, .doc = "Title"),
	F_BOOL(procedure_version_row, published, .doc = "In force when it is the newest"),
	F_TIME(procedure_version_row, created_at, .doc = "When it was published"),
	F_STR(procedure_version_row, created_by, NULLABLE, .doc = "Who published it"),
	F_STR(procedure_version_row, hash, .doc = "SHA-256 of the document"),
};
const struct schema procedure_version_row_schema = SCHEMA(procedure_version_row, procedure_version_row_fields, "A version of a procedure");

static const struct field world_role_fields[] = {
	F_STR(world_role, role, .doc = "Key"),
	F_BOOL(world_role, held, .doc = "Somebody is known to hold it"),
};
const struct schema world_role_schema = SCHEMA(world_role, world_role_fields, "A role that can act in a stage");

static const struct field world_document_fields[] = {
	F_STR(world_document, document_key, .doc = "Key"),
	F_I64(world_document, max_term_days, NULLABLE, .doc = "Longest term"),
};
const struct schema world_document_schema = SCHEMA(world_document, world_document_fields, "A published document");

static const struct field asset_row_fields[] = {
	F_I64(asset_row, id, .doc = "Identifier"),
	F_STR(asset_row, name, .doc = "Name"),
	F_STR(asset_row, kind, .doc = "Kind"),
	F_ENUM(asset_row, criticality, severity, .doc = "Criticality"),
	F_I64(asset_row, owner_id, NULLABLE, .doc = "Recorded owner"),
	F_STR(asset_row, owner_name, NULLABLE, .doc = "Recorded owner"),
	F_I64(asset_row, unit_id, INTERNAL, .doc = "Unit"),
	F_STR(asset_row, unit_code, NULLABLE, .doc = "Unit"),
	F_STR(asset_row, unit_name, NULLABLE, .doc = "Unit"),
	F_BOOL(asset_row, mine, .doc = "The reader owns it"),
};
const struct schema asset_row_schema = SCHEMA(asset_row, asset_row_fields, "An asset");

static const struct field unit_row_fields[] = {
	F_I64(unit_row, id, INTERNAL, .doc = "Identifier"),
	F_STR(unit_row, code, .doc = "Code"),
	F_STR(unit_row, name, .doc = "Name"),
	F_STR(unit_row, parent, NULLABLE, .doc = "Code of the unit above"),
	F_I64(unit_row, depth, .doc = "Levels above it"),
};
const struct schema unit_row_schema = SCHEMA(unit_row, unit_row_fields, "A unit");

static const struct field owner_row_fields[] = {
	F_I64(owner_row, id, .doc = "Identifier"),
	F_STR(owner_row, name, .doc = "Name"),
	F_STR(owner_row, unit, NULLABLE, .doc = "Unit"),
};
const struct schema owner_row_schema = SCHEMA(owner_row, owner_row_fields, "A person");

static const struct field holder_row_fields[] = {
	F_I64(holder_row, id, .doc = "Identifier"),
	F_STR(holder_row, name, .doc = "Name"),
	F_BOOL(holder_row, related, .doc = "Acts for a party, or is acted for by one"),
};
const struct schema holder_row_schema = SCHEMA(holder_row, holder_row_fields, "Somebody who holds the role of a stage");

static const struct field profile_fields[] = {
	F_I64(profile, id, .doc = "Identifier"),
	F_STR(profile, uid, .doc = "Directory name"),
	F_STR(profile, name, .doc = "Name"),
	F_STR(profile, title, NULLABLE, .doc = "Job title"),
	F_STR(profile, mail, NULLABLE, .doc = "Mail address"),
	F_I64(profile, unit_id, INTERNAL, .doc = "Unit"),
	F_STR(profile, unit_code, NULLABLE, .doc = "Unit"),
	F_STR(profile, unit_name, NULLABLE, .doc = "Unit"),
};
const struct schema profile_schema = SCHEMA(profile, profile_fields, "The signed-in person");

static const struct field held_role_fields[] = {
	F_STR(held_role, role, .doc = "Key of the role"),
	F_STR(held_role, title, .doc = "Name of the role"),
	F_ENUM(held_role, class, role_class, .doc = "Permission class"),
	F_STR(held_role, unit, NULLABLE, .doc = "Only for this unit and those below it"),
	F_ENUM(held_role, domain, domain, NULLABLE, .doc = "Only for documents of this domain"),
	F_STR(held_role, document, NULLABLE, .doc = "Only for this document"),
	F_STR(held_role, group_name, NULLABLE, .doc = "Directory group it comes from; null: held by name"),
	F_DATE(held_role, until_on, NULLABLE, .doc = "Last day of a role held by name; null: open"),
	F_STR(held_role, on_behalf_of, NULLABLE, .doc = "Whose role it is, for whom they act; null: their own"),
};
const struct schema held_role_schema = SCHEMA(held_role, held_role_fields, "A role a person holds");

static const struct field queue_row_fields[] = {
	F_I64(queue_row, id, INTERNAL, .doc = "Identifier"),
	F_STR(queue_row, number, .doc = "Number"),
	F_STR(queue_row, title, .doc = "One line"),
	F_ENUM(queue_row, domain, domain, .doc = "Domain"),
	F_STR(queue_row, document_key, NULLABLE, .doc = "Document"),
	F_STR(queue_row, document_title, NULLABLE, .doc = "Document"),
	F_STR(queue_row, unit_code, NULLABLE, .doc = "Unit"),
	F_STR(queue_row, unit_name, NULLABLE, .doc = "Unit"),
	F_STR(queue_row, owner_name, .doc = "Owner"),
	F_STR(queue_row, requester_name, .doc = "Requester"),
	F_I64(queue_row, risk, .doc = "Residual score"),
	F_ENUM(queue_row, band, risk_band, NULLABLE, .doc = "Band of the score"),
	F_DATE(queue_row, requested_until, NULLABLE, .doc = "Last day asked for"),
	F_TIME(queue_row, submitted_at, NULLABLE, .doc = "When it was sent"),
	F_I64(queue_row, stage, .doc = "Stage"),
	F_I64(queue_row, procedure_id, INTERNAL, .doc = "Procedure"),
	F_STR(queue_row, stage_title, NULLABLE, .doc = "Heading of the stage"),
	F_DATE(queue_row, stage_due_on, INTERNAL, .doc = "Sort key"),
	F_DATE(queue_row, due_on, NULLABLE, .doc = "Day the stage is due"),
	F_I64(queue_row, overdue_days, NULLABLE, .doc = "Days past the due day"),
	F_I64(queue_row, sla_breached_days, NULLABLE, .doc = "Days past the SLA when submitted"),
	F_BOOL(queue_row, own, .doc = "The reader cannot decide it"),
	F_I64(queue_row, findings_done, .doc = "Findings recorded"),
	F_I64(queue_row, findings_owed, .doc = "Findings owed"),
};
const struct schema queue_row_schema = SCHEMA(queue_row, queue_row_fields, "A request that waits for a decision");

static const struct field draft_row_fields[] = {
	F_I64(draft_row, id, INTERNAL, .doc = "Identifier"),
	F_STR(draft_row, number, .doc = "Number"),
	F_STR(draft_row, title, .doc = "One line"),
	F_TIME(draft_row, updated_at, .doc = "Last change"),
	F_ENUM(draft_row, request_state, request_state, .doc = "Where it stands"),
};
const struct schema draft_row_schema = SCHEMA(draft_row, draft_row_fields, "An own request");

static const struct field own_row_fields[] = {
	F_I64(own_row, id, INTERNAL, .doc = "Identifier"),
	F_STR(own_row, number, .doc = "Number"),
	F_STR(own_row, title, .doc = "One line"),
	F_ENUM(own_row, status, status, .doc = "Register status, computed"),
	F_ENUM(own_row, request_state, request_state, .doc = "Where the request stands"),
	F_I64(own_row, fact, INTERNAL, .doc = "Stored facts folded"),
	F_DATE(own_row, requested_until, NULLABLE, .doc = "Last day asked for"),
	F_DATE(own_row, effective_on, NULLABLE, .doc = "First day"),
	F_DATE(own_row, expires_on, NULLABLE, .doc = "Last day"),
	F_DATE(own_row, holds_until, INTERNAL, .doc = "Last day it may hold"),
	F_TIME(own_row, updated_at, .doc = "Last change"),
};
const struct schema own_row_schema = SCHEMA(own_row, own_row_fields, "An own request or exception");

static const struct field notice_row_fields[] = {
	F_STR(notice_row, id, .doc = "Identifier"),
	F_STR(notice_row, kind, .doc = "What happened"),
	F_I64(notice_row, exception_id, INTERNAL, .doc = "Exception"),
	F_I64(notice_row, violation_id, INTERNAL, .doc = "Violation"),
	F_STR(notice_row, number, NULLABLE, .doc = "Number"),
	F_STR(notice_row, detail, NULLABLE, .max = 4000, .doc = "Reason or remark"),
	F_TIME(notice_row, created_at, .doc = "When"),
};
const struct schema notice_row_schema = SCHEMA(notice_row, notice_row_fields, "A notice");
/* clang-format on */
