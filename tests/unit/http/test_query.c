/* Query strings and paths: what is decoded, and what is refused. */
#include "support/test.h"

#include "http/path.h"
#include "http/query.h"

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
test_query__decodes_pairs_in_order(void **state)
{
	const struct param *p = NULL;
	struct err e = { 0 };
	size_t n = 0;

	(void)state;
	assert_int_equal(0,
	    query_parse(&arena, "q=a+b%2Bc&&status=active%2Cexpiring&x=", &p,
		&n, &e));
	assert_int_equal(3, n);
	assert_string_equal("q", p[0].name);
	assert_string_equal("a b+c", p[0].value);
	assert_string_equal("active,expiring", p[1].value);
	assert_string_equal("", p[2].value);
	assert_int_equal(0, query_parse(&arena, "", &p, &n, &e));
	assert_int_equal(0, n);
}

#define FOUR(n) #n "1&" #n "2&" #n "3&" #n "4&"

/* 33 of them; 32 are enough for any page. */
static const char many_parameters[] =
    FOUR(a) FOUR(b) FOUR(c) FOUR(d) FOUR(e) FOUR(f) FOUR(g) FOUR(h) "i1";

static void
test_query__refuses_what_is_not_plain(void **state)
{
	static const char *const rows[] = {
		"a=1&a=2",                    /* which one? */
		"%61=1&a=2",                  /* the same name, spelled twice */
		"=1",                         /* no name */
		"a=%",                        /* broken escapes */
		"a=%4", "a=%zz", "a=%00",     /* control bytes */
		"a=%0d%0a", "a=%7f", "a=%ff", /* not UTF-8 */
		"a=%ed%b0%80", "a=%c0%af", many_parameters, /* too many */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct param *p;
		struct err e = { 0 };
		size_t n;

		CHECK_ROW(i, query_parse(&arena, rows[i], &p, &n, &e) == -1);
		CHECK_ROW(i, e.kind == ERR_BAD_REQUEST);
	}
}

static void
test_path__decodes_once(void **state)
{
	static const struct {
		const char *raw;
		const char *path;
	} rows[] = {
		{ "/", "/" },
		{ "/api/v1/exceptions/EX-2026-00042",
		    "/api/v1/exceptions/EX-2026-00042" },
		{ "/api/v1/%65xceptions", "/api/v1/exceptions" },
		{ "/a/%C3%A4", "/a/\xc3\xa4" },
		{ "/a+b", "/a+b" },
		{ "/a/...", "/a/..." },
		{ "", NULL },
		{ "a", NULL },
		{ "/a/../b", NULL },
		{ "/a/./b", NULL },
		{ "/a/..", NULL },
		{ "/a/%2e%2e/b", NULL },
		{ "/a%2fb", NULL },
		{ "/a%5cb", NULL },
		{ "/a%2500", NULL },
		{ "/a%00", NULL },
		{ "/a%0d%0ab", NULL },
		{ "/a#b", NULL },
		{ "/a%23b", NULL },
		{ "/a%f", NULL },
		{ "/%ff", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *path =
		    path_decode(&arena, rows[i].raw, strlen(rows[i].raw));

		CHECK_ROW(i, (path == NULL) == (rows[i].path == NULL));
		if (path != NULL)
			CHECK_ROW(i, strcmp(path, rows[i].path) == 0);
	}
}

static void
test_path__matches_whole_patterns(void **state)
{
	static const struct {
		const char *pattern;
		const char *path;
		bool match;
		size_t n;
	} rows[] = {
		{ "/api/v1/me", "/api/v1/me", true, 0 },
		{ "/api/v1/me", "/api/v1/me/", false, 0 },
		{ "/api/v1/me", "/api/v1/men", false, 0 },
		{ "/api/v1/me", "/api/v1", false, 0 },
		{ "/api/v1/me", "/API/v1/me", false, 0 },
		{ "/e/{number}", "/e/EX-1", true, 1 },
		{ "/e/{number}", "/e/", false, 0 },
		{ "/e/{number}", "/e", false, 0 },
		{ "/e/{number}", "/e/a/b", false, 0 },
		{ "/e/{number}/steps", "/e/1/steps", true, 1 },
		{ "/e/{number}/steps", "/e//steps", false, 0 },
		{ "/e/{a}/{b}", "/e/1/2", true, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct param values[PATH_NAMES_MAX];
		size_t n = 99;
		bool match = path_match(&arena, rows[i].pattern, rows[i].path,
		    values, &n);

		CHECK_ROW(i, match == rows[i].match);
		CHECK_ROW(i, !match || n == rows[i].n);
	}
}

static void
test_path__gives_the_values_by_name(void **state)
{
	struct param values[PATH_NAMES_MAX];
	size_t n = 0;

	(void)state;
	assert_true(path_match(&arena, "/e/{number}/x/{id}", "/e/EX-1/x/7",
	    values, &n));
	assert_int_equal(2, n);
	assert_string_equal("number", values[0].name);
	assert_string_equal("EX-1", values[0].value);
	assert_string_equal("id", values[1].name);
	assert_string_equal("7", values[1].value);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_query__decodes_pairs_in_order),
		cmocka_unit_test(test_query__refuses_what_is_not_plain),
		cmocka_unit_test(test_path__decodes_once),
		cmocka_unit_test(test_path__matches_whole_patterns),
		cmocka_unit_test(test_path__gives_the_values_by_name),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
