/*
 * After a deadlock or a snapshot conflict the server has rolled back while
 * the client still believes in the transaction, and after a lock wait only
 * the statement is gone: so the first error of any kind poisons, db_may_run()
 * lets nothing more out, and what follows is always an explicit ROLLBACK.
 */
#include "db/tx.h"

#include <assert.h>
#include <sys/random.h>
#include <time.h>

#include "db/handle.h"

#define RETRIES 3

static const char *const begin_text[] = {
	[TX_READ] = "START TRANSACTION READ ONLY, WITH CONSISTENT SNAPSHOT",
	[TX_WRITE] = "START TRANSACTION",
};

/* 10 to 200 ms, so that those who collided do not meet again. */
static void
jitter(void)
{
	unsigned r = 0;
	struct timespec t = { 0 };

	if (getrandom(&r, sizeof(r), 0) != (ssize_t)sizeof(r))
		r = 0;
	t.tv_nsec = (10 + (long)(r % 191)) * 1000000;
	nanosleep(&t, NULL);
}

/* A lost connection has rolled back by itself. */
static void
rollback(struct db *db)
{
	struct err ignored = { 0 };

	db->poison = ERR_NONE;
	if (!db->dead && db_command(db, "rollback", "ROLLBACK", &ignored) < 0)
		db->dead = true;
	db->poison = ERR_NONE;
	db->in_tx = false;
}

static int
commit(struct db *db, enum tx_mode mode, struct err *e)
{
	struct err fault = { 0 };

	if (db_command(db, "commit", "COMMIT", &fault) == 0) {
		db->in_tx = false;
		return 0;
	}
	if (fault.kind == ERR_DB_DOWN && mode == TX_WRITE) {
		err_clear(e);
		err_set(e, ERR_DB_UNCERTAIN, "%s",
		    err_kinds[ERR_DB_UNCERTAIN].title);
		err_cause(e, "%s", fault.cause);
	} else {
		*e = fault;
	}
	return -1;
}

/* Returns 0 when committed, 1 when it should be run again, else -1. */
static int
attempt(struct db *db, enum tx_mode mode, tx_fn fn, void *arg, struct err *e)
{
	enum err_kind poison;

	if (db_command(db, "begin", begin_text[mode], e) < 0)
		return -1;
	db->in_tx = true;
	if (fn(arg, e) == 0 && db->poison == ERR_NONE &&
	    commit(db, mode, e) == 0)
		return 0;
	poison = db->poison;
	rollback(db);
	if (poison == ERR_DB_RETRY)
		return 1;
	/* fn may have swallowed the error, the server has not. */
	if (poison != ERR_NONE)
		err_set(e, poison, "%s", err_kinds[poison].title);
	return -1;
}

int
tx_run(struct db *db, enum tx_mode mode, tx_fn fn, void *arg, struct err *e)
{
	struct arena_mark mark;
	int again;

	assert(mode != TX__INVALID && db->arena != NULL && !db->in_tx);
	err_clear(e);
	if (mode == TX_NONE)
		return fn(arg, e);
	mark = arena_mark(db->arena);
	for (int i = 0; (again = attempt(db, mode, fn, arg, e)) > 0; i++) {
		if (i == RETRIES)
			return err_set(e, ERR_DB_RETRY, "%s",
			    err_kinds[ERR_DB_RETRY].title);
		jitter();
		arena_rewind(db->arena, mark);
		err_clear(e);
	}
	return again;
}

bool
tx_is_open(const struct db *db)
{
	return db->in_tx;
}
