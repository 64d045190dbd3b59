/* How handlers answer, and the version a record carries in its ETag. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "api/ctx.h"
#include "api/route.h"
#include "base/token.h"
#include "json/json_write.h"

static const char json_type[] = "application/json; charset=utf-8";

int
reply(struct ctx *c, int status, const void *out)
{
	struct json_writer w;

	assert(c->route->out != NULL && status >= 200 && status < 300);
	c->res->status = status;
	c->res->content_type = json_type;
	buf_clear(&c->res->body);
	json_begin(&w, &c->res->body);
	json_struct(&w, NULL, c->route->out, out);
	json_finish(&w);
	return 0;
}

int
reply_empty(struct ctx *c)
{
	c->res->status = 204;
	c->res->content_type = NULL;
	buf_clear(&c->res->body);
	return 0;
}

int
reply_json(struct ctx *c, int status, const char *json, size_t len)
{
	c->res->status = status;
	c->res->content_type = json_type;
	buf_clear(&c->res->body);
	buf_add(&c->res->body, json, len);
	return 0;
}

const char *
etag_text(struct arena *a, int64_t row_version, int64_t content_version)
{
	return arena_printf(a, "\"r%" PRId64 "-c%" PRId64 "\"", row_version,
	    content_version);
}

void
reply_etag(struct ctx *c, int64_t row_version, int64_t content_version)
{
	response_header(c->res, "ETag",
	    etag_text(c->arena, row_version, content_version));
}

static int
set_stale(struct err *e)
{
	return err_set(e, ERR_STALE,
	    "This was changed since you read it. Read it again, then decide "
	    "what to do with your change.");
}

int
etag_check(struct ctx *c, int64_t row_version, int64_t content_version,
    struct err *e)
{
	const char *now = etag_text(c->arena, row_version, content_version);

	if (strcmp(c->req->if_match, now) == 0)
		return 0;
	if (c->stale_etag == NULL)
		c->stale_etag = now;
	return set_stale(e);
}

/* "r12-c3" -> 3; -1 when it is not one of our tags. */
static int64_t
content_of_etag(const char *tag)
{
	const char *dash = strstr(tag, "-c");
	size_t len;
	long long v;

	if (dash == NULL || strncmp(tag, "\"r", 2) != 0)
		return -1;
	len = strcspn(dash + 2, "\"");
	if (strcmp(dash + 2 + len, "\"") != 0 ||
	    i64_parse(dash + 2, len, 0, INT64_MAX, &v) < 0)
		return -1;
	return v;
}

int
etag_check_content(struct ctx *c, int64_t content_version, struct err *e)
{
	if (content_of_etag(c->req->if_match) == content_version)
		return 0;
	return set_stale(e);
}
