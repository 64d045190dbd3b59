/* The audit trail, for auditors and administrators. */
#ifndef EXREG_API_AUDIT_LIST_H
#define EXREG_API_AUDIT_LIST_H

#include "api/ctx.h"

extern const struct schema audit_list_in_schema;
extern const struct schema audit_list_schema;

/* GET /api/v1/audit-events */
int audit_list(struct ctx *c, struct err *e);

#endif
