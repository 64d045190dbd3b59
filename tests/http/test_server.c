/*
 * What every request meets before a handler: nginx and the pipeline, with
 * addresses that need nobody signed in.
 */
#include "support/test.h"

#include <stdlib.h>

#include "support/http_client.h"

static struct http_client client;

static int
setup(void **state)
{
	(void)state;
	http_client_open(&client);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	http_client_close(&client);
	return 0;
}

static void
expect_problem(const struct http_answer *r, int status, const char *type)
{
	struct http_answer copy = *r;

	if (r->status != status)
		print_error("status %d: %s\n", r->status, r->body);
	assert_int_equal(status, r->status);
	assert_true(r->complete);
	assert_string_equal("application/problem+json",
	    http_header(r, "content-type"));
	assert_string_equal(arena_printf(&client.arena, "/problems/%s", type),
	    http_text(&client, &copy, "type"));
	assert_int_equal(status,
	    (int)strtol(http_text(&client, &copy, "status"), NULL, 10));
	assert_int_equal(32, strlen(http_text(&client, &copy, "instance")));
	assert_string_equal("no-store", http_header(r, "cache-control"));
	assert_non_null(http_header(r, "content-security-policy"));
	assert_string_equal("nosniff",
	    http_header(r, "x-content-type-options"));
}

static void
test_server__is_well(void **state)
{
	struct http_answer r = http_get(&client, "/api/v1/health");

	(void)state;
	assert_int_equal(200, r.status);
	assert_string_equal("application/json; charset=utf-8",
	    http_header(&r, "content-type"));
	assert_non_null(http_header(&r, "content-length"));
	assert_string_equal("ok", http_text(&client, &r, "status"));
	assert_string_equal("no-store", http_header(&r, "cache-control"));
	assert_null(http_header(&r, "set-cookie"));
}

static void
test_server__describes_itself(void **state)
{
	struct http_answer r = http_get(&client, "/api/v1/openapi.json");

	(void)state;
	assert_int_equal(200, r.status);
	assert_string_equal("3.1.0", http_text(&client, &r, "openapi"));
}

static void
test_server__knows_404_and_405(void **state)
{
	struct http_answer r = http_get(&client, "/api/v1/nothing");

	(void)state;
	expect_problem(&r, 404, "not-found");
	r = http_post(&client, "/api/v1/health", "{}");
	expect_problem(&r, 405, "method-not-allowed");
	assert_string_equal("GET", http_header(&r, "allow"));
	r = http_send(&client, "PATCH", "/api/v1/health", NULL, NULL);
	expect_problem(&r, 405, "method-not-allowed");
	/* A route of another pool does not exist here. */
	r = http_get(&client, "/api/v1//session");
	expect_problem(&r, 404, "not-found");
}

static void
test_server__refuses_strange_addresses(void **state)
{
	static const char *const paths[] = {
		"/api/v1/health%00",
		"/api/v1/health%0d%0aX:y",
		"/api/v1/%2e%2e/v1/health",
		"/api/v1/a%2fb",
		"/api/v1/health?x=%ff",
		"/api/v1/health?a=1&a=2",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct http_answer r = http_get(&client, paths[i]);

		if (r.status != 400)
			print_error("%s: %d %s\n", paths[i], r.status, r.body);
		CHECK_ROW(i, r.status == 400);
		CHECK_ROW(i, strstr(r.body, "/problems/bad-request") != NULL);
	}
}

static void
test_server__refuses_unknown_query_parameters(void **state)
{
	struct http_answer r = http_get(&client, "/api/v1/health?x=1");

	(void)state;
	expect_problem(&r, 422, "faulty-fields");
	assert_non_null(strstr(r.body, "\"pointer\":\"?x\""));
}

static void
test_server__refuses_headers_given_twice(void **state)
{
	static const char *const names[] = { "Origin", "Sec-Fetch-Site",
		"Sec-Fetch-Mode", "If-Match", "Idempotency-Key", "Cookie",
		"Content-Type" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *line =
		    arena_printf(&client.arena, "%s: a", names[i]);
		const char *const headers[] = { line, line, NULL };
		const struct http_call call = {
			.method = "GET",
			.path = "/api/v1/health",
			.headers = headers,
			.bare = true,
		};
		struct http_answer r = http_call(&client, &call);

		if (r.status != 400)
			print_error("%s: %d %s\n", names[i], r.status, r.body);
		CHECK_ROW(i, r.status == 400);
	}
}

static void
test_server__wants_requests_from_its_own_pages(void **state)
{
	static const char *const refused[][3] = {
		{ NULL },
		{ "Origin: http://evil.example", NULL },
		{ "Origin: null", NULL },
		{ "Sec-Fetch-Site: cross-site", NULL },
		{ "Sec-Fetch-Site: same-site", NULL },
		{ "Sec-Fetch-Site: none", NULL },
	};
	struct http_call call = {
		.method = "POST",
		.path = "/api/v1/session",
		.body = "{}",
		.bare = true,
	};
	const char *const allowed[] = {
		arena_printf(&client.arena, "Origin: %s", client.origin), NULL
	};
	struct http_answer r;

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		call.headers = refused[i];
		r = http_call(&client, &call);
		expect_problem(&r, 403, "cross-site");
	}
	/* The next thing that is wrong is the type of the body. */
	call.headers = allowed;
	r = http_call(&client, &call);
	expect_problem(&r, 415, "media-type");
}

static void
test_server__bounds_bodies(void **state)
{
	char *body = arena_alloc(&client.arena, 70001);
	struct http_answer r;

	(void)state;
	memset(body, ' ', 70000);
	r = http_post(&client, "/api/v1/session", body);
	expect_problem(&r, 413, "too-large");
	r = http_post(&client, "/api/v1/session", "{\"username\":");
	expect_problem(&r, 400, "bad-request");
	r = http_post(&client, "/api/v1/session", "");
	expect_problem(&r, 400, "bad-request");
	r = http_send(&client, "GET", "/api/v1/health", "{}", NULL);
	expect_problem(&r, 400, "bad-request");
}

static void
test_server__asks_who_is_there(void **state)
{
	struct http_answer r = http_get(&client, "/api/v1/me");

	(void)state;
	expect_problem(&r, 401, "sign-in-needed");
	r = http_send(&client, "GET", "/api/v1/me", NULL,
	    "Cookie: exreg=not-a-token");
	expect_problem(&r, 401, "sign-in-needed");
	r = http_send(&client, "GET", "/api/v1/me", NULL,
	    "Cookie: exreg=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	expect_problem(&r, 401, "sign-in-needed");
	r = http_send(&client, "GET", "/api/v1/me", NULL,
	    "Cookie: exreg=a; exreg=b");
	expect_problem(&r, 400, "bad-request");
}

static void
test_server__keeps_answers_from_other_sites(void **state)
{
	const char *const headers[] = { "Sec-Fetch-Site: cross-site",
		"Sec-Fetch-Mode: no-cors", NULL };
	const struct http_call call = {
		.method = "GET",
		.path = "/api/v1/health",
		.headers = headers,
		.bare = true,
	};
	struct http_answer r = http_call(&client, &call);

	(void)state;
	expect_problem(&r, 403, "cross-site");
}

static void
test_server__speaks_json_for_nginx_too(void **state)
{
	char line[12000];
	struct http_answer r;
	int n;

	(void)state;
	memset(line, 'a', sizeof(line));
	n = snprintf(line, sizeof(line), "GET /api/v1/health?");
	line[n] = 'a';
	memcpy(line + sizeof(line) - 15, " HTTP/1.1\r\n\r\n", 14);
	r = http_raw(&client, line, sizeof(line) - 1);
	assert_int_equal(400, r.status);
	assert_non_null(strstr(r.body, "/problems/bad-request"));
	r = http_raw(&client, "GET / HTTP/1.1\r\n\r\n", 18);
	assert_int_equal(400, r.status);
}

static void
test_server__serves_the_pages(void **state)
{
	static const char *const paths[] = { "/", "/exceptions/EX-2026-00042",
		"/sign-in?next=/queue" };
	struct http_answer r;

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		r = http_get(&client, paths[i]);
		CHECK_ROW(i, r.status == 200);
		CHECK_ROW(i,
		    strcmp(http_header(&r, "content-type"),
			"text/html; charset=utf-8") == 0);
		CHECK_ROW(i,
		    strstr(http_header(&r, "content-security-policy"),
			"trusted-types 'none'") != NULL);
		CHECK_ROW(i,
		    strcmp(http_header(&r, "cache-control"), "no-cache") == 0);
	}
	r = http_get(&client, "/assets/none.js");
	assert_int_equal(404, r.status);
	assert_null(http_header(&r, "cache-control"));
	/* Only the worker may say which file of the spool is sent. */
	r = http_get(&client, "/spool/x.csv");
	assert_int_equal(404, r.status);
}

static void
test_server__logs_one_line_a_request(void **state)
{
	struct http_answer r = http_get(&client, "/api/v1/nothing/secret-word");
	const char *id = http_text(&client, &r, "instance");
	/* The line is written after the answer. */
	const char *log = stack_wait(&client, "log/register.log", id, 1);
	const char *line;

	(void)state;
	assert_non_null(log);
	line = strstr(log, id);
	assert_non_null(line);
	assert_null(strstr(line + 1, id));
	line = arena_strndup(&client.arena, line, strcspn(line, "\n"));
	assert_non_null(strstr(line, "method=GET route=- status=404"));
	/* The address a person typed is none of the log's business. */
	assert_null(strstr(log, "secret-word"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_server__is_well),
		cmocka_unit_test(test_server__describes_itself),
		cmocka_unit_test(test_server__knows_404_and_405),
		cmocka_unit_test(test_server__refuses_strange_addresses),
		cmocka_unit_test(test_server__refuses_unknown_query_parameters),
		cmocka_unit_test(test_server__refuses_headers_given_twice),
		cmocka_unit_test(
		    test_server__wants_requests_from_its_own_pages),
		cmocka_unit_test(test_server__bounds_bodies),
		cmocka_unit_test(test_server__asks_who_is_there),
		cmocka_unit_test(test_server__keeps_answers_from_other_sites),
		cmocka_unit_test(test_server__speaks_json_for_nginx_too),
		cmocka_unit_test(test_server__serves_the_pages),
		cmocka_unit_test(test_server__logs_one_line_a_request),
	};

	if (!http_client_available())
		return HTTP_CLIENT_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
