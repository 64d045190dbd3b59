/* What libmagic says of a content. */
#ifndef EXREG_ATTACH_SNIFF_H
#define EXREG_ATTACH_SNIFF_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* *media: a media type such as "text/html", on the arena. 0, or -1 with
 * ERR_INTERNAL. */
int attach_sniff(struct arena *a, const void *data, size_t len,
    const char **media, struct err *e);

#endif
