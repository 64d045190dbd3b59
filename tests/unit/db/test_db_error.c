#include "db/error.h"
#include "support/test.h"

static void
test_db_error__numbers_have_a_meaning(void **state)
{
	static const struct {
		unsigned number;
		enum err_kind kind;
	} cases[] = {
		{ 0, ERR_DB },
		{ 1020, ERR_DB_RETRY },
		{ 1021, ERR_BUSY },
		{ 1040, ERR_BUSY },
		{ 1047, ERR_BUSY },
		{ 1053, ERR_DB_DOWN },
		{ 1062, ERR_DB },
		{ 1064, ERR_DB },
		{ 1114, ERR_BUSY },
		{ 1203, ERR_BUSY },
		{ 1205, ERR_DB_RETRY },
		{ 1213, ERR_DB_RETRY },
		{ 1226, ERR_BUSY },
		{ 1243, ERR_DB_DOWN },
		{ 1290, ERR_BUSY },
		{ 1615, ERR_DB_DOWN },
		{ 1644, ERR_DB },
		{ 1836, ERR_BUSY },
		{ 1927, ERR_DB_DOWN },
		{ 1969, ERR_BUSY },
		{ 2002, ERR_DB_DOWN },
		{ 2003, ERR_DB_DOWN },
		{ 2006, ERR_DB_DOWN },
		{ 2013, ERR_DB_DOWN },
		{ 2014, ERR_DB_DOWN },
		{ 2055, ERR_DB_DOWN },
		{ 2057, ERR_DB_DOWN },
		{ 4025, ERR_DB },
		{ 5013, ERR_DB_DOWN },
		{ 5014, ERR_DB_DOWN },
		{ 99999, ERR_DB },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_ROW(i, db_error_kind(cases[i].number) == cases[i].kind);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_db_error__numbers_have_a_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
