/* Rows are ended, never removed: who once had sight of it stays on record. */
#include "store/participant_store.h"

#include "base/buf.h"
#include "db/db.h"
#include "domain/record.h"
#include "store/statements.h"

int
participant_store_list(struct db *db, int64_t exception_id,
    struct participant_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_PARTICIPANTS_OF, VALS(v_i64(exception_id)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

static int
count(struct db *db, unsigned stmt, int64_t id, int64_t *n, struct err *e)
{
	struct count_row row = { 0 };

	if (db_get(db, stmt, VALS(v_i64(id)), OUT(row), e) < 0)
		return -1;
	*n = row.n;
	return 0;
}

int
participant_store_count(struct db *db, int64_t exception_id, int64_t *n,
    struct err *e)
{
	return count(db, STMT_PARTICIPANTS_COUNT, exception_id, n, e);
}

int
participant_store_unit_people(struct db *db, int64_t unit_id, int64_t *n,
    struct err *e)
{
	return count(db, STMT_UNIT_PEOPLE_COUNT, unit_id, n, e);
}

int
participant_store_put(struct db *db, const struct participant_new *p,
    int64_t person_id, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_PARTICIPANT_PUT,
		VALS(v_i64(p->exception_id), v_i64(p->part), v_str(p->via),
		    v_i64(p->added_by), v_time(p->at), v_i64(person_id)),
		&n, e) < 0)
		return -1;
	return n > 0;
}

int
participant_store_put_unit(struct db *db, const struct participant_new *p,
    int64_t unit_id, struct err *e)
{
	return db_exec(db, STMT_PARTICIPANTS_PUT_UNIT,
	    VALS(v_str(p->via), v_i64(p->added_by), v_time(p->at),
		v_i64(unit_id), v_i64(p->exception_id)),
	    NULL, e);
}

/* An instant on a live row of a person. */
static int
mark(struct db *db, unsigned stmt, int64_t exception_id, int64_t person_id,
    instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, stmt,
		VALS(v_time(now), v_i64(exception_id), v_i64(person_id)), &n,
		e) < 0)
		return -1;
	return n > 0;
}

int
participant_store_end(struct db *db, int64_t exception_id, int64_t person_id,
    bool expert_too, instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_PARTICIPANT_END,
		VALS(v_time(now), v_i64(exception_id), v_i64(person_id),
		    v_i64(expert_too)),
		&n, e) < 0)
		return -1;
	return n > 0;
}

int
participant_store_unwatch(struct db *db, int64_t exception_id,
    int64_t person_id, instant_t now, struct err *e)
{
	return mark(db, STMT_PARTICIPANT_UNWATCH, exception_id, person_id, now,
	    e);
}

int
participant_store_acknowledge(struct db *db, int64_t exception_id,
    int64_t person_id, instant_t now, struct err *e)
{
	return mark(db, STMT_PARTICIPANT_ACKNOWLEDGE, exception_id, person_id,
	    now, e);
}

int
participant_store_waiting(struct db *db, int64_t person_id,
    struct acknowledge_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_HOME_TO_ACKNOWLEDGE, VALS(v_i64(person_id)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

/* Text + "%", with the wildcards of the text taken literally. */
static const char *
beginning(struct arena *a, const char *text)
{
	struct buf b;

	buf_init(&b, a);
	for (const char *s = text; *s != '\0'; s++) {
		if (*s == '%' || *s == '_' || *s == '\\')
			buf_char(&b, '\\');
		buf_char(&b, *s);
	}
	buf_char(&b, '%');
	return buf_text(&b);
}

int
participant_store_colleagues(struct db *db, struct arena *a, const char *text,
    struct colleague_row **rows, size_t *n, struct err *e)
{
	const char *pattern = beginning(a, text);
	void *list = NULL;

	if (db_list(db, STMT_COLLEAGUE_LIST,
		VALS(v_str(pattern), v_str(pattern)), &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}
