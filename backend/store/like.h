/* Text from a person as a LIKE pattern: it never acts as a wildcard. */
#ifndef EXREG_STORE_LIKE_H
#define EXREG_STORE_LIKE_H

#include "base/arena.h"

/* before + q + "%" on the arena, with the wildcards of q taken literally;
 * q NULL: everything. */
const char *like_pattern(struct arena *a, const char *before, const char *q);

#endif
