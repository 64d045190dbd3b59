/*
 * One exception in the database: draft, content versions, steps, history.
 * Every change after submission leaves a row of exception_version.
 * All functions return 0, or -1 with e set, unless they say otherwise.
 */
#ifndef EXREG_STORE_EXCEPTION_STORE_H
#define EXREG_STORE_EXCEPTION_STORE_H

#include "base/err.h"
#include "domain/catalogue.h"
#include "domain/content.h"
#include "domain/record.h"

struct db;

/* Create a draft under a number taken before. copied_from_id: I64_NONE when
 * it is no copy. */
int exception_store_create(struct db *db, int64_t id, int64_t procedure_id,
    enum exception_type type, int64_t requester_id, int64_t copied_from_id,
    instant_t now, struct err *e);

/* Read, content and units included, and lock for the rest of the
 * transaction. reader: whose parts are told. ERR_NOT_FOUND. */
int exception_store_lock(struct db *db, int64_t id, int64_t reader,
    struct exception *x, struct err *e);

/* Read with the names behind the ids; content and units only when whole.
 * 1, 0 when there is none, -1. */
int exception_store_find(struct db *db, int64_t id, int64_t reader, bool whole,
    struct exception *x, struct err *e);

/* What a draft shows in lists while it is typed. */
struct draft_columns {
	const char *title;
	enum domain domain;
	int64_t unit_id;
	int64_t asset_id;
	int64_t document_id;
	bool confidential;
	int64_t risk;
	date_t requested_from;
	date_t requested_until;
};

/* Save the content of a draft; x as locked, its row_version moves. */
int exception_store_save_draft(struct db *db, struct exception *x,
    const struct draft_columns *cols, const char *content, instant_t now,
    struct err *e);

/* Save the content of a returned request; its list columns stay. */
int exception_store_save_returned(struct db *db, struct exception *x,
    const char *content, instant_t now, struct err *e);

/*
 * A submission: x carries the new state and columns (row_version as locked),
 * content the canonical JSON, hash its SHA-256. Writes the content version,
 * its children and facets, the search text and the version row.
 */
struct submission {
	const struct content *content;
	const char *json;
	const unsigned char *hash; /* 32 bytes */
	const struct clause *clauses;
	size_t nclauses;
	const int64_t *unit_ids; /* affected units, the first is x->unit_id */
	size_t nunit_ids;
	const char *words;    /* normalised search text */
	int64_t public_chars; /* of its beginning, which everybody may search */
	int64_t actor_id;
	const char *action;
};
int exception_store_submit(struct db *db, struct exception *x,
    const struct submission *s, instant_t now, struct err *e);

/*
 * A step without new content: state, stage, outcome and dates of x.
 * draft_content of x is written as it is. Moves row_version, writes the
 * version row, keeps the facets equal.
 */
int exception_store_step(struct db *db, struct exception *x, int64_t actor_id,
    const char *action, instant_t now, struct err *e);

/* A draft is given up: it stays its requester's, and is listed nowhere. */
int exception_store_discard(struct db *db, struct exception *x, instant_t now,
    struct err *e);

/* Something that belongs to it has changed: moves row_version, writes the
 * version row. */
int exception_store_touch(struct db *db, struct exception *x, int64_t actor_id,
    const char *action, instant_t now, struct err *e);

/* Clauses with the text kept here; changed says whether the published one
 * differs (P-02). */
int exception_store_clauses(struct db *db, int64_t id, int64_t content_version,
    struct clause **rows, size_t *n, struct err *e);

/* People who hold a role in x's scope, and those who act for them today, by
 * name, <= 50. */
int exception_store_holders(struct db *db, const struct exception *x,
    const char *role, date_t today, struct holder_row **rows, size_t *n,
    struct err *e);

/* Whose turn it is in the stage, x->stage_role; nothing else moves. */
int exception_store_set_stage_role(struct db *db, const struct exception *x,
    struct err *e);

/* Put in place on x->implemented_on (C-16); writes the version row. */
int exception_store_implement(struct db *db, struct exception *x,
    int64_t actor_id, instant_t now, struct err *e);

int exception_store_history(struct db *db, int64_t id, instant_t before,
    const unsigned char before_id[16], int64_t limit,
    struct history_event **rows, size_t *n, struct err *e);

#endif
