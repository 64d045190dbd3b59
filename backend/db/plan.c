/*
 * Every column gets a place of its own that Connector/C fills: a number, a
 * time, or a text buffer as long as the column was declared. A text declared
 * longer than PLAN_TEXT_MAX gets no buffer; the fetch then only reports its
 * length, and it is read straight into the arena. The same second step is
 * the way out for a text longer than its buffer, so nothing is ever cut.
 *
 * blank is the row struct without values; a NULL simply leaves it alone.
 */
#include "db/plan.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/token.h"
#include "db/handle.h"

#define CHARSET_BINARY 63

/* What a column carries, as bits. */
#define FROM_NULL 0x01u /* the literal NULL */
#define FROM_INT 0x02u
#define FROM_DECIMAL0 0x04u /* SUM(), signed with unsigned */
#define FROM_DECIMAL 0x08u
#define FROM_TEXT 0x10u
#define FROM_BYTES 0x20u
#define FROM_DATE 0x40u
#define FROM_DATETIME 0x80u

struct column {
	const struct field *field;
	unsigned from;
	unsigned long length;
	my_bool null;
	my_bool error;
	union {
		long long num;
		MYSQL_TIME time;
	} v;
	char *text;
	unsigned long cap; /* bytes at text; 0: second step */
};

struct plan {
	const struct schema *row;
	unsigned n;
	struct column *columns;
	MYSQL_BIND *binds;
	void *blank;
	char *texts; /* the text buffers of all columns */
};

/* clang-format off */
static const struct {
	enum enum_field_types type;
	unsigned from;
} sources[] = {
	{ MYSQL_TYPE_NULL, FROM_NULL },
	{ MYSQL_TYPE_TINY, FROM_INT },
	{ MYSQL_TYPE_SHORT, FROM_INT },
	{ MYSQL_TYPE_INT24, FROM_INT },
	{ MYSQL_TYPE_LONG, FROM_INT },
	{ MYSQL_TYPE_LONGLONG, FROM_INT },
	{ MYSQL_TYPE_YEAR, FROM_INT },
	{ MYSQL_TYPE_NEWDECIMAL, FROM_DECIMAL },
	{ MYSQL_TYPE_STRING, FROM_TEXT },
	{ MYSQL_TYPE_VAR_STRING, FROM_TEXT },
	{ MYSQL_TYPE_VARCHAR, FROM_TEXT },
	{ MYSQL_TYPE_ENUM, FROM_TEXT },
	{ MYSQL_TYPE_SET, FROM_TEXT },
	{ MYSQL_TYPE_JSON, FROM_TEXT },
	{ MYSQL_TYPE_TINY_BLOB, FROM_TEXT },
	{ MYSQL_TYPE_BLOB, FROM_TEXT },
	{ MYSQL_TYPE_MEDIUM_BLOB, FROM_TEXT },
	{ MYSQL_TYPE_LONG_BLOB, FROM_TEXT },
	{ MYSQL_TYPE_DATE, FROM_DATE },
	{ MYSQL_TYPE_NEWDATE, FROM_DATE },
	{ MYSQL_TYPE_DATETIME, FROM_DATETIME },
	{ MYSQL_TYPE_TIMESTAMP, FROM_DATETIME },
};

/* What a field accepts. */
static const struct {
	unsigned from;
	enum enum_field_types bind;
	const char *want;
} takes[FIELD__MAX] = {
	[FIELD_BOOL] = { FROM_INT | FROM_DECIMAL0, MYSQL_TYPE_LONGLONG, "an integer" },
	[FIELD_I64] = { FROM_INT | FROM_DECIMAL0, MYSQL_TYPE_LONGLONG, "an integer" },
	[FIELD_ENUM] = { FROM_INT | FROM_DECIMAL0, MYSQL_TYPE_LONGLONG, "an integer" },
	[FIELD_STR] = { FROM_TEXT | FROM_BYTES | FROM_DECIMAL | FROM_DECIMAL0, MYSQL_TYPE_STRING, "text" },
	[FIELD_JSON] = { FROM_TEXT, MYSQL_TYPE_STRING, "text" },
	[FIELD_DATE] = { FROM_DATE, MYSQL_TYPE_DATE, "a DATE" },
	[FIELD_TIME] = { FROM_DATETIME, MYSQL_TYPE_DATETIME, "a DATETIME" },
	[FIELD_OBJECT] = { 0, MYSQL_TYPE_NULL, "no column" },
	[FIELD_ARRAY] = { 0, MYSQL_TYPE_NULL, "no column" },
	[FIELD_STRS] = { 0, MYSQL_TYPE_NULL, "no column" },
};
/* clang-format on */

static unsigned
source_of(const MYSQL_FIELD *c)
{
	unsigned from = 0;

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (sources[i].type == c->type)
			from = sources[i].from;
	if (from == FROM_TEXT && c->charsetnr == CHARSET_BINARY)
		return FROM_BYTES;
	if (from == FROM_DECIMAL && c->decimals == 0)
		return FROM_DECIMAL0;
	return from;
}

/* Find the field of column i and check that they fit. 0, or -1 and why. */
static int
column_match(struct plan *p, unsigned i, const MYSQL_FIELD *c, char *why,
    size_t why_size)
{
	struct column *col = &p->columns[i];

	col->field = schema_find(p->row, c->name);
	if (col->field == NULL) {
		snprintf(why, why_size, "column %s has no field in %s", c->name,
		    p->row->name);
		return -1;
	}
	for (unsigned k = 0; k < i; k++) {
		if (p->columns[k].field == col->field) {
			snprintf(why, why_size, "column %s comes twice",
			    c->name);
			return -1;
		}
	}
	col->from = source_of(c);
	if ((col->from & (takes[col->field->type].from | FROM_NULL)) == 0) {
		snprintf(why, why_size,
		    "column %s: field of %s wants %s, not "
		    "type %d",
		    c->name, p->row->name, takes[col->field->type].want,
		    (int)c->type);
		return -1;
	}
	if (takes[col->field->type].bind == MYSQL_TYPE_STRING &&
	    c->length <= PLAN_TEXT_MAX)
		col->cap = c->length;
	return 0;
}

/* Point the bind of a column at the place the column has for its value. */
static void
column_bind(struct column *col, char *text, MYSQL_BIND *b)
{
	b->buffer_type = takes[col->field->type].bind;
	b->is_null = &col->null;
	b->error = &col->error;
	b->length = &col->length;
	if (b->buffer_type == MYSQL_TYPE_STRING) {
		if (col->from == FROM_BYTES)
			b->buffer_type = MYSQL_TYPE_BLOB;
		col->text = text;
		b->buffer = col->cap == 0 ? NULL : text;
		b->buffer_length = col->cap;
	} else {
		b->buffer = &col->v;
		b->buffer_length = sizeof(col->v);
	}
}

struct plan *
plan_new(const struct schema *row, const MYSQL_FIELD *columns, unsigned n,
    char *why, size_t why_size)
{
	struct plan *p = db_calloc(1, sizeof(*p));
	size_t total = 0;
	size_t at = 0;

	p->row = row;
	p->n = n;
	p->columns = db_calloc(n, sizeof(*p->columns));
	for (unsigned i = 0; i < n; i++) {
		if (column_match(p, i, &columns[i], why, why_size) < 0) {
			plan_free(p);
			return NULL;
		}
		total += p->columns[i].cap;
	}
	p->binds = db_calloc(n, sizeof(*p->binds));
	p->texts = db_calloc(1, total + 1);
	for (unsigned i = 0; i < n; i++) {
		column_bind(&p->columns[i], p->texts + at, &p->binds[i]);
		at += p->columns[i].cap;
	}
	p->blank = db_calloc(1, row->size);
	schema_init(row, p->blank);
	return p;
}

void
plan_free(struct plan *p)
{
	if (p == NULL)
		return;
	free(p->columns);
	free(p->binds);
	free(p->texts);
	free(p->blank);
	free(p);
}

MYSQL_BIND *
plan_binds(struct plan *p)
{
	return p->binds;
}

/* The second step: read a column into length + 1 bytes on the arena. */
static char *
text_fetch(const struct column *col, MYSQL_STMT *st, unsigned i,
    struct arena *a)
{
	char *s = arena_alloc(a, col->length + 1);
	MYSQL_BIND b = {
		.buffer_type = col->from == FROM_BYTES ? MYSQL_TYPE_BLOB :
							 MYSQL_TYPE_STRING,
		.buffer = s,
		.buffer_length = col->length,
	};

	return mysql_stmt_fetch_column(st, &b, i, 0) != 0 ? NULL : s;
}

static bool
load_text(const struct column *col, MYSQL_STMT *st, unsigned i, struct arena *a,
    void *at)
{
	const char *s;

	if (col->length > col->cap) {
		s = text_fetch(col, st, i, a);
		if (s == NULL)
			return false;
	} else {
		s = arena_strndup(a, col->text, col->length);
	}
	if (col->from == FROM_BYTES) {
		char *hex = arena_alloc(a, 2 * col->length + 1);

		hex_encode((const unsigned char *)s, col->length, hex);
		s = hex;
	}
	memcpy(at, &s, sizeof(s));
	return true;
}

static bool
load_number(const struct column *col, void *at)
{
	long long v = col->v.num;
	bool flag = v != 0;
	int64_t number = v;
	int code;

	if (col->error)
		return false;
	if (col->field->type == FIELD_I64) {
		memcpy(at, &number, sizeof(number));
		return true;
	}
	if (col->field->type == FIELD_BOOL) {
		memcpy(at, &flag, sizeof(flag));
		return true;
	}
	if (v < 0 || v > INT_MAX || (size_t)v >= col->field->nnames ||
	    (v != 0 && col->field->names[v] == NULL))
		return false;
	code = (int)v;
	memcpy(at, &code, sizeof(code));
	return true;
}

static bool
load_time(const struct column *col, void *at)
{
	const MYSQL_TIME *t = &col->v.time;
	date_t day;
	instant_t when;

	if (!civil_is_valid((int)t->year, (int)t->month, (int)t->day))
		return false;
	day = date_from_civil((int)t->year, (int)t->month, (int)t->day);
	if (col->field->type == FIELD_DATE) {
		memcpy(at, &day, sizeof(day));
		return true;
	}
	when = day * US_PER_DAY +
	    (t->hour * 3600 + t->minute * 60 + t->second) * US_PER_SECOND +
	    (instant_t)t->second_part;
	memcpy(at, &when, sizeof(when));
	return true;
}

static bool
load_column(const struct column *col, MYSQL_STMT *st, unsigned i,
    struct arena *a, void *at)
{
	switch (col->field->type) {
	case FIELD_BOOL:
	case FIELD_I64:
	case FIELD_ENUM:
		return load_number(col, at);
	case FIELD_DATE:
	case FIELD_TIME:
		return load_time(col, at);
	case FIELD_STR:
	case FIELD_JSON:
		return load_text(col, st, i, a, at);
	case FIELD_OBJECT:
	case FIELD_ARRAY:
	case FIELD_STRS:
	case FIELD__INVALID:
	case FIELD__MAX:
		break;
	}
	return false;
}

const char *
plan_load(const struct plan *p, MYSQL_STMT *st, struct arena *a, void *obj)
{
	memcpy(obj, p->blank, p->row->size);
	for (unsigned i = 0; i < p->n; i++) {
		const struct column *col = &p->columns[i];
		unsigned char *at = (unsigned char *)obj + col->field->off;

		if (!col->null && !load_column(col, st, i, a, at))
			return col->field->name;
	}
	return NULL;
}
