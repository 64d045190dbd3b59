/*
 * A blocking HTTP/1.1 client for tests, one connection a request, with a
 * cookie jar of one cookie. It behaves like a page of ours (Sec-Fetch-Site:
 * same-origin) unless a call says otherwise.
 *
 *	struct http_client c;
 *	struct http_answer r;
 *
 *	if (!http_client_available())
 *		return HTTP_CLIENT_SKIP;
 *	http_client_open(&c);
 *	r = http_post(&c, "/api/v1/session",
 *	    "{\"username\":\"ada.marsh\",\"password\":\"harbour-demo\"}");
 *	assert_int_equal(201, r.status);
 *	r = http_get(&c, "/api/v1/me");
 *	http_client_close(&c);
 *
 * Answers live until http_client_close(). A request that cannot be sent or
 * whose answer cannot be read at all has status 0.
 */
#ifndef EXREG_TESTS_SUPPORT_HTTP_CLIENT_H
#define EXREG_TESTS_SUPPORT_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "json/json_read.h"

#define HTTP_CLIENT_SKIP 77
#define HTTP_HEADERS_MAX 48

struct http_client {
	char host[64];
	char port[8];
	char origin[80];  /* as the settings of the stack have it */
	char cookie[256]; /* name=value; "" when there is none */
	int timeout_s;    /* 30 */
	struct arena arena;
};

struct http_call {
	const char *method;
	const char *path;
	const char *body;           /* NULL: none */
	size_t body_len;            /* 0: strlen(body) */
	const char *const *headers; /* "Name: value", ends with NULL; or NULL */
	bool bare; /* neither Sec-Fetch-Site nor Content-Type of our own */
};

struct http_header {
	const char *name; /* lower case */
	const char *value;
};

struct http_answer {
	int status; /* 0: no answer */
	size_t nheaders;
	struct http_header headers[HTTP_HEADERS_MAX];
	const char *body; /* NUL-terminated */
	size_t body_len;
	bool complete; /* as long as Content-Length says */
};

/* EXREG_TEST_HTTP is set. Prints the reason for a skip when not. */
bool http_client_available(void);

void http_client_open(struct http_client *c);
void http_client_close(struct http_client *c);

struct http_answer http_call(struct http_client *c,
    const struct http_call *call);

struct http_answer http_get(struct http_client *c, const char *path);
struct http_answer http_post(struct http_client *c, const char *path,
    const char *body);

/* A call with one more header, such as "If-Match: \"r1-c1\"". */
struct http_answer http_send(struct http_client *c, const char *method,
    const char *path, const char *body, const char *header);

/* Send bytes as they are and read the answer. */
struct http_answer http_raw(struct http_client *c, const char *bytes,
    size_t len);

/* The first header of that name in lower case, or NULL. */
const char *http_header(const struct http_answer *r, const char *name);

/* The body as JSON, or NULL. */
const struct json *http_json(struct http_client *c,
    const struct http_answer *r);

/* Text of a member of the body's object: string, number as sent, "true",
 * "false", "null"; "" when there is none. path: "person.name". */
const char *http_text(struct http_client *c, const struct http_answer *r,
    const char *path);

/* Sign in as somebody of the sample organisation. The status. */
int http_sign_in(struct http_client *c, const char *username);

/* A file of the stack's folder, such as log/register.log; NULL: none. */
const char *stack_file(struct http_client *c, const char *name);

/* How often a text stands in such a file now. */
size_t stack_count(struct http_client *c, const char *name, const char *text);

/* The file once that text stands in it so many times, woken by each write to
 * it; NULL: it did not within 20 s. */
const char *stack_wait(struct http_client *c, const char *name,
    const char *text, size_t times);

/* The process of a part: register, directory, export, nginx. */
int stack_pid(struct http_client *c, const char *name);

#endif
