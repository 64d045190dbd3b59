/* Migrations of a folder of our own, in a database of our own. */
#include "support/test.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/migrate.h"
#include "support/db_fixture.h"

static struct db_fixture f;
static char dir[40];

static void
write_file(const char *name, const char *text)
{
	char path[100];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void
remove_file(const char *name)
{
	char path[100];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(unlink(path), 0);
}

static int
setup(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	db_fixture_open(&f, NULL, 0);
	db_fixture_sql(&f, "CREATE OR REPLACE DATABASE exreg_migrate");
	db_fixture_sql(&f, "USE exreg_migrate");
	snprintf(dir, sizeof(dir), "/tmp/exreg-migrate-XXXXXX");
	assert_non_null(mkdtemp(dir));
	write_file("0001_first.sql",
	    "-- One table; and a row.\n"
	    "CREATE TABLE IF NOT EXISTS a (id INT PRIMARY KEY) COMMENT 'x;y';\n"
	    "INSERT IGNORE INTO a VALUES (1);\n");
	write_file("0002_second.sql",
	    "DELIMITER $$\n"
	    "CREATE OR REPLACE PROCEDURE p()\nBEGIN\n"
	    " INSERT INTO a VALUES (2);\n INSERT INTO a VALUES (3);\nEND$$\n"
	    "DELIMITER ;\n");
	return 0;
}

static int
teardown(void **state)
{
	char command[100];

	(void)state;
	db_fixture_close(&f);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command);
}

static int
run(void)
{
	err_clear(&f.e);
	return migrate_run(f.db, dir, &f.arena, &f.e);
}

static int
check(void)
{
	err_clear(&f.e);
	return migrate_check(f.db, dir, &f.arena, &f.e);
}

static void
refused(int result, const char *detail)
{
	assert_int_equal(result, -1);
	assert_int_equal(f.e.kind, ERR_CONFLICT);
	if (strstr(f.e.detail, detail) == NULL)
		print_error("%s\n", f.e.detail);
	assert_non_null(strstr(f.e.detail, detail));
}

static void
test_migrate__applies_each_file_once(void **state)
{
	(void)state;
	db_fixture_ok(run(), &f.e);
	assert_string_equal(db_fixture_value(&f, "SELECT COUNT(*) FROM a"),
	    "1");
	db_fixture_sql(&f, "CALL p()");
	assert_string_equal(db_fixture_value(&f, "SELECT COUNT(*) FROM a"),
	    "3");
	assert_int_equal(run(), 0);
	write_file("0003_third.sql", "INSERT INTO a VALUES (4);");
	assert_int_equal(run(), 1);
	assert_int_equal(run(), 0);
	assert_string_equal(
	    db_fixture_value(&f,
		"SELECT GROUP_CONCAT(version, name,"
		" finished_at >= started_at, LENGTH(sha256) ORDER BY version)"
		" FROM schema_migration"),
	    "10001_first.sql164,20002_second.sql164,30003_third.sql164");
	assert_string_equal(db_fixture_value(&f,
				"SELECT IS_FREE_LOCK('exreg.migrate')"),
	    "1");
}

static void
test_migrate__a_changed_file_is_refused(void **state)
{
	(void)state;
	db_fixture_ok(run(), &f.e);
	write_file("0001_first.sql", "DO 1;");
	write_file("0003_third.sql", "DO 1;");
	refused(run(), "0001_first.sql has changed");
	refused(check(), "0001_first.sql has changed");
	assert_string_equal(db_fixture_value(&f,
				"SELECT COUNT(*) FROM schema_migration"),
	    "2");
}

static void
test_migrate__a_failed_file_can_be_mended(void **state)
{
	(void)state;
	write_file("0003_third.sql",
	    "INSERT IGNORE INTO a VALUES (9);\n\nINSERT INTO b VALUES (1);\n");
	assert_int_equal(run(), -1);
	assert_int_equal(f.e.kind, ERR_DB);
	assert_non_null(strstr(f.e.detail, "0003_third.sql, line 3"));
	assert_non_null(strstr(f.e.cause, "1146"));
	refused(check(), "version 2, this program needs 3");
	write_file("0003_third.sql", "INSERT IGNORE INTO a VALUES (9);\n");
	assert_int_equal(run(), 1);
	assert_int_equal(check(), 0);
}

static void
test_migrate__numbers_and_names_are_strict(void **state)
{
	(void)state;
	write_file("0004_gap.sql", "DO 1;");
	refused(run(), "0004_gap.sql: the number should be 0003");
	remove_file("0004_gap.sql");
	write_file("0002_twice.sql", "DO 1;");
	refused(run(), "0002_twice.sql: the number should be 0003");
	remove_file("0002_twice.sql");
	write_file("0003-dash.sql", "DO 1;");
	refused(run(), "0003-dash.sql is not named");
	remove_file("0003-dash.sql");
	db_fixture_ok(run(), &f.e);
	remove_file("0002_second.sql");
	refused(run(), "0002_second.sql was applied but is not");
}

static void
test_migrate__one_at_a_time(void **state)
{
	struct db_fixture other = { 0 };

	(void)state;
	db_fixture_open(&other, NULL, 0);
	db_fixture_sql(&other, "DO GET_LOCK('exreg.migrate', 0)");
	assert_int_equal(run(), -1);
	assert_int_equal(f.e.kind, ERR_BUSY);
	db_fixture_close(&other);
	/* The lock goes with the connection, a moment later. */
	while (run() < 0)
		assert_int_equal(f.e.kind, ERR_BUSY);
}

static void
test_migrate__the_schema_is_checked(void **state)
{
	(void)state;
	assert_int_equal(check(), -1); /* no table at all */
	db_fixture_ok(run(), &f.e);
	db_fixture_ok(check(), &f.e);
	write_file("0003_third.sql", "DO 1;");
	refused(check(), "version 2, this program needs 3");
	db_fixture_sql(&f,
	    "UPDATE schema_migration SET finished_at = NULL"
	    " WHERE version = 2");
	refused(check(), "version 1, this program needs 3");
}

static void
test_migrate__the_program_knows_its_schema(void **state)
{
	(void)state;
	db_fixture_sql(&f, "USE exreg"); /* migrated from sql/migrations */
	db_fixture_ok(migrate_check(f.db, NULL, &f.arena, &f.e), &f.e);
	db_fixture_ok(migrate_check(f.db, "sql/migrations", &f.arena, &f.e),
	    &f.e);
	db_fixture_sql(&f, "USE exreg_migrate");
	db_fixture_ok(run(), &f.e);
	refused(migrate_check(f.db, NULL, &f.arena, &f.e),
	    "the schema is at version 2");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_migrate__applies_each_file_once),
		T(test_migrate__a_changed_file_is_refused),
		T(test_migrate__a_failed_file_can_be_mended),
		T(test_migrate__numbers_and_names_are_strict),
		T(test_migrate__one_at_a_time),
		T(test_migrate__the_schema_is_checked),
		T(test_migrate__the_program_knows_its_schema),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
