/*
 * A page of one branch is read straight; a page of several is a UNION ALL of
 * (key, id), each branch cut at the page, and only the rows that are left
 * get their columns. The joins are by primary key and in the order written
 * (STRAIGHT_JOIN), so no plan depends on statistics. Names of documents,
 * units and people are not joined: names.c knows them.
 */
#include "store/register_filter.h"

#include <assert.h>

#include "domain/record.h"
#include "store/register_branch.h"

/* clang-format off */
static const char columns[] =
	"e.id, e.fact, e.title, e.document_id, e.clause_ref AS clause, e.unit_id, e.owner_id, e.requester_id,"
	" e.risk, e.cause, e.submitted_at, e.list_submitted, e.effective_on, e.expires_on, e.holds_until,"
	" e.requested_until, e.updated_at, e.sla_breached_days, e.confidential, e.undocumented";
/* clang-format on */

static struct register_sql
end(struct sql *q, const char *name, const struct schema *row)
{
	return (struct register_sql){
		.def = sql_end(q, name, row),
		.vals = q->vals,
		.nvals = q->nvals,
	};
}

/* " FROM ... WHERE ..." of a branch: both halves. */
static void
put_source(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, bool want_row,
    const struct register_span *s)
{
	sql_put(q, " FROM ");
	branch_put_table(q, p, b);
	branch_put_joins(q, p, b, branch_id(b), want_row);
	sql_put(q, " WHERE ");
	branch_put_index(q, p, b);
	if (s != NULL)
		branch_put_span(q, p, b, s);
	branch_put_rest(q, p, b);
}

/* "SELECT key AS name, id AS id": what the parts of a union have alike. */
static void
put_place(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const char *name)
{
	sql_put(q, "SELECT STRAIGHT_JOIN ");
	sql_put(q, branch_key(p, b));
	sql_put(q, " AS ");
	sql_put(q, name);
	sql_put(q, ", ");
	sql_put(q, branch_id(b));
	sql_put(q, " AS id");
}

static void
put_union_order(struct sql *q, const struct register_plan *p, const char *key,
    struct val limit)
{
	const char *desc = p->desc ? " DESC" : "";

	sql_put(q, " ORDER BY ");
	sql_put(q, key);
	sql_put(q, desc);
	sql_put(q, ", id");
	sql_put(q, desc);
	sql_add(q, " LIMIT ?", limit);
}

static void
put_limit(struct sql *q, const struct register_span *s)
{
	sql_add(q, " LIMIT ?", v_i64(s->limit));
	if (s->examine > 0)
		sql_put(q,
		    arena_printf(q->arena, " ROWS EXAMINED %lld",
			(long long)s->examine));
}

static void
put_branch_page(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const struct register_span *s)
{
	sql_put(q, "SELECT STRAIGHT_JOIN ");
	sql_put(q, columns);
	put_source(q, p, b, true, s);
	branch_put_order(q, p, b);
	put_limit(q, s);
}

/* How a stretch of that branch is read: whole, or in two parts. */
static enum register_part
first_part(const struct register_plan *p, const struct register_branch *b,
    const struct register_mark *from)
{
	return p->sort == REGISTER_BY_RISK && from->set && !b->sorted ?
	    PART_TIE :
	    PART_WHOLE;
}

/* Places of one branch, each part cut at the limit. */
static void
put_places(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const struct register_span *s)
{
	struct register_span part = *s;

	part.part = first_part(p, b, &s->from);
	for (;;) {
		sql_put(q, "(");
		put_place(q, p, b, "k");
		put_source(q, p, b, false, &part);
		branch_put_order(q, p, b);
		sql_add(q, " LIMIT ?)", v_i64(s->limit));
		if (part.part != PART_TIE)
			return;
		part.part = PART_AFTER;
		sql_put(q, " UNION ALL ");
	}
}

static void
put_union_page(struct sql *q, const struct register_plan *p,
    const struct register_span *s)
{
	sql_put(q, "SELECT STRAIGHT_JOIN ");
	sql_put(q, columns);
	sql_put(q, " FROM (");
	for (size_t i = 0; i < p->nbranches; i++) {
		sql_put(q, i == 0 ? "" : " UNION ALL ");
		put_places(q, p, &p->branches[i], s);
	}
	put_union_order(q, p, "k", v_i64(s->limit));
	sql_put(q, ") p JOIN exception e ON e.id = p.id");
	put_limit(q, s);
}

/* How many hits the full-text index has cannot be known before. */
static void
put_guard(struct sql *q, const struct register_plan *p)
{
	if (p->branches[0].drive == DRIVE_TEXT)
		sql_put(q,
		    "SET STATEMENT max_statement_time = " REGISTER_SEARCH_SECONDS
		    " FOR ");
}

struct register_sql
register_sql_branch(struct arena *a, const struct register_plan *p,
    const struct register_branch *b, const struct register_span *s)
{
	struct sql q;

	sql_begin(&q, a);
	put_branch_page(&q, p, b, s);
	return end(&q, "register_branch", &register_row_schema);
}

struct register_sql
register_sql_page(struct arena *a, const struct register_plan *p,
    const struct register_span *s)
{
	struct sql q;

	assert(p->nbranches > 0);
	sql_begin(&q, a);
	put_guard(&q, p);
	/* Hits are sorted as ids, before their columns are fetched. */
	if (p->nbranches == 1 && p->branches[0].drive != DRIVE_TEXT &&
	    first_part(p, &p->branches[0], &s->from) == PART_WHOLE)
		put_branch_page(&q, p, &p->branches[0], s);
	else
		put_union_page(&q, p, s);
	return end(&q, "register_page", &register_row_schema);
}

static void
put_bound(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const struct register_span *s,
    int64_t skip, size_t *n)
{
	sql_put(q, (*n)++ == 0 ? "(" : " UNION ALL (");
	put_place(q, p, b, "sort_key");
	sql_put(q, " FROM ");
	branch_put_table(q, p, b);
	sql_put(q, " WHERE ");
	branch_put_index(q, p, b);
	branch_put_span(q, p, b, s);
	branch_put_order(q, p, b);
	sql_add(q, " LIMIT 1 OFFSET ?)", v_i64(skip - 1));
}

struct register_sql
register_sql_bound(struct arena *a, const struct register_plan *p,
    const struct register_mark *from, int64_t skip)
{
	struct register_span s = { .from = *from };
	struct sql q;
	size_t n = 0;

	sql_begin(&q, a);
	for (size_t i = 0; i < p->nbranches; i++) {
		const struct register_branch *b = &p->branches[i];

		if (!b->weak || b->sorted)
			continue;
		s.part = first_part(p, b, from);
		put_bound(&q, p, b, &s, skip, &n);
		if (s.part != PART_TIE)
			continue;
		s.part = PART_AFTER;
		put_bound(&q, p, b, &s, skip, &n);
	}
	assert(n > 0);
	put_union_order(&q, p, "sort_key", v_i64(1));
	return end(&q, "register_bound", branch_place_schema(p));
}

/* One row each, as one number. */
static void
begin_sum(struct sql *q, struct arena *a, const struct register_plan *p)
{
	assert(p->nbranches > 0);
	sql_begin(q, a);
	put_guard(q, p);
	sql_put(q, "SELECT CAST(SUM(c.n) AS SIGNED) AS n FROM (");
}

static struct register_sql
end_sum(struct sql *q, const char *name)
{
	sql_put(q, ") c");
	return end(q, name, &count_row_schema);
}

struct register_sql
register_sql_count(struct arena *a, const struct register_plan *p, int64_t cap)
{
	struct sql q;

	begin_sum(&q, a, p);
	for (size_t i = 0; i < p->nbranches; i++) {
		const struct register_branch *b = &p->branches[i];

		sql_put(&q, i == 0 ? "(" : " UNION ALL (");
		sql_put(&q, "SELECT STRAIGHT_JOIN COUNT(*) AS n");
		if (cap > 0)
			sql_put(&q, " FROM (SELECT STRAIGHT_JOIN 1 AS one");
		put_source(&q, p, b, false, NULL);
		if (cap > 0)
			sql_add(&q, " LIMIT ?) x", v_i64(cap));
		sql_put(&q, ")");
	}
	return end_sum(&q, "register_count");
}

/* The ids that a branch finds in its index, up to the budget. */
static void
put_candidates(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, int64_t limit)
{
	sql_put(q, "(SELECT ");
	sql_put(q, branch_id(b));
	sql_put(q, " AS id FROM ");
	branch_put_table(q, p, b);
	sql_put(q, " WHERE ");
	branch_put_index(q, p, b);
	sql_add(q, " LIMIT ?)", v_i64(limit));
}

struct register_sql
register_sql_sample(struct arena *a, const struct register_plan *p,
    int64_t budget, bool matching)
{
	struct sql q;

	begin_sum(&q, a, p);
	for (size_t i = 0; i < p->nbranches; i++) {
		const struct register_branch *b = &p->branches[i];

		sql_put(&q, i == 0 ? "(" : " UNION ALL (");
		sql_put(&q, "SELECT STRAIGHT_JOIN COUNT(*) AS n FROM ");
		put_candidates(&q, p, b, matching ? budget : budget + 1);
		sql_put(&q, " s");
		if (matching && branch_has_rest(p, b)) {
			sql_put(&q, " JOIN exception e ON e.id = s.id");
			branch_put_row_joins(&q, p, b, "s.id");
			sql_put(&q, " WHERE 1 = 1");
			branch_put_rest(&q, p, b);
		}
		sql_put(&q, ")");
	}
	return end_sum(&q, matching ? "register_sample" : "register_reach");
}

/* The branch of a plan that starts from the values, or NULL. */
static const struct register_branch *
values_branch(const struct register_plan *p)
{
	for (size_t i = 0; i < p->nbranches; i++)
		if (p->branches[i].drive == DRIVE_VALUES)
			return &p->branches[i];
	return NULL;
}

/* The values of rows that were found another way; the same ones only. */
static void
join_values(struct sql *q, const struct register_branch *b, enum dimension d,
    const struct register_branch *only)
{
	sql_put(q,
	    " JOIN exception_facet g FORCE INDEX (PRIMARY)"
	    " ON g.exception_id = ");
	sql_put(q, branch_id(b));
	sql_add(q, " AND g.dimension = ? AND g.live = 1", v_i64(d));
	if (only == NULL)
		return;
	sql_put(q, " AND g.value_id");
	sql_in(q, only->values, only->nvalues);
}

struct register_sql
register_sql_values(struct arena *a, const struct register_plan *p,
    enum dimension d)
{
	const struct register_branch *only = values_branch(p);
	struct sql q;

	assert(p->nbranches > 0);
	sql_begin(&q, a);
	for (size_t i = 0; i < p->nbranches; i++) {
		const struct register_branch *b = &p->branches[i];
		bool own = b->drive == DRIVE_VALUES;

		sql_put(&q, i == 0 ? "(" : " UNION ALL (");
		sql_put(&q, "SELECT STRAIGHT_JOIN ");
		sql_put(&q, own ? "f" : "g");
		sql_put(&q, ".value_id AS id, COUNT(*) AS n FROM ");
		branch_put_table(&q, p, b);
		branch_put_joins(&q, p, b, branch_id(b), false);
		if (!own)
			join_values(&q, b, d, only);
		sql_put(&q, " WHERE ");
		branch_put_index(&q, p, b);
		branch_put_rest(&q, p, b);
		sql_put(&q,
		    own ? " GROUP BY f.value_id)" : " GROUP BY g.value_id)");
	}
	return end(&q, "register_values", &value_count_schema);
}
