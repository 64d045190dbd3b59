/* Accounts made from a script, and what the shipped one allows. */
#include "support/test.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/accounts.h"
#include "support/db_fixture.h"

#define EVIL "o'; DROP USER exreg_owner@localhost; -- \\ \" `"

static struct db_fixture f;
static char path[40];

static int
setup(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	db_fixture_open(&f, NULL, 0);
	snprintf(path, sizeof(path), "/tmp/exreg-accounts-XXXXXX");
	close(mkstemp(path));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_fixture_close(&f);
	return unlink(path);
}

static int
apply(const char *script, const char *password)
{
	const struct account list[] = { { "some", "exreg_`some", password } };
	const struct accounts acc = { "exreg", list, 1 };
	FILE *file = fopen(path, "w");

	fputs(script, file);
	fclose(file);
	err_clear(&f.e);
	return accounts_apply(f.db, path, &acc, &f.arena, &f.e);
}

#define SCRIPT                                        \
 "-- {not_read} here\n"                               \
 "CREATE USER IF NOT EXISTS {some_user}@localhost;\n" \
 "ALTER USER {some_user}@localhost {some_auth};\n"    \
 "REVOKE ALL PRIVILEGES, GRANT OPTION FROM {some_user}@localhost;\n"

static void
test_accounts__a_password_is_only_a_password(void **state)
{
	struct db_fixture some = { 0 };

	(void)state;
	db_fixture_ok(apply(SCRIPT "GRANT SELECT ON {database}.* TO"
				   " {some_user}@localhost;\n",
			  EVIL),
	    &f.e);
	some.cfg = db_fixture_config();
	some.cfg.user = "exreg_`some";
	some.cfg.password = EVIL;
	db_fixture_open(&some, NULL, 0);
	assert_string_equal(db_fixture_value(&some, "SELECT CURRENT_USER()"),
	    "exreg_`some@localhost");
	db_fixture_close(&some);
}

static void
test_accounts__rights_not_in_the_script_are_lost(void **state)
{
	struct db_fixture some = { 0 };

	(void)state;
	db_fixture_ok(apply(SCRIPT "GRANT SELECT ON {database}.* TO"
				   " {some_user}@localhost;\n",
			  "one"),
	    &f.e);
	db_fixture_ok(apply(SCRIPT "GRANT INSERT ON {database}.* TO"
				   " {some_user}@localhost;\n",
			  "two"),
	    &f.e);
	some.cfg = db_fixture_config();
	some.cfg.user = "exreg_`some";
	some.cfg.password = "two";
	db_fixture_open(&some, NULL, 0);
	assert_int_equal(db_text(some.db, "SELECT * FROM schema_migration",
			     NULL, NULL, &some.e),
	    -1);
	assert_non_null(strstr(some.e.cause, "1142"));
	db_fixture_close(&some);
}

static void
test_accounts__faults_name_the_line_and_no_password(void **state)
{
	static const struct {
		const char *script;
		const char *password;
		const char *detail;
	} cases[] = {
		{ "DO 1;\nDO {other_user};\n", "geheim",
		    "line 2: {other_user}" },
		{ "DO 1;\n\nCREATE {some_auth};\n", "geheim", "line 3: " },
		{ "DO 1;\nDO 2", "geheim", "no end" },
		{ "DO 1;\n", "", "1 to 256 characters" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		CHECK_ROW(i, apply(cases[i].script, cases[i].password) == -1);
		CHECK_ROW(i, strstr(f.e.detail, cases[i].detail) != NULL);
		CHECK_ROW(i, strstr(f.e.detail, "geheim") == NULL);
		CHECK_ROW(i, strstr(f.e.cause, "geheim") == NULL);
	}
}

#define POOLS 4

/* The shipped script was applied to this server. */
static const char *const pools[POOLS] = { "exreg_register", "exreg_directory",
	"exreg_export", "exreg_jobs" };

/*
 * Who may what: one letter a pool in the order above, x for yes. A
 * statement that is allowed changes nothing here: it finds no row, or it is
 * rolled back.
 */
/* clang-format off */
static const struct grant_row {
	const char *may;
	const char *sql;
} grants[] = {
	/* the audit trail is appended, with the server's time, and no other way */
	{ "....", "INSERT INTO audit_event (event_id) VALUES ('x')" },
	{ "....", "REPLACE INTO audit_event (event_id) VALUES ('x')" },
	{ "....", "UPDATE audit_event SET at = NULL" },
	{ "....", "DELETE FROM audit_event" },
	{ "....", "DELETE FROM audit_pending" },
	{ "....", "INSERT INTO audit_pending (event_id) VALUES ('x')" },
	{ "....", "TRUNCATE audit_event" },
	{ "....", "DROP TABLE audit_event" },
	{ "....", "ALTER TABLE audit_event ADD x INT" },
	{ "....", "DROP PROCEDURE audit_append" },
	{ "....", "CREATE TRIGGER t BEFORE INSERT ON audit_event FOR EACH ROW SET NEW.at = 0" },
	{ "....", "LOCK TABLES audit_event WRITE" },
	{ "....", "SET timestamp = 1" },
	{ "xxxx", "CALL audit_append('x', NULL, '', '', '', NULL, '', 1, '', '', '')" },
	/* the server itself */
	{ "....", "CREATE TABLE mine (id INT)" },
	{ "....", "SELECT * FROM mysql.global_priv" },
	{ "....", "GRANT ALL ON exreg.* TO CURRENT_USER()" },
	{ "....", "SELECT 1 INTO OUTFILE '/tmp/exreg-out'" },
	{ "....", "SELECT LOAD_FILE('/etc/passwd') FROM mysql.user" },
	{ "....", "SET GLOBAL general_log = 1" },
	{ "....", "SET sql_log_bin = 0" },
	{ "....", "UPDATE schema_migration SET version = 0" },
	/* the request is the register's, the decision the directory's */
	{ "x...", "INSERT INTO exception (id, procedure_id, type, requester_id, owner_id, edited_by_id, created_at, updated_at, draft_content) SELECT 1, 1, 1, 1, 1, 1, NOW(), NOW(), '{}' FROM DUAL WHERE 0" },
	{ "....", "INSERT INTO exception (id, outcome, effective_on, expires_on) SELECT 1, 1, NOW(), NOW() FROM DUAL WHERE 0" },
	{ "....", "INSERT INTO exception (id, request_state) SELECT 1, 5 FROM DUAL WHERE 0" },
	{ "x...", "UPDATE exception SET title = '', confidential = 1, requested_until = NULL WHERE id = 0" },
	{ ".x..", "UPDATE exception SET effective_on = NULL, expires_on = NULL WHERE id = 0" },
	{ ".x..", "UPDATE exception SET expires_on = '9999-12-31' WHERE id = 0" },
	{ ".x..", "UPDATE exception SET effective_on = '2000-01-01' WHERE id = 0" },
	{ "xx..", "UPDATE exception SET outcome = 3, decided_at = NULL WHERE id = 0" },
	{ "....", "UPDATE exception SET requester_id = 1 WHERE id = 0" },
	{ "....", "UPDATE exception SET created_at = NOW() WHERE id = 0" },
	{ "....", "UPDATE exception SET procedure_id = 1 WHERE id = 0" },
	{ "...x", "UPDATE exception SET shelved = 1 WHERE id = 0" },
	{ "....", "DELETE FROM exception WHERE id = 0" },
	{ "x...", "INSERT INTO exception_content SELECT * FROM exception_content WHERE 0" },
	{ "....", "UPDATE exception_content SET content = '' WHERE exception_id = 0" },
	{ "....", "DELETE FROM exception_content WHERE exception_id = 0" },
	{ "xx..", "INSERT INTO exception_version SELECT * FROM exception_version WHERE 0" },
	{ "....", "UPDATE exception_version SET title = '' WHERE exception_id = 0" },
	{ "x...", "INSERT INTO exception_clause SELECT * FROM exception_clause WHERE 0" },
	{ "....", "UPDATE exception_clause SET text = '' WHERE exception_id = 0" },
	{ "....", "UPDATE exception_control SET owner = '' WHERE exception_id = 0" },
	{ "x...", "UPDATE exception_text SET words = '' WHERE exception_id = 0" },
	{ "x...", "UPDATE exception_facet SET live = 0 WHERE exception_id = 0" },
	{ "xx.x", "UPDATE exception_facet SET lane = 0 WHERE exception_id = 0" },
	{ "x...", "INSERT INTO exception_facet SELECT * FROM exception_facet WHERE 0" },
	{ "x...", "UPDATE finding SET text = '' WHERE exception_id = 0" },
	{ "....", "DELETE FROM finding WHERE exception_id = 0" },
	{ ".x..", "INSERT INTO decision SELECT * FROM decision WHERE 0" },
	{ "....", "UPDATE decision SET reason = '' WHERE exception_id = 0" },
	{ "....", "DELETE FROM decision WHERE exception_id = 0" },
	{ ".x..", "INSERT INTO risk SELECT * FROM risk WHERE 0" },
	{ "....", "UPDATE risk SET title = '' WHERE id = 0" },
	/* who is who */
	{ ".x..", "INSERT INTO person SELECT * FROM person WHERE 0" },
	{ ".x..", "INSERT INTO session SELECT * FROM session WHERE 0" },
	{ "xx..", "UPDATE session SET last_seen = NULL, ended_at = NULL WHERE person_id = 0" },
	{ "....", "UPDATE session SET person_id = 1 WHERE person_id = 0" },
	{ "....", "UPDATE session SET group_ids = '' WHERE person_id = 0" },
	{ "....", "UPDATE session SET expires_at = NOW() WHERE person_id = 0" },
	{ "...x", "DELETE FROM session WHERE person_id = 0" },
	{ ".x..", "INSERT INTO role_mapping SELECT * FROM role_mapping WHERE 0" },
	{ ".x..", "UPDATE role_mapping SET ended_at = NULL WHERE id = 0" },
	{ "....", "UPDATE role_mapping SET role = '' WHERE id = 0" },
	{ "....", "UPDATE role_mapping SET created_by = NULL WHERE id = 0" },
	{ "....", "DELETE FROM role_mapping WHERE id = 0" },
	{ "....", "DELETE FROM role_holder WHERE person_id = 0" },
	{ ".x..", "INSERT INTO designation SELECT * FROM designation WHERE 0" },
	{ ".x..", "UPDATE designation SET ended_at = NULL WHERE id = 0" },
	{ "....", "UPDATE designation SET until_on = NULL WHERE id = 0" },
	{ "....", "UPDATE designation SET created_by = 1 WHERE id = 0" },
	{ "....", "DELETE FROM designation WHERE id = 0" },
	{ ".x..", "INSERT INTO delegation SELECT * FROM delegation WHERE 0" },
	{ ".x..", "UPDATE delegation SET ended_at = NULL WHERE id = 0" },
	{ "....", "UPDATE delegation SET to_person_id = 1 WHERE id = 0" },
	{ "....", "UPDATE delegation SET until_on = '2099-01-01' WHERE id = 0" },
	{ "....", "DELETE FROM delegation WHERE id = 0" },
	{ "....", "UPDATE role SET role_class = 4 WHERE role = ''" },
	{ ".x..", "UPDATE sign_in_throttle SET attempts = 0 WHERE kind = 0" },
	/* documents and procedures are the owner's */
	{ "....", "UPDATE document SET title = '' WHERE id = 0" },
	{ "....", "UPDATE clause SET text = '' WHERE id = 0" },
	{ "....", "UPDATE procedure_version SET version = 1 WHERE id = 0" },
	/* what waits */
	{ "xx.x", "INSERT INTO outbox SELECT * FROM outbox WHERE 0" },
	{ "...x", "UPDATE outbox SET state = 2 WHERE attempts < 0" },
	{ "....", "UPDATE outbox SET person_id = 1 WHERE attempts < 0" },
	{ "xx..", "INSERT INTO idempotency SELECT * FROM idempotency WHERE 0" },
	{ "....", "UPDATE idempotency SET body = '' WHERE person_id = 0" },
	{ "...x", "DELETE FROM idempotency WHERE person_id = 0" },
	{ "....", "DELETE FROM outbox WHERE attempts < 0" },
	{ "xxxx", "SELECT * FROM exception WHERE id = 0" },
};
/* clang-format on */

/* Refused for want of a right, not because the test is wrong. */
static bool
is_denied(const struct err *e)
{
	return strstr(e->cause, "denied") != NULL ||
	    strstr(e->cause, "privilege") != NULL;
}

static void
check_grant(struct db_fixture *pool, size_t p, size_t i)
{
	bool expected = grants[i].may[p] == 'x';
	bool may;

	db_fixture_sql(pool, "START TRANSACTION");
	err_clear(&pool->e);
	may = db_text(pool->db, grants[i].sql, NULL, NULL, &pool->e) == 0;
	if (may != expected || (!may && !is_denied(&pool->e)))
		print_error("%s %s: %s (%s)\n", pools[p],
		    may ? "may" : "may not", grants[i].sql, pool->e.cause);
	CHECK_ROW(i, may == expected);
	CHECK_ROW(i, may || is_denied(&pool->e));
	db_fixture_sql(pool, "ROLLBACK");
}

static void
test_accounts__each_pool_may_what_it_needs(void **state)
{
	(void)state;
	for (size_t p = 0; p < POOLS; p++) {
		struct db_fixture pool = { 0 };

		pool.cfg = db_fixture_config();
		pool.cfg.user = pools[p];
		pool.cfg.password = "test";
		db_fixture_open(&pool, NULL, 0);
		for (size_t i = 0; i < sizeof(grants) / sizeof(grants[0]); i++)
			check_grant(&pool, p, i);
		db_fixture_close(&pool);
	}
}

/* A caller cannot choose the time of its event, nor cut it short. */
static void
test_accounts__an_event_has_the_time_of_the_server(void **state)
{
	struct db_fixture pool = { 0 };

	(void)state;
	pool.cfg = db_fixture_config();
	pool.cfg.user = "exreg_register";
	pool.cfg.password = "test";
	db_fixture_open(&pool, NULL, 0);
	db_fixture_sql(&pool, "SET sql_mode = ''");
	db_fixture_sql(&pool, "START TRANSACTION");
	db_fixture_sql(&pool,
	    "CALL audit_append('accounts-test-00', NULL, '', 'x', 'x', NULL,"
	    " '', 0, '', '', '')");
	assert_string_equal(
	    db_fixture_value(&pool,
		"SELECT ABS(TIMESTAMPDIFF(SECOND, at, SYSDATE(6))) < 60"
		" FROM audit_event WHERE event_id = 'accounts-test-00'"),
	    "1");
	err_clear(&pool.e);
	assert_int_equal(db_text(pool.db,
			     "CALL audit_append('accounts-test-01', NULL, '', 'x', 'x',"
			     " NULL, REPEAT('o', 65), 0, '', '', '')",
			     NULL, NULL, &pool.e),
	    -1);
	db_fixture_sql(&pool, "ROLLBACK");
	db_fixture_close(&pool);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_accounts__a_password_is_only_a_password),
		T(test_accounts__rights_not_in_the_script_are_lost),
		T(test_accounts__faults_name_the_line_and_no_password),
		T(test_accounts__each_pool_may_what_it_needs),
		T(test_accounts__an_event_has_the_time_of_the_server),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
