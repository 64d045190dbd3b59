/*
 * JSON writer: an append buffer with a sticky error and its own nesting
 * stack. Misuse of the nesting is a programming error (assert).
 */
#ifndef EXREG_JSON_JSON_WRITE_H
#define EXREG_JSON_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/field.h"

#define JSON_WRITE_DEPTH 32

struct json_writer {
	struct buf *out;
	unsigned depth;
	bool comma[JSON_WRITE_DEPTH];
	char close[JSON_WRITE_DEPTH];
};

/* Writes to the end of out, which outlives the writer. */
void json_begin(struct json_writer *w, struct buf *out);

/* key is NULL for array items and the top-level value. */
void json_object(struct json_writer *w, const char *key);
void json_array(struct json_writer *w, const char *key);
void json_end(struct json_writer *w);
void json_str(struct json_writer *w, const char *key,
    const char *v); /* NULL: null */
void json_i64(struct json_writer *w, const char *key, int64_t v);
void json_bool(struct json_writer *w, const char *key, bool v);
void json_null(struct json_writer *w, const char *key);
void json_date(struct json_writer *w, const char *key, date_t v);
void json_time(struct json_writer *w, const char *key, instant_t v);

/* text is a complete JSON value already (stored content, golden parts). */
void json_raw(struct json_writer *w, const char *key, const char *text);

/* Asserts that everything is closed. */
void json_finish(struct json_writer *w);

/*
 * One struct by its table, as an object. Members with FIELD_SECRET are
 * never written. No value: null, or left out with FIELD_OMIT. Fields in
 * table order, no white space: the bytes are canonical for equal values.
 */
void json_struct(struct json_writer *w, const char *key, const struct schema *s,
    const void *obj);

/* n structs of s->size bytes each, as an array. */
void json_structs(struct json_writer *w, const char *key,
    const struct schema *s, const void *objs, size_t n);

/* Append the JSON string literal of v (quotes included) to out. */
void json_quote(struct buf *out, const char *v);

#endif
