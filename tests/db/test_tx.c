/* Transactions against a real server, with a second connection to collide
 * with. */
#include "support/test.h"

#include <sys/wait.h>
#include <unistd.h>

#include "db/tx.h"
#include "support/db_fixture.h"

struct row {
	int64_t n;
};

static const struct field row_fields[] = { F_I64(row, n, .doc = "") };
static const struct schema row_schema = SCHEMA(row, row_fields, "");

enum { ADD, BUMP, GET, BROKEN };

static const struct stmt_def stmts[] = {
	[ADD] = { "add", "i", NULL, "t:1", "INSERT INTO t (n) VALUES (?)" },
	[BUMP] = { "bump", "i", NULL, "t:2",
	    "UPDATE t SET n = n + 1 WHERE id = ?" },
	[GET] = { "get", "i", &row_schema, "t:3",
	    "SELECT n FROM t WHERE id = ?" },
	[BROKEN] = { "broken", "", NULL, "t:4",
	    "INSERT INTO t (id) VALUES (1)" },
};
#define NSTMTS (sizeof(stmts) / sizeof(stmts[0]))

static struct db_fixture f;
static struct db_fixture other;

static int
setup(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	memset(&other, 0, sizeof(other));
	db_fixture_open(&f, stmts, NSTMTS);
	db_fixture_open(&other, stmts, NSTMTS);
	db_fixture_sql(&f,
	    "CREATE OR REPLACE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY,"
	    " n BIGINT NOT NULL DEFAULT 0)");
	db_fixture_sql(&f, "INSERT INTO t (n) VALUES (10), (20)");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_fixture_close(&other);
	db_fixture_close(&f);
	return 0;
}

static int64_t
value_of(int id)
{
	struct err e = { 0 };
	struct row row = { -1 };

	db_fixture_ok(db_get(other.db, GET, VALS(v_i64(id)), OUT(row), &e), &e);
	return row.n;
}

/* What a transaction does in these tests. */
struct plan {
	int calls;
	int collide; /* this many first calls meet the collision */
	int (*collision)(struct plan *, struct err *);
	int result;       /* returned at the end when no statement failed */
	bool swallow;     /* report success although a statement failed */
	const void *seen; /* first thing allocated on the arena */
	char kill[64];
};

static int
bump(struct err *e)
{
	return db_exec(f.db, BUMP, VALS(v_i64(1)), NULL, e);
}

static int
work(void *arg, struct err *e)
{
	struct plan *p = arg;
	const void *here = arena_alloc(&f.arena, 100);

	/* Each attempt starts with the arena and the error as they were. */
	if (p->calls++ == 0)
		p->seen = here;
	assert_ptr_equal(here, p->seen);
	assert_int_equal(e->kind, ERR_NONE);
	assert_true(tx_is_open(f.db));
	if (bump(e) < 0)
		return -1;
	if (p->calls <= p->collide && p->collision(p, e) < 0)
		return p->swallow ? 0 : -1;
	if (p->result < 0)
		return err_set(e, ERR_STEP_REFUSED, "no");
	return 0;
}

static void
test_tx__commits_what_succeeds(void **state)
{
	struct plan p = { 0 };

	(void)state;
	db_statement_count(f.db, true);
	db_fixture_ok(tx_run(f.db, TX_WRITE, work, &p, &f.e), &f.e);
	assert_int_equal(value_of(1), 11);
	assert_int_equal(p.calls, 1);
	assert_int_equal(db_statement_count(f.db, true), 3);
	assert_false(tx_is_open(f.db));
}

static void
test_tx__rolls_back_what_is_refused(void **state)
{
	struct plan p = { .result = -1 };

	(void)state;
	assert_int_equal(tx_run(f.db, TX_WRITE, work, &p, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_STEP_REFUSED);
	assert_int_equal(p.calls, 1);
	assert_int_equal(value_of(1), 10);
	assert_false(tx_is_open(f.db));
	assert_string_equal(db_fixture_value(&f, "SELECT @@in_transaction"),
	    "0");
}

static int
break_it(struct plan *p, struct err *e)
{
	(void)p;
	return db_exec(f.db, BROKEN, NO_VALS, NULL, e);
}

static void
test_tx__an_error_poisons(void **state)
{
	struct plan p = { .collide = 1,
		.collision = break_it,
		.swallow = true };

	(void)state;
	assert_int_equal(tx_run(f.db, TX_WRITE, work, &p, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB);
	assert_int_equal(p.calls, 1);
	assert_int_equal(value_of(1), 10);
}

static int
break_and_go_on(struct plan *p, struct err *e)
{
	struct err second = { 0 };

	assert_int_equal(break_it(p, e), -1);
	db_statement_count(f.db, true);
	assert_int_equal(bump(&second), -1);
	assert_int_equal(second.kind, ERR_DB);
	assert_non_null(strstr(second.cause, "failed before"));
	assert_int_equal(db_statement_count(f.db, true), 0);
	return -1;
}

static void
test_tx__nothing_goes_out_after_an_error(void **state)
{
	struct plan p = { .collide = 1, .collision = break_and_go_on };

	(void)state;
	assert_int_equal(tx_run(f.db, TX_WRITE, work, &p, &f.e), -1);
	assert_int_equal(value_of(1), 10);
	/* The next transaction starts clean. */
	p = (struct plan){ 0 };
	db_fixture_ok(tx_run(f.db, TX_WRITE, work, &p, &f.e), &f.e);
	assert_int_equal(value_of(1), 11);
}

/* Another transaction holds row 2; ours does not wait for it. */
static int
lock_wait(struct plan *p, struct err *e)
{
	int result;

	(void)p;
	db_fixture_sql(&other, "START TRANSACTION");
	db_fixture_sql(&other, "UPDATE t SET n = 0 WHERE id = 2");
	result = db_exec(f.db, BUMP, VALS(v_i64(2)), NULL, e);
	assert_int_equal(result, -1);
	assert_int_equal(e->kind, ERR_DB_RETRY);
	assert_non_null(strstr(e->cause, "bump (t:2): 1205 HY000"));
	db_fixture_sql(&other, "ROLLBACK");
	return result;
}

static void
test_tx__a_lock_wait_is_run_again(void **state)
{
	struct plan p = { .collide = 2, .collision = lock_wait };

	(void)state;
	db_fixture_sql(&f, "SET innodb_lock_wait_timeout = 0");
	db_fixture_ok(tx_run(f.db, TX_WRITE, work, &p, &f.e), &f.e);
	assert_int_equal(p.calls, 3);
	assert_int_equal(value_of(1), 11);
	assert_int_equal(value_of(2), 20);
}

static void
test_tx__gives_up_after_three_retries(void **state)
{
	struct plan p = { .collide = 99,
		.collision = lock_wait,
		.swallow = true };

	(void)state;
	db_fixture_sql(&f, "SET innodb_lock_wait_timeout = 0");
	assert_int_equal(tx_run(f.db, TX_WRITE, work, &p, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB_RETRY);
	assert_int_equal(p.calls, 4);
	assert_int_equal(value_of(1), 10);
	assert_false(tx_is_open(f.db));
}

/* Someone else changes what our snapshot has seen (1020). */
static int
snapshot(struct plan *p, struct err *e)
{
	struct row row;
	int result;

	(void)p;
	db_fixture_ok(db_get(f.db, GET, VALS(v_i64(2)), OUT(row), e), e);
	db_fixture_sql(&other, "UPDATE t SET n = n + 100 WHERE id = 2");
	result = db_exec(f.db, BUMP, VALS(v_i64(2)), NULL, e);
	assert_int_equal(result, -1);
	assert_int_equal(e->kind, ERR_DB_RETRY);
	assert_non_null(strstr(e->cause, "1020"));
	return result;
}

static void
test_tx__a_snapshot_conflict_is_run_again(void **state)
{
	struct plan p = { .collide = 1, .collision = snapshot };

	(void)state;
	db_fixture_ok(tx_run(f.db, TX_WRITE, work, &p, &f.e), &f.e);
	assert_int_equal(p.calls, 2);
	assert_int_equal(value_of(1), 11);
	assert_int_equal(value_of(2), 120);
}

/*
 * The child locks row 2, then wants row 1, which we hold; we want row 2. The
 * child has written more, so the server picks us.
 */
static int
deadlock(struct plan *p, struct err *e)
{
	int pipes[2];
	char byte = 0;
	int status;
	int result;
	pid_t pid;

	(void)p;
	assert_int_equal(pipe(pipes), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		struct db_fixture child = { 0 };

		db_fixture_open(&child, stmts, NSTMTS);
		db_fixture_sql(&child, "START TRANSACTION");
		db_fixture_sql(&child,
		    "INSERT INTO t (n) SELECT seq FROM seq_1_to_1000");
		db_fixture_sql(&child, "UPDATE t SET n = n + 5 WHERE id = 2");
		_exit(write(pipes[1], &byte, 1) != 1 ||
		    db_text(child.db, "UPDATE t SET n = n + 5 WHERE id = 1",
			NULL, NULL, &child.e) < 0 ||
		    db_text(child.db, "COMMIT", NULL, NULL, &child.e) < 0);
	}
	assert_int_equal(read(pipes[0], &byte, 1), 1);
	result = db_exec(f.db, BUMP, VALS(v_i64(2)), NULL, e);
	assert_int_equal(result, -1);
	assert_int_equal(e->kind, ERR_DB_RETRY);
	assert_non_null(strstr(e->cause, "1213 40001"));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(pipes[0]);
	close(pipes[1]);
	return result;
}

static void
test_tx__a_deadlock_is_run_again(void **state)
{
	struct plan p = { .collide = 1, .collision = deadlock };

	(void)state;
	db_fixture_ok(tx_run(f.db, TX_WRITE, work, &p, &f.e), &f.e);
	assert_int_equal(p.calls, 2);
	assert_int_equal(value_of(1), 16);
	assert_int_equal(value_of(2), 25);
}

static int
kill_us(struct plan *p, struct err *e)
{
	(void)e;
	db_fixture_sql(&other, p->kill);
	return 0; /* and on to COMMIT */
}

static struct plan
plan_kill(void)
{
	struct plan p = { .collide = 1, .collision = kill_us };

	snprintf(p.kill, sizeof(p.kill), "KILL CONNECTION %s",
	    db_fixture_value(&f, "SELECT CONNECTION_ID()"));
	arena_reset(&f.arena);
	return p;
}

static void
test_tx__a_lost_answer_to_commit_is_uncertain(void **state)
{
	struct plan p = plan_kill();

	(void)state;
	assert_int_equal(tx_run(f.db, TX_WRITE, work, &p, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB_UNCERTAIN);
	assert_non_null(strstr(f.e.cause, "commit"));
	assert_int_equal(p.calls, 1);
	assert_false(tx_is_open(f.db));
	err_clear(&f.e);
	db_fixture_ok(db_ready(f.db, &f.e), &f.e);
	assert_int_equal(value_of(1), 10);
}

static int
kill_and_go_on(struct plan *p, struct err *e)
{
	db_fixture_sql(&other, p->kill);
	return bump(e);
}

static void
test_tx__a_connection_lost_before_commit_is_down(void **state)
{
	struct plan p = plan_kill();

	(void)state;
	p.collision = kill_and_go_on;
	assert_int_equal(tx_run(f.db, TX_WRITE, work, &p, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB_DOWN);
	assert_int_equal(p.calls, 1);
	assert_false(tx_is_open(f.db));
	/* Without a connection no transaction begins. */
	assert_int_equal(tx_run(f.db, TX_WRITE, work, &p, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB_DOWN);
	assert_int_equal(p.calls, 1);
}

static int
read_twice(void *arg, struct err *e)
{
	struct row *rows = arg;

	if (db_get(f.db, GET, VALS(v_i64(1)), OUT(rows[0]), e) < 0)
		return -1;
	db_fixture_sql(&other, "UPDATE t SET n = n + 1 WHERE id = 1");
	return db_get(f.db, GET, VALS(v_i64(1)), OUT(rows[1]), e) < 0 ? -1 : 0;
}

static void
test_tx__read_sees_one_snapshot(void **state)
{
	struct row rows[2];

	(void)state;
	db_fixture_ok(tx_run(f.db, TX_READ, read_twice, rows, &f.e), &f.e);
	assert_int_equal(rows[0].n, 10);
	assert_int_equal(rows[1].n, 10);
	assert_int_equal(value_of(1), 11);
}

static int
write_once(void *arg, struct err *e)
{
	(void)arg;
	return bump(e);
}

static void
test_tx__read_refuses_to_write(void **state)
{
	(void)state;
	assert_int_equal(tx_run(f.db, TX_READ, write_once, NULL, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB);
	assert_non_null(strstr(f.e.cause, "1792"));
}

static void
test_tx__none_is_one_round_trip_a_statement(void **state)
{
	struct row rows[2];

	(void)state;
	db_statement_count(f.db, true);
	db_fixture_ok(tx_run(f.db, TX_NONE, read_twice, rows, &f.e), &f.e);
	assert_int_equal(rows[0].n, 10);
	assert_int_equal(rows[1].n, 11);
	assert_int_equal(db_statement_count(f.db, true), 2);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_tx__commits_what_succeeds),
		T(test_tx__rolls_back_what_is_refused),
		T(test_tx__an_error_poisons),
		T(test_tx__nothing_goes_out_after_an_error),
		T(test_tx__a_lock_wait_is_run_again),
		T(test_tx__gives_up_after_three_retries),
		T(test_tx__a_snapshot_conflict_is_run_again),
		T(test_tx__a_deadlock_is_run_again),
		T(test_tx__a_lost_answer_to_commit_is_uncertain),
		T(test_tx__a_connection_lost_before_commit_is_down),
		T(test_tx__read_sees_one_snapshot),
		T(test_tx__read_refuses_to_write),
		T(test_tx__none_is_one_round_trip_a_statement),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
