/*
 * A tree, or one text, into a struct by its field table. Faults are
 * collected, so a person sees all of them at once; that is why the functions
 * here report and go on. The place of a value is a chain of frames on the
 * stack and turns into a pointer (RFC 6901) only when there is a fault.
 */
#include "json/json_read.h"

#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/token.h"
#include "base/utf8.h"
#include "json/json_limits.h"

struct reader {
	struct arena *arena;
	struct err *e;
	bool failed;
};

struct place {
	struct reader *r;
	const struct place *up;
	const char *name; /* member, or NULL for an item; top: as given */
	size_t index;
};

static void
put_place(struct buf *out, const struct place *p)
{
	if (p->up == NULL) {
		buf_str(out, p->name);
		return;
	}
	put_place(out, p->up);
	buf_char(out, '/');
	if (p->name == NULL) {
		buf_i64(out, (int64_t)p->index);
		return;
	}
	for (const char *s = p->name; *s != '\0'; s++) {
		if (*s == '~')
			buf_str(out, "~0");
		else if (*s == '/')
			buf_str(out, "~1");
		else
			buf_char(out, *s);
	}
}

__attribute__((format(printf, 2, 3))) static void
fault(const struct place *p, const char *fmt, ...)
{
	struct arena *a = p->r->arena;
	struct buf pointer;
	char *detail;
	va_list ap;

	buf_init(&pointer, a);
	put_place(&pointer, p);
	va_start(ap, fmt);
	detail = arena_vprintf(a, fmt, ap);
	va_end(ap);
	err_field(p->r->e, a, buf_text(&pointer), "%s", detail);
	p->r->failed = true;
}

static const char *
plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

/* Text that is kept, within its limits; NULL after a fault. */
static const char *
take_text(const struct place *p, const struct json *v, struct json_limits l,
    bool required)
{
	int64_t length;

	if (v->type != JSON_STRING) {
		fault(p, "must be text");
		return NULL;
	}
	length = (int64_t)utf8_length(v->text);
	if (required && length == 0)
		fault(p, "is missing");
	else if (required && utf8_is_blank(v->text))
		fault(p, "is blank");
	else if (utf8_has_control(v->text))
		fault(p, "contains a control character");
	else if (length > l.max)
		fault(p, "is longer than %lld character%s", (long long)l.max,
		    plural(l.max));
	else if (length < l.min)
		fault(p, "is shorter than %lld character%s", (long long)l.min,
		    plural(l.min));
	else
		return v->text;
	return NULL;
}

static void
read_str(const struct place *p, const struct field *f, const struct json *v,
    void *at)
{
	const char *text =
	    take_text(p, v, json_limits(f), (f->flags & FIELD_REQUIRED) != 0);

	/* The tree's own text, not a copy: a secret is then wiped in one
	 * place. */
	if (text != NULL)
		memcpy(at, &text, sizeof(text));
}

static void
read_i64(const struct place *p, const struct field *f, const struct json *v,
    void *at)
{
	bool id = (f->flags & FIELD_ID) != 0;
	struct json_limits l = json_limits(f);
	long long n;
	int64_t value;

	if (v->type == (id ? JSON_STRING : JSON_NUMBER) &&
	    i64_parse(v->text, strlen(v->text), l.min, l.max, &n) == 0) {
		value = n;
		memcpy(at, &value, sizeof(value));
		return;
	}
	if (id)
		fault(p, "must be a whole number, as text");
	else if (f->min == 0 && f->max == 0)
		fault(p, "must be a whole number");
	else if (l.max == INT64_MAX)
		fault(p, "must be a whole number, %lld or more",
		    (long long)l.min);
	else
		fault(p, "must be a whole number from %lld to %lld",
		    (long long)l.min, (long long)l.max);
}

static void
read_bool(const struct place *p, const struct json *v, void *at)
{
	if (v->type != JSON_BOOL)
		fault(p, "must be true or false");
	else
		memcpy(at, &v->truth, sizeof(v->truth));
}

static void
read_enum(const struct place *p, const struct field *f, const struct json *v,
    void *at)
{
	int code = v->type == JSON_STRING ? field_enum_code(f, v->text) : -1;
	struct buf names;

	if (code >= 0) {
		memcpy(at, &code, sizeof(code));
		return;
	}
	buf_init(&names, p->r->arena);
	for (size_t i = 0; i < f->nnames; i++)
		if (f->names[i] != NULL)
			buf_printf(&names, "%s%s", names.len > 0 ? ", " : "",
			    f->names[i]);
	fault(p, "must be one of: %s", buf_text(&names));
}

static void
read_date(const struct place *p, const struct json *v, void *at)
{
	date_t d;

	if (v->type != JSON_STRING ||
	    date_parse(v->text, strlen(v->text), &d) < 0)
		fault(p, "must be a date like 2026-11-30");
	else
		memcpy(at, &d, sizeof(d));
}

static void
read_time(const struct place *p, const struct json *v, void *at)
{
	instant_t t;

	if (v->type != JSON_STRING ||
	    instant_parse(v->text, strlen(v->text), &t) < 0)
		fault(p, "must be a time like 2026-11-30T07:15:00Z");
	else
		memcpy(at, &t, sizeof(t));
}

static void read_object(const struct place *p, const struct schema *s,
    const struct json *v, void *obj);

static void
read_sub(const struct place *p, const struct field *f, const struct json *v,
    void *at)
{
	void *sub;

	if (v->type != JSON_OBJECT) {
		fault(p, "must be an object");
		return;
	}
	sub = arena_alloc(p->r->arena, f->sub->size);
	read_object(p, f->sub, v, sub);
	memcpy(at, &sub, sizeof(sub));
}

/* A list with a number of items the table allows. */
static bool
list_fits(const struct place *p, const struct field *f, const struct json *v)
{
	struct json_limits l = json_limits(f);
	int64_t n = (int64_t)v->nchildren;

	if (v->type != JSON_ARRAY)
		fault(p, "must be a list");
	else if (f->flags & FIELD_REQUIRED && n == 0)
		fault(p, "is empty");
	else if (n > l.max)
		fault(p, "has more than %lld item%s", (long long)l.max,
		    plural(l.max));
	else if (n < l.min)
		fault(p, "has fewer than %lld item%s", (long long)l.min,
		    plural(l.min));
	else
		return true;
	return false;
}

/* Objects (size of the sub schema each) or strings (a pointer each). */
static void
read_list(const struct place *p, const struct field *f, const struct json *v,
    unsigned char *obj)
{
	const struct json_limits text = { 0, JSON_ITEM_MAX };
	size_t size = f->type == FIELD_ARRAY ? f->sub->size : sizeof(char *);
	struct place item = { .r = p->r, .up = p };
	unsigned char *list;
	size_t n = 0;

	if (!list_fits(p, f, v))
		return;
	list = arena_array(p->r->arena, v->nchildren, size);
	for (v = v->first; v != NULL; v = v->next, n++) {
		item.index = n;
		if (f->type == FIELD_ARRAY) {
			read_object(&item, f->sub, v, list + n * size);
		} else {
			const char *s = take_text(&item, v, text, false);

			memcpy(list + n * size, &s, sizeof(s));
		}
	}
	memcpy(obj + f->off, &list, sizeof(list));
	memcpy(obj + f->count_off, &n, sizeof(n));
}

static void
read_value(const struct place *p, const struct field *f, const struct json *v,
    unsigned char *obj)
{
	unsigned char *at = obj + f->off;

	if (v == NULL || v->type == JSON_NULL) {
		if (f->flags & FIELD_REQUIRED)
			fault(p, "is missing");
		return;
	}
	switch (f->type) {
	case FIELD_BOOL:
		read_bool(p, v, at);
		break;
	case FIELD_I64:
		read_i64(p, f, v, at);
		break;
	case FIELD_STR:
		read_str(p, f, v, at);
		break;
	case FIELD_ENUM:
		read_enum(p, f, v, at);
		break;
	case FIELD_DATE:
		read_date(p, v, at);
		break;
	case FIELD_TIME:
		read_time(p, v, at);
		break;
	case FIELD_OBJECT:
		read_sub(p, f, v, at);
		break;
	case FIELD_ARRAY:
	case FIELD_STRS:
		read_list(p, f, v, obj);
		break;
	case FIELD_JSON:
	case FIELD__INVALID:
	case FIELD__MAX:
		break;
	}
}

/* Does the field come from the body? */
static bool
in_body(const struct field *f)
{
	return f->type != FIELD_JSON &&
	    !(f->flags & (FIELD_READONLY | FIELD_PATH | FIELD_QUERY));
}

static void
read_object(const struct place *p, const struct schema *s, const struct json *v,
    void *obj)
{
	struct place member = { .r = p->r, .up = p };

	schema_init(s, obj);
	if (v->type != JSON_OBJECT) {
		fault(p, "must be an object");
		return;
	}
	for (size_t i = 0; i < s->nfields; i++) {
		const struct field *f = &s->fields[i];

		member.name = f->name;
		if (in_body(f))
			read_value(&member, f, json_member(v, f->name), obj);
	}
	for (v = v->first; v != NULL; v = v->next) {
		const struct field *f = schema_find(s, v->key);

		member.name = v->key;
		if (f == NULL || !in_body(f))
			fault(&member, "is not a field of this form");
	}
}

int
json_read_struct(struct arena *a, const struct json *v, const struct schema *s,
    void *obj, const char *at, struct err *e)
{
	struct reader r = { .arena = a, .e = e };
	struct place top = { .r = &r, .name = at };

	read_object(&top, s, v, obj);
	return r.failed ? -1 : 0;
}

/* The text as the JSON value it stands for. */
static struct json
json_of_text(const struct field *f, const char *text)
{
	struct json v = { .type = JSON_STRING, .text = text };

	if (text == NULL || text[0] == '\0') {
		v.type = JSON_NULL;
	} else if (f->type == FIELD_BOOL) {
		v.truth = strcmp(text, "true") == 0;
		if (v.truth || strcmp(text, "false") == 0)
			v.type = JSON_BOOL;
	} else if (f->type == FIELD_I64 && !(f->flags & FIELD_ID)) {
		v.type = JSON_NUMBER;
	}
	return v;
}

int
field_read_text(struct arena *a, const struct field *f, void *obj,
    const char *text, const char *where, struct err *e)
{
	struct reader r = { .arena = a, .e = e };
	struct place top = { .r = &r, .name = where };
	struct json v = json_of_text(f, text);
	struct json list = { .type = JSON_ARRAY, .nchildren = 1, .first = &v };

	if (text != NULL && !utf8_is_valid(text, strlen(text)))
		fault(&top, "is not UTF-8");
	else if (f->type == FIELD_STRS && v.type == JSON_STRING)
		read_value(&top, f, &list, obj);
	else
		read_value(&top, f, &v, obj);
	return r.failed ? -1 : 0;
}
