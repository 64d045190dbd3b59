/*
 * The outbox as the job that empties it sees it. A notice is written in the
 * transaction of what it tells about (notice_store.h) and sent later.
 */
#ifndef EXREG_STORE_OUTBOX_STORE_H
#define EXREG_STORE_OUTBOX_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/field.h"

struct db;

/* A notice that is due, with what its message needs. */
struct outbox_row {
	const char *id; /* hex */
	const char *kind;
	const char *detail; /* or NULL */
	int64_t attempts;   /* so far */
	instant_t created_at;
	int64_t exception_id; /* I64_NONE: none */
	int64_t violation_id; /* I64_NONE: none */
	const char *person_name;
	const char *person_mail; /* or NULL */
	const char *title;       /* NULL: confidential, or no exception */
};
extern const struct schema outbox_row_schema;

/* The oldest notices due at that moment. Returns 0, or -1 with e set. */
int outbox_store_due(struct db *db, instant_t now, int64_t limit,
    struct outbox_row **rows, size_t *n, struct err *e);

/* It was handed over. id: hex. Returns 0, or -1 with e set. */
int outbox_store_sent(struct db *db, const char *id, instant_t now,
    struct err *e);

/*
 * It was not; fault (at most 500 characters) is kept for the operator.
 * again_at: when to try next; TIME_NONE: never, a dead letter as of now.
 * Returns 0, or -1 with e set.
 */
int outbox_store_failed(struct db *db, const char *id, instant_t now,
    instant_t again_at, const char *fault, struct err *e);

#endif
