/*
 * What a field table says about its struct, without any format: JSON, SQL
 * and CSV each have their own reader or writer over the same rows.
 */
#include "base/field.h"

#include <string.h>

const struct field *
schema_find(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->nfields; i++)
		if (strcmp(s->fields[i].name, name) == 0)
			return &s->fields[i];
	return NULL;
}

void
schema_init(const struct schema *s, void *obj)
{
	const date_t no_date = DATE_NONE;
	const instant_t no_time = TIME_NONE;
	const int64_t no_number = I64_NONE;

	memset(obj, 0, s->size);
	for (size_t i = 0; i < s->nfields; i++) {
		const struct field *f = &s->fields[i];
		unsigned char *at = (unsigned char *)obj + f->off;

		if (f->type == FIELD_DATE)
			memcpy(at, &no_date, sizeof(no_date));
		else if (f->type == FIELD_TIME)
			memcpy(at, &no_time, sizeof(no_time));
		else if (f->type == FIELD_I64 && f->flags & FIELD_NULLABLE)
			memcpy(at, &no_number, sizeof(no_number));
	}
}

int
field_enum_code(const struct field *f, const char *name)
{
	for (size_t i = 0; i < f->nnames; i++)
		if (f->names[i] != NULL && strcmp(f->names[i], name) == 0)
			return (int)i;
	return -1;
}

static size_t
type_size(enum field_type type)
{
	switch (type) {
	case FIELD_BOOL:
		return sizeof(bool);
	case FIELD_I64:
	case FIELD_TIME:
		return sizeof(int64_t);
	case FIELD_ENUM:
		return sizeof(int);
	case FIELD_DATE:
		return sizeof(date_t);
	case FIELD_STR:
	case FIELD_OBJECT:
	case FIELD_ARRAY:
	case FIELD_STRS:
	case FIELD_JSON:
		return sizeof(void *);
	case FIELD__INVALID:
	case FIELD__MAX:
		break;
	}
	return 0;
}

void
field_copy(const struct field *f, const void *from, void *to)
{
	const unsigned char *x = from;
	unsigned char *y = to;

	memcpy(y + f->off, x + f->off, type_size(f->type));
	if (f->type == FIELD_ARRAY || f->type == FIELD_STRS)
		memcpy(y + f->count_off, x + f->count_off, sizeof(size_t));
}

static bool
offset_fits(const struct schema *s, size_t off, size_t size)
{
	/* Every type of a field is as wide as it is aligned. */
	return size <= s->size && off <= s->size - size && off % size == 0;
}

static const char *
enum_fault(const struct field *f)
{
	size_t named = 0;

	if (f->names == NULL || f->nnames == 0)
		return "an enum has no names";
	for (size_t i = 0; i < f->nnames; i++) {
		if (f->names[i] == NULL)
			continue;
		named++;
		if (field_enum_code(f, f->names[i]) != (int)i)
			return "an enum has one name twice";
	}
	return named == 0 ? "an enum has no names" : NULL;
}

static const char *
type_fault(const struct schema *s, const struct field *f)
{
	size_t size = type_size(f->type);

	if (size == 0)
		return "a field has no type";
	if (!offset_fits(s, f->off, size))
		return "a field lies outside its struct";
	if (f->type == FIELD_ARRAY || f->type == FIELD_STRS)
		if (!offset_fits(s, f->count_off, sizeof(size_t)))
			return "a count lies outside its struct";
	if (f->type == FIELD_ENUM)
		return enum_fault(f);
	if (f->type == FIELD_OBJECT || f->type == FIELD_ARRAY)
		if (f->sub == NULL || f->sub->name == NULL ||
		    f->sub->nfields == 0)
			return "an object or array has no sub schema";
	return NULL;
}

static const char *
field_fault(const struct schema *s, const struct field *f)
{
	const unsigned from = FIELD_PATH | FIELD_QUERY | FIELD_READONLY;
	unsigned where = f->flags & from;

	if (f->name == NULL || f->name[0] == '\0')
		return "a field has no name";
	if (schema_find(s, f->name) != f)
		return "two fields have the same name";
	if (f->doc == NULL || f->doc[0] == '\0')
		return "a field has no doc";
	if (f->max != 0 && f->min > f->max)
		return "a field has its minimum above its maximum";
	/* A field comes from one place: body, path or query, or is output. */
	if (__builtin_popcount(where) > 1)
		return "a field comes from two places";
	if (where & (FIELD_PATH | FIELD_QUERY) &&
	    (f->type == FIELD_OBJECT || f->type == FIELD_ARRAY ||
		f->type == FIELD_JSON))
		return "a path or query field is not a plain value";
	return type_fault(s, f);
}

const char *
schema_fault(const struct schema *s)
{
	if (s->name == NULL || s->name[0] == '\0')
		return "the schema has no name";
	if (s->fields == NULL || s->nfields == 0 || s->size == 0)
		return "the schema has no fields";
	if (s->doc == NULL || s->doc[0] == '\0')
		return "the schema has no doc";
	for (size_t i = 0; i < s->nfields; i++) {
		const char *fault = field_fault(s, &s->fields[i]);

		if (fault != NULL)
			return fault;
	}
	return NULL;
}

static bool
text_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
struct_equal(const struct schema *s, const unsigned char *a,
    const unsigned char *b)
{
	for (size_t i = 0; i < s->nfields; i++) {
		if (!field_equal(&s->fields[i], a, b))
			return false;
	}
	return true;
}

/* Lists of the same length; each member of the same kind. */
static bool
list_equal(const struct field *f, const unsigned char *a,
    const unsigned char *b)
{
	const unsigned char *xs, *ys;
	size_t n, m;

	memcpy(&n, a + f->count_off, sizeof(n));
	memcpy(&m, b + f->count_off, sizeof(m));
	memcpy(&xs, a + f->off, sizeof(xs));
	memcpy(&ys, b + f->off, sizeof(ys));
	for (size_t i = 0; n == m && i < n; i++) {
		if (f->type == FIELD_STRS) {
			const char *x, *y;

			memcpy(&x, xs + i * sizeof(x), sizeof(x));
			memcpy(&y, ys + i * sizeof(y), sizeof(y));
			if (!text_equal(x, y))
				return false;
		} else if (!struct_equal(f->sub, xs + i * f->sub->size,
			       ys + i * f->sub->size)) {
			return false;
		}
	}
	return n == m;
}

bool
field_equal(const struct field *f, const void *a, const void *b)
{
	const unsigned char *x = (const unsigned char *)a + f->off;
	const unsigned char *y = (const unsigned char *)b + f->off;
	const void *p, *q;

	switch (f->type) {
	case FIELD_BOOL:
		return memcmp(x, y, sizeof(bool)) == 0;
	case FIELD_I64:
	case FIELD_TIME:
		return memcmp(x, y, sizeof(int64_t)) == 0;
	case FIELD_DATE:
		return memcmp(x, y, sizeof(date_t)) == 0;
	case FIELD_ENUM:
		return memcmp(x, y, sizeof(int)) == 0;
	case FIELD_ARRAY:
	case FIELD_STRS:
		return list_equal(f, a, b);
	case FIELD_STR:
	case FIELD_JSON:
	case FIELD_OBJECT:
	case FIELD__INVALID:
	case FIELD__MAX:
		break;
	}
	memcpy(&p, x, sizeof(p));
	memcpy(&q, y, sizeof(q));
	if (f->type != FIELD_OBJECT)
		return text_equal(p, q);
	return p == q || (p != NULL && q != NULL && struct_equal(f->sub, p, q));
}
