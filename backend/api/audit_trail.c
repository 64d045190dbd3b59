/*
 * The body is the exact text that will be sealed: fixed key order, never
 * made again from the columns.
 */
#include "api/audit_trail.h"

#include <string.h>

#include "api/route.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "store/notice_store.h"
#include "json/json_write.h"

/* characters of the columns of audit_event */
#define OBJECT_MAX 64
#define DETAIL_MAX 1000

static const char *
or_empty(const char *s)
{
	return s != NULL ? s : "";
}

/* As much as the column takes, the last character an ellipsis when there is
 * more; the body keeps all of it. */
static const char *
cut(struct arena *a, const char *text, int max)
{
	size_t len = strlen(text);
	size_t used = 0;
	size_t before = 0;
	uint32_t cp;

	for (int i = 0; i < max && used < len; i++) {
		before = used;
		used += utf8_decode(text + used, len - used, &cp);
	}
	return used == len ? text : arena_printf(a, "%.*s…", (int)before, text);
}

static const char *
event_body(struct ctx *c, const struct audit_fact *f, const char *actor)
{
	struct buf b;
	struct json_writer w;

	buf_init(&b, c->arena);
	json_begin(&w, &b);
	json_object(&w, NULL);
	json_i64(&w, "v", 1);
	json_time(&w, "at", c->now);
	json_str(&w, "origin", c->app->origin);
	json_str(&w, "action", f->action);
	json_bool(&w, "refused", f->refused);
	json_object(&w, "actor");
	json_i64(&w, "person", c->who.person_id);
	json_str(&w, "name", actor);
	json_str(&w, "address", c->req->remote_addr);
	json_end(&w);
	json_object(&w, "object");
	json_str(&w, "type", f->object_type);
	if (f->object_id != I64_NONE)
		json_i64(&w, "id", f->object_id);
	json_str(&w, "name", or_empty(f->object));
	if (f->row_version > 0)
		json_i64(&w, "row_version", f->row_version);
	if (f->content_version > 0)
		json_i64(&w, "content_version", f->content_version);
	if (f->content_hash != NULL)
		json_str(&w, "content_hash", f->content_hash);
	json_end(&w);
	json_str(&w, "detail", or_empty(f->detail));
	json_str(&w, "request", c->req->id);
	json_end(&w);
	json_finish(&w);
	return buf_text(&b);
}

int
audit_add(struct ctx *c, const struct audit_fact *f, struct err *e)
{
	struct audit_row row = {
		.actor_id = c->who.person_id != 0 ? c->who.person_id : I64_NONE,
		.actor =
		    c->who.person_id != 0 ? c->who.name : "nobody signed in",
		.action = f->action,
		.object_type = f->object_type,
		.object_id = f->object_id,
		.object = cut(c->arena, or_empty(f->object), OBJECT_MAX),
		.refused = f->refused,
		.detail = cut(c->arena, or_empty(f->detail), DETAIL_MAX),
		.address = or_empty(c->req->remote_addr),
	};

	uuid7(c->now, row.id);
	row.body = event_body(c, f, row.actor);
	return audit_store_append(c->db, &row, e);
}

int
audit_refusal(struct ctx *c, const struct err *refused, struct err *e)
{
	struct audit_fact f = {
		.action = "refused",
		.object_type = "route",
		.object_id = I64_NONE,
		.object = c->audit_object,
		.refused = true,
	};

	if (c->audit_object_id > 0) {
		f.object_type = "exception";
		f.object_id = c->audit_object_id;
	}
	if (c->audit_action != NULL)
		f.action = c->audit_action;
	f.detail = c->audit_detail != NULL ? c->audit_detail : refused->detail;
	if (f.detail[0] == '\0')
		f.detail = err_kinds[refused->kind].title;
	return audit_add(c, &f, e);
}
