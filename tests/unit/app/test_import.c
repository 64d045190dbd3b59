/* The map of a legacy file: what it may say, and where its columns are. */
#include "support/test.h"

#include "api/register.h"
#include "app/import.h"

static struct arena a;

static int
setup(void **state)
{
	(void)state;
	arena_init(&a);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

#define OWED "\"title\": \"T\", \"procedure\": \"P\", \"owner\": \"O\""

static void
test_import__a_map_says_what_is_wrong_with_it(void **state)
{
	static const struct {
		const char *map, *pointer;
	} cases[] = {
		{ "{\"number\": \"Ref\", \"source\": \"grc\", " OWED "}",
		    NULL },
		{ "{\"number\": \"Ref\", \"source\": \"grc\", \"title\": \"T\","
		  " \"constants\": {\"procedure\": \"P\", \"owner\": \"o\"}}",
		    NULL },
		{ "{\"number\": \"Ref\", " OWED "}", "/source" },
		{ "{\"source\": \"grc\", " OWED "}", "/number" },
		{ "{\"number\": \"Ref\", \"source\": \"grc\", \"colour\": \"x\", " OWED
		  "}",
		    "/colour" },
		{ "{\"number\": \"Ref\", \"source\": \"grc\", "
		  "\"date_format\": \"mm.yyyy\", " OWED "}",
		    "/date_format" },
		{ "{\"number\": \"Ref\", \"source\": \"grc\", "
		  "\"separator\": \"|\", " OWED "}",
		    "/separator" },
		{ "{\"number\": \"Ref\", \"source\": \"grc\", "
		  "\"constants\": {\"number\": \"1\"}, " OWED "}",
		    "/constants/number" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err e = { 0 };
		struct import_map m;
		int result = import_map_read(&a, cases[i].map,
		    strlen(cases[i].map), &m, &e);

		CHECK_ROW(i, (result == 0) == (cases[i].pointer == NULL));
		if (result < 0)
			CHECK_ROW(i,
			    e.nfields == 1 &&
				strcmp(e.fields[0].pointer, cases[i].pointer) ==
				    0);
	}
}

static void
test_import__days_are_read_as_the_format_has_them(void **state)
{
	static const struct {
		const char *format, *text, *day;
	} cases[] = {
		{ "yyyy-mm-dd", "2024-02-29", "2024-02-29" },
		{ "yyyy-mm-dd", "2023-02-29", NULL },
		{ "dd.mm.yyyy", "01.12.2023", "2023-12-01" },
		{ "dd.mm.yyyy", "1.2.2023", "2023-02-01" },
		{ "mm/dd/yyyy", "12/31/2023", "2023-12-31" },
		{ "mm/dd/yyyy", "31/12/2023", NULL },
		{ "dd.mm.yyyy", "1.2.23", NULL },
		{ "dd.mm.yyyy", "1.2.2023 10:00", NULL },
		{ "dd.mm.yyyy", "1.2.", NULL },
		{ "dd.mm.yyyy", "", NULL },
		{ "dd.mm.yyyy", "soon", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		date_t day = DATE_NONE;
		char text[11] = "";
		int result = import_date(cases[i].format, cases[i].text, &day);

		CHECK_ROW(i, (result == 0) == (cases[i].day != NULL));
		if (result < 0)
			continue;
		date_format(day, text);
		CHECK_ROW(i, strcmp(text, cases[i].day) == 0);
	}
}

static struct csv_reader r; /* large */

static void
heading(const char *const *cells, size_t n)
{
	memset(&r, 0, sizeof(r));
	for (size_t i = 0; i < n; i++)
		r.cells[i] = cells[i];
	r.ncells = n;
}

static void
test_import__a_wrong_heading_names_the_column(void **state)
{
	static const char *const good[] = { "x", " Ref ", "T" };
	static const char *const twice[] = { "T", "Ref", "T" };
	const struct import_map m = {
		.column = { [TARGET_NUMBER] = "Ref", [TARGET_TITLE] = "T" }
	};
	int places[TARGET__MAX];
	struct err e = { 0 };

	(void)state;
	heading(good, 3);
	assert_int_equal(import_map_bind(&m, &r, places, &e), 0);
	assert_int_equal(places[TARGET_NUMBER], 1);
	assert_int_equal(places[TARGET_TITLE], 2);
	assert_int_equal(places[TARGET_OWNER], -1);
	heading(good, 2);
	assert_int_equal(import_map_bind(&m, &r, places, &e), -1);
	assert_string_equal(e.detail,
	    "row 1: the heading \"T\", mapped to title, is not there");
	err_clear(&e);
	heading(twice, 3);
	assert_int_equal(import_map_bind(&m, &r, places, &e), -1);
	assert_non_null(strstr(e.detail, "is there twice"));
}

/* The heading of our own export, and what has nothing to do with it. */
static void
test_import__our_own_export_needs_no_map(void **state)
{
	const char *cells[IMPORT_OWN_MAX];
	size_t n = register_csv_schema.nfields;
	int places[IMPORT_OWN_MAX];
	struct err e = { 0 };

	(void)state;
	assert_true(n < IMPORT_OWN_MAX);
	for (size_t i = 0; i < n; i++)
		cells[i] = register_csv_schema.fields[i].name;
	heading(cells, n);
	assert_int_equal(import_own_bind(&r, places, &e), 0);
	cells[n] = "Colour";
	heading(cells, n + 1);
	assert_int_equal(import_own_bind(&r, places, &e), -1);
	err_clear(&e);
	cells[1] = "Name";
	heading(cells, n);
	assert_int_equal(import_own_bind(&r, places, &e), -1);
	assert_non_null(strstr(e.detail, "\"title\" is not there"));
}

static void
test_import__a_reference_is_known_again_in_a_long_file(void **state)
{
	struct import_seen s = { 0 };
	char text[32];
	int64_t before = 0;

	(void)state;
	for (int64_t i = 1; i <= 100000; i++) {
		snprintf(text, sizeof(text), "R-%lld", (long long)i);
		import_seen_add(&s, text, i, &before);
		assert_int_equal(before, 0);
	}
	import_seen_add(&s, "R-77", 100001, &before);
	assert_int_equal(before, 77);
	import_seen_reset(&s);
	import_seen_add(&s, "R-77", 2, &before);
	assert_int_equal(before, 0);
	import_seen_release(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import__a_map_says_what_is_wrong_with_it),
		cmocka_unit_test(
		    test_import__days_are_read_as_the_format_has_them),
		cmocka_unit_test(test_import__a_wrong_heading_names_the_column),
		cmocka_unit_test(test_import__our_own_export_needs_no_map),
		cmocka_unit_test(
		    test_import__a_reference_is_known_again_in_a_long_file),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
