/*
 * What a schema cannot see. Every fault has the pointer of its place, so
 * that exregctl, the server and the administrator's screen say the same.
 */
#include "domain/procedure.h"

#include <string.h>

#include "domain/content.h"
#include "domain/form.h"
#include "domain/stage_check.h"

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
	{ "qualification", KIND_QUALIFICATION },
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
	    (member->type == FIELD_I64 && f->kind == KIND_NUMBER) ||
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
		if (p->form[i].stage != NULL &&
		    procedure_stage_kind(p,
			procedure_stage_number(p, p->form[i].stage)) !=
			STAGE_FORM)
			err_field(e, a, arena_printf(a, "/form/%zu/stage", i),
			    "is not a form stage of this procedure");
	}
	if (p->service_request_required &&
	    procedure_field(p, "service_request") == NULL)
		err_field(e, a, "/service_request_required",
		    "needs the field service_request in the form");
	if (p->confidential && procedure_field(p, "confidential") == NULL)
		err_field(e, a, "/confidential",
		    "needs the field confidential in the form");
	if (procedure_field(p, "controls") != NULL &&
	    procedure_field(p, "controls_none_reason") == NULL)
		err_field(e, a, "/form",
		    "asks for controls, so it must ask for "
		    "controls_none_reason too");
}

/* What every request owes is asked before it is decided. */
static void
check_owed_in_time(const struct procedure *p, struct arena *a, struct err *e)
{
	int64_t first = 1;

	while (first <= (int64_t)p->nstages &&
	    procedure_stage_kind(p, first) != STAGE_DECIDE)
		first++;
	for (size_t i = 0; form_always_owed[i] != NULL; i++) {
		const struct form_section *s =
		    procedure_section(p, form_always_owed[i]);

		if (s == NULL)
			err_field(e, a, "/form", "must ask for %s",
			    form_always_owed[i]);
		else if (s->stage != NULL &&
		    procedure_stage_number(p, s->stage) > first)
			err_field(e, a, "/form",
			    "asks for %s only after the decision",
			    form_always_owed[i]);
	}
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

static void
check_qualification(const struct procedure *p, struct arena *a, struct err *e)
{
	const char **keys = arena_array(a, p->nqualification, sizeof(*keys));
	bool asked = procedure_field(p, "qualification") != NULL;

	for (size_t i = 0; i < p->nqualification; i++) {
		const struct criterion *c = &p->qualification[i];

		keys[i] = c->criterion;
		if (list_repeats(keys, i))
			err_field(e, a,
			    arena_printf(a, "/qualification/%zu/criterion", i),
			    "is the key of another criterion");
		if (c->alternatives &&
		    procedure_field(p, "alternatives") == NULL)
			err_field(e, a,
			    arena_printf(a, "/qualification/%zu/alternatives",
				i),
			    "needs the field alternatives in the form");
	}
	if (p->nqualification > 0 && !asked)
		err_field(e, a, "/qualification",
		    "needs the field qualification in the form");
	if (p->nqualification == 0 && asked)
		err_field(e, a, "/qualification", "is missing");
}

/* A work item comes with an outcome that this procedure can have. */
static void
check_work_items(const struct procedure *p, struct arena *a, struct err *e)
{
	bool responds = false;

	for (size_t i = 0; i < p->nstages; i++)
		responds = responds || p->stages[i].kind == STAGE_RESPOND;
	for (size_t i = 0; i < p->nwork_items; i++) {
		const char *at = arena_printf(a, "/work_items/%zu/after", i);
		enum outcome o = p->work_items[i].after;

		if (o == OUTCOME_OPEN || o == OUTCOME_WITHDRAWN)
			err_field(e, a, at, "leaves nothing to be done");
		else if (o == OUTCOME_ALTERNATIVE_ACCEPTED && !responds)
			err_field(e, a, at,
			    "can never come: no stage answers an alternative");
	}
}

static void
check_documents(const struct procedure *p, const struct procedure_world *w,
    struct arena *a, struct err *e)
{
	for (size_t i = 0; w != NULL && i < p->ndocuments; i++) {
		const char *at = arena_printf(a, "/documents/%zu", i);
		size_t j = 0;

		while (j < w->ndocuments &&
		    strcmp(w->documents[j], p->documents[i]) != 0)
			j++;
		if (j == w->ndocuments)
			err_field(e, a, at, "is not a published document");
		else if (w->document_max_days[j] != I64_NONE &&
		    p->term != NULL &&
		    p->term->max_days > w->document_max_days[j])
			err_field(e, a, "/term/max_days",
			    "is longer than %s allows: %lld days",
			    p->documents[i],
			    (long long)w->document_max_days[j]);
	}
}

static void
check_term(const struct procedure *p, struct arena *a, struct err *e)
{
	const struct term_rule *t = p->term;

	if (t == NULL) {
		err_field(e, a, "/term", "is missing");
		return;
	}
	if (t->renewals == 0 && t->renewal_max_days != I64_NONE)
		err_field(e, a, "/term/renewal_max_days",
		    "has no meaning: there are no renewals");
	if (t->total_max_days != I64_NONE && t->total_max_days < t->max_days)
		err_field(e, a, "/term/total_max_days",
		    "is shorter than the first term");
}

/* C-27: kinds of people there are, each once. */
static void
check_distribution(const struct procedure *p, const struct procedure_world *w,
    struct arena *a, struct err *e)
{
	for (size_t i = 0; i < p->ndistribution; i++) {
		size_t j = 0;

		while (w != NULL && j < w->nkinds &&
		    strcmp(w->kinds[j], p->distribution[i]) != 0)
			j++;
		if (w != NULL && j == w->nkinds)
			err_field(e, a, arena_printf(a, "/distribution/%zu", i),
			    "is not a kind of people");
		else if (list_repeats(p->distribution, i))
			err_field(e, a, arena_printf(a, "/distribution/%zu", i),
			    "is named twice");
	}
}

int
procedure_check(const struct procedure *p, const struct procedure_world *world,
    struct arena *a, struct err *e)
{
	size_t before = e->nfields;

	check_domains(p, a, e);
	check_documents(p, world, a, e);
	check_distribution(p, world, a, e);
	check_form(p, a, e);
	check_owed_in_time(p, a, e);
	check_qualification(p, a, e);
	stage_check_all(p, world, a, e);
	check_work_items(p, a, e);
	check_term(p, a, e);
	return e->nfields == before ? 0 : -1;
}
