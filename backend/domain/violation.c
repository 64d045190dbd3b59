/* Numbers are those of exceptions with another letter. */
#include "domain/violation.h"

#include <stdio.h>
#include <string.h>

#include "domain/exception.h"

/* clang-format off */
const char *const violation_state_names[VIOLATION_STATE__MAX] = { NULL, "reported" };

#define NULLABLE .flags = FIELD_NULLABLE
static const struct field violation_fields[] = {
	F_I64(violation, id, .flags = FIELD_INTERNAL, .doc = "year * 10^7 + sequence"),
	F_STR(violation, number, .doc = "V-2026-00042"),
	F_I64(violation, reporter_id, .flags = FIELD_INTERNAL, .doc = "Who reported it"),
	F_STR(violation, reporter, .doc = "Name of who reported it"),
	F_I64(violation, supervisor_id, .flags = FIELD_INTERNAL, .doc = "Their supervisor"),
	F_STR(violation, supervisor, .doc = "Name of their immediate supervisor, who was told"),
	F_BOOL(violation, supervisor_named, .doc = "The reporter named the supervisor, for the directory does not"),
	F_STR(violation, what, .doc = "What was found"),
	F_STR(violation, unit_code, NULLABLE, .doc = "Unit where it is"),
	F_STR(violation, unit_name, NULLABLE, .doc = "Its name"),
	F_STR(violation, document_key, NULLABLE, .doc = "Document it deviates from"),
	F_STR(violation, document_title, NULLABLE, .doc = "Its title"),
	F_STR(violation, clauses, NULLABLE, .doc = "Clauses, one a line"),
	F_DATE(violation, known_on, .doc = "Day it was known"),
	F_TIME(violation, filed_at, .doc = "When it was reported"),
	F_ENUM(violation, state, violation_state, .doc = "Where it stands"),
};
/* clang-format on */
const struct schema violation_schema =
    SCHEMA(violation, violation_fields, "A reported violation");

const char *
violation_number(struct arena *a, int64_t id)
{
	return arena_printf(a, "V-%04lld-%05lld", (long long)(id / NUMBER_YEAR),
	    (long long)(id % NUMBER_YEAR));
}

int
violation_number_parse(const char *s, int64_t *id)
{
	char text[20];

	if (strncmp(s, "V-", 2) != 0 || strlen(s) > 14)
		return -1;
	snprintf(text, sizeof(text), "EX-%s", s + 2);
	return exception_number_parse(text, id);
}
