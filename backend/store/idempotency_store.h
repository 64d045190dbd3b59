/*
 * Answers kept for a repeat: written in the transaction of the change they
 * speak of, so either both are there or neither.
 */
#ifndef EXREG_STORE_IDEMPOTENCY_STORE_H
#define EXREG_STORE_IDEMPOTENCY_STORE_H

#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/field.h"

struct db;

struct idempotency_key {
	int64_t person_id;
	unsigned char hash[32]; /* SHA-256 of the key as sent */
};

struct idempotency_answer {
	const char *route;     /* method and pattern */
	const char *body_hash; /* SHA-256 of path and body, hex */
	int64_t status;
	const char *etag;     /* or NULL */
	const char *location; /* or NULL */
	const char *body;     /* "" when there is none */
};
extern const struct schema idempotency_answer_schema;

/* The answer kept under a key. 1, 0 when there is none, -1 with e set. */
int idempotency_store_find(struct db *db, const struct idempotency_key *key,
    struct idempotency_answer *out, struct err *e);

/*
 * Keep an answer. Waits for another transaction that holds the same key.
 * Returns 1, 0 when the key is there already, -1 with e set.
 */
int idempotency_store_add(struct db *db, const struct idempotency_key *key,
    const struct idempotency_answer *answer, instant_t now, struct err *e);

#endif
