/* One normaliser for what is stored and what is asked. */
#include "support/test.h"

#include "domain/search.h"

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void
test_search__words_are_folded(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "EX-2026-00042", " ex 2026 00042" },
		{ "Legacy  server, (old)!", " legacy server old" },
		{ "", "" },
		{ "-- %_ \\ --", "" },
		{ "Ünïcödé Straße ŒUVRE", " unicode strasse oeuvre" },
		{ "e\xcc\x81t\xc3\xa9", " ete" },
		{ "\xce\xa3\xce\x99\xce\x93\xce\x9c\xce\x91",
		    " \xcf\x83\xce\xb9\xce\xb3\xce\xbc\xce\xb1" },
		{ "\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0",
		    " \xd0\xbc\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0" },
		{ "\xef\xbc\xa1\xef\xbc\xa2", " ab" },
		{ "a\xe2\x80\x94"
		  "b \xf0\x9f\x98\x80 c",
		    " a b c" },
		{ "it's snake_case", " it s snake case" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_ROW(i,
		    strcmp(search_words(&arena, &rows[i].in, 1), rows[i].out) ==
			0);
}

static void
test_search__texts_are_joined_and_null_skipped(void **state)
{
	const char *const texts[] = { "One", NULL, "two" };

	(void)state;
	assert_string_equal(search_words(&arena, texts, 3), " one two");
}

static void
test_search__terms_are_the_words_of_the_query(void **state)
{
	const char *terms[SEARCH_TERMS_MAX];

	(void)state;
	assert_int_equal(search_terms(&arena, " Old%Server_ ", terms), 2);
	assert_string_equal(terms[0], "old");
	assert_string_equal(terms[1], "server");
	assert_int_equal(search_terms(&arena, "%_'\"", terms), 0);
	assert_int_equal(search_terms(&arena, "1 2 3 4 5 6 7 8 9 a", terms),
	    10);
	assert_string_equal(terms[7], "8");
}

static void
test_search__long_words_are_cut_alike(void **state)
{
	char text[201];
	const char *in = text;
	const char *terms[SEARCH_TERMS_MAX];
	const char *words;

	(void)state;
	memset(text, 'x', sizeof(text));
	text[200] = '\0';
	words = search_words(&arena, &in, 1);
	assert_int_equal(search_terms(&arena, text, terms), 4);
	for (size_t i = 0; i < 4; i++)
		assert_non_null(
		    strstr(words, arena_printf(&arena, " %s", terms[i])));
}

static void
test_search__rare_terms_are_long_enough(void **state)
{
	(void)state;
	assert_true(search_term_is_rare("payroll"));
	assert_true(search_term_is_rare("00042"));
	assert_false(search_term_is_rare("2026"));
	assert_false(search_term_is_rare("ab"));
	assert_false(search_term_is_rare("\xd0\xbc\xd0\xbe\xd1\x81"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_search__words_are_folded),
		cmocka_unit_test(
		    test_search__texts_are_joined_and_null_skipped),
		cmocka_unit_test(test_search__terms_are_the_words_of_the_query),
		cmocka_unit_test(test_search__long_words_are_cut_alike),
		cmocka_unit_test(test_search__rare_terms_are_long_enough),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
