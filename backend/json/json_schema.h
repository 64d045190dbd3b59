/* JSON Schema (2020-12, as OpenAPI 3.1 uses it) of a field table. */
#ifndef EXREG_JSON_JSON_SCHEMA_H
#define EXREG_JSON_JSON_SCHEMA_H

#include "json/json_write.h"

enum json_direction { JSON_IN, JSON_OUT };

/*
 * Write the schema object of s under key. Sub schemas are referred to as
 * "#/components/schemas/<name>" with suffix "_in" for JSON_IN.
 * JSON_IN leaves out READONLY, PATH and QUERY members and lists the
 * required ones; JSON_OUT lists as required what is never left out.
 */
void json_schema_write(struct json_writer *w, const char *key,
    const struct schema *s, enum json_direction dir);

/* The schema of one field alone (for path and query parameters). */
void json_schema_field(struct json_writer *w, const char *key,
    const struct field *f, enum json_direction dir);

#endif
