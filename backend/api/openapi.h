/* OpenAPI 3.1 and the access matrix, made from the route table. */
#ifndef EXREG_API_OPENAPI_H
#define EXREG_API_OPENAPI_H

#include "base/buf.h"
#include "base/field.h"

/* The whole document on one line. */
void openapi_write(struct buf *out);

/* JSON Schema (2020-12) of a struct as it comes in, with all it refers to;
 * id is its own address. */
void schema_document_write(struct buf *out, const struct schema *s,
    const char *id);

/* Copy JSON text with line feeds and two spaces a level, for reviews. */
void json_indent(struct buf *out, const char *json);

/*
 * One line a route: method, path, pool, transaction, permission and one
 * column a permission class, x where that class may. For auditors.
 */
void route_matrix_write(struct buf *out);

#endif
