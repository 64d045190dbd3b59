/*
 * The route table: it is sound, each kind of fault is found, and what is
 * made from it is what was reviewed (tests/golden).
 */
#include "support/golden.h"

#include "api/openapi.h"
#include "api/route.h"

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

static int
handler(struct ctx *c, struct err *e)
{
	(void)c;
	(void)e;
	return 0;
}

struct thing {
	const char *number;
	const char *text;
};

/* clang-format off */
static const struct field thing_fields[] = {
	F_STR(thing, number, .flags = FIELD_PATH, .doc = "-"),
	F_STR(thing, text, .doc = "-"),
};
static const struct field by_number_fields[] = {
	F_STR(thing, number, .flags = FIELD_PATH, .doc = "-"),
};
static const struct field no_path_fields[] = {
	F_STR(thing, number, .doc = "-"),
};
/* clang-format on */
static const struct schema thing_schema = SCHEMA(thing, thing_fields, "-");
static const struct schema by_number_schema =
    SCHEMA(thing, by_number_fields, "-");
static const struct schema no_path_schema = SCHEMA(thing, no_path_fields, "-");

static const struct route good_get = {
	.method = METHOD_GET,
	.path = "/api/v1/things/{number}",
	.access = PERM_SIGNED_IN,
	.pool = POOL_REGISTER,
	.tx = TX_READ,
	.in = &by_number_schema,
	.out = &thing_schema,
	.handler = handler,
	.summary = "One thing",
	.errors = ERRS(ERR_NOT_FOUND),
};
static const struct route good_put = {
	.method = METHOD_PUT,
	.path = "/api/v1/things/{number}",
	.access = PERM_REQUEST,
	.pool = POOL_REGISTER,
	.tx = TX_WRITE,
	.flags = ROUTE_IF_MATCH | ROUTE_IDEMPOTENT,
	.in = &thing_schema,
	.out = &thing_schema,
	.handler = handler,
	.summary = "Change a thing",
	.errors = ERRS(ERR_NOT_FOUND, ERR_STALE),
};

static void
test_routes__the_table_is_sound(void **state)
{
	const char *fault = route_check_all();

	(void)state;
	if (fault != NULL)
		print_error("%s\n", fault);
	assert_null(fault);
}

static void
test_routes__a_good_table_passes(void **state)
{
	const struct route table[] = { good_get, good_put };

	(void)state;
	assert_null(route_check(table, 2));
	assert_int_equal(200, route_status(&good_get));
}

static void
expect_fault(struct route r, const char *words)
{
	const char *fault = route_check(&r, 1);

	if (fault == NULL || strstr(fault, words) == NULL)
		print_error("wanted %s, got %s\n", words,
		    fault != NULL ? fault : "none");
	assert_non_null(fault);
	assert_non_null(strstr(fault, words));
}

static void
test_routes__every_forgotten_column_is_found(void **state)
{
	struct route r;

	(void)state;
	expect_fault((struct route){ 0 }, "no path");
	r = good_get;
	r.method = METHOD__INVALID;
	expect_fault(r, "no method");
	r = good_get;
	r.access = PERM__INVALID;
	expect_fault(r, "no access");
	r = good_get;
	r.pool = POOL__INVALID;
	expect_fault(r, "no pool");
	r = good_get;
	r.tx = TX__INVALID;
	expect_fault(r, "no tx");
	r = good_get;
	r.handler = NULL;
	expect_fault(r, "no handler");
	r = good_get;
	r.summary = "";
	expect_fault(r, "no summary");
	r = good_get;
	r.errors = NULL;
	expect_fault(r, "no errors");
	r = good_get;
	r.errors = ERRS(ERR__MAX);
	expect_fault(r, "without a row");
}

static void
test_routes__columns_fit_together(void **state)
{
	struct route r;

	(void)state;
	r = good_get;
	r.path = "/things/{number}";
	expect_fault(r, "below");
	r = good_get;
	r.in = NULL;
	expect_fault(r, "not in the input");
	r = good_get;
	r.in = &no_path_schema;
	expect_fault(r, "FIELD_PATH");
	r = good_get;
	r.path = "/api/v1/things";
	expect_fault(r, "differ");
	r = good_get;
	r.in = &thing_schema;
	expect_fault(r, "a body on GET");
	r = good_put;
	r.tx = TX_READ;
	expect_fault(r, "without TX_WRITE");
	r = good_put;
	r.access = PERM_ANYONE;
	expect_fault(r, "anybody");
	r = good_put;
	r.flags = ROUTE_KEY_REQUIRED;
	expect_fault(r, "does not honour");
	r = good_get;
	r.flags = ROUTE_IDEMPOTENT;
	expect_fault(r, "without a transaction");
}

static void
test_routes__twins_are_found(void **state)
{
	struct route table[] = { good_get, good_get };

	(void)state;
	assert_non_null(strstr(route_check(table, 2), "twice"));
	/* {id} takes the same addresses as {number} */
	table[1].path = "/api/v1/things/{id}";
	assert_non_null(route_check(table, 2));
}

static void
test_routes__openapi_is_as_reviewed(void **state)
{
	struct buf line, text;

	(void)state;
	buf_init(&line, &arena);
	buf_init(&text, &arena);
	openapi_write(&line);
	json_indent(&text, buf_text(&line));
	golden_check("tests/golden/openapi.json", buf_text(&text));
}

static void
test_routes__access_matrix_is_as_reviewed(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, &arena);
	route_matrix_write(&text);
	golden_check("tests/golden/routes.txt", buf_text(&text));
}

static void
test_routes__indenting_keeps_strings(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, &arena);
	json_indent(&text,
	    "{\"a\":[],\"b\":[1,{\"c\":\"{,:\\\"}\"}],\"d\":{}}");
	assert_string_equal("{\n  \"a\": [],\n  \"b\": [\n    1,\n    {\n"
			    "      \"c\": \"{,:\\\"}\"\n    }\n  ],\n"
			    "  \"d\": {}\n}\n",
	    buf_text(&text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_routes__the_table_is_sound),
		cmocka_unit_test(test_routes__a_good_table_passes),
		cmocka_unit_test(test_routes__every_forgotten_column_is_found),
		cmocka_unit_test(test_routes__columns_fit_together),
		cmocka_unit_test(test_routes__twins_are_found),
		cmocka_unit_test(test_routes__openapi_is_as_reviewed),
		cmocka_unit_test(test_routes__access_matrix_is_as_reviewed),
		cmocka_unit_test(test_routes__indenting_keeps_strings),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
