/* What the name of an attached file may look like. */
#ifndef EXREG_ATTACH_NAME_H
#define EXREG_ATTACH_NAME_H

#include "base/arena.h"

#define ATTACH_NAME_MAX 150 /* characters */

/* What is wrong with a name, words that follow "The name "; NULL: nothing.
 * name is UTF-8. */
const char *attach_name_fault(const char *name);

/* Content-Disposition of a download (RFC 6266): the name in ASCII, and the
 * whole one as RFC 8187 writes it. name has no fault. */
const char *attach_disposition(struct arena *a, const char *name);

#endif
