/* Is this file taken? Name, content and what one says of the other. */
#ifndef EXREG_ATTACH_CHECK_H
#define EXREG_ATTACH_CHECK_H

#include "attach/kind.h"
#include "base/arena.h"
#include "base/err.h"

/*
 * Look a file over. Faults are told at "?name" and "/file" (err_field).
 * *kind is what it is. 0, or -1 with ERR_INVALID or ERR_INTERNAL.
 */
int attach_check(struct arena *a, const char *name, const void *data,
    size_t len, enum attach_kind *kind, struct err *e);

#endif
