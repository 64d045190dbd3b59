/* Routes of the catalogue: what the forms choose from. */
#ifndef EXREG_API_CATALOGUE_H
#define EXREG_API_CATALOGUE_H

#include "api/ctx.h"

extern const struct schema procedures_in_schema;
extern const struct schema procedure_in_schema;
extern const struct schema document_in_schema;
extern const struct schema documents_in_schema;
extern const struct schema assets_in_schema;
extern const struct schema owners_in_schema;

/* GET /api/v1/procedures and /procedures/{key} */
int procedures_list(struct ctx *c, struct err *e);
int procedure_get(struct ctx *c, struct err *e);

/* GET /api/v1/documents and /documents/{key} */
int documents_list(struct ctx *c, struct err *e);
int document_get(struct ctx *c, struct err *e);

/* GET /api/v1/assets */
int assets_list(struct ctx *c, struct err *e);

/* GET /api/v1/units */
int units_list(struct ctx *c, struct err *e);

/* GET /api/v1/owners */
int owners_list(struct ctx *c, struct err *e);

#endif
