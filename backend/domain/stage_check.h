/* The stages of a procedure: the part of procedure_check() that asks whether
 * a request can go through them. */
#ifndef EXREG_DOMAIN_STAGE_CHECK_H
#define EXREG_DOMAIN_STAGE_CHECK_H

#include "domain/procedure.h"

/* Collect every fault in e, pointers below "/stages". world: or NULL. */
void stage_check_all(const struct procedure *p,
    const struct procedure_world *world, struct arena *a, struct err *e);

#endif
