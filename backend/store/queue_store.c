/*
 * A person may hold several roles, each in its scope. Every grant is one
 * ordered stream; the first rows of the whole are among the first rows of
 * the streams, so they are read, put in one order and a row that came twice
 * is kept once.
 */
#include "store/queue_store.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "store/statements.h"

const char *const queue_sort_names[QUEUE_SORT__MAX] = { NULL, "due", "risk" };

/* Above every score a row can have. */
#define RISK_BEFORE_ALL 255

struct queue_place
queue_place_of(enum queue_sort sort, const struct queue_row *row)
{
	return (struct queue_place){
		.key = sort == QUEUE_BY_RISK ? row->risk : row->stage_due_on,
		.id = row->id,
	};
}

static int
compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
by_due(const void *a, const void *b)
{
	const struct queue_row *x = a, *y = b;
	int order = compare(x->stage_due_on, y->stage_due_on);

	return order != 0 ? order : compare(x->id, y->id);
}

static int
by_risk(const void *a, const void *b)
{
	const struct queue_row *x = a, *y = b;
	int order = compare(y->risk, x->risk);

	return order != 0 ? order : compare(x->id, y->id);
}

/* The parameters of one stream: its role, its place, its scope. */
#define SCOPE(g)                                                  \
 v_i64((g)->domain), v_i64((g)->domain), v_i64((g)->document_id), \
     v_i64((g)->document_id), v_i64((g)->unit_id), v_i64((g)->unit_id)
#define DUE_STREAM(g, p)                                               \
 v_str((g)->role), v_date((date_t)(p)->key), v_date((date_t)(p)->key), \
     v_i64((p)->id), SCOPE(g)
#define RISK_STREAM(g, p) \
 v_str((g)->role), v_i64((p)->key), v_i64((p)->key), v_i64((p)->id), SCOPE(g)

static int
stream(struct db *db, int64_t me, const struct grant *g, enum queue_sort sort,
    const struct queue_place *after, void **rows, size_t *n, struct err *e)
{
	if (sort == QUEUE_BY_RISK)
		return db_list(db, STMT_QUEUE_BY_RISK,
		    VALS(v_i64(me), v_i64(me), v_i64(me),
			RISK_STREAM(g, after)),
		    rows, n, e);
	return db_list(db, STMT_QUEUE_BY_DUE,
	    VALS(v_i64(me), v_i64(me), v_i64(me), DUE_STREAM(g, after)), rows,
	    n, e);
}

/* A list that grows on the arena by whole streams. */
struct gathered {
	struct arena *a;
	size_t size; /* of one row */
	void *rows;
	size_t n;
};

static void
gather(struct gathered *all, const void *rows, size_t n)
{
	char *joined;

	if (n == 0)
		return;
	joined = arena_array(all->a, all->n + n, all->size);
	if (all->n > 0)
		memcpy(joined, all->rows, all->n * all->size);
	memcpy(joined + all->n * all->size, rows, n * all->size);
	all->rows = joined;
	all->n += n;
}

/* Keep the first of equal neighbours. */
static size_t
drop_twins(struct queue_row *rows, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (kept == 0 || rows[kept - 1].id != rows[i].id)
			rows[kept++] = rows[i];
	}
	return kept;
}

/* The same role in the same scope came before: the person acts for somebody
 * who holds what they hold. */
static bool
is_repeat(const struct who *w, size_t i)
{
	const struct grant *g = &w->grants[i];

	for (size_t k = 0; k < i; k++) {
		const struct grant *b = &w->grants[k];

		if (b->role_class == g->role_class &&
		    strcmp(b->role, g->role) == 0 && b->unit_id == g->unit_id &&
		    b->domain == g->domain && b->document_id == g->document_id)
			return true;
	}
	return false;
}

int
queue_store_page(struct db *db, struct arena *a, const struct who *w,
    enum queue_sort sort, const struct queue_place *after, size_t limit,
    struct queue_row **rows, size_t *n, bool *more, struct err *e)
{
	const struct queue_place start = {
		.key = sort == QUEUE_BY_RISK ? RISK_BEFORE_ALL : DATE_MIN,
	};
	struct gathered all = { .a = a, .size = sizeof(struct queue_row) };

	for (size_t i = 0; i < w->ngrants; i++) {
		void *part = NULL;
		size_t count = 0;

		if (w->grants[i].role_class != ROLE_CLASS_APPROVER ||
		    is_repeat(w, i))
			continue;
		if (stream(db, w->person_id, &w->grants[i], sort,
			after != NULL ? after : &start, &part, &count, e) < 0)
			return -1;
		gather(&all, part, count);
	}
	if (all.n > 0)
		qsort(all.rows, all.n, all.size,
		    sort == QUEUE_BY_RISK ? by_risk : by_due);
	*rows = all.rows;
	*n = drop_twins(all.rows, all.n);
	*more = *n > limit;
	if (*more)
		*n = limit;
	return 0;
}

static int
by_id(const void *a, const void *b)
{
	const struct id_row *x = a, *y = b;

	return compare(x->id, y->id);
}

static int64_t
count_different(struct id_row *rows, size_t n)
{
	int64_t different = 0;

	if (n > 0)
		qsort(rows, n, sizeof(*rows), by_id);
	for (size_t i = 0; i < n && different < QUEUE_COUNT_MAX; i++)
		different += i == 0 || rows[i].id != rows[i - 1].id;
	return different;
}

int
queue_store_count(struct db *db, struct arena *a, const struct who *w,
    int64_t *n, struct err *e)
{
	struct gathered all = { .a = a, .size = sizeof(struct id_row) };

	for (size_t i = 0; i < w->ngrants; i++) {
		const struct grant *g = &w->grants[i];
		void *part = NULL;
		size_t count = 0;

		if (g->role_class != ROLE_CLASS_APPROVER || is_repeat(w, i))
			continue;
		if (db_list(db, STMT_QUEUE_IDS, VALS(v_str(g->role), SCOPE(g)),
			&part, &count, e) < 0)
			return -1;
		gather(&all, part, count);
	}
	*n = count_different(all.rows, all.n);
	return 0;
}

int
queue_store_drafts(struct db *db, int64_t person_id, struct draft_row **rows,
    size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_HOME_DRAFTS, VALS(v_i64(person_id)), &list, n, e) <
	    0)
		return -1;
	*rows = list;
	return 0;
}

int
queue_store_drafts_count(struct db *db, int64_t person_id, int64_t *n,
    struct err *e)
{
	struct count_row row = { 0 };

	if (db_get(db, STMT_HOME_DRAFTS_COUNT, VALS(v_i64(person_id)), OUT(row),
		e) < 0)
		return -1;
	*n = row.n;
	return 0;
}

int
queue_store_waiting(struct db *db, int64_t person_id, struct own_row **rows,
    size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_HOME_WAITING, VALS(v_i64(person_id)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
queue_store_ending(struct db *db, int64_t person_id, date_t from, date_t until,
    struct own_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_HOME_ENDING,
		VALS(v_i64(person_id), v_date(from), v_date(until)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
queue_store_notices(struct db *db, int64_t person_id, struct notice_row **rows,
    size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_HOME_NOTICES, VALS(v_i64(person_id)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}
