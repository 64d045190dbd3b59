/* The outbox and the audit trail: rows that go with a change. */
#ifndef EXREG_STORE_NOTICE_STORE_H
#define EXREG_STORE_NOTICE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"

struct db;

/* Somebody who is told of an event. */
struct notice_to {
	unsigned char id[16];  /* UUIDv7, of the notice */
	const char *event_key; /* unique: a repeat adds nothing */
	int64_t person_id;     /* I64_NONE: nobody */
};

struct notice {
	int64_t exception_id;
	const char *kind;
	const char *detail; /* NULL: none */
	instant_t at;
	const struct notice_to *to;
	size_t nto;
};

/* One statement for each four people. Returns 0 or -1. */
int notice_store_add(struct db *db, const struct notice *n, struct err *e);

/*
 * An event told by one statement to everybody the database finds for it; a
 * person is told of an event once.
 */
struct notice_all {
	unsigned char id[16]; /* UUIDv7; each notice's own is made from it */
	const char *event;    /* <= 80; the person's id is put behind it */
	int64_t exception_id;
	const char *kind;
	const char *detail; /* NULL: none */
	instant_t at;
	date_t today;     /* roles by name hold from day to day */
	int64_t actor_id; /* is not told */
};

/*
 * Who takes part, apart from the people the exception names. mask: bits of
 * enum part that are told; watchers are told too, without the detail, of an
 * open exception and of one they read in full. mask 0: watchers who read it
 * in full only. At most 1000 people. Returns 0 or -1.
 */
int notice_store_participants(struct db *db, const struct notice_all *n,
    unsigned mask, struct err *e);

/* Who got that part from the actor at n->at. Returns 0 or -1. */
int notice_store_added(struct db *db, const struct notice_all *n, int part,
    struct err *e);

/* Who holds a role in a scope that covers it, at most 50; without detail.
 * Returns 0 or -1. */
int notice_store_asked(struct db *db, const struct notice_all *n,
    const char *role, struct err *e);

struct audit_row {
	unsigned char id[16]; /* UUIDv7 */
	int64_t actor_id;     /* I64_NONE: nobody signed in */
	const char *actor;
	const char *action;
	const char *object_type;
	int64_t object_id; /* I64_NONE */
	const char *object;
	bool refused;
	const char *detail;
	const char *address;
	const char *body; /* exact bytes, JSON */
};

int audit_store_append(struct db *db, const struct audit_row *r, struct err *e);

#endif
