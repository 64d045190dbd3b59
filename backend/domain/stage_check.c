/* One stage after the other; a fault has the place of its stage. */
#include "domain/stage_check.h"

#include <string.h>

#include "domain/letter.h"

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
		if (list_repeats(keys, i))
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
		if (list_repeats(r->topics, t))
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
		if (list_repeats(c->roles, i) ||
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

void
stage_check_all(const struct procedure *p, const struct procedure_world *world,
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
