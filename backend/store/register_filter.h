/*
 * The register's statements: the one place where SQL is composed, from an
 * allow-listed set of columns, indexes and orders; every value is bound.
 * One predicate source: list, count, export and dashboard all come from the
 * branches of a plan (register_plan.h), so they agree.
 */
#ifndef EXREG_STORE_REGISTER_FILTER_H
#define EXREG_STORE_REGISTER_FILTER_H

#include "db/db.h"
#include "store/register_plan.h"

/* A full-text search may take this long; then the page is given as it is. */
#define REGISTER_SEARCH_SECONDS "0.5"

/* A statement with its values, on the arena. */
struct register_sql {
	struct stmt_def def;
	const struct val *vals;
	size_t nvals;
};

/* A place in the order of the list. */
struct register_mark {
	bool set;
	int64_t key;
	int64_t id;
};

/*
 * A score is shared by thousands of rows, and the index cannot be entered
 * behind one of them by (score, id) in one range. So such a stretch is read
 * as two: the rest of the score it begins in, and the scores after it.
 */
enum register_part { PART_WHOLE, PART_TIE, PART_AFTER };

/* The stretch of a list: after `from`, up to and with `to`. */
struct register_span {
	struct register_mark from;
	struct register_mark to;
	enum register_part part; /* set by register_sql_* themselves */
	int64_t limit;
	int64_t examine; /* rows to look at, then give up: db_list_bounded();
			    0: as many as it takes */
};

/*
 * A page of register_row. For several branches the rows are the right ones
 * but in no order.
 */
struct register_sql register_sql_page(struct arena *a,
    const struct register_plan *p, const struct register_span *s);

/* One branch of it alone, in order: for an export that merges them. */
struct register_sql register_sql_branch(struct arena *a,
    const struct register_plan *p, const struct register_branch *b,
    const struct register_span *s);

/*
 * The place where the first weak branch has read `skip` rows after `from`;
 * no row when all of them end before. Row schema by the sort: see
 * register_place in domain/register.h.
 */
struct register_sql register_sql_bound(struct arena *a,
    const struct register_plan *p, const struct register_mark *from,
    int64_t skip);

/* Number of rows: count_row. Up to `cap` a branch, 0: all of them. */
struct register_sql register_sql_count(struct arena *a,
    const struct register_plan *p, int64_t cap);

/*
 * How many of the first `budget` rows each branch reads match (true), or
 * how many rows there are to read, up to budget + 1 a branch (false).
 */
struct register_sql register_sql_sample(struct arena *a,
    const struct register_plan *p, int64_t budget, bool matching);

/* Number of rows by value of a dimension: value_count. */
struct register_sql register_sql_values(struct arena *a,
    const struct register_plan *p, enum dimension d);

#endif
