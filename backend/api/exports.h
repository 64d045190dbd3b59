/* Files made from the register, sent by nginx from the spool folder. */
#ifndef EXREG_API_EXPORTS_H
#define EXREG_API_EXPORTS_H

#include "api/ctx.h"

/* GET /api/v1/exports/register.csv */
int export_register_csv(struct ctx *c, struct err *e);

#endif
