/* Shared by the steps and the decisions. */
#ifndef EXREG_API_STEPS_H
#define EXREG_API_STEPS_H

#include "api/exception_load.h"

/* Set x's stage columns for that stage (1-based) as of now. */
void exception_enter_stage(struct ctx *c, struct exception *x,
    const struct procedure *p, int64_t stage);

#endif
