/*
 * One person's signed act on one exact version: a decision, a vote, the end
 * of a stage. Decision, register row, risk entry, audit event and notices
 * are one transaction (rule 5); the person's groups were read from the
 * directory just before it, and the risk's number was taken: in the transaction
 * all approvers would wait for each other, only to find that their snapshot is
 * too old.
 */
#include "api/exceptions.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/flow.h"
#include "api/precedents.h"
#include "base/utf8.h"
#include "domain/term.h"
#include "session/login.h"
#include "store/decision_store.h"
#include "store/exception_store.h"
#include "store/number_store.h"
#include "store/stage_store.h"

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
	if (login_refresh(c->db, c->directory, c->arena, c->now, &c->who, e) <
	    0)
		return -1;
	return in->verdict == VERDICT_APPROVE ? take_risk_number(c, e) : 0;
}

/* A stage moves without a new version: what was meant for one is not taken
 * for the next. */
static int
check_stage(struct ctx *c, const struct loaded *l, const char *stage,
    struct err *e)
{
	const struct stage *now = procedure_stage(&l->procedure, l->x.stage);

	if (now == NULL || l->x.request_state != STATE_IN_STAGE)
		return 0;
	if (stage != NULL)
		return strcmp(stage, now->stage) == 0 ?
		    0 :
		    exception_stale(c, &l->x, e);
	return l->procedure.nstages == 1 ?
	    0 :
	    err_field(e, c->arena, "/stage",
		"is missing: which stage did you read?");
}

/* The version, its bytes and the stage that the person saw. */
static int
check_version(struct ctx *c, const struct loaded *l, int64_t content_version,
    const char *content_hash, const char *stage, struct err *e)
{
	if (etag_check_content(c, l->x.content_version, e) == 0 &&
	    content_version == l->x.content_version &&
	    l->x.content_hash != NULL &&
	    strcmp(content_hash, l->x.content_hash) == 0)
		return check_stage(c, l, stage, e);
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

	if (!utf8_says(in->reason))
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

/* Decided so far: a declined alternative decides nothing yet. */
static enum verdict
decided(enum verdict v)
{
	return v == VERDICT_APPROVE || v == VERDICT_DENY ? v : VERDICT__INVALID;
}

/* 0 of a grant is no value in a row. */
static int64_t
id_or_none(int64_t id)
{
	return id != 0 ? id : I64_NONE;
}

/* For whom an act was done, behind what the audit trail tells of it. */
static const char *
on_behalf(struct ctx *c, const struct grant *g)
{
	if (g == NULL || g->on_behalf_name == NULL)
		return "";
	return arena_printf(c->arena, " (on behalf of %s)", g->on_behalf_name);
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
		.mapping_id = id_or_none(l->grant->mapping_id),
		.designation_id = id_or_none(l->grant->designation_id),
		.delegation_id = id_or_none(l->grant->delegation_id),
		.on_behalf_of_id = id_or_none(l->grant->on_behalf_of),
		.on_behalf_of = l->grant->on_behalf_name,
		.procedure_id = l->x.procedure_id,
		.decided_at = c->now,
		.conditions = in->conditions,
		.nconditions = in->nconditions,
	};

	return decision_store_add(c->db, l->x.id, &d, e);
}

/* The reason, for whom it was decided, and each condition on a line of its
 * own: what the notice and the audit trail tell. */
static const char *
told(struct ctx *c, const struct decision_in *in, const struct grant *g)
{
	struct buf text;

	if (in->nconditions == 0 && g->on_behalf_name == NULL)
		return in->reason;
	buf_init(&text, c->arena);
	buf_str(&text, in->reason);
	if (g->on_behalf_name != NULL)
		buf_printf(&text, "\n\n%s decided on behalf of %s.",
		    c->who.name, g->on_behalf_name);
	if (in->nconditions > 0)
		buf_str(&text, "\n\nConditions:");
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

/* The audit event of an act on l, with who acts next. */
static int
record_act(struct ctx *c, const struct loaded *l, const char *detail,
    const char *told, struct err *e)
{
	struct audit_fact fact = {
		.action = c->audit_action,
		.object_type = "exception",
		.object_id = l->x.id,
		.object = c->audit_object,
		.detail = detail,
		.row_version = l->x.row_version,
		.content_version = l->x.content_version,
		.content_hash = l->x.content_hash,
	};

	if (told != NULL)
		fact.detail = arena_printf(c->arena, "%s%sWaits for: %s",
		    detail != NULL ? detail : "", detail != NULL ? "\n" : "",
		    told);
	return audit_add(c, &fact, e);
}

/* Store what l->x has become, and everything that follows. */
static int
conclude(struct ctx *c, struct loaded *l, const char *action,
    const char *detail, struct err *e)
{
	const char *told;

	if (exception_store_step(c->db, &l->x, c->who.person_id, action, c->now,
		e) < 0 ||
	    flow_follow(c, l, detail, &told, e) < 0 ||
	    record_act(c, l, detail, told, e) < 0 ||
	    exception_reload(c, l, e) < 0)
		return -1;
	return exception_reply(c, 200, l, e);
}

int
decision_create(struct ctx *c, struct err *e)
{
	const struct decision_in *in = c->in;
	struct move m = { .decided = decided(in->verdict),
		.until = in->expires_on };
	struct loaded l;
	int64_t id = 0;
	int64_t stage;

	if (exception_id_of(c, in->exception, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    check_version(c, &l, in->content_version, in->content_hash,
		in->stage, e) < 0 ||
	    workflow_check(l.x.request_state, action_of_verdict(in->verdict),
		&l.facts, &m.to, e) < 0 ||
	    check_fields(c, &l, in, e) < 0)
		return -1;
	stage = l.x.stage;
	if (m.to == STATE_RETURNED)
		flow_return(c, &l);
	else if (flow_go(c, &l, &m, e) < 0)
		return -1;
	if (add_decision(c, &l, stage, in, e) < 0)
		return -1;
	return conclude(c, &l, verdict_names[in->verdict], told(c, in, l.grant),
	    e);
}

/* M-16: one member's or signer's say. */
int
vote_prepare(struct ctx *c, struct err *e)
{
	const struct vote_in *in = c->in;
	int64_t id = 0;

	c->audit_action = "exception.vote";
	if (exception_id_of(c, in->exception, &id, e) < 0)
		return -1;
	return login_refresh(c->db, c->directory, c->arena, c->now, &c->who, e);
}

static int
put_vote(struct ctx *c, struct loaded *l, const struct vote_in *in,
    struct err *e)
{
	const struct grant *g = l->vote_grant;
	const struct vote v = { .content_version = l->x.content_version,
		.stage = l->x.stage,
		.voter_id = c->who.person_id,
		.voter = c->who.name,
		.on_behalf_of_id = id_or_none(g->on_behalf_of),
		.on_behalf_of = g->on_behalf_name,
		.role = g->role,
		.ballot = in->ballot,
		.reason = in->reason,
		.voted_at = c->now };
	const struct vote_proof proof = { .voter_title = c->who.title,
		.groups = c->who.groups,
		.content_hash = l->x.content_hash,
		.mapping_id = id_or_none(g->mapping_id),
		.designation_id = id_or_none(g->designation_id),
		.delegation_id = id_or_none(g->delegation_id) };

	if (vote_store_put(c->db, l->x.id, &v, &proof, e) < 0)
		return -1;
	return vote_store_list(c->db, l->x.id, &l->votes, &l->nvotes, e);
}

/* A vote moves the row, never the content: it stales nobody (decisions 1). */
int
vote_create(struct ctx *c, struct err *e)
{
	const struct vote_in *in = c->in;
	enum request_state to;
	struct loaded l;
	int64_t id = 0;

	if (exception_id_of(c, in->exception, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    check_version(c, &l, in->content_version, in->content_hash,
		in->stage, e) < 0 ||
	    workflow_check(l.x.request_state, ACTION_VOTE, &l.facts, &to, e) <
		0)
		return -1;
	if (utf8_is_blank(in->reason))
		return err_field(e, c->arena, "/reason", "is missing");
	if (put_vote(c, &l, in, e) < 0 ||
	    exception_store_touch(c->db, &l.x, c->who.person_id, "vote", c->now,
		e) < 0 ||
	    flow_turn(c, &l, e) < 0 ||
	    record_act(c, &l,
		arena_printf(c->arena, "%s: %s%s", ballot_names[in->ballot],
		    in->reason, on_behalf(c, l.vote_grant)),
		NULL, e) < 0 ||
	    exception_reload(c, &l, e) < 0)
		return -1;
	return exception_reply(c, 200, &l, e);
}

/* Leave a stage whose work is done; the last one gives the outcome, so the
 * number of a risk is taken here as for a decision. */
int
completion_prepare(struct ctx *c, struct err *e)
{
	const struct completion_in *in = c->in;
	int64_t id = 0;

	c->audit_action = "exception.complete";
	if (exception_id_of(c, in->exception, &id, e) < 0 ||
	    login_refresh(c->db, c->directory, c->arena, c->now, &c->who, e) <
		0)
		return -1;
	return take_risk_number(c, e);
}

int
completion_create(struct ctx *c, struct err *e)
{
	const struct completion_in *in = c->in;
	struct move m = { .until = DATE_NONE };
	const struct stage *stage;
	const char *behalf;
	struct loaded l;
	int64_t id = 0;

	if (exception_id_of(c, in->exception, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    check_version(c, &l, in->content_version, in->content_hash,
		in->stage, e) < 0 ||
	    workflow_check(l.x.request_state, ACTION_COMPLETE, &l.facts, &m.to,
		e) < 0)
		return -1;
	stage = procedure_stage(&l.procedure, l.x.stage);
	behalf = on_behalf(c, l.grant);
	m.decided = l.x.decided_as;
	if (flow_go(c, &l, &m, e) < 0)
		return -1;
	return conclude(c, &l, "complete",
	    arena_printf(c->arena, "%s%s", stage->title, behalf), e);
}
