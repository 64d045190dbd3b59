/*
 * Zero in both limit columns of a row means "the limit of the type", so a
 * table only names what differs, and nothing is without a limit.
 */
#include "json/json_limits.h"

#include <stdbool.h>

#include "json/json_read.h"

struct json_limits
json_limits(const struct field *f)
{
	struct json_limits l = { f->min, f->max };
	bool open = f->max == 0 && f->min >= 0;

	if (f->type == FIELD_I64) {
		/* The smallest number is kept for "none". */
		if (f->min == 0 && f->max == 0)
			l.min = INT64_MIN + 1;
		if (open)
			l.max = INT64_MAX;
	} else if (open) {
		l.max = f->type == FIELD_STR ? JSON_STR_MAX : JSON_ITEMS_MAX;
	}
	return l;
}
