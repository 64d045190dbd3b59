/* Headers are collected here and written by fcgi.c. */
#include "http/response.h"

#include <assert.h>
#include <string.h>

const char *
status_reason(int status)
{
	/* clang-format off */
	static const struct {
		int status;
		const char *reason;
	} rows[] = {
		{ 200, "OK" }, { 201, "Created" }, { 202, "Accepted" }, { 204, "No Content" },
		{ 304, "Not Modified" },
		{ 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" },
		{ 405, "Method Not Allowed" }, { 409, "Conflict" }, { 412, "Precondition Failed" },
		{ 413, "Content Too Large" }, { 415, "Unsupported Media Type" },
		{ 422, "Unprocessable Content" }, { 428, "Precondition Required" }, { 429, "Too Many Requests" },
		{ 500, "Internal Server Error" }, { 503, "Service Unavailable" },
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].status == status)
			return rows[i].reason;
	return "Other";
}

void
response_init(struct response *r, struct arena *a)
{
	memset(r, 0, sizeof(*r));
	buf_init(&r->body, a);
}

void
response_header(struct response *r, const char *name, const char *value)
{
	assert(name[strcspn(name, ": \r\n")] == '\0');
	assert(value[strcspn(value, "\r\n")] == '\0');
	assert(r->nheaders < RESPONSE_HEADERS_MAX);
	r->headers[r->nheaders].name = name;
	r->headers[r->nheaders].value = value;
	r->nheaders++;
}
