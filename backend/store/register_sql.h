/*
 * A statement while it is composed: text with ?, one letter and one value
 * for each. Only stores write with it.
 */
#ifndef EXREG_STORE_REGISTER_SQL_H
#define EXREG_STORE_REGISTER_SQL_H

#include "base/buf.h"
#include "db/db.h"

struct sql {
	struct arena *arena;
	struct buf text;
	struct buf sig;
	struct val *vals;
	size_t nvals;
	size_t cap;
};

void sql_begin(struct sql *q, struct arena *a);

/* Text without a parameter. */
void sql_put(struct sql *q, const char *text);

/* Text with exactly one ?. */
void sql_add(struct sql *q, const char *text, struct val v);

/* " = ?" for one number, " IN (?, ...)" for several. */
void sql_in(struct sql *q, const int64_t *v, size_t n);

/* " AND e.holds_until >= ?" from 'e' and "holds_until >= ?". */
void sql_day(struct sql *q, char table, const char *test, date_t day);

/* The finished definition; everything stays on the arena. */
struct stmt_def sql_end(struct sql *q, const char *name,
    const struct schema *row);

#endif
