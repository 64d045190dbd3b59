/* The letter of a value goes by its type, so text and values cannot part. */
#include "store/register_sql.h"

#include <assert.h>
#include <string.h>

void
sql_begin(struct sql *q, struct arena *a)
{
	*q = (struct sql){ .arena = a, .cap = 32 };
	buf_init(&q->text, a);
	buf_init(&q->sig, a);
	buf_reserve(&q->text, 2000);
	q->vals = arena_array(a, q->cap, sizeof(*q->vals));
}

void
sql_put(struct sql *q, const char *text)
{
	buf_str(&q->text, text);
}

static char
letter_of(struct val v)
{
	switch (v.type) {
	case VAL_I64:
		return 'i';
	case VAL_STR:
		return 's';
	case VAL_BYTES:
		return 'b';
	case VAL_DATE:
		return 'd';
	case VAL_TIME:
		return 't';
	case VAL_NULL:
	case VAL__INVALID:
		break;
	}
	assert(!"a value without a type");
	return '?';
}

static void
bind(struct sql *q, struct val v)
{
	if (q->nvals == q->cap) {
		struct val *more =
		    arena_array(q->arena, 2 * q->cap, sizeof(*more));

		memcpy(more, q->vals, q->nvals * sizeof(*more));
		q->vals = more;
		q->cap *= 2;
	}
	q->vals[q->nvals++] = v;
	buf_char(&q->sig, letter_of(v));
}

void
sql_add(struct sql *q, const char *text, struct val v)
{
	sql_put(q, text);
	bind(q, v);
}

void
sql_in(struct sql *q, const int64_t *v, size_t n)
{
	assert(n > 0);
	sql_add(q, n == 1 ? " = ?" : " IN (?", v_i64(v[0]));
	for (size_t i = 1; i < n; i++)
		sql_add(q, ", ?", v_i64(v[i]));
	if (n > 1)
		sql_put(q, ")");
}

void
sql_day(struct sql *q, char table, const char *test, date_t day)
{
	const char alias[] = { ' ', 'A', 'N', 'D', ' ', table, '.', '\0' };

	sql_put(q, alias);
	sql_add(q, test, v_date(day));
}

struct stmt_def
sql_end(struct sql *q, const char *name, const struct schema *row)
{
	return (struct stmt_def){
		.name = name,
		.sig = buf_text(&q->sig),
		.row = row,
		.where = "register_filter.c",
		.text = buf_text(&q->text),
	};
}
