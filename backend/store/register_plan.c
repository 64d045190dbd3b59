/*
 * Ranges of the status come first, cut by the days asked for. Facts with the
 * same bounds are merged into groups where the order does not matter; for a
 * list in order each fact stays a branch of its own. Rows that only some may
 * see (confidential ones) are branches beside the public ones; no row is in
 * two branches.
 */
#include "store/register_plan.h"

#include <assert.h>
#include <string.h>

int64_t
register_facet_value(const struct register_filter *f, enum dimension d)
{
	switch (d) {
	case DIMENSION_UNIT:
		return f->unit_id;
	case DIMENSION_DOCUMENT:
		return f->document_id;
	case DIMENSION_CLAUSE:
		return f->clause_id;
	case DIMENSION__INVALID:
		break;
	}
	return 0;
}

/* What the whole list starts from: the most selective by a fixed order. */
static struct register_branch
main_drive(const struct register_filter *f)
{
	struct register_branch b = { .index = INDEX_SORT };

	b.drive = DRIVE_FACET;
	if (f->clause_id != 0)
		b.dimension = DIMENSION_CLAUSE;
	else if (f->owner_id != 0)
		b.drive = DRIVE_OWNER;
	else if (f->document_id != 0)
		b.dimension = DIMENSION_DOCUMENT;
	else if (f->unit_id != 0)
		b.dimension = DIMENSION_UNIT;
	else
		b.drive = DRIVE_LANE;
	b.value = b.drive == DRIVE_OWNER ? f->owner_id :
					   register_facet_value(f, b.dimension);
	return b;
}

bool
register_asks_facet(const struct register_plan *p,
    const struct register_branch *b, enum dimension d)
{
	return register_facet_value(p->filter, d) != 0 &&
	    (b->drive != DRIVE_FACET || b->dimension != d);
}

bool
register_asks_owner(const struct register_plan *p,
    const struct register_branch *b)
{
	return p->filter->owner_id != 0 && b->drive != DRIVE_OWNER;
}

bool
register_asks_risk(const struct register_plan *p,
    const struct register_branch *b)
{
	const struct register_filter *f = p->filter;

	if (f->risk_min <= 0 && f->risk_max >= REGISTER_RISK_MAX)
		return false;
	return p->sort != REGISTER_BY_RISK || b->sorted;
}

static bool
has_ended(int fact)
{
	return fact >= FACT_REVOKED && fact <= FACT_SUPERSEDED;
}

static bool
is_open(const struct status_range *r)
{
	return r->holds_from == DATE_MIN && r->holds_to == DATE_MAX;
}

/* An ordered branch whose index does not hold what its dates ask. */
static bool
dates_are_weak(const struct register_plan *p, const struct register_group *g)
{
	const struct status_range *r = &g->range;
	date_t yesterday = p->view->today - 1;

	if (p->sort == REGISTER_BY_EXPIRES)
		return r->effective_from > DATE_MIN;
	if (is_open(r))
		return false;
	/* Nearly every ended row lies in the past. */
	return !(has_ended(r->fact) && r->holds_from == DATE_MIN &&
	    r->holds_to == yesterday);
}

static bool
is_weak(const struct register_plan *p, const struct register_branch *b)
{
	const struct register_filter *f = p->filter;

	for (enum dimension d = DIMENSION_UNIT; d <= DIMENSION_CLAUSE; d++)
		if (register_asks_facet(p, b, d))
			return true;
	return register_asks_owner(p, b) || register_asks_risk(p, b) ||
	    f->cause != CAUSE__INVALID || f->nterms > 0 ||
	    b->sight == SEES_SCOPE ||
	    (!b->sorted && dates_are_weak(p, b->groups));
}

static void
add(struct register_plan *p, struct register_branch b,
    const struct register_group *g, size_t n)
{
	assert(p->nbranches < REGISTER_BRANCHES_MAX);
	b.groups = g;
	b.ngroups = n;
	b.weak = is_weak(p, &b);
	p->weak = p->weak || (b.weak && !b.sorted);
	p->branches[p->nbranches++] = b;
}

/* Every row of the driver may be seen, confidential or not. */
static bool
sees_everything(const struct register_plan *p)
{
	return p->view->all ||
	    (p->filter->owner_id != 0 &&
		p->filter->owner_id == p->view->person_id);
}

static struct register_branch
with(struct register_branch b, enum register_lanes lanes,
    enum register_sight sight)
{
	b.lanes = lanes;
	b.sight = sight;
	return b;
}

/* Confidential rows in the scope of a grant. */
static void
add_scope(struct register_plan *p, struct register_branch b,
    const struct register_group *g)
{
	if (!sees_everything(p) && p->view->ngrants > 0)
		add(p, with(b, LANES_CONFIDENTIAL, SEES_SCOPE), g, 1);
}

static void
add_ordered(struct register_plan *p, struct register_branch b,
    const struct register_group *g)
{
	add(p, with(b, LANES_PUBLIC, SEES_ALL), g, 1);
	if (sees_everything(p))
		add(p, with(b, LANES_CONFIDENTIAL, SEES_ALL), g, 1);
	add_scope(p, b, g);
}

static void
add_sorted(struct register_plan *p, struct register_branch b,
    const struct register_group *g)
{
	b.sorted = true;
	add(p,
	    with(b, sees_everything(p) ? LANES_BOTH : LANES_PUBLIC, SEES_ALL),
	    g, 1);
	add_scope(p, b, g);
}

/* Confidential rows the person owns or has asked for. */
static void
add_own(struct register_plan *p)
{
	struct register_branch b = {
		.value = p->view->person_id,
		.index = INDEX_UNTIL,
		.sorted = true,
	};

	if (sees_everything(p) || p->nmerged == 0)
		return;
	b.drive = DRIVE_OWNER;
	if (p->filter->owner_id == 0)
		add(p, with(b, LANES_CONFIDENTIAL, SEES_ALL), p->groups,
		    p->nmerged);
	b.drive = DRIVE_REQUESTER;
	add(p, with(b, LANES_CONFIDENTIAL, SEES_REQUESTED), p->groups,
	    p->nmerged);
}

static bool
same_bounds(const struct status_range *a, const struct status_range *b)
{
	return a->effective_from == b->effective_from &&
	    a->effective_to == b->effective_to &&
	    a->holds_from == b->holds_from && a->holds_to == b->holds_to;
}

/* Put a range into the groups from first on. */
static void
merge(struct register_plan *p, size_t first, const struct status_range *r)
{
	for (size_t i = first; i < p->ngroups; i++) {
		if (!same_bounds(&p->groups[i].range, r))
			continue;
		p->groups[i].facts |= UINT32_C(1) << r->fact;
		return;
	}
	assert(p->ngroups < REGISTER_GROUPS_MAX);
	p->groups[p->ngroups++] = (struct register_group){
		.facts = UINT32_C(1) << r->fact,
		.range = *r,
	};
}

/* The ranges asked for, cut by the days asked for. */
static size_t
ranges_of(const struct register_plan *p,
    struct status_range out[STATUS_SET_RANGES_MAX])
{
	const struct register_filter *f = p->filter;
	struct status_range all[STATUS_SET_RANGES_MAX];
	size_t n = status_set_ranges(f->statuses, p->view->today,
	    p->view->notice_days, all);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct status_range r = all[i];

		if (r.holds_from < f->expires_from)
			r.holds_from = f->expires_from;
		if (r.holds_to > f->expires_to)
			r.holds_to = f->expires_to;
		if (r.holds_from <= r.holds_to && r.fact != FACT_DRAFT &&
		    r.fact != FACT_DISCARDED)
			out[kept++] = r;
	}
	return kept;
}

/* Few rows by their nature, so that the order may be made by sorting. */
static bool
is_small(const struct register_plan *p, const struct register_branch *b,
    const struct status_range *r)
{
	if (has_ended(r->fact) && r->holds_from >= p->view->today)
		return r->fact != FACT_SUPERSEDED ||
		    p->sort != REGISTER_BY_EXPIRES;
	return b->drive == DRIVE_LANE && r->fact == FACT_APPROVED &&
	    r->effective_from > p->view->today;
}

static void
plan_list(struct register_plan *p, const struct status_range *r, size_t n)
{
	struct register_branch b = main_drive(p->filter);
	size_t first_small;
	size_t last;

	for (size_t i = 0; i < n; i++) {
		if (is_small(p, &b, &r[i]))
			continue;
		assert(p->ngroups < REGISTER_GROUPS_MAX);
		p->groups[p->ngroups] = (struct register_group){
			.facts = UINT32_C(1) << r[i].fact,
			.range = r[i],
		};
		add_ordered(p, b, &p->groups[p->ngroups++]);
	}
	first_small = p->ngroups;
	for (size_t i = 0; i < n; i++)
		if (is_small(p, &b, &r[i]))
			merge(p, first_small, &r[i]);
	last = p->ngroups;
	for (size_t i = first_small; i < last; i++) {
		bool ahead = p->groups[i].range.effective_from > DATE_MIN;

		b.index = ahead && b.drive == DRIVE_LANE ? INDEX_EFFECTIVE :
							   INDEX_UNTIL;
		add_sorted(p, b, &p->groups[i]);
	}
}

static void
plan_count(struct register_plan *p, struct register_branch b)
{
	b.index = INDEX_UNTIL;
	for (size_t i = 0; i < p->nmerged; i++)
		add_sorted(p, b, &p->groups[i]);
}

/* One branch for everything, the person's sight asked row by row. */
static void
plan_hits(struct register_plan *p, enum register_drive drive)
{
	struct register_branch b = { .drive = drive, .sorted = true };

	if (p->nmerged > 0)
		add(p,
		    with(b, LANES_BOTH,
			sees_everything(p) ? SEES_ALL : SEES_VISIBLE),
		    p->groups, p->nmerged);
}

static size_t
start(struct register_plan *p, const struct register_filter *f,
    const struct register_view *v, struct status_range *r)
{
	size_t n;

	memset(p, 0, sizeof(*p));
	p->filter = f;
	p->view = v;
	p->sort = f->sort;
	p->desc = f->desc;
	n = ranges_of(p, r);
	for (size_t i = 0; i < n; i++)
		merge(p, 0, &r[i]);
	p->nmerged = p->ngroups;
	return n;
}

void
register_plan_make(struct register_plan *p, const struct register_filter *f,
    const struct register_view *v, enum register_purpose purpose,
    enum register_strategy strategy)
{
	struct status_range r[STATUS_SET_RANGES_MAX];
	size_t n = start(p, f, v, r);

	if (purpose == REGISTER_COUNT)
		p->sort = REGISTER_BY_EXPIRES; /* no order: no key to fetch */
	if (f->number != 0) {
		plan_hits(p, DRIVE_NUMBER);
		return;
	}
	if (strategy == REGISTER_FULLTEXT) {
		plan_hits(p, DRIVE_TEXT);
		return;
	}
	if (purpose == REGISTER_LIST)
		plan_list(p, r, n);
	else
		plan_count(p, main_drive(f));
	add_own(p);
}

void
register_plan_values(struct register_plan *p, const struct register_filter *f,
    const struct register_view *v, enum dimension dimension,
    const int64_t *values, size_t nvalues)
{
	struct status_range r[STATUS_SET_RANGES_MAX];
	struct register_branch b = main_drive(f);

	start(p, f, v, r);
	if (b.drive == DRIVE_LANE) {
		b.drive = DRIVE_VALUES;
		b.dimension = dimension;
		b.values = values;
		b.nvalues = nvalues;
	}
	plan_count(p, b);
	add_own(p);
}
