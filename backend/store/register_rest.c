/*
 * The second half of a branch: what its index does not answer. Filters on a
 * facet are joins by the whole primary key (one row or none, so nothing is
 * counted twice); what a person may see is asked of the row itself.
 */
#include "store/register_branch.h"

/* Days are asked of the row: one rectangle that the index did not answer. */
static bool
asks_days(const struct register_plan *p, const struct register_branch *b)
{
	const struct status_range *r = &b->groups->range;

	return b->ngroups == 1 && !branch_has_days(p, b) &&
	    (r->holds_from > DATE_MIN || r->holds_to < DATE_MAX ||
		r->effective_from > DATE_MIN || r->effective_to < DATE_MAX);
}

static bool
asks_facets(const struct register_plan *p, const struct register_branch *b)
{
	for (enum dimension d = DIMENSION_UNIT; d <= DIMENSION_MARK; d++)
		if (register_asks_facet(p, b, d))
			return true;
	return false;
}

static bool
asks_words(const struct register_plan *p)
{
	return p->filter->nterms > 0;
}

/* Something is asked of columns of table exception. */
static bool
asks_row(const struct register_plan *p, const struct register_branch *b)
{
	return asks_days(p, b) || register_asks_owner(p, b) ||
	    register_asks_risk(p, b) || p->filter->cause != CAUSE__INVALID ||
	    b->sight != SEES_ALL || (asks_words(p) && !p->view->full);
}

bool
branch_has_rest(const struct register_plan *p, const struct register_branch *b)
{
	return asks_row(p, b) || asks_facets(p, b) || asks_words(p);
}

static void
join_facet(struct sql *q, const char *id, enum dimension d, int64_t value)
{
	static const char alias[][4] = { "", "r1", "r2", "r3", "r4" };
	const char *r = alias[d];

	sql_put(q, " JOIN exception_facet ");
	sql_put(q, r);
	sql_put(q, " FORCE INDEX (PRIMARY) ON ");
	sql_put(q, r);
	sql_put(q, ".exception_id = ");
	sql_put(q, id);
	sql_put(q, " AND ");
	sql_put(q, r);
	sql_add(q, ".dimension = ? AND ", v_i64(d));
	sql_put(q, r);
	sql_add(q, ".value_id = ? AND ", v_i64(value));
	sql_put(q, r);
	sql_put(q, ".live = 1");
}

/* The rows of exception last: they are long, and few are left by then. */
void
branch_put_joins(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const char *id, bool want_row)
{
	bool keyed = branch_key(p, b)[0] == 'e';

	branch_put_row_joins(q, p, b, id);
	if (branch_is_facet(b) && (want_row || keyed || asks_row(p, b))) {
		sql_put(q, " JOIN exception e ON e.id = ");
		sql_put(q, id);
	}
}

void
branch_put_row_joins(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const char *id)
{
	for (enum dimension d = DIMENSION_UNIT; d <= DIMENSION_MARK; d++)
		if (register_asks_facet(p, b, d))
			join_facet(q, id, d,
			    register_facet_value(p->filter, d));
	if (asks_words(p) && b->drive != DRIVE_TEXT) {
		sql_put(q,
		    " JOIN exception_text t FORCE INDEX (PRIMARY)"
		    " ON t.exception_id = ");
		sql_put(q, id);
	}
}

/* One grant covers the row: every dimension it names matches. */
static void
put_grant(struct sql *q, const struct grant *g)
{
	sql_put(q, "(1 = 1");
	if (g->unit_id != 0)
		sql_add(q,
		    " AND EXISTS (SELECT 1 FROM exception_facet s"
		    " WHERE s.exception_id = e.id AND s.dimension = 1"
		    " AND s.value_id = ? AND s.live = 1)",
		    v_i64(g->unit_id));
	if (g->document_id != 0)
		sql_add(q, " AND e.document_id = ?", v_i64(g->document_id));
	if (g->domain != 0)
		sql_add(q, " AND e.domain = ?", v_i64(g->domain));
	sql_put(q, ")");
}

void
branch_put_visible(struct sql *q, const struct register_view *v)
{
	struct val me = v_i64(v->person_id);

	if (v->all)
		return;
	sql_add(q, " AND (e.confidential = 0 OR e.owner_id = ?", me);
	sql_add(q, " OR e.requester_id = ?", me);
	for (size_t i = 0; i < v->ngrants; i++) {
		sql_put(q, " OR ");
		put_grant(q, &v->grants[i]);
	}
	sql_put(q, ")");
}

static void
put_sight(struct sql *q, const struct register_plan *p,
    const struct register_branch *b)
{
	const struct register_view *v = p->view;
	struct val me = v_i64(v->person_id);

	if (b->sight == SEES_ALL)
		return;
	if (b->sight == SEES_VISIBLE) {
		branch_put_visible(q, v);
		return;
	}
	sql_add(q, " AND e.owner_id <> ?", me);
	if (b->sight == SEES_REQUESTED)
		return;
	sql_add(q, " AND e.requester_id <> ? AND (", me);
	for (size_t i = 0; i < v->ngrants; i++) {
		if (i > 0)
			sql_put(q, " OR ");
		put_grant(q, &v->grants[i]);
	}
	sql_put(q, ")");
}

/*
 * A word of the record begins with the term; for who may not read all of
 * other people's records, a word of number or title (M-11). A term holds
 * letters and digits only: nothing acts as a wildcard.
 */
static void
put_word(struct sql *q, const struct register_view *v, const char *term)
{
	struct val like = v_str(arena_printf(q->arena, "%% %s%%", term));

	if (v->full) {
		sql_add(q, " AND t.words LIKE ?", like);
		return;
	}
	sql_add(q, " AND (LEFT(t.words, t.public_chars) LIKE ?", like);
	sql_add(q, " OR (t.words LIKE ?", like);
	sql_add(q, " AND (e.owner_id = ?", v_i64(v->person_id));
	sql_add(q, " OR e.requester_id = ?)))", v_i64(v->person_id));
}

void
branch_put_rest(struct sql *q, const struct register_plan *p,
    const struct register_branch *b)
{
	const struct register_filter *f = p->filter;

	if (asks_days(p, b))
		branch_put_days(q, 'e', &b->groups->range, true);
	if (register_asks_owner(p, b))
		sql_add(q, " AND e.owner_id = ?", v_i64(f->owner_id));
	if (register_asks_risk(p, b)) {
		sql_add(q, " AND e.risk >= ?", v_i64(f->risk_min));
		sql_add(q, " AND e.risk <= ?", v_i64(f->risk_max));
	}
	if (f->cause != CAUSE__INVALID)
		sql_add(q, " AND e.cause = ?", v_i64(f->cause));
	put_sight(q, p, b);
	for (size_t i = 0; i < f->nterms; i++)
		put_word(q, p->view, f->terms[i]);
}
