/* CSV from others: read as it is meant, or refused with the place. */
#include "support/test.h"

#include "export/csv_read.h"

struct source {
	const char *text;
	size_t len, at, step;
};

static int
give(void *arg, void *buf, size_t n, struct err *e)
{
	struct source *s = arg;
	size_t left = s->len - s->at;

	(void)e;
	if (n > s->step)
		n = s->step;
	if (n > left)
		n = left;
	memcpy(buf, s->text + s->at, n);
	s->at += n;
	return (int)n;
}

static struct csv_reader r; /* large */

/* Rows as "a|b/c|d", a fault as "!column what". */
static const char *
read_all(const char *text, size_t len, size_t step)
{
	static char out[4096];
	struct source s = { text, len, 0, step };
	struct err e = { 0 };
	size_t used = 0;

	out[0] = '\0';
	if (csv_reader_begin(&r, give, &s, 0, &e) < 0)
		return e.detail[0] != '\0' ? "refused" : "?";
	while (csv_reader_next(&r, &e) == 1) {
		used += (size_t)snprintf(out + used, sizeof(out) - used,
		    "%s%lld:", used > 0 ? "/" : "", (long long)r.row);
		if (r.fault != NULL) {
			used += (size_t)snprintf(out + used, sizeof(out) - used,
			    "!%zu %.30s", r.fault_column, r.fault);
			continue;
		}
		for (size_t i = 0; i < r.ncells; i++)
			used += (size_t)snprintf(out + used, sizeof(out) - used,
			    "%s%s", i > 0 ? "|" : "", r.cells[i]);
	}
	return out;
}

static void
test_csv_read__rows_are_read_or_refused_with_the_place(void **state)
{
	static const struct {
		const char *text, *rows;
	} cases[] = {
		{ "a,b\r\n1,2\r\n", "1:a|b/2:1|2" },
		{ "a,b\n1,2", "1:a|b/2:1|2" },
		{ "\xef\xbb\xbf"
		  "a;b\n1;2,5\n",
		    "1:a|b/2:1|2,5" },
		{ "\"a,x\";b\n1;2\n", "1:a,x|b/2:1|2" },
		{ "a,b\n\"one \"\"two\"\"\",\"x\ny\"\n3,4\n",
		    "1:a|b/2:one \"two\"|x\ny/3:3|4" },
		{ "a,b\n\n , \n1,\n", "1:a|b/4:1|" },
		{ "a\n\"\"\nx\n", "1:a/3:x" },
		{ "a,b\n1,\"2\"x\n3,4\n",
		    "1:a|b/2:!2 has text behind the closing qu/3:3|4" },
		{ "a,b\n1,2\"3\n4,5\n",
		    "1:a|b/2:!2 has a quote inside a value tha/3:4|5" },
		{ "a,b\n1,\"2\n3,4\n",
		    "1:a|b/2:!2 has a quote that is never clos" },
		{ "a,b\nx,M\xfcller\n3,4\n",
		    "1:a|b/2:!2 is not UTF-8: save the file as/3:3|4" },
		{ "a,b\nx,M\xc3\xbcller\n", "1:a|b/2:x|M\xc3\xbcller" },
		{ "a,b\nx\x01,2\n", "1:a|b/2:!1 has a control character" },
		{ "a,b\r1,2\n", "1:!2 has a carriage return without /2:1|2" },
		{ "\xff\xfe"
		  "a",
		    "refused" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t len = strlen(cases[i].text);

		/* whatever the pieces it comes in; the heading in one */
		CHECK_ROW(i,
		    strcmp(read_all(cases[i].text, len, 65536),
			cases[i].rows) == 0);
		if (strncmp(cases[i].rows, "1:a|b", 5) == 0 &&
		    strchr(cases[i].text, ';') == NULL)
			CHECK_ROW(i,
			    strcmp(read_all(cases[i].text, len, 3),
				cases[i].rows) == 0);
	}
	assert_string_equal(read_all("a\0b\n", 4, 9),
	    "1:!1 is not UTF-8: save the file as");
}

/* Too much is told, and memory stays what it is. */
static void
test_csv_read__values_rows_and_columns_have_limits(void **state)
{
	static char big[CSV_ROW_MAX * 2];
	struct source s = { big, 0, 0, 4096 };
	struct err e = { 0 };

	(void)state;
	memset(big, 'x', sizeof(big));
	memcpy(big, "a,b\n", 4);
	big[4 + CSV_CELL_MAX + 1] = '\n';
	s.len = 4 + CSV_CELL_MAX + 2;
	assert_int_equal(csv_reader_begin(&r, give, &s, 0, &e), 0);
	assert_int_equal(csv_reader_next(&r, &e), 1);
	assert_int_equal(csv_reader_next(&r, &e), 1);
	assert_string_equal(r.fault, "is longer than 64 KB");
	assert_int_equal(r.fault_column, 1);
	memset(big + 4, ',', 200);
	big[204] = '\n';
	s = (struct source){ big, 205, 0, 4096 };
	assert_int_equal(csv_reader_begin(&r, give, &s, 0, &e), 0);
	assert_int_equal(csv_reader_next(&r, &e), 1);
	assert_int_equal(csv_reader_next(&r, &e), 1);
	assert_string_equal(r.fault, "has more than 100 columns");
	/* a quote that swallows the rest of a large file */
	memset(big, '\n', sizeof(big));
	big[0] = '"';
	s = (struct source){ big, sizeof(big), 0, 4096 };
	assert_int_equal(csv_reader_begin(&r, give, &s, ',', &e), 0);
	assert_int_equal(csv_reader_next(&r, &e), 1);
	assert_non_null(r.fault);
	assert_int_equal(csv_reader_next(&r, &e), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_csv_read__rows_are_read_or_refused_with_the_place),
		cmocka_unit_test(
		    test_csv_read__values_rows_and_columns_have_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
