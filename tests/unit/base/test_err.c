#include "support/test.h"

#include "base/arena.h"
#include "base/err.h"

static void
test_err__every_kind_has_a_row(void **state)
{
	(void)state;
	for (size_t i = ERR_NONE + 1; i < ERR__MAX; i++) {
		const struct err_kind_row *row = &err_kinds[i];

		CHECK_ROW(i, row->status >= 400 && row->status < 600);
		CHECK_ROW(i, row->type != NULL && row->type[0] != '\0');
		CHECK_ROW(i, row->title != NULL && row->title[0] != '\0');
		CHECK_ROW(i,
		    strspn(row->type, "abcdefghijklmnopqrstuvwxyz-") ==
			strlen(row->type));
	}
	assert_int_equal(err_kinds[ERR_STALE].status, 412);
	assert_string_equal(err_kinds[ERR_STALE].type, "stale-version");
}

static void
test_err__the_first_error_wins(void **state)
{
	struct err e;

	(void)state;
	err_clear(&e);
	assert_int_equal(err_set(&e, ERR_NOT_FOUND, "exception %d", 7), -1);
	assert_int_equal(err_set(&e, ERR_DB, "later"), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_string_equal(e.detail, "exception 7");
	assert_non_null(strstr(e.file, "test_err.c"));
	assert_true(e.line > 0);
	assert_int_equal(err_cause(&e, "errno %d", 2), -1);
	assert_int_equal(err_cause(&e, "other"), -1);
	assert_string_equal(e.cause, "errno 2");
	err_clear(&e);
	assert_int_equal(e.kind, ERR_NONE);
}

static void
test_err__long_details_are_cut(void **state)
{
	char text[1000];
	struct err e;

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	err_clear(&e);
	err_set(&e, ERR_CONFLICT, "%s", text);
	err_cause(&e, "%s", text);
	assert_int_equal(strlen(e.detail), sizeof(e.detail) - 1);
	assert_int_equal(strlen(e.cause), sizeof(e.cause) - 1);
}

static void
test_err__fields_are_collected_and_copied(void **state)
{
	char pointer[32];
	struct arena a;
	struct err e;

	(void)state;
	arena_init(&a);
	err_clear(&e);
	for (int i = 0; i < 50; i++) {
		snprintf(pointer, sizeof(pointer), "/items/%d", i);
		assert_int_equal(err_field(&e, &a, pointer, "is %d", i), -1);
	}
	assert_int_equal(e.kind, ERR_INVALID);
	assert_int_equal(e.nfields, 50);
	assert_string_equal(e.fields[0].pointer, "/items/0");
	assert_string_equal(e.fields[49].pointer, "/items/49");
	assert_string_equal(e.fields[49].detail, "is 49");
	arena_release(&a);
}

static void
test_err__fields_do_not_change_another_kind(void **state)
{
	struct arena a;
	struct err e;

	(void)state;
	arena_init(&a);
	err_clear(&e);
	err_set(&e, ERR_CONFLICT, "no");
	err_field(&e, &a, "/x", "is missing");
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_string_equal(e.detail, "no");
	arena_release(&a);
}

static void
test_err__fields_are_bounded(void **state)
{
	struct arena a;
	struct err e;

	(void)state;
	arena_init(&a);
	err_clear(&e);
	for (int i = 0; i < 100000; i++)
		err_field(&e, &a, "/x", "is missing");
	assert_int_equal(e.nfields, 200);
	assert_true(a.total < 1024 * 1024);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_err__every_kind_has_a_row),
		cmocka_unit_test(test_err__the_first_error_wins),
		cmocka_unit_test(test_err__long_details_are_cut),
		cmocka_unit_test(test_err__fields_are_collected_and_copied),
		cmocka_unit_test(test_err__fields_do_not_change_another_kind),
		cmocka_unit_test(test_err__fields_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
