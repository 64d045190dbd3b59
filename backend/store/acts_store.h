/* Designations and delegations. 0 or -1 unless said. */
#ifndef EXREG_STORE_ACTS_STORE_H
#define EXREG_STORE_ACTS_STORE_H

#include "base/err.h"
#include "domain/acts.h"

struct db;

/* What today's acts say of a person; delegations ended by hand are told for
 * a day longer, as partners only. */
int acts_store_of(struct db *db, int64_t person_id, date_t today, instant_t now,
    struct act_row **rows, size_t *n, struct err *e);

/* Whom the directory knows by that id holds a role by name today. */
int designation_store_admits(struct db *db, const char *directory_id,
    date_t today, bool *admits, struct err *e);

/* Live ones, those to come included. */
int designation_store_list(struct db *db, date_t today,
    struct designation **rows, size_t *n, struct err *e);
/* What is over, newest first, below an id; at most limit. */
int designation_store_past(struct db *db, int64_t below, date_t today,
    size_t limit, struct designation **rows, size_t *n, struct err *e);
/* 1, 0, -1. */
int designation_store_find(struct db *db, int64_t id, struct designation *out,
    struct err *e);

struct designation_new {
	int64_t person_id;
	const char *role;
	int64_t unit_id;     /* I64_NONE: everywhere */
	int64_t domain;      /* I64_NONE: all */
	int64_t document_id; /* I64_NONE: all */
	struct period period;
	const char *note;
	instant_t now;
	int64_t created_by;
};
/* The same role and scope on some of the same days. */
int designation_store_exists(struct db *db, const struct designation_new *d,
    bool *exists, struct err *e);
int designation_store_add(struct db *db, const struct designation_new *d,
    int64_t *id, struct err *e);
/* ERR_STALE when it changed. */
int designation_store_end(struct db *db, int64_t id, int64_t row_version,
    int64_t by, instant_t now, struct err *e);

int delegation_store_list(struct db *db, date_t today, struct delegation **rows,
    size_t *n, struct err *e);
int delegation_store_past(struct db *db, int64_t below, date_t today,
    size_t limit, struct delegation **rows, size_t *n, struct err *e);
/* The latest hundred of one person. */
int delegation_store_given(struct db *db, int64_t person_id,
    struct delegation **rows, size_t *n, struct err *e);
int delegation_store_received(struct db *db, int64_t person_id,
    struct delegation **rows, size_t *n, struct err *e);
/* 1, 0, -1. */
int delegation_store_find(struct db *db, int64_t id, struct delegation *out,
    struct err *e);
/* Live ones of either person that are not over before the day, locked. */
int delegation_store_near(struct db *db, int64_t one, int64_t other,
    date_t from_on, struct delegation **rows, size_t *n, struct err *e);
/* The person acts for one of the four today, or one of them for the person. */
int delegation_store_related(struct db *db, int64_t person_id,
    const int64_t parties[4], date_t today, instant_t now, bool *related,
    struct err *e);
int delegation_store_add(struct db *db, const struct delegation_ask *d,
    const char *note, instant_t now, int64_t *id, struct err *e);
int delegation_store_end(struct db *db, int64_t id, int64_t row_version,
    int64_t by, instant_t now, struct err *e);

#endif
