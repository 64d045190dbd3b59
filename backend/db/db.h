/*
 * One connection to MariaDB with prepared statements from a table.
 *
 * db/ knows no statement: the table is handed to db_open(). Only store/
 * calls the functions that run statements; only the pipeline, the job
 * runner and tests begin and end transactions. After a lost connection the
 * handle is marked and db_ready() connects again before the next request.
 */
#ifndef EXREG_DB_DB_H
#define EXREG_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/field.h"

struct db;

/* One named statement; made from sql/queries by scripts/embed-sql.awk. */
struct stmt_def {
	const char *name;         /* exception_by_id */
	const char *sig;          /* one letter a parameter: i s b d t */
	const struct schema *row; /* result struct, NULL when none */
	const char *where;        /* exception.sql:12 */
	const char *text;
};

struct db_config {
	const char *socket; /* Unix socket; NULL: host and port with TLS */
	const char *host;
	unsigned port;
	const char *user;
	const char *password; /* NULL: none (unix_socket authentication) */
	const char *database;
	const char *ca_file;        /* TLS: required with host */
	unsigned connect_timeout_s; /* 2 */
	unsigned io_timeout_s;      /* 5: read and write */
	unsigned statement_ms;      /* max_statement_time, 0 = none */
};

/* i: integer, s: text, b: bytes, d: date, t: instant; all may be NULL. */
enum val_type {
	VAL__INVALID,
	VAL_NULL,
	VAL_I64,
	VAL_STR,
	VAL_BYTES,
	VAL_DATE,
	VAL_TIME
};

struct val {
	enum val_type type;
	int64_t num;      /* I64, DATE (days), TIME (microseconds) */
	const void *data; /* STR, BYTES */
	size_t len;
};

struct val v_i64(int64_t v);     /* I64_NONE: NULL */
struct val v_str(const char *s); /* NULL: NULL */
struct val v_bytes(const void *p, size_t n);
struct val v_date(date_t d);    /* DATE_NONE: NULL */
struct val v_time(instant_t t); /* TIME_NONE: NULL */
struct val v_bool(bool b);

#define VALS(...)                       \
 ((const struct val[]){ __VA_ARGS__ }), \
     (sizeof((const struct val[]){ __VA_ARGS__ }) / sizeof(struct val))
#define NO_VALS ((const struct val *)NULL), ((size_t)0)
#define OUT(x) &(x), sizeof(x)

/*
 * A handle; does not connect yet. The config and the table outlive it.
 * Memory comes from malloc. Ends the process when memory does.
 */
struct db *db_open(const struct db_config *cfg, const struct stmt_def *stmts,
    size_t nstmts);

/* NULL is accepted. An open transaction is rolled back by the server. */
void db_close(struct db *db);

/* Connect when needed. 0, or -1 with ERR_DB_DOWN. Call before a request. */
int db_ready(struct db *db, struct err *e);

/* Strings of results live on this arena from now on. */
void db_set_arena(struct db *db, struct arena *a);

/* Statements run since the last call with reset (for the log and tests). */
unsigned db_statement_count(struct db *db, bool reset);

/* First row into out (size asserted against the row schema).
 * Returns 1, 0 when there is none (out untouched), -1 with e set. */
int db_get(struct db *db, unsigned stmt, const struct val *v, size_t nv,
    void *out, size_t size, struct err *e);

/* All rows (the statement has a LIMIT) as an array on the arena.
 * Returns 0, or -1 with e set. *rows is NULL when *n is 0. */
int db_list(struct db *db, unsigned stmt, const struct val *v, size_t nv,
    void **rows, size_t *n, struct err *e);

/* Run a statement without a result. affected may be NULL. 0 or -1. */
int db_exec(struct db *db, unsigned stmt, const struct val *v, size_t nv,
    int64_t *affected, struct err *e);

/* A conditional change of one row: 0 when it was made, -1 with ERR_STALE when
 * somebody else was faster. */
int db_one_row(int64_t affected, struct err *e);

/* AUTO_INCREMENT or LAST_INSERT_ID(expr) value of the last db_exec. */
int64_t db_insert_id(struct db *db);

typedef int (*db_row_fn)(void *arg, void *row, struct err *e);

/*
 * Call fn for each row, unbuffered, strings of a row on the arena rewound
 * after each call. No other statement may run meanwhile. fn returns 0 to go
 * on, -1 with e set to stop. Returns 0 or -1.
 */
int db_each(struct db *db, unsigned stmt, const struct val *v, size_t nv,
    db_row_fn fn, void *arg, struct err *e);

/*
 * The same for a composed statement (register filter only). def->text is
 * the key of a bounded cache of prepared statements; def and its text need
 * not outlive the call.
 */
int db_list_def(struct db *db, const struct stmt_def *def, const struct val *v,
    size_t nv, void **rows, size_t *n, struct err *e);

/*
 * db_list_def() for a statement with LIMIT ROWS EXAMINED. Returns 1, 0 when
 * it went over that limit (then the rows are not all there are), or gave
 * any other warning, and -1.
 */
int db_list_bounded(struct db *db, const struct stmt_def *def,
    const struct val *v, size_t nv, void **rows, size_t *n, struct err *e);

/*
 * db_list_def() with a statement prepared for this call only. For statements
 * that must not leave their index: MariaDB 10.11 (seen in 10.11.19) forgets,
 * when a prepared statement is run again after another one of the same table,
 * that an index covers it, and then reads every row. One round trip more.
 */
int db_list_fresh(struct db *db, const struct stmt_def *def,
    const struct val *v, size_t nv, void **rows, size_t *n, struct err *e);

/*
 * Prepare a definition and check it: parameter count against sig, result
 * columns against the row schema by name and type. For tests and
 * exregctl check. 0 or -1 with the place and the fault in e.
 */
int db_check_def(struct db *db, const struct stmt_def *def, struct err *e);

/* Run text that is not in the table, without parameters: migrations,
 * tests, EXPLAIN. Rows come as arrays of strings. fn may be NULL. */
typedef int (*db_text_row_fn)(void *arg, size_t ncols, const char **names,
    const char **values, struct err *e);
int db_text(struct db *db, const char *sql, db_text_row_fn fn, void *arg,
    struct err *e);

#endif
