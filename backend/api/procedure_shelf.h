/*
 * Procedures a worker has read. A version never changes once it is in the
 * table (no account of a pool may UPDATE it), so it is parsed once.
 */
#ifndef EXREG_API_PROCEDURE_SHELF_H
#define EXREG_API_PROCEDURE_SHELF_H

#include "base/arena.h"
#include "domain/procedure.h"

struct db;

#define PROCEDURES_KEPT 32

/* Belongs to the pipeline; what is on it stays until the worker ends. */
struct procedure_shelf {
	struct arena arena;
	struct procedure kept[PROCEDURES_KEPT];
	size_t n;
};

void procedure_shelf_init(struct procedure_shelf *s);
void procedure_shelf_release(struct procedure_shelf *s);

/*
 * The version with that id; out shares its strings, which live as long as
 * the request at least. a is of the request. Returns 0, or -1 with ERR_INTERNAL
 * when there is no such version or it cannot be read, or a database error.
 */
int procedure_shelf_get(struct procedure_shelf *s, struct db *db,
    struct arena *a, int64_t id, struct procedure *out, struct err *e);

#endif
