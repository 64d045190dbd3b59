/* Field tables of the procedure document, and the check behind them. */
#include "domain/procedure.h"

#include <string.h>

#include "domain/content.h"
#include "domain/form.h"

/* clang-format off */
const char *const layout_names[LAYOUT__MAX] = { NULL, "one_page", "task_list" };
const char *const risk_register_rule_names[RISK_REGISTER_RULE__MAX] = { NULL, "always", "ask" };
const char *const stage_kind_names[STAGE_KIND__MAX] = { NULL, "decide" };
const char *const field_kind_names[FIELD_KIND__MAX] = {
	NULL, "text", "textarea", "enum", "date", "document", "clauses", "asset", "unit", "units",
	"vulnerability", "risk", "controls", "alternatives", "bool",
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
	F_ARRAY(form_section, fields, form_field, .flags = FIELD_REQUIRED, .min = 1, .max = 40, .doc = "Fields in order"),
};
static const struct schema form_section_schema = SCHEMA(form_section, form_section_fields, "A section of the form");

static const struct field finding_owed_fields[] = {
	F_STR(finding_owed, finding, .flags = FIELD_REQUIRED, .max = 40, .doc = "Key of the finding"),
	F_STR(finding_owed, label, .flags = FIELD_REQUIRED, .max = 200, .doc = "What is judged"),
	F_STR(finding_owed, hint, .flags = FIELD_NULLABLE, .max = 500, .doc = "What to look at"),
};
const struct schema finding_owed_schema = SCHEMA(finding_owed, finding_owed_fields, "A finding owed before the decision");

static const struct field stage_fields[] = {
	F_STR(stage, stage, .flags = FIELD_REQUIRED, .max = 40, .doc = "Key of the stage"),
	F_ENUM(stage, kind, stage_kind, .flags = FIELD_REQUIRED, .doc = "What happens in it"),
	F_STR(stage, title, .flags = FIELD_REQUIRED, .max = 120, .doc = "Heading"),
	F_STR(stage, role, .flags = FIELD_REQUIRED, .max = 64, .doc = "Role that acts"),
	F_STR(stage, what, .flags = FIELD_REQUIRED, .max = 500, .doc = "What is expected"),
	F_I64(stage, time_limit_days, .flags = FIELD_NULLABLE, .min = 1, .max = 365, .doc = "Days to act"),
	F_ARRAY(stage, findings, finding_owed, .max = 10, .doc = "Findings owed before the decision"),
};
static const struct schema stage_schema = SCHEMA(stage, stage_fields, "A stage of the procedure");

static const struct field term_rule_fields[] = {
	F_I64(term_rule, max_days, .flags = FIELD_REQUIRED, .min = 1, .max = 3660, .doc = "Longest first term in days"),
};
const struct schema term_rule_schema = SCHEMA(term_rule, term_rule_fields, "Term rules");

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
	F_I64(procedure, order, .flags = FIELD_NULLABLE, .min = 0, .max = 100000, .doc = "Place in the group"),
	F_ENUM(procedure, type, exception_type, .flags = FIELD_REQUIRED, .doc = "Type of exception it takes"),
	F_STRS(procedure, domains, .flags = FIELD_REQUIRED, .max = 8, .doc = "Domains it takes"),
	F_STR(procedure, summary, .flags = FIELD_REQUIRED, .max = 500, .doc = "When to use it"),
	F_ENUM(procedure, layout, layout, .flags = FIELD_REQUIRED, .doc = "One page or a task list"),
	F_DATE(procedure, issued_on, .flags = FIELD_NULLABLE, .doc = "Day of issue"),
	F_ARRAY(procedure, references, reference, .max = 40, .doc = "References"),
	F_BOOL(procedure, service_request_required, .doc = "A service request reference is owed (C-05)"),
	F_ENUM(procedure, risk_register, risk_register_rule, .flags = FIELD_REQUIRED, .doc = "Whether an approval makes a risk entry"),
	F_OBJECT(procedure, decision_labels, decision_labels, .flags = FIELD_OMIT, .doc = "Words of this procedure"),
	F_STR(procedure, declaration, .flags = FIELD_NULLABLE, .max = 1000, .doc = "What the requester declares"),
	F_ARRAY(procedure, form, form_section, .flags = FIELD_REQUIRED, .min = 1, .max = 20, .doc = "The form"),
	F_ARRAY(procedure, stages, stage, .flags = FIELD_REQUIRED, .min = 1, .max = 12, .doc = "Stages in order"),
	F_OBJECT(procedure, term, term_rule, .flags = FIELD_REQUIRED, .doc = "Term rules"),
	F_I64(procedure, review_months, .flags = FIELD_NULLABLE, .min = 1, .max = 24, .doc = "Months between reviews"),
	F_ARRAY(procedure, frameworks, framework_control, .max = 40, .doc = "Framework controls satisfied"),
};
const struct schema procedure_schema = SCHEMA(procedure, procedure_fields, "A procedure");
/* clang-format on */

const struct form_field *
procedure_field(const struct procedure *p, const char *field)
{
	for (size_t i = 0; i < p->nform; i++) {
		for (size_t j = 0; j < p->form[i].nfields; j++) {
			if (strcmp(p->form[i].fields[j].field, field) == 0)
				return &p->form[i].fields[j];
		}
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

/* Fields with a way of asking of their own; the others go by their type. */
static const struct {
	const char *field;
	enum field_kind kind;
} own_kinds[] = {
	{ "document", KIND_DOCUMENT },
	{ "clauses", KIND_CLAUSES },
	{ "asset_id", KIND_ASSET },
	{ "unit", KIND_UNIT },
	{ "units", KIND_UNITS },
	{ "vulnerability", KIND_VULNERABILITY },
	{ "risk", KIND_RISK },
	{ "controls", KIND_CONTROLS },
	{ "alternatives", KIND_ALTERNATIVES },
};

static bool
kind_fits(const struct form_field *f, const struct field *member)
{
	for (size_t i = 0; i < sizeof(own_kinds) / sizeof(own_kinds[0]); i++) {
		if (strcmp(own_kinds[i].field, f->field) == 0)
			return own_kinds[i].kind == f->kind;
	}
	if (member->type == FIELD_STR)
		return f->kind == KIND_TEXT || f->kind == KIND_TEXTAREA;
	return (member->type == FIELD_ENUM && f->kind == KIND_ENUM) ||
	    (member->type == FIELD_DATE && f->kind == KIND_DATE) ||
	    (member->type == FIELD_BOOL && f->kind == KIND_BOOL);
}

static void
check_field(const struct procedure *p, const struct form_field *f,
    const char *at, struct arena *a, struct err *e)
{
	const struct field *member = schema_find(&content_schema, f->field);

	if (member == NULL)
		err_field(e, a, arena_printf(a, "%s/field", at),
		    "is not in the field catalogue");
	else if (procedure_field(p, f->field) != f)
		err_field(e, a, arena_printf(a, "%s/field", at),
		    "is asked twice");
	else if (!kind_fits(f, member))
		err_field(e, a, arena_printf(a, "%s/kind", at),
		    "does not fit the field");
}

static void
check_form(const struct procedure *p, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < p->nform; i++) {
		for (size_t j = 0; j < p->form[i].nfields; j++)
			check_field(p, &p->form[i].fields[j],
			    arena_printf(a, "/form/%zu/fields/%zu", i, j), a,
			    e);
	}
	for (size_t i = 0; form_always_owed[i] != NULL; i++) {
		if (procedure_field(p, form_always_owed[i]) == NULL)
			err_field(e, a, "/form", "must ask for %s",
			    form_always_owed[i]);
	}
	if (p->service_request_required &&
	    procedure_field(p, "service_request") == NULL)
		err_field(e, a, "/service_request_required",
		    "needs the field service_request in the form");
	if (procedure_field(p, "controls") != NULL &&
	    procedure_field(p, "controls_none_reason") == NULL)
		err_field(e, a, "/form",
		    "asks for controls, so it must ask for "
		    "controls_none_reason too");
}

static void
check_findings(const struct procedure *p, size_t stage, struct arena *a,
    struct err *e)
{
	const struct stage *s = &p->stages[stage];

	for (size_t i = 0; i < s->nfindings; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(s->findings[j].finding,
				s->findings[i].finding) == 0)
				err_field(e, a,
				    arena_printf(a,
					"/stages/%zu/findings/%zu/finding",
					stage, i),
				    "is owed twice");
		}
	}
}

static void
check_stages(const struct procedure *p, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < p->nstages; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(p->stages[j].stage, p->stages[i].stage) == 0)
				err_field(e, a,
				    arena_printf(a, "/stages/%zu/stage", i),
				    "is the key of another stage");
		}
		check_findings(p, i, a, e);
	}
	if (p->nstages == 0 || p->stages[p->nstages - 1].kind != STAGE_DECIDE)
		err_field(e, a, "/stages", "must end with a decision");
}

static bool
is_domain(const char *name)
{
	for (int d = DOMAIN__INVALID + 1; d < DOMAIN__MAX; d++) {
		if (strcmp(name, domain_names[d]) == 0)
			return true;
	}
	return false;
}

static void
check_domains(const struct procedure *p, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < p->ndomains; i++) {
		if (!is_domain(p->domains[i]))
			err_field(e, a, arena_printf(a, "/domains/%zu", i),
			    "is not a domain");
	}
}

int
procedure_check(const struct procedure *p, struct arena *a, struct err *e)
{
	size_t before = e->nfields;

	check_domains(p, a, e);
	check_form(p, a, e);
	check_stages(p, a, e);
	if (p->term == NULL)
		err_field(e, a, "/term", "is missing");
	return e->nfields == before ? 0 : -1;
}
