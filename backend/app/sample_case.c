/*
 * Each story has random numbers of its own: one sequence for who and what,
 * one for each term's dates, one for the texts. Nothing depends on the
 * order in which cases are made.
 */
#include "app/sample_case.h"

#include <stdlib.h>
#include <string.h>

enum stream {
	STREAM_PEOPLE,
	STREAM_TERM_1,
	STREAM_TERM_2,
	STREAM_TEXTS,
	STREAMS
};

enum outcome
sample_outcome(enum status status)
{
	static const enum outcome outcomes[STATUS__MAX] = {
		[STATUS_SCHEDULED] = OUTCOME_APPROVED,
		[STATUS_ACTIVE] = OUTCOME_APPROVED,
		[STATUS_EXPIRING] = OUTCOME_APPROVED,
		[STATUS_SUSPENDED] = OUTCOME_APPROVED,
		[STATUS_EXPIRED] = OUTCOME_APPROVED,
		[STATUS_REVOKED] = OUTCOME_APPROVED,
		[STATUS_CLOSED] = OUTCOME_APPROVED,
		[STATUS_CONSUMED] = OUTCOME_APPROVED,
		[STATUS_SUPERSEDED] = OUTCOME_APPROVED,
		[STATUS_DENIED] = OUTCOME_DENIED,
		[STATUS_WITHDRAWN] = OUTCOME_WITHDRAWN,
	};

	return outcomes[status];
}

enum ended_as
sample_ended_as(enum status status)
{
	static const enum ended_as endings[STATUS__MAX] = {
		[STATUS_REVOKED] = ENDED_REVOKED,
		[STATUS_CLOSED] = ENDED_CLOSED,
		[STATUS_CONSUMED] = ENDED_CONSUMED,
		[STATUS_SUPERSEDED] = ENDED_SUPERSEDED,
	};

	return endings[status];
}

date_t
sample_holds_until(const struct sample_case *c)
{
	if (c->ended_on != DATE_NONE)
		return c->ended_on;
	if (c->expires_on != DATE_NONE)
		return c->expires_on;
	return c->requested_until != DATE_NONE ? c->requested_until : DATE_MAX;
}

/* As the job leaves it: its last day has passed before yesterday. */
bool
sample_shelved(const struct sample *s, const struct sample_case *c)
{
	return sample_outcome(c->status) == OUTCOME_APPROVED &&
	    c->status != STATUS_SUSPENDED &&
	    sample_holds_until(c) < s->today - 1;
}

int
sample_fact(const struct sample *s, const struct sample_case *c)
{
	if (c->status == STATUS_DRAFT)
		return FACT_DRAFT;
	if (c->status == STATUS_RETURNED)
		return FACT_RETURNED;
	if (c->status == STATUS_DENIED)
		return FACT_DENIED;
	if (c->status == STATUS_WITHDRAWN)
		return FACT_WITHDRAWN;
	if (c->status == STATUS_IN_REVIEW)
		return FACT_WAITING;
	if (sample_ended_as(c->status) != ENDED_NOT)
		return FACT_SUSPENDED + (int)sample_ended_as(c->status);
	if (c->status == STATUS_SUSPENDED)
		return FACT_SUSPENDED;
	return sample_shelved(s, c) ? FACT_SHELVED : FACT_APPROVED;
}

/* Does a term of that scenario fit the status? */
static bool
fits(const struct sample_scenario *x, const struct sample_item *item)
{
	enum status status = (enum status)item->status;

	if (status == STATUS_CONSUMED)
		return x->once;
	if (item->renewal != 0 || status == STATUS_ACTIVE ||
	    status == STATUS_SUSPENDED)
		return !x->once && x->days >= 60;
	return status != STATUS_EXPIRING || x->days >= 30;
}

/* Two in five are about a vulnerability. */
static const struct sample_scenario *
pick_scenario(const struct sample *s, const struct sample_item *item,
    struct rng *r)
{
	bool vulnerability =
	    rng_percent(r, 40) && item->status != STATUS_CONSUMED;

	for (;;) {
		const struct sample_scenario *x =
		    &s->scenarios[rng_below(r, s->nscenarios)];

		if (fits(x, item) &&
		    (!vulnerability || x->content->vulnerability != NULL))
			return x;
	}
}

static size_t
pick(const struct indexes *x, struct rng *r)
{
	return x->list[rng_below(r, x->n)];
}

static void
choose_people(const struct sample *s, struct sample_case *c, struct rng *r)
{
	const struct sample_scenario *x = c->scenario;

	c->beneficiary = NOWHERE;
	if (c->asset == NOWHERE && x->assets.n > 0)
		c->asset = pick(&x->assets, r);
	if (c->asset != NOWHERE && x->units.n == 0) {
		c->requester = s->assets[c->asset].owner;
		c->owner = c->requester;
		c->unit = s->assets[c->asset].unit;
		return;
	}
	if (c->requester == NOWHERE) {
		size_t top = c->asset != NOWHERE ? s->assets[c->asset].unit :
						   pick(&x->units, r);

		c->requester = pick(&s->units[top].people, r);
		if (x->content->confidential && rng_percent(r, 40))
			c->beneficiary = pick(&s->units[top].people, r);
	}
	c->unit = s->people[c->requester].unit;
	c->owner = c->requester;
	if (c->beneficiary == c->requester)
		c->beneficiary = NOWHERE;
}

/* Somebody who holds the role of the stage and has no part in it. */
static void
choose_decider(const struct sample *s, struct sample_case *c, struct rng *r)
{
	const struct indexes *people;

	c->mapping = &s->mappings[c->scenario->mapping];
	people = &s->groups[c->mapping->group].people;
	do {
		c->decider =
		    rng_percent(r, 60) ? people->list[0] : pick(people, r);
	} while (c->decider == c->requester || c->decider == c->owner ||
	    c->decider == c->beneficiary);
}

static int64_t
clamp_level(int64_t v, int64_t most)
{
	if (v < 1)
		return 1;
	return v < most ? v : most;
}

static void
choose_risk(struct sample_case *c, struct rng *r)
{
	c->risk = *c->scenario->content->risk;
	c->risk.likelihood =
	    clamp_level(c->risk.likelihood + rng_between(r, -1, 1), 5);
	c->risk.likelihood_after =
	    clamp_level(c->risk.likelihood_after + rng_between(r, -1, 1),
		c->risk.likelihood);
	if (c->risk.impact_after > c->risk.impact)
		c->risk.impact_after = c->risk.impact;
}

static void
choose_what(const struct sample *s, struct sample_case *c,
    const struct sample_item *item, struct rng *r)
{
	c->asset = c->requester = NOWHERE;
	if (s->count == 0 && item->story < s->npinned) {
		const struct sample_pinned *p = &s->pinned[item->story];

		c->scenario = &s->scenarios[p->scenario];
		c->asset = p->asset;
		c->requester = p->requester;
	} else {
		c->scenario = pick_scenario(s, item, r);
	}
	c->document = &s->documents[c->scenario->document];
	c->procedure = &s->procedures[c->scenario->procedure_index];
	choose_people(s, c, r);
	choose_decider(s, c, r);
	choose_risk(c, r);
	c->other_unit = rng_percent(r, 15) ? rng_below(r, s->nunits) : NOWHERE;
	if (c->other_unit == c->unit)
		c->other_unit = NOWHERE;
}

static struct rng
stream(const struct sample *s, const struct sample_item *item, enum stream n)
{
	return rng_make(s->seed, 100 + (uint64_t)item->story * STREAMS + n);
}

/* Everything but the ids. */
static void
fill(const struct sample *s, const struct sample_item *item,
    struct sample_case *c)
{
	struct rng people = stream(s, item, STREAM_PEOPLE);
	struct rng term =
	    stream(s, item, item->term_no == 2 ? STREAM_TERM_2 : STREAM_TERM_1);
	date_t next = DATE_NONE;

	if (item->renewal != 0 && item->term_no == 1) {
		struct sample_item second = *item;

		second.status = item->renewal;
		second.term_no = 2;
		fill(s, &second, c);
		next = c->effective_on;
	}
	*c = (struct sample_case){ .status = (enum status)item->status,
		.term_no = item->term_no };
	choose_what(s, c, item, &people);
	c->texts = 100 + (uint64_t)item->story * STREAMS + STREAM_TEXTS;
	c->returned_once = rng_percent(&term, 9) && c->status != STATUS_DRAFT &&
	    c->status != STATUS_RETURNED;
	c->content_version = c->returned_once ? 2 : 1;
	sample_case_dates(s, c, next, &term);
	sample_case_steps(s, c, &term);
}

void
sample_case_make(const struct sample *s, const struct sample_plan *plan,
    size_t i, struct sample_case *c)
{
	const struct sample_item *item = &plan->items[i];

	fill(s, item, c);
	c->id = plan->ids[i];
	c->chain_id = c->previous_id = I64_NONE;
	if (item->renewal != 0)
		c->chain_id =
		    item->term_no == 1 ? c->id : plan->ids[item->other];
	if (item->term_no == 2)
		c->previous_id = plan->ids[item->other];
}

/* How many of each status: in the sample, and of a thousand. The renewals of
 * the superseded ones come on top in the sample and are part of the
 * thousand. */
static const struct quota {
	enum status status;
	unsigned sample;
	unsigned permille;
} quotas[] = {
	{ STATUS_DRAFT, 8, 4 }, { STATUS_IN_REVIEW, 28, 14 },
	{ STATUS_RETURNED, 7, 5 }, { STATUS_SCHEDULED, 9, 5 },
	{ STATUS_ACTIVE, 80, 178 }, { STATUS_EXPIRING, 14, 18 },
	{ STATUS_SUSPENDED, 5, 4 }, { STATUS_REVOKED, 7, 12 },
	{ STATUS_CLOSED, 14, 40 }, { STATUS_CONSUMED, 6, 10 },
	{ STATUS_SUPERSEDED, 12, 25 }, { STATUS_DENIED, 20, 55 },
	{ STATUS_WITHDRAWN, 9, 33 },
	{ STATUS_EXPIRED, 58, 572 }, /* last: takes what is left */
};

#define QUOTAS (sizeof(quotas) / sizeof(quotas[0]))

static size_t
quota(const struct sample *s, const struct quota *q)
{
	return s->count == 0 ? q->sample : s->count * q->permille / 1000;
}

/* The most there can be; the plan itself counts. */
static size_t
room(const struct sample *s)
{
	size_t n = s->npinned;

	for (size_t i = 0; i < QUOTAS; i++)
		n += 2 * (quota(s, &quotas[i]) + 1);
	return n + s->count;
}

static void
add_item(struct sample_plan *plan, uint32_t story, enum status status,
    enum status renewal, int term_no)
{
	struct sample_item *item = &plan->items[plan->n];

	item->made = (uint32_t)plan->n;
	item->other = (uint32_t)(term_no == 2 ? plan->n - 1 : plan->n);
	item->story = story;
	item->status = (uint8_t)status;
	item->renewal = (uint8_t)renewal;
	item->term_no = (uint8_t)term_no;
	plan->n++;
}

static void
add_items(const struct sample *s, struct sample_plan *plan)
{
	uint32_t story = 0;

	for (size_t i = 0; s->count == 0 && i < s->npinned; i++)
		add_item(plan, story++, s->pinned[i].status, STATUS__INVALID,
		    1);
	for (size_t q = 0; q < QUOTAS; q++) {
		size_t n = quota(s, &quotas[q]);

		if (q == QUOTAS - 1 && s->count > plan->n)
			n = s->count - plan->n;
		for (size_t i = 0; i < n; i++, story++) {
			enum status renewal =
			    story % 3 == 0 ? STATUS_EXPIRED : STATUS_ACTIVE;

			if (quotas[q].status != STATUS_SUPERSEDED) {
				add_item(plan, story, quotas[q].status,
				    STATUS__INVALID, 1);
				continue;
			}
			add_item(plan, story, STATUS_SUPERSEDED, renewal, 1);
			add_item(plan, story, renewal, renewal, 2);
		}
	}
}

static int
by_creation(const void *a, const void *b)
{
	const struct sample_item *x = a;
	const struct sample_item *y = b;

	if (x->created_at != y->created_at)
		return x->created_at < y->created_at ? -1 : 1;
	return x->made < y->made ? -1 : 1;
}

static void
number_items(const struct sample *s, struct sample_plan *plan)
{
	int year = 0;
	int64_t last = 0;
	uint32_t *place = arena_array(s->arena, plan->n, sizeof(*place));

	for (size_t i = 0; i < plan->n; i++) {
		date_t day = (date_t)(plan->items[i].created_at / US_PER_DAY);
		struct civil c = date_to_civil(day);

		last = c.year == year ? last + 1 : 1;
		year = c.year;
		plan->ids[i] = year * NUMBER_YEAR + last;
		place[plan->items[i].made] = (uint32_t)i;
	}
	/* the second term knows where the first one is */
	for (size_t i = 0; i < plan->n; i++)
		plan->items[i].other = place[plan->items[i].other];
}

void
sample_plan_make(const struct sample *s, struct sample_plan *plan)
{
	size_t n = room(s);
	struct sample_case c;

	plan->n = 0;
	plan->items = arena_array(s->arena, n, sizeof(*plan->items));
	add_items(s, plan);
	for (size_t i = 0; i < plan->n; i++) {
		fill(s, &plan->items[i], &c);
		plan->items[i].created_at = c.created_at;
	}
	qsort(plan->items, plan->n, sizeof(*plan->items), by_creation);
	plan->ids = arena_array(s->arena, plan->n, sizeof(*plan->ids));
	number_items(s, plan);
}
