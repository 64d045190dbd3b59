/*
 * Ranges of the status come first, cut by the days asked for, and become
 * groups: for a list in order one group a lane, elsewhere all lanes with the
 * same bounds together. Where every lane is asked for alike, the whole table
 * is read in the order of the list. Confidential rows that only some may see
 * are branches beside the public ones; no row is in two branches.
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
	case DIMENSION_MARK:
		return f->undocumented ? MARK_UNDOCUMENTED : 0;
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
	else if (f->undocumented)
		b.dimension = DIMENSION_MARK;
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
is_open(const struct status_range *r)
{
	return r->holds_from == DATE_MIN && r->holds_to == DATE_MAX;
}

/* An ordered branch that leaves out rows of its stretch. */
static bool
dates_are_weak(const struct register_plan *p, const struct register_group *g)
{
	const struct status_range *r = &g->range;

	if (g->facts != 0)
		return true;
	if (p->sort == REGISTER_BY_EXPIRES)
		return r->effective_from > DATE_MIN;
	return !is_open(r);
}

static bool
is_weak(const struct register_plan *p, const struct register_branch *b)
{
	const struct register_filter *f = p->filter;

	for (enum dimension d = DIMENSION_UNIT; d <= DIMENSION_MARK; d++)
		if (register_asks_facet(p, b, d))
			return true;
	return register_asks_owner(p, b) || register_asks_risk(p, b) ||
	    f->cause != CAUSE__INVALID || f->nterms > 0 ||
	    b->sight == SEES_SCOPE ||
	    (b->sight == SEES_VISIBLE && !b->sorted) ||
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
with(struct register_branch b, enum register_secrecy secrecy,
    enum register_sight sight)
{
	b.secrecy = secrecy;
	b.sight = sight;
	return b;
}

/* A branch of a count. What may be seen of confidential rows is counted
 * beside it: those in the scope of a grant start from their own index, for
 * they are few among the others. */
static void
add_counted(struct register_plan *p, struct register_branch b,
    const struct register_group *g)
{
	if (sees_everything(p)) {
		add(p, with(b, SECRECY_ANY, SEES_ALL), g, 1);
		return;
	}
	add(p, with(b, SECRECY_PUBLIC, SEES_ALL), g, 1);
	if (p->view->ngrants == 0)
		return;
	if (b.drive != DRIVE_OWNER)
		b.drive = DRIVE_LANE;
	add(p, with(b, SECRECY_CONFIDENTIAL, SEES_SCOPE), g, 1);
}

/* A branch of a list: all rows in order, the person's sight asked of each. */
static void
add_listed(struct register_plan *p, struct register_branch b,
    const struct register_group *g)
{
	add(p,
	    with(b, SECRECY_ANY, sees_everything(p) ? SEES_ALL : SEES_VISIBLE),
	    g, 1);
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
		add(p, with(b, SECRECY_CONFIDENTIAL, SEES_ALL), p->groups,
		    p->nmerged);
	b.drive = DRIVE_REQUESTER;
	add(p, with(b, SECRECY_CONFIDENTIAL, SEES_REQUESTED), p->groups,
	    p->nmerged);
}

static bool
same_bounds(const struct status_range *a, const struct status_range *b)
{
	return a->effective_from == b->effective_from &&
	    a->effective_to == b->effective_to &&
	    a->holds_from == b->holds_from && a->holds_to == b->holds_to;
}

static struct register_group *
add_group(struct register_plan *p, const struct register_group *g)
{
	assert(p->ngroups < REGISTER_GROUPS_MAX);
	p->groups[p->ngroups] = *g;
	return &p->groups[p->ngroups++];
}

/* Put a piece of a lane into the groups from first on. */
static void
merge_lane(struct register_plan *p, size_t first, int lane, int fact,
    const struct status_range *r)
{
	const struct register_group piece = {
		.lanes = UINT32_C(1) << lane,
		.facts = lane == FACT_APPROVED ? UINT32_C(1) << fact : 0,
		.range = *r,
	};

	for (size_t i = first; i < p->ngroups; i++) {
		if (p->groups[i].lanes != piece.lanes ||
		    !same_bounds(&p->groups[i].range, r))
			continue;
		p->groups[i].facts |= piece.facts;
		return;
	}
	add_group(p, &piece);
}

/* Whole lanes with the same bounds become one group. */
static void
merge_bounds(struct register_plan *p, const struct register_group *g)
{
	for (size_t i = 0; g->facts == 0 && i < p->ngroups; i++) {
		if (p->groups[i].facts != 0 ||
		    !same_bounds(&p->groups[i].range, &g->range))
			continue;
		p->groups[i].lanes |= g->lanes;
		return;
	}
	add_group(p, g);
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

static bool
crosses(const struct status_range *r, date_t today)
{
	return r->holds_from < today && r->holds_to >= today;
}

/* What was approved has two lanes: until it is shelved, and then its own. */
static void
group_range(struct register_plan *p, size_t first, const struct status_range *r,
    bool cut)
{
	date_t today = p->view->today;
	struct status_range over = *r;
	struct status_range left = *r;
	bool holding = r->fact != FACT_SUSPENDED && r->fact != FACT_SHELVED &&
	    r->fact >= FACT_APPROVED;

	if (!holding) {
		merge_lane(p, first, r->fact, r->fact, r);
		return;
	}
	if (cut && crosses(r, today)) {
		over.holds_to = today - 1;
		left.holds_from = today;
		merge_lane(p, first, FACT_APPROVED, r->fact, &over);
	}
	merge_lane(p, first, FACT_APPROVED, r->fact, &left);
	/* a shelved row has ended before today */
	if (r->fact != FACT_APPROVED && r->holds_from < today)
		merge_lane(p, first, r->fact, r->fact, r);
}

static void
group_ranges(struct register_plan *p, size_t first, bool cut)
{
	struct status_range r[STATUS_SET_RANGES_MAX];
	size_t n = ranges_of(p, r);

	p->ngroups = first;
	for (size_t i = 0; i < n; i++)
		group_range(p, first, &r[i], cut);
	for (size_t i = first; i < p->ngroups; i++)
		if (p->groups[i].facts == FACTS_HOLDING)
			p->groups[i].facts = 0;
}

/*
 * What is not over has the same status whether it has ended or not. Where
 * only some of it is asked for beyond today, the others are what is over:
 * cut at today, the long part is asked for whole and the rest is short.
 */
static void
group_by_lane(struct register_plan *p, size_t first)
{
	bool uneven = false;

	group_ranges(p, first, false);
	for (size_t i = first; i < p->ngroups; i++)
		uneven = uneven ||
		    (p->groups[i].facts != 0 &&
			crosses(&p->groups[i].range, p->view->today));
	if (uneven)
		group_ranges(p, first, true);
}

/* Few rows by their nature, so that the order may be made by sorting. */
static bool
is_small(const struct register_plan *p, const struct register_branch *b,
    const struct register_group *g)
{
	if (g->lanes != UINT32_C(1) << FACT_APPROVED)
		return false;
	if (g->range.holds_to < p->view->today)
		return p->sort != REGISTER_BY_EXPIRES;
	return b->drive == DRIVE_LANE &&
	    g->range.effective_from > p->view->today;
}

/* Every lane of the register, at the same days. */
static bool
is_everything(const struct register_plan *p)
{
	uint32_t lanes = UINT32_C(1) << FACT_DISCARDED;

	for (int i = FACT_WAITING; i <= FACT_ALTERNATIVE_ACCEPTED; i++)
		lanes |= UINT32_C(1) << i;
	for (int i = FACT_APPROVED; i <= FACT_SHELVED; i++)
		lanes |= UINT32_C(1) << i;
	return p->nmerged == 1 && p->groups[0].facts == 0 &&
	    p->groups[0].range.effective_from == DATE_MIN &&
	    p->groups[0].range.effective_to == DATE_MAX &&
	    (p->groups[0].lanes | UINT32_C(1) << FACT_DISCARDED) == lanes;
}

static void
plan_list(struct register_plan *p)
{
	struct register_branch b = main_drive(p->filter);
	size_t first = p->ngroups;
	size_t last;

	if (b.drive == DRIVE_LANE && is_everything(p)) {
		b.drive = DRIVE_ALL;
		add_listed(p, b, p->groups);
		return;
	}
	group_by_lane(p, first);
	last = p->ngroups;
	for (size_t i = first; i < last; i++) {
		const struct register_group *g = &p->groups[i];
		bool ahead = g->range.effective_from > p->view->today;

		b.sorted = is_small(p, &b, g);
		b.index = !b.sorted                ? INDEX_SORT :
		    ahead && b.drive == DRIVE_LANE ? INDEX_EFFECTIVE :
						     INDEX_UNTIL;
		add_listed(p, b, g);
	}
}

static void
plan_count(struct register_plan *p, struct register_branch b)
{
	b.index = INDEX_UNTIL;
	b.sorted = true;
	for (size_t i = 0; i < p->nmerged; i++)
		add_counted(p, b, &p->groups[i]);
	add_own(p);
}

/* One branch for everything, the person's sight asked row by row. */
static void
plan_hits(struct register_plan *p, enum register_drive drive)
{
	struct register_branch b = { .drive = drive, .sorted = true };

	if (p->nmerged > 0)
		add(p,
		    with(b, SECRECY_ANY,
			sees_everything(p) ? SEES_ALL : SEES_VISIBLE),
		    p->groups, p->nmerged);
}

static void
start(struct register_plan *p, const struct register_filter *f,
    const struct register_view *v)
{
	struct register_group lanes[REGISTER_GROUPS_MAX];
	size_t n;

	memset(p, 0, sizeof(*p));
	p->filter = f;
	p->view = v;
	p->sort = f->sort;
	p->desc = f->desc;
	group_by_lane(p, 0);
	n = p->ngroups;
	memcpy(lanes, p->groups, n * sizeof(*lanes));
	p->ngroups = 0;
	for (size_t i = 0; i < n; i++)
		merge_bounds(p, &lanes[i]);
	p->nmerged = p->ngroups;
}

void
register_plan_make(struct register_plan *p, const struct register_filter *f,
    const struct register_view *v, enum register_purpose purpose,
    enum register_strategy strategy)
{
	start(p, f, v);
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
		plan_list(p);
	else
		plan_count(p, main_drive(f));
}

void
register_plan_values(struct register_plan *p, const struct register_filter *f,
    const struct register_view *v, enum dimension dimension,
    const int64_t *values, size_t nvalues)
{
	struct register_branch b = main_drive(f);

	start(p, f, v);
	if (b.drive == DRIVE_LANE) {
		b.drive = DRIVE_VALUES;
		b.dimension = dimension;
		b.values = values;
		b.nvalues = nvalues;
	}
	plan_count(p, b);
}
