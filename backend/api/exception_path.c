/*
 * Done, now, next or skipped: from what was recorded, and from what the
 * procedure would take as things stand.
 */
#include "api/exception_path.h"

#include <string.h>

const char *
exception_role_title(const struct roles *r, const char *role)
{
	for (size_t i = 0; i < r->n; i++) {
		if (strcmp(r->rows[i].role, role) == 0)
			return r->rows[i].title;
	}
	return role;
}

static const char *
requester_of(const struct exception *x)
{
	return x->requester_name != NULL ? x->requester_name : "";
}

static const struct decision *
decision_at(const struct exception_view *v, int64_t stage)
{
	for (size_t i = 0; i < v->ndecisions; i++) {
		if (v->decisions[i].stage == stage &&
		    v->decisions[i].verdict != VERDICT_RETURN)
			return &v->decisions[i];
	}
	return NULL;
}

static const struct stage_record *
record_at(const struct loaded *l, const char *stage)
{
	for (size_t i = l->nrecords; i-- > 0;) {
		if (strcmp(l->records[i].stage, stage) == 0)
			return &l->records[i];
	}
	return NULL;
}

static const struct letter *
letter_at(const struct loaded *l, const char *stage)
{
	for (size_t i = 0; i < l->nletters; i++) {
		if (strcmp(l->letters[i].stage, stage) == 0 &&
		    l->letters[i].state == LETTER_SENT)
			return &l->letters[i];
	}
	return NULL;
}

/* The verdict that stages ahead depend on, as far as it is known. */
static enum verdict
path_verdict(const struct exception *x)
{
	if (x->outcome == OUTCOME_DENIED)
		return VERDICT_DENY;
	return x->outcome == OUTCOME_APPROVED ? VERDICT_APPROVE : x->decided_as;
}

/* Stages before the one it is in were passed or never taken; those behind
 * it come if the procedure takes them as things stand. */
static enum path_state
stage_state(const struct loaded *l, int64_t stage, bool acted, bool applies)
{
	const struct exception *x = &l->x;

	if (x->request_state == STATE_IN_STAGE && x->stage == stage)
		return PATH_NOW;
	if (x->request_state == STATE_IN_STAGE && stage < x->stage)
		return applies || acted ? PATH_DONE : PATH_SKIPPED;
	if (workflow_is_terminal(x->request_state))
		return acted ? PATH_DONE : PATH_SKIPPED;
	return applies ? PATH_NEXT : PATH_SKIPPED;
}

static bool
is_acted_in(const struct loaded *l, const struct exception_view *v,
    int64_t stage)
{
	const struct stage *s = procedure_stage(&l->procedure, stage);

	return decision_at(v, stage) != NULL ||
	    record_at(l, s->stage) != NULL || letter_at(l, s->stage) != NULL;
}

/* A form leaves no trace of its own: it was sent if anybody acted after. */
static bool
was_taken(const struct loaded *l, const struct exception_view *v, int64_t stage)
{
	int64_t last = stage;

	if (procedure_stage_kind(&l->procedure, stage) == STAGE_FORM)
		last = (int64_t)l->procedure.nstages;
	for (int64_t i = stage; i <= last; i++) {
		if (is_acted_in(l, v, i))
			return true;
	}
	return false;
}

/* A stage's step: its state, who did it, when. */
static void
fill_stage_step(const struct loaded *l, const struct exception_view *v,
    const struct roles *roles, int64_t stage, struct path_step *out)
{
	const struct procedure *p = &l->procedure;
	const struct stage *s = procedure_stage(p, stage);
	const struct decision *d = decision_at(v, stage);
	const struct stage_record *r = record_at(l, s->stage);
	const struct letter *letter = letter_at(l, s->stage);
	bool applies =
	    engine_next(p, stage - 1, path_verdict(&l->x), &v->facts) == stage;
	bool acted = was_taken(l, v, stage);

	*out = (struct path_step){ .index = stage + 1,
		.title = s->title,
		.what = s->what,
		.who = s->kind == STAGE_FORM ?
		    requester_of(&l->x) :
		    exception_role_title(roles, engine_closer(s)),
		.state = stage_state(l, stage, acted, applies),
		.at = TIME_NONE };
	if (out->state != PATH_DONE)
		return;
	if (d != NULL) {
		out->at = d->decided_at;
		out->by = d->decider_name;
		out->who = d->role_title;
	} else if (letter != NULL) {
		out->at = letter->sent_at;
		out->by = letter->sender;
	} else if (r != NULL) {
		out->at = r->recorded_at;
		out->by = r->author;
	}
}

void
exception_fill_path(struct ctx *c, const struct loaded *l,
    const struct roles *roles, struct exception_view *v)
{
	const struct procedure *p = &l->procedure;
	const struct exception *x = &l->x;
	bool approved = x->outcome == OUTCOME_APPROVED;
	bool asking = x->request_state == STATE_DRAFT ||
	    x->request_state == STATE_RETURNED;

	v->facts = exception_stage_facts(c, x);
	v->npath = p->nstages + 2;
	v->path = arena_array(c->arena, v->npath, sizeof(*v->path));
	v->path[0] = (struct path_step){ 1, "Request",
		"The requester fills in the form and sends it for approval.",
		requester_of(x), asking ? PATH_NOW : PATH_DONE, x->submitted_at,
		asking ? NULL : x->requester_name };
	for (size_t i = 1; i <= p->nstages; i++)
		fill_stage_step(l, v, roles, (int64_t)i, &v->path[i]);
	v->path[v->npath - 1] = (struct path_step){ (int64_t)v->npath,
		"Register",
		p->risk_register == RISK_REGISTER_ALWAYS ?
		    "Recorded in the exception register and the risk register." :
		    "Recorded in the exception register.",
		"Recorded with the outcome",
		approved                                   ? PATH_DONE :
		    workflow_is_terminal(x->request_state) ? PATH_SKIPPED :
							     PATH_NEXT,
		approved ? x->decided_at : TIME_NONE, NULL };
}
