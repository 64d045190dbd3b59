/* Acts are ended, never deleted. Whoever an act names is marked with its
 * last day, so that nobody else is looked up. */
#include "store/acts_store.h"

#include "db/db.h"
#include "domain/record.h"
#include "store/statements.h"

int
acts_store_of(struct db *db, int64_t person_id, date_t today, instant_t now,
    struct act_row **rows, size_t *n, struct err *e)
{
	const struct val me = v_i64(person_id);
	const struct val day = v_date(today);
	const struct val since = v_time(now - US_PER_DAY);
	void *list = NULL;

	if (db_list(db, STMT_ACTS_OF,
		VALS(me, day, day, me, day, day, since, me, day, day, since, me,
		    day, day, me, day, day, day, day),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

static int
name_person(struct db *db, int64_t person_id, date_t until, struct err *e)
{
	const struct val day = v_date(until == DATE_NONE ? DATE_MAX : until);

	return db_exec(db, STMT_ACTS_NAME, VALS(day, day, v_i64(person_id)),
	    NULL, e);
}

/* The one row of an ending is there. */
static int
ended(int64_t n, struct err *e)
{
	if (n != 1)
		return err_set(e, ERR_STALE,
		    "Somebody else changed it meanwhile.");
	return 0;
}

int
designation_store_admits(struct db *db, const char *directory_id, date_t today,
    bool *admits, struct err *e)
{
	struct count_row row = { 0 };

	if (db_get(db, STMT_DESIGNATION_ADMITS,
		VALS(v_str(directory_id), v_date(today), v_date(today)),
		OUT(row), e) < 0)
		return -1;
	*admits = row.n > 0;
	return 0;
}

int
designation_store_list(struct db *db, date_t today, struct designation **rows,
    size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DESIGNATION_LIST, VALS(v_date(today)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
designation_store_past(struct db *db, int64_t below, date_t today, size_t limit,
    struct designation **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DESIGNATION_PAST,
		VALS(v_i64(below), v_date(today), v_i64((int64_t)limit)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
designation_store_find(struct db *db, int64_t id, struct designation *out,
    struct err *e)
{
	return db_get(db, STMT_DESIGNATION_BY_ID, VALS(v_i64(id)), OUT(*out),
	    e);
}

int
designation_store_exists(struct db *db, const struct designation_new *d,
    bool *exists, struct err *e)
{
	date_t last = d->period.until_on;
	struct count_row row = { 0 };

	if (db_get(db, STMT_DESIGNATION_SAME,
		VALS(v_i64(d->person_id), v_str(d->role), v_i64(d->unit_id),
		    v_i64(d->domain), v_i64(d->document_id),
		    v_date(d->period.from_on),
		    v_date(last == DATE_NONE ? DATE_MAX : last)),
		OUT(row), e) < 0)
		return -1;
	*exists = row.n > 0;
	return 0;
}

int
designation_store_add(struct db *db, const struct designation_new *d,
    int64_t *id, struct err *e)
{
	if (db_exec(db, STMT_DESIGNATION_INSERT,
		VALS(v_i64(d->person_id), v_str(d->role), v_i64(d->unit_id),
		    v_i64(d->domain), v_i64(d->document_id),
		    v_date(d->period.from_on), v_date(d->period.until_on),
		    v_str(d->note), v_time(d->now), v_i64(d->created_by)),
		NULL, e) < 0)
		return -1;
	*id = db_insert_id(db);
	return name_person(db, d->person_id, d->period.until_on, e);
}

int
designation_store_end(struct db *db, int64_t id, int64_t row_version,
    int64_t by, instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_DESIGNATION_END,
		VALS(v_time(now), v_i64(by), v_i64(id), v_i64(row_version)), &n,
		e) < 0)
		return -1;
	return ended(n, e);
}

int
delegation_store_list(struct db *db, date_t today, struct delegation **rows,
    size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DELEGATION_LIST, VALS(v_date(today)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
delegation_store_past(struct db *db, int64_t below, date_t today, size_t limit,
    struct delegation **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DELEGATION_PAST,
		VALS(v_i64(below), v_date(today), v_i64((int64_t)limit)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
delegation_store_given(struct db *db, int64_t person_id,
    struct delegation **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DELEGATION_GIVEN, VALS(v_i64(person_id)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
delegation_store_received(struct db *db, int64_t person_id,
    struct delegation **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DELEGATION_RECEIVED, VALS(v_i64(person_id)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
delegation_store_find(struct db *db, int64_t id, struct delegation *out,
    struct err *e)
{
	return db_get(db, STMT_DELEGATION_BY_ID, VALS(v_i64(id)), OUT(*out), e);
}

int
delegation_store_near(struct db *db, int64_t one, int64_t other, date_t from_on,
    struct delegation **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DELEGATION_NEAR,
		VALS(v_i64(one), v_i64(other), v_i64(one), v_i64(other),
		    v_date(from_on)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
delegation_store_related(struct db *db, int64_t person_id,
    const int64_t parties[4], date_t today, instant_t now, bool *related,
    struct err *e)
{
	const struct val me = v_i64(person_id);
	const struct val day = v_date(today);
	const struct val since = v_time(now - US_PER_DAY);
	const struct val of[4] = { v_i64(parties[0]), v_i64(parties[1]),
		v_i64(parties[2]), v_i64(parties[3]) };
	struct count_row row = { 0 };

	if (db_get(db, STMT_DELEGATION_RELATED,
		VALS(me, of[0], of[1], of[2], of[3], day, day, since, me, of[0],
		    of[1], of[2], of[3], day, day, since),
		OUT(row), e) < 0)
		return -1;
	*related = row.n > 0;
	return 0;
}

int
delegation_store_add(struct db *db, const struct delegation_ask *d,
    const char *note, instant_t now, int64_t *id, struct err *e)
{
	if (db_exec(db, STMT_DELEGATION_INSERT,
		VALS(v_i64(d->from_person_id), v_i64(d->to_person_id),
		    v_str(d->role), v_date(d->period.from_on),
		    v_date(d->period.until_on), v_str(note), v_time(now),
		    v_i64(d->made_by)),
		NULL, e) < 0)
		return -1;
	*id = db_insert_id(db);
	if (name_person(db, d->from_person_id, d->period.until_on, e) < 0)
		return -1;
	return name_person(db, d->to_person_id, d->period.until_on, e);
}

int
delegation_store_end(struct db *db, int64_t id, int64_t row_version, int64_t by,
    instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_DELEGATION_END,
		VALS(v_time(now), v_i64(by), v_i64(id), v_i64(row_version)), &n,
		e) < 0)
		return -1;
	return ended(n, e);
}
