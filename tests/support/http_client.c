/* Plain sockets and a small parser: what comes back is what was sent. */
#include "support/http_client.h"

#include <ctype.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/token.h"

bool
http_client_available(void)
{
	if (getenv("EXREG_TEST_HTTP") != NULL)
		return true;
	fprintf(stderr,
	    "SKIP: EXREG_TEST_HTTP is not set, run "
	    "tests/support/stack.sh\n");
	return false;
}

void
http_client_open(struct http_client *c)
{
	const char *address = getenv("EXREG_TEST_HTTP");
	const char *colon = strrchr(address, ':');

	memset(c, 0, sizeof(*c));
	arena_init(&c->arena);
	snprintf(c->host, sizeof(c->host), "%.*s", (int)(colon - address),
	    address);
	snprintf(c->port, sizeof(c->port), "%s", colon + 1);
	snprintf(c->origin, sizeof(c->origin), "http://localhost:%s", c->port);
	c->timeout_s = 30;
}

void
http_client_close(struct http_client *c)
{
	arena_release(&c->arena);
}

static int
connect_to(const struct http_client *c)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	const struct timeval limit = { .tv_sec = c->timeout_s };
	struct addrinfo *list;
	int fd;

	if (getaddrinfo(c->host, c->port, &hints, &list) != 0)
		return -1;
	fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0) {
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
		if (connect(fd, list->ai_addr, list->ai_addrlen) < 0) {
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(list);
	return fd;
}

static void
exchange(int fd, const char *bytes, size_t len, struct buf *in)
{
	char piece[8192];
	ssize_t n;

	while (len > 0) {
		n = send(fd, bytes, len, MSG_NOSIGNAL);
		if (n <= 0)
			break;
		bytes += n;
		len -= (size_t)n;
	}
	while ((n = recv(fd, piece, sizeof(piece), 0)) > 0)
		buf_add(in, piece, (size_t)n);
}

/* One line of the head; returns where the next begins. */
static const char *
take_header(struct http_client *c, struct http_answer *r, const char *line)
{
	size_t len = strcspn(line, "\r\n");
	size_t name_len = strcspn(line, ":");
	const char *next = line + len + strspn(line + len, "\r") + 1;
	char *name;

	if (name_len >= len || r->nheaders == HTTP_HEADERS_MAX)
		return next;
	name = arena_strndup(&c->arena, line, name_len);
	for (char *s = name; *s != '\0'; s++)
		*s = (char)tolower((unsigned char)*s);
	name_len++;
	name_len += strspn(line + name_len, " ");
	r->headers[r->nheaders].name = name;
	r->headers[r->nheaders++].value =
	    arena_strndup(&c->arena, line + name_len, len - name_len);
	return next;
}

static void
keep_cookie(struct http_client *c, const struct http_answer *r)
{
	const char *set = http_header(r, "set-cookie");

	if (set == NULL)
		return;
	snprintf(c->cookie, sizeof(c->cookie), "%.*s", (int)strcspn(set, ";"),
	    set);
	/* "name=" takes the cookie away. */
	if (c->cookie[0] != '\0' && c->cookie[strlen(c->cookie) - 1] == '=')
		c->cookie[0] = '\0';
}

static void
parse(struct http_client *c, const char *text, size_t len,
    struct http_answer *r)
{
	const char *end = strstr(text, "\r\n\r\n");
	const char *line = text + strcspn(text, "\n") + 1;
	const char *length;
	long long n;

	if (end == NULL || sscanf(text, "HTTP/1.1 %d", &r->status) != 1)
		return;
	while (line < end + 2)
		line = take_header(c, r, line);
	r->body = end + 4;
	r->body_len = len - (size_t)(r->body - text);
	length = http_header(r, "content-length");
	r->complete = length == NULL ||
	    (i64_parse(length, strlen(length), 0, INT64_MAX, &n) == 0 &&
		(size_t)n == r->body_len);
	keep_cookie(c, r);
}

struct http_answer
http_raw(struct http_client *c, const char *bytes, size_t len)
{
	struct http_answer r = { .status = 0, .body = "" };
	struct buf in;
	int fd = connect_to(c);

	if (fd < 0)
		return r;
	buf_init(&in, &c->arena);
	exchange(fd, bytes, len, &in);
	close(fd);
	parse(c, buf_text(&in), in.len, &r);
	return r;
}

struct http_answer
http_call(struct http_client *c, const struct http_call *call)
{
	struct buf out;
	size_t len = call->body_len;

	if (call->body != NULL && len == 0)
		len = strlen(call->body);
	buf_init(&out, &c->arena);
	buf_printf(&out, "%s %s HTTP/1.1\r\nHost: localhost:%s\r\n",
	    call->method, call->path, c->port);
	buf_str(&out, "Connection: close\r\n");
	if (c->cookie[0] != '\0')
		buf_printf(&out, "Cookie: %s\r\n", c->cookie);
	if (!call->bare)
		buf_str(&out, "Sec-Fetch-Site: same-origin\r\n");
	if (call->body != NULL && !call->bare)
		buf_str(&out, "Content-Type: application/json\r\n");
	if (call->body != NULL || strcmp(call->method, "GET") != 0)
		buf_printf(&out, "Content-Length: %zu\r\n", len);
	for (size_t i = 0; call->headers != NULL && call->headers[i] != NULL;
	     i++)
		buf_printf(&out, "%s\r\n", call->headers[i]);
	buf_str(&out, "\r\n");
	if (call->body != NULL)
		buf_add(&out, call->body, len);
	return http_raw(c, out.data, out.len);
}

struct http_answer
http_send(struct http_client *c, const char *method, const char *path,
    const char *body, const char *header)
{
	const char *const headers[] = { header, NULL };
	const struct http_call call = {
		.method = method,
		.path = path,
		.body = body,
		.headers = headers,
	};

	return http_call(c, &call);
}

struct http_answer
http_get(struct http_client *c, const char *path)
{
	return http_send(c, "GET", path, NULL, NULL);
}

struct http_answer
http_post(struct http_client *c, const char *path, const char *body)
{
	return http_send(c, "POST", path, body, NULL);
}

const char *
http_header(const struct http_answer *r, const char *name)
{
	for (size_t i = 0; i < r->nheaders; i++)
		if (strcmp(r->headers[i].name, name) == 0)
			return r->headers[i].value;
	return NULL;
}

const struct json *
http_json(struct http_client *c, const struct http_answer *r)
{
	struct err e = { 0 };

	return json_parse(&c->arena, r->body, r->body_len, &e);
}

static const char *
text_of(const struct json *v)
{
	switch (v->type) {
	case JSON_STRING:
	case JSON_NUMBER:
		return v->text;
	case JSON_BOOL:
		return v->truth ? "true" : "false";
	case JSON_NULL:
		return "null";
	case JSON_ARRAY:
	case JSON_OBJECT:
	case JSON__INVALID:
		break;
	}
	return "";
}

const char *
http_text(struct http_client *c, const struct http_answer *r, const char *path)
{
	const struct json *v = http_json(c, r);

	while (v != NULL && *path != '\0') {
		size_t len = strcspn(path, ".");

		v = v->type != JSON_OBJECT ?
		    NULL :
		    json_member(v, arena_strndup(&c->arena, path, len));
		path += len;
		path += *path == '.';
	}
	return v != NULL ? text_of(v) : "";
}

int
http_sign_in(struct http_client *c, const char *username)
{
	c->cookie[0] = '\0';
	return http_post(c, "/api/v1/session",
	    arena_printf(&c->arena,
		"{\"username\":\"%s\",\"password\":\"harbour-demo\"}",
		username))
	    .status;
}

const char *
stack_file(struct http_client *c, const char *name)
{
	const char *dir = getenv("EXREG_TEST_STACK");
	char piece[8192];
	struct buf text;
	size_t n;
	FILE *f;

	if (dir == NULL)
		return NULL;
	f = fopen(arena_printf(&c->arena, "%s/%s", dir, name), "re");
	if (f == NULL)
		return NULL;
	buf_init(&text, &c->arena);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add(&text, piece, n);
	fclose(f);
	return buf_text(&text);
}

static size_t
count_in(const char *text, const char *part)
{
	size_t n = 0;

	for (const char *at = text; at != NULL && (at = strstr(at, part)); at++)
		n++;
	return n;
}

size_t
stack_count(struct http_client *c, const char *name, const char *text)
{
	return count_in(stack_file(c, name), text);
}

/* Until the file is written to again, or the time has come. false: it has. */
static bool
wait_for_write(int watch, const struct timespec *end)
{
	struct pollfd p = { .fd = watch, .events = POLLIN };
	char events[4096];
	struct timespec now;
	int64_t left_ms;

	clock_gettime(CLOCK_MONOTONIC, &now);
	left_ms = (int64_t)(end->tv_sec - now.tv_sec) * 1000 +
	    (end->tv_nsec - now.tv_nsec) / 1000000;
	if (left_ms <= 0 || poll(&p, 1, (int)left_ms) <= 0)
		return false;
	return read(watch, events, sizeof(events)) > 0;
}

const char *
stack_wait(struct http_client *c, const char *name, const char *text,
    size_t times)
{
	const char *path =
	    arena_printf(&c->arena, "%s/%s", getenv("EXREG_TEST_STACK"), name);
	int watch = inotify_init1(IN_CLOEXEC);
	const char *file = NULL;
	struct timespec end;
	bool more =
	    watch >= 0 && inotify_add_watch(watch, path, IN_MODIFY) >= 0;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += 20;
	while (more) {
		file = stack_file(c, name);
		if (count_in(file, text) >= times)
			break;
		file = NULL;
		more = wait_for_write(watch, &end);
	}
	close(watch);
	return file;
}

int
stack_pid(struct http_client *c, const char *name)
{
	const char *text =
	    stack_file(c, arena_printf(&c->arena, "run/%s.pid", name));
	long long pid = 0;

	if (text == NULL ||
	    i64_parse(text, strcspn(text, "\n"), 2, INT32_MAX, &pid) < 0)
		abort();
	return (int)pid;
}
