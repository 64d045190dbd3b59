/*
 * The whole list in order. One branch streams from a single statement. With
 * several, each is read in chunks by its own keyset and the heads are
 * merged here: every row is read once, and memory is a chunk a branch.
 */
#include "store/register_store.h"

#include <string.h>

/* Rows of a chunk: few at first, for most branches are short. */
#define CHUNK_FIRST 125
#define CHUNK_MOST 1000

struct stream {
	const struct register_branch *branch;
	struct arena arena; /* of the chunk */
	struct register_row *rows;
	size_t nrows;
	size_t at;
	int64_t chunk;
	struct register_mark last; /* last row of the chunk */
	bool ended;
};

struct each {
	register_row_fn fn;
	void *arg;
};

static struct register_mark
mark_of(const struct register_plan *p, const struct register_row *r)
{
	return (struct register_mark){ true, register_key(p->sort, r), r->id };
}

/* The next chunk, when the one in hand is used up. */
static int
fill(struct db *db, const struct register_plan *p, struct stream *s,
    struct err *e)
{
	struct register_span span = { .from = s->last, .limit = s->chunk };
	struct register_sql sql;
	void *list = NULL;

	if (s->ended || s->at < s->nrows)
		return 0;
	arena_reset(&s->arena);
	db_set_arena(db, &s->arena);
	sql = register_sql_branch(&s->arena, p, s->branch, &span);
	if (db_list_def(db, &sql.def, sql.vals, sql.nvals, &list, &s->nrows,
		e) < 0)
		return -1;
	s->rows = list;
	s->at = 0;
	s->ended = s->nrows < (size_t)s->chunk;
	if (s->chunk < CHUNK_MOST)
		s->chunk *= 2;
	if (s->nrows > 0)
		s->last = mark_of(p, &s->rows[s->nrows - 1]);
	return 0;
}

static bool
comes_before(const struct register_plan *p, const struct register_row *x,
    const struct register_row *y)
{
	int64_t a = register_key(p->sort, x);
	int64_t b = register_key(p->sort, y);

	if (a == b)
		return p->desc ? x->id > y->id : x->id < y->id;
	return p->desc ? a > b : a < b;
}

/* The stream whose head is first, or NULL at the end of all. */
static struct stream *
first_of(const struct register_plan *p, struct stream *s)
{
	struct stream *best = NULL;

	for (size_t i = 0; i < p->nbranches; i++) {
		if (s[i].at == s[i].nrows)
			continue;
		if (best == NULL ||
		    comes_before(p, &s[i].rows[s[i].at], &best->rows[best->at]))
			best = &s[i];
	}
	return best;
}

static int
merge(struct db *db, const struct register_plan *p, struct stream *s,
    int64_t limit, const struct each *to, struct err *e)
{
	struct stream *next;

	for (size_t i = 0; i < p->nbranches; i++)
		if (fill(db, p, &s[i], e) < 0)
			return -1;
	while (limit-- > 0 && (next = first_of(p, s)) != NULL) {
		if (to->fn(to->arg, &next->rows[next->at++], e) < 0 ||
		    fill(db, p, next, e) < 0)
			return -1;
	}
	return 0;
}

static int
read_branches(struct db *db, struct arena *a, const struct register_plan *p,
    int64_t limit, const struct each *to, struct err *e)
{
	struct stream *s = arena_array(a, p->nbranches, sizeof(*s));
	int result;

	for (size_t i = 0; i < p->nbranches; i++) {
		s[i].branch = &p->branches[i];
		s[i].chunk = CHUNK_FIRST;
		arena_init(&s[i].arena);
	}
	result = merge(db, p, s, limit, to, e);
	db_set_arena(db, a);
	for (size_t i = 0; i < p->nbranches; i++)
		arena_release(&s[i].arena);
	return result;
}

static int
pass_on(void *arg, void *row, struct err *e)
{
	const struct each *each = arg;

	return each->fn(each->arg, row, e);
}

int
register_store_each(struct db *db, struct arena *a,
    const struct register_filter *f, const struct register_view *v,
    int64_t limit, register_row_fn fn, void *arg, struct err *e)
{
	const struct register_span all = { .limit = limit };
	struct each each = { fn, arg };
	struct register_plan p;
	struct register_sql sql;

	register_plan_make(&p, f, v, REGISTER_LIST, REGISTER_SCAN);
	if (p.nbranches == 0)
		return 0;
	if (p.nbranches > 1)
		return read_branches(db, a, &p, limit, &each, e);
	sql = register_sql_branch(a, &p, &p.branches[0], &all);
	return db_each_def(db, &sql.def, sql.vals, sql.nvals, pass_on, &each,
	    e);
}
