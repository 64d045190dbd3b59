/*
 * The pool's own socket, without nginx in between: records that are cut,
 * wrong or missing must cost nobody else anything.
 */
#include "support/test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "support/http_client.h"

#define FCGI_BEGIN 1
#define FCGI_PARAMS 4
#define FCGI_STDIN 5
#define FCGI_STDOUT 6
#define FCGI_END 3

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

static int
connect_pool(void)
{
	const struct timeval limit = { .tv_sec = 10 };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path),
	    "%s/run/register.sock", getenv("EXREG_TEST_STACK"));
	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	assert_int_equal(0,
	    connect(fd, (const struct sockaddr *)&address, sizeof(address)));
	return fd;
}

static void
add_record(struct buf *out, int type, const char *data, size_t len)
{
	const unsigned char head[8] = { 1, (unsigned char)type, 0, 1,
		(unsigned char)(len >> 8), (unsigned char)(len & 255), 0, 0 };

	buf_add(out, head, sizeof(head));
	buf_add(out, data, len);
}

static void
add_pair(struct buf *params, const char *name, const char *value)
{
	buf_char(params, (char)strlen(name));
	buf_char(params, (char)strlen(value));
	buf_str(params, name);
	buf_str(params, value);
}

/* A whole request; body_sent may be shorter than content_length says. */
static void
add_request(struct buf *out, const char *method, const char *uri,
    const char *content_length, const char *body_sent)
{
	struct buf params;

	buf_init(&params, &client.arena);
	add_pair(&params, "REQUEST_METHOD", method);
	add_pair(&params, "REQUEST_URI", uri);
	add_pair(&params, "CONTENT_LENGTH", content_length);
	add_pair(&params, "HTTP_SEC_FETCH_SITE", "same-origin");
	add_pair(&params, "HTTP_CONTENT_TYPE", "application/json");
	add_record(out, FCGI_BEGIN, "\0\1\0\0\0\0\0\0", 8);
	add_record(out, FCGI_PARAMS, params.data, params.len);
	add_record(out, FCGI_PARAMS, "", 0);
	if (body_sent[0] != '\0')
		add_record(out, FCGI_STDIN, body_sent, strlen(body_sent));
	add_record(out, FCGI_STDIN, "", 0);
}

/* All that comes until the peer closes. */
static struct buf
exchange(int fd, const struct buf *out)
{
	char piece[4096];
	struct buf in;
	ssize_t n;

	buf_init(&in, &client.arena);
	assert_int_equal(out->len, send(fd, out->data, out->len, MSG_NOSIGNAL));
	while ((n = recv(fd, piece, sizeof(piece), 0)) > 0)
		buf_add(&in, piece, (size_t)n);
	close(fd);
	return in;
}

/* The same as one text. */
static const char *
talk(int fd, const struct buf *out)
{
	struct buf in = exchange(fd, out);

	for (size_t i = 0; i < in.len; i++)
		if (in.data[i] == '\0')
			in.data[i] = '.';
	return buf_text(&in);
}

/* What the records carry of the answer; they are checked on the way. */
static struct buf
unpack(const struct buf *in)
{
	struct buf answer;
	size_t ended = 0;
	size_t len = 0;

	buf_init(&answer, &client.arena);
	for (size_t at = 0; at < in->len; at += 8 + len) {
		const unsigned char *head =
		    (const unsigned char *)in->data + at;

		len = (size_t)head[4] << 8 | head[5];
		assert_int_equal(1, head[0]);
		assert_int_equal(1, head[2] << 8 | head[3]);
		assert_int_equal(0, head[6]);
		assert_true(at + 8 + len <= in->len);
		if (head[1] == FCGI_END) {
			assert_int_equal(1, ended);
			assert_int_equal(in->len, at + 8 + len);
			return answer;
		}
		assert_int_equal(FCGI_STDOUT, head[1]);
		assert_int_equal(0, ended);
		ended += len == 0;
		buf_add(&answer, (const char *)head + 8, len);
	}
	fail_msg("no end");
	return answer;
}

/* Answers of one record and of many: whole, and ended once. */
static void
test_fastcgi__answers_are_whole_records(void **state)
{
	static const char *const paths[] = { "/api/v1/openapi.json",
		"/api/v1/health", "/api/v1/none" };

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct buf out, in, answer;
		const char *length, *body;

		buf_init(&out, &client.arena);
		add_request(&out, "GET", paths[i], "", "");
		in = exchange(connect_pool(), &out);
		answer = unpack(&in);
		length = strstr(buf_text(&answer), "Content-Length: ");
		body = strstr(buf_text(&answer), "\r\n\r\n");
		CHECK_ROW(i, length != NULL && body != NULL);
		CHECK_ROW(i,
		    strtoul(length + 16, NULL, 10) ==
			answer.len - (size_t)(body + 4 - answer.data));
		CHECK_ROW(i, i > 0 || answer.len > 65535);
	}
}

static void
test_fastcgi__answers_a_plain_request(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, &client.arena);
	add_request(&out, "GET", "/api/v1/health", "", "");
	assert_non_null(
	    strstr(talk(connect_pool(), &out), "Status: 200 OK\r\n"));
}

static void
test_fastcgi__compares_the_body_with_its_length(void **state)
{
	static const struct {
		const char *length;
		const char *body;
		const char *status;
	} rows[] = {
		{ "20", "{\"procedure\":", "Status: 400 " },
		{ "2", "", "Status: 400 " },
		{ "-1", "{}", "Status: 400 " },
		{ "2x", "{}", "Status: 400 " },
		{ "99999999999999999999", "{}", "Status: 400 " },
		{ "65537", "{}", "Status: 413 " },
		{ "9223372036854775807", "{}", "Status: 413 " },
		{ "2", "{}", "Status: 401 " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out;
		const char *answer;

		buf_init(&out, &client.arena);
		add_request(&out, "POST", "/api/v1/exceptions", rows[i].length,
		    rows[i].body);
		answer = talk(connect_pool(), &out);
		if (strstr(answer, rows[i].status) == NULL)
			print_error("%s\n", answer);
		CHECK_ROW(i, strstr(answer, rows[i].status) != NULL);
	}
}

static void
test_fastcgi__makes_an_id_when_nginx_gave_none(void **state)
{
	struct buf out;
	const char *at;

	(void)state;
	buf_init(&out, &client.arena);
	add_request(&out, "GET", "/api/v1/none", "", "");
	at = strstr(talk(connect_pool(), &out), "\"instance\":\"");
	assert_non_null(at);
	assert_int_equal(32,
	    strspn(at + strlen("\"instance\":\""), "0123456789abcdef"));
}

static void
test_fastcgi__survives_nonsense(void **state)
{
	static const char *const rows[] = {
		"GET / HTTP/1.1\r\n\r\n",
		"\x01\x01",
		"\x01\x09\xff\xff\xff\xff\xff\xff",
		"\x7f\x01\x01\x01\x01\x01\x01\x01\x01",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int fd = connect_pool();

		CHECK_ROW(i, write(fd, rows[i], strlen(rows[i])) > 0);
		close(fd);
		CHECK_ROW(i, http_get(&client, "/api/v1/health").status == 200);
	}
}

static void
test_fastcgi__a_peer_that_leaves_harms_nobody(void **state)
{
	(void)state;
	for (size_t i = 0; i < 20; i++) {
		struct buf out;
		int fd = connect_pool();

		buf_init(&out, &client.arena);
		add_request(&out, "GET", "/api/v1/openapi.json", "", "");
		/* the first half, the whole, or the whole and gone at once */
		CHECK_ROW(i,
		    write(fd, out.data, i % 2 == 0 ? out.len / 2 : out.len) >
			0);
		close(fd);
	}
	for (size_t i = 0; i < 5; i++)
		CHECK_ROW(i, http_get(&client, "/api/v1/health").status == 200);
	assert_null(
	    strstr(stack_file(&client, "log/register.log"), "worker_killed"));
}

static void
test_fastcgi__a_silent_peer_holds_one_worker_only(void **state)
{
	int silent = connect_pool();

	(void)state;
	for (size_t i = 0; i < 10; i++)
		CHECK_ROW(i, http_get(&client, "/api/v1/health").status == 200);
	close(silent);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fastcgi__answers_a_plain_request),
		cmocka_unit_test(test_fastcgi__answers_are_whole_records),
		cmocka_unit_test(
		    test_fastcgi__compares_the_body_with_its_length),
		cmocka_unit_test(
		    test_fastcgi__makes_an_id_when_nginx_gave_none),
		cmocka_unit_test(test_fastcgi__survives_nonsense),
		cmocka_unit_test(test_fastcgi__a_peer_that_leaves_harms_nobody),
		cmocka_unit_test(
		    test_fastcgi__a_silent_peer_holds_one_worker_only),
	};

	if (!http_client_available())
		return HTTP_CLIENT_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
