/* Each function is one statement; login and session put them together. */
#include "store/session_store.h"

#include <string.h>

#include "db/db.h"
#include "domain/record.h"
#include "store/statements.h"

int
session_store_find(struct db *db, const unsigned char *hash,
    struct session_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_SESSION_IDENTIFY,
		VALS(v_bytes(hash, TOKEN_HASH_LEN)), &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
session_store_touch(struct db *db, const unsigned char *hash, instant_t now,
    struct err *e)
{
	return db_exec(db, STMT_SESSION_TOUCH,
	    VALS(v_time(now), v_bytes(hash, TOKEN_HASH_LEN)), NULL, e);
}

int
session_store_add(struct db *db, const struct session_new *s, struct err *e)
{
	return db_exec(db, STMT_SESSION_INSERT,
	    VALS(v_bytes(s->hash, TOKEN_HASH_LEN), v_i64(s->person_id),
		v_str(s->group_ids), v_time(s->now), v_time(s->now),
		v_time(s->expires_at), v_str(s->address), v_str(s->agent)),
	    NULL, e);
}

int
session_store_end(struct db *db, const unsigned char *hash, instant_t now,
    struct err *e)
{
	return db_exec(db, STMT_SESSION_END,
	    VALS(v_time(now), v_bytes(hash, TOKEN_HASH_LEN)), NULL, e);
}

int
session_store_end_all(struct db *db, int64_t person_id, instant_t now,
    struct err *e)
{
	return db_exec(db, STMT_SESSION_END_ALL,
	    VALS(v_time(now), v_i64(person_id)), NULL, e);
}

int
session_store_grants(struct db *db, const char *group_ids,
    struct session_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_GRANTS_OF_GROUPS, VALS(v_str(group_ids)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
person_store_put(struct db *db, const struct person_seen *p, int64_t *id,
    struct err *e)
{
	const char *manager = p->manager_dn != NULL ? p->manager_dn : "";
	struct text_row before = { 0 };
	int known = db_get(db, STMT_PERSON_NAME, VALS(v_str(p->directory_id)),
	    OUT(before), e);

	if (known < 0 ||
	    db_exec(db, STMT_PERSON_UPSERT,
		VALS(v_str(p->directory_id), v_str(p->uid), v_str(p->dn),
		    v_str(p->name), v_str(p->mail), v_str(p->title),
		    v_str(p->department), v_str(manager), v_str(manager),
		    v_time(p->now)),
		NULL, e) < 0)
		return -1;
	*id = db_insert_id(db);
	if (known == 0 || strcmp(before.text, p->name) == 0)
		return 0;
	return db_exec(db, STMT_NAMES_MOVED, NO_VALS, NULL, e);
}

int
session_store_known_place(struct db *db, const char *directory_id,
    const char *address, bool *known, struct err *e)
{
	struct count_row row = { 0 };

	if (db_get(db, STMT_SESSION_KNOWN_PLACE,
		VALS(v_str(directory_id), v_str(address)), OUT(row), e) < 0)
		return -1;
	*known = row.n > 0;
	return 0;
}

int
throttle_store_reserve(struct db *db, enum throttle_kind kind,
    const unsigned char subject[32], const struct throttle_limit *limit,
    instant_t now, bool *reserved, struct err *e)
{
	instant_t over = now - limit->window_us;
	int64_t n = 0;

	if (db_exec(db, STMT_THROTTLE_OPEN,
		VALS(v_i64(kind), v_bytes(subject, 32), v_time(now)), NULL,
		e) < 0 ||
	    db_exec(db, STMT_THROTTLE_RESERVE,
		VALS(v_time(over), v_bool(limit->moves), v_time(now),
		    v_i64(kind), v_bytes(subject, 32), v_time(over),
		    v_i64(limit->attempts)),
		&n, e) < 0)
		return -1;
	*reserved = n > 0;
	return 0;
}

int
throttle_store_refused(struct db *db, const unsigned char subject[32],
    instant_t window_us, instant_t now, bool *first, int64_t *before,
    struct err *e)
{
	const struct throttle_limit limit = { 1, window_us, false };
	struct count_row known = { 0 };

	if (db_get(db, STMT_THROTTLE_ATTEMPTS,
		VALS(v_i64(THROTTLE_REFUSED), v_bytes(subject, 32)), OUT(known),
		e) < 0 ||
	    throttle_store_reserve(db, THROTTLE_REFUSED, subject, &limit, now,
		first, e) < 0)
		return -1;
	*before = *first && known.n > 1 ? known.n - 1 : 0;
	if (*first)
		return 0;
	return db_exec(db, STMT_THROTTLE_MORE,
	    VALS(v_i64(THROTTLE_REFUSED), v_bytes(subject, 32)), NULL, e);
}

int
throttle_store_clear(struct db *db, enum throttle_kind kind,
    const unsigned char subject[32], struct err *e)
{
	return db_exec(db, STMT_THROTTLE_CLEAR,
	    VALS(v_i64(kind), v_bytes(subject, 32)), NULL, e);
}

int
throttle_store_release(struct db *db, enum throttle_kind kind,
    const unsigned char subject[32], struct err *e)
{
	return db_exec(db, STMT_THROTTLE_RELEASE,
	    VALS(v_i64(kind), v_bytes(subject, 32)), NULL, e);
}
