/*
 * Files of exceptions as rows; the bytes are elsewhere (attach/vault.h).
 * All functions return 0, or -1 with e set, unless they say otherwise.
 */
#ifndef EXREG_STORE_ATTACHMENT_STORE_H
#define EXREG_STORE_ATTACHMENT_STORE_H

#include "base/err.h"
#include "domain/attachment.h"

struct db;

/* All of one exception, removed ones too, by position. */
int attachment_store_list(struct db *db, int64_t exception_id,
    struct attachment **rows, size_t *n, struct err *e);

/* The same, locked for the rest of the transaction; without names. */
int attachment_store_lock(struct db *db, int64_t exception_id,
    struct attachment **rows, size_t *n, struct err *e);

/* a as it is to be; its file is there already. */
int attachment_store_add(struct db *db, const struct attachment *a,
    struct err *e);

/* Nothing happens when it was removed before. */
int attachment_store_remove(struct db *db, const struct attachment *a,
    int64_t person_id, instant_t now, struct err *e);

/* Name of a file that a row speaks of. */
struct attachment_file {
	const char *file;
};
extern const struct schema attachment_file_schema;

/* Names after a given one ("": from the first), in order; *n is 0 at the
 * end. */
int attachment_store_files(struct db *db, const char *after,
    struct attachment_file **rows, size_t *n, struct err *e);

#endif
