/* What happened, one step after the other, each with its row version. */
#include "app/sample_case.h"

static struct sample_step *
add_step(struct sample_case *c, const char *action, instant_t at, size_t actor,
    enum request_state state)
{
	struct sample_step *last =
	    c->nsteps > 0 ? &c->steps[c->nsteps - 1] : NULL;
	struct sample_step *step = &c->steps[c->nsteps++];

	*step = (struct sample_step){ .action = action,
		.at = at,
		.actor = actor,
		.content_version = last != NULL ? last->content_version : 1,
		.state = state,
		.stage = state == STATE_IN_STAGE || state == STATE_RETURNED,
		.outcome = last != NULL ? last->outcome : OUTCOME_OPEN,
		.row_version = ++c->row_version };
	return step;
}

static void
add_findings(struct sample_case *c, size_t n, instant_t before)
{
	for (size_t i = 0; i < n; i++)
		add_step(c, "find",
		    before - (instant_t)(n - i) * 11 * 60 * US_PER_SECOND,
		    c->decider, STATE_IN_STAGE)
		    ->finding = i;
}

static void
add_return(struct sample_case *c)
{
	add_step(c, "return", c->returned_at, c->decider, STATE_RETURNED);
	if (!c->returned_once)
		return;
	c->row_version++; /* saved once before it was sent again */
	add_step(c, "resubmit", c->resubmitted_at, c->requester, STATE_IN_STAGE)
	    ->content_version = 2;
}

static void
add_outcome(struct sample_case *c)
{
	const struct procedure *p = &c->procedure->procedure;
	enum outcome outcome = sample_outcome(c->status);

	if (outcome == OUTCOME_WITHDRAWN) {
		add_step(c, "withdraw", c->decided_at, c->requester,
		    STATE_WITHDRAWN)
		    ->outcome = outcome;
		return;
	}
	add_findings(c, p->stages[0].nfindings, c->decided_at);
	if (outcome == OUTCOME_DENIED)
		add_step(c, "deny", c->decided_at, c->decider, STATE_DENIED)
		    ->outcome = outcome;
	else
		add_step(c, "approve", c->decided_at, c->decider,
		    STATE_APPROVED)
		    ->outcome = outcome;
}

static void
add_ending(struct sample_case *c)
{
	static const char *const actions[ENDED_AS__MAX] = { "suspend", "revoke",
		"close", "consume", "supersede" };
	enum ended_as ended_as = sample_ended_as(c->status);
	bool by_decider = ended_as == ENDED_NOT || ended_as == ENDED_REVOKED ||
	    ended_as == ENDED_SUPERSEDED;
	struct sample_step *step = add_step(c, actions[ended_as], c->ended_at,
	    by_decider ? c->decider : c->owner, STATE_APPROVED);

	step->ended_as = ended_as;
	step->suspended = ended_as == ENDED_NOT;
}

void
sample_case_steps(const struct sample *s, struct sample_case *c, struct rng *r)
{
	const struct procedure *p = &c->procedure->procedure;

	(void)s;
	c->row_version = 1 + rng_between(r, 2, 5); /* the draft was saved */
	c->updated_at = c->created_at + 35 * 60 * US_PER_SECOND;
	if (c->status == STATUS_DRAFT)
		return;
	add_step(c, "submit", c->submitted_at, c->requester, STATE_IN_STAGE);
	if (c->returned_at != TIME_NONE)
		add_return(c);
	if (sample_outcome(c->status) != OUTCOME_OPEN)
		add_outcome(c);
	else if (c->status == STATUS_IN_REVIEW && rng_percent(r, 25))
		add_findings(c, 1,
		    c->resubmitted_at + 6 * 3600 * US_PER_SECOND);
	if (c->ended_at != TIME_NONE)
		add_ending(c);
	if (c->status == STATUS_IN_REVIEW)
		c->stage_due_on = (date_t)(c->resubmitted_at / US_PER_DAY +
		    p->stages[0].time_limit_days);
	c->updated_at = c->steps[c->nsteps - 1].at;
}
