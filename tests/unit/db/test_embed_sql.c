/* scripts/embed-sql.awk, with each awk there is. */
#include "support/test.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const awks[] = { "mawk", "gawk" };

static char dir[] = "/tmp/exreg-embed-XXXXXX";

static int
setup(void **state)
{
	(void)state;
	return mkdtemp(dir) == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command);
}

/* Run the script over files of that text; fills out. Its exit code, or -1
 * when there is no such awk. */
static int
embed(const char *awk, const char *kind, const char *a, const char *b,
    char *out, size_t size)
{
	const char *texts[] = { a, b };
	char command[400];
	char files[100] = "";
	size_t used = 0;
	size_t n;
	FILE *p;

	for (size_t i = 0; i < 2; i++) {
		char path[60];

		if (texts[i] == NULL)
			continue;
		snprintf(path, sizeof(path), "%s/%c.sql", dir, 'a' + (int)i);
		p = fopen(path, "w");
		fputs(texts[i], p);
		fclose(p);
		used += (size_t)snprintf(files + used, sizeof(files) - used,
		    " %s", path);
	}
	snprintf(command, sizeof(command),
	    "command -v %s >/dev/null || exit 99; %s -v kind=%s"
	    " -f scripts/embed-sql.awk%s 2>&1 </dev/null",
	    awk, awk, kind, files);
	p = popen(command, "r");
	n = fread(out, 1, size - 1, p);
	out[n] = '\0';
	return WEXITSTATUS(pclose(p));
}

static void
each_awk(const char *kind, const char *a, const char *b, int code,
    const char *want)
{
	char out[4000];
	int ran = 0;

	for (size_t i = 0; i < 2; i++) {
		int got = embed(awks[i], kind, a, b, out, sizeof(out));

		if (got == 99)
			continue;
		ran++;
		if (got != code || strstr(out, want) == NULL)
			print_error("%s: %d: %s\n", awks[i], got, out);
		CHECK_ROW(i, got == code);
		CHECK_ROW(i, strstr(out, want) != NULL);
	}
	assert_true(ran > 0);
}

#define GOOD                                                      \
 "-- Statements of a.\n\n"                                        \
 "-- name: a_by_id (is) -> exception\n"                           \
 "-- Why; it is so.\n"                                            \
 "SELECT a, \"x\\n\"\n  FROM t -- t is short\n WHERE id = ?;  \n" \
 "\n-- name: a_touch ()\nUPDATE t SET a = 1;\n"

static void
test_embed_sql__makes_the_table(void **state)
{
	(void)state;
	each_awk("header", GOOD, NULL, 0,
	    "enum stmt_id {\n\tSTMT_A_BY_ID,\n\tSTMT_A_TOUCH,\n\tSTMT__MAX\n}");
	each_awk("source", GOOD, NULL, 0,
	    "\t{ \"a_by_id\", \"is\", &exception_schema, \"a.sql:3\",\n"
	    "\t    \"SELECT a, \\\"x\\\\n\\\"\\n\"\n"
	    "\t    \"FROM t -- t is short\\n\"\n"
	    "\t    \"WHERE id = ?\" },\n"
	    "\t{ \"a_touch\", \"\", NULL, \"a.sql:9\",\n"
	    "\t    \"UPDATE t SET a = 1\" },\n");
}

static void
test_embed_sql__nothing_is_a_table_too(void **state)
{
	(void)state;
	each_awk("header", NULL, NULL, 0, "enum stmt_id {\n\tSTMT__MAX\n}");
	each_awk("source", "", NULL, 0, "{ NULL, NULL, NULL, NULL, NULL }");
}

static void
test_embed_sql__refuses_what_is_wrong(void **state)
{
	static const struct {
		const char *a;
		const char *b;
		const char *why;
	} cases[] = {
		{ GOOD, GOOD, "b.sql:3: statement a_by_id is also in a.sql:3" },
		{ "-- name: x (q)\nSELECT 1;\n", NULL, "a.sql:1: heading" },
		{ "-- name: X ()\nSELECT 1;\n", NULL, "a.sql:1: heading" },
		{ "-- name: x () ->\nSELECT 1;\n", NULL, "a.sql:1: heading" },
		{ "-- name: x\nSELECT 1;\n", NULL, "a.sql:1: heading" },
		{ "-- name: x ()\nSELECT 1\n", NULL, "x has no end" },
		{ "-- name: x ()\nSELECT 1\n", GOOD, "x of the file before" },
		{ "-- name: x ()\nSELECT 1\n-- name: y ()\nSELECT 2;\n", NULL,
		    "a.sql:3: statement x has no end" },
		{ "-- name: x ()\n;\n", NULL, "x is empty" },
		{ "SELECT 1;\n", NULL, "a.sql:1: text outside" },
		{ "-- name: x ()\nSELECT 1;\nSELECT 2;\n", NULL,
		    "a.sql:3: text outside" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		each_awk("source", cases[i].a, cases[i].b, 1, cases[i].why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_embed_sql__makes_the_table),
		cmocka_unit_test(test_embed_sql__nothing_is_a_table_too),
		cmocka_unit_test(test_embed_sql__refuses_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
