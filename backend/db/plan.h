/*
 * Column plan: how the columns of one prepared statement go into the
 * members of its row struct. Compiled once, when the statement is prepared.
 */
#ifndef EXREG_DB_PLAN_H
#define EXREG_DB_PLAN_H

#include <mysql.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/field.h"

/* Texts declared longer than this many bytes are fetched in a second step. */
#define PLAN_TEXT_MAX 2048u

struct plan;

/*
 * Match n columns to the fields of row by name and type.
 * why: buffer for the fault. Returns NULL and fills why on a mismatch.
 */
struct plan *plan_new(const struct schema *row, const MYSQL_FIELD *columns,
    unsigned n, char *why, size_t why_size);

/* NULL is fine. */
void plan_free(struct plan *p);

/* One bind a column, to be handed to mysql_stmt_bind_result() once. */
MYSQL_BIND *plan_binds(struct plan *p);

/*
 * Write the row just fetched into obj, strings on the arena. Returns NULL,
 * or the name of the column whose value does not fit its field (obj is then
 * half filled).
 */
const char *plan_load(const struct plan *p, MYSQL_STMT *st, struct arena *a,
    void *obj);

#endif
