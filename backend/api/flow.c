/* Outcomes are set here and nowhere else (decisions 6). */
#include "api/flow.h"

#include <string.h>

#include "api/notices.h"
#include "domain/term.h"
#include "store/decision_store.h"
#include "store/exception_store.h"
#include "store/stage_store.h"

static date_t
due_on(const struct ctx *c, const struct stage *s, int64_t days_left)
{
	if (s->time_limit_days == I64_NONE)
		return DATE_MAX;
	return (date_t)(c->today +
	    (days_left != I64_NONE ? days_left : s->time_limit_days));
}

/* When the holders are reminded, and when others are told. */
static void
set_clock(struct exception *x, const struct stage *s)
{
	bool timed = s != NULL && x->stage_due_on != DATE_NONE &&
	    x->stage_due_on < DATE_MAX;

	x->stage_remind_on = x->stage_escalate_on = DATE_NONE;
	x->stage_escalate_role = NULL;
	if (!timed)
		return;
	if (s->reminder_days != I64_NONE)
		x->stage_remind_on =
		    (date_t)(x->stage_due_on - s->reminder_days);
	if (s->escalation_role != NULL) {
		x->stage_escalate_on = x->stage_due_on + 1;
		x->stage_escalate_role = s->escalation_role;
	}
}

void
flow_enter(struct ctx *c, struct loaded *l, int64_t stage)
{
	struct exception *x = &l->x;
	const struct stage *s = procedure_stage(&l->procedure, stage);

	/* the clock goes on where it stopped, if it is the same stage */
	x->stage_due_on =
	    due_on(c, s, x->stage == stage ? x->stage_days_left : I64_NONE);
	x->stage_days_left = I64_NONE;
	x->stage = stage;
	x->stage_role = engine_turn(s, NULL, 0);
	x->stage_entered_at = c->now;
	set_clock(x, s);
	/* what is typed into a form starts from what was said before */
	x->draft_content = NULL;
}

void
flow_leave(struct exception *x)
{
	x->stage = 0;
	x->stage_role = NULL;
	x->stage_due_on = DATE_NONE;
	x->stage_days_left = I64_NONE;
	x->decided_as = VERDICT__INVALID;
	x->draft_content = NULL;
	set_clock(x, NULL);
}

/* The earliest last day that an approval of this version granted. */
static int
granted_until(struct ctx *c, struct loaded *l, date_t until, date_t *out,
    struct err *e)
{
	*out = until;
	if (l->procedure.nstages > 1 && exception_decisions(c, l, e) < 0)
		return -1;
	for (size_t i = 0; i < l->ndecisions; i++) {
		const struct decision *d = &l->decisions[i];

		if (d->content_version == l->x.content_version &&
		    d->verdict == VERDICT_APPROVE &&
		    (*out == DATE_NONE || d->expires_on < *out))
			*out = d->expires_on;
	}
	if (*out == DATE_NONE)
		return err_set(e, ERR_INTERNAL,
		    "An approval without a last day.");
	return 0;
}

/* Documentation may outlast a short term: then it never came to hold, and
 * the register says so at once (expired). */
static int
give_term(struct ctx *c, struct loaded *l, date_t until, struct err *e)
{
	struct exception *x = &l->x;

	if (granted_until(c, l, until, &x->expires_on, e) < 0)
		return -1;
	x->effective_on = term_effective(x->requested_from, c->today);
	if (x->effective_on > x->expires_on)
		x->effective_on = x->expires_on;
	return 0;
}

static enum outcome
outcome_of(enum request_state to)
{
	if (to == STATE_APPROVED)
		return OUTCOME_APPROVED;
	return to == STATE_ALTERNATIVE_ACCEPTED ? OUTCOME_ALTERNATIVE_ACCEPTED :
						  OUTCOME_DENIED;
}

int
flow_go(struct ctx *c, struct loaded *l, const struct move *m, struct err *e)
{
	struct exception *x = &l->x;
	const struct stage_facts facts = exception_stage_facts(c, x);
	struct progress at = { x->request_state, x->stage, x->decided_as };

	engine_go(&l->procedure, &at, m->to, m->decided, &facts);
	x->request_state = at.state;
	if (at.state == STATE_IN_STAGE) {
		x->decided_as = at.decided;
		flow_enter(c, l, at.stage);
		return 0;
	}
	if (m->to == STATE_APPROVED && give_term(c, l, m->until, e) < 0)
		return -1;
	x->outcome = outcome_of(m->to);
	x->decided_at = c->now;
	flow_leave(x);
	return 0;
}

void
flow_return(struct ctx *c, struct loaded *l)
{
	struct exception *x = &l->x;

	x->request_state = STATE_RETURNED;
	x->stage_days_left = I64_NONE;
	if (x->stage_due_on != DATE_NONE && x->stage_due_on < DATE_MAX)
		x->stage_days_left =
		    x->stage_due_on > c->today ? x->stage_due_on - c->today : 0;
	x->draft_content = l->x.content;
	x->stage_role = NULL;
	x->stage_due_on = DATE_NONE;
	x->decided_as = VERDICT__INVALID;
	set_clock(x, NULL);
}

static bool
is_party(const struct exception *x, int64_t person_id)
{
	return person_id == x->requester_id || person_id == x->owner_id ||
	    person_id == x->beneficiary_id || person_id == x->edited_by_id;
}

static bool
somebody_free(const struct exception *x, const struct holder_row *holders,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_party(x, holders[i].id) && !holders[i].related)
			return true;
	}
	return false;
}

/*
 * Who acts in the stage, as far as is known. V-14: when everybody who holds
 * the role has a part in the request, or acts for somebody who has, the deputy
 * acts; without one it cannot
 * go on.
 */
static int
find_holders(struct ctx *c, struct loaded *l, struct holder_row **holders,
    size_t *n, struct err *e)
{
	struct exception *x = &l->x;
	const struct stage *s = procedure_stage(&l->procedure, x->stage);

	if (exception_store_holders(c->db, x, x->stage_role, c->today, holders,
		n, e) < 0)
		return -1;
	if (s->deputy_role == NULL || *n == 0 || somebody_free(x, *holders, *n))
		return 0;
	x->stage_role = s->deputy_role;
	if (exception_store_holders(c->db, x, x->stage_role, c->today, holders,
		n, e) < 0)
		return -1;
	if (!somebody_free(x, *holders, *n))
		return err_set(e, ERR_STEP_REFUSED,
		    "Everybody who could decide has a part in this request, "
		    "and no deputy is named. Ask an administrator to name "
		    "one.");
	return exception_store_set_stage_role(c->db, x, e);
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

/* C-09, C-18: what stays open after the outcome. */
static int
open_work(struct ctx *c, const struct loaded *l, struct err *e)
{
	for (size_t i = 0; i < l->procedure.nwork_items; i++) {
		const struct work_owed *o = &l->procedure.work_items[i];
		const struct work_item w = { .title = o->title,
			.what = o->what,
			.role = o->role,
			.owner_id = I64_NONE,
			.opened_at = c->now };

		if (o->after != l->x.outcome)
			continue;
		if (work_store_open(c->db, l->x.id, &w, e) < 0 ||
		    notice_role(c, &l->x, o->role, "work", o->title, NULL, e) <
			0)
			return -1;
	}
	return 0;
}

static int
follow_outcome(struct ctx *c, const struct loaded *l, const char *detail,
    struct err *e)
{
	const char *kind = "denied";

	if (l->x.outcome == OUTCOME_APPROVED) {
		kind = "approved";
		if (l->procedure.risk_register == RISK_REGISTER_ALWAYS &&
		    l->content.risk != NULL && add_risk(c, l, e) < 0)
			return -1;
	} else if (l->x.outcome == OUTCOME_ALTERNATIVE_ACCEPTED) {
		kind = "alternative";
	}
	if (open_work(c, l, e) < 0)
		return -1;
	return notice_parties(c, &l->x, kind, detail, e);
}

int
flow_follow(struct ctx *c, struct loaded *l, const char *detail,
    const char **told, struct err *e)
{
	struct holder_row *holders = NULL;
	size_t n = 0;

	if (told != NULL)
		*told = NULL;
	if (l->x.request_state == STATE_RETURNED)
		return notice_parties(c, &l->x, "returned", detail, e);
	if (l->x.request_state != STATE_IN_STAGE)
		return follow_outcome(c, l, detail, e);
	if (procedure_stage_kind(&l->procedure, l->x.stage) == STAGE_FORM)
		return notice_requester(c, &l->x, "form", detail, e);
	if (find_holders(c, l, &holders, &n, e) < 0)
		return -1;
	return notice_holders(c, &l->x, holders, n, "assigned", told, e);
}

int
flow_turn(struct ctx *c, struct loaded *l, struct err *e)
{
	const struct stage *s = procedure_stage(&l->procedure, l->x.stage);
	const char *before = l->x.stage_role;
	size_t n;
	const struct vote *votes = exception_votes(l, &n);
	const char *now = engine_turn(s, votes, n);

	if (before != NULL && strcmp(before, now) == 0)
		return 0;
	l->x.stage_role = now;
	if (exception_store_set_stage_role(c->db, &l->x, e) < 0)
		return -1;
	return notice_role(c, &l->x, now, "assigned", NULL, NULL, e);
}
