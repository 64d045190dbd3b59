/*
 * The field table as JSON out. Members are read with memcpy, because the
 * table knows offsets and types, the compiler does not.
 */
#include "json/json_write.h"

#include <string.h>

_Static_assert(I64_NONE == TIME_NONE, "load() has one test for both");

/* A member's value, read once; which part counts is the field's type. */
struct value {
	bool none;
	bool truth;
	int code;
	date_t date;
	int64_t number; /* I64, TIME; items of ARRAY and STRS */
	const void *ptr;
	const char *name; /* of an ENUM */
};

static size_t
count_of(const struct field *f, const unsigned char *obj)
{
	size_t n;

	memcpy(&n, obj + f->count_off, sizeof(n));
	return n;
}

static void
load_enum(const struct field *f, struct value *v)
{
	bool known = v->code >= 0 && (size_t)v->code < f->nnames;

	v->name = known ? f->names[v->code] : NULL;
	v->none =
	    v->name == NULL || (v->code == 0 && f->flags & FIELD_NULLABLE);
}

/* An empty list is a value, unless the table says to leave it out. */
static void
load_list(const struct field *f, const unsigned char *obj, struct value *v)
{
	memcpy(&v->ptr, obj + f->off, sizeof(v->ptr));
	v->number = (int64_t)count_of(f, obj);
	v->none = (v->number == 0 && f->flags & FIELD_OMIT) ||
	    (v->ptr == NULL && f->flags & FIELD_NULLABLE);
}

static struct value
load(const struct field *f, const unsigned char *obj)
{
	const unsigned char *at = obj + f->off;
	struct value v = { 0 };

	switch (f->type) {
	case FIELD_BOOL:
		memcpy(&v.truth, at, sizeof(v.truth));
		v.none = !v.truth && f->flags & FIELD_OMIT;
		break;
	case FIELD_I64:
	case FIELD_TIME:
		memcpy(&v.number, at, sizeof(v.number));
		v.none = v.number == I64_NONE;
		break;
	case FIELD_DATE:
		memcpy(&v.date, at, sizeof(v.date));
		v.none = v.date == DATE_NONE;
		break;
	case FIELD_ENUM:
		memcpy(&v.code, at, sizeof(v.code));
		load_enum(f, &v);
		break;
	case FIELD_STR:
	case FIELD_JSON:
	case FIELD_OBJECT:
		memcpy(&v.ptr, at, sizeof(v.ptr));
		v.none = v.ptr == NULL;
		break;
	case FIELD_ARRAY:
	case FIELD_STRS:
		load_list(f, obj, &v);
		break;
	case FIELD__INVALID:
	case FIELD__MAX:
		v.none = true;
		break;
	}
	return v;
}

static void
put_number(struct json_writer *w, const struct field *f, int64_t number)
{
	if (!(f->flags & FIELD_ID)) {
		json_i64(w, f->name, number);
		return;
	}
	json_raw(w, f->name, "\"");
	buf_i64(w->out, number);
	buf_char(w->out, '"');
}

static void
put_strs(struct json_writer *w, const struct field *f, const struct value *v)
{
	json_array(w, f->name);
	for (int64_t i = 0; i < v->number; i++)
		json_str(w, NULL, ((const char *const *)v->ptr)[i]);
	json_end(w);
}

static void
put_value(struct json_writer *w, const struct field *f, const struct value *v)
{
	switch (f->type) {
	case FIELD_BOOL:
		json_bool(w, f->name, v->truth);
		break;
	case FIELD_I64:
		put_number(w, f, v->number);
		break;
	case FIELD_STR:
		json_str(w, f->name, v->ptr);
		break;
	case FIELD_ENUM:
		json_str(w, f->name, v->name);
		break;
	case FIELD_DATE:
		json_date(w, f->name, v->date);
		break;
	case FIELD_TIME:
		json_time(w, f->name, v->number);
		break;
	case FIELD_OBJECT:
		json_struct(w, f->name, f->sub, v->ptr);
		break;
	case FIELD_ARRAY:
		json_structs(w, f->name, f->sub, v->ptr, (size_t)v->number);
		break;
	case FIELD_STRS:
		put_strs(w, f, v);
		break;
	case FIELD_JSON:
		json_raw(w, f->name, v->ptr);
		break;
	case FIELD__INVALID:
	case FIELD__MAX:
		break;
	}
}

void
json_struct(struct json_writer *w, const char *key, const struct schema *s,
    const void *obj)
{
	json_object(w, key);
	for (size_t i = 0; i < s->nfields; i++) {
		const struct field *f = &s->fields[i];
		struct value v;

		if (f->flags & (FIELD_SECRET | FIELD_INTERNAL))
			continue;
		v = load(f, obj);
		if (!v.none)
			put_value(w, f, &v);
		else if (!(f->flags & FIELD_OMIT))
			json_null(w, f->name);
	}
	json_end(w);
}

void
json_structs(struct json_writer *w, const char *key, const struct schema *s,
    const void *objs, size_t n)
{
	json_array(w, key);
	for (size_t i = 0; i < n; i++)
		json_struct(w, NULL, s,
		    (const unsigned char *)objs + i * s->size);
	json_end(w);
}
