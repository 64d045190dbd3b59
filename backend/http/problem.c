/*
 * err_kinds[] says status, type and title; this file only writes them down.
 */
#include "http/problem.h"

#include "base/arena.h"
#include "json/json_write.h"

#define RETRY_SOON_S 5
#define RETRY_LATER_S 60

/* 5xx never quotes what the program said; only these words go out. */
static const char *const server_details[ERR__MAX] = {
	[ERR_DB_DOWN] = "The database does not answer. Nothing was changed. "
			"Try again in a minute.",
	[ERR_DB_RETRY] = "Too many people changed the same thing at once. "
			 "Nothing was changed. Try again.",
	[ERR_DB_UNCERTAIN] =
	    "The connection was lost while saving. Look "
	    "whether the change is there before you repeat it.",
	[ERR_DIRECTORY_DOWN] = "The directory does not answer. Try again in a "
			       "minute.",
	[ERR_BUSY] = "The service is busy. Try again in a moment.",
};

static const char *
client_detail(const struct err *e)
{
	if (err_kinds[e->kind].status < 500)
		return e->detail;
	if (server_details[e->kind] != NULL)
		return server_details[e->kind];
	return "Something went wrong on our side. The number under instance "
	       "finds it in the log.";
}

static void
write_headers(struct response *r, const struct err *e, const struct problem *p)
{
	int status = err_kinds[e->kind].status;
	int64_t after = p->retry_after_s;

	if (after == 0 && status == 429)
		after = RETRY_LATER_S;
	if (after == 0 && status == 503)
		after = RETRY_SOON_S;
	if (after > 0)
		response_header(r, "Retry-After",
		    arena_printf(r->body.arena, "%lld", (long long)after));
	if (status == 405 && p->allow != NULL)
		response_header(r, "Allow", p->allow);
}

static void
write_fields(struct json_writer *w, const struct err *e)
{
	if (e->nfields == 0)
		return;
	json_array(w, "errors");
	for (size_t i = 0; i < e->nfields; i++) {
		json_object(w, NULL);
		json_str(w, "pointer", e->fields[i].pointer);
		json_str(w, "detail", e->fields[i].detail);
		json_end(w);
	}
	json_end(w);
}

static void
write_stale(struct json_writer *w, const struct problem *p)
{
	if (p->stale_etag == NULL)
		return;
	json_str(w, "current_etag", p->stale_etag);
	json_str(w, "changed_by", p->stale_by);
	if (p->stale_at != TIME_NONE)
		json_time(w, "changed_at", p->stale_at);
	else
		json_null(w, "changed_at");
}

void
problem_write(struct response *r, const struct err *e, const struct problem *p)
{
	const struct err_kind_row *kind = &err_kinds[e->kind];
	struct arena *a = r->body.arena;
	struct json_writer w;

	response_init(r, a);
	r->status = kind->status;
	r->content_type = "application/problem+json";
	write_headers(r, e, p);
	json_begin(&w, &r->body);
	json_object(&w, NULL);
	json_str(&w, "type", arena_printf(a, "/problems/%s", kind->type));
	json_str(&w, "title", kind->title);
	json_i64(&w, "status", kind->status);
	json_str(&w, "detail", client_detail(e));
	json_str(&w, "instance", p->instance);
	if (e->kind == ERR_STALE)
		write_stale(&w, p);
	write_fields(&w, e);
	json_end(&w);
	json_finish(&w);
}
