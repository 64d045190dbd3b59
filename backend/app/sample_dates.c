/*
 * Days are worked out backwards from the status the exception shall have
 * today: last day, first day, decision, submission, draft. Nothing happens
 * after yesterday and nothing on a weekend.
 */
#include "app/sample_case.h"
#include "domain/term.h"

#define NOTICE 30 /* days before the end: expiring */
#define SPAN 400  /* how far the sample register reaches back */
#define SPAN_LARGE 1250
#define SLACK 20 /* most days between first submission and decision */

static date_t
workday(date_t d)
{
	int weekday = (d + 4) % 7; /* 1970-01-01 was a Thursday; 0 = Sunday */

	if (weekday == 0)
		return d - 2;
	return weekday == 6 ? d - 1 : d;
}

/* Some time of that day between two hours, UTC. */
static instant_t
at_hour(date_t d, int from, int to, struct rng *r)
{
	return (int64_t)d * US_PER_DAY +
	    rng_between(r, from * INT64_C(3600) * US_PER_SECOND,
		to * INT64_C(3600) * US_PER_SECOND - 1);
}

static int64_t
clamp(int64_t v, int64_t low, int64_t high)
{
	if (v < low)
		return low;
	return v < high ? v : high;
}

/* How long ago something ended: recent days more often in the sample. */
static date_t
days_ago(const struct sample *s, struct rng *r)
{
	int64_t a = rng_between(r, 1, s->count > 0 ? SPAN_LARGE : SPAN);
	int64_t b = rng_between(r, 1, s->count > 0 ? SPAN_LARGE : SPAN);

	return (date_t)(s->count > 0 || a < b ? a : b);
}

static int64_t
granted_days(const struct sample_case *c, bool long_one, struct rng *r)
{
	int64_t most = clamp(c->scenario->days, 12, c->scenario->limit - SLACK);
	int64_t least = clamp(c->scenario->days / 2, 12, most);

	if (long_one)
		least = clamp(least, NOTICE + 12, most);
	return rng_between(r, least, most);
}

/* Last day of an ending that lies behind us, and the term around it. */
static void
ended_term(const struct sample *s, struct sample_case *c, int64_t days,
    struct rng *r)
{
	c->ended_on = workday(s->today - days_ago(s, r));
	c->effective_on =
	    (date_t)(c->ended_on - rng_between(r, 3, days > 4 ? days - 1 : 3));
	c->expires_on = (date_t)(c->effective_on + days - 1);
}

static void
running_term(const struct sample *s, struct sample_case *c, int64_t days,
    struct rng *r)
{
	int64_t left = c->status == STATUS_EXPIRING ?
	    rng_between(r, 0, days - 2 < NOTICE ? days - 2 : NOTICE) :
	    rng_between(r, NOTICE + 1, days - 2);

	c->expires_on = (date_t)(s->today + left);
	c->effective_on = (date_t)(c->expires_on - days + 1);
}

/* The first and the last day it holds, by status; first term or only one. */
static void
choose_term(const struct sample *s, struct sample_case *c, struct rng *r)
{
	bool running =
	    c->status == STATUS_ACTIVE || c->status == STATUS_SUSPENDED;
	int64_t days = granted_days(c, running, r);

	if (running || c->status == STATUS_EXPIRING) {
		running_term(s, c, days, r);
	} else if (c->status == STATUS_SCHEDULED) {
		c->effective_on = (date_t)(s->today + rng_between(r, 2, 20));
		c->expires_on = (date_t)(c->effective_on + days - 1);
	} else if (c->status == STATUS_EXPIRED) {
		c->expires_on = s->today - days_ago(s, r);
		c->effective_on = (date_t)(c->expires_on - days + 1);
	} else {
		ended_term(s, c, days, r);
	}
}

/* Submission and what came before it, backwards from the day of the next
 * act. */
static void
submission(struct sample_case *c, date_t next, struct rng *r)
{
	date_t day = workday((date_t)(next - rng_between(r, 1, 5)));
	date_t back;

	c->resubmitted_at = at_hour(day, 8, 12, r);
	if (c->returned_once) {
		back = workday((date_t)(day - rng_between(r, 1, 3)));
		c->returned_at = at_hour(back, 13, 16, r);
		day = workday((date_t)(back - rng_between(r, 1, 3)));
	}
	c->submitted_at =
	    c->returned_once ? at_hour(day, 8, 12, r) : c->resubmitted_at;
	c->created_at =
	    at_hour(workday((date_t)(day - rng_between(r, 0, 3))), 6, 8, r);
}

static date_t
day_of(instant_t t)
{
	return (date_t)(t / US_PER_DAY);
}

/* The approver may have shortened what was asked for. */
static void
asked_for(struct sample_case *c, struct rng *r)
{
	date_t first =
	    term_effective(c->requested_from, day_of(c->submitted_at));
	date_t latest = term_latest(first, c->scenario->limit);

	c->requested_until = c->expires_on;
	if (rng_percent(r, 25))
		c->requested_until =
		    (date_t)(c->expires_on + rng_between(r, 5, 25));
	if (c->requested_until > latest)
		c->requested_until = latest;
}

static void
approved(const struct sample *s, struct sample_case *c, struct rng *r)
{
	bool ahead = c->status == STATUS_SCHEDULED || c->term_no == 2 ||
	    rng_percent(r, 15);
	date_t decided = c->effective_on;

	if (ahead)
		decided -= (date_t)rng_between(r, 1, 5);
	if (decided >= s->today)
		decided = s->today - 1;
	decided = workday(decided);
	if (ahead)
		c->requested_from = c->effective_on;
	else
		c->effective_on = decided;
	c->decided_at = at_hour(decided, 14, 17, r);
	submission(c, decided, r);
	asked_for(c, r);
	if (c->ended_on != DATE_NONE)
		c->ended_at = at_hour(c->ended_on, 9, 16, r);
	if (c->status == STATUS_SUSPENDED)
		c->ended_at = at_hour(workday((date_t)rng_between(r,
					  c->effective_on < s->today - 1 ?
					      c->effective_on + 1 :
					      c->effective_on,
					  s->today - 1)),
		    17, 18, r);
}

static void
not_approved(const struct sample *s, struct sample_case *c, struct rng *r)
{
	int64_t days = granted_days(c, false, r);
	date_t end = workday(s->today - days_ago(s, r));

	if (c->status == STATUS_DRAFT) {
		c->created_at =
		    at_hour(workday((date_t)(s->today - rng_between(r, 1, 20))),
			8, 16, r);
		c->requested_until = (date_t)(s->today + days - 1);
		return;
	}
	if (c->status == STATUS_IN_REVIEW || c->status == STATUS_RETURNED)
		end = workday((date_t)(s->today - rng_between(r, 1, 4)));
	submission(c, end, r);
	c->requested_until =
	    (date_t)(day_of(c->submitted_at) + SLACK + days - 1);
	if (c->status == STATUS_RETURNED)
		c->returned_at = at_hour(end, 13, 16, r);
	else if (c->status != STATUS_IN_REVIEW)
		c->decided_at = at_hour(end, 14, 17, r);
}

/* The SLA counts from the day the vulnerability was found. */
static void
remediation(struct sample_case *c, struct rng *r)
{
	const struct vulnerability *v = c->scenario->content->vulnerability;
	bool draft = c->status == STATUS_DRAFT;
	date_t first = day_of(draft ? c->created_at : c->submitted_at);
	date_t last = day_of(draft ? c->created_at : c->resubmitted_at);
	int64_t days = 90;

	if (v == NULL)
		return;
	for (size_t i = 0; i < c->version->nsla; i++)
		if (c->version->sla[i].severity == v->severity)
			days = c->version->sla[i].days;
	c->detected_on = (date_t)(first -
	    (rng_percent(r, 28) ? days + rng_between(r, 1, 20) :
				  rng_between(r, days / 3, days)));
	c->sla_due_on = sla_due(c->detected_on, days);
	c->sla_breached_days = sla_breached_days(c->sla_due_on, last);
}

static bool
has_clauses(const struct sample_version *v, const struct content *c)
{
	for (size_t i = 0; i < c->nclauses; i++)
		if (sample_clause_find(v, c->clauses[i]) == NULL)
			return false;
	return true;
}

/* The text that was published when it was asked for; a clause that did not
 * exist then is taken from the text of today. */
static const struct sample_version *
version_then(const struct sample *s, const struct sample_case *c)
{
	const struct sample_document *d = c->document;
	date_t day = day_of(
	    c->status == STATUS_DRAFT ? c->created_at : c->resubmitted_at);
	size_t v = d->nversions - 1;

	while (v > 0 && s->today - d->versions[v].published_days_ago > day)
		v--;
	if (!has_clauses(&d->versions[v], c->scenario->content))
		v = d->nversions - 1;
	return &d->versions[v];
}

/* A first term ends the day before its renewal begins. */
static void
before_renewal(struct sample_case *c, date_t next, struct rng *r)
{
	int64_t days = granted_days(c, true, r);

	c->ended_on = next - 1;
	c->expires_on = (date_t)(c->ended_on + rng_between(r, 0, 6));
	c->effective_on = (date_t)(c->expires_on - days + 1);
}

void
sample_case_dates(const struct sample *s, struct sample_case *c, date_t next,
    struct rng *r)
{
	c->created_at = c->submitted_at = c->resubmitted_at = TIME_NONE;
	c->returned_at = c->decided_at = c->ended_at = TIME_NONE;
	c->detected_on = c->sla_due_on = DATE_NONE;
	c->sla_breached_days = I64_NONE;
	c->requested_from = c->effective_on = DATE_NONE;
	c->expires_on = c->ended_on = c->stage_due_on = DATE_NONE;
	if (sample_outcome(c->status) == OUTCOME_APPROVED) {
		if (next != DATE_NONE)
			before_renewal(c, next, r);
		else
			choose_term(s, c, r);
		approved(s, c, r);
	} else {
		not_approved(s, c, r);
	}
	c->version = version_then(s, c);
	remediation(c, r);
}
