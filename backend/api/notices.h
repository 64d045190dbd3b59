/* Who is told what about a step: rows of the outbox, one a person. */
#ifndef EXREG_API_NOTICES_H
#define EXREG_API_NOTICES_H

#include "api/exception_load.h"

/* Tell requester, owner and beneficiary, and who takes part (domain/talk.h)
 * unless it is submitted. x after the step. */
int notice_parties(struct ctx *c, const struct exception *x, const char *kind,
    const char *detail, struct err *e);

/* Tell the people who hold x's stage (at most 50). */
int notice_holders(struct ctx *c, const struct exception *x, const char *kind,
    struct err *e);

#endif
