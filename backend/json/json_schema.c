/*
 * The same rows the reader and the writer obey, told as JSON Schema. What
 * is written here about null and limits mirrors json_fields.c and
 * json_struct.c; the tests compare both sides.
 */
#include "json/json_schema.h"

#include "json/json_limits.h"

/* May the value be null? */
static bool
takes_null(const struct field *f, enum json_direction dir)
{
	if (dir == JSON_OUT)
		return (f->flags & FIELD_NULLABLE) != 0 &&
		    !(f->flags & FIELD_OMIT);
	return !(f->flags & (FIELD_REQUIRED | FIELD_PATH | FIELD_QUERY));
}

static bool
is_listed(const struct field *f, enum json_direction dir)
{
	if (dir == JSON_OUT)
		return !(f->flags & (FIELD_SECRET | FIELD_INTERNAL));
	return f->type != FIELD_JSON &&
	    !(f->flags & (FIELD_READONLY | FIELD_PATH | FIELD_QUERY));
}

static bool
is_required(const struct field *f, enum json_direction dir)
{
	if (dir == JSON_OUT)
		return !(f->flags & FIELD_OMIT);
	return (f->flags & FIELD_REQUIRED) != 0;
}

static void
put_type(struct json_writer *w, const char *type, bool null)
{
	if (!null) {
		json_str(w, "type", type);
		return;
	}
	json_array(w, "type");
	json_str(w, NULL, type);
	json_str(w, NULL, "null");
	json_end(w);
}

static void
put_ref(struct json_writer *w, const char *key, const struct schema *s,
    enum json_direction dir)
{
	struct buf *out = w->out;
	struct buf ref;

	buf_init(&ref, out->arena);
	buf_printf(&ref, "#/components/schemas/%s%s", s->name,
	    dir == JSON_IN ? "_in" : "");
	json_str(w, key, buf_text(&ref));
}

static void
put_string(struct json_writer *w, const struct field *f,
    enum json_direction dir)
{
	struct json_limits l = json_limits(f);

	put_type(w, "string", takes_null(f, dir));
	if (dir == JSON_OUT)
		return;
	if (f->flags & FIELD_REQUIRED && l.min == 0)
		l.min = 1;
	if (l.min > 0)
		json_i64(w, "minLength", l.min);
	json_i64(w, "maxLength", l.max);
}

static void
put_number(struct json_writer *w, const struct field *f,
    enum json_direction dir)
{
	struct json_limits l = json_limits(f);

	if (f->flags & FIELD_ID) {
		put_type(w, "string", takes_null(f, dir));
		json_str(w, "pattern", "^(0|-?[1-9][0-9]*)$");
		return;
	}
	put_type(w, "integer", takes_null(f, dir));
	json_str(w, "format", "int64");
	if (l.min > INT64_MIN + 1)
		json_i64(w, "minimum", l.min);
	if (l.max < INT64_MAX)
		json_i64(w, "maximum", l.max);
}

static void
put_enum(struct json_writer *w, const struct field *f, enum json_direction dir)
{
	bool null = takes_null(f, dir);

	put_type(w, "string", null);
	json_array(w, "enum");
	for (size_t i = 0; i < f->nnames; i++) {
		/* Code 0 of a nullable field is written as null. */
		if (f->names[i] == NULL ||
		    (i == 0 && dir == JSON_OUT && f->flags & FIELD_NULLABLE))
			continue;
		json_str(w, NULL, f->names[i]);
	}
	if (null)
		json_null(w, NULL);
	json_end(w);
}

static void
put_object(struct json_writer *w, const struct field *f,
    enum json_direction dir)
{
	if (!takes_null(f, dir)) {
		put_ref(w, "$ref", f->sub, dir);
		return;
	}
	json_array(w, "anyOf");
	json_object(w, NULL);
	put_ref(w, "$ref", f->sub, dir);
	json_end(w);
	json_object(w, NULL);
	json_str(w, "type", "null");
	json_end(w);
	json_end(w);
}

static void
put_list(struct json_writer *w, const struct field *f, enum json_direction dir)
{
	struct json_limits l = json_limits(f);

	put_type(w, "array", takes_null(f, dir));
	json_object(w, "items");
	if (f->type == FIELD_ARRAY) {
		put_ref(w, "$ref", f->sub, dir);
	} else {
		json_str(w, "type", "string");
		if (dir == JSON_IN)
			json_i64(w, "maxLength", JSON_ITEM_MAX);
	}
	json_end(w);
	if (dir == JSON_OUT)
		return;
	if (f->flags & FIELD_REQUIRED && l.min == 0)
		l.min = 1;
	if (l.min > 0)
		json_i64(w, "minItems", l.min);
	json_i64(w, "maxItems", l.max);
}

static void
put_value(struct json_writer *w, const struct field *f, enum json_direction dir)
{
	switch (f->type) {
	case FIELD_BOOL:
		put_type(w, "boolean", takes_null(f, dir));
		break;
	case FIELD_I64:
		put_number(w, f, dir);
		break;
	case FIELD_STR:
		put_string(w, f, dir);
		break;
	case FIELD_ENUM:
		put_enum(w, f, dir);
		break;
	case FIELD_DATE:
		put_type(w, "string", takes_null(f, dir));
		json_str(w, "format", "date");
		break;
	case FIELD_TIME:
		put_type(w, "string", takes_null(f, dir));
		json_str(w, "format", "date-time");
		break;
	case FIELD_OBJECT:
		put_object(w, f, dir);
		break;
	case FIELD_ARRAY:
	case FIELD_STRS:
		put_list(w, f, dir);
		break;
	case FIELD_JSON: /* any value */
	case FIELD__INVALID:
	case FIELD__MAX:
		break;
	}
}

void
json_schema_field(struct json_writer *w, const char *key, const struct field *f,
    enum json_direction dir)
{
	json_object(w, key);
	put_value(w, f, dir);
	if (f->flags & FIELD_SECRET)
		json_bool(w, "writeOnly", true);
	if (f->doc != NULL)
		json_str(w, "description", f->doc);
	json_end(w);
}

static void
put_required(struct json_writer *w, const struct schema *s,
    enum json_direction dir)
{
	bool open = false;

	for (size_t i = 0; i < s->nfields; i++) {
		const struct field *f = &s->fields[i];

		if (!is_listed(f, dir) || !is_required(f, dir))
			continue;
		/* An empty list would be legal, and noise. */
		if (!open)
			json_array(w, "required");
		open = true;
		json_str(w, NULL, f->name);
	}
	if (open)
		json_end(w);
}

void
json_schema_write(struct json_writer *w, const char *key,
    const struct schema *s, enum json_direction dir)
{
	json_object(w, key);
	json_str(w, "type", "object");
	if (s->doc != NULL)
		json_str(w, "description", s->doc);
	json_object(w, "properties");
	for (size_t i = 0; i < s->nfields; i++)
		if (is_listed(&s->fields[i], dir))
			json_schema_field(w, s->fields[i].name, &s->fields[i],
			    dir);
	json_end(w);
	put_required(w, s, dir);
	if (dir == JSON_IN)
		json_bool(w, "additionalProperties", false);
	json_end(w);
}
