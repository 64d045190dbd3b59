/*
 * Documents as administrators see and edit them. All functions return 0, or
 * -1 with e set, unless they say otherwise. Strings live on the request
 * arena. A published version is never changed.
 */
#ifndef EXREG_STORE_DOCUMENT_STORE_H
#define EXREG_STORE_DOCUMENT_STORE_H

#include "domain/document.h"

struct db;

struct document_record_filter {
	const char *q;             /* part of title or key; NULL: all */
	enum document_state state; /* 0: all */
	int64_t after;             /* id of the last one seen; 0: start */
};
int document_store_records(struct db *db, struct arena *a,
    const struct document_record_filter *f, struct document_record **rows,
    size_t *n, struct err *e);

/* 1, 0 when there is none, -1. */
int document_store_record(struct db *db, const char *key,
    struct document_record *out, struct err *e);

/* The row for the rest of the transaction; kind, rules and owner are not
 * read. ERR_NOT_FOUND when there is none. */
int document_store_lock(struct db *db, const char *key,
    struct document_record *out, struct err *e);

/* Published versions, the newest first; is there one of that name? */
int document_store_versions(struct db *db, int64_t document_id,
    struct document_version **rows, size_t *n, struct err *e);
int document_store_has_version(struct db *db, int64_t document_id,
    const char *version, bool *has, struct err *e);

/* The columns that an administrator edits; lists comma separated or NULL. */
struct document_columns {
	const char *key;
	const char *title;
	enum document_kind kind;
	enum domain domain;
	int64_t owner_id; /* I64_NONE: nobody */
	bool exceptions_allowed;
	const char *exception_note;
	int64_t max_term_days;
	const char *exception_types;
	const char *distribution;
};

/* A new draft. 1, 0 when the key is taken, -1. */
int document_store_add(struct db *db, const struct document_columns *d,
    struct err *e);

/* Changes of the row that was locked; each moves its row_version. */
int document_store_update(struct db *db, const struct document_record *r,
    const struct document_columns *d, struct err *e);
int document_store_touch(struct db *db, const struct document_record *r,
    struct err *e);
int document_store_state(struct db *db, const struct document_record *r,
    enum document_state state, const char *version, date_t published_on,
    struct err *e);

/* What is being written; version and body NULL: nothing any more. */
int document_store_draft(struct db *db, int64_t document_id,
    const char *version, const char *body, instant_t now, int64_t person_id,
    struct err *e);

/* The rows of a version that is published. */
int document_store_publish(struct db *db, int64_t document_id,
    const struct document_text *t, date_t today, int64_t person_id,
    struct err *e);

/* Kinds of people there are: roles of the staff class. */
int document_store_kinds(struct db *db, struct role_row **rows, size_t *n,
    struct err *e);

/* Workers forget the names they keep (store/names.h). */
int document_store_names_moved(struct db *db, struct err *e);

#endif
