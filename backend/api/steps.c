/*
 * Submit, resubmit, amend, withdraw, put in place. A submission is the birth of
 * a content version: everything the register shows follows from it in one
 * transaction.
 */
#include "api/exceptions.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/flow.h"
#include "api/notices.h"
#include "api/overlaps.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "domain/search.h"
#include "domain/term.h"
#include "store/exception_store.h"
#include "store/stage_store.h"

static const enum action actions[STEP_ACTION__MAX] = {
	ACTION__INVALID,
	ACTION_SUBMIT,
	ACTION_RESUBMIT,
	ACTION_WITHDRAW,
	ACTION_DISCARD,
	ACTION_AMEND,
	ACTION_IMPLEMENT,
};

static const char *const audit_actions[STEP_ACTION__MAX] = {
	NULL,
	"exception.submit",
	"exception.resubmit",
	"exception.withdraw",
	"exception.discard",
	"exception.amend",
	"exception.implement",
};

static void
fill_vulnerability(struct exception *x, const struct content *content,
    const struct resolved *r, date_t today)
{
	const struct vulnerability *v = content->vulnerability;

	x->severity = SEVERITY__INVALID;
	x->vulnerability = NULL;
	x->detected_on = DATE_NONE;
	x->sla_due_on = DATE_NONE;
	x->sla_breached_days = I64_NONE;
	if (v == NULL)
		return;
	x->severity = v->severity;
	x->vulnerability = v->identifier;
	x->detected_on = v->detected_on;
	if (v->detected_on != DATE_NONE && r->facts.sla_days != I64_NONE) {
		x->sla_due_on = sla_due(v->detected_on, r->facts.sla_days);
		x->sla_breached_days = sla_breached_days(x->sla_due_on, today);
	}
}

/* The columns the register filters and sorts by, from the content. */
void
exception_fill_columns(struct ctx *c, struct loaded *l,
    const struct resolved *r)
{
	struct exception *x = &l->x;
	const struct content *content = &l->content;

	x->title = content->title;
	x->domain = r->document.domain;
	x->unit_id = r->unit.id > 0 ? r->unit.id : I64_NONE;
	x->asset_id = r->facts.asset_found ? r->asset.id : I64_NONE;
	x->document_id = r->document.id;
	x->document_version = r->document.version;
	x->cause = content->cause;
	x->service_request = content->service_request;
	x->risk_before = risk_score_before(content);
	x->risk = risk_score_after(content);
	x->requested_from = content->requested_from;
	x->requested_until = content->requested_until;
	x->confidential = content->confidential;
	x->beneficiary_id = r->beneficiary_id;
	x->edited_by_id = c->who.person_id;
	x->updated_at = c->now;
	if (x->submitted_at == TIME_NONE)
		x->submitted_at = c->now;
	fill_vulnerability(x, content, r, c->today);
}

/*
 * Where the new version goes: a draft to the first stage, a form to the one
 * behind it, an answer back to where its content was last settled.
 */
static int
next_stage(struct ctx *c, const struct loaded *l, enum step_action action,
    int64_t *next, struct err *e)
{
	const struct stage_facts facts = exception_stage_facts(c, &l->x);
	const struct procedure *p = &l->procedure;
	int64_t form = action == STEP_RESUBMIT ?
	    engine_last_form(p, l->x.stage) :
	    l->x.stage;
	struct content before;

	/* what was assessed and answered before that form rests on the rest
	 * of the content: when that has changed, it begins anew */
	if (form > 0 && l->x.content != NULL) {
		if (content_parse(c->arena, l->x.content, &before, e) < 0)
			return -1;
		if (!form_same_before(p, form, &before, &l->content))
			form = 0;
	}
	*next = engine_next(p, form, VERDICT__INVALID, &facts);
	return *next > 0 ? 0 :
			   err_set(e, ERR_STEP_REFUSED,
			       "The procedure has no stage for this request. "
			       "Ask an administrator to look at it.");
}

static int
submit(struct ctx *c, struct loaded *l, enum step_action action, struct err *e)
{
	unsigned char hash[SHA256_LEN];
	struct resolved r;
	struct submission s = { .content = &l->content,
		.hash = hash,
		.actor_id = c->who.person_id,
		.action = step_action_names[action] };
	const char *texts[4];
	int64_t next = 0;

	if (content_resolve(c, &l->content, &l->procedure, l->x.stage, &r, e) <
		0 ||
	    overlap_resolve(c, &l->x, &l->content, &r, e) < 0 ||
	    form_check(&l->content, &l->procedure, &r.facts, c->today, c->arena,
		e) < 0)
		return -1;
	exception_fill_columns(c, l, &r);
	l->x.content_version++;
	if (next_stage(c, l, action, &next, e) < 0)
		return -1;
	flow_enter(c, l, next);
	s.json = content_print(c->arena, &l->content);
	sha256(s.json, strlen(s.json), hash);
	s.clauses = r.clauses;
	s.nclauses = r.nclauses;
	s.unit_ids = r.unit_ids;
	s.nunit_ids = r.nunit_ids;
	texts[0] = exception_number(c->arena, l->x.id);
	texts[1] = l->x.title;
	texts[2] = c->who.name;
	texts[3] = l->content.justification;
	s.words = search_words(c->arena, texts, 4);
	s.public_chars = search_public_chars(c->arena, texts, 2);
	return exception_store_submit(c->db, &l->x, &s, c->now, e);
}

static int
withdraw(struct ctx *c, struct loaded *l, struct err *e)
{
	l->x.outcome = OUTCOME_WITHDRAWN;
	l->x.decided_at = c->now;
	l->x.stage_entered_at = TIME_NONE;
	flow_leave(&l->x);
	return exception_store_step(c->db, &l->x, c->who.person_id, "withdraw",
	    c->now, e);
}

/* A draft has no version to keep, and nobody waits for it. */
static int
discard(struct ctx *c, struct loaded *l, struct err *e)
{
	l->x.outcome = OUTCOME_WITHDRAWN;
	l->x.decided_at = c->now;
	return exception_store_discard(c->db, &l->x, c->now, e);
}

/* V-08: the requester takes it back; what is said about the old version
 * falls with the new one. */
static int
amend(struct ctx *c, struct loaded *l, struct err *e)
{
	flow_return(c, l);
	return exception_store_step(c->db, &l->x, c->who.person_id, "amend",
	    c->now, e);
}

/* C-16: put in place on a day, with what shows it. */
static int
implement(struct ctx *c, struct loaded *l, const struct step_in *in,
    struct err *e)
{
	const struct stage_record r = { .stage = "implementation",
		.record = "implementation",
		.text = in->reason,
		.on_day = in->on_day,
		.content_version = l->x.content_version,
		.author_id = c->who.person_id,
		.recorded_at = c->now };

	l->x.implemented_on = in->on_day;
	if (record_store_add(c->db, l->x.id, &r, e) < 0)
		return -1;
	return exception_store_implement(c->db, &l->x, c->who.person_id, c->now,
	    e);
}

static int
take(struct ctx *c, struct loaded *l, const struct step_in *in, struct err *e)
{
	switch (in->action) {
	case STEP_WITHDRAW:
		return withdraw(c, l, e);
	case STEP_DISCARD:
		return discard(c, l, e);
	case STEP_AMEND:
		return amend(c, l, e);
	case STEP_IMPLEMENT:
		return implement(c, l, in, e);
	case STEP_SUBMIT:
	case STEP_RESUBMIT:
		return submit(c, l, in->action, e);
	case STEP_ACTION__INVALID:
	case STEP_ACTION__MAX:
		break;
	}
	return err_set(e, ERR_INTERNAL, "No such step.");
}

static int
check_implement(struct ctx *c, const struct loaded *l, const struct step_in *in,
    struct err *e)
{
	if (!utf8_says(in->reason))
		err_field(e, c->arena, "/reason",
		    "is missing: what shows that it is in place?");
	if (in->on_day == DATE_NONE)
		err_field(e, c->arena, "/on_day", "is missing");
	else if (in->on_day > c->today)
		err_field(e, c->arena, "/on_day", "is in the future");
	else if (in->on_day < l->x.effective_on)
		err_field(e, c->arena, "/on_day",
		    "is before the first day of the exception");
	return e->kind == ERR_NONE ? 0 : -1;
}

static int
check_step(struct ctx *c, const struct loaded *l, const struct step_in *in,
    struct err *e)
{
	if (in->action == STEP_IMPLEMENT)
		return check_implement(c, l, in, e);
	if (in->action == STEP_WITHDRAW && !utf8_says(in->reason))
		return err_field(e, c->arena, "/reason", "is missing");
	if ((in->action == STEP_SUBMIT || in->action == STEP_RESUBMIT) &&
	    l->procedure.declaration != NULL && !in->declaration)
		return err_field(e, c->arena, "/declaration",
		    "must be confirmed");
	return 0;
}

static int
tell(struct ctx *c, struct loaded *l, const struct step_in *in,
    const char **told, struct err *e)
{
	*told = NULL;
	switch (in->action) {
	case STEP_WITHDRAW:
		return notice_parties(c, &l->x, "withdrawn", in->reason, e);
	case STEP_IMPLEMENT:
		return notice_parties(c, &l->x, "implemented", in->reason, e);
	case STEP_SUBMIT:
	case STEP_RESUBMIT:
		if (notice_parties(c, &l->x, "submitted", NULL, e) < 0)
			return -1;
		return flow_follow(c, l, NULL, told, e);
	case STEP_DISCARD:
	case STEP_AMEND:
	case STEP_ACTION__INVALID:
	case STEP_ACTION__MAX:
		break;
	}
	return 0;
}

int
exception_step(struct ctx *c, struct err *e)
{
	const struct step_in *in = c->in;
	struct audit_fact fact = { .object_type = "exception" };
	enum request_state to;
	const char *told;
	struct loaded l;
	int64_t id = 0;

	c->audit_action = audit_actions[in->action];
	if (exception_id_of(c, in->number, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    workflow_check(l.x.request_state, actions[in->action], &l.facts,
		&to, e) < 0)
		return -1;
	if (etag_check(c, l.x.row_version, l.x.content_version, e) < 0) {
		err_clear(e);
		return exception_stale(c, &l.x, e);
	}
	if (check_step(c, &l, in, e) < 0)
		return -1;
	l.x.request_state = to;
	if (take(c, &l, in, e) < 0 || tell(c, &l, in, &told, e) < 0)
		return -1;
	fact.action = c->audit_action;
	fact.object_id = id;
	fact.object = in->number;
	fact.detail = told != NULL ?
	    arena_printf(c->arena, "Waits for: %s", told) :
	    in->reason;
	fact.row_version = l.x.row_version;
	fact.content_version = l.x.content_version;
	if (audit_add(c, &fact, e) < 0)
		return -1;
	return exception_reply_fresh(c, 200, id, e);
}
