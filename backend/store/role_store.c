/* Mappings are ended, never deleted. */
#include "store/role_store.h"

#include "db/db.h"
#include "domain/record.h"
#include "store/statements.h"

int
role_store_list(struct db *db, struct role_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_ROLE_LIST, NO_VALS, &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
role_mapping_store_list(struct db *db, struct role_mapping **rows, size_t *n,
    struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_ROLE_MAPPING_LIST, NO_VALS, &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
role_mapping_store_lock(struct db *db, int64_t id, struct role_mapping *m,
    struct err *e)
{
	return db_get(db, STMT_ROLE_MAPPING_LOCK, VALS(v_i64(id)), OUT(*m), e);
}

int
role_mapping_store_exists(struct db *db, const struct role_mapping_new *m,
    bool *exists, struct err *e)
{
	struct count_row row = { 0 };

	if (db_get(db, STMT_ROLE_MAPPING_SAME,
		VALS(v_str(m->group_id), v_str(m->role), v_i64(m->unit_id),
		    v_i64(m->domain), v_i64(m->document_id)),
		OUT(row), e) < 0)
		return -1;
	*exists = row.n > 0;
	return 0;
}

int
role_mapping_store_add(struct db *db, const struct role_mapping_new *m,
    int64_t *id, struct err *e)
{
	if (db_exec(db, STMT_ROLE_MAPPING_INSERT,
		VALS(v_str(m->group_id), v_str(m->group_dn),
		    v_str(m->group_name), v_str(m->role), v_i64(m->unit_id),
		    v_i64(m->domain), v_i64(m->document_id), v_i64(m->members),
		    v_time(m->now), v_i64(m->created_by)),
		NULL, e) < 0)
		return -1;
	*id = db_insert_id(db);
	return 0;
}

int
role_mapping_store_end(struct db *db, int64_t id, int64_t row_version,
    int64_t by, instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_ROLE_MAPPING_END,
		VALS(v_time(now), v_i64(by), v_i64(id), v_i64(row_version)), &n,
		e) < 0)
		return -1;
	if (n != 1)
		return err_set(e, ERR_STALE,
		    "Somebody else changed it meanwhile.");
	return 0;
}

int
role_mapping_store_other_administrators(struct db *db, int64_t id, int64_t *n,
    struct err *e)
{
	struct count_row row = { 0 };

	if (db_get(db, STMT_ROLE_MAPPING_ADMINISTRATORS, VALS(v_i64(id)),
		OUT(row), e) < 0)
		return -1;
	*n = row.n;
	return 0;
}

int
role_holder_store_put(struct db *db, int64_t mapping_id, int64_t person_id,
    instant_t now, struct err *e)
{
	return db_exec(db, STMT_ROLE_HOLDER_PUT,
	    VALS(v_i64(mapping_id), v_i64(person_id), v_time(now)), NULL, e);
}

int
role_holder_store_list(struct db *db, const char *role, date_t today,
    struct owner_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_ROLE_HOLDER_NAMES,
		VALS(v_str(role), v_str(role), v_date(today), v_date(today)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
document_store_id(struct db *db, const char *key, int64_t *id, struct err *e)
{
	struct id_row row = { .id = I64_NONE };

	if (db_get(db, STMT_DOCUMENT_ID_BY_KEY, VALS(v_str(key)), OUT(row), e) <
	    0)
		return -1;
	*id = row.id;
	return 0;
}
