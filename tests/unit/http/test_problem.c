/* RFC 9457 bodies: what a client is told, and what it is not. */
#include "support/test.h"

#include "http/problem.h"

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

static const char *
header(const struct response *r, const char *name)
{
	for (size_t i = 0; i < r->nheaders; i++)
		if (strcmp(r->headers[i].name, name) == 0)
			return r->headers[i].value;
	return NULL;
}

static void
test_problem__lists_every_faulty_field(void **state)
{
	const struct problem p = { .instance = "id-1", .stale_at = TIME_NONE };
	struct response r;
	struct err e = { 0 };

	(void)state;
	response_init(&r, &arena);
	err_field(&e, &arena, "/title", "is %s", "required");
	err_field(&e, &arena, "?limit", "is not a number");
	problem_write(&r, &e, &p);
	assert_int_equal(422, r.status);
	assert_string_equal("application/problem+json", r.content_type);
	assert_non_null(strstr(buf_text(&r.body),
	    "\"errors\":[{\"pointer\":\"/title\",\"detail\":\"is required\"},"
	    "{\"pointer\":\"?limit\",\"detail\":\"is not a number\"}]"));
	assert_non_null(strstr(buf_text(&r.body), "\"instance\":\"id-1\""));
	assert_non_null(strstr(buf_text(&r.body), "\"type\":\"/problems/"));
}

static void
test_problem__keeps_causes_of_server_errors_to_itself(void **state)
{
	const struct problem p = { .instance = "id-2", .stale_at = TIME_NONE };

	(void)state;
	for (int k = ERR_NONE + 1; k < ERR__MAX; k++) {
		struct response r;
		struct err e = { 0 };

		response_init(&r, &arena);
		err_set(&e, (enum err_kind)k, "WORDS");
		err_cause(&e, "SQLSTATE");
		problem_write(&r, &e, &p);
		CHECK_ROW(k, strstr(buf_text(&r.body), "SQLSTATE") == NULL);
		CHECK_ROW(k,
		    (strstr(buf_text(&r.body), "WORDS") != NULL) ==
			(r.status < 500));
		CHECK_ROW(k,
		    (header(&r, "Retry-After") != NULL) ==
			(r.status == 429 || r.status == 503));
	}
}

static void
test_problem__says_which_version_is_there_now(void **state)
{
	const struct problem p = {
		.instance = "id-3",
		.stale_etag = "\"r2-c1\"",
		.stale_by = "Sam Okafor",
		.stale_at = 0,
	};
	struct response r;
	struct err e = { 0 };

	(void)state;
	response_init(&r, &arena);
	err_set(&e, ERR_STALE, "changed");
	problem_write(&r, &e, &p);
	assert_int_equal(412, r.status);
	assert_non_null(strstr(buf_text(&r.body),
	    "\"current_etag\":\"\\\"r2-c1\\\"\",\"changed_by\":\"Sam Okafor\","
	    "\"changed_at\":\"1970-01-01T00:00:00.000000Z\""));
}

static void
test_problem__names_the_allowed_methods(void **state)
{
	const struct problem p = {
		.instance = "id-4",
		.allow = "GET, POST",
		.stale_at = TIME_NONE,
	};
	struct response r;
	struct err e = { 0 };

	(void)state;
	response_init(&r, &arena);
	response_header(&r, "Set-Cookie", "x=1");
	err_set(&e, ERR_METHOD_NOT_ALLOWED, "no");
	problem_write(&r, &e, &p);
	assert_string_equal("GET, POST", header(&r, "Allow"));
	assert_null(header(&r, "Set-Cookie"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_problem__lists_every_faulty_field),
		cmocka_unit_test(
		    test_problem__keeps_causes_of_server_errors_to_itself),
		cmocka_unit_test(test_problem__says_which_version_is_there_now),
		cmocka_unit_test(test_problem__names_the_allowed_methods),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
