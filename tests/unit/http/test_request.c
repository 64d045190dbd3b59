/* What nginx hands over, turned into a request or refused. */
#include "support/test.h"

#include "http/request.h"

#define COOKIE "__Host-exreg"
#define ID "0123456789abcdef0123456789abcdef"

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

/* A good request with up to two parameters added. */
static int
read_with(struct request *r, const char *name1, const char *value1,
    const char *name2, const char *value2, struct err *e)
{
	struct param params[8] = {
		{ "REQUEST_ID", ID },
		{ "REQUEST_METHOD", "GET" },
		{ "REQUEST_URI", "/api/v1/me?x=1" },
		{ "REMOTE_ADDR", "192.0.2.1" },
	};
	struct request_raw raw = { .params = params, .nparams = 4 };

	if (name1 != NULL)
		params[raw.nparams++] = (struct param){ name1, value1 };
	if (name2 != NULL)
		params[raw.nparams++] = (struct param){ name2, value2 };
	memset(r, 0, sizeof(*r));
	memset(e, 0, sizeof(*e));
	r->arena = &arena;
	return request_read(r, &raw, COOKIE, e);
}

/* A request line of its own. */
static int
read_line(struct request *r, const char *method, const char *uri, struct err *e)
{
	const struct param params[] = {
		{ "REQUEST_METHOD", method },
		{ "REQUEST_URI", uri },
	};
	const struct request_raw raw = { .params = params, .nparams = 2 };

	memset(r, 0, sizeof(*r));
	memset(e, 0, sizeof(*e));
	r->arena = &arena;
	return request_read(r, &raw, COOKIE, e);
}

static void
test_request__reads_the_plain_one(void **state)
{
	struct request r;
	struct err e;

	(void)state;
	assert_int_equal(0,
	    read_with(&r, "HTTP_IF_MATCH", "\"r1-c1\"", NULL, NULL, &e));
	assert_int_equal(METHOD_GET, r.method);
	assert_string_equal("/api/v1/me", r.path);
	assert_string_equal("1", request_query(&r, "x"));
	assert_null(request_query(&r, "y"));
	assert_string_equal(ID, r.id);
	assert_string_equal("192.0.2.1", r.remote_addr);
	assert_string_equal("\"r1-c1\"", r.if_match);
	assert_null(r.cookie);
	assert_null(r.origin);
	assert_string_equal("", r.body);
	assert_int_equal(0, r.body_len);
}

static void
test_request__refuses_every_header_given_twice(void **state)
{
	static const char *const names[] = { "HTTP_COOKIE", "HTTP_ORIGIN",
		"HTTP_SEC_FETCH_SITE", "HTTP_SEC_FETCH_MODE", "HTTP_IF_MATCH",
		"HTTP_IF_NONE_MATCH", "HTTP_IDEMPOTENCY_KEY",
		"HTTP_CONTENT_TYPE", "HTTP_USER_AGENT", "CONTENT_LENGTH" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct request r;
		struct err e;

		CHECK_ROW(i, request_wants(names[i], strlen(names[i])));
		CHECK_ROW(i,
		    read_with(&r, names[i], "1", names[i], "1", &e) == -1);
		CHECK_ROW(i, e.kind == ERR_BAD_REQUEST);
		CHECK_ROW(i, strcmp(r.id, ID) == 0);
	}
}

static void
test_request__ignores_headers_it_does_not_read(void **state)
{
	struct request r;
	struct err e;

	(void)state;
	assert_int_equal(0,
	    read_with(&r, "HTTP_PROXY", "http://a", "HTTP_PROXY", "b", &e));
	assert_false(request_wants("HTTP_PROXY", 10));
	assert_false(request_wants("HTTP_HOST", 9));
}

static void
test_request__refuses_lists_and_odd_bytes(void **state)
{
	static const struct {
		const char *name;
		const char *value;
	} rows[] = {
		{ "HTTP_SEC_FETCH_SITE", "same-origin, cross-site" },
		{ "HTTP_ORIGIN", "https://a, https://b" },
		{ "HTTP_IF_MATCH", "\"r1-c1\", \"r2-c1\"" },
		{ "HTTP_IDEMPOTENCY_KEY", "a\nb" },
		{ "HTTP_ORIGIN", "https://a\x01" },
		{ "HTTP_ORIGIN", "https://\xc3\xa4" },
		{ "HTTP_COOKIE", "a=\x7f" },
		{ "HTTP_CONTENT_TYPE", "application/json\r\nX: y" },
		{ "HTTP_SEC_FETCH_SITE",
		    "a-value-that-is-much-longer-than-any-browser-sends" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct request r;
		struct err e;

		CHECK_ROW(i,
		    read_with(&r, rows[i].name, rows[i].value, NULL, NULL,
			&e) == -1);
		CHECK_ROW(i, e.kind == ERR_BAD_REQUEST);
	}
}

static void
test_request__takes_only_our_cookie(void **state)
{
	static const struct {
		const char *header;
		const char *value; /* NULL: none, "!": refused */
	} rows[] = {
		{ COOKIE "=abc", "abc" },
		{ "a=1; " COOKIE "=abc; b=2", "abc" },
		{ "a=1;" COOKIE "=abc", "abc" },
		{ "a=\xc3\xa4; " COOKIE "=abc", "abc" },
		{ COOKIE "=", "" },
		{ COOKIE "=a=b", "a=b" },
		{ "x" COOKIE "=abc", NULL },
		{ COOKIE "x=abc", NULL },
		{ "exreg=abc", NULL },
		{ COOKIE, NULL },
		{ "__host-exreg=abc", NULL },
		{ COOKIE "=a; " COOKIE "=b", "!" },
		{ COOKIE "=a; b=1; " COOKIE "=a", "!" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *want = rows[i].value;
		struct request r;
		struct err e;
		int rc = read_with(&r, "HTTP_COOKIE", rows[i].header, NULL,
		    NULL, &e);

		if (want != NULL && strcmp(want, "!") == 0) {
			CHECK_ROW(i, rc == -1 && e.kind == ERR_BAD_REQUEST);
			continue;
		}
		CHECK_ROW(i, rc == 0);
		CHECK_ROW(i, (r.cookie == NULL) == (want == NULL));
		if (want != NULL)
			CHECK_ROW(i, strcmp(r.cookie, want) == 0);
	}
}

static void
test_request__keeps_unknown_methods_for_the_log(void **state)
{
	struct request r;
	struct err e;

	(void)state;
	assert_int_equal(0, read_line(&r, "PATCH", "/", &e));
	assert_int_equal(METHOD__INVALID, r.method);
	assert_string_equal("PATCH", r.method_text);
	assert_int_equal(0, read_line(&r, "get", "/", &e));
	assert_int_equal(METHOD__INVALID, r.method);
}

static void
test_request__bounds_the_address(void **state)
{
	char uri[REQUEST_PATH_MAX + REQUEST_QUERY_MAX + 16];
	struct request r;
	struct err e;

	(void)state;
	memset(uri, 'a', sizeof(uri));
	uri[0] = '/';
	uri[REQUEST_PATH_MAX] = '\0';
	assert_int_equal(0, read_line(&r, "GET", uri, &e));
	uri[REQUEST_PATH_MAX] = 'a';
	uri[REQUEST_PATH_MAX + 1] = '\0';
	assert_int_equal(-1, read_line(&r, "GET", uri, &e));
	assert_int_equal(ERR_BAD_REQUEST, e.kind);

	memset(uri, 'a', sizeof(uri));
	memcpy(uri, "/?", 2);
	uri[2 + REQUEST_QUERY_MAX] = '\0';
	assert_int_equal(0, read_line(&r, "GET", uri, &e));
	uri[2 + REQUEST_QUERY_MAX] = 'a';
	uri[3 + REQUEST_QUERY_MAX] = '\0';
	assert_int_equal(-1, read_line(&r, "GET", uri, &e));
	assert_int_equal(-1, read_line(&r, "GET", "http://a/", &e));
}

static void
test_request__makes_an_id_when_there_is_none(void **state)
{
	struct request r, s;
	struct err e;

	(void)state;
	assert_int_equal(0, read_line(&r, "GET", "/", &e));
	assert_int_equal(0, read_line(&s, "GET", "/", &e));
	assert_int_equal(32, strlen(r.id));
	assert_string_not_equal(r.id, s.id);
}

static void
test_request__cuts_and_cleans_the_user_agent(void **state)
{
	char long_agent[1000];
	struct request r;
	struct err e;

	(void)state;
	memset(long_agent, 'x', sizeof(long_agent));
	memcpy(long_agent, "A\x01\xff", 3);
	long_agent[sizeof(long_agent) - 1] = '\0';
	assert_int_equal(0,
	    read_with(&r, "HTTP_USER_AGENT", long_agent, NULL, NULL, &e));
	assert_int_equal(256, strlen(r.user_agent));
	assert_memory_equal("A??x", r.user_agent, 4);
}

static void
test_request__refuses_bodies_that_are_cut_or_too_large(void **state)
{
	const struct param params[] = {
		{ "REQUEST_METHOD", "POST" },
		{ "REQUEST_URI", "/" },
	};
	struct request_raw raw = { .params = params, .nparams = 2 };
	struct request r = { .arena = &arena };
	struct err e = { 0 };

	(void)state;
	raw.body_state = BODY_TOO_LARGE;
	assert_int_equal(-1, request_read(&r, &raw, COOKIE, &e));
	assert_int_equal(ERR_TOO_LARGE, e.kind);
	raw.body_state = BODY_CUT;
	memset(&e, 0, sizeof(e));
	assert_int_equal(-1, request_read(&r, &raw, COOKIE, &e));
	assert_int_equal(ERR_BAD_REQUEST, e.kind);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_request__reads_the_plain_one),
		cmocka_unit_test(
		    test_request__refuses_every_header_given_twice),
		cmocka_unit_test(
		    test_request__ignores_headers_it_does_not_read),
		cmocka_unit_test(test_request__refuses_lists_and_odd_bytes),
		cmocka_unit_test(test_request__takes_only_our_cookie),
		cmocka_unit_test(
		    test_request__keeps_unknown_methods_for_the_log),
		cmocka_unit_test(test_request__bounds_the_address),
		cmocka_unit_test(test_request__makes_an_id_when_there_is_none),
		cmocka_unit_test(test_request__cuts_and_cleans_the_user_agent),
		cmocka_unit_test(
		    test_request__refuses_bodies_that_are_cut_or_too_large),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
