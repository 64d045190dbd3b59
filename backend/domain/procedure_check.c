/*
 * What a schema cannot see. Every fault has the pointer of its place, so
 * that exregctl, the server and the administrator's screen say the same.
 */
#include "domain/procedure.h"

#include <string.h>

#include "domain/content.h"
#include "domain/engine.h"
#include "domain/form.h"
#include "domain/letter.h"

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

/* Keys of one list, each once. */
static bool
is_first(const char *const *keys, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (strcmp(keys[j], keys[i]) == 0)
			return false;
	}
	return true;
}

struct stage_check {
	const struct procedure *p;
	const struct procedure_world *world;
	const struct stage *s;
	size_t at; /* 0-based */
	struct arena *a;
	struct err *e;
};

static void
stage_fault(const struct stage_check *k, const char *member, const char *text)
{
	err_field(k->e, k->a,
	    arena_printf(k->a, "/stages/%zu/%s", k->at, member), "%s", text);
}

static void
check_findings(const struct stage_check *k)
{
	const char **keys = arena_array(k->a, k->s->nfindings, sizeof(*keys));

	for (size_t i = 0; i < k->s->nfindings; i++) {
		keys[i] = k->s->findings[i].finding;
		if (!is_first(keys, i))
			stage_fault(k,
			    arena_printf(k->a, "findings/%zu/finding", i),
			    "is owed twice");
	}
	if (k->s->nfindings > 0 && k->s->kind != STAGE_DECIDE)
		stage_fault(k, "findings", "belong to a decision stage");
}

/* A role that exists and somebody holds; without a world, any. */
static void
check_role(const struct stage_check *k, const char *role, const char *member)
{
	const struct procedure_world *w = k->world;

	if (role == NULL || w == NULL)
		return;
	for (size_t i = 0; i < w->nroles; i++) {
		if (strcmp(w->roles[i], role) != 0)
			continue;
		if (!w->held[i])
			stage_fault(k, member,
			    "is held by nobody: map a group to it first");
		return;
	}
	stage_fault(k, member, "is not a role that can act in a stage");
}

static void
check_record(const struct stage_check *k, size_t i)
{
	const struct record_owed *r = &k->s->records[i];
	const char *at = arena_printf(k->a, "records/%zu", i);

	for (size_t j = 0; j < i; j++) {
		if (strcmp(k->s->records[j].record, r->record) == 0)
			stage_fault(k, arena_printf(k->a, "%s/record", at),
			    "is asked for twice");
	}
	if (r->kind != RECORD_MEETING && r->ntopics > 0)
		stage_fault(k, arena_printf(k->a, "%s/topics", at),
		    "belong to meetings only");
	for (size_t t = 0; t < r->ntopics; t++) {
		if (!is_first(r->topics, t))
			stage_fault(k,
			    arena_printf(k->a, "%s/topics/%zu", at, t),
			    "is named twice");
	}
	if (r->kind == RECORD_COPY && r->addressee == NULL)
		stage_fault(k, arena_printf(k->a, "%s/addressee", at),
		    "is missing: who gets the copy?");
	if (r->kind != RECORD_COPY && r->addressee != NULL)
		stage_fault(k, arena_printf(k->a, "%s/addressee", at),
		    "belongs to a copy only");
	check_role(k, r->addressee, arena_printf(k->a, "%s/addressee", at));
	if (r->kind == RECORD_CHECK && r->least != I64_NONE && r->least > 1)
		stage_fault(k, arena_printf(k->a, "%s/least", at),
		    "can never be reached: a box is ticked once");
}

/* Stages in which records are taken. */
static bool
takes_records(enum stage_kind kind)
{
	return kind == STAGE_ASSESS || kind == STAGE_MEET ||
	    kind == STAGE_DOCUMENT || kind == STAGE_FILE;
}

static bool
has_gate(const struct stage *s)
{
	for (size_t i = 0; i < s->nrecords; i++) {
		if (s->records[i].least != I64_NONE && s->records[i].least > 0)
			return true;
	}
	return false;
}

static void
check_records(const struct stage_check *k)
{
	if (k->s->nrecords > 0 && !takes_records(k->s->kind))
		stage_fault(k, "records",
		    "cannot be taken in this kind of stage");
	for (size_t i = 0; i < k->s->nrecords; i++)
		check_record(k, i);
	if (takes_records(k->s->kind) && !has_gate(k->s))
		stage_fault(k, "records",
		    "must ask for something, or the stage proves nothing");
}

static void
check_quorum(const struct stage_check *k)
{
	const struct completion *c = k->s->completion;

	if (c->least == I64_NONE)
		stage_fault(k, "completion/least", "is missing");
	if (c->of == I64_NONE)
		stage_fault(k, "completion/of", "is missing");
	else if (c->least != I64_NONE && c->least > c->of)
		stage_fault(k, "completion/least",
		    "can never be reached: there are fewer seats");
	if (c->chair == NULL)
		stage_fault(k, "completion/chair", "is missing");
	check_role(k, c->chair, "completion/chair");
	if (c->nroles > 0)
		stage_fault(k, "completion/roles", "belong to \"all\"");
}

static void
check_all(const struct stage_check *k)
{
	const struct completion *c = k->s->completion;

	if (c->nroles == 0)
		stage_fault(k, "completion/roles", "are missing");
	for (size_t i = 0; i < c->nroles; i++) {
		const char *at = arena_printf(k->a, "completion/roles/%zu", i);

		check_role(k, c->roles[i], at);
		if (!is_first(c->roles, i) ||
		    (k->s->role != NULL &&
			strcmp(c->roles[i], k->s->role) == 0))
			stage_fault(k, at,
			    "signs twice: one person cannot be two");
	}
	if (c->chair != NULL || c->least != I64_NONE || c->of != I64_NONE)
		stage_fault(k, "completion", "mixes \"all\" with a quorum");
}

static void
check_completion(const struct stage_check *k)
{
	const struct completion *c = k->s->completion;

	if (c == NULL)
		return;
	if (k->s->kind != STAGE_DECIDE) {
		stage_fault(k, "completion", "belongs to a decision stage");
		return;
	}
	switch (c->rule) {
	case COMPLETION_QUORUM:
		check_quorum(k);
		break;
	case COMPLETION_ALL:
		check_all(k);
		break;
	case COMPLETION_ANY:
	case COMPLETION__INVALID:
	case COMPLETION_RULE__MAX:
		break;
	}
}

/* A condition that no request of this procedure can meet. */
static void
check_condition(const struct stage_check *k)
{
	const struct stage_condition *w = k->s->applies;
	const struct term_rule *term = k->p->term;

	if (w == NULL)
		return;
	if (w->longer_than_days != I64_NONE && term != NULL &&
	    w->longer_than_days >= term->max_days &&
	    (term->renewal_max_days == I64_NONE ||
		w->longer_than_days >= term->renewal_max_days))
		stage_fault(k, "applies/longer_than_days",
		    "can never hold: no term may be longer");
	if (w->least_term_no != I64_NONE && term != NULL &&
	    term->renewals != I64_NONE && w->least_term_no > term->renewals + 1)
		stage_fault(k, "applies/least_term_no",
		    "can never hold: there are fewer renewals");
	if (w->least_risk != I64_NONE && procedure_field(k->p, "risk") == NULL)
		stage_fault(k, "applies/least_risk",
		    "can never hold: the form does not ask for the risk");
	for (size_t i = 0; i < w->ndomains; i++) {
		bool taken = false;

		for (size_t j = 0; j < k->p->ndomains; j++)
			taken = taken ||
			    strcmp(k->p->domains[j], w->domains[i]) == 0;
		if (!taken)
			stage_fault(k,
			    arena_printf(k->a, "applies/domains/%zu", i),
			    "is not a domain this procedure takes");
	}
}

/* Only an earlier stage, of a kind in which somebody acts. */
static void
check_not_same_as(const struct stage_check *k)
{
	for (size_t i = 0; i < k->s->nnot_same_as; i++) {
		int64_t n = procedure_stage_number(k->p, k->s->not_same_as[i]);

		if (n == 0 || (size_t)n > k->at)
			stage_fault(k, arena_printf(k->a, "not_same_as/%zu", i),
			    "is not an earlier stage");
	}
}

static void
check_letter(const struct stage_check *k)
{
	const struct letter_template *t = k->s->letter;
	const char *unknown;

	if (k->s->kind != STAGE_LETTER) {
		if (t != NULL)
			stage_fault(k, "letter", "belongs to a letter stage");
		return;
	}
	if (t == NULL) {
		stage_fault(k, "letter", "is missing");
		return;
	}
	check_role(k, t->addressee, "letter/addressee");
	unknown = letter_unknown(t->body, k->a);
	if (unknown != NULL)
		stage_fault(k, "letter/body",
		    arena_printf(k->a, "has an unknown placeholder: {%s}",
			unknown));
}

static bool
decides_before(const struct procedure *p, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (p->stages[i].kind == STAGE_DECIDE)
			return true;
	}
	return false;
}

/* Whatever conditions hold or do not. */
static bool
is_everybodys_decision(const struct stage *s)
{
	return s->kind == STAGE_DECIDE && s->applies == NULL &&
	    s->after != AFTER_DENIED && s->after != AFTER_EITHER;
}

static bool
decides_after(const struct procedure *p, size_t at)
{
	for (size_t i = at + 1; i < p->nstages; i++) {
		if (is_everybodys_decision(&p->stages[i]))
			return true;
	}
	return false;
}

/* Whom it waits for. */
static void
check_actor(const struct stage_check *k)
{
	const struct stage *s = k->s;
	bool section = false;

	for (size_t i = 0; i < k->p->nform; i++)
		section = section ||
		    (k->p->form[i].stage != NULL &&
			strcmp(k->p->form[i].stage, s->stage) == 0);
	if (s->kind != STAGE_FORM) {
		if (s->role == NULL)
			stage_fault(k, "role",
			    "is missing: the stage waits for nobody");
		return;
	}
	if (!section)
		stage_fault(k, "stage", "opens no section of the form");
	if (s->role != NULL)
		stage_fault(k, "role",
		    "is not needed: the requester fills in the form");
}

/* After what, and before what. */
static void
check_place(const struct stage_check *k)
{
	const struct stage *s = k->s;
	bool behind = s->after == AFTER_DENIED || s->after == AFTER_EITHER;
	bool asks = s->kind == STAGE_FORM || s->kind == STAGE_RESPOND;

	if (behind && !decides_before(k->p, k->at))
		stage_fault(k, "after",
		    "can never hold: nothing has been decided before");
	if (behind && (s->kind == STAGE_DECIDE || asks))
		stage_fault(k, "kind", "cannot follow a denial");
	if (asks && !decides_after(k->p, k->at))
		stage_fault(k, "kind",
		    "must come before a decision that every request gets");
	if (s->kind == STAGE_FORM && decides_before(k->p, k->at))
		stage_fault(k, "kind",
		    "cannot follow a decision, which would rest on other "
		    "content");
}

/* Deputies and days that have no meaning. */
static void
check_clock(const struct stage_check *k)
{
	const struct stage *s = k->s;

	if (s->deputy_role != NULL && s->completion != NULL &&
	    s->completion->rule != COMPLETION_ANY)
		stage_fault(k, "deputy_role",
		    "has no meaning where several people decide");
	if (s->reminder_days != I64_NONE &&
	    (s->time_limit_days == I64_NONE ||
		s->reminder_days >= s->time_limit_days))
		stage_fault(k, "reminder_days",
		    "must be fewer than the days to act");
}

/* A decision for every request, whatever conditions hold or do not. */
static bool
always_decides(const struct procedure *p)
{
	for (size_t i = 0; i < p->nstages; i++) {
		if (is_everybodys_decision(&p->stages[i]))
			return true;
	}
	return false;
}

static void
check_stages(const struct procedure *p, const struct procedure_world *world,
    struct arena *a, struct err *e)
{
	for (size_t i = 0; i < p->nstages; i++) {
		const struct stage_check k = { p, world, &p->stages[i], i, a,
			e };

		if (procedure_stage_number(p, p->stages[i].stage) !=
		    (int64_t)i + 1)
			stage_fault(&k, "stage", "is the key of another stage");
		check_role(&k, k.s->role, "role");
		check_role(&k, k.s->deputy_role, "deputy_role");
		check_role(&k, k.s->escalation_role, "escalation_role");
		check_actor(&k);
		check_place(&k);
		check_clock(&k);
		check_condition(&k);
		check_completion(&k);
		check_not_same_as(&k);
		check_findings(&k);
		check_records(&k);
		check_letter(&k);
	}
	if (!always_decides(p))
		err_field(e, a, "/stages",
		    "must have a decision that no request can go round");
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
		if (!is_first(keys, i))
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
		else if (!is_first(p->distribution, i))
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
	check_stages(p, world, a, e);
	check_work_items(p, a, e);
	check_term(p, a, e);
	return e->nfields == before ? 0 : -1;
}
