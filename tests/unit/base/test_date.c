#include "support/test.h"

#include <stdlib.h>
#include <time.h>

#include "base/date.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* Every day there is, against a calendar that only counts. */
static void
test_date__counts_every_day(void **state)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	date_t d = DATE_MIN;

	(void)state;
	for (int y = 1; y <= 9999; y++) {
		bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

		for (int m = 1; m <= 12; m++) {
			int last = days[m - 1] + (m == 2 && leap ? 1 : 0);

			for (int day = 1; day <= last; day++, d++) {
				struct civil c = date_to_civil(d);

				if (date_from_civil(y, m, day) != d ||
				    c.year != y || c.month != m || c.day != day)
					fail_msg("%d-%d-%d", y, m, day);
			}
			assert_true(civil_is_valid(y, m, last));
			assert_false(civil_is_valid(y, m, last + 1));
		}
	}
	assert_int_equal(d, DATE_MAX + 1);
	assert_int_equal(date_from_civil(1970, 1, 1), 0);
}

static void
test_date__parses_one_form_only(void **state)
{
	/* clang-format off */
	static const struct { const char *text; int rc; date_t d; } rows[] = {
		{ "1970-01-01", 0, 0 },
		{ "1969-12-31", 0, -1 },
		{ "0001-01-01", 0, DATE_MIN },
		{ "9999-12-31", 0, DATE_MAX },
		{ "2000-02-29", 0, 11016 },
		{ "2024-02-29", 0, 19782 },
		{ "1900-02-29", -1, 0 }, { "2100-02-29", -1, 0 },
		{ "2023-02-29", -1, 0 }, { "2026-04-31", -1, 0 },
		{ "2026-00-10", -1, 0 }, { "2026-13-10", -1, 0 },
		{ "2026-01-00", -1, 0 }, { "2026-01-32", -1, 0 },
		{ "0000-01-01", -1, 0 }, { "", -1, 0 },
		{ "2026-1-01", -1, 0 }, { "2026-01-1", -1, 0 },
		{ "26-01-01", -1, 0 }, { "2026/01/01", -1, 0 },
		{ "20260101", -1, 0 }, { " 2026-01-01", -1, 0 },
		{ "2026-01-01 ", -1, 0 }, { "2026-01-01T", -1, 0 },
		{ "+026-01-01", -1, 0 }, { "-026-01-01", -1, 0 },
		{ "2026-01-0x", -1, 0 }, { "2026-+1-01", -1, 0 },
		{ "10000-01-01", -1, 0 }, { "\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6-1", -1, 0 },
	};
	/* clang-format on */
	char text[11];

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		date_t d = 12345;
		int rc = date_parse(rows[i].text, strlen(rows[i].text), &d);

		CHECK_ROW(i, rc == rows[i].rc);
		CHECK_ROW(i, d == (rc == 0 ? rows[i].d : 12345));
		if (rc < 0)
			continue;
		date_format(d, text);
		CHECK_ROW(i, strcmp(text, rows[i].text) == 0);
	}
}

static void
test_instant__parses_utc_only(void **state)
{
	/* clang-format off */
	static const struct { const char *text; int rc; instant_t t; } rows[] = {
		{ "1970-01-01T00:00:00Z", 0, 0 },
		{ "1970-01-01T00:00:00.000001Z", 0, 1 },
		{ "1970-01-01T00:00:00.1Z", 0, 100000 },
		{ "1970-01-01T00:00:00.12Z", 0, 120000 },
		{ "1969-12-31T23:59:59.999999Z", 0, -1 },
		{ "2026-11-22T07:15:00Z", 0, INT64_C(1795331700000000) },
		{ "9999-12-31T23:59:59.999999Z", 0, INT64_C(253402300799999999) },
		{ "0001-01-01T00:00:00Z", 0, INT64_C(-62135596800000000) },
		{ "2026-11-22T24:00:00Z", -1, 0 }, { "2026-11-22T07:60:00Z", -1, 0 },
		{ "2026-11-22T07:15:60Z", -1, 0 }, { "2026-11-22T07:15:00", -1, 0 },
		{ "2026-11-22T07:15:00+00:00", -1, 0 }, { "2026-11-22 07:15:00Z", -1, 0 },
		{ "2026-11-22t07:15:00z", -1, 0 }, { "2026-11-22T07:15:00.Z", -1, 0 },
		{ "2026-11-22T07:15:00.1234567Z", -1, 0 }, { "2026-11-22T07:15Z", -1, 0 },
		{ "2026-11-22T07:15:00,5Z", -1, 0 }, { "2026-11-22T07:15:00.-1Z", -1, 0 },
		{ "2026-02-30T07:15:00Z", -1, 0 }, { "2026-11-22T-7:15:00Z", -1, 0 },
		{ "", -1, 0 }, { "Z", -1, 0 }, { "2026-11-22", -1, 0 },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		instant_t t = 12345;
		int rc = instant_parse(rows[i].text, strlen(rows[i].text), &t);

		CHECK_ROW(i, rc == rows[i].rc);
		CHECK_ROW(i, t == (rc == 0 ? rows[i].t : 12345));
	}
}

static void
test_instant__formats_what_it_parses(void **state)
{
	static const instant_t rows[] = { 0, 1, -1, 999999, -999999, -1000000,
		INT64_C(1795331700123456), INT64_C(253402300799999999),
		INT64_C(-62135596800000000), US_PER_DAY, -US_PER_DAY,
		US_PER_DAY - 1 };
	char text[28];
	instant_t t;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		instant_format(rows[i], text);
		CHECK_ROW(i, strlen(text) == 27);
		CHECK_ROW(i, instant_parse(text, 27, &t) == 0 && t == rows[i]);
	}
	instant_format(INT64_C(1795331700123456), text);
	assert_string_equal(text, "2026-11-22T07:15:00.123456Z");
}

static void
test_date__of_an_instant_follows_the_zone(void **state)
{
	/* clang-format off */
	static const struct { const char *zone, *instant, *day; } rows[] = {
		{ "UTC", "2026-11-22T23:59:59.999999Z", "2026-11-22" },
		{ "UTC", "2026-11-23T00:00:00Z", "2026-11-23" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-11-22T22:59:59Z", "2026-11-22" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-11-22T23:00:00Z", "2026-11-23" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01T21:59:59Z", "2026-07-01" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01T22:00:00Z", "2026-07-02" },
		{ "EST5", "2026-11-23T04:59:59.5Z", "2026-11-22" },
		{ "UTC", "1969-12-31T23:59:59.999999Z", "1969-12-31" },
		{ "<+14>-14", "9999-12-31T00:00:00Z", "9999-12-31" },
	};
	/* clang-format on */
	const char *was = getenv("TZ");
	char *saved = was != NULL ? strdup(was) : NULL;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		instant_t t = 0;
		char text[11];

		setenv("TZ", rows[i].zone, 1);
		tzset();
		CHECK_ROW(i,
		    instant_parse(rows[i].instant, strlen(rows[i].instant),
			&t) == 0);
		date_format(date_of_instant(t), text);
		CHECK_ROW(i, strcmp(text, rows[i].day) == 0);
	}
	if (saved != NULL)
		setenv("TZ", saved, 1);
	else
		unsetenv("TZ");
	tzset();
	free(saved);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date__counts_every_day),
		cmocka_unit_test(test_date__parses_one_form_only),
		cmocka_unit_test(test_instant__parses_utc_only),
		cmocka_unit_test(test_instant__formats_what_it_parses),
		cmocka_unit_test(test_date__of_an_instant_follows_the_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
