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

/* The shipped script was applied to this server. */
static void
test_accounts__no_pool_changes_the_audit_trail(void **state)
{
	static const char *const users[] = { "exreg_register",
		"exreg_directory", "exreg_export", "exreg_jobs" };
	static const char *const denied[] = {
		"INSERT INTO audit_event (event_id) VALUES ('x')",
		"UPDATE audit_event SET at = NULL",
		"DELETE FROM audit_event",
		"TRUNCATE audit_event",
		"DROP TABLE audit_event",
		"ALTER TABLE audit_event ADD x INT",
		"DROP PROCEDURE audit_append",
		"SET timestamp = 1",
		"CREATE TABLE mine (id INT)",
		"SELECT * FROM mysql.global_priv",
		"GRANT ALL ON exreg.* TO CURRENT_USER()",
	};

	(void)state;
	for (size_t u = 0; u < sizeof(users) / sizeof(users[0]); u++) {
		struct db_fixture pool = { 0 };

		pool.cfg = db_fixture_config();
		pool.cfg.user = users[u];
		pool.cfg.password = "test";
		db_fixture_open(&pool, NULL, 0);
		for (size_t i = 0; i < sizeof(denied) / sizeof(denied[0]);
		     i++) {
			int result;

			err_clear(&pool.e);
			result =
			    db_text(pool.db, denied[i], NULL, NULL, &pool.e);
			if (result == 0)
				print_error("%s may: %s\n", users[u],
				    denied[i]);
			CHECK_ROW(i, result == -1);
		}
		db_fixture_close(&pool);
	}
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_accounts__a_password_is_only_a_password),
		T(test_accounts__rights_not_in_the_script_are_lost),
		T(test_accounts__faults_name_the_line_and_no_password),
		T(test_accounts__no_pool_changes_the_audit_trail),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
