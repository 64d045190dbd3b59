/* A procedure: from its stored document to the struct, and to the wire. */
#ifndef EXREG_API_PROCEDURE_VIEW_H
#define EXREG_API_PROCEDURE_VIEW_H

#include "base/err.h"
#include "domain/catalogue.h"
#include "domain/procedure.h"

/*
 * Read the stored document of a version; out->id is the row's. Everything
 * lives on the arena. Returns 0, or -1 with ERR_INTERNAL: what is stored
 * was checked before, so a fault is ours.
 */
int procedure_parse(struct arena *a, const struct procedure_row *row,
    struct procedure *out, struct err *e);

/* The same for text from outside (a file); faults stay as ERR_BAD_REQUEST
 * or ERR_INVALID with pointers, procedure_check() included. 0 or -1. */
int procedure_read(struct arena *a, const char *text, size_t len,
    struct procedure *out, struct err *e);

#endif
