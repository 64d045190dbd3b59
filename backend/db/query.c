/*
 * Running statements. Results are stored at once, so that the wire is free
 * again, except in db_each, which holds one row at a time.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "db/handle.h"

/* ER_FILSORT_ABORT, which the client's headers do not have. */
#define SORT_ABORTED 1028

/* Fetch one row into obj. 1, 0 at the end, -1 with e set. */
static int
row_next(struct db *db, struct stmt *st, void *obj, struct err *e)
{
	const char *bad;

	switch (mysql_stmt_fetch(st->handle)) {
	case 0:
	case MYSQL_DATA_TRUNCATED: /* a row all the same */
		break;
	case MYSQL_NO_DATA:
		return 0;
	default:
		return db_fail(db, st->def, st, e);
	}
	bad = plan_load(st->plan, st->handle, db->arena, obj);
	if (bad != NULL)
		return db_fault(db, st->def, e,
		    "the value of column %s does not fit", bad);
	return 1;
}

/* Give the memory of a stored result back; what was read to its end is
 * freed only from a position in it. */
static void
result_free(struct stmt *st)
{
	if (mysql_stmt_num_rows(st->handle) > 0)
		mysql_stmt_data_seek(st->handle, 0);
	mysql_stmt_free_result(st->handle);
}

/* Run a statement with columns and take the whole result in. */
static int
run_stored(struct db *db, struct stmt *st, const struct val *v, size_t nv,
    struct err *e)
{
	assert(st->plan != NULL && db->arena != NULL);
	if (stmt_run(db, st, v, nv, e) < 0)
		return -1;
	if (mysql_stmt_store_result(st->handle))
		return db_fail(db, st->def, st, e);
	return 0;
}

int
db_get(struct db *db, unsigned stmt, const struct val *v, size_t nv, void *out,
    size_t size, struct err *e)
{
	struct stmt *st = stmt_find(db, stmt, e);
	void *row;
	int found;

	if (st == NULL || run_stored(db, st, v, nv, e) < 0)
		return -1;
	assert(size == st->def->row->size);
	row = arena_alloc(db->arena, size);
	found = row_next(db, st, row, e);
	if (found == 1)
		memcpy(out, row, size);
	result_free(st);
	return found;
}

static int
list(struct db *db, struct stmt *st, const struct val *v, size_t nv,
    void **rows, size_t *n, struct err *e)
{
	size_t size;
	size_t total;
	unsigned char *all;
	int more = 1;

	if (st == NULL || run_stored(db, st, v, nv, e) < 0)
		return -1;
	size = st->def->row->size;
	total = (size_t)mysql_stmt_num_rows(st->handle);
	all = total == 0 ? NULL : arena_array(db->arena, total, size);
	for (size_t i = 0; i < total && more > 0; i++)
		more = row_next(db, st, all + i * size, e);
	result_free(st);
	if (more < 0)
		return -1;
	*rows = all;
	*n = total;
	return 0;
}

int
db_list(struct db *db, unsigned stmt, const struct val *v, size_t nv,
    void **rows, size_t *n, struct err *e)
{
	return list(db, stmt_find(db, stmt, e), v, nv, rows, n, e);
}

int
db_list_def(struct db *db, const struct stmt_def *def, const struct val *v,
    size_t nv, void **rows, size_t *n, struct err *e)
{
	return list(db, stmt_compose(db, def, e), v, nv, rows, n, e);
}

int
db_list_bounded(struct db *db, const struct stmt_def *def, const struct val *v,
    size_t nv, void **rows, size_t *n, struct err *e)
{
	enum err_kind poison = db->poison;
	struct stmt *st = stmt_compose(db, def, e);

	if (list(db, st, v, nv, rows, n, e) == 0)
		return mysql_stmt_warning_count(st->handle) == 0;
	/* It gave up while it sorted; nothing has happened to anything. */
	if (st == NULL || mysql_stmt_errno(st->handle) != SORT_ABORTED)
		return -1;
	db->poison = poison;
	err_clear(e);
	return 0;
}

int
db_list_fresh(struct db *db, const struct stmt_def *def, const struct val *v,
    size_t nv, void **rows, size_t *n, struct err *e)
{
	struct stmt *st;
	int result;

	if (db_may_run(db, def->name, e) < 0)
		return -1;
	st = stmt_prepare(db, def, e);
	result = list(db, st, v, nv, rows, n, e);
	stmt_close(st);
	return result;
}

/* What a procedure has selected is not for us, but must be read. */
static int
results_drop(struct db *db, struct stmt *st, struct err *e)
{
	int next;

	do {
		mysql_stmt_free_result(st->handle);
		next = mysql_stmt_next_result(st->handle);
	} while (next == 0);
	return next > 0 ? db_fail(db, st->def, st, e) : 0;
}

int
db_exec(struct db *db, unsigned stmt, const struct val *v, size_t nv,
    int64_t *affected, struct err *e)
{
	struct stmt *st = stmt_find(db, stmt, e);

	if (st == NULL)
		return -1;
	assert(st->plan == NULL);
	if (stmt_run(db, st, v, nv, e) < 0)
		return -1;
	if (affected != NULL)
		*affected = (int64_t)mysql_stmt_affected_rows(st->handle);
	db->insert_id = (int64_t)mysql_stmt_insert_id(st->handle);
	return results_drop(db, st, e);
}

/* Rows one at a time; the arena is as before after each. */
static int
stream(struct db *db, struct stmt *st, db_row_fn fn, void *arg, struct err *e)
{
	void *row = arena_alloc(db->arena, st->def->row->size);
	struct arena_mark mark = arena_mark(db->arena);
	int more;

	do {
		more = row_next(db, st, row, e);
		if (more > 0 && fn(arg, row, e) < 0)
			more = -1;
		arena_rewind(db->arena, mark);
	} while (more > 0);
	return more;
}

int
db_each(struct db *db, unsigned stmt, const struct val *v, size_t nv,
    db_row_fn fn, void *arg, struct err *e)
{
	struct stmt *st = stmt_find(db, stmt, e);
	struct arena_mark mark;
	int result;

	if (st == NULL)
		return -1;
	assert(st->plan != NULL && db->arena != NULL);
	if (stmt_run(db, st, v, nv, e) < 0)
		return -1;
	mark = arena_mark(db->arena);
	db->streaming = true;
	result = stream(db, st, fn, arg, e);
	db->streaming = false;
	arena_rewind(db->arena, mark);
	mysql_stmt_free_result(st->handle); /* reads what is left */
	return result;
}

int
db_check_def(struct db *db, const struct stmt_def *def, struct err *e)
{
	struct stmt *st;

	if (db_may_run(db, def->name, e) < 0)
		return -1;
	st = stmt_prepare(db, def, e);
	stmt_close(st);
	return st == NULL ? -1 : 0;
}

/* Hand the rows of one text result to fn as arrays of strings. */
static int
text_rows(MYSQL_RES *res, db_text_row_fn fn, void *arg, struct err *e)
{
	unsigned n = mysql_num_fields(res);
	MYSQL_FIELD *fields = mysql_fetch_fields(res);
	const char **names = db_calloc(n, sizeof(*names));
	const char **values = db_calloc(n, sizeof(*values));
	MYSQL_ROW row;
	int result = 0;

	for (unsigned i = 0; i < n; i++)
		names[i] = fields[i].name;
	while (result == 0 && (row = mysql_fetch_row(res)) != NULL) {
		for (unsigned i = 0; i < n; i++)
			values[i] = row[i];
		result = fn(arg, n, names, values, e);
	}
	free(names);
	free(values);
	return result;
}

int
db_text(struct db *db, const char *sql, db_text_row_fn fn, void *arg,
    struct err *e)
{
	const struct stmt_def def = { .name = "text", .where = "no table" };
	int result = 0;
	int next;

	if (db_command(db, def.name, sql, e) < 0)
		return -1;
	do {
		MYSQL_RES *res = mysql_store_result(db->mysql);

		if (res == NULL && mysql_errno(db->mysql) != 0)
			return db_fail(db, &def, NULL, e);
		if (res != NULL && fn != NULL && result == 0)
			result = text_rows(res, fn, arg, e);
		mysql_free_result(res);
		next = mysql_next_result(db->mysql);
	} while (next == 0);
	if (next > 0)
		return db_fail(db, &def, NULL, e);
	return result;
}

int
db_one_row(int64_t affected, struct err *e)
{
	if (affected == 1)
		return 0;
	return err_set(e, ERR_STALE, "Somebody else changed it meanwhile.");
}
