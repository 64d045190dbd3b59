/* Bytes gather in one buffer and go on when it is full. */
#include "export/csv.h"

#include <assert.h>
#include <string.h>

#include "export/csv_read.h"

void
csv_begin(struct csv *c, csv_sink_fn sink, void *arg)
{
	c->sink = sink;
	c->arg = arg;
	c->len = 0;
}

static int
flush(struct csv *c, struct err *e)
{
	size_t n = c->len;

	c->len = 0;
	return n == 0 ? 0 : c->sink(c->arg, c->data, n, e);
}

static int
put(struct csv *c, const char *s, size_t n, struct err *e)
{
	while (n > 0) {
		size_t room = sizeof(c->data) - c->len;
		size_t part = n < room ? n : room;

		memcpy(c->data + c->len, s, part);
		c->len += part;
		s += part;
		n -= part;
		if (c->len == sizeof(c->data) && flush(c, e) < 0)
			return -1;
	}
	return 0;
}

/* A spreadsheet may run what starts with one of these. */
bool
csv_is_formula(const char *s)
{
	static const char *const wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b",
		"\xef\xbc\x8d", "\xef\xbc\xa0" };

	if (s[0] != '\0' && strchr("=+-@\t\r", s[0]) != NULL)
		return true;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(s, wide[i], 3) == 0)
			return true;
	return false;
}

/* Text of people: quotes doubled. */
static int
put_text(struct csv *c, const char *s, struct err *e)
{
	if (csv_is_formula(s) && put(c, "'", 1, e) < 0)
		return -1;
	while (*s != '\0') {
		size_t n = strcspn(s, "\"");

		if (put(c, s, n, e) < 0)
			return -1;
		s += n;
		if (*s == '"' && put(c, "\"\"", 2, e) < 0)
			return -1;
		s += *s == '"';
	}
	return 0;
}

static int
put_number(struct csv *c, int64_t v, struct err *e)
{
	char digits[21];
	size_t at = sizeof(digits);
	uint64_t u = v < 0 ? UINT64_C(0) - (uint64_t)v : (uint64_t)v;

	do {
		digits[--at] = (char)('0' + u % 10);
		u /= 10;
	} while (u != 0);
	if (v < 0)
		digits[--at] = '-';
	return put(c, digits + at, sizeof(digits) - at, e);
}

static int
put_i64(struct csv *c, const struct field *f, const void *at, struct err *e)
{
	int64_t v;

	memcpy(&v, at, sizeof(v));
	if (v == I64_NONE && f->flags & FIELD_NULLABLE)
		return 0;
	return put_number(c, v, e);
}

static int
put_enum(struct csv *c, const struct field *f, const void *at, struct err *e)
{
	int v;

	memcpy(&v, at, sizeof(v));
	if (v < 0 || (size_t)v >= f->nnames || f->names[v] == NULL)
		return 0;
	return put(c, f->names[v], strlen(f->names[v]), e);
}

static int
put_date(struct csv *c, const void *at, struct err *e)
{
	char text[11];
	date_t v;

	memcpy(&v, at, sizeof(v));
	if (v == DATE_NONE)
		return 0;
	date_format(v, text);
	return put(c, text, 10, e);
}

static int
put_time(struct csv *c, const void *at, struct err *e)
{
	char text[28];
	instant_t v;

	memcpy(&v, at, sizeof(v));
	if (v == TIME_NONE)
		return 0;
	instant_format(v, text);
	return put(c, text, 27, e);
}

static int
put_value(struct csv *c, const struct field *f, const void *obj, struct err *e)
{
	const unsigned char *at = (const unsigned char *)obj + f->off;
	const char *s;
	bool b;

	switch (f->type) {
	case FIELD_STR:
		memcpy(&s, at, sizeof(s));
		return s == NULL ? 0 : put_text(c, s, e);
	case FIELD_I64:
		return put_i64(c, f, at, e);
	case FIELD_ENUM:
		return put_enum(c, f, at, e);
	case FIELD_DATE:
		return put_date(c, at, e);
	case FIELD_TIME:
		return put_time(c, at, e);
	case FIELD_BOOL:
		memcpy(&b, at, sizeof(b));
		return put(c, b ? "yes" : "no", b ? 3 : 2, e);
	case FIELD_OBJECT:
	case FIELD_ARRAY:
	case FIELD_STRS:
	case FIELD_JSON:
	case FIELD__INVALID:
	case FIELD__MAX:
		break;
	}
	assert(!"a field that is no plain value");
	return -1;
}

int
csv_header(struct csv *c, const struct schema *s, struct err *e)
{
	for (size_t i = 0; i < s->nfields; i++) {
		const char *name = s->fields[i].name;

		if (put(c, i == 0 ? "\"" : ",\"", i == 0 ? 1 : 2, e) < 0 ||
		    put(c, name, strlen(name), e) < 0 || put(c, "\"", 1, e) < 0)
			return -1;
	}
	return put(c, "\r\n", 2, e);
}

int
csv_row(struct csv *c, const struct schema *s, const void *obj, struct err *e)
{
	for (size_t i = 0; i < s->nfields; i++) {
		if (put(c, i == 0 ? "\"" : ",\"", i == 0 ? 1 : 2, e) < 0 ||
		    put_value(c, &s->fields[i], obj, e) < 0 ||
		    put(c, "\"", 1, e) < 0)
			return -1;
	}
	return put(c, "\r\n", 2, e);
}

int
csv_end(struct csv *c, struct err *e)
{
	return flush(c, e);
}
