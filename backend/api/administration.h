/* Administration: directory groups to roles, with a look before saving. */
#ifndef EXREG_API_ADMINISTRATION_H
#define EXREG_API_ADMINISTRATION_H

#include "api/ctx.h"
#include "domain/roles.h"

extern const struct schema role_list_schema;
int role_list(struct ctx *c, struct err *e);

extern const struct schema role_mapping_list_out_schema;
int role_mapping_list(struct ctx *c, struct err *e);

/* POST /role-mappings and /role-mappings/preview take the same body. */
extern const struct schema role_mapping_in_schema;
int role_mapping_prepare(struct ctx *c, struct err *e);
int role_mapping_create(struct ctx *c, struct err *e);

extern const struct schema role_mapping_preview_out_schema;
int role_mapping_preview(struct ctx *c, struct err *e);

extern const struct schema role_mapping_path_schema;
int role_mapping_end(struct ctx *c, struct err *e);

extern const struct schema group_search_in_schema;
extern const struct schema group_list_schema;
int group_search_prepare(struct ctx *c, struct err *e);
int group_search(struct ctx *c, struct err *e);

extern const struct schema people_search_in_schema;
extern const struct schema people_list_schema;
int people_search_prepare(struct ctx *c, struct err *e);
int people_search(struct ctx *c, struct err *e);

extern const struct schema person_access_in_schema;
extern const struct schema person_access_schema;
int person_access_prepare(struct ctx *c, struct err *e);
int person_access(struct ctx *c, struct err *e);

#endif
