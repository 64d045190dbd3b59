/*
 * Tagged values: "no value" of each type becomes NULL here, once.
 */
#include "db/db.h"

#include <string.h>

static const struct val null = { .type = VAL_NULL };

struct val
v_i64(int64_t v)
{
	return v == I64_NONE ? null : (struct val){ .type = VAL_I64, .num = v };
}

struct val
v_str(const char *s)
{
	return s == NULL ?
	    null :
	    (struct val){ .type = VAL_STR, .data = s, .len = strlen(s) };
}

struct val
v_bytes(const void *p, size_t n)
{
	return p == NULL ?
	    null :
	    (struct val){ .type = VAL_BYTES, .data = p, .len = n };
}

struct val
v_date(date_t d)
{
	return d == DATE_NONE ? null :
				(struct val){ .type = VAL_DATE, .num = d };
}

struct val
v_time(instant_t t)
{
	return t == TIME_NONE ? null :
				(struct val){ .type = VAL_TIME, .num = t };
}

struct val
v_bool(bool b)
{
	return (struct val){ .type = VAL_I64, .num = b };
}
