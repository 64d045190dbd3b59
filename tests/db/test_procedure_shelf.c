/* A procedure is read once, however often it is asked for. */
#include "support/test.h"

#include <stdlib.h>

#include "api/procedure_shelf.h"
#include "base/buf.h"
#include "store/statements.h"
#include "support/db_fixture.h"

#define FILE_OF_ONE "sql/procedures/SEC-PROC-009.json"

static struct db_fixture f;
static struct procedure_shelf shelf;

static int
setup(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	db_fixture_open(&f, statements, STMT__MAX);
	procedure_shelf_init(&shelf);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_fixture_sql(&f, "DELETE FROM procedure_version");
	procedure_shelf_release(&shelf);
	db_fixture_close(&f);
	return 0;
}

/* Versions 1 to n of the shipped procedure; their ids are the same. */
static void
put_versions(int n)
{
	char *text = arena_alloc(&f.arena, 1 << 16);
	FILE *file = fopen(FILE_OF_ONE, "re");
	struct buf hex;

	assert_non_null(file);
	assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
	fclose(file);
	buf_init(&hex, &f.arena);
	for (const char *p = text; *p != '\0'; p++)
		buf_str(&hex,
		    arena_printf(&f.arena, "%02x", (unsigned char)*p));
	db_fixture_sql(&f,
	    arena_printf(&f.arena,
		"INSERT INTO procedure_version (id, procedure_key, version,"
		" title, type, body, sha256, created_at) SELECT seq,"
		" 'SEC-PROC-009', seq, 'T', 1, CONVERT(UNHEX('%s') USING"
		" utf8mb4), UNHEX(SHA2('', 256)), NOW() FROM seq_1_to_%d",
		buf_text(&hex), n));
}

static int
get(int64_t id, struct procedure *p)
{
	err_clear(&f.e);
	return procedure_shelf_get(&shelf, f.db, &f.arena, id, p, &f.e);
}

static void
test_procedure_shelf__the_second_time_costs_no_statement(void **state)
{
	struct procedure first;
	struct procedure second;
	struct arena_mark mark;

	(void)state;
	put_versions(2);
	db_statement_count(f.db, true);
	mark = arena_mark(&f.arena);
	db_fixture_ok(get(1, &first), &f.e);
	assert_int_equal(db_statement_count(f.db, true), 1);
	/* the request that read it is over */
	arena_rewind(&f.arena, mark);
	memset(arena_alloc(&f.arena, 1 << 16), 0xa5, 1 << 16);
	db_fixture_ok(get(1, &second), &f.e);
	assert_int_equal(db_statement_count(f.db, true), 0);
	assert_int_equal(second.id, 1);
	assert_string_equal(second.key, "SEC-PROC-009");
	assert_ptr_equal(second.stages, first.stages);
	db_fixture_ok(get(2, &second), &f.e);
	assert_int_equal(db_statement_count(f.db, true), 1);
	assert_int_equal(second.id, 2);
}

static void
test_procedure_shelf__a_full_one_still_serves(void **state)
{
	struct procedure p;

	(void)state;
	put_versions(PROCEDURES_KEPT + 1);
	for (int64_t id = 1; id <= PROCEDURES_KEPT + 1; id++)
		db_fixture_ok(get(id, &p), &f.e);
	assert_int_equal(shelf.n, PROCEDURES_KEPT);
	db_statement_count(f.db, true);
	db_fixture_ok(get(PROCEDURES_KEPT + 1, &p), &f.e);
	assert_int_equal(p.id, PROCEDURES_KEPT + 1);
	assert_int_equal(db_statement_count(f.db, true), 1);
	db_fixture_ok(get(PROCEDURES_KEPT, &p), &f.e);
	assert_int_equal(p.id, PROCEDURES_KEPT);
	assert_int_equal(db_statement_count(f.db, true), 0);
}

static void
test_procedure_shelf__what_cannot_be_read_is_not_kept(void **state)
{
	struct procedure p;

	(void)state;
	put_versions(1);
	assert_int_equal(get(9, &p), -1);
	assert_int_equal(f.e.kind, ERR_INTERNAL);
	db_fixture_sql(&f, "UPDATE procedure_version SET body = '{}'");
	assert_int_equal(get(1, &p), -1);
	assert_int_equal(f.e.kind, ERR_INTERNAL);
	assert_int_equal(shelf.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_procedure_shelf__the_second_time_costs_no_statement,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_procedure_shelf__a_full_one_still_serves, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    test_procedure_shelf__what_cannot_be_read_is_not_kept,
		    setup, teardown),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
