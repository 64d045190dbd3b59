/* A procedure: from its stored document to the struct, and to the wire. */
#ifndef EXREG_API_PROCEDURE_VIEW_H
#define EXREG_API_PROCEDURE_VIEW_H

#include "api/view_catalogue.h"
#include "base/err.h"

/*
 * Read the stored document of a version; out->id is the row's. Everything
 * lives on the arena. Returns 0, or -1 with ERR_INTERNAL: what is stored
 * was checked before, so a fault is ours.
 */
int procedure_parse(struct arena *a, const struct procedure_row *row,
    struct procedure *out, struct err *e);

/*
 * The same for text from outside (a file), procedure_check() included.
 * Returns 0, or -1 with ERR_BAD_REQUEST or ERR_INVALID with pointers.
 */
int procedure_read(struct arena *a, const char *text, size_t len,
    struct procedure *out, struct err *e);

/* Steps a person counts: the request, each stage, the register (V-23). */
int64_t procedure_step_count(const struct procedure *p);

/* The views share the strings of p. role_title of the stages is not set. */
void procedure_brief_fill(struct procedure_brief *out,
    const struct procedure *p);
void procedure_view_fill(struct procedure_view *out, const struct procedure *p,
    struct arena *a);

#endif
