/* The connection: lost, refused, frozen, and what is prepared on it. */
#include "support/test.h"

#include <signal.h>
#include <stdlib.h>

#include "support/db_fixture.h"

struct row {
	int64_t id;
};

static const struct field row_fields[] = { F_I64(row, id, .doc = "") };
static const struct schema row_schema = SCHEMA(row, row_fields, "");

enum { SAME, SLOW };

static const struct stmt_def stmts[] = {
	[SAME] = { "same", "i", &row_schema, "t:1",
	    "SELECT CAST(? AS INT) AS id" },
	[SLOW] = { "slow", "", &row_schema, "t:2",
	    "SELECT COUNT(*) AS id FROM seq_1_to_1000000 a, seq_1_to_1000000 b"
	    " WHERE a.seq + b.seq < 0" },
};

static struct db_fixture f;

static int
setup(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	db_fixture_open(&f, stmts, sizeof(stmts) / sizeof(stmts[0]));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_fixture_close(&f);
	return 0;
}

static int64_t
prepared_now(struct db_fixture *other)
{
	const char *v = db_fixture_value(other,
	    "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
	    " WHERE VARIABLE_NAME = 'PREPARED_STMT_COUNT'");

	return strtol(v, NULL, 10);
}

static void
test_db_connection__composed_statements_are_kept_and_bounded(void **state)
{
	struct db_fixture other = { 0 };
	struct row *rows;
	size_t n;

	(void)state;
	db_fixture_open(&other, NULL, 0);
	for (int turn = 0; turn < 3; turn++) {
		for (int i = 0; i < 150; i++) {
			char text[64];
			struct stmt_def def = { "composed", "i", &row_schema,
				"here:3", text };

			snprintf(text, sizeof(text),
			    "SELECT %d + CAST(? AS INT) AS id", i);
			db_fixture_ok(db_list_def(f.db, &def, VALS(v_i64(turn)),
					  (void **)&rows, &n, &f.e),
			    &f.e);
			assert_int_equal(rows[0].id, i + turn);
			memset(text, '-', sizeof(text) - 1);
		}
		assert_int_equal(prepared_now(&other), 64);
	}
	db_fixture_close(&other);
}

static void
test_db_connection__a_lost_connection_is_made_again(void **state)
{
	struct db_fixture other = { 0 };
	struct row x;
	char kill[64];

	(void)state;
	snprintf(kill, sizeof(kill), "KILL CONNECTION %s",
	    db_fixture_value(&f, "SELECT CONNECTION_ID()"));
	db_fixture_open(&other, NULL, 0);
	db_fixture_sql(&other, kill);
	assert_int_equal(db_get(f.db, SAME, VALS(v_i64(7)), OUT(x), &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB_DOWN);
	/* Nothing goes out on a dead handle. */
	err_clear(&f.e);
	assert_int_equal(db_get(f.db, SAME, VALS(v_i64(7)), OUT(x), &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB_DOWN);
	assert_non_null(strstr(f.e.cause, "not connected"));
	err_clear(&f.e);
	db_fixture_ok(db_ready(f.db, &f.e), &f.e);
	assert_int_equal(db_get(f.db, SAME, VALS(v_i64(7)), OUT(x), &f.e), 1);
	assert_int_equal(x.id, 7);
	assert_string_equal(db_fixture_value(&f, "SELECT @@time_zone"),
	    "+00:00");
	db_fixture_close(&other);
}

static void
test_db_connection__ready_sees_that_the_server_has_hung_up(void **state)
{
	struct db_fixture other = { 0 };
	struct row x;
	char kill[64];

	(void)state;
	assert_int_equal(db_get(f.db, SAME, VALS(v_i64(7)), OUT(x), &f.e), 1);
	snprintf(kill, sizeof(kill), "KILL CONNECTION %s",
	    db_fixture_value(&f, "SELECT CONNECTION_ID()"));
	db_fixture_open(&other, NULL, 0);
	db_fixture_sql(&other, kill);
	while (strcmp(db_fixture_value(&other,
			  "SELECT COUNT(*) FROM information_schema.PROCESSLIST"
			  " WHERE USER ="
			  " SUBSTRING_INDEX(CURRENT_USER(), '@', 1)"),
		   "1") != 0)
		arena_reset(&other.arena);
	db_fixture_ok(db_ready(f.db, &f.e), &f.e);
	assert_int_equal(db_get(f.db, SAME, VALS(v_i64(7)), OUT(x), &f.e), 1);
	db_fixture_close(&other);
}

static void
test_db_connection__no_server_is_down(void **state)
{
	struct db_config cfg = f.cfg;
	struct db *db;

	(void)state;
	cfg.socket = "/nonexistent/sock";
	db = db_open(&cfg, NULL, 0);
	assert_int_equal(db_ready(db, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB_DOWN);
	assert_non_null(strstr(f.e.cause, "2002"));
	err_clear(&f.e);
	assert_int_equal(db_text(db, "SELECT 1", NULL, NULL, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_DB_DOWN);
	db_close(db);
	db_close(NULL);
}

static void
test_db_connection__a_long_statement_is_ended(void **state)
{
	struct db_fixture limited = { 0 };
	struct row x;

	(void)state;
	limited.cfg = db_fixture_config();
	limited.cfg.statement_ms = 50;
	db_fixture_open(&limited, stmts, sizeof(stmts) / sizeof(stmts[0]));
	assert_int_equal(db_get(limited.db, SLOW, NO_VALS, OUT(x), &limited.e),
	    -1);
	assert_int_equal(limited.e.kind, ERR_BUSY);
	assert_non_null(strstr(limited.e.cause, "1969"));
	err_clear(&limited.e);
	assert_int_equal(db_get(limited.db, SAME, VALS(v_i64(7)), OUT(x),
			     &limited.e),
	    1);
	db_fixture_close(&limited);
}

static void
test_db_connection__a_frozen_server_is_given_up(void **state)
{
	struct db_fixture quick = { 0 };
	const char *pid = getenv("EXREG_TEST_DB_PID");

	(void)state;
	if (pid == NULL)
		skip(); /* not ours to freeze */
	quick.cfg = db_fixture_config();
	quick.cfg.connect_timeout_s = 1;
	quick.cfg.io_timeout_s = 1;
	db_fixture_open(&quick, NULL, 0);
	kill((pid_t)strtol(pid, NULL, 10), SIGSTOP);
	/* Its threads stop one by one, so an answer may still come. */
	while (db_text(quick.db, "SELECT 1", NULL, NULL, &quick.e) == 0)
		;
	assert_int_equal(quick.e.kind, ERR_DB_DOWN);
	err_clear(&quick.e);
	assert_int_equal(db_ready(quick.db, &quick.e), -1);
	assert_int_equal(quick.e.kind, ERR_DB_DOWN);
	kill((pid_t)strtol(pid, NULL, 10), SIGCONT);
	err_clear(&quick.e);
	db_fixture_ok(db_ready(quick.db, &quick.e), &quick.e);
	assert_string_equal(db_fixture_value(&quick, "SELECT 1"), "1");
	db_fixture_close(&quick);
}

static void
test_db_connection__the_session_is_as_agreed(void **state)
{
	static const char *const is[][2] = {
		{ "SELECT @@collation_connection", "utf8mb4_uca1400_ai_ci" },
		{ "SELECT @@time_zone", "+00:00" },
		{ "SELECT @@sql_mode LIKE '%STRICT_ALL_TABLES%'", "1" },
		{ "SELECT @@sql_mode LIKE '%ONLY_FULL_GROUP_BY%'", "1" },
		{ "SELECT @@innodb_lock_wait_timeout", "3" },
		{ "SELECT @@lock_wait_timeout", "3" },
		{ "SELECT @@innodb_snapshot_isolation", "1" },
		{ "SELECT @@max_statement_time", "0.000000" },
		{ "SELECT 'x' = 'X'", "1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++)
		CHECK_ROW(i,
		    strcmp(db_fixture_value(&f, is[i][0]), is[i][1]) == 0);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_db_connection__composed_statements_are_kept_and_bounded),
		T(test_db_connection__a_lost_connection_is_made_again),
		T(test_db_connection__ready_sees_that_the_server_has_hung_up),
		T(test_db_connection__no_server_is_down),
		T(test_db_connection__a_long_statement_is_ended),
		T(test_db_connection__a_frozen_server_is_given_up),
		T(test_db_connection__the_session_is_as_agreed),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
