/*
 * Dated acts: designations ("X is Security Lead from A to B") and
 * delegations ("X acts for Y from A to B").
 */
#ifndef EXREG_API_ACTS_H
#define EXREG_API_ACTS_H

#include "api/ctx.h"
#include "domain/acts.h"

/* Of both lists of the administration. */
extern const struct schema acts_in_schema;
/* Of DELETE. */
extern const struct schema act_path_schema;

extern const struct schema designation_list_schema;
int designation_list(struct ctx *c, struct err *e);

extern const struct schema designation_in_schema;
int designation_prepare(struct ctx *c, struct err *e);
int designation_create(struct ctx *c, struct err *e);
int designation_end(struct ctx *c, struct err *e);

extern const struct schema delegation_list_schema;
int delegation_list(struct ctx *c, struct err *e);

/* By an administrator, to anybody but themselves. */
extern const struct schema delegation_in_schema;
int delegation_prepare(struct ctx *c, struct err *e);
int delegation_create(struct ctx *c, struct err *e);
int delegation_end(struct ctx *c, struct err *e);

extern const struct schema own_delegations_schema;
int own_delegation_list(struct ctx *c, struct err *e);

/* By whoever is away; then as delegation_create. */
extern const struct schema own_delegation_in_schema;
int own_delegation_prepare(struct ctx *c, struct err *e);
/* Whoever is away, and whoever acts, may end it. */
int own_delegation_end(struct ctx *c, struct err *e);

extern const struct schema delegate_search_in_schema;
extern const struct schema delegate_list_schema;
int delegate_search_prepare(struct ctx *c, struct err *e);
int delegate_search(struct ctx *c, struct err *e);

#endif
