/* Who is told what about a step: rows of the outbox, one a person. */
#ifndef EXREG_API_NOTICES_H
#define EXREG_API_NOTICES_H

#include "api/exception_load.h"

/* Tell requester, owner and beneficiary, and who takes part (domain/talk.h)
 * unless it is submitted. x after the step. */
int notice_parties(struct ctx *c, const struct exception *x, const char *kind,
    const char *detail, struct err *e);

int notice_requester(struct ctx *c, const struct exception *x, const char *kind,
    const char *detail, struct err *e);

/*
 * Tell the people who hold a role in x's scope (at most 50), the requester
 * not: what they do not know is theirs to hear of otherwise. told, unless
 * NULL: their names, "A, B", or NULL when there is nobody.
 */
int notice_role(struct ctx *c, const struct exception *x, const char *role,
    const char *kind, const char *detail, const char **told, struct err *e);

/* The same for holders that are known already. */
int notice_holders(struct ctx *c, const struct exception *x,
    const struct holder_row *holders, size_t nholders, const char *kind,
    const char **told, struct err *e);

#endif
