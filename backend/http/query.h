/* Percent-decoding and query strings (application/x-www-form-urlencoded). */
#ifndef EXREG_HTTP_QUERY_H
#define EXREG_HTTP_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "http/request.h"

/*
 * Decode %XX, and '+' as a space when plus is set. The result is valid
 * UTF-8 without control characters. Returns text on the arena, or NULL when
 * an escape is broken or the decoded text is not acceptable.
 */
char *percent_decode(struct arena *a, const char *s, size_t len, bool plus);

/*
 * Split and decode "a=1&b=2". Empty pieces ("&&") are skipped; a name
 * without '=' has the value "". At most REQUEST_PARAMS_MAX, names unique
 * and not empty. Returns 0, or -1 with ERR_BAD_REQUEST.
 */
int query_parse(struct arena *a, const char *text, const struct param **out,
    size_t *n, struct err *e);

#endif
