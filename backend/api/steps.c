/*
 * Submit, resubmit, withdraw. A submission is the birth of a content
 * version: everything the register shows follows from it in one
 * transaction.
 */
#include "api/steps.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/exceptions.h"
#include "api/notices.h"
#include "api/overlaps.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "domain/search.h"
#include "domain/term.h"
#include "store/exception_store.h"

static const enum action actions[STEP_ACTION__MAX] = {
	ACTION__INVALID,
	ACTION_SUBMIT,
	ACTION_RESUBMIT,
	ACTION_WITHDRAW,
	ACTION_DISCARD,
};

static const char *const audit_actions[STEP_ACTION__MAX] = {
	NULL,
	"exception.submit",
	"exception.resubmit",
	"exception.withdraw",
	"exception.discard",
};

void
exception_enter_stage(struct ctx *c, struct exception *x,
    const struct procedure *p, int64_t stage)
{
	const struct stage *s = procedure_stage(p, stage);

	x->stage = stage;
	x->stage_role = s->role;
	x->stage_entered_at = c->now;
	x->stage_due_on = s->time_limit_days != I64_NONE ?
	    (date_t)(c->today + s->time_limit_days) :
	    DATE_MAX;
}

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
static void
fill_columns(struct ctx *c, struct loaded *l, const struct resolved *r)
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

static int
submit(struct ctx *c, struct loaded *l, const char *action, struct err *e)
{
	unsigned char hash[SHA256_LEN];
	struct resolved r;
	struct submission s = { .content = &l->content,
		.hash = hash,
		.actor_id = c->who.person_id,
		.action = action };
	const char *texts[4];

	if (content_resolve(c, &l->content, &l->procedure, &r, e) < 0 ||
	    overlap_resolve(c, &l->x, &l->content, &r, e) < 0 ||
	    form_check(&l->content, &l->procedure, &r.facts, c->today, c->arena,
		e) < 0)
		return -1;
	fill_columns(c, l, &r);
	l->x.content_version++;
	exception_enter_stage(c, &l->x, &l->procedure, 1);
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
	l->x.stage = 0;
	l->x.stage_role = NULL;
	l->x.stage_entered_at = TIME_NONE;
	l->x.stage_due_on = DATE_NONE;
	l->x.draft_content = NULL;
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

static int
take(struct ctx *c, struct loaded *l, enum step_action action, struct err *e)
{
	if (action == STEP_WITHDRAW)
		return withdraw(c, l, e);
	if (action == STEP_DISCARD)
		return discard(c, l, e);
	return submit(c, l, step_action_names[action], e);
}

static int
check_step(struct ctx *c, const struct loaded *l, const struct step_in *in,
    struct err *e)
{
	if (in->action == STEP_WITHDRAW) {
		if (in->reason == NULL || utf8_is_blank(in->reason))
			return err_field(e, c->arena, "/reason", "is missing");
	} else if (in->action != STEP_DISCARD &&
	    l->procedure.declaration != NULL && !in->declaration) {
		return err_field(e, c->arena, "/declaration",
		    "must be confirmed");
	}
	return 0;
}

static int
tell(struct ctx *c, const struct loaded *l, const struct step_in *in,
    struct err *e)
{
	if (in->action == STEP_DISCARD)
		return 0;
	if (in->action == STEP_WITHDRAW)
		return notice_parties(c, &l->x, "withdrawn", in->reason, e);
	if (notice_parties(c, &l->x, "submitted", NULL, e) < 0)
		return -1;
	return notice_holders(c, &l->x, "assigned", e);
}

int
exception_step(struct ctx *c, struct err *e)
{
	const struct step_in *in = c->in;
	struct audit_fact fact = { .object_type = "exception" };
	enum request_state to;
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
	if (take(c, &l, in->action, e) < 0)
		return -1;
	fact.action = c->audit_action;
	fact.object_id = id;
	fact.object = in->number;
	fact.detail = in->reason;
	fact.row_version = l.x.row_version;
	fact.content_version = l.x.content_version;
	if (audit_add(c, &fact, e) < 0 || tell(c, &l, in, e) < 0)
		return -1;
	return exception_reply_fresh(c, 200, id, e);
}
