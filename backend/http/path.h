/* Matching a decoded path with the pattern of a route. */
#ifndef EXREG_HTTP_PATH_H
#define EXREG_HTTP_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "http/request.h"

#define PATH_NAMES_MAX 4 /* {names} in one pattern */

/*
 * Decode the path of a request line. Refuses (NULL) what could mean two
 * things: no leading '/', an encoded '/', '\' or '%', "." and ".." as
 * segments, '#', control bytes, malformed UTF-8.
 */
char *path_decode(struct arena *a, const char *raw, size_t len);

/*
 * pattern: "/api/v1/exceptions/{number}/steps"; a {name} takes one segment
 * that is not empty. The values are copied to the arena; names and values
 * are written to out (PATH_NAMES_MAX) only when the whole path matches.
 */
bool path_match(struct arena *a, const char *pattern, const char *path,
    struct param *out, size_t *n);

#endif
