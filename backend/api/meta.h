/* What the service says about itself. */
#ifndef EXREG_API_META_H
#define EXREG_API_META_H

#include "api/ctx.h"

extern const struct schema health_schema;

/* GET /api/v1/health */
int health_get(struct ctx *c, struct err *e);

/* GET /api/v1/openapi.json */
int openapi_get(struct ctx *c, struct err *e);

#endif
