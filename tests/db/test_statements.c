/* Every statement of the table against the migrated schema: the program and
 * the database cannot drift apart. */
#include "support/test.h"

#include "store/statements.h"
#include "support/db_fixture.h"

static void
test_statements__all_fit_the_schema(void **state)
{
	struct db_fixture f = { 0 };
	size_t faults = 0;

	(void)state;
	db_fixture_open(&f, statements, STMT__MAX);
	for (size_t i = 0; i < STMT__MAX; i++) {
		err_clear(&f.e);
		if (db_check_def(f.db, &statements[i], &f.e) == 0)
			continue;
		print_error("%s\n", f.e.cause);
		faults++;
	}
	db_fixture_close(&f);
	assert_int_equal(faults, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_statements__all_fit_the_schema),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
