/* The limits of a field: read by the reader, told by the schema. */
#ifndef EXREG_JSON_JSON_LIMITS_H
#define EXREG_JSON_JSON_LIMITS_H

#include <stdint.h>

#include "base/field.h"

#define JSON_STR_MAX 200  /* characters of a FIELD_STR that names no limit */
#define JSON_ITEM_MAX 500 /* characters of one string of a FIELD_STRS */

struct json_limits {
	int64_t min;
	int64_t max;
};

/* Both ends inclusive, defaults filled in. */
struct json_limits json_limits(const struct field *f);

#endif
