/* CSV: what comes back from a reader is what went in, and nothing a
 * spreadsheet would run. */
#include "support/golden.h"

#include "export/csv.h"

enum colour { COLOUR__INVALID, COLOUR_RED, COLOUR_BLUE, COLOUR__MAX };
static const char *const colour_names[COLOUR__MAX] = { NULL, "red", "blue" };

struct thing {
	const char *text;
	const char *other;
	int64_t n;
	int64_t maybe;
	enum colour colour;
	date_t day;
	instant_t at;
	bool yes;
};

/* clang-format off */
static const struct field thing_fields[] = {
	F_STR(thing, text, .doc = "-"),
	F_STR(thing, other, .doc = "-"),
	F_I64(thing, n, .doc = "-"),
	F_I64(thing, maybe, .flags = FIELD_NULLABLE, .doc = "-"),
	F_ENUM(thing, colour, colour, .flags = FIELD_NULLABLE, .doc = "-"),
	F_DATE(thing, day, .doc = "-"),
	F_TIME(thing, at, .doc = "-"),
	F_BOOL(thing, yes, .doc = "-"),
};
/* clang-format on */
static const struct schema thing_schema = SCHEMA(thing, thing_fields, "-");

static char *out;
static size_t out_len;
static size_t out_cap;

static int
collect(void *arg, const void *data, size_t n, struct err *e)
{
	(void)arg;
	(void)e;
	while (out_len + n + 1 > out_cap) {
		out_cap = out_cap == 0 ? 4096 : 2 * out_cap;
		out = realloc(out, out_cap);
		assert_non_null(out);
	}
	memcpy(out + out_len, data, n);
	out_len += n;
	out[out_len] = '\0';
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(out);
	out = NULL;
	out_len = out_cap = 0;
	return 0;
}

static struct thing
plain(const char *text)
{
	return (struct thing){
		.text = text,
		.n = -5,
		.maybe = I64_NONE,
		.day = DATE_NONE,
		.at = TIME_NONE,
	};
}

static void
test_csv__file_is_as_reviewed(void **state)
{
	static const char *const hostile[] = { "plain", "", "a,b;c",
		"\"quoted\"", "two\nlines", "carriage\r\nreturn", "=1+1", "+1",
		"-1", "@SUM(A1)", "\tTAB", "\rCR", "=HYPERLINK(\"http://x\")",
		"\xef\xbc\x9d"
		"1",
		"\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0", "'=1",
		"\xc3\xbcml\xc3\xa4ut", " =1", "a=1", "DDE|cmd" };
	static struct csv c;
	struct err e = { 0 };
	struct thing full = {
		.text = NULL,
		.other = "=2",
		.n = INT64_MIN + 1,
		.maybe = 0,
		.colour = COLOUR_BLUE,
		.day = date_from_civil(2026, 11, 22),
		.at = date_from_civil(2026, 11, 22) * US_PER_DAY + 1,
		.yes = true,
	};

	(void)state;
	csv_begin(&c, collect, NULL);
	assert_int_equal(csv_header(&c, &thing_schema, &e), 0);
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		struct thing t = plain(hostile[i]);

		assert_int_equal(csv_row(&c, &thing_schema, &t, &e), 0);
	}
	assert_int_equal(csv_row(&c, &thing_schema, &full, &e), 0);
	assert_int_equal(csv_end(&c, &e), 0);
	golden_check("tests/golden/csv.csv", out);
}

/* The next cell of RFC 4180 text at *s, unquoted into cell. */
static void
read_cell(const char **s, char *cell, size_t size)
{
	size_t n = 0;

	assert_int_equal(*(*s)++, '"');
	for (;;) {
		assert_int_not_equal(**s, '\0');
		assert_true(n < size - 1);
		if (**s != '"') {
			cell[n++] = *(*s)++;
			continue;
		}
		if ((*s)[1] != '"')
			break;
		cell[n++] = '"';
		*s += 2;
	}
	(*s)++;
	cell[n] = '\0';
}

static bool
starts_formula(const char *s)
{
	return (*s != '\0' && strchr("=+-@\t\r", *s) != NULL) ||
	    strncmp(s, "\xef\xbc\x9d", 3) == 0 ||
	    strncmp(s, "\xef\xbc\x8b", 3) == 0 ||
	    strncmp(s, "\xef\xbc\x8d", 3) == 0 ||
	    strncmp(s, "\xef\xbc\xa0", 3) == 0;
}

#define CELLS 10000

static void
test_csv__random_cells_come_back(void **state)
{
	static const char *const parts[] = { "=", "+", "-", "@", "\t", "\r",
		"\n", "\"", ",", ";", "x", "'", " ", "\xef\xbc\x9d",
		"\xef\xbc\xa0", "\xc3\xa4", "1" };
	static char cells[CELLS][40];
	static struct csv c;
	struct err e = { 0 };
	unsigned seed = 7;
	const char *s;
	char cell[64];

	(void)state;
	csv_begin(&c, collect, NULL);
	for (size_t i = 0; i < CELLS; i++) {
		struct thing t = plain(cells[i]);
		size_t n = 0;

		for (unsigned k = 0; k < i % 8; k++) {
			const char *p;

			seed = seed * 1103515245u + 12345u;
			p = parts[(seed >> 16) %
			    (sizeof(parts) / sizeof(parts[0]))];
			memcpy(cells[i] + n, p, strlen(p));
			n += strlen(p);
		}
		assert_int_equal(csv_row(&c, &thing_schema, &t, &e), 0);
	}
	assert_int_equal(csv_end(&c, &e), 0);
	s = out;
	for (size_t i = 0; i < CELLS; i++) {
		bool guarded = starts_formula(cells[i]);

		read_cell(&s, cell, sizeof(cell));
		CHECK_ROW(i, !starts_formula(cell));
		CHECK_ROW(i, strcmp(cell + guarded, cells[i]) == 0);
		for (int k = 1; k < 8; k++) {
			CHECK_ROW(i, *s++ == ',');
			read_cell(&s, cell, sizeof(cell));
		}
		CHECK_ROW(i, s[0] == '\r' && s[1] == '\n');
		s += 2;
	}
	assert_int_equal(*s, '\0');
}

static int
refuse(void *arg, const void *data, size_t n, struct err *e)
{
	(void)arg;
	(void)data;
	(void)n;
	return err_set(e, ERR_BUSY, "full");
}

static void
test_csv__a_full_disk_is_an_error(void **state)
{
	static struct csv c;
	struct err e = { 0 };
	struct thing t = plain("some text");
	int rc = 0;

	(void)state;
	csv_begin(&c, refuse, NULL);
	for (int i = 0; i < 10000 && rc == 0; i++)
		rc = csv_row(&c, &thing_schema, &t, &e);
	assert_int_equal(rc, -1);
	assert_int_equal(e.kind, ERR_BUSY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_csv__file_is_as_reviewed,
		    teardown),
		cmocka_unit_test_teardown(test_csv__random_cells_come_back,
		    teardown),
		cmocka_unit_test(test_csv__a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
