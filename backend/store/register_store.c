/*
 * A page is one statement when every branch finds its rows at once. When
 * rows have to be looked at one by one (a weak branch), it is tried the same
 * way first, with a bound on the rows the server may look at. Only when that
 * does not fill it the scan goes in windows: one statement over the index
 * alone says where the window ends, a second one reads the page up to there.
 * So the cost has a bound, and a page that is cut knows where the next one
 * goes on.
 *
 * Words are looked for in the first window the same way; only when that
 * does not fill the page, and hits are rare, the full-text index is asked.
 */
#include "store/register_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "domain/record.h"
#include "store/names.h"

/* Rows looked at in each window; together REGISTER_BUDGET. */
static const int64_t windows[] = { 500, 4000, 15500 };
static const int64_t word_windows[] = { 2000, 4000, 14000 };
#define NWINDOWS (sizeof(windows) / sizeof(windows[0]))

/* Rows whose words are looked at for a count. */
#define WORD_SAMPLE 5000

/* With fewer hits in the first window the full-text index is quicker. */
#define RARE 10

struct reader {
	struct db *db;
	struct arena *a;
	struct register_plan plan;
	struct register_page *out;
	size_t want; /* rows still wanted, with one more than the page */
	int64_t glance;
};

static struct register_mark
mark_of(const struct register_plan *p, const struct register_row *r)
{
	return (struct register_mark){ true, register_key(p->sort, r), r->id };
}

static int
compare_rows(const void *a, const void *b, void *arg)
{
	const struct register_plan *p = arg;
	struct register_mark x = mark_of(p, a);
	struct register_mark y = mark_of(p, b);
	int order = x.key != y.key ? (x.key > y.key) - (x.key < y.key) :
				     (x.id > y.id) - (x.id < y.id);

	return p->desc ? -order : order;
}

/* Add rows of one statement to the page. */
static void
keep(struct reader *r, struct register_row *rows, size_t n)
{
	if (n > 1)
		qsort_r(rows, n, sizeof(*rows), compare_rows, &r->plan);
	if (n > r->want)
		n = r->want;
	if (n > 0)
		memcpy(r->out->rows + r->out->nrows, rows, n * sizeof(*rows));
	r->out->nrows += n;
	r->want -= n;
}

/* Read one stretch and add it to the page. */
static int
take(struct reader *r, const struct register_mark *from,
    const struct register_mark *to, struct err *e)
{
	const struct register_span s = {
		.from = *from,
		.to = *to,
		.limit = (int64_t)r->want,
	};
	struct register_sql sql = register_sql_page(r->a, &r->plan, &s);
	void *rows = NULL;
	size_t n = 0;

	if (db_list_def(r->db, &sql.def, sql.vals, sql.nvals, &rows, &n, e) < 0)
		return -1;
	keep(r, rows, n);
	return 0;
}

/* Cut the row that only says that there is more. */
static void
finish(struct reader *r, enum register_strategy strategy)
{
	struct register_page *out = r->out;

	out->complete = true;
	if (r->want > 0)
		return;
	out->nrows--;
	out->more = true;
	out->next.strategy = strategy;
	out->next.mark = mark_of(&r->plan, &out->rows[out->nrows - 1]);
}

/* The page in one go. 1, 0 when that takes too many rows, -1. */
static int
glance(struct reader *r, const struct register_mark *from, struct err *e)
{
	const struct register_span s = {
		.from = *from,
		.limit = (int64_t)r->want,
		.examine = r->glance,
	};
	struct register_sql sql = register_sql_page(r->a, &r->plan, &s);
	void *rows = NULL;
	size_t n = 0;
	int whole =
	    db_list_bounded(r->db, &sql.def, sql.vals, sql.nvals, &rows, &n, e);

	if (whole <= 0)
		return whole;
	keep(r, rows, n);
	finish(r, REGISTER_SCAN);
	return 1;
}

/* Where the window ends; to->set is false when the rows end before. */
static int
window_end(struct reader *r, const struct register_mark *from, int64_t skip,
    struct register_mark *to, struct err *e)
{
	struct register_sql sql =
	    register_sql_bound(r->a, &r->plan, from, skip);
	void *list = NULL;
	size_t n;

	*to = (struct register_mark){ 0 };
	if (db_list_fresh(r->db, &sql.def, sql.vals, sql.nvals, &list, &n, e) <
	    0)
		return -1;
	if (n == 0)
		return 0;
	to->set = true;
	if (sql.def.row == &register_day_place_schema) {
		const struct register_day_place *place = list;

		to->key = place->sort_key;
		to->id = place->id;
		return 0;
	}
	/* Numbers and instants are alike in memory. */
	memcpy(&to->key,
	    (char *)list + offsetof(struct register_place, sort_key),
	    sizeof(to->key));
	memcpy(&to->id, (char *)list + offsetof(struct register_place, id),
	    sizeof(to->id));
	return 0;
}

/* Not full, and the rest was not looked at. */
static void
cut(struct reader *r, const struct register_mark *at)
{
	r->out->complete = false;
	r->out->more = true;
	r->out->next.strategy = REGISTER_SCAN;
	r->out->next.mark = *at;
}

/* The full-text index can answer one of the words. */
static bool
has_match(const struct register_filter *f)
{
	for (size_t i = 0; i < f->nterms; i++)
		if (search_term_is_rare(f->terms[i]))
			return true;
	return false;
}

/* The rest of the page after `from` by the full-text index. */
static int
search(struct reader *r, const struct register_mark *from, struct err *e)
{
	const struct register_mark open = { 0 };
	const struct register_filter *f = r->plan.filter;
	const struct register_view *v = r->plan.view;

	register_plan_make(&r->plan, f, v, REGISTER_LIST, REGISTER_FULLTEXT);
	if (take(r, from, &open, e) == 0) {
		finish(r, REGISTER_FULLTEXT);
		return 0;
	}
	/* Too many hits for the time it has: go on as a scan would. */
	if (e->kind != ERR_BUSY || !from->set)
		return -1;
	err_clear(e);
	cut(r, from);
	return 0;
}

/* Windows one after the other, until the page is full or the budget gone. */
static int
scan(struct reader *r, struct register_mark from, struct err *e)
{
	bool words = r->plan.filter->nterms > 0;
	bool try = r->plan.weak && !words && r->glance > 0;
	int found = try ? glance(r, &from, e) : 0;

	if (found != 0)
		return found < 0 ? -1 : 0;
	for (size_t i = 0; i < NWINDOWS; i++) {
		int64_t size = words ? word_windows[i] : windows[i];
		struct register_mark to = { 0 };

		if (r->plan.weak && window_end(r, &from, size, &to, e) < 0)
			return -1;
		if (take(r, &from, &to, e) < 0)
			return -1;
		if (r->want == 0 || !to.set) {
			finish(r, REGISTER_SCAN);
			return 0;
		}
		from = to;
		if (words && r->out->nrows < RARE && has_match(r->plan.filter))
			return search(r, &from, e);
	}
	cut(r, &from);
	return 0;
}

int
register_store_page(const struct register_source *s,
    const struct register_filter *f, const struct register_view *v,
    const struct register_from *from, int64_t limit, struct register_page *out,
    struct err *e)
{
	struct reader r = {
		.db = s->db,
		.a = s->arena,
		.out = out,
		.glance = s->glance,
	};
	int result;

	*out = (struct register_page){ .complete = true };
	register_plan_make(&r.plan, f, v, REGISTER_LIST, REGISTER_SCAN);
	if (r.plan.nbranches == 0)
		return 0;
	r.want = (size_t)limit + 1;
	out->rows = arena_array(s->arena, r.want, sizeof(*out->rows));
	if (from->mark.set && from->strategy == REGISTER_FULLTEXT &&
	    f->nterms > 0 && has_match(f))
		result = search(&r, &from->mark, e);
	else
		result = scan(&r, from->mark, e);
	if (result < 0)
		return -1;
	return names_fill(s->names, s->db, s->arena, out->rows, out->nrows, e);
}

/* One number. */
static int
number(struct db *db, const struct register_sql *sql, int64_t *n, struct err *e)
{
	void *list = NULL;
	size_t rows = 0;

	if (db_list_fresh(db, &sql->def, sql->vals, sql->nvals, &list, &rows,
		e) < 0)
		return -1;
	assert(rows == 1);
	*n = ((const struct count_row *)list)->n;
	return 0;
}

static bool
has_rest(const struct register_plan *p)
{
	for (size_t i = 0; i < p->nbranches; i++)
		if (p->branches[i].weak)
			return true;
	return false;
}

/*
 * Weak branches: what the budget finds. Exact when it reached the end;
 * when hits are rare the full-text index counts them.
 */
static int
count_sample(struct db *db, struct arena *a, struct register_plan *p,
    int64_t *n, bool *exact, struct err *e)
{
	const struct register_filter *f = p->filter;
	int64_t budget = f->nterms > 0 ? WORD_SAMPLE : REGISTER_BUDGET;
	int64_t reach = 0;
	struct register_sql sql = register_sql_sample(a, p, budget, false);

	if (number(db, &sql, &reach, e) < 0)
		return -1;
	sql = register_sql_sample(a, p, budget, true);
	if (number(db, &sql, n, e) < 0)
		return -1;
	*exact = reach <= budget;
	if (*exact || *n >= RARE || !has_match(f))
		return 0;
	register_plan_make(p, f, p->view, REGISTER_COUNT, REGISTER_FULLTEXT);
	sql = register_sql_count(a, p, REGISTER_COUNT_MAX + 1);
	if (number(db, &sql, n, e) == 0) {
		*exact = true;
		return 0;
	}
	if (e->kind != ERR_BUSY)
		return -1;
	err_clear(e);
	return 0;
}

int
register_store_count(struct db *db, struct arena *a,
    const struct register_filter *f, const struct register_view *v, int64_t *n,
    bool *exact, struct err *e)
{
	struct register_plan p;
	struct register_sql sql;
	int64_t found = 0;

	register_plan_make(&p, f, v, REGISTER_COUNT, REGISTER_SCAN);
	*exact = true;
	*n = 0;
	if (p.nbranches == 0)
		return 0;
	if (has_rest(&p) && f->number == 0) {
		if (count_sample(db, a, &p, &found, exact, e) < 0)
			return -1;
	} else {
		sql = register_sql_count(a, &p, REGISTER_COUNT_MAX + 1);
		if (number(db, &sql, &found, e) < 0)
			return -1;
	}
	if (found > REGISTER_COUNT_MAX) {
		found = REGISTER_COUNT_MAX;
		*exact = false;
	}
	*n = found;
	return 0;
}

int
register_store_total(struct db *db, struct arena *a,
    const struct register_filter *f, const struct register_view *v, int64_t *n,
    struct err *e)
{
	struct register_plan p;
	struct register_sql sql;

	register_plan_make(&p, f, v, REGISTER_COUNT, REGISTER_SCAN);
	*n = 0;
	if (p.nbranches == 0)
		return 0;
	sql = register_sql_count(a, &p, 0);
	return number(db, &sql, n, e);
}
