/* Field tables of the catalogue's views. */
#include "api/view_catalogue.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define NEXT_CURSOR(list) F_STR(list, next_cursor, NULLABLE, .doc = "Where the next page starts; null on the last one")

static const struct field unit_ref_fields[] = {
	F_STR(unit_ref, code, .doc = "Code"),
	F_STR(unit_ref, name, .doc = "Name"),
};
const struct schema unit_ref_schema = SCHEMA(unit_ref, unit_ref_fields, "A unit");

static const struct field owner_ref_fields[] = {
	F_I64(owner_ref, id, .flags = FIELD_OMIT | FIELD_NULLABLE, .doc = "Identifier"),
	F_STR(owner_ref, name, .doc = "Name"),
};
const struct schema owner_ref_schema = SCHEMA(owner_ref, owner_ref_fields, "Who is accountable");

static const struct field procedure_brief_fields[] = {
	F_STR(procedure_brief, key, .doc = "Key"),
	F_I64(procedure_brief, version, .doc = "Version in force"),
	F_STR(procedure_brief, number, .doc = "Number on paper"),
	F_STR(procedure_brief, title, .doc = "Title"),
	F_STR(procedure_brief, parent, NULLABLE, .doc = "Group it belongs to"),
	F_I64(procedure_brief, order, NULLABLE, .doc = "Place in the group"),
	F_ENUM(procedure_brief, type, exception_type, .doc = "Type of exception it takes"),
	F_STR(procedure_brief, domain, NULLABLE, .doc = "The domain when it takes only one"),
	F_STRS(procedure_brief, domains, .doc = "Domains it takes"),
	F_STR(procedure_brief, summary, .doc = "When to use it"),
	F_ENUM(procedure_brief, layout, layout, .doc = "One page or a task list"),
	F_I64(procedure_brief, step_count, .doc = "Steps, the request and the register included"),
};
const struct schema procedure_brief_schema = SCHEMA(procedure_brief, procedure_brief_fields, "A procedure in a list");

static const struct field procedure_list_fields[] = {
	F_ARRAY(procedure_list, items, procedure_brief, .doc = "By group and place in it"),
	NEXT_CURSOR(procedure_list),
};
const struct schema procedure_list_schema = SCHEMA(procedure_list, procedure_list_fields, "Procedures in force");

static const struct field field_view_fields[] = {
	F_STR(field_view, key, .doc = "Member of the content"),
	F_STR(field_view, label, .doc = "Question"),
	F_STR(field_view, hint, NULLABLE, .doc = "Help under the question"),
	F_BOOL(field_view, required, .doc = "Owed before submission"),
	F_ENUM(field_view, kind, field_kind, .doc = "How it is asked"),
};
const struct schema field_view_schema = SCHEMA(field_view, field_view_fields, "A field of the form");

static const struct field section_view_fields[] = {
	F_STR(section_view, key, .doc = "Key"),
	F_STR(section_view, title, .doc = "Heading"),
	F_STR(section_view, stage, NULLABLE, .doc = "Form stage that opens it; none: open at once"),
	F_ARRAY(section_view, fields, field_view, .doc = "Fields in order"),
};
const struct schema section_view_schema = SCHEMA(section_view, section_view_fields, "A section of the form");

static const struct field form_view_fields[] = {
	F_ARRAY(form_view, sections, section_view, .doc = "Sections in order"),
};
const struct schema form_view_schema = SCHEMA(form_view, form_view_fields, "The form of a procedure");

static const struct field finding_kind_fields[] = {
	F_STR(finding_kind, key, .doc = "Key"),
	F_STR(finding_kind, label, .doc = "What is judged"),
	F_STR(finding_kind, hint, NULLABLE, .doc = "What to look at"),
};
const struct schema finding_kind_schema = SCHEMA(finding_kind, finding_kind_fields, "A finding owed before the decision");

static const struct field stage_view_fields[] = {
	F_STR(stage_view, key, .doc = "Key"),
	F_ENUM(stage_view, kind, stage_kind, .doc = "What happens in it"),
	F_STR(stage_view, title, .doc = "Heading"),
	F_STR(stage_view, role, .doc = "Role that acts"),
	F_STR(stage_view, role_title, NULLABLE, .doc = "The role in words"),
	F_STR(stage_view, what, .doc = "What is expected"),
	F_I64(stage_view, time_limit_days, NULLABLE, .doc = "Days to act"),
	F_ARRAY(stage_view, findings, finding_kind, .doc = "Findings owed"),
};
const struct schema stage_view_schema = SCHEMA(stage_view, stage_view_fields, "A stage of a procedure");

static const struct field procedure_view_fields[] = {
	F_STR(procedure_view, key, .doc = "Key"),
	F_I64(procedure_view, version, .doc = "Version in force"),
	F_STR(procedure_view, number, .doc = "Number on paper"),
	F_STR(procedure_view, title, .doc = "Title"),
	F_STR(procedure_view, parent, NULLABLE, .doc = "Group it belongs to"),
	F_I64(procedure_view, order, NULLABLE, .doc = "Place in the group"),
	F_ENUM(procedure_view, type, exception_type, .doc = "Type of exception it takes"),
	F_STR(procedure_view, domain, NULLABLE, .doc = "The domain when it takes only one"),
	F_STRS(procedure_view, domains, .doc = "Domains it takes"),
	F_STR(procedure_view, summary, .doc = "When to use it"),
	F_ENUM(procedure_view, layout, layout, .doc = "One page or a task list"),
	F_DATE(procedure_view, issued_on, NULLABLE, .doc = "Day of issue"),
	F_OBJECT(procedure_view, form, form_view, .doc = "What is asked"),
	F_ARRAY(procedure_view, stages, stage_view, .doc = "Stages in order"),
	F_I64(procedure_view, step_count, .doc = "Steps, the request and the register included"),
	F_OBJECT(procedure_view, term, term_rule, .doc = "Term rules"),
	F_I64(procedure_view, review_months, NULLABLE, .doc = "Months between reviews"),
	F_BOOL(procedure_view, service_request_required, .doc = "A service request is owed"),
	F_ENUM(procedure_view, risk_register, risk_register_rule, .doc = "Whether an approval makes a risk entry"),
	F_OBJECT(procedure_view, decision_labels, decision_labels, NULLABLE, .doc = "Words of this procedure"),
	F_STR(procedure_view, declaration, NULLABLE, .doc = "What the requester declares"),
	F_ARRAY(procedure_view, qualification, criterion, .doc = "Criteria of which at least one must hold"),
	F_ARRAY(procedure_view, references, reference, .doc = "References"),
	F_ARRAY(procedure_view, controls, framework_control, .doc = "Framework controls its steps satisfy"),
	F_STR(procedure_view, owner_unit, NULLABLE, .doc = "Unit that owns it"),
	F_DATE(procedure_view, revised_on, NULLABLE, .doc = "Day it was revised"),
	F_DATE(procedure_view, last_reviewed_on, NULLABLE, .doc = "Day it was last reviewed"),
	F_BOOL(procedure_view, review_stale, .doc = "It was last reviewed more than a year ago"),
	F_STRS(procedure_view, distribution, .doc = "Kinds of people who may ask; empty: everybody"),
};
const struct schema procedure_view_schema = SCHEMA(procedure_view, procedure_view_fields, "A procedure");

static const struct field document_brief_fields[] = {
	F_STR(document_brief, key, .doc = "Key"),
	F_STR(document_brief, title, .doc = "Title"),
	F_ENUM(document_brief, kind, document_kind, .doc = "Policy, standard or procedure"),
	F_ENUM(document_brief, domain, domain, .doc = "Domain"),
	F_STR(document_brief, version, .doc = "Published version"),
	F_I64(document_brief, clause_count, .doc = "Clauses of that version"),
	F_BOOL(document_brief, exceptions_allowed, .doc = "Exceptions may be asked for"),
};
const struct schema document_brief_schema = SCHEMA(document_brief, document_brief_fields, "A document in a list");

static const struct field document_list_fields[] = {
	F_ARRAY(document_list, items, document_brief, .doc = "By title"),
	NEXT_CURSOR(document_list),
};
const struct schema document_list_schema = SCHEMA(document_list, document_list_fields, "Published documents");

static const struct field document_view_fields[] = {
	F_STR(document_view, key, .doc = "Key"),
	F_STR(document_view, title, .doc = "Title"),
	F_ENUM(document_view, kind, document_kind, .doc = "Policy, standard or procedure"),
	F_ENUM(document_view, domain, domain, .doc = "Domain"),
	F_STR(document_view, version, .doc = "Published version"),
	F_DATE(document_view, published_on, NULLABLE, .doc = "Day it was published"),
	F_OBJECT(document_view, owner, owner_ref, NULLABLE, .doc = "Owner"),
	F_BOOL(document_view, exceptions_allowed, .doc = "Exceptions may be asked for"),
	F_I64(document_view, max_term_days, NULLABLE, .doc = "Longest term it allows, in days"),
	F_STR(document_view, exception_note, NULLABLE, .doc = "When exceptions are allowed, or why not"),
	F_STRS(document_view, exception_types, .doc = "Types of exception it allows; empty: every type"),
	F_STRS(document_view, distribution, .doc = "Kinds of people it is meant for; empty: everybody"),
	F_ARRAY(document_view, clauses, clause, .doc = "In the order of the document"),
	F_ARRAY(document_view, sla, sla_row, .doc = "Days allowed to remediate, by severity"),
};
const struct schema document_view_schema = SCHEMA(document_view, document_view_fields, "A published document");

static const struct field asset_view_fields[] = {
	F_I64(asset_view, id, .doc = "Identifier"),
	F_STR(asset_view, name, .doc = "Name"),
	F_STR(asset_view, kind, .doc = "Kind"),
	F_ENUM(asset_view, criticality, severity, .doc = "Criticality"),
	F_OBJECT(asset_view, owner, owner_ref, NULLABLE, .doc = "Recorded owner"),
	F_OBJECT(asset_view, unit, unit_ref, NULLABLE, .doc = "Unit that answers for it"),
	F_BOOL(asset_view, mine, .doc = "The reader is the recorded owner"),
};
const struct schema asset_view_schema = SCHEMA(asset_view, asset_view_fields, "An asset in a list");

static const struct field asset_list_fields[] = {
	F_ARRAY(asset_list, items, asset_view, .doc = "By name"),
	NEXT_CURSOR(asset_list),
};
const struct schema asset_list_schema = SCHEMA(asset_list, asset_list_fields, "Assets");

static const struct field unit_list_fields[] = {
	F_ARRAY(unit_list, items, unit_row, .doc = "A unit stands before the units below it"),
	NEXT_CURSOR(unit_list),
};
const struct schema unit_list_schema = SCHEMA(unit_list, unit_list_fields, "All units");

static const struct field owner_list_fields[] = {
	F_ARRAY(owner_list, items, owner_row, .doc = "By name"),
	NEXT_CURSOR(owner_list),
};
const struct schema owner_list_schema = SCHEMA(owner_list, owner_list_fields, "People who own exceptions");
/* clang-format on */

struct unit_ref *
unit_ref_of(struct arena *a, const char *code, const char *name)
{
	struct unit_ref *u;

	if (code == NULL)
		return NULL;
	u = ARENA_NEW(a, struct unit_ref);
	u->code = code;
	u->name = name;
	return u;
}

struct owner_ref *
owner_ref_of(struct arena *a, int64_t id, const char *name)
{
	struct owner_ref *o;

	if (name == NULL)
		return NULL;
	o = ARENA_NEW(a, struct owner_ref);
	o->id = id;
	o->name = name;
	return o;
}
