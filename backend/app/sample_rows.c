/*
 * One statement holds about half a megabyte: long enough that parsing a
 * head costs nothing, short enough for every server's packet limit.
 */
#include "app/sample_rows.h"

#include <assert.h>
#include <string.h>

#include "base/field.h"
#include "base/token.h"
#include "db/db.h"

#define STATEMENT_BYTES (512u * 1024u)

void
rows_open(struct rows *r, struct db *db, struct arena *a, const char *table,
    const char *columns)
{
	*r = (struct rows){ .db = db, .table = table };
	buf_init(&r->text, a);
	buf_reserve(&r->text, STATEMENT_BYTES + STATEMENT_BYTES / 4);
	buf_printf(&r->text, "INSERT INTO %s (%s) VALUES ", table, columns);
	r->head = r->text.len;
}

bool
rows_begin(struct rows *r)
{
	if (r->db == NULL)
		return false;
	assert(r->values == 0);
	if (r->text.len > r->head)
		buf_char(&r->text, ',');
	buf_char(&r->text, '(');
	return true;
}

static void
next_value(struct rows *r)
{
	if (r->values++ > 0)
		buf_char(&r->text, ',');
}

void
rows_null(struct rows *r)
{
	next_value(r);
	buf_add(&r->text, "NULL", 4);
}

void
rows_i64(struct rows *r, int64_t v)
{
	if (v == I64_NONE) {
		rows_null(r);
		return;
	}
	next_value(r);
	buf_i64(&r->text, v);
}

void
rows_str(struct rows *r, const char *s)
{
	if (s == NULL) {
		rows_null(r);
		return;
	}
	next_value(r);
	buf_char(&r->text, '\'');
	for (;;) {
		size_t plain = strcspn(s, "'\\");

		buf_add(&r->text, s, plain);
		if (s[plain] == '\0')
			break;
		buf_char(&r->text, '\\');
		buf_char(&r->text, s[plain]);
		s += plain + 1;
	}
	buf_char(&r->text, '\'');
}

void
rows_bytes(struct rows *r, const unsigned char *p, size_t n)
{
	char hex[2 * 32 + 1];

	if (p == NULL) {
		rows_null(r);
		return;
	}
	assert(n <= 32);
	next_value(r);
	hex_encode(p, n, hex);
	buf_add(&r->text, "x'", 2);
	buf_add(&r->text, hex, 2 * n);
	buf_char(&r->text, '\'');
}

void
rows_date(struct rows *r, date_t d)
{
	char day[11];

	if (d == DATE_NONE) {
		rows_null(r);
		return;
	}
	date_format(d, day);
	next_value(r);
	buf_char(&r->text, '\'');
	buf_add(&r->text, day, 10);
	buf_char(&r->text, '\'');
}

void
rows_time(struct rows *r, instant_t t)
{
	char text[28];

	if (t == TIME_NONE) {
		rows_null(r);
		return;
	}
	instant_format(t, text);
	text[10] = ' ';
	next_value(r);
	buf_char(&r->text, '\'');
	buf_add(&r->text, text, 26);
	buf_char(&r->text, '\'');
}

static int
send_rows(struct rows *r, struct err *e)
{
	if (r->text.len == r->head)
		return 0;
	if (db_text(r->db, buf_text(&r->text), NULL, NULL, e) < 0)
		return err_cause(e, "table %s", r->table);
	r->text.len = r->head;
	return 0;
}

int
rows_end(struct rows *r, struct err *e)
{
	buf_char(&r->text, ')');
	r->values = 0;
	r->total++;
	return r->text.len < STATEMENT_BYTES ? 0 : send_rows(r, e);
}

int
rows_close(struct rows *r, struct err *e)
{
	return r->db == NULL ? 0 : send_rows(r, e);
}
