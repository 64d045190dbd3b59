/* The view is filled by hand from the record; the table is the contract. */
#include "api/exception_path.h"

#include <string.h>

#include "domain/letter.h"
#include "domain/talk.h"
#include "domain/term.h"
#include "store/decision_store.h"
#include "store/exception_store.h"
#include "store/role_store.h"
#include "store/stage_store.h"

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

/* What the stage asks for, and how much of it is there. */
static void
fill_owed(struct ctx *c, const struct loaded *l, const struct roles *roles,
    const struct stage *s, struct stage_now *now)
{
	now->nrecords = s->nrecords;
	now->records =
	    arena_array(c->arena, s->nrecords, sizeof(*now->records));
	for (size_t i = 0; i < s->nrecords; i++) {
		const struct record_owed *r = &s->records[i];
		const struct record_state state =
		    engine_record_state(s, r, l->records, l->nrecords);

		now->records[i] = (struct record_now){ r->record, r->label,
			r->hint, r->kind, r->least != I64_NONE ? r->least : 0,
			r->topics, r->ntopics,
			r->addressee != NULL ?
			    exception_role_title(roles, r->addressee) :
			    NULL,
			state.have, state.complete };
	}
}

static void
fill_tally(struct ctx *c, const struct loaded *l, const struct stage *s,
    struct stage_now *now)
{
	size_t n;
	const struct vote *votes = exception_votes(l, &n);
	const struct tally t = engine_tally(s, votes, n);
	struct tally_now *out;

	if (s->completion == NULL || s->completion->rule == COMPLETION_ANY)
		return;
	out = ARENA_NEW(c->arena, struct tally_now);
	*out = (struct tally_now){ .rule = s->completion->rule,
		.least = s->completion->rule == COMPLETION_ALL ?
		    (int64_t)s->completion->nroles :
		    s->completion->least,
		.of = s->completion->of,
		.cast = t.cast,
		.approve = t.approve,
		.deny = t.deny,
		.abstain = t.abstain,
		.complete = t.complete };
	now->tally = out;
}

static int
fill_stage(struct ctx *c, const struct loaded *l, const struct roles *roles,
    struct exception_view *v, struct err *e)
{
	const struct stage *s = procedure_stage(&l->procedure, l->x.stage);
	struct holder_row *holders = NULL;
	struct stage_now *now;
	size_t n = 0;

	if (s == NULL || l->x.request_state != STATE_IN_STAGE)
		return 0;
	now = ARENA_NEW(c->arena, struct stage_now);
	now->index = l->x.stage;
	now->stage = s->stage;
	now->kind = s->kind;
	now->title = s->title;
	now->role = l->x.stage_role;
	now->what = s->what;
	now->entered_at = l->x.stage_entered_at;
	now->due_on =
	    l->x.stage_due_on < DATE_MAX ? l->x.stage_due_on : DATE_NONE;
	now->findings = s->findings;
	now->nfindings = s->nfindings;
	fill_owed(c, l, roles, s, now);
	fill_tally(c, l, s, now);
	if (s->letter != NULL)
		now->addressee =
		    exception_role_title(roles, s->letter->addressee);
	v->stage = now;
	/* a form waits for its requester */
	if (l->x.stage_role == NULL)
		return 0;
	now->role_title = exception_role_title(roles, l->x.stage_role);
	if (exception_store_holders(c->db, &l->x, l->x.stage_role, c->today,
		&holders, &n, e) < 0)
		return -1;
	now->holders = arena_array(c->arena, n, sizeof(*now->holders));
	for (size_t i = 0; i < n && i < HOLDERS_SHOWN; i++)
		now->holders[now->nholders++] = holders[i].name;
	now->holders_more = (int64_t)(n - now->nholders);
	return 0;
}

/* For whom the reader would act, closing the stage or voting in it. */
static const char *
acting_for(const struct loaded *l)
{
	if (l->grant != NULL)
		return l->grant->on_behalf_name;
	return l->vote_grant != NULL ? l->vote_grant->on_behalf_name : NULL;
}

static void
fill_actions(struct ctx *c, const struct loaded *l, struct exception_view *v)
{
	v->acting_for = acting_for(l);
	v->allowed_actions =
	    arena_array(c->arena, ACTION__MAX, sizeof(*v->allowed_actions));
	for (enum action a = ACTION_EDIT; a < ACTION__MAX; a++) {
		const char *why =
		    workflow_reason(l->x.request_state, a, &l->facts);

		v->allowed_actions[v->nallowed_actions++] =
		    (struct allowed_action){ a, why == NULL,
			    workflow_knows(l->x.request_state, a,
				l->facts.kind),
			    why };
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
	if (content_resolve(c, &l->content, &l->procedure, l->x.stage, &r, e) <
	    0)
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
	for (size_t i = 0; i < l->nrecords; i++) {
		const struct record_owed *r =
		    stage_record_owed(procedure_stage(&l->procedure,
					  procedure_stage_number(&l->procedure,
					      l->records[i].stage)),
			l->records[i].record);

		l->records[i].label = r != NULL ? r->label : NULL;
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
	v->undocumented = x->undocumented;
	v->request_state = x->request_state;
	v->status = status_of(&facts, c->today, c->app->notice_days);
	v->title = x->title;
	v->watching = (l->facts.parts & PART_BIT(PART_WATCHER)) != 0;
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

static const char *
joined(struct ctx *c, const struct exception_view *v)
{
	struct buf b;

	buf_init(&b, c->arena);
	for (size_t i = 0; i < v->nclauses; i++)
		buf_printf(&b, "%s%s %s", i > 0 ? "; " : "", v->clauses[i].ref,
		    v->clauses[i].title);
	return buf_text(&b);
}

static const char *
alternatives_text(struct ctx *c, const struct loaded *l)
{
	struct buf b;

	buf_init(&b, c->arena);
	for (size_t i = 0; i < l->nrecords; i++) {
		if (strcmp(l->records[i].record, "alternative") == 0 &&
		    l->records[i].text != NULL)
			buf_printf(&b, "%s- %s", b.len > 0 ? "\n" : "",
			    l->records[i].text);
	}
	for (size_t i = 0; i < l->content.nalternatives; i++)
		buf_printf(&b, "%s- %s (%s)", b.len > 0 ? "\n" : "",
		    shown(l->content.alternatives[i].description),
		    shown(l->content.alternatives[i].reason));
	return buf_text(&b);
}

/* A letter that is not written yet starts from the procedure's text. */
static void
fill_letter_draft(struct ctx *c, const struct loaded *l,
    struct exception_view *v)
{
	const struct stage *s = procedure_stage(&l->procedure, l->x.stage);
	const struct decision *d = v->ndecisions > 0 ? &v->decisions[0] : NULL;
	struct letter_facts f = { .number = v->number,
		.title = l->x.title,
		.requester = l->x.requester_name,
		.unit = l->x.unit_name,
		.document = l->x.document_title,
		.clauses = joined(c, v),
		.service_request = l->x.service_request,
		.alternatives = alternatives_text(c, l) };
	char day[11];

	if (s == NULL || s->letter == NULL || !l->facts.is_holder ||
	    l->facts.has_letter || l->x.request_state != STATE_IN_STAGE)
		return;
	if (d != NULL) {
		f.reasons = d->reason;
		f.decider = d->decider_name;
		date_format((date_t)(d->decided_at / US_PER_DAY), day);
		f.decided_on = day;
	}
	v->letter_title = letter_fill(s->letter->title, &f, c->arena);
	v->letter_body = letter_fill(s->letter->body, &f, c->arena);
}

static void
fill_full(struct ctx *c, const struct loaded *l, struct exception_view *v)
{
	const struct exception *x = &l->x;
	date_t last =
	    x->expires_on != DATE_NONE ? x->expires_on : x->requested_until;

	v->form_stage = x->stage;
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
	v->votes = l->votes;
	v->nvotes = l->nvotes;
	v->records = l->records;
	v->nrecords = l->nrecords;
	v->letters = l->letters;
	v->nletters = l->nletters;
	for (size_t i = 0; i < v->nletters; i++)
		v->letters[i].number =
		    letter_number(c->arena, v->letters[i].id);
	fill_letter_draft(c, l, v);
	v->decided_as = x->decided_as;
	v->implemented_on = x->implemented_on;
	v->legacy_decider = x->legacy_decider;
	v->may_document =
	    x->undocumented && (l->facts.is_owner || l->facts.is_requester);
}

/* Decided is what was submitted, and risks come with an approval. */
static int
load_outcome(struct ctx *c, const struct loaded *l, struct exception_view *v,
    struct err *e)
{
	const struct exception *x = &l->x;

	if (x->content_version > 0 &&
	    decision_store_list(c->db, x->id, &v->decisions, &v->ndecisions,
		e) < 0)
		return -1;
	/* what this procedure leaves open, once it has an outcome */
	if (l->procedure.nwork_items > 0 && x->outcome != OUTCOME_OPEN &&
	    work_store_list(c->db, x->id, &v->work_items, &v->nwork_items, e) <
		0)
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
	if (load_outcome(c, l, v, e) < 0 ||
	    role_store_list(c->db, &roles.rows, &roles.n, e) < 0 ||
	    fill_stage(c, l, &roles, v, e) < 0)
		return -1;
	fill_full(c, l, v);
	fill_labels(l, v);
	exception_fill_path(c, l, &roles, v);
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
