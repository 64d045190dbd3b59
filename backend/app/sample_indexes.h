/* Secondary indexes left out while a large register is loaded. */
#ifndef EXREG_APP_SAMPLE_INDEXES_H
#define EXREG_APP_SAMPLE_INDEXES_H

#include "base/arena.h"
#include "base/err.h"

struct db;

/* What it takes to have them again. */
struct table_indexes {
	const char *table;
	const char *restore; /* ALTER TABLE …, NULL: there were none */
};

/* Read them from the schema, then drop them. Needs foreign_key_checks = 0.
 * 0 or -1 with e set. */
int indexes_drop(struct db *db, const char *table, struct arena *a,
    struct table_indexes *out, struct err *e);

int indexes_restore(struct db *db, const struct table_indexes *x,
    struct err *e);

#endif
