/*
 * Field tables: one table a struct serves JSON in, JSON out, SQL row, CSV
 * and OpenAPI. The offset macro checks the member's type at compile time.
 *
 * No value: NULL for text, DATE_NONE, TIME_NONE, I64_NONE (with
 * FIELD_NULLABLE) and 0 for an enum with FIELD_NULLABLE.
 */
#ifndef EXREG_BASE_FIELD_H
#define EXREG_BASE_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

enum field_type {
	FIELD__INVALID,
	FIELD_BOOL,   /* bool */
	FIELD_I64,    /* int64_t */
	FIELD_STR,    /* const char *, UTF-8, no NUL; min/max in characters */
	FIELD_ENUM,   /* enum as int, JSON shows the name, SQL the number */
	FIELD_DATE,   /* date_t; JSON YYYY-MM-DD */
	FIELD_TIME,   /* instant_t; JSON RFC 3339 with microseconds, Z */
	FIELD_OBJECT, /* pointer to a struct with its own schema; NULL = none */
	FIELD_ARRAY,  /* pointer to structs and a count */
	FIELD_STRS,   /* const char ** and a count: array of strings */
	FIELD_JSON,   /* const char *: JSON passed through, out only */
	FIELD__MAX
};

#define FIELD_REQUIRED 0x01u  /* in: must be present and not null/empty */
#define FIELD_READONLY 0x02u  /* out only; an input that names it is unknown */
#define FIELD_NULLABLE 0x04u  /* out: null when there is no value */
#define FIELD_OMIT 0x08u      /* out: left out when there is no value */
#define FIELD_ID 0x10u        /* bytes of a number printed as text, see I64 */
#define FIELD_PATH 0x20u      /* in: comes from the path */
#define FIELD_QUERY 0x40u     /* in: comes from the query string */
#define FIELD_SECRET 0x80u    /* in: wiped after the request, never logged */
#define FIELD_INTERNAL 0x100u /* SQL only: never written as JSON, never read */

#define I64_NONE INT64_MIN

struct schema;

struct field {
	const char *name; /* the same word in SQL, C, JSON and CSV */
	enum field_type type;
	size_t off;
	size_t count_off; /* FIELD_ARRAY, FIELD_STRS: offset of size_t count */
	unsigned flags;
	int64_t min; /* STR: characters; I64: value; ARRAY: items */
	int64_t max; /* 0 with min 0: the default limit of the type */
	const char *const *names; /* ENUM: index is the code; NULL = a hole */
	size_t nnames;
	const struct schema *sub; /* OBJECT, ARRAY */
	const char *doc;
};

struct schema {
	const char *name;
	const struct field *fields;
	size_t nfields;
	size_t size; /* of the struct */
	const char *doc;
};

#define FIELD_OFF(s, m, t) \
 (offsetof(struct s, m) + _Generic(((struct s *)0)->m, t : 0))

/* clang-format off */
#define F_BOOL(s, m, ...) { .name = #m, .type = FIELD_BOOL, .off = FIELD_OFF(s, m, bool), __VA_ARGS__ }
#define F_I64(s, m, ...) { .name = #m, .type = FIELD_I64, .off = FIELD_OFF(s, m, int64_t), __VA_ARGS__ }
#define F_STR(s, m, ...) { .name = #m, .type = FIELD_STR, .off = FIELD_OFF(s, m, const char *), __VA_ARGS__ }
#define F_ENUM(s, m, tag, ...) { .name = #m, .type = FIELD_ENUM, .off = FIELD_OFF(s, m, enum tag), \
	.names = tag##_names, .nnames = sizeof(tag##_names) / sizeof(tag##_names[0]), __VA_ARGS__ }
#define F_DATE(s, m, ...) { .name = #m, .type = FIELD_DATE, .off = FIELD_OFF(s, m, date_t), __VA_ARGS__ }
#define F_TIME(s, m, ...) { .name = #m, .type = FIELD_TIME, .off = FIELD_OFF(s, m, instant_t), __VA_ARGS__ }
#define F_OBJECT(s, m, st, ...) { .name = #m, .type = FIELD_OBJECT, .off = FIELD_OFF(s, m, struct st *), \
	.sub = &st##_schema, __VA_ARGS__ }
#define F_ARRAY(s, m, st, ...) { .name = #m, .type = FIELD_ARRAY, .off = FIELD_OFF(s, m, struct st *), \
	.count_off = FIELD_OFF(s, n##m, size_t), .sub = &st##_schema, __VA_ARGS__ }
#define F_STRS(s, m, ...) { .name = #m, .type = FIELD_STRS, .off = FIELD_OFF(s, m, const char **), \
	.count_off = FIELD_OFF(s, n##m, size_t), __VA_ARGS__ }
#define F_JSON(s, m, ...) { .name = #m, .type = FIELD_JSON, .off = FIELD_OFF(s, m, const char *), __VA_ARGS__ }

#define SCHEMA(s, f, d) { .name = #s, .fields = (f), .nfields = sizeof(f) / sizeof((f)[0]), \
	.size = sizeof(struct s), .doc = (d) }
/* clang-format on */

/* The field of that name, or NULL. */
const struct field *schema_find(const struct schema *s, const char *name);

/* Set every member that has a "none" value other than zero (dates, times,
 * nullable numbers) to it; all other bytes to zero. */
void schema_init(const struct schema *s, void *obj);

/* The member of one struct into another of the same schema; what it points
 * to is shared. */
void field_copy(const struct field *f, const void *from, void *to);

/* The member says the same in both structs, all it leads to included. */
bool field_equal(const struct field *f, const void *a, const void *b);

/* Code of an enum name of the field, or -1. */
int field_enum_code(const struct field *f, const char *name);

/*
 * Assert-like check of a table for the unit tests: names unique, offsets
 * inside the struct, docs present, sub schemas present.
 * Returns NULL or a static text that names the fault.
 */
const char *schema_fault(const struct schema *s);

#endif
