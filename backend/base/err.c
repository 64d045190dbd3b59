/*
 * Fixed buffers, so that reporting an error never allocates and never
 * fails; only the list of faulty fields lives on an arena.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

/*
 * Enough for any form a person fills in; a body made to produce faults must
 * not produce an answer many times its own size.
 */
#define ERR_FIELDS_MAX 200

/* clang-format off */
const struct err_kind_row err_kinds[ERR__MAX] = {
	[ERR_NONE]                  = { 500, "internal", "Something went wrong" },
	[ERR_BAD_REQUEST]           = { 400, "bad-request", "The request could not be read" },
	[ERR_UNAUTHENTICATED]       = { 401, "sign-in-needed", "You are not signed in" },
	[ERR_BAD_CREDENTIALS]       = { 401, "sign-in-refused", "The sign-in was refused" },
	[ERR_FORBIDDEN]             = { 403, "forbidden", "You may not do this" },
	[ERR_CROSS_SITE]            = { 403, "cross-site", "The request came from another site" },
	[ERR_NOT_FOUND]             = { 404, "not-found", "There is nothing here" },
	[ERR_METHOD_NOT_ALLOWED]    = { 405, "method-not-allowed", "This address does not take that method" },
	[ERR_CONFLICT]              = { 409, "conflict", "This does not fit with what is already there" },
	[ERR_STEP_REFUSED]          = { 409, "step-refused", "This step is not possible now" },
	[ERR_STALE]                 = { 412, "stale-version", "Someone else changed this in the meantime" },
	[ERR_TOO_LARGE]             = { 413, "too-large", "The request is too large" },
	[ERR_MEDIA_TYPE]            = { 415, "media-type", "This type of content is not accepted here" },
	[ERR_INVALID]               = { 422, "faulty-fields", "Some fields need to be corrected" },
	[ERR_KEY_REUSED]            = { 422, "key-reused", "The same key was used for another request" },
	[ERR_PRECONDITION_REQUIRED] = { 428, "version-needed", "The request must say which version it changes" },
	[ERR_TOO_MANY]              = { 429, "too-many-requests", "Too many requests, wait a moment" },
	[ERR_INTERNAL]              = { 500, "internal", "Something went wrong" },
	[ERR_DB]                    = { 500, "internal", "Something went wrong" },
	[ERR_DB_DOWN]               = { 503, "database-down", "The database does not answer" },
	[ERR_DB_RETRY]              = { 503, "try-again", "Too much was going on at once, try again" },
	[ERR_DB_UNCERTAIN]          = { 503, "outcome-unknown", "It is not known whether the change was saved" },
	[ERR_DIRECTORY_DOWN]        = { 503, "directory-down", "The directory does not answer" },
	[ERR_BUSY]                  = { 503, "busy", "The service is busy, try again" },
};
/* clang-format on */

void
err_clear(struct err *e)
{
	memset(e, 0, sizeof(*e));
}

int
err_set_at(struct err *e, enum err_kind kind, const char *file, int line,
    const char *fmt, ...)
{
	va_list ap;

	if (e->kind != ERR_NONE)
		return -1;
	e->kind = kind;
	e->file = file;
	e->line = line;
	va_start(ap, fmt);
	vsnprintf(e->detail, sizeof(e->detail), fmt, ap);
	va_end(ap);
	return -1;
}

int
err_cause(struct err *e, const char *fmt, ...)
{
	va_list ap;

	if (e->cause[0] != '\0')
		return -1;
	va_start(ap, fmt);
	vsnprintf(e->cause, sizeof(e->cause), fmt, ap);
	va_end(ap);
	return -1;
}

static void
fields_grow(struct err *e, struct arena *a)
{
	size_t cap = e->fields_cap == 0 ? 8 : e->fields_cap * 2;
	struct err_field *fields = arena_array(a, cap, sizeof(*fields));

	if (e->nfields > 0)
		memcpy(fields, e->fields, e->nfields * sizeof(*fields));
	e->fields = fields;
	e->fields_cap = cap;
}

int
err_field(struct err *e, struct arena *a, const char *pointer, const char *fmt,
    ...)
{
	struct err_field *f;
	va_list ap;

	err_set(e, ERR_INVALID, "%s", err_kinds[ERR_INVALID].title);
	if (e->nfields == ERR_FIELDS_MAX)
		return -1;
	if (e->nfields == e->fields_cap)
		fields_grow(e, a);
	f = &e->fields[e->nfields++];
	f->pointer = arena_strdup(a, pointer);
	va_start(ap, fmt);
	f->detail = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return -1;
}
