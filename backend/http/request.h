/*
 * One HTTP request as it came through nginx: bounded, copied to the arena,
 * duplicates and control bytes refused. Only http/fcgi.c knows FastCGI.
 */
#ifndef EXREG_HTTP_REQUEST_H
#define EXREG_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum method {
	METHOD__INVALID,
	METHOD_GET,
	METHOD_POST,
	METHOD_PUT,
	METHOD_DELETE,
	METHOD__MAX
};
extern const char *const method_names[METHOD__MAX];

#define REQUEST_BODY_MAX 65536
#define REQUEST_FILE_MAX (25 << 20) /* of application/octet-stream */
#define REQUEST_PATH_MAX 512
#define REQUEST_QUERY_MAX 2048
#define REQUEST_PARAMS_MAX 32
#define REQUEST_HEADER_MAX 8192 /* bytes of one header value we read */

struct param {
	const char *name;
	const char *value;
};

struct request {
	struct arena *arena;
	enum method method;
	const char *method_text;   /* as sent, for the log of unknown ones */
	const char *path;          /* decoded, begins with '/' */
	const struct param *query; /* decoded, names unique */
	size_t nquery;
	const char *cookie;          /* value of our cookie or NULL */
	const char *origin;          /* Origin header or NULL */
	const char *fetch_site;      /* Sec-Fetch-Site or NULL */
	const char *fetch_mode;      /* Sec-Fetch-Mode or NULL */
	const char *if_match;        /* or NULL */
	const char *if_none_match;   /* or NULL */
	const char *idempotency_key; /* or NULL */
	const char *content_type;    /* or NULL */
	const char *remote_addr;
	const char *user_agent; /* cut at 256 bytes */
	const char *id; /* request id from nginx ($request_id), or made here */
	const char *body; /* NUL-terminated, body_len bytes */
	size_t body_len;
};

enum body_state { BODY_COMPLETE, BODY_TOO_LARGE, BODY_CUT };

/* What the server handed over, before anything was checked. */
struct request_raw {
	const struct param *params; /* in the order sent, duplicates included */
	size_t nparams;
	char *body; /* NUL-terminated, when complete; may be wiped */
	size_t body_len;
	enum body_state body_state;
};

/* Most bytes of a body of that Content-Type (or NULL). */
size_t request_body_max(const char *type);

/* One of the parameters that request_read() looks at. */
bool request_wants(const char *name, size_t len);

/*
 * Check and decode everything; r->arena is set by the caller, strings point
 * into raw or live on that arena. cookie_name: the one cookie that is ours.
 * r->id, method, method_text and path are set as far as possible even when
 * the rest is refused, so that the answer and the log can name the request.
 * Returns 0, or -1 with ERR_BAD_REQUEST or ERR_TOO_LARGE.
 */
int request_read(struct request *r, const struct request_raw *raw,
    const char *cookie_name, struct err *e);

/* The value of a query parameter or NULL. */
const char *request_query(const struct request *r, const char *name);

#endif
