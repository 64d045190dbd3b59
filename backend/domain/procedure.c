/* Field tables of the procedure document, and how its parts are found. */
#include "domain/procedure.h"

#include <string.h>

/* clang-format off */
const char *const layout_names[LAYOUT__MAX] = { NULL, "one_page", "task_list" };
const char *const risk_register_rule_names[RISK_REGISTER_RULE__MAX] = { NULL, "always", "ask" };
const char *const stage_kind_names[STAGE_KIND__MAX] = {
	NULL, "assess", "respond", "form", "meet", "decide", "document", "letter", "file",
};
const char *const completion_rule_names[COMPLETION_RULE__MAX] = { NULL, "any", "all", "quorum" };
const char *const stage_after_names[STAGE_AFTER__MAX] = { NULL, "going_on", "denied", "either" };
const char *const record_kind_names[RECORD_KIND__MAX] = {
	NULL, "text", "meeting", "response", "reference", "copy", "check",
};
const char *const field_kind_names[FIELD_KIND__MAX] = {
	NULL, "text", "textarea", "enum", "date", "document", "clauses", "asset", "unit", "units",
	"vulnerability", "risk", "controls", "alternatives", "bool", "qualification", "number",
};

static const struct field form_field_fields[] = {
	F_STR(form_field, field, .flags = FIELD_REQUIRED, .max = 40, .doc = "Field of the catalogue"),
	F_STR(form_field, label, .flags = FIELD_REQUIRED, .max = 200, .doc = "Question on the form"),
	F_STR(form_field, hint, .flags = FIELD_NULLABLE, .max = 500, .doc = "Help under the question"),
	F_ENUM(form_field, kind, field_kind, .flags = FIELD_REQUIRED, .doc = "How it is asked"),
	F_BOOL(form_field, required, .doc = "Owed before submission"),
};
static const struct schema form_field_schema = SCHEMA(form_field, form_field_fields, "A field of the form");

static const struct field form_section_fields[] = {
	F_STR(form_section, section, .flags = FIELD_REQUIRED, .max = 40, .doc = "Key of the section"),
	F_STR(form_section, title, .flags = FIELD_REQUIRED, .max = 200, .doc = "Heading"),
	F_STR(form_section, stage, .flags = FIELD_NULLABLE, .max = 40, .doc = "Form stage that opens it; open at once without one"),
	F_ARRAY(form_section, fields, form_field, .flags = FIELD_REQUIRED, .min = 1, .max = 40, .doc = "Fields in order"),
};
static const struct schema form_section_schema = SCHEMA(form_section, form_section_fields, "A section of the form");

static const struct field finding_owed_fields[] = {
	F_STR(finding_owed, finding, .flags = FIELD_REQUIRED, .max = 40, .doc = "Key of the finding"),
	F_STR(finding_owed, label, .flags = FIELD_REQUIRED, .max = 200, .doc = "What is judged"),
	F_STR(finding_owed, hint, .flags = FIELD_NULLABLE, .max = 500, .doc = "What to look at"),
};
const struct schema finding_owed_schema = SCHEMA(finding_owed, finding_owed_fields, "A finding owed before the decision");

static const struct field record_owed_fields[] = {
	F_STR(record_owed, record, .flags = FIELD_REQUIRED, .max = 40, .doc = "Key of the record"),
	F_STR(record_owed, label, .flags = FIELD_REQUIRED, .max = 200, .doc = "What is recorded"),
	F_STR(record_owed, hint, .flags = FIELD_NULLABLE, .max = 500, .doc = "Help for the person who records it"),
	F_ENUM(record_owed, kind, record_kind, .flags = FIELD_REQUIRED, .doc = "Which parts it has"),
	F_I64(record_owed, least, .flags = FIELD_NULLABLE, .min = 0, .max = 20, .doc = "So many before the stage can be left"),
	F_STRS(record_owed, topics, .max = 20, .doc = "Topics that meetings must cover"),
	F_STR(record_owed, addressee, .flags = FIELD_NULLABLE, .max = 64, .doc = "Role that gets the copy"),
};
const struct schema record_owed_schema = SCHEMA(record_owed, record_owed_fields, "A record that a stage asks for");

static const struct field completion_fields[] = {
	F_ENUM(completion, rule, completion_rule, .flags = FIELD_REQUIRED, .doc = "Any holder, all roles, or a quorum"),
	F_STRS(completion, roles, .max = 8, .doc = "All: roles that sign, in this order"),
	F_STR(completion, chair, .flags = FIELD_NULLABLE, .max = 64, .doc = "Quorum: role that closes the vote"),
	F_I64(completion, least, .flags = FIELD_NULLABLE, .min = 1, .max = 50, .doc = "Quorum: votes needed"),
	F_I64(completion, of, .flags = FIELD_NULLABLE, .min = 1, .max = 50, .doc = "Quorum: seats"),
};
const struct schema completion_schema = SCHEMA(completion, completion_fields, "When a decision stage can be closed");

static const struct field stage_condition_fields[] = {
	F_I64(stage_condition, least_risk, .flags = FIELD_NULLABLE, .min = 1, .max = 25, .doc = "Residual risk of at least"),
	F_I64(stage_condition, longer_than_days, .flags = FIELD_NULLABLE, .min = 1, .max = 3660, .doc = "Term longer than so many days"),
	F_I64(stage_condition, least_term_no, .flags = FIELD_NULLABLE, .min = 2, .max = 100, .doc = "From that term on; 2 is the first renewal"),
	F_STRS(stage_condition, domains, .max = 8, .doc = "One of these domains"),
};
static const struct schema stage_condition_schema = SCHEMA(stage_condition, stage_condition_fields, "When a stage is taken");

static const struct field letter_template_fields[] = {
	F_STR(letter_template, title, .flags = FIELD_REQUIRED, .max = 200, .doc = "Subject"),
	F_STR(letter_template, addressee, .flags = FIELD_REQUIRED, .max = 64, .doc = "Role that gets it"),
	F_STR(letter_template, body, .flags = FIELD_REQUIRED, .max = 8000, .doc = "Text with {placeholders}"),
};
static const struct schema letter_template_schema = SCHEMA(letter_template, letter_template_fields, "A letter to start from");

static const struct field stage_fields[] = {
	F_STR(stage, stage, .flags = FIELD_REQUIRED, .max = 40, .doc = "Key of the stage"),
	F_ENUM(stage, kind, stage_kind, .flags = FIELD_REQUIRED, .doc = "What happens in it"),
	F_STR(stage, title, .flags = FIELD_REQUIRED, .max = 120, .doc = "Heading"),
	F_STR(stage, role, .flags = FIELD_NULLABLE, .max = 64, .doc = "Role that acts; none in a form stage"),
	F_STR(stage, deputy_role, .flags = FIELD_NULLABLE, .max = 64, .doc = "Acts when every holder is involved"),
	F_STR(stage, what, .flags = FIELD_REQUIRED, .max = 500, .doc = "What is expected"),
	F_I64(stage, time_limit_days, .flags = FIELD_NULLABLE, .min = 1, .max = 365, .doc = "Days to act"),
	F_I64(stage, reminder_days, .flags = FIELD_NULLABLE, .min = 1, .max = 365, .doc = "Reminder so many days before the limit"),
	F_STR(stage, escalation_role, .flags = FIELD_NULLABLE, .max = 64, .doc = "Role told when the limit has passed"),
	F_ENUM(stage, after, stage_after, .flags = FIELD_OMIT, .doc = "Taken unless denied, after a denial, or after either"),
	F_OBJECT(stage, applies, stage_condition, .flags = FIELD_OMIT, .doc = "When it is taken; always without this"),
	F_OBJECT(stage, completion, completion, .flags = FIELD_OMIT, .doc = "Who must have said so; any one holder without this"),
	F_STRS(stage, not_same_as, .max = 12, .doc = "Stages whose actors may not act here"),
	F_ARRAY(stage, findings, finding_owed, .max = 10, .doc = "Findings owed before the decision"),
	F_ARRAY(stage, records, record_owed, .max = 20, .doc = "Records the stage asks for"),
	F_OBJECT(stage, letter, letter_template, .flags = FIELD_OMIT, .doc = "The letter of a letter stage"),
};
static const struct schema stage_schema = SCHEMA(stage, stage_fields, "A stage of the procedure");

static const struct field term_rule_fields[] = {
	F_I64(term_rule, max_days, .flags = FIELD_REQUIRED, .min = 1, .max = 3660, .doc = "Longest first term in days"),
	F_I64(term_rule, renewal_max_days, .flags = FIELD_NULLABLE | FIELD_OMIT, .min = 1, .max = 3660, .doc = "Longest renewal in days"),
	F_I64(term_rule, total_max_days, .flags = FIELD_NULLABLE | FIELD_OMIT, .min = 1, .max = 36600, .doc = "Longest chain of terms in days"),
	F_I64(term_rule, renewals, .flags = FIELD_NULLABLE | FIELD_OMIT, .min = 0, .max = 100, .doc = "How many renewals; 0 is none"),
};
const struct schema term_rule_schema = SCHEMA(term_rule, term_rule_fields, "Term rules");

static const struct field criterion_fields[] = {
	F_STR(criterion, criterion, .flags = FIELD_REQUIRED, .max = 40, .doc = "Key of the criterion"),
	F_STR(criterion, label, .flags = FIELD_REQUIRED, .max = 500, .doc = "The criterion in words"),
	F_STR(criterion, hint, .flags = FIELD_NULLABLE, .max = 500, .doc = "What counts as evidence"),
	F_BOOL(criterion, alternatives, .doc = "The alternatives tried are owed"),
	F_BOOL(criterion, contact, .doc = "Owes with whom, and when"),
};
const struct schema criterion_schema = SCHEMA(criterion, criterion_fields, "A qualification criterion");

static const struct field work_owed_fields[] = {
	F_ENUM(work_owed, after, outcome, .flags = FIELD_REQUIRED, .doc = "Outcome that leaves it open"),
	F_STR(work_owed, title, .flags = FIELD_REQUIRED, .max = 200, .doc = "What stays to be done"),
	F_STR(work_owed, what, .flags = FIELD_REQUIRED, .max = 500, .doc = "What is expected"),
	F_STR(work_owed, role, .flags = FIELD_REQUIRED, .max = 64, .doc = "Role that looks after it"),
};
const struct schema work_owed_schema = SCHEMA(work_owed, work_owed_fields, "A work item that an outcome leaves open");

static const struct field framework_control_fields[] = {
	F_STR(framework_control, step, .flags = FIELD_REQUIRED, .max = 40, .doc = "Steps of the procedure"),
	F_STR(framework_control, framework, .flags = FIELD_REQUIRED, .max = 120, .doc = "Framework"),
	F_STR(framework_control, reference, .flags = FIELD_REQUIRED, .max = 60, .doc = "Control reference"),
	F_STR(framework_control, label, .flags = FIELD_NULLABLE, .max = 200, .doc = "Name of the control"),
	F_STR(framework_control, note, .flags = FIELD_NULLABLE, .max = 1000, .doc = "Remark on the mapping"),
};
const struct schema framework_control_schema = SCHEMA(framework_control, framework_control_fields, "A framework control satisfied");

static const struct field reference_fields[] = {
	F_STR(reference, title, .flags = FIELD_REQUIRED, .max = 200, .doc = "What is referred to"),
	F_STR(reference, note, .flags = FIELD_NULLABLE, .max = 1000, .doc = "Remark"),
};
const struct schema reference_schema = SCHEMA(reference, reference_fields, "A reference");

static const struct field decision_labels_fields[] = {
	F_STR(decision_labels, deny, .flags = FIELD_NULLABLE, .max = 20, .doc = "Word for a denial"),
};
const struct schema decision_labels_schema = SCHEMA(decision_labels, decision_labels_fields, "Words of this procedure");

static const struct field procedure_fields[] = {
	F_STR(procedure, key, .flags = FIELD_REQUIRED, .max = 32, .doc = "Key"),
	F_I64(procedure, version, .flags = FIELD_REQUIRED, .min = 1, .max = 100000, .doc = "Version"),
	F_STR(procedure, number, .flags = FIELD_REQUIRED, .max = 32, .doc = "Number on paper"),
	F_STR(procedure, title, .flags = FIELD_REQUIRED, .max = 200, .doc = "Title"),
	F_STR(procedure, parent, .flags = FIELD_NULLABLE, .max = 120, .doc = "Group it belongs to"),
	F_STR(procedure, owner_unit, .flags = FIELD_NULLABLE, .max = 120, .doc = "Unit that owns the procedure"),
	F_I64(procedure, order, .flags = FIELD_NULLABLE, .min = 0, .max = 100000, .doc = "Place in the group"),
	F_ENUM(procedure, type, exception_type, .flags = FIELD_REQUIRED, .doc = "Type of exception it takes"),
	F_STRS(procedure, domains, .flags = FIELD_REQUIRED, .max = 8, .doc = "Domains it takes"),
	F_STR(procedure, summary, .flags = FIELD_REQUIRED, .max = 500, .doc = "When to use it"),
	F_ENUM(procedure, layout, layout, .flags = FIELD_REQUIRED, .doc = "One page or a task list"),
	F_DATE(procedure, issued_on, .flags = FIELD_NULLABLE, .doc = "Day of issue"),
	F_DATE(procedure, revised_on, .flags = FIELD_NULLABLE, .doc = "Day of the last revision"),
	F_DATE(procedure, last_reviewed_on, .flags = FIELD_NULLABLE, .doc = "Day of the last review"),
	F_STRS(procedure, distribution, .max = 8, .doc = "Kinds of people who may ask; everybody without this"),
	F_STRS(procedure, documents, .max = 40, .doc = "Keys of the documents it is limited to"),
	F_ARRAY(procedure, references, reference, .max = 40, .doc = "References"),
	F_BOOL(procedure, service_request_required, .doc = "A service request reference is owed (C-05)"),
	F_ENUM(procedure, risk_register, risk_register_rule, .flags = FIELD_REQUIRED, .doc = "Whether an approval makes a risk entry"),
	F_OBJECT(procedure, decision_labels, decision_labels, .flags = FIELD_OMIT, .doc = "Words of this procedure"),
	F_STR(procedure, declaration, .flags = FIELD_NULLABLE, .max = 1000, .doc = "What the requester declares"),
	F_ARRAY(procedure, qualification, criterion, .max = 10, .doc = "Criteria of which at least one must hold"),
	F_BOOL(procedure, confidential, .doc = "Requests are confidential unless the requester says otherwise"),
	F_BOOL(procedure, bulk_decisions, .doc = "Several requests may be decided in one act"),
	F_BOOL(procedure, implementation, .doc = "Putting an approved exception in place is recorded"),
	F_ARRAY(procedure, work_items, work_owed, .max = 4, .doc = "What stays to be done after an outcome"),
	F_ARRAY(procedure, form, form_section, .flags = FIELD_REQUIRED, .min = 1, .max = 20, .doc = "The form"),
	F_ARRAY(procedure, stages, stage, .flags = FIELD_REQUIRED, .min = 1, .max = 12, .doc = "Stages in order"),
	F_OBJECT(procedure, term, term_rule, .flags = FIELD_REQUIRED, .doc = "Term rules"),
	F_I64(procedure, review_months, .flags = FIELD_NULLABLE, .min = 1, .max = 24, .doc = "Months between reviews"),
	F_I64(procedure, review_after_days, .flags = FIELD_NULLABLE, .min = 1, .max = 365, .doc = "A review so many days after its end"),
	F_ARRAY(procedure, frameworks, framework_control, .max = 40, .doc = "Framework controls satisfied"),
};
const struct schema procedure_schema = SCHEMA(procedure, procedure_fields, "A procedure");
/* clang-format on */

const struct form_section *
procedure_section(const struct procedure *p, const char *field)
{
	for (size_t i = 0; i < p->nform; i++) {
		for (size_t j = 0; j < p->form[i].nfields; j++) {
			if (strcmp(p->form[i].fields[j].field, field) == 0)
				return &p->form[i];
		}
	}
	return NULL;
}

const struct form_field *
procedure_field(const struct procedure *p, const char *field)
{
	const struct form_section *s = procedure_section(p, field);

	for (size_t j = 0; s != NULL && j < s->nfields; j++) {
		if (strcmp(s->fields[j].field, field) == 0)
			return &s->fields[j];
	}
	return NULL;
}

const struct stage *
procedure_stage(const struct procedure *p, int64_t stage)
{
	if (stage < 1 || (size_t)stage > p->nstages)
		return NULL;
	return &p->stages[stage - 1];
}

int64_t
procedure_stage_number(const struct procedure *p, const char *key)
{
	for (size_t i = 0; i < p->nstages; i++) {
		if (strcmp(p->stages[i].stage, key) == 0)
			return (int64_t)i + 1;
	}
	return 0;
}

enum stage_kind
procedure_stage_kind(const struct procedure *p, int64_t stage)
{
	const struct stage *s = procedure_stage(p, stage);

	return s != NULL ? s->kind : STAGE_KIND__INVALID;
}

const struct record_owed *
stage_record_owed(const struct stage *s, const char *record)
{
	for (size_t i = 0; s != NULL && i < s->nrecords; i++) {
		if (strcmp(s->records[i].record, record) == 0)
			return &s->records[i];
	}
	return NULL;
}

bool
procedure_takes_domain(const struct procedure *p, enum domain d)
{
	if (d <= DOMAIN__INVALID || d >= DOMAIN__MAX)
		return false;
	for (size_t i = 0; i < p->ndomains; i++) {
		if (strcmp(p->domains[i], domain_names[d]) == 0)
			return true;
	}
	return false;
}

bool
procedure_review_is_stale(const struct procedure *p, date_t today)
{
	date_t last = p->last_reviewed_on;

	if (last == DATE_NONE)
		last =
		    p->revised_on != DATE_NONE ? p->revised_on : p->issued_on;
	return last != DATE_NONE && today - last > 366;
}

bool
list_repeats(const char *const *list, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (strcmp(list[j], list[i]) == 0)
			return true;
	}
	return false;
}
