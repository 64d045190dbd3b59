/*
 * What lists show of documents, units and people, kept by a worker from one
 * request to the next: a page then reads its rows and joins nothing. Who
 * changes a name moves the row `names` of table epoch in the same transaction
 * (STMT_NAMES_MOVED), and every signed-in request reads it, so a name that is
 * shown is never older than the request.
 *
 * Functions return 0, or -1 with e set.
 */
#ifndef EXREG_STORE_NAMES_H
#define EXREG_STORE_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct db;
struct names;
struct register_row;

/* Names that are kept; more are read each time they are asked for. */
#define NAMES_MAX 16384

/* Empty; memory comes from malloc. */
struct names *names_open(void);

/* NULL is accepted. */
void names_close(struct names *n);

/* The epoch of a request that begins: another than before forgets all. */
void names_at(struct names *n, int64_t epoch);

/*
 * Fill in document, unit and owner of rows by their ids; NULL where a row
 * has none. The texts live until the next names_at(), or on a. One statement
 * a kind for those that are not known yet.
 */
int names_fill(struct names *n, struct db *db, struct arena *a,
    struct register_row *rows, size_t nrows, struct err *e);

/* Keys that people type into ids. 1, 0 when there is none, -1. */
int names_document(struct names *n, struct db *db, const char *key, int64_t *id,
    struct err *e);
int names_unit(struct names *n, struct db *db, const char *code, int64_t *id,
    struct err *e);
/* The root of a clause of that document, by its reference. */
int names_clause(struct names *n, struct db *db, int64_t document_id,
    const char *ref, int64_t *id, struct err *e);

#endif
