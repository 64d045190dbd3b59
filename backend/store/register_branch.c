/*
 * A branch is written in two halves. The index half is what its index alone
 * answers: the table with its index forced, lanes, days, and the place in
 * the order (in the expanded form that a range scan understands). The rest
 * are joins by primary key and conditions on the rows found.
 */
#include "store/register_branch.h"

#include <assert.h>

/* clang-format off */
static const struct {
	const char *column; /* of exception */
	const char *facet;  /* of exception_facet, NULL: not there */
	const char *lane_index, *all_index, *owner_index, *facet_index;
	char letter;
} sorts[REGISTER_SORT__MAX] = {
	[REGISTER_BY_NUMBER] = { "e.id", "f.exception_id", "exception_lane_number", "PRIMARY", "exception_owner_number", "facet_number", 'i' },
	[REGISTER_BY_SUBMITTED] = { "e.list_submitted", NULL, "exception_lane_submitted", "exception_submitted", NULL, NULL, 't' },
	[REGISTER_BY_EXPIRES] = { "e.holds_until", "f.holds_until", "exception_lane_until", "exception_until", "exception_owner_until", "facet_until", 'd' },
	[REGISTER_BY_RISK] = { "e.risk", "f.risk", "exception_lane_risk", "exception_risk", NULL, "facet_risk", 'i' },
	[REGISTER_BY_UPDATED] = { "e.updated_at", NULL, "exception_lane_updated", "exception_updated", NULL, NULL, 't' },
};
/* clang-format on */

bool
branch_is_facet(const struct register_branch *b)
{
	return b->drive == DRIVE_FACET || b->drive == DRIVE_VALUES;
}

/* The index half comes from exception_facet with the key of the sort. */
static bool
in_facet(const struct register_plan *p, const struct register_branch *b)
{
	return branch_is_facet(b) && sorts[p->sort].facet != NULL;
}

const char *
branch_key(const struct register_plan *p, const struct register_branch *b)
{
	/* A sorted branch of a facet reads by last day; other keys are in e. */
	if (in_facet(p, b) &&
	    (p->sort != REGISTER_BY_RISK || b->index == INDEX_SORT))
		return sorts[p->sort].facet;
	return sorts[p->sort].column;
}

const char *
branch_id(const struct register_branch *b)
{
	return branch_is_facet(b) ? "f.exception_id" : "e.id";
}

/* Days are answered by the index: the branch reads by last or first day. */
bool
branch_has_days(const struct register_plan *p, const struct register_branch *b)
{
	if (b->drive == DRIVE_REQUESTER)
		return false;
	return b->index == INDEX_UNTIL || b->index == INDEX_EFFECTIVE ||
	    (b->index == INDEX_SORT && p->sort == REGISTER_BY_EXPIRES);
}

static const char *
index_of(const struct register_plan *p, const struct register_branch *b)
{
	enum register_sort sort =
	    b->index == INDEX_SORT ? p->sort : REGISTER_BY_EXPIRES;

	switch (b->drive) {
	case DRIVE_OWNER:
		return sorts[sort].owner_index;
	case DRIVE_REQUESTER:
		return "exception_requester";
	case DRIVE_FACET:
	case DRIVE_VALUES:
		return sorts[sort].facet_index;
	case DRIVE_NUMBER:
		return "PRIMARY";
	case DRIVE_ALL:
		return sorts[sort].all_index;
	case DRIVE_LANE:
	case DRIVE_TEXT:
	case DRIVE__INVALID:
		break;
	}
	if (b->secrecy == SECRECY_CONFIDENTIAL)
		return "exception_confidential";
	return b->index == INDEX_EFFECTIVE ? "exception_lane_effective" :
					     sorts[sort].lane_index;
}

void
branch_put_table(struct sql *q, const struct register_plan *p,
    const struct register_branch *b)
{
	const char *index = index_of(p, b);

	if (b->drive == DRIVE_TEXT) {
		sql_put(q,
		    "exception_text t"
		    " JOIN exception e ON e.id = t.exception_id");
		return;
	}
	assert(index != NULL);
	sql_put(q,
	    branch_is_facet(b) ? "exception_facet f FORCE INDEX (" :
				 "exception e FORCE INDEX (");
	sql_put(q, index);
	sql_put(q, ")");
}

/* "+pre* +fix*": what the full-text index can answer of the words. */
static const char *
match_of(struct arena *a, const struct register_filter *f)
{
	struct buf b;

	buf_init(&b, a);
	for (size_t i = 0; i < f->nterms; i++)
		if (search_term_is_rare(f->terms[i]))
			buf_printf(&b, "%s+%s*", b.len > 0 ? " " : "",
			    f->terms[i]);
	return buf_text(&b);
}

/* What the branch starts from, as conditions; the first has no AND. */
static void
put_start(struct sql *q, const struct register_plan *p,
    const struct register_branch *b)
{
	switch (b->drive) {
	case DRIVE_OWNER:
		sql_add(q, "e.owner_id = ?", v_i64(b->value));
		return;
	case DRIVE_REQUESTER:
		sql_add(q, "e.requester_id = ?", v_i64(b->value));
		return;
	case DRIVE_FACET:
		sql_add(q, "f.dimension = ?", v_i64(b->dimension));
		sql_add(q, " AND f.value_id = ? AND f.live = 1",
		    v_i64(b->value));
		return;
	case DRIVE_VALUES:
		sql_add(q, "f.dimension = ? AND f.live = 1",
		    v_i64(b->dimension));
		sql_put(q, " AND f.value_id");
		sql_in(q, b->values, b->nvalues);
		return;
	case DRIVE_NUMBER:
		sql_add(q, "e.id = ?", v_i64(p->filter->number));
		return;
	case DRIVE_TEXT:
		sql_add(q, "MATCH(t.words) AGAINST(? IN BOOLEAN MODE)",
		    v_str(match_of(q->arena, p->filter)));
		return;
	case DRIVE_ALL:
	case DRIVE_LANE:
	case DRIVE__INVALID:
		break;
	}
	sql_put(q, "1 = 1");
}

/* " IN (?, ...)" of the bits that are set. */
static void
put_bits(struct sql *q, uint32_t bits)
{
	int64_t values[32];
	size_t n = 0;

	for (int i = 0; i < 32; i++)
		if (bits & UINT32_C(1) << i)
			values[n++] = i;
	sql_in(q, values, n);
}

static void
put_lanes(struct sql *q, const struct register_branch *b,
    const struct register_group *g)
{
	if (b->drive == DRIVE_ALL) {
		sql_add(q, "e.lane <> ?", v_i64(FACT_DRAFT));
		sql_add(q, " AND e.lane <> ?", v_i64(FACT_DISCARDED));
		return;
	}
	sql_put(q, branch_is_facet(b) ? "f.lane" : "e.lane");
	put_bits(q, g->lanes);
	if (g->facts == 0)
		return;
	sql_put(q, branch_is_facet(b) ? " AND f.fact" : " AND e.fact");
	put_bits(q, g->facts);
}

/* Marked in the index beside the key. */
static void
put_secrecy(struct sql *q, const struct register_branch *b)
{
	if (b->secrecy == SECRECY_ANY)
		return;
	sql_add(q,
	    branch_is_facet(b) ? " AND f.confidential = ?" :
				 " AND e.confidential = ?",
	    v_i64(b->secrecy == SECRECY_CONFIDENTIAL));
}

/* Bounds of the days. t: alias of the table that has them. */
void
branch_put_days(struct sql *q, char t, const struct status_range *r, bool until)
{
	if (until && r->holds_from > DATE_MIN)
		sql_day(q, t, "holds_until >= ?", r->holds_from);
	if (until && r->holds_to < DATE_MAX)
		sql_day(q, t, "holds_until <= ?", r->holds_to);
	if (r->effective_from > DATE_MIN)
		sql_day(q, t, "effective_on >= ?", r->effective_from);
	if (r->effective_to < DATE_MAX)
		sql_day(q, t, "effective_on <= ?", r->effective_to);
}

/* The last day is the key of the order, and bounded with it. */
static bool
keyed_by_day(const struct register_plan *p, const struct register_branch *b)
{
	return p->sort == REGISTER_BY_EXPIRES && !b->sorted;
}

/* Lanes, and the days too when they are one rectangle in the index. */
static void
put_groups(struct sql *q, const struct register_plan *p,
    const struct register_branch *b)
{
	bool days = branch_has_days(p, b);
	char t = branch_is_facet(b) ? 'f' : 'e';

	if (b->ngroups == 1) {
		sql_put(q, " AND ");
		put_lanes(q, b, b->groups);
		if (days)
			branch_put_days(q, t, &b->groups->range,
			    !keyed_by_day(p, b));
		return;
	}
	sql_put(q, " AND (");
	for (size_t i = 0; i < b->ngroups; i++) {
		sql_put(q, i == 0 ? "(" : " OR (");
		put_lanes(q, b, &b->groups[i]);
		branch_put_days(q, t, &b->groups[i].range, true);
		sql_put(q, ")");
	}
	sql_put(q, ")");
}

static struct val
key_val(const struct register_plan *p, int64_t key)
{
	switch (sorts[p->sort].letter) {
	case 'd':
		return v_date((date_t)key);
	case 't':
		return v_time(key);
	default:
		return v_i64(key);
	}
}

struct bounds {
	int64_t least, most;
};

/* What the key may be at all: its type, and what the filter says of it. */
static struct bounds
key_bounds(const struct register_plan *p, const struct register_branch *b)
{
	const struct register_filter *f = p->filter;

	switch (p->sort) {
	case REGISTER_BY_EXPIRES:
		if (b->sorted)
			return (struct bounds){ DATE_MIN, DATE_MAX };
		return (struct bounds){ b->groups->range.holds_from,
			b->groups->range.holds_to };
	case REGISTER_BY_RISK:
		return (struct bounds){ f->risk_min, f->risk_max };
	case REGISTER_BY_SUBMITTED:
	case REGISTER_BY_UPDATED:
		return (struct bounds){ 0, DATE_MAX * US_PER_DAY };
	case REGISTER_BY_NUMBER:
	case REGISTER_SORT__INVALID:
	case REGISTER_SORT__MAX:
		break;
	}
	return (struct bounds){ 0, INT64_MAX };
}

/* key OP ? as one more condition. */
static void
put_key(struct sql *q, const char *key, const char *op, struct val v)
{
	sql_put(q, " AND ");
	sql_put(q, key);
	sql_put(q, op);
	sql_add(q, "?", v);
}

/* The number is key and id in one. */
static void
put_number_span(struct sql *q, const struct register_plan *p, const char *id,
    const struct register_span *s)
{
	int64_t from = p->desc ? INT64_MAX : 0;

	if (s->from.set)
		from = s->from.id;
	put_key(q, id, p->desc ? " < " : " > ", v_i64(from));
	if (s->to.set)
		put_key(q, id, p->desc ? " >= " : " <= ", v_i64(s->to.id));
}

/* " AND (key < ? OR id < ?)": the second half of the expanded comparison. */
static void
put_tie(struct sql *q, const struct register_plan *p, const char *key,
    const char *id, const char *op, const char *id_op, struct register_mark m)
{
	sql_put(q, " AND (");
	sql_put(q, key);
	sql_put(q, op);
	sql_add(q, "? OR ", key_val(p, m.key));
	sql_put(q, id);
	sql_put(q, id_op);
	sql_add(q, "?)", v_i64(m.id));
}

/* The rows after `from` that have its key. */
static void
put_rest_of_tie(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const struct register_span *s)
{
	const char *id = branch_id(b);

	put_key(q, branch_key(p, b), " = ", key_val(p, s->from.key));
	put_key(q, id, p->desc ? " < " : " > ", v_i64(s->from.id));
	if (s->to.set && s->to.key == s->from.key)
		put_key(q, id, p->desc ? " >= " : " <= ", v_i64(s->to.id));
}

/* Cut the bounds where the stretch begins and ends. */
static void
cut_bounds(struct bounds *k, const struct register_plan *p,
    const struct register_span *s)
{
	int64_t from = s->from.key;
	int64_t to = s->to.key;

	if (p->desc) {
		from -= s->part == PART_AFTER;
		if (s->from.set && from < k->most)
			k->most = from;
		if (s->to.set && to > k->least)
			k->least = to;
		return;
	}
	from += s->part == PART_AFTER;
	if (s->from.set && from > k->least)
		k->least = from;
	if (s->to.set && to < k->most)
		k->most = to;
}

void
branch_put_span(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const struct register_span *s)
{
	const char *key = branch_key(p, b);
	struct bounds k = key_bounds(p, b);
	struct register_mark from = s->from;

	if (p->sort == REGISTER_BY_NUMBER) {
		put_number_span(q, p, branch_id(b), s);
		return;
	}
	if (s->part == PART_TIE) {
		put_rest_of_tie(q, p, b, s);
		return;
	}
	cut_bounds(&k, p, s);
	if (!from.set || s->part == PART_AFTER)
		from = (struct register_mark){
			.key = p->desc ? k.most : k.least,
			.id = p->desc ? INT64_MAX : 0,
		};
	put_key(q, key, " >= ", key_val(p, k.least));
	put_key(q, key, " <= ", key_val(p, k.most));
	put_tie(q, p, key, branch_id(b), p->desc ? " < " : " > ",
	    p->desc ? " < " : " > ", from);
	if (s->to.set)
		put_tie(q, p, key, branch_id(b), p->desc ? " > " : " < ",
		    p->desc ? " >= " : " <= ", s->to);
}

void
branch_put_index(struct sql *q, const struct register_plan *p,
    const struct register_branch *b)
{
	put_start(q, p, b);
	put_secrecy(q, b);
	put_groups(q, p, b);
}

void
branch_put_order(struct sql *q, const struct register_plan *p,
    const struct register_branch *b)
{
	const char *desc = p->desc ? " DESC" : "";

	sql_put(q, " ORDER BY ");
	if (p->sort != REGISTER_BY_NUMBER) {
		sql_put(q, branch_key(p, b));
		sql_put(q, desc);
		sql_put(q, ", ");
	}
	sql_put(q, branch_id(b));
	sql_put(q, desc);
}

const struct schema *
branch_place_schema(const struct register_plan *p)
{
	switch (sorts[p->sort].letter) {
	case 'd':
		return &register_day_place_schema;
	case 't':
		return &register_time_place_schema;
	default:
		return &register_place_schema;
	}
}
