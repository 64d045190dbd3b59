/* Two lists by key, each on an index of its own. */
#include "store/violation_store.h"

#include <inttypes.h>
#include <stdio.h>

#include "db/db.h"
#include "store/statements.h"

int
violation_store_add(struct db *db, const struct violation *v, struct err *e)
{
	return db_exec(db, STMT_VIOLATION_INSERT,
	    VALS(v_i64(v->id), v_i64(v->reporter_id), v_i64(v->supervisor_id),
		v_bool(v->supervisor_named), v_str(v->what), v_i64(v->unit_id),
		v_i64(v->document_id), v_str(v->clauses), v_date(v->known_on),
		v_time(v->filed_at)),
	    NULL, e);
}

int
violation_store_find(struct db *db, int64_t id, struct violation *out,
    struct err *e)
{
	return db_get(db, STMT_VIOLATION_BY_ID, VALS(v_i64(id)), OUT(*out), e);
}

int
violation_store_list(struct db *db, int64_t before, int64_t limit,
    struct violation **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_VIOLATIONS_ALL, VALS(v_i64(before), v_i64(limit)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
violation_store_list_of(struct db *db, int64_t person_id, int64_t before,
    int64_t limit, struct violation **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_VIOLATIONS_OF,
		VALS(v_i64(person_id), v_i64(before), v_i64(limit),
		    v_i64(person_id), v_i64(before), v_i64(limit)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	if (*n > (size_t)limit)
		*n = (size_t)limit;
	return 0;
}

int
violation_store_tell(struct db *db, const struct violation *v,
    int64_t person_id, const unsigned char id[16], struct err *e)
{
	char key[64];

	snprintf(key, sizeof(key), "V%" PRId64 ":violation:%" PRId64, v->id,
	    person_id);
	return db_exec(db, STMT_VIOLATION_NOTICE_INSERT,
	    VALS(v_bytes(id, 16), v_str(key), v_i64(person_id), v_i64(v->id),
		v_str("violation"), v_time(v->filed_at), v_time(v->filed_at)),
	    NULL, e);
}
