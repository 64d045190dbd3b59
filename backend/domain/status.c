/*
 * One table gives both directions. Each row says: a record with this fact
 * has this status while it is in one of these phases. The four phases split
 * the plane of (effective_on, holds_until) for one day, so that a record is
 * in exactly one of them; a set of phases is a short list of rectangles,
 * which are the ranges that a filter scans.
 *
 * An ending (revoked, closed, consumed, superseded) holds to the end of its
 * day: until then the record is what it was.
 */
#include "domain/status.h"

#include <assert.h>

enum {
	AHEAD = 1,  /* not yet over, takes effect later */
	HOLDS = 2,  /* in effect, ends after the notice period */
	ENDING = 4, /* in effect, ends within the notice period */
	OVER = 8,   /* its last day has passed */
	RUNNING = HOLDS | ENDING,
	NOT_OVER = AHEAD | RUNNING,
	ALWAYS = NOT_OVER | OVER
};

struct rule {
	int fact;
	unsigned phases;
	enum status status;
};

/* clang-format off */
const char *const status_names[STATUS__MAX] = {
	[STATUS_DRAFT] = "draft",
	[STATUS_IN_REVIEW] = "in_review",
	[STATUS_RETURNED] = "returned",
	[STATUS_SCHEDULED] = "scheduled",
	[STATUS_ACTIVE] = "active",
	[STATUS_EXPIRING] = "expiring",
	[STATUS_SUSPENDED] = "suspended",
	[STATUS_EXPIRED] = "expired",
	[STATUS_REVOKED] = "revoked",
	[STATUS_CLOSED] = "closed",
	[STATUS_CONSUMED] = "consumed",
	[STATUS_SUPERSEDED] = "superseded",
	[STATUS_DENIED] = "denied",
	[STATUS_WITHDRAWN] = "withdrawn",
	[STATUS_ALTERNATIVE_ACCEPTED] = "alternative_accepted",
};

static const struct rule rules[] = {
	{ FACT_DRAFT, ALWAYS, STATUS_DRAFT },
	{ FACT_WAITING, ALWAYS, STATUS_IN_REVIEW },
	{ FACT_RETURNED, ALWAYS, STATUS_RETURNED },
	{ FACT_DENIED, ALWAYS, STATUS_DENIED },
	{ FACT_WITHDRAWN, ALWAYS, STATUS_WITHDRAWN },
	{ FACT_ALTERNATIVE_ACCEPTED, ALWAYS, STATUS_ALTERNATIVE_ACCEPTED },
	{ FACT_DISCARDED, ALWAYS, STATUS_WITHDRAWN },
	{ FACT_APPROVED, AHEAD, STATUS_SCHEDULED },
	{ FACT_APPROVED, HOLDS, STATUS_ACTIVE },
	{ FACT_APPROVED, ENDING, STATUS_EXPIRING },
	{ FACT_APPROVED, OVER, STATUS_EXPIRED },
	{ FACT_SUSPENDED, NOT_OVER, STATUS_SUSPENDED },
	{ FACT_SUSPENDED, OVER, STATUS_EXPIRED },
	{ FACT_REVOKED, AHEAD, STATUS_SCHEDULED },
	{ FACT_REVOKED, HOLDS, STATUS_ACTIVE },
	{ FACT_REVOKED, ENDING, STATUS_EXPIRING },
	{ FACT_REVOKED, OVER, STATUS_REVOKED },
	{ FACT_CLOSED, AHEAD, STATUS_SCHEDULED },
	{ FACT_CLOSED, HOLDS, STATUS_ACTIVE },
	{ FACT_CLOSED, ENDING, STATUS_EXPIRING },
	{ FACT_CLOSED, OVER, STATUS_CLOSED },
	{ FACT_CONSUMED, AHEAD, STATUS_SCHEDULED },
	{ FACT_CONSUMED, HOLDS, STATUS_ACTIVE },
	{ FACT_CONSUMED, ENDING, STATUS_EXPIRING },
	{ FACT_CONSUMED, OVER, STATUS_CONSUMED },
	{ FACT_SUPERSEDED, AHEAD, STATUS_SCHEDULED },
	{ FACT_SUPERSEDED, HOLDS, STATUS_ACTIVE },
	{ FACT_SUPERSEDED, ENDING, STATUS_EXPIRING },
	{ FACT_SUPERSEDED, OVER, STATUS_SUPERSEDED },
	{ FACT_SHELVED, ALWAYS, STATUS_EXPIRED },
};

/* The sets of phases that are one rectangle each, largest first. */
static const unsigned rectangles[] = {
	ALWAYS, NOT_OVER, RUNNING, AHEAD, HOLDS, ENDING, OVER
};
/* clang-format on */

#define NRULES (sizeof(rules) / sizeof(rules[0]))
#define NRECTANGLES (sizeof(rectangles) / sizeof(rectangles[0]))

static unsigned
phase_of(const struct status_facts *f, date_t today, int notice_days)
{
	if (f->holds_until < today)
		return OVER;
	if (f->effective_on > today)
		return AHEAD;
	return f->holds_until > today + notice_days ? HOLDS : ENDING;
}

enum status
status_of(const struct status_facts *f, date_t today, int notice_days)
{
	unsigned phase = phase_of(f, today, notice_days);

	for (size_t i = 0; i < NRULES; i++)
		if (rules[i].fact == f->fact && rules[i].phases & phase)
			return rules[i].status;
	return STATUS__INVALID;
}

static struct status_range
rectangle(int fact, unsigned phases, date_t today, int notice_days)
{
	struct status_range r = {
		.fact = fact,
		.effective_from = DATE_MIN,
		.effective_to = DATE_MAX,
		.holds_from = DATE_MIN,
		.holds_to = DATE_MAX,
	};

	if (phases == ALWAYS)
		return r;
	if (phases == OVER) {
		r.holds_to = today - 1;
		return r;
	}
	r.holds_from = phases == HOLDS ? today + notice_days + 1 : today;
	if (phases == ENDING)
		r.holds_to = today + notice_days;
	if (phases == AHEAD)
		r.effective_from = today + 1;
	else if (phases != NOT_OVER)
		r.effective_to = today;
	return r;
}

static unsigned
phases_in(int fact, unsigned statuses)
{
	unsigned phases = 0;

	for (size_t i = 0; i < NRULES; i++)
		if (rules[i].fact == fact && statuses & 1u << rules[i].status)
			phases |= rules[i].phases;
	return phases;
}

size_t
status_set_ranges(unsigned statuses, date_t today, int notice_days,
    struct status_range out[STATUS_SET_RANGES_MAX])
{
	size_t n = 0;

	if (statuses & 1u << STATUS_ACTIVE)
		statuses |= 1u << STATUS_EXPIRING;
	for (size_t i = 0; i < NRULES; i++) {
		unsigned left = phases_in(rules[i].fact, statuses);

		/* The rows of one fact follow one another. */
		if (i > 0 && rules[i].fact == rules[i - 1].fact)
			continue;
		for (size_t k = 0; k < NRECTANGLES; k++) {
			if ((rectangles[k] & ~left) != 0)
				continue;
			assert(n < STATUS_SET_RANGES_MAX);
			out[n++] = rectangle(rules[i].fact, rectangles[k],
			    today, notice_days);
			left &= ~rectangles[k];
		}
	}
	return n;
}

size_t
status_ranges(enum status s, date_t today, int notice_days,
    struct status_range out[STATUS_RANGES_MAX])
{
	struct status_range all[STATUS_SET_RANGES_MAX];
	size_t n = status_set_ranges(1u << s, today, notice_days, all);

	assert(n <= STATUS_RANGES_MAX);
	for (size_t i = 0; i < n; i++)
		out[i] = all[i];
	return n;
}
