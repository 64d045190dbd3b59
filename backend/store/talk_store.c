/*
 * Questions wait for a role; each grant of the reader is one ordered stream,
 * and the first rows of the whole are among the first rows of the streams
 * (as in queue_store.c).
 */
#include "store/talk_store.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "store/statements.h"

int
talk_store_add(struct db *db, const struct comment_new *n, int64_t *id,
    struct err *e)
{
	if (db_exec(db, STMT_COMMENT_INSERT,
		VALS(v_i64(n->exception_id), v_i64(n->author_id), v_time(n->at),
		    v_i64(n->kind), v_str(n->text), v_i64(n->in_reply_to),
		    v_str(n->mentions), v_str(n->asks), v_str(n->asks)),
		NULL, e) < 0)
		return -1;
	*id = db_insert_id(db);
	return 0;
}

int
talk_store_page(struct db *db, int64_t exception_id, int64_t before,
    int64_t limit, struct comment_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_COMMENT_PAGE,
		VALS(v_i64(exception_id), v_i64(before), v_i64(limit)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
talk_store_retract(struct db *db, int64_t exception_id, int64_t id,
    int64_t author_id, instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_COMMENT_RETRACT,
		VALS(v_time(now), v_i64(id), v_i64(exception_id),
		    v_i64(author_id)),
		&n, e) < 0)
		return -1;
	return n > 0;
}

int
talk_store_reader(struct db *db, int64_t exception_id, const char *uid,
    date_t today, struct reader_row *out, struct err *e)
{
	return db_get(db, STMT_COMMENT_READER,
	    VALS(v_date(today), v_date(today), v_date(today), v_date(today),
		v_i64(exception_id), v_str(uid)),
	    OUT(*out), e);
}

/* The parameters of a scope, zero for everywhere. */
#define SCOPE(g)                                                        \
 v_i64((g)->domain), v_i64((g)->domain), v_i64((g)->document_id),       \
     v_i64((g)->document_id), v_i64((g)->unit_id), v_i64((g)->unit_id), \
     v_i64((g)->unit_id)

static int
stream(struct db *db, const struct who *w, const struct grant *g, int64_t after,
    int64_t last, void **rows, size_t *n, struct err *e)
{
	return db_list(db, STMT_QUESTION_PAGE,
	    VALS(v_str(g->role), v_i64(after), v_i64(last), v_i64(w->person_id),
		SCOPE(g)),
	    rows, n, e);
}

static bool
may_answer(const struct grant *g)
{
	return g->role_class == ROLE_CLASS_APPROVER;
}

static int
compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
by_id(const void *a, const void *b)
{
	const struct question_row *x = a, *y = b;

	return compare(x->id, y->id);
}

/* In order, each once. */
static size_t
put_in_order(struct question_row *rows, size_t n)
{
	size_t kept = 0;

	if (n > 0)
		qsort(rows, n, sizeof(*rows), by_id);
	for (size_t i = 0; i < n; i++) {
		if (kept == 0 || rows[kept - 1].id != rows[i].id)
			rows[kept++] = rows[i];
	}
	return kept;
}

int
talk_store_questions(struct db *db, struct arena *a, const struct who *w,
    int64_t after, size_t limit, struct question_row **rows, size_t *n,
    bool *more, struct err *e)
{
	struct question_row *all = NULL;
	size_t nall = 0;

	for (size_t i = 0; i < w->ngrants; i++) {
		struct question_row *joined;
		void *part = NULL;
		size_t count = 0;

		if (!may_answer(&w->grants[i]))
			continue;
		if (stream(db, w, &w->grants[i], after, INT64_MAX, &part,
			&count, e) < 0)
			return -1;
		if (count == 0)
			continue;
		joined = arena_array(a, nall + count, sizeof(*joined));
		if (nall > 0)
			memcpy(joined, all, nall * sizeof(*all));
		memcpy(joined + nall, part, count * sizeof(*all));
		all = joined;
		nall += count;
	}
	*rows = all;
	*n = put_in_order(all, nall);
	*more = *n > limit;
	if (*more)
		*n = limit;
	return 0;
}

static int
by_number(const void *a, const void *b)
{
	const struct id_row *x = a, *y = b;

	return compare(x->id, y->id);
}

int
talk_store_questions_count(struct db *db, struct arena *a, const struct who *w,
    int64_t *n, struct err *e)
{
	struct id_row *all = NULL;
	size_t nall = 0;

	for (size_t i = 0; i < w->ngrants; i++) {
		const struct grant *g = &w->grants[i];
		struct id_row *joined;
		void *part = NULL;
		size_t count = 0;

		if (!may_answer(g))
			continue;
		if (db_list(db, STMT_QUESTION_IDS,
			VALS(v_str(g->role), v_i64(w->person_id), SCOPE(g)),
			&part, &count, e) < 0)
			return -1;
		if (count == 0)
			continue;
		joined = arena_array(a, nall + count, sizeof(*joined));
		if (nall > 0)
			memcpy(joined, all, nall * sizeof(*all));
		memcpy(joined + nall, part, count * sizeof(*all));
		all = joined;
		nall += count;
	}
	if (nall > 0)
		qsort(all, nall, sizeof(*all), by_number);
	*n = 0;
	for (size_t i = 0; i < nall && *n < QUESTIONS_COUNT_MAX; i++)
		*n += i == 0 || all[i].id != all[i - 1].id;
	return 0;
}

int
talk_store_question(struct db *db, const struct who *w, int64_t id,
    struct question_row *out, struct err *e)
{
	for (size_t i = 0; i < w->ngrants; i++) {
		void *rows = NULL;
		size_t n = 0;

		if (!may_answer(&w->grants[i]))
			continue;
		if (stream(db, w, &w->grants[i], id - 1, id, &rows, &n, e) < 0)
			return -1;
		if (n == 1) {
			*out = *(struct question_row *)rows;
			return 1;
		}
	}
	return 0;
}

int
talk_store_answered(struct db *db, int64_t id, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_QUESTION_ANSWERED, VALS(v_i64(id)), &n, e) < 0)
		return -1;
	return n > 0;
}

int
talk_store_asker(struct db *db, int64_t id, int64_t *person_id, struct err *e)
{
	struct id_row row = { 0 };
	int found =
	    db_get(db, STMT_QUESTION_ASKER, VALS(v_i64(id)), OUT(row), e);

	if (found == 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such question.");
	*person_id = row.id;
	return found < 0 ? -1 : 0;
}
