/* The dashboard: four figures, in all and by document and unit. */
#ifndef EXREG_API_DASHBOARD_H
#define EXREG_API_DASHBOARD_H

#include "api/ctx.h"

extern const struct schema dashboard_in_schema;
extern const struct schema dashboard_schema;

/* GET /api/v1/dashboard */
int dashboard_get(struct ctx *c, struct err *e);

#endif
