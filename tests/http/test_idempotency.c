/*
 * The same request twice has one effect and one answer, also when both come
 * at the same moment, and a key never answers for another request.
 */
#include "support/test.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "support/http_client.h"

#define PATH "/api/v1/exceptions"
#define BODY "{\"procedure\":\"SEC-PROC-009\"}"
#define OTHER_BODY "{\"procedure\":\"SEC-PROC-000\"}"

static struct http_client ada;
static struct http_client elsa;

static int
setup(void **state)
{
	char command[512];

	(void)state;
	snprintf(command, sizeof(command),
	    "%s/exregctl -c %s/exreg.conf sample --exceptions 30 >&2",
	    getenv("EXREG_TEST_BIN"), getenv("EXREG_TEST_STACK"));
	if (system(command) != 0)
		return -1;
	http_client_open(&ada);
	http_client_open(&elsa);
	return http_sign_in(&ada, "ada.marsh") == 201 &&
		http_sign_in(&elsa, "elsa.lind") == 201 ?
	    0 :
	    -1;
}

static int
teardown(void **state)
{
	(void)state;
	http_client_close(&ada);
	http_client_close(&elsa);
	return 0;
}

static struct http_answer
ask(struct http_client *c, const char *body, const char *key)
{
	return http_send(c, "POST", PATH, body,
	    arena_printf(&c->arena, "Idempotency-Key: %s", key));
}

static const char *
number_of(struct http_client *c, const struct http_answer *r)
{
	return http_text(c, r, "number");
}

static void
test_idempotency__a_repeat_gets_the_first_answer(void **state)
{
	struct http_answer first = ask(&ada, BODY, "repeat-0001");
	struct http_answer again = ask(&ada, BODY, "repeat-0001");

	(void)state;
	if (first.status != 201)
		print_error("%s\n", first.body);
	assert_int_equal(201, first.status);
	assert_null(http_header(&first, "idempotency-replayed"));
	assert_int_equal(201, again.status);
	assert_string_equal("true",
	    http_header(&again, "idempotency-replayed"));
	assert_string_equal(first.body, again.body);
	assert_string_equal(http_header(&first, "etag"),
	    http_header(&again, "etag"));
	assert_non_null(http_header(&first, "location"));
	assert_string_equal(http_header(&first, "location"),
	    http_header(&again, "location"));
}

static void
test_idempotency__other_keys_and_people_are_others(void **state)
{
	struct http_answer a = ask(&ada, BODY, "scope-00001");
	struct http_answer b = ask(&ada, BODY, "scope-00002");
	struct http_answer c = ask(&elsa, BODY, "scope-00001");

	(void)state;
	assert_int_equal(201, a.status);
	assert_int_equal(201, b.status);
	assert_int_equal(201, c.status);
	assert_string_not_equal(number_of(&ada, &a), number_of(&ada, &b));
	assert_string_not_equal(number_of(&ada, &a), number_of(&elsa, &c));
}

static void
test_idempotency__a_key_is_for_one_request(void **state)
{
	struct http_answer r = ask(&ada, BODY, "reused-0001");

	(void)state;
	assert_int_equal(201, r.status);
	r = ask(&ada, OTHER_BODY, "reused-0001");
	assert_int_equal(422, r.status);
	assert_string_equal("/problems/key-reused",
	    http_text(&ada, &r, "type"));
	r = ask(&ada, BODY, "short");
	assert_int_equal(400, r.status);
}

static void
test_idempotency__a_refusal_is_not_kept(void **state)
{
	struct http_answer r =
	    ask(&ada, "{\"procedure\":\"NO-SUCH-1\"}", "refused-001");

	(void)state;
	assert_true(r.status >= 400 && r.status < 500);
	/* The request was mended: the same key serves it. */
	r = ask(&ada, BODY, "refused-001");
	assert_int_equal(201, r.status);
}

/* Ask once from a process of its own; its number goes into the pipe. */
static pid_t
ask_apart(int out, const char *key)
{
	pid_t pid = fork();
	struct http_answer r;
	char line[64] = "";

	if (pid != 0)
		return pid;
	r = ask(&ada, BODY, key);
	snprintf(line, sizeof(line), "%d %s\n", r.status, number_of(&ada, &r));
	_exit(write(out, line, strlen(line)) == (ssize_t)strlen(line) ? 0 : 1);
}

static void
test_idempotency__twins_at_once_make_one_thing(void **state)
{
	(void)state;
	for (size_t round = 0; round < 20; round++) {
		const char *key =
		    arena_printf(&ada.arena, "twins-%05zu", round);
		char first[64], second[64];
		int fds[2];
		FILE *in;

		assert_int_equal(0, pipe(fds));
		ask_apart(fds[1], key);
		ask_apart(fds[1], key);
		close(fds[1]);
		in = fdopen(fds[0], "r");
		assert_non_null(in);
		CHECK_ROW(round, fgets(first, sizeof(first), in) != NULL);
		CHECK_ROW(round, fgets(second, sizeof(second), in) != NULL);
		fclose(in);
		while (wait(NULL) > 0)
			;
		if (strncmp(first, "201 EX-", 7) != 0 ||
		    strcmp(first, second) != 0)
			print_error("%s%s", first, second);
		CHECK_ROW(round, strncmp(first, "201 EX-", 7) == 0);
		CHECK_ROW(round, strcmp(first, second) == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_idempotency__a_repeat_gets_the_first_answer),
		cmocka_unit_test(
		    test_idempotency__other_keys_and_people_are_others),
		cmocka_unit_test(test_idempotency__a_key_is_for_one_request),
		cmocka_unit_test(test_idempotency__a_refusal_is_not_kept),
		cmocka_unit_test(
		    test_idempotency__twins_at_once_make_one_thing),
	};

	if (!http_client_available())
		return HTTP_CLIENT_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
