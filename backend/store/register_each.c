/*
 * The whole list in order: each branch is read in chunks by its own keyset
 * and the heads are merged here. Every row is read once, and memory is a
 * chunk a branch.
 */
#include "store/register_store.h"

#include <string.h>

#include "store/names.h"

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
	const struct register_source *source;
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
fill(const struct each *to, const struct register_plan *p, struct stream *s,
    struct err *e)
{
	struct db *db = to->source->db;
	struct register_span span = { .from = s->last, .limit = s->chunk };
	struct register_sql sql;
	void *list = NULL;

	if (s->ended || s->at < s->nrows)
		return 0;
	arena_reset(&s->arena);
	db_set_arena(db, &s->arena);
	sql = register_sql_branch(&s->arena, p, s->branch, &span);
	if (db_list_def(db, &sql.def, sql.vals, sql.nvals, &list, &s->nrows,
		e) < 0 ||
	    names_fill(to->source->names, db, &s->arena, list, s->nrows, e) < 0)
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
merge(const struct each *to, const struct register_plan *p, struct stream *s,
    int64_t limit, struct err *e)
{
	struct stream *next;

	for (size_t i = 0; i < p->nbranches; i++)
		if (fill(to, p, &s[i], e) < 0)
			return -1;
	while (limit-- > 0 && (next = first_of(p, s)) != NULL) {
		if (to->fn(to->arg, &next->rows[next->at++], e) < 0 ||
		    fill(to, p, next, e) < 0)
			return -1;
	}
	return 0;
}

int
register_store_each(const struct register_source *source,
    const struct register_filter *f, const struct register_view *v,
    int64_t limit, register_row_fn fn, void *arg, struct err *e)
{
	const struct each to = { source, fn, arg };
	struct register_plan p;
	struct stream *s;
	int result;

	register_plan_make(&p, f, v, REGISTER_LIST, REGISTER_SCAN);
	s = arena_array(source->arena, p.nbranches, sizeof(*s));
	for (size_t i = 0; i < p.nbranches; i++) {
		s[i].branch = &p.branches[i];
		s[i].chunk = CHUNK_FIRST;
		arena_init(&s[i].arena);
	}
	result = merge(&to, &p, s, limit, e);
	db_set_arena(source->db, source->arena);
	for (size_t i = 0; i < p.nbranches; i++)
		arena_release(&s[i].arena);
	return result;
}
