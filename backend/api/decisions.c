/*
 * One person's signed act on one exact version. Decision, register row,
 * risk entry, audit event and notices are one transaction (rule 5); the
 * approver's groups were read from the directory just before it, and the
 * risk's number was taken: in the transaction all approvers would wait for
 * each other, only to find that their snapshot is too old.
 */
#include "api/exceptions.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/notices.h"
#include "api/precedents.h"
#include "api/steps.h"
#include "base/utf8.h"
#include "domain/term.h"
#include "session/login.h"
#include "store/decision_store.h"
#include "store/exception_store.h"
#include "store/number_store.h"

static int
take_risk_number(struct ctx *c, struct err *e)
{
	struct civil today = date_to_civil(c->today);
	int64_t *id = ARENA_NEW(c->arena, int64_t);

	c->prepared = id;
	return number_store_risk(c->db, today.year, id, e);
}

int
decision_prepare(struct ctx *c, struct err *e)
{
	const struct decision_in *in = c->in;
	int64_t id = 0;

	c->audit_action =
	    arena_printf(c->arena, "exception.%s", verdict_names[in->verdict]);
	if (exception_id_of(c, in->exception, &id, e) < 0)
		return -1;
	if (login_refresh(c->db, c->directory, c->arena, &c->who, e) < 0)
		return -1;
	return in->verdict == VERDICT_APPROVE ? take_risk_number(c, e) : 0;
}

static int
check_version(struct ctx *c, const struct loaded *l,
    const struct decision_in *in, struct err *e)
{
	if (etag_check_content(c, l->x.content_version, e) == 0 &&
	    in->content_version == l->x.content_version &&
	    l->x.content_hash != NULL &&
	    strcmp(in->content_hash, l->x.content_hash) == 0)
		return 0;
	err_clear(e);
	return exception_stale(c, &l->x, e);
}

/* M-18: what must be done, by whom, and a day on which it can be looked at. */
static void
check_condition(struct ctx *c, const struct decision_in *in, size_t i,
    struct err *e)
{
	const struct condition *k = &in->conditions[i];
	const char *at = arena_printf(c->arena, "/conditions/%zu", i);

	if (utf8_is_blank(k->text))
		err_field(e, c->arena, arena_printf(c->arena, "%s/text", at),
		    "is missing");
	if (utf8_is_blank(k->owner))
		err_field(e, c->arena, arena_printf(c->arena, "%s/owner", at),
		    "is missing");
	if (k->due_on == DATE_NONE)
		return;
	at = arena_printf(c->arena, "%s/due_on", at);
	if (k->due_on < c->today)
		err_field(e, c->arena, at, "is in the past");
	else if (in->expires_on != DATE_NONE && k->due_on > in->expires_on)
		err_field(e, c->arena, at, "is after the last day granted");
}

static int
check_fields(struct ctx *c, const struct loaded *l,
    const struct decision_in *in, struct err *e)
{
	const struct exception *x = &l->x;

	if (in->reason == NULL || utf8_is_blank(in->reason))
		err_field(e, c->arena, "/reason", "is missing");
	if (in->verdict == VERDICT_APPROVE)
		term_check(in->expires_on, x->requested_from,
		    x->requested_until,
		    term_limit(&l->procedure, x->document_max_days), c->today,
		    c->arena, e);
	else if (in->expires_on != DATE_NONE)
		err_field(e, c->arena, "/expires_on",
		    "belongs to an approval only");
	if (in->verdict != VERDICT_APPROVE && in->nconditions > 0)
		err_field(e, c->arena, "/conditions",
		    "belong to an approval only");
	for (size_t i = 0; i < in->nconditions; i++)
		check_condition(c, in, i, e);
	if (precedents_check(c, l, in, e) < 0)
		return -1;
	return e->kind == ERR_NONE ? 0 : -1;
}

/* The name of an approval's last day survives between stages. */
static void
apply(struct ctx *c, struct loaded *l, const struct decision_in *in,
    enum request_state to)
{
	struct exception *x = &l->x;

	x->request_state = to;
	if (to == STATE_IN_STAGE) {
		exception_enter_stage(c, x, &l->procedure, x->stage + 1);
		return;
	}
	if (to == STATE_RETURNED) {
		x->draft_content = l->content_json;
	} else {
		x->outcome =
		    to == STATE_APPROVED ? OUTCOME_APPROVED : OUTCOME_DENIED;
		x->decided_at = c->now;
		x->stage = 0;
	}
	x->stage_role = NULL;
	x->stage_due_on = DATE_NONE;
	if (to == STATE_APPROVED) {
		x->effective_on = term_effective(x->requested_from, c->today);
		x->expires_on = in->expires_on;
	}
}

static int
add_decision(struct ctx *c, const struct loaded *l, int64_t stage,
    const struct decision_in *in, struct err *e)
{
	struct decision d = {
		.content_version = l->x.content_version,
		.stage = stage,
		.verdict = in->verdict,
		.reason = in->reason,
		.precedent_reason = in->precedent_reason,
		.expires_on = in->expires_on,
		.content_hash = l->x.content_hash,
		.decider_id = c->who.person_id,
		.decider_name = c->who.name,
		.decider_title = c->who.title,
		.decider_groups = c->who.groups,
		.role = l->grant->role,
		.mapping_id = l->grant->mapping_id,
		.procedure_id = l->x.procedure_id,
		.decided_at = c->now,
		.conditions = in->conditions,
		.nconditions = in->nconditions,
	};

	return decision_store_add(c->db, l->x.id, &d, e);
}

static int
add_risk(struct ctx *c, const struct loaded *l, struct err *e)
{
	const struct risk_analysis *a = l->content.risk;
	struct risk r = {
		.id = *(const int64_t *)c->prepared,
		.title = l->x.title,
		.description = a->description,
		.confidentiality = a->confidentiality,
		.integrity = a->integrity,
		.availability = a->availability,
		.likelihood_before = a->likelihood,
		.impact_before = a->impact,
		.likelihood_after = a->likelihood_after,
		.impact_after = a->impact_after,
		.treatment = TREATMENT_ACCEPT,
		.owner_id = l->x.owner_id,
		.unit_id = l->x.unit_id,
		.opened_at = c->now,
		.review_on = l->x.expires_on,
	};

	return risk_store_add(c->db, l->x.id, &r, e);
}

static const char *
notice_kind(enum request_state to)
{
	if (to == STATE_APPROVED)
		return "approved";
	if (to == STATE_DENIED)
		return "denied";
	return "returned";
}

/* The reason, and each condition on a line of its own: what the notice and
 * the audit trail tell. */
static const char *
told(struct ctx *c, const struct decision_in *in)
{
	struct buf text;

	if (in->nconditions == 0)
		return in->reason;
	buf_init(&text, c->arena);
	buf_printf(&text, "%s\n\nConditions:", in->reason);
	for (size_t i = 0; i < in->nconditions; i++) {
		const struct condition *k = &in->conditions[i];
		char day[11] = "";

		if (k->due_on != DATE_NONE)
			date_format(k->due_on, day);
		buf_printf(&text, "\n%zu. %s (%s%s%s)", i + 1, k->text,
		    k->owner, day[0] != '\0' ? ", by " : "", day);
	}
	return buf_text(&text);
}

static int
finish(struct ctx *c, struct loaded *l, const struct decision_in *in,
    enum request_state to, struct err *e)
{
	struct audit_fact fact = {
		.action = c->audit_action,
		.object_type = "exception",
		.object_id = l->x.id,
		.object = in->exception,
		.detail = told(c, in),
		.row_version = l->x.row_version,
		.content_version = l->x.content_version,
		.content_hash = l->x.content_hash,
	};

	if (to == STATE_APPROVED &&
	    l->procedure.risk_register == RISK_REGISTER_ALWAYS &&
	    l->content.risk != NULL && add_risk(c, l, e) < 0)
		return -1;
	if (audit_add(c, &fact, e) < 0)
		return -1;
	if (to == STATE_IN_STAGE)
		return notice_holders(c, &l->x, "assigned", e);
	return notice_parties(c, &l->x, notice_kind(to), fact.detail, e);
}

int
decision_create(struct ctx *c, struct err *e)
{
	const struct decision_in *in = c->in;
	enum request_state to;
	struct loaded l;
	int64_t id = 0;
	int64_t stage;

	if (exception_id_of(c, in->exception, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    check_version(c, &l, in, e) < 0 ||
	    workflow_check(l.x.request_state, action_of_verdict(in->verdict),
		&l.facts, &to, e) < 0 ||
	    check_fields(c, &l, in, e) < 0)
		return -1;
	stage = l.x.stage;
	apply(c, &l, in, to);
	if (add_decision(c, &l, stage, in, e) < 0 ||
	    exception_store_step(c->db, &l.x, c->who.person_id,
		verdict_names[in->verdict], c->now, e) < 0 ||
	    finish(c, &l, in, to, e) < 0 || exception_reload(c, &l, e) < 0)
		return -1;
	return exception_reply(c, 200, &l, e);
}
