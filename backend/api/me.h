/* Who is signed in, and what they may do. */
#ifndef EXREG_API_ME_H
#define EXREG_API_ME_H

#include "api/ctx.h"

/* The answer of GET /me and of a sign-in. */
struct me;
extern const struct schema me_schema;

/*
 * All of it for a person who has a session; *out lives on the request
 * arena. Returns 0, or -1 with e set (ERR_UNAUTHENTICATED when there is no
 * such person).
 */
int me_build(struct ctx *c, const struct who *who, struct me **out,
    struct err *e);

/* GET /api/v1/me */
int me_get(struct ctx *c, struct err *e);

#endif
