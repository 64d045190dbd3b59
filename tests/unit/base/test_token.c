#include "support/test.h"

#include <limits.h>

#include "base/arena.h"
#include "base/token.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static void
test_token__hex_round_trips(void **state)
{
	unsigned char in[256];
	unsigned char back[256];
	char text[513];

	(void)state;
	for (size_t i = 0; i < sizeof(in); i++)
		in[i] = (unsigned char)i;
	hex_encode(in, sizeof(in), text);
	assert_int_equal(strlen(text), 512);
	assert_memory_equal(text, "000102030405060708090a", 22);
	assert_int_equal(hex_decode(text, back, sizeof(back)), 0);
	assert_memory_equal(in, back, sizeof(in));
	hex_encode(in, 0, text);
	assert_string_equal(text, "");
}

static void
test_token__hex_refuses_other_text(void **state)
{
	static const char *const rows[] = { "", "0", "00", "000", "000g",
		"00 0", "0x00", "-000", "00\xc3\xa4", "00/0", "00:0", "00@0",
		"00`0" };
	unsigned char out[2];

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		CHECK_ROW(i, hex_decode(rows[i], out, 2) == -1);
	assert_int_equal(hex_decode("aBfF", out, 2), 0);
	assert_int_equal(out[0], 0xab);
	assert_int_equal(out[1], 0xff);
}

static void
test_token__base64url_matches_rfc4648(void **state)
{
	static const struct {
		const char *in;
		const char *out;
	} rows[] = { { "", "" }, { "f", "Zg" }, { "fo", "Zm8" },
		{ "foo", "Zm9v" }, { "foob", "Zm9vYg" }, { "fooba", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy" }, { "\xfb\xff\xfe", "-__-" } };
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < N(rows); i++) {
		size_t len = strlen(rows[i].in);
		unsigned char *back;
		size_t n;
		char *text = base64url_encode(&a,
		    (const unsigned char *)rows[i].in, len);

		CHECK_ROW(i, strcmp(text, rows[i].out) == 0);
		CHECK_ROW(i, base64url_decode(&a, text, &back, &n) == 0);
		CHECK_ROW(i, n == len && memcmp(back, rows[i].in, n) == 0);
	}
	arena_release(&a);
}

static void
test_token__base64url_round_trips_every_length(void **state)
{
	unsigned char in[300];
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(in); i++)
		in[i] = (unsigned char)(i * 37 + 11);
	for (size_t len = 0; len <= sizeof(in); len++) {
		unsigned char *back;
		size_t n;

		CHECK_ROW(len,
		    base64url_decode(&a, base64url_encode(&a, in, len), &back,
			&n) == 0);
		CHECK_ROW(len, n == len && memcmp(back, in, n) == 0);
	}
	arena_release(&a);
}

static void
test_token__base64url_has_one_text_for_each_value(void **state)
{
	static const char *const rows[] = { "A", "AAAAA", "Zg==", "Zg=", "Zh",
		"Zm9=", "Zm9", "Zm9v+", "Zm9v/A", "Zm 9", "Zm9v\n",
		"Z\xc3\xa4g" };
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < N(rows); i++) {
		unsigned char *out = NULL;
		size_t n = 99;

		CHECK_ROW(i, base64url_decode(&a, rows[i], &out, &n) == -1);
		CHECK_ROW(i, out == NULL && n == 99);
	}
	arena_release(&a);
}

static void
test_token__numbers_are_strict(void **state)
{
	/* clang-format off */
	static const struct { const char *s; long long min, max; int rc; long long v; } rows[] = {
		{ "0", LLONG_MIN, LLONG_MAX, 0, 0 },
		{ "7", 1, 9, 0, 7 }, { "1", 1, 9, 0, 1 }, { "9", 1, 9, 0, 9 },
		{ "0", 1, 9, -1, 0 }, { "10", 1, 9, -1, 0 },
		{ "-5", -9, 9, 0, -5 }, { "-10", -9, 9, -1, 0 },
		{ "9223372036854775807", LLONG_MIN, LLONG_MAX, 0, LLONG_MAX },
		{ "-9223372036854775808", LLONG_MIN, LLONG_MAX, 0, LLONG_MIN },
		{ "9223372036854775808", LLONG_MIN, LLONG_MAX, -1, 0 },
		{ "-9223372036854775809", LLONG_MIN, LLONG_MAX, -1, 0 },
		{ "99999999999999999999999999999999", LLONG_MIN, LLONG_MAX, -1, 0 },
		{ "", LLONG_MIN, LLONG_MAX, -1, 0 }, { "-", LLONG_MIN, LLONG_MAX, -1, 0 },
		{ "-0", LLONG_MIN, LLONG_MAX, -1, 0 }, { "00", LLONG_MIN, LLONG_MAX, -1, 0 },
		{ "01", LLONG_MIN, LLONG_MAX, -1, 0 }, { "-01", LLONG_MIN, LLONG_MAX, -1, 0 },
		{ "+1", LLONG_MIN, LLONG_MAX, -1, 0 }, { " 1", LLONG_MIN, LLONG_MAX, -1, 0 },
		{ "1 ", LLONG_MIN, LLONG_MAX, -1, 0 }, { "1.0", LLONG_MIN, LLONG_MAX, -1, 0 },
		{ "1e3", LLONG_MIN, LLONG_MAX, -1, 0 }, { "0x1", LLONG_MIN, LLONG_MAX, -1, 0 },
		{ "--1", LLONG_MIN, LLONG_MAX, -1, 0 }, { "1\xff", LLONG_MIN, LLONG_MAX, -1, 0 },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		long long v = 12345;
		int rc = i64_parse(rows[i].s, strlen(rows[i].s), rows[i].min,
		    rows[i].max, &v);

		CHECK_ROW(i, rc == rows[i].rc);
		CHECK_ROW(i, v == (rc == 0 ? rows[i].v : 12345));
	}
	/* The length counts, not a NUL. */
	long long v = 0;

	assert_int_equal(i64_parse("123", 2, 0, 99, &v), 0);
	assert_int_equal(v, 12);
	assert_int_equal(i64_parse("1\0002", 3, 0, 999, &v), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_token__hex_round_trips),
		cmocka_unit_test(test_token__hex_refuses_other_text),
		cmocka_unit_test(test_token__base64url_matches_rfc4648),
		cmocka_unit_test(
		    test_token__base64url_round_trips_every_length),
		cmocka_unit_test(
		    test_token__base64url_has_one_text_for_each_value),
		cmocka_unit_test(test_token__numbers_are_strict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
