/*
 * Rows that come from a file (M-28), and what a file names. Written by the
 * owner's account only. Functions return 0, or -1 with e set, unless they
 * say otherwise.
 */
#ifndef EXREG_STORE_IMPORT_STORE_H
#define EXREG_STORE_IMPORT_STORE_H

#include "base/err.h"
#include "domain/record.h"

struct db;

struct import_person {
	int64_t id;
	const char *name;
	int64_t unit_id;
};
extern const struct schema import_person_schema;

struct import_known {
	int64_t exception_id;
	const char *hash; /* hex */
};
extern const struct schema import_known_schema;

/* The facts of an exception as our own export has them. */
struct import_own {
	const char *title;
	const char *document_key;
	const char *clause;
	const char *unit_code;
	const char *owner_name;
	int64_t risk;
	enum cause cause;
	instant_t submitted_at;
	date_t effective_on;
	date_t expires_on;
	date_t requested_until;
	int64_t sla_breached_days;
};
extern const struct schema import_own_schema;

/* A person by what they type at sign-in, or by a name that only they have.
 * Returns 1, 0 when unknown, 2 when several have that name, -1. */
int import_store_person(struct db *db, const char *who,
    struct import_person *out, struct err *e);

/* What that reference of that source was imported as. 1, 0 or -1. */
int import_store_known(struct db *db, const char *source, const char *reference,
    struct import_known *out, struct err *e);

int import_store_remember(struct db *db, const char *source,
    const char *reference, int64_t exception_id, const unsigned char hash[32],
    instant_t now, struct err *e);

/*
 * Outcome, dates, decider and the mark of x, a draft that
 * exception_store_create has made; its content follows with
 * exception_store_submit, and import_store_mark after it.
 */
int import_store_facts(struct db *db, const struct exception *x, struct err *e);
int import_store_mark(struct db *db, int64_t id, struct err *e);

/* It is documented now; before the content that says so is submitted. */
int import_store_documented(struct db *db, int64_t id, struct err *e);

/* 1, 0 when there is no such exception, -1. */
int import_store_own(struct db *db, int64_t id, struct import_own *out,
    struct err *e);

#endif
