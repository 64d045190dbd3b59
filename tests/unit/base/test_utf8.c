#include "support/test.h"

#include "base/utf8.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static void
test_utf8__every_code_point_round_trips(void **state)
{
	char text[4];
	uint32_t back;

	(void)state;
	for (uint32_t cp = 0; cp <= 0x110100; cp++) {
		bool legal = cp <= 0x10ffff && (cp < 0xd800 || cp > 0xdfff);
		size_t n = utf8_encode(cp, text);
		size_t used = utf8_decode(text, n, &back);

		if (legal ? used != n || back != cp : used != 0)
			fail_msg("U+%04X", (unsigned)cp);
		/* One byte short is never a character. */
		if (n > 1 && utf8_decode(text, n - 1, &back) != 0)
			fail_msg("short U+%04X", (unsigned)cp);
	}
	assert_int_equal(utf8_decode("", 0, &back), 0);
}

static void
test_utf8__refuses_malformed_text(void **state)
{
	/* clang-format off */
	static const struct { const char *text; size_t len; bool valid; } rows[] = {
		{ "", 0, true }, { "abc", 3, true },
		{ "gr\xc3\xbc\xc3\x9f", 6, true }, { "\xf0\x9f\x98\x80", 4, true },
		{ "\xf4\x8f\xbf\xbf", 4, true }, { "\xef\xbf\xbf", 3, true },
		{ "a\0b", 3, false },                 /* NUL */
		{ "\xc0\x80", 2, false },             /* overlong NUL */
		{ "\xc1\xbf", 2, false }, { "\xe0\x9f\xbf", 3, false },
		{ "\xf0\x8f\xbf\xbf", 4, false },     /* overlong */
		{ "\xed\xa0\x80", 3, false }, { "\xed\xbf\xbf", 3, false }, /* surrogates */
		{ "\xf4\x90\x80\x80", 4, false },     /* U+110000 */
		{ "\xf8\x88\x80\x80\x80", 5, false }, { "\xff", 1, false }, { "\xfe", 1, false },
		{ "\x80", 1, false }, { "a\xbf", 2, false },
		{ "\xc3", 1, false }, { "\xc3(", 2, false },
		{ "\xe2\x82", 2, false }, { "\xe2(\xa1", 3, false },
		{ "\xf0\x9f\x98", 3, false }, { "\xf0\x9f\x98" "a", 4, false },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		CHECK_ROW(i,
		    utf8_is_valid(rows[i].text, rows[i].len) == rows[i].valid);
}

static void
test_utf8__counts_characters(void **state)
{
	(void)state;
	assert_int_equal(utf8_length(""), 0);
	assert_int_equal(utf8_length("abc"), 3);
	assert_int_equal(utf8_length("gr\xc3\xbc\xc3\x9f"), 4);
	assert_int_equal(utf8_length("\xf0\x9f\x98\x80\xe2\x82\xac"), 2);
}

static void
test_utf8__knows_blank_and_control(void **state)
{
	/* clang-format off */
	static const struct { const char *text; bool blank, control; } rows[] = {
		{ "", true, false }, { " ", true, false }, { "\t\r\n ", true, false },
		{ "\xc2\xa0", true, false }, { "\xe3\x80\x80\xe2\x80\x83", true, false },
		{ "\xe2\x80\x8b", true, false }, { "\xef\xbb\xbf", true, false },
		{ "\xe2\x80\xa8\xe2\x80\xa9", true, false },
		{ " x", false, false }, { ".", false, false },
		{ "\xc2\xa1", false, false }, { "\xe2\x82\xac", false, false },
		{ "a\x01", false, true }, { "\x1f", true, true }, { "a\x7f", false, true },
		{ "a\x1b[31m", false, true }, { "a\xc2\x85", false, true },
		{ "a\xc2\x9f", false, true }, { "\x0b", true, true }, { "\x0c", true, true },
		{ "a\xe2\x80\xae" "b", false, true }, { "a\xe2\x80\xaa", false, true },
		{ "a\xe2\x81\xa6", false, true }, { "a\xe2\x81\xa9", false, true },
		{ "a\xe2\x80\x8f", false, false }, /* a mark, not an override */
		{ "line\r\nnext\ttab", false, false },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		CHECK_ROW(i, utf8_is_blank(rows[i].text) == rows[i].blank);
		CHECK_ROW(i, utf8_has_control(rows[i].text) == rows[i].control);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8__every_code_point_round_trips),
		cmocka_unit_test(test_utf8__refuses_malformed_text),
		cmocka_unit_test(test_utf8__counts_characters),
		cmocka_unit_test(test_utf8__knows_blank_and_control),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
