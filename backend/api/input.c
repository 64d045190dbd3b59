/*
 * The body is read first, because that resets the struct; path and query
 * then fill their members. Faults of body and query are collected, a faulty
 * path parameter means that there is no such thing.
 */
#include <string.h>
#include <strings.h>

#include "api/guard.h"
#include "json/json_read.h"

static bool
from_body(const struct field *f)
{
	return (f->flags & (FIELD_READONLY | FIELD_PATH | FIELD_QUERY)) == 0;
}

bool
schema_has_body(const struct schema *s)
{
	for (size_t i = 0; s != NULL && i < s->nfields; i++)
		if (from_body(&s->fields[i]))
			return true;
	return false;
}

/* application/json, and no other character set than the one JSON has. */
static bool
is_json(const char *type)
{
	static const char name[] = "application/json";
	const char *rest;

	if (type == NULL || strncasecmp(type, name, sizeof(name) - 1) != 0)
		return false;
	rest = type + sizeof(name) - 1;
	rest += strspn(rest, " \t");
	if (*rest == '\0')
		return true;
	if (*rest++ != ';')
		return false;
	rest += strspn(rest, " \t");
	return strcasecmp(rest, "charset=utf-8") == 0 ||
	    strcasecmp(rest, "charset=\"utf-8\"") == 0;
}

static int
read_body(struct ctx *c, struct err *e)
{
	const struct request *r = c->req;
	const struct json *v;

	if (c->route->flags & ROUTE_FILE_BODY)
		return r->content_type != NULL &&
			strcmp(r->content_type, "application/octet-stream") ==
			    0 ?
		    0 :
		    err_set(e, ERR_MEDIA_TYPE,
			"The body must be application/octet-stream.");
	if (!schema_has_body(c->route->in)) {
		if (r->body_len == 0)
			return 0;
		return err_set(e, ERR_BAD_REQUEST,
		    "This address takes no body.");
	}
	if (!is_json(r->content_type))
		return err_set(e, ERR_MEDIA_TYPE,
		    "The body must be application/json in UTF-8.");
	v = json_parse(c->arena, r->body, r->body_len, e);
	if (v == NULL)
		return -1;
	return json_read_struct(c->arena, v, c->route->in, c->in, "", e);
}

static int
read_path(struct ctx *c, struct err *e)
{
	for (size_t i = 0; i < c->npath_values; i++) {
		const struct param *p = &c->path_values[i];
		const struct field *f = schema_find(c->route->in, p->name);
		struct err fault = { 0 };

		/* route_check() has seen to it that f is there. */
		if (field_read_text(c->arena, f, c->in, p->value, p->name,
			&fault) < 0)
			return err_set(e, ERR_NOT_FOUND,
			    "There is nothing at this address.");
	}
	return 0;
}

static const struct field *
query_field(const struct schema *s, const char *name)
{
	const struct field *f = s != NULL ? schema_find(s, name) : NULL;

	return f != NULL && f->flags & FIELD_QUERY ? f : NULL;
}

static void
read_query(struct ctx *c, struct err *e)
{
	const struct schema *s = c->route->in;
	const struct request *r = c->req;

	for (size_t i = 0; i < r->nquery; i++) {
		const struct field *f = query_field(s, r->query[i].name);
		const char *where =
		    arena_printf(c->arena, "?%s", r->query[i].name);

		if (f == NULL)
			err_field(e, c->arena, where, "is not known here");
		else if (r->query[i].value[0] != '\0')
			field_read_text(c->arena, f, c->in, r->query[i].value,
			    where, e);
	}
	for (size_t i = 0; s != NULL && i < s->nfields; i++) {
		const struct field *f = &s->fields[i];
		const char *value;

		if ((f->flags & FIELD_QUERY) == 0 ||
		    (f->flags & FIELD_REQUIRED) == 0)
			continue;
		value = request_query(r, f->name);
		if (value == NULL || value[0] == '\0')
			err_field(e, c->arena,
			    arena_printf(c->arena, "?%s", f->name),
			    "is required");
	}
}

int
input_read(struct ctx *c, struct err *e)
{
	const struct schema *s = c->route->in;

	if (s != NULL) {
		c->in = arena_alloc(c->arena, s->size);
		schema_init(s, c->in);
	}
	if (read_body(c, e) < 0 && e->kind != ERR_INVALID)
		return -1;
	if (e->kind == ERR_NONE && read_path(c, e) < 0)
		return -1;
	read_query(c, e);
	return e->kind == ERR_NONE ? 0 : -1;
}

bool
input_wipe(struct ctx *c)
{
	const struct schema *s = c->route != NULL ? c->route->in : NULL;
	bool found = false;

	for (size_t i = 0; s != NULL && c->in != NULL && i < s->nfields; i++) {
		const struct field *f = &s->fields[i];
		char *text;

		if ((f->flags & FIELD_SECRET) == 0)
			continue;
		found = true;
		memcpy(&text, (char *)c->in + f->off, sizeof(text));
		if (text != NULL)
			explicit_bzero(text, strlen(text));
	}
	return found;
}
