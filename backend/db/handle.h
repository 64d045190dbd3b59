/*
 * What the files of db/ share; nobody else includes this.
 */
#ifndef EXREG_DB_HANDLE_H
#define EXREG_DB_HANDLE_H

#include <mysql.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "db/plan.h"

/* Composed statements kept prepared on one connection. */
#define COMPOSED_MAX 64u

/* name, sig, where, text */
#define COPIED_TEXTS 4u

/* A value of a parameter while its statement runs. */
struct param {
	long long num;
	MYSQL_TIME time;
	unsigned long len;
	my_bool null;
};

/* One prepared statement of this connection. */
struct stmt {
	const struct stmt_def *def; /* a row of the table, or &copy */
	struct stmt_def copy;       /* composed: of the caller's */
	char *texts[COPIED_TEXTS];  /* composed: what copy points at */
	MYSQL_STMT *handle;
	size_t nparams;
	struct param *params;
	MYSQL_BIND *binds; /* one a parameter */
	struct plan *plan; /* NULL when there are no columns */
	uint64_t hash;     /* composed: of the text */
	uint64_t used;     /* composed: clock of the last use */
};

struct db {
	const struct db_config *cfg;
	const struct stmt_def *defs;
	size_t ndefs;
	MYSQL *mysql; /* NULL: not connected */
	bool dead;    /* the connection broke; db_ready() makes a new one */
	bool in_tx;
	bool streaming;       /* inside db_each: the wire is taken */
	enum err_kind poison; /* first error of the transaction */
	struct arena *arena;
	struct stmt **stmts; /* ndefs, NULL: not prepared yet */
	struct stmt *composed[COMPOSED_MAX];
	uint64_t clock;
	unsigned count;
	int64_t insert_id;
};

/* Zeroed memory from malloc; ends the process when there is none. */
void *db_calloc(size_t n, size_t size);
char *db_strdup(const char *s);

/* May a statement go out now? 0, or -1 with e set. */
int db_may_run(struct db *db, const char *name, struct err *e);

/* An error of the statement, or of the connection (st NULL). Returns -1.
 * Marks the handle dead and the transaction poisoned as needed. */
int db_fail(struct db *db, const struct stmt_def *def, struct stmt *st,
    struct err *e);

/* The same for a fault found on our side. Returns -1. */
int db_fault(struct db *db, const struct stmt_def *def, struct err *e,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Run text without parameters and result. name is for the error. */
int db_command(struct db *db, const char *name, const char *sql, struct err *e);

/* Prepare, check against sig and row, and compile the column plan.
 * NULL with e set. */
struct stmt *stmt_prepare(struct db *db, const struct stmt_def *def,
    struct err *e);

/* Give a statement back, on the server too while connected. NULL is fine. */
void stmt_close(struct stmt *st);

/* The prepared statement of that row of the table. NULL with e set. */
struct stmt *stmt_find(struct db *db, unsigned id, struct err *e);

/* The same for a composed one, through the bounded cache. */
struct stmt *stmt_compose(struct db *db, const struct stmt_def *def,
    struct err *e);

/* Bind the values and execute. 0 or -1 with e set. */
int stmt_run(struct db *db, struct stmt *st, const struct val *v, size_t nv,
    struct err *e);

#endif
