/*
 * Nothing is described here that a table does not say: paths and answers
 * come from routes.c, shapes from the field tables, errors from err_kinds.
 */
#include "api/openapi.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "api/route.h"
#include "json/json_schema.h"
#include "json/json_write.h"

#define SCHEMAS_MAX 512

/* Schemas that were referred to, each once and direction. */
struct known {
	const struct schema *schemas[SCHEMAS_MAX];
	enum json_direction dirs[SCHEMAS_MAX];
	size_t n;
};

static void
know(struct known *k, const struct schema *s, enum json_direction dir)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->schemas[i] == s && k->dirs[i] == dir)
			return;
	assert(k->n < SCHEMAS_MAX);
	k->schemas[k->n] = s;
	k->dirs[k->n++] = dir;
	for (size_t i = 0; i < s->nfields; i++)
		if (s->fields[i].sub != NULL)
			know(k, s->fields[i].sub, dir);
}

static void
write_text(struct json_writer *w, const char *text)
{
	json_str(w, "description", text);
}

/* The words of the path and the method: get_exceptions_number. */
static const char *
operation_id(struct json_writer *w, const struct route *r)
{
	struct buf b;

	buf_init(&b, w->out->arena);
	for (const char *s = method_names[r->method]; *s != '\0'; s++)
		buf_char(&b, (char)tolower((unsigned char)*s));
	for (const char *s = r->path + strlen("/api/v1"); *s != '\0'; s++)
		if (isalnum((unsigned char)*s))
			buf_char(&b, *s);
		else if (b.data[b.len - 1] != '_' && *s != '}')
			buf_char(&b, '_');
	return buf_text(&b);
}

static void
write_tag(struct json_writer *w, const struct route *r)
{
	const char *first = r->path + strlen("/api/v1/");

	json_array(w, "tags");
	json_str(w, NULL,
	    arena_strndup(w->out->arena, first, strcspn(first, "/.")));
	json_end(w);
}

static void
write_parameter(struct json_writer *w, const char *name, const char *in,
    bool required, const struct field *f, const char *text)
{
	json_object(w, NULL);
	json_str(w, "name", name);
	json_str(w, "in", in);
	json_bool(w, "required", required);
	write_text(w, text);
	if (f != NULL) {
		json_schema_field(w, "schema", f, JSON_IN);
	} else {
		json_object(w, "schema");
		json_str(w, "type", "string");
		json_end(w);
	}
	json_end(w);
}

static void
write_parameters(struct json_writer *w, const struct route *r)
{
	json_array(w, "parameters");
	for (size_t i = 0; r->in != NULL && i < r->in->nfields; i++) {
		const struct field *f = &r->in->fields[i];

		if (f->flags & FIELD_PATH)
			write_parameter(w, f->name, "path", true, f, f->doc);
		if (f->flags & FIELD_QUERY)
			write_parameter(w, f->name, "query",
			    (f->flags & FIELD_REQUIRED) != 0, f, f->doc);
	}
	if (r->flags & ROUTE_IF_MATCH)
		write_parameter(w, "If-Match", "header", true, NULL,
		    "ETag of the version that is changed");
	if (r->flags & ROUTE_IDEMPOTENT)
		write_parameter(w, "Idempotency-Key", "header",
		    (r->flags & ROUTE_KEY_REQUIRED) != 0, NULL,
		    "8 to 64 letters, digits, _ or -; a repeat is answered "
		    "from the store");
	json_end(w);
}

static void
write_content(struct json_writer *w, const char *media, const char *ref)
{
	json_object(w, "content");
	json_object(w, media);
	json_object(w, "schema");
	if (ref != NULL)
		json_str(w, "$ref", ref);
	json_end(w);
	json_end(w);
	json_end(w);
}

static const char *
ref_to(struct json_writer *w, const struct schema *s, enum json_direction dir)
{
	return arena_printf(w->out->arena, "#/components/schemas/%s%s", s->name,
	    dir == JSON_IN ? "_in" : "");
}

static void
write_body(struct json_writer *w, const struct route *r)
{
	bool file = (r->flags & ROUTE_FILE_BODY) != 0;

	if (!file && !schema_has_body(r->in))
		return;
	json_object(w, "requestBody");
	json_bool(w, "required", true);
	if (file)
		write_content(w, "application/octet-stream", NULL);
	else
		write_content(w, "application/json", ref_to(w, r->in, JSON_IN));
	json_end(w);
}

static void
write_success(struct json_writer *w, const struct route *r)
{
	int status = route_status(r);

	json_object(w, arena_printf(w->out->arena, "%d", status));
	write_text(w, r->out != NULL ? r->out->doc : "Done");
	if (r->out != NULL)
		write_content(w, "application/json",
		    ref_to(w, r->out, JSON_OUT));
	else if (r->media != NULL)
		write_content(w, r->media, NULL);
	json_end(w);
}

/* What the pipeline itself may answer, without the row saying so. */
static bool
pipeline_may_answer(const struct route *r, enum err_kind kind)
{
	if (kind == ERR_UNAUTHENTICATED || kind == ERR_FORBIDDEN)
		return r->access != PERM_ANYONE;
	if (kind == ERR_CROSS_SITE || kind == ERR_BAD_REQUEST)
		return true;
	if (kind == ERR_TOO_LARGE || kind == ERR_MEDIA_TYPE)
		return schema_has_body(r->in) ||
		    (r->flags & ROUTE_FILE_BODY) != 0;
	if (kind == ERR_INVALID)
		return r->in != NULL;
	if (kind == ERR_PRECONDITION_REQUIRED || kind == ERR_STALE)
		return (r->flags & ROUTE_IF_MATCH) != 0;
	if (kind == ERR_KEY_REUSED)
		return (r->flags & ROUTE_IDEMPOTENT) != 0;
	return kind == ERR_INTERNAL ||
	    (kind == ERR_DB_DOWN && r->tx != TX_NONE);
}

static bool
is_listed(const struct route *r, enum err_kind kind)
{
	for (const enum err_kind *k = r->errors; *k != ERR_NONE; k++)
		if (*k == kind)
			return true;
	return pipeline_may_answer(r, kind);
}

/* Kinds of one status share an answer; its text names their types. */
static void
write_status(struct json_writer *w, const struct route *r, int status)
{
	struct buf types;

	buf_init(&types, w->out->arena);
	for (int k = ERR_NONE + 1; k < ERR__MAX; k++) {
		const struct err_kind_row *row = &err_kinds[k];

		if (row->status == status && is_listed(r, (enum err_kind)k) &&
		    strstr(buf_text(&types), row->type) == NULL)
			buf_printf(&types, "%s/problems/%s",
			    types.len > 0 ? ", " : "", row->type);
	}
	if (types.len == 0)
		return;
	json_object(w, arena_printf(w->out->arena, "%d", status));
	write_text(w, buf_text(&types));
	write_content(w, "application/problem+json",
	    "#/components/schemas/problem");
	json_end(w);
}

static void
write_operation(struct json_writer *w, const struct route *r)
{
	char method[8] = "";

	for (size_t i = 0; method_names[r->method][i] != '\0'; i++)
		method[i] =
		    (char)tolower((unsigned char)method_names[r->method][i]);
	json_object(w, method);
	json_str(w, "operationId", operation_id(w, r));
	json_str(w, "summary", r->summary);
	write_tag(w, r);
	json_str(w, "x-permission", perm_names[r->access]);
	json_array(w, "security");
	if (r->access != PERM_ANYONE) {
		json_object(w, NULL);
		json_array(w, "session");
		json_end(w);
		json_end(w);
	}
	json_end(w);
	write_parameters(w, r);
	write_body(w, r);
	json_object(w, "responses");
	write_success(w, r);
	for (int status = 400; status < 600; status++)
		write_status(w, r, status);
	json_end(w);
	json_end(w);
}

static bool
is_first_of_path(size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(routes[k].path, routes[i].path) == 0)
			return false;
	return true;
}

static void
write_paths(struct json_writer *w)
{
	json_object(w, "paths");
	for (size_t i = 0; i < nroutes; i++) {
		if (!is_first_of_path(i))
			continue;
		json_object(w, routes[i].path);
		for (size_t k = i; k < nroutes; k++)
			if (strcmp(routes[k].path, routes[i].path) == 0)
				write_operation(w, &routes[k]);
		json_end(w);
	}
	json_end(w);
}

static const char problem_schema_text[] =
    "{\"type\":\"object\",\"description\":\"RFC 9457\",\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
    "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
    "\"instance\":{\"type\":\"string\",\"description\":\"Request id, as in "
    "the log\"},"
    "\"current_etag\":{\"type\":\"string\"},"
    "\"changed_by\":{\"type\":[\"string\",\"null\"]},"
    "\"changed_at\":{\"type\":[\"string\",\"null\"],\"format\":"
    "\"date-time\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"properties\":{\"pointer\":{\"type\":\"string\"},"
    "\"detail\":{\"type\":\"string\"}},"
    "\"required\":[\"pointer\",\"detail\"]}}},"
    "\"required\":[\"type\",\"title\",\"status\",\"detail\",\"instance\"]}";

static void
write_known(struct json_writer *w, const struct known *known)
{
	for (size_t i = 0; i < known->n; i++)
		json_schema_write(w,
		    arena_printf(w->out->arena, "%s%s", known->schemas[i]->name,
			known->dirs[i] == JSON_IN ? "_in" : ""),
		    known->schemas[i], known->dirs[i]);
}

static void
write_components(struct json_writer *w)
{
	struct known known = { .n = 0 };

	for (size_t i = 0; i < nroutes; i++) {
		if (schema_has_body(routes[i].in))
			know(&known, routes[i].in, JSON_IN);
		if (routes[i].out != NULL)
			know(&known, routes[i].out, JSON_OUT);
	}
	json_object(w, "components");
	json_object(w, "securitySchemes");
	json_raw(w, "session",
	    "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"__Host-exreg\","
	    "\"description\":\"Given by POST /api/v1/session\"}");
	json_end(w);
	json_object(w, "schemas");
	json_raw(w, "problem", problem_schema_text);
	write_known(w, &known);
	json_end(w);
	json_end(w);
}

void
schema_document_write(struct buf *out, const struct schema *s, const char *id)
{
	struct known known = { .n = 0 };
	struct json_writer w;

	know(&known, s, JSON_IN);
	json_begin(&w, out);
	json_object(&w, NULL);
	json_str(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
	json_str(&w, "$id", id);
	json_str(&w, "$ref", ref_to(&w, s, JSON_IN));
	json_object(&w, "components");
	json_object(&w, "schemas");
	write_known(&w, &known);
	json_end(&w);
	json_end(&w);
	json_end(&w);
	json_finish(&w);
}

void
openapi_write(struct buf *out)
{
	struct json_writer w;

	json_begin(&w, out);
	json_object(&w, NULL);
	json_str(&w, "openapi", "3.1.0");
	json_object(&w, "info");
	json_str(&w, "title", "Exception register");
	json_str(&w, "version", "1");
	write_text(&w,
	    "Ask for, decide and look up exceptions to security policy. Made "
	    "from the route table; unsafe methods need Sec-Fetch-Site: "
	    "same-origin or the site's Origin.");
	json_end(&w);
	write_paths(&w);
	write_components(&w);
	json_end(&w);
	json_finish(&w);
}

static void
new_line(struct buf *out, unsigned depth)
{
	buf_char(out, '\n');
	while (depth-- > 0)
		buf_str(out, "  ");
}

/* Copy one string literal, quotes included; returns what follows it. */
static const char *
copy_literal(struct buf *out, const char *s)
{
	const char *end = s + 1;

	while (*end != '"')
		end += *end == '\\' ? 2 : 1;
	buf_add(out, s, (size_t)(end + 1 - s));
	return end + 1;
}

void
json_indent(struct buf *out, const char *json)
{
	unsigned depth = 0;

	while (*json != '\0') {
		char ch = *json++;

		if (ch == '"') {
			json = copy_literal(out, json - 1);
		} else if (ch == '{' || ch == '[') {
			buf_char(out, ch);
			if (*json == '}' || *json == ']')
				buf_char(out, *json++);
			else
				new_line(out, ++depth);
		} else if (ch == '}' || ch == ']') {
			new_line(out, --depth);
			buf_char(out, ch);
		} else {
			buf_char(out, ch);
			if (ch == ',')
				new_line(out, depth);
			else if (ch == ':')
				buf_char(out, ' ');
		}
	}
	buf_char(out, '\n');
}
