/*
 * The connection: opened late, described once by a single SET, never
 * repaired. An error that means the wire is gone marks the handle; the next
 * db_ready() throws the connection and its statements away and makes new
 * ones. Between requests nothing may be waiting on the socket, so one poll()
 * tells whether the server has closed it meanwhile.
 */
#include "db/db.h"

#include <assert.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/error.h"
#include "db/handle.h"

void *
db_calloc(size_t n, size_t size)
{
	void *p = calloc(n == 0 ? 1 : n, size);

	if (p == NULL) {
		fputs("db: out of memory\n", stderr);
		abort();
	}
	return p;
}

char *
db_strdup(const char *s)
{
	size_t size = strlen(s) + 1;

	return memcpy(db_calloc(1, size), s, size);
}

struct db *
db_open(const struct db_config *cfg, const struct stmt_def *stmts,
    size_t nstmts)
{
	struct db *db = db_calloc(1, sizeof(*db));

	/* Over a network only with a certificate that can be checked. */
	assert(
	    cfg->socket != NULL || (cfg->host != NULL && cfg->ca_file != NULL));
	db->cfg = cfg;
	db->defs = stmts;
	db->ndefs = nstmts;
	db->stmts = db_calloc(nstmts, sizeof(struct stmt *));
	return db;
}

/* Closing the connection first leaves nothing to say about statements. */
static void
disconnect(struct db *db)
{
	if (db->mysql != NULL)
		mysql_close(db->mysql);
	db->mysql = NULL;
	db->dead = false;
	for (size_t i = 0; i < db->ndefs; i++) {
		stmt_close(db->stmts[i]);
		db->stmts[i] = NULL;
	}
	for (size_t i = 0; i < COMPOSED_MAX; i++) {
		stmt_close(db->composed[i]);
		db->composed[i] = NULL;
	}
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	disconnect(db);
	free(db->stmts);
	free(db);
}

int
db_may_run(struct db *db, const char *name, struct err *e)
{
	assert(!db->streaming);
	if (db->mysql == NULL || db->dead) {
		err_set(e, ERR_DB_DOWN, "%s", err_kinds[ERR_DB_DOWN].title);
		return err_cause(e, "%s: not connected", name);
	}
	if (db->poison != ERR_NONE) {
		err_set(e, db->poison, "%s", err_kinds[db->poison].title);
		return err_cause(e, "%s: the transaction has failed before",
		    name);
	}
	return 0;
}

/* Record what an error does to the handle, and report it. */
static int
fail(struct db *db, enum err_kind kind, const char *what, struct err *e)
{
	if (kind == ERR_DB_DOWN)
		db->dead = true;
	if (db->in_tx && db->poison == ERR_NONE)
		db->poison = kind;
	err_set(e, kind, "%s", err_kinds[kind].title);
	return err_cause(e, "%s", what);
}

int
db_fail(struct db *db, const struct stmt_def *def, struct stmt *st,
    struct err *e)
{
	unsigned number = st != NULL ? mysql_stmt_errno(st->handle) : 0;
	const char *state = number != 0 ? mysql_stmt_sqlstate(st->handle) : "";
	const char *text = number != 0 ? mysql_stmt_error(st->handle) : "";
	char what[sizeof(e->cause)];

	if (number == 0) { /* while rows are read it is on the connection */
		number = mysql_errno(db->mysql);
		state = mysql_sqlstate(db->mysql);
		text = mysql_error(db->mysql);
	}
	snprintf(what, sizeof(what), "%s (%s): %u %s %s", def->name, def->where,
	    number, state, text);
	return fail(db, db_error_kind(number), what, e);
}

int
db_fault(struct db *db, const struct stmt_def *def, struct err *e,
    const char *fmt, ...)
{
	char what[sizeof(e->cause)];
	va_list ap;
	int n;

	n = snprintf(what, sizeof(what), "%s (%s): ", def->name, def->where);
	va_start(ap, fmt);
	if (n > 0 && (size_t)n < sizeof(what))
		vsnprintf(what + n, sizeof(what) - (size_t)n, fmt, ap);
	va_end(ap);
	return fail(db, ERR_DB, what, e);
}

int
db_command(struct db *db, const char *name, const char *sql, struct err *e)
{
	const struct stmt_def def = { .name = name, .where = "text" };

	if (db_may_run(db, name, e) < 0)
		return -1;
	db->count++;
	if (mysql_real_query(db->mysql, sql, strlen(sql)) != 0)
		return db_fail(db, &def, NULL, e);
	return 0;
}

static void
set_options(MYSQL *m, const struct db_config *cfg)
{
	unsigned connect_s =
	    cfg->connect_timeout_s != 0 ? cfg->connect_timeout_s : 2;
	unsigned io_s = cfg->io_timeout_s != 0 ? cfg->io_timeout_s : 5;
	unsigned protocol =
	    cfg->socket != NULL ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
	unsigned infile = 0;
	my_bool off = 0;
	my_bool on = 1;

	mysql_options(m, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
	mysql_options(m, MYSQL_OPT_READ_TIMEOUT, &io_s);
	mysql_options(m, MYSQL_OPT_WRITE_TIMEOUT, &io_s);
	mysql_options(m, MYSQL_OPT_PROTOCOL, &protocol);
	mysql_options(m, MYSQL_OPT_LOCAL_INFILE, &infile);
	mysql_options(m, MYSQL_OPT_RECONNECT, &off);
	/* A longer text is no fault here, see plan.c; the flag of each column
	 * is looked at instead. */
	mysql_options(m, MYSQL_REPORT_DATA_TRUNCATION, &off);
	mysql_options(m, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (cfg->socket != NULL)
		return;
	mysql_options(m, MYSQL_OPT_SSL_CA, cfg->ca_file);
	mysql_options(m, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on);
	mysql_options(m, MYSQL_OPT_SSL_ENFORCE, &on);
	mysql_options(m, MYSQL_OPT_TLS_VERSION, "TLSv1.2,TLSv1.3");
}

/* Session defaults differ by host, so everything we rely on is said. */
static int
set_session(MYSQL *m, unsigned statement_ms)
{
	char sql[768];
	int n;

	n = snprintf(sql, sizeof(sql),
	    "SET NAMES utf8mb4 COLLATE utf8mb4_uca1400_ai_ci,"
	    " time_zone = '+00:00',"
	    " sql_mode = 'TRADITIONAL,ONLY_FULL_GROUP_BY',"
	    " tx_isolation = 'REPEATABLE-READ',"
	    " innodb_snapshot_isolation = ON,"
	    " innodb_lock_wait_timeout = 3,"
	    /* EXISTS is a look by key, never a table made of all there are */
	    " optimizer_switch = 'exists_to_in=off',"
	    " group_concat_max_len = 1048576," /* it cuts without a word */
	    " lock_wait_timeout = 3");         /* a pending ALTER TABLE */
	if (statement_ms != 0)
		snprintf(sql + n, sizeof(sql) - (size_t)n,
		    ", max_statement_time = %u.%03u", statement_ms / 1000,
		    statement_ms % 1000);
	return mysql_real_query(m, sql, strlen(sql));
}

static int
connect_now(struct db *db, struct err *e)
{
	const struct db_config *cfg = db->cfg;

	db->mysql = mysql_init(NULL);
	if (db->mysql == NULL)
		abort();
	set_options(db->mysql, cfg);
	if (mysql_real_connect(db->mysql, cfg->host, cfg->user, cfg->password,
		cfg->database, cfg->port, cfg->socket, 0) != NULL &&
	    set_session(db->mysql, cfg->statement_ms) == 0)
		return 0;
	err_set(e, ERR_DB_DOWN, "%s", err_kinds[ERR_DB_DOWN].title);
	err_cause(e, "connect to %s: %u %s %s",
	    cfg->socket != NULL ? cfg->socket : cfg->host,
	    mysql_errno(db->mysql), mysql_sqlstate(db->mysql),
	    mysql_error(db->mysql));
	disconnect(db);
	return -1;
}

/* The server says something unasked: it has closed, or is about to. */
static bool
is_hung_up(struct db *db)
{
	struct pollfd p = {
		.fd = (int)mysql_get_socket(db->mysql),
		.events = POLLIN,
	};

	return poll(&p, 1, 0) != 0;
}

int
db_ready(struct db *db, struct err *e)
{
	assert(!db->in_tx && !db->streaming);
	if (db->mysql != NULL && !db->dead && !is_hung_up(db))
		return 0;
	disconnect(db);
	return connect_now(db, e);
}

void
db_set_arena(struct db *db, struct arena *a)
{
	db->arena = a;
}

unsigned
db_statement_count(struct db *db, bool reset)
{
	unsigned n = db->count;

	if (reset)
		db->count = 0;
	return n;
}

int64_t
db_insert_id(struct db *db)
{
	return db->insert_id;
}
