/*
 * Leases and history of the jobs, and the statements of the housekeeping
 * jobs themselves. Names of jobs are at most 40 bytes.
 */
#ifndef EXREG_STORE_JOBS_STORE_H
#define EXREG_STORE_JOBS_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/field.h"

struct db;

struct job_start {
	instant_t started_at;
};
struct job_lease {
	int64_t epoch;
};
struct purge_key {
	int64_t kind;
	const char *id; /* hex */
};
struct shelf_row {
	int64_t id;
};
/* A stage that is nearly due, or late. */
struct reminder_row {
	int64_t id;
	const char *stage_role; /* NULL: the requester's form */
	const char *escalate_role;
	int64_t domain;
	int64_t document_id;
	int64_t requester_id;
	instant_t stage_entered_at;
};
extern const struct schema reminder_row_schema;
extern const struct schema job_start_schema;
extern const struct schema job_lease_schema;
extern const struct schema purge_key_schema;
extern const struct schema shelf_row_schema;

/* When the job began last, TIME_NONE: never. 0, or -1 with e set. */
int job_store_last_start(struct db *db, const char *name, instant_t *at,
    struct err *e);

/*
 * Take the lease of a job until then, if nobody holds it at that moment.
 * Returns 1 and the epoch, 0 when another holds it, -1 with e set.
 */
int job_store_take(struct db *db, const char *name, const char *owner,
    instant_t now, instant_t until, int64_t *epoch, struct err *e);

/* Lock the lease for the rest of the transaction. Returns 1, 0 when it was
 * taken over since, -1 with e set. */
int job_store_hold(struct db *db, const char *name, int64_t epoch,
    struct err *e);

/* Let others have it from then on. Nothing when it was taken over. */
int job_store_release(struct db *db, const char *name, int64_t epoch,
    instant_t now, struct err *e);

/* The history: *id is given to _end. fault NULL: it went well. */
int job_store_begin(struct db *db, const char *name, int64_t epoch,
    instant_t now, int64_t *id, struct err *e);
int job_store_end(struct db *db, int64_t id, instant_t now, int64_t done,
    const char *fault, struct err *e);

/*
 * Each deletes at most limit rows older than before, in the transaction of
 * the caller; *n gets how many. 0, or -1 with e set.
 */
int purge_store_sessions(struct db *db, instant_t before, int64_t limit,
    int64_t *n, struct err *e);
int purge_store_idempotency(struct db *db, instant_t before, int64_t limit,
    int64_t *n, struct err *e);
int purge_store_throttles(struct db *db, instant_t before, int64_t limit,
    int64_t *n, struct err *e);
int purge_store_job_runs(struct db *db, instant_t before, int64_t limit,
    int64_t *n, struct err *e);

/*
 * Move at most limit exceptions whose last day is before that day out of
 * the index of what holds, rows and facets alike. *n: how many.
 */
int shelf_store_put(struct db *db, date_t before, int64_t limit, int64_t *n,
    struct err *e);

/*
 * Put the notices of at most limit stages into the outbox: reminders that
 * are due by today to who holds the stage, or (late) to the role that is told
 * when its limit has passed. Each stage once. *n: how many stages.
 */
int reminder_store_put(struct db *db, bool late, date_t today, instant_t now,
    int64_t limit, int64_t *n, struct err *e);

#endif
