/*
 * Reading the register: a page, a count, everything in order (export).
 * Functions return 0, or -1 with e set. Rows live on the arena given.
 */
#ifndef EXREG_STORE_REGISTER_STORE_H
#define EXREG_STORE_REGISTER_STORE_H

#include "store/register_filter.h"

struct names;

/* Rows that may be looked at for one page when few of them match. */
#define REGISTER_BUDGET 20000

#define REGISTER_COUNT_MAX 10000

/* Rows the server may look at when a page is tried in one go. */
#define REGISTER_GLANCE 6000

/* Where a page goes on, from the cursor. */
struct register_from {
	struct register_mark mark; /* not set: the first page */
	enum register_strategy strategy;
};

/* What rows are read with; they live on the arena. */
struct register_source {
	struct db *db;
	struct names *names;
	struct arena *arena;
	int64_t glance; /* REGISTER_GLANCE; 0: always in windows */
};

struct register_page {
	struct register_row *rows;
	size_t nrows;
	bool more; /* there is a next page, at `next` */
	struct register_from next;
	bool complete; /* false: the budget ended before the page was full */
};

int register_store_page(const struct register_source *s,
    const struct register_filter *f, const struct register_view *v,
    const struct register_from *from, int64_t limit, struct register_page *out,
    struct err *e);

/*
 * How many rows the list has, up to REGISTER_COUNT_MAX. *exact is false when
 * there are that many or more, or when counting went over the budget: then
 * there are at least *n.
 */
int register_store_count(struct db *db, struct arena *a,
    const struct register_filter *f, const struct register_view *v, int64_t *n,
    bool *exact, struct err *e);

/* All of them, whatever it takes (dashboard). */
int register_store_total(struct db *db, struct arena *a,
    const struct register_filter *f, const struct register_view *v, int64_t *n,
    struct err *e);

typedef int (
    *register_row_fn)(void *arg, const struct register_row *row, struct err *e);

/*
 * fn for the first `limit` rows of the list, in its order, with bounded
 * memory. Runs in
 * the caller's transaction; a row lives for its call. fn returns 0, or -1
 * with e set to stop.
 */
int register_store_each(const struct register_source *s,
    const struct register_filter *f, const struct register_view *v,
    int64_t limit, register_row_fn fn, void *arg, struct err *e);

#endif
