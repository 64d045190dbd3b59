/* The view is filled by hand from the record; the table is the contract. */
#include "api/exception_view.h"

#include <string.h>

#include "domain/term.h"
#include "store/decision_store.h"
#include "store/exception_store.h"
#include "store/role_store.h"

#define HOLDERS_SHOWN 5

static const char *
shown(const char *s)
{
	return s != NULL ? s : "";
}

static struct person_ref *
person(struct ctx *c, int64_t id, const char *name, const char *title,
    const char *unit)
{
	struct person_ref *p = ARENA_NEW(c->arena, struct person_ref);

	*p = (struct person_ref){ id, shown(name), title, unit };
	return p;
}

/* The roles there are: tens, read at once for all stages. */
struct roles {
	struct role_row *rows;
	size_t n;
};

static const char *
role_title(const struct roles *r, const char *role)
{
	for (size_t i = 0; i < r->n; i++) {
		if (strcmp(r->rows[i].role, role) == 0)
			return r->rows[i].title;
	}
	return role;
}

static int
fill_stage(struct ctx *c, const struct loaded *l, const struct roles *roles,
    struct exception_view *v, struct err *e)
{
	const struct stage *s = procedure_stage(&l->procedure, l->x.stage);
	struct owner_row *holders = NULL;
	struct stage_now *now;
	size_t n = 0;

	if (s == NULL || l->x.request_state != STATE_IN_STAGE)
		return 0;
	now = ARENA_NEW(c->arena, struct stage_now);
	now->index = l->x.stage;
	now->stage = s->stage;
	now->title = s->title;
	now->role = s->role;
	now->what = s->what;
	now->entered_at = l->x.stage_entered_at;
	now->due_on =
	    l->x.stage_due_on < DATE_MAX ? l->x.stage_due_on : DATE_NONE;
	now->findings = s->findings;
	now->nfindings = s->nfindings;
	now->role_title = role_title(roles, s->role);
	if (exception_store_holders(c->db, &l->x, &holders, &n, e) < 0)
		return -1;
	now->holders = arena_array(c->arena, n, sizeof(*now->holders));
	for (size_t i = 0; i < n && i < HOLDERS_SHOWN; i++)
		now->holders[now->nholders++] = holders[i].name;
	now->holders_more = (int64_t)(n - now->nholders);
	v->stage = now;
	return 0;
}

static const struct decision *
decision_at(const struct exception_view *v, int64_t stage)
{
	for (size_t i = 0; i < v->ndecisions; i++) {
		if (v->decisions[i].stage == stage &&
		    v->decisions[i].content_version == v->content_version)
			return &v->decisions[i];
	}
	return NULL;
}

static enum path_state
stage_state(const struct exception *x, int64_t stage, const struct decision *d)
{
	if (d != NULL && d->verdict != VERDICT_RETURN)
		return PATH_DONE;
	if (x->request_state == STATE_IN_STAGE && x->stage == stage)
		return PATH_NOW;
	return workflow_is_terminal(x->request_state) ? PATH_SKIPPED :
							PATH_NEXT;
}

/* Step 1 is the request, the last one the entry in the registers. */
static void
fill_path(struct ctx *c, const struct loaded *l, const struct roles *roles,
    struct exception_view *v)
{
	const struct procedure *p = &l->procedure;
	const struct exception *x = &l->x;
	struct path_step *step;
	bool asking = x->request_state == STATE_DRAFT ||
	    x->request_state == STATE_RETURNED;

	v->npath = p->nstages + 2;
	v->path = arena_array(c->arena, v->npath, sizeof(*v->path));
	step = v->path;
	*step = (struct path_step){ 1, "Request",
		"The requester fills in the form and sends it for approval.",
		shown(x->requester_name), asking ? PATH_NOW : PATH_DONE,
		x->submitted_at, asking ? NULL : x->requester_name };
	for (size_t i = 0; i < p->nstages; i++) {
		const struct decision *d = decision_at(v, (int64_t)i + 1);

		step++;
		*step = (struct path_step){ (int64_t)i + 2, p->stages[i].title,
			p->stages[i].what, role_title(roles, p->stages[i].role),
			stage_state(x, (int64_t)i + 1, d),
			d != NULL ? d->decided_at : TIME_NONE,
			d != NULL ? d->decider_name : NULL };
		if (d != NULL)
			step->who = d->role_title;
	}
	step++;
	*step = (struct path_step){ (int64_t)p->nstages + 2, "Register",
		p->risk_register == RISK_REGISTER_ALWAYS ?
		    "Recorded in the exception register and the risk register." :
		    "Recorded in the exception register.",
		"Recorded with the decision",
		x->outcome == OUTCOME_APPROVED             ? PATH_DONE :
		    workflow_is_terminal(x->request_state) ? PATH_SKIPPED :
							     PATH_NEXT,
		x->outcome == OUTCOME_APPROVED ? x->decided_at : TIME_NONE,
		NULL };
}

static void
fill_actions(struct ctx *c, const struct loaded *l, struct exception_view *v)
{
	v->allowed_actions =
	    arena_array(c->arena, ACTION__MAX, sizeof(*v->allowed_actions));
	for (enum action a = ACTION_EDIT; a < ACTION__MAX; a++) {
		const char *why =
		    workflow_reason(l->x.request_state, a, &l->facts);

		v->allowed_actions[v->nallowed_actions++] =
		    (struct allowed_action){ a, why == NULL, why };
	}
}

struct fault *
faults_of(struct ctx *c, const struct content *content,
    const struct procedure *p, const struct form_facts *facts, size_t *n)
{
	struct fault *faults;
	struct err found;

	err_clear(&found);
	form_check(content, p, facts, c->today, c->arena, &found);
	faults = arena_array(c->arena, found.nfields, sizeof(*faults));
	for (*n = 0; *n < found.nfields; (*n)++)
		faults[*n] = (struct fault){ found.fields[*n].pointer,
			found.fields[*n].detail };
	return faults;
}

/* The screen that goes on with a draft starts from what is missing. */
static int
fill_faults(struct ctx *c, const struct loaded *l, struct exception_view *v,
    struct err *e)
{
	struct resolved r;

	if (workflow_reason(l->x.request_state, ACTION_EDIT, &l->facts) != NULL)
		return 0;
	if (content_resolve(c, &l->content, &l->procedure, &r, e) < 0)
		return -1;
	v->faults =
	    faults_of(c, &l->content, &l->procedure, &r.facts, &v->nfaults);
	return 0;
}

static void
fill_labels(const struct loaded *l, struct exception_view *v)
{
	for (size_t i = 0; i < v->nfindings; i++) {
		const struct stage *s =
		    procedure_stage(&l->procedure, v->findings[i].stage);

		for (size_t j = 0; s != NULL && j < s->nfindings; j++) {
			if (strcmp(s->findings[j].finding,
				v->findings[i].kind) == 0)
				v->findings[i].label = s->findings[j].label;
		}
	}
	for (size_t i = 0; i < v->ndecisions; i++) {
		const struct stage *s =
		    procedure_stage(&l->procedure, v->decisions[i].stage);

		v->decisions[i].stage_title = s != NULL ? s->title : NULL;
	}
}

static void
fill_public(struct ctx *c, const struct loaded *l, struct exception_view *v)
{
	const struct exception *x = &l->x;
	const struct status_facts facts = { x->fact, x->effective_on,
		x->holds_until };

	v->number = exception_number(c->arena, x->id);
	v->request_state = x->request_state;
	v->status = status_of(&facts, c->today, c->app->notice_days);
	v->title = x->title;
	v->procedure_key = l->procedure.key;
	v->procedure_version = l->procedure.version;
	v->procedure_number = l->procedure.number;
	v->procedure_title = l->procedure.title;
	v->type = x->type;
	v->domain = x->domain;
	v->unit_code = x->unit_code;
	v->unit_name = x->unit_name;
	v->document_key = x->document_key;
	v->document_title = x->document_title;
	v->document_version = x->document_version;
	v->cause = x->cause;
	v->created_at = x->created_at;
	v->submitted_at = x->submitted_at;
	v->decided_at = x->decided_at;
	v->updated_at = x->updated_at;
	v->effective_on = x->effective_on;
	v->expires_on = x->expires_on;
	v->requested_until = x->requested_until;
}

static void
fill_full(struct ctx *c, const struct loaded *l, struct exception_view *v)
{
	const struct exception *x = &l->x;
	date_t last =
	    x->expires_on != DATE_NONE ? x->expires_on : x->requested_until;

	v->row_version = x->row_version;
	v->content_version = x->content_version;
	v->content_hash = x->content_hash;
	v->etag = etag_text(c->arena, x->row_version, x->content_version);
	v->mine = l->facts.is_requester;
	if (x->copied_from_id != I64_NONE)
		v->copied_from = exception_number(c->arena, x->copied_from_id);
	v->requester = person(c, x->requester_id, x->requester_name,
	    x->requester_title, x->requester_unit);
	v->owner = person(c, x->owner_id, x->owner_name, x->owner_title,
	    x->owner_unit);
	v->beneficiary = x->beneficiary_name;
	v->asset_id = x->asset_id;
	v->asset_name = x->asset_name;
	v->content = l->content_json;
	v->requested_from = x->requested_from;
	v->max_days = term_limit(&l->procedure, x->document_max_days);
	v->latest_until =
	    term_latest(term_effective(x->requested_from, c->today),
		v->max_days);
	v->severity = x->severity;
	v->sla_due_on = x->sla_due_on;
	v->days_beyond_sla = x->sla_due_on != DATE_NONE && last != DATE_NONE ?
	    (int64_t)last - x->sla_due_on :
	    I64_NONE;
	v->sla_breached_days = x->sla_breached_days;
	v->risk_before = x->risk_before;
	v->risk = x->risk > 0 ? x->risk : I64_NONE;
	v->band = risk_band_of(x->risk);
	v->confidential = x->confidential;
	v->findings = l->findings;
	v->nfindings = l->nfindings;
}

/* Decided is what was submitted, and risks come with an approval. */
static int
load_outcome(struct ctx *c, const struct exception *x, struct exception_view *v,
    struct err *e)
{
	if (x->content_version > 0 &&
	    decision_store_list(c->db, x->id, &v->decisions, &v->ndecisions,
		e) < 0)
		return -1;
	if (x->outcome == OUTCOME_APPROVED &&
	    risk_store_list(c->db, x->id, &v->risks, &v->nrisks, e) < 0)
		return -1;
	for (size_t i = 0; i < v->nrisks; i++)
		v->risks[i].number = risk_number(c->arena, v->risks[i].id);
	return 0;
}

static int
fill_lists(struct ctx *c, const struct loaded *l, struct exception_view *v,
    struct err *e)
{
	struct roles roles = { 0 };

	if (l->x.content_version > 0 &&
	    exception_store_clauses(c->db, l->x.id, l->x.content_version,
		&v->clauses, &v->nclauses, e) < 0)
		return -1;
	for (size_t i = 0; i < v->nclauses; i++)
		v->document_changed |= v->clauses[i].changed;
	if (l->sight == SIGHT_PUBLIC) {
		/* which statement it deviates from, and since when */
		v->redacted = true;
		return 0;
	}
	if (load_outcome(c, &l->x, v, e) < 0 ||
	    role_store_list(c->db, &roles.rows, &roles.n, e) < 0 ||
	    fill_stage(c, l, &roles, v, e) < 0)
		return -1;
	fill_full(c, l, v);
	fill_labels(l, v);
	fill_path(c, l, &roles, v);
	fill_actions(c, l, v);
	return fill_faults(c, l, v, e);
}

int
exception_reply(struct ctx *c, int status, const struct loaded *l,
    struct err *e)
{
	struct exception_view v;

	schema_init(&exception_view_schema, &v);
	fill_public(c, l, &v);
	if (fill_lists(c, l, &v, e) < 0)
		return -1;
	if (!v.redacted)
		reply_etag(c, l->x.row_version, l->x.content_version);
	return reply(c, status, &v);
}

int
exception_reply_fresh(struct ctx *c, int status, int64_t id, struct err *e)
{
	struct loaded l;

	if (exception_load(c, id, false, &l, e) < 0)
		return -1;
	return exception_reply(c, status, &l, e);
}
