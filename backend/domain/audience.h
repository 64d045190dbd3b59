/*
 * For whom a document or a procedure is meant (C-03, C-27). A kind of people
 * is a role of the staff class; who holds none through a group is staff, for
 * the sign-in group lets them in. Pure.
 */
#ifndef EXREG_DOMAIN_AUDIENCE_H
#define EXREG_DOMAIN_AUDIENCE_H

#include "base/arena.h"
#include "domain/access.h"

/* Is the person of one of these kinds? No kinds: it is for everybody. */
bool audience_admits(const struct who *w, const char *const *kinds, size_t n);

/* The person's kinds, on the arena; at least one. */
const char **audience_kinds(const struct who *w, struct arena *a, size_t *n);

/*
 * Why somebody cannot ask, and who can, in a sentence for them: "A visitor
 * cannot ask for this; it is for employees. An employee must ask for you."
 */
const char *audience_refusal(const struct who *w, const char *const *kinds,
    size_t n, struct arena *a);

#endif
