/*
 * The schema: sql/migrations/NNNN_name.sql, numbered from 0001 without gaps,
 * applied once each and recorded with their SHA-256. DDL commits by itself,
 * so every statement must be repeatable: a file that failed half-way is
 * simply run again from its beginning, and may be corrected before.
 */
#ifndef EXREG_APP_MIGRATE_H
#define EXREG_APP_MIGRATE_H

#include "base/arena.h"
#include "base/err.h"

struct db;

/*
 * Apply what is new in dir, under a lock. db: the owner, with a long read
 * timeout. A file that has changed since it was applied is an error.
 * Returns the number of files applied, or -1 with e set (ERR_CONFLICT,
 * ERR_BUSY when another one runs, or the error of a statement); detail then
 * names file and line.
 */
int migrate_run(struct db *db, const char *dir, struct arena *a, struct err *e);

/*
 * Is the schema the one this program was built for? dir NULL: compare the
 * version with the number of migrations at build time; otherwise compare
 * every file. Needs SELECT on schema_migration only.
 * Returns 0, or -1 with e set (ERR_CONFLICT: detail says what differs).
 */
int migrate_check(struct db *db, const char *dir, struct arena *a,
    struct err *e);

#endif
