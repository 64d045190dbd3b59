/*
 * Bounded reader on yajl's SAX parser: accepts exactly RFC 8259 within its
 * bounds, and refuses duplicate keys, NUL, lone surrogates, invalid UTF-8,
 * a depth over JSON_DEPTH_MAX, comments, trailing text and empty input.
 */
#ifndef EXREG_JSON_JSON_READ_H
#define EXREG_JSON_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/field.h"

#define JSON_DEPTH_MAX 16
#define JSON_ITEMS_MAX 1000 /* members of one object or items of one array */

enum json_type {
	JSON__INVALID,
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

/* A value on the arena. Members of an object are children with a key. */
struct json {
	enum json_type type;
	const char *key;  /* inside an object: NUL-terminated, else NULL */
	const char *text; /* STRING: decoded; NUMBER: the digits as sent */
	bool truth;       /* BOOL */
	size_t nchildren;
	struct json *first; /* first child, in the order sent */
	struct json *next;  /* next sibling */
};

/*
 * Parse len bytes. Returns the value on the arena, or NULL with e set to
 * ERR_BAD_REQUEST; the detail says what and at which byte, in our words.
 */
struct json *json_parse(struct arena *a, const char *text, size_t len,
    struct err *e);

/* The member of an object, or NULL. */
const struct json *json_member(const struct json *obj, const char *key);

/*
 * Fill a struct from an object by its table (schema_init is called first).
 * All faults are collected as fields of e with pointers below `at` ("" for
 * the whole body): missing required, wrong type, too long, too short,
 * blank when required, out of range, unknown name, unknown enum name, bad
 * date. FIELD_READONLY, FIELD_PATH and FIELD_QUERY members count as unknown
 * names. Strings are kept as sent (no trimming). null = no value.
 * Returns 0, or -1 with ERR_INVALID.
 */
int json_read_struct(struct arena *a, const struct json *v,
    const struct schema *s, void *obj, const char *at, struct err *e);

/*
 * One field from text (path or query parameter): same rules, one value.
 * where: the pointer used in the fault, such as "?status".
 */
int field_read_text(struct arena *a, const struct field *f, void *obj,
    const char *text, const char *where, struct err *e);

#endif
