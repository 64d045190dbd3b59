/* Procedures as data, edited by administrators. */
#ifndef EXREG_API_PROCEDURE_ADMIN_H
#define EXREG_API_PROCEDURE_ADMIN_H

#include "api/ctx.h"

/* GET /procedure-schema.json: the published JSON Schema */
int procedure_schema_get(struct ctx *c, struct err *e);

/* GET /procedures/{key}/versions and /procedures/{key}/versions/{version} */
extern const struct schema procedure_versions_in_schema;
extern const struct schema procedure_versions_out_schema;
int procedure_versions(struct ctx *c, struct err *e);
extern const struct schema procedure_version_in_schema;
extern const struct schema procedure_version_out_schema;
int procedure_version_get(struct ctx *c, struct err *e);

/* POST /procedures/check and /procedures take a whole procedure. */
extern const struct schema procedure_checked_schema;
int procedure_check_post(struct ctx *c, struct err *e);
int procedure_publish(struct ctx *c, struct err *e);

/* POST /procedures/try: which way a sample request would go */
extern const struct schema procedure_try_in_schema;
extern const struct schema procedure_try_out_schema;
int procedure_try(struct ctx *c, struct err *e);

/* POST /roles: a role of the approver class, for a stage to name */
extern const struct schema role_in_schema;
int role_create(struct ctx *c, struct err *e);

#endif
