/*
 * A lease is taken with one conditional UPDATE that moves its epoch. Every
 * transaction of a job locks the row with the epoch it knows, so a job that
 * was frozen and taken over cannot write any more.
 */
#include "store/jobs_store.h"

#include <string.h>

#include "base/token.h"
#include "db/db.h"
#include "store/exception_store.h"
#include "store/statements.h"

#define KEY_LEN 32

/* clang-format off */
static const struct field start_fields[] = {
	F_TIME(job_start, started_at, .flags = FIELD_NULLABLE, .doc = "Of the last run"),
};
static const struct field lease_fields[] = {
	F_I64(job_lease, epoch, .doc = "Moves with each new holder"),
};
static const struct field key_fields[] = {
	F_I64(purge_key, kind, .flags = FIELD_NULLABLE, .doc = "First part, where there is one"),
	F_STR(purge_key, id, .doc = "SHA-256, hexadecimal"),
};
static const struct field shelf_fields[] = {
	F_I64(shelf_row, id, .doc = "Exception"),
};
static const struct field reminder_fields[] = {
	F_I64(reminder_row, id, .doc = "Exception"),
	F_STR(reminder_row, stage_role, .flags = FIELD_NULLABLE, .doc = "Role that acts"),
	F_STR(reminder_row, escalate_role, .flags = FIELD_NULLABLE, .doc = "Role told when it is late"),
	F_I64(reminder_row, domain, .doc = "Domain"),
	F_I64(reminder_row, document_id, .flags = FIELD_NULLABLE, .doc = "Document"),
	F_I64(reminder_row, requester_id, .doc = "Who asks"),
	F_TIME(reminder_row, stage_entered_at, .doc = "When the stage began"),
};
/* clang-format on */
const struct schema job_start_schema =
    SCHEMA(job_start, start_fields, "When a job began");
const struct schema job_lease_schema =
    SCHEMA(job_lease, lease_fields, "Who may run a job");
const struct schema purge_key_schema =
    SCHEMA(purge_key, key_fields, "Key of a row to delete");
const struct schema shelf_row_schema =
    SCHEMA(shelf_row, shelf_fields, "An exception to shelve");
const struct schema reminder_row_schema =
    SCHEMA(reminder_row, reminder_fields, "A stage to remind of");

int
job_store_last_start(struct db *db, const char *name, instant_t *at,
    struct err *e)
{
	struct job_start row = { .started_at = TIME_NONE };

	if (db_get(db, STMT_JOB_LAST_START, VALS(v_str(name)), OUT(row), e) < 0)
		return -1;
	*at = row.started_at;
	return 0;
}

int
job_store_take(struct db *db, const char *name, const char *owner,
    instant_t now, instant_t until, int64_t *epoch, struct err *e)
{
	struct job_lease row;
	int64_t taken = 0;
	int found;

	if (db_exec(db, STMT_JOB_LEASE_MAKE, VALS(v_str(name), v_time(now)),
		NULL, e) < 0 ||
	    db_exec(db, STMT_JOB_LEASE_TAKE,
		VALS(v_str(owner), v_time(until), v_str(name), v_time(now)),
		&taken, e) < 0)
		return -1;
	if (taken == 0)
		return 0;
	found = db_get(db, STMT_JOB_LEASE_EPOCH,
	    VALS(v_str(name), v_str(owner)), OUT(row), e);
	if (found > 0)
		*epoch = row.epoch;
	return found;
}

int
job_store_hold(struct db *db, const char *name, int64_t epoch, struct err *e)
{
	struct job_lease row;

	return db_get(db, STMT_JOB_LEASE_HOLD, VALS(v_str(name), v_i64(epoch)),
	    OUT(row), e);
}

int
job_store_release(struct db *db, const char *name, int64_t epoch, instant_t now,
    struct err *e)
{
	return db_exec(db, STMT_JOB_LEASE_RELEASE,
	    VALS(v_time(now), v_str(name), v_i64(epoch)), NULL, e);
}

int
job_store_begin(struct db *db, const char *name, int64_t epoch, instant_t now,
    int64_t *id, struct err *e)
{
	if (db_exec(db, STMT_JOB_RUN_BEGIN,
		VALS(v_str(name), v_i64(epoch), v_time(now)), NULL, e) < 0)
		return -1;
	*id = db_insert_id(db);
	return 0;
}

int
job_store_end(struct db *db, int64_t id, instant_t now, int64_t done,
    const char *fault, struct err *e)
{
	return db_exec(db, STMT_JOB_RUN_END,
	    VALS(v_time(now), v_i64(done), v_str(fault), v_i64(id)), NULL, e);
}

/* A BINARY(32) key as the statement gave it. */
static int
read_key(const struct purge_key *k, unsigned char out[KEY_LEN], struct err *e)
{
	if (k->id == NULL || strlen(k->id) != 2 * KEY_LEN ||
	    hex_decode(k->id, out, KEY_LEN) < 0)
		return err_set(e, ERR_INTERNAL, "A key is not SHA-256.");
	return 0;
}

int
purge_store_sessions(struct db *db, instant_t before, int64_t limit, int64_t *n,
    struct err *e)
{
	unsigned char key[KEY_LEN];
	struct purge_key *keys;
	void *list = NULL;
	int64_t gone = 0;
	size_t count;

	*n = 0;
	if (db_list(db, STMT_SESSIONS_OVER,
		VALS(v_time(before), v_time(before), v_i64(limit)), &list,
		&count, e) < 0)
		return -1;
	keys = list;
	for (size_t i = 0; i < count; i++, *n += gone)
		if (read_key(&keys[i], key, e) < 0 ||
		    db_exec(db, STMT_SESSION_DELETE,
			VALS(v_bytes(key, KEY_LEN), v_time(before),
			    v_time(before)),
			&gone, e) < 0)
			return -1;
	return 0;
}

int
purge_store_idempotency(struct db *db, instant_t before, int64_t limit,
    int64_t *n, struct err *e)
{
	return db_exec(db, STMT_IDEMPOTENCY_PURGE,
	    VALS(v_time(before), v_i64(limit)), n, e);
}

int
purge_store_throttles(struct db *db, instant_t before, int64_t limit,
    int64_t *n, struct err *e)
{
	unsigned char key[KEY_LEN];
	struct purge_key *keys;
	void *list = NULL;
	int64_t gone = 0;
	size_t count;

	*n = 0;
	if (db_list(db, STMT_THROTTLES_OVER, VALS(v_time(before), v_i64(limit)),
		&list, &count, e) < 0)
		return -1;
	keys = list;
	for (size_t i = 0; i < count; i++, *n += gone)
		if (read_key(&keys[i], key, e) < 0 ||
		    db_exec(db, STMT_THROTTLE_DELETE,
			VALS(v_i64(keys[i].kind), v_bytes(key, KEY_LEN),
			    v_time(before)),
			&gone, e) < 0)
			return -1;
	return 0;
}

int
purge_store_job_runs(struct db *db, instant_t before, int64_t limit, int64_t *n,
    struct err *e)
{
	return db_exec(db, STMT_JOB_RUNS_PURGE,
	    VALS(v_time(before), v_i64(limit)), n, e);
}

int
shelf_store_put(struct db *db, date_t before, int64_t limit, int64_t *n,
    struct err *e)
{
	struct shelf_row *rows;
	void *list = NULL;
	int64_t moved = 0;
	size_t count;

	*n = 0;
	if (db_list(db, STMT_EXCEPTIONS_TO_SHELVE,
		VALS(v_date(before), v_i64(limit)), &list, &count, e) < 0)
		return -1;
	rows = list;
	for (size_t i = 0; i < count; i++, *n += moved)
		if (db_exec(db, STMT_EXCEPTION_SHELVE,
			VALS(v_i64(rows[i].id), v_date(before)), &moved,
			e) < 0 ||
		    db_exec(db, STMT_FACET_FOLLOW_LANE, VALS(v_i64(rows[i].id)),
			NULL, e) < 0)
			return -1;
	return 0;
}

/* Who is told: the holders in the request's scope, or its requester. */
static int
remind(struct db *db, const struct reminder_row *row, bool late, date_t today,
    instant_t now, struct err *e)
{
	const struct exception x = { .id = row->id,
		.domain = (enum domain)row->domain,
		.document_id = row->document_id,
		.requester_id = row->requester_id };
	const char *role = late ? row->escalate_role : row->stage_role;
	struct holder_row requester = { .id = row->requester_id };
	struct holder_row *to = &requester;
	size_t nto = 1;

	if (role != NULL &&
	    exception_store_holders(db, &x, role, today, &to, &nto, e) < 0)
		return -1;
	for (size_t i = 0; i < nto; i++) {
		if (db_exec(db, STMT_REMINDER_INSERT,
			VALS(v_i64(row->id), v_time(row->stage_entered_at),
			    v_str(late ? "late" : "reminder"), v_time(now),
			    v_i64(to[i].id)),
			NULL, e) < 0)
			return -1;
	}
	return db_exec(db, late ? STMT_ESCALATION_SENT : STMT_REMINDER_SENT,
	    VALS(v_i64(row->id)), NULL, e);
}

int
reminder_store_put(struct db *db, bool late, date_t today, instant_t now,
    int64_t limit, int64_t *n, struct err *e)
{
	struct reminder_row *rows;
	void *list = NULL;
	size_t count;

	*n = 0;
	if (db_list(db, late ? STMT_ESCALATIONS_DUE : STMT_REMINDERS_DUE,
		VALS(v_date(today), v_i64(limit)), &list, &count, e) < 0)
		return -1;
	rows = list;
	for (size_t i = 0; i < count; i++, ++*n) {
		if (remind(db, &rows[i], late, today, now, e) < 0)
			return -1;
	}
	return 0;
}
