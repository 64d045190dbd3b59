/* Documents, their versions and exception rules, edited by administrators. */
#ifndef EXREG_API_DOCUMENT_ADMIN_H
#define EXREG_API_DOCUMENT_ADMIN_H

#include "api/ctx.h"
#include "domain/document.h"

/* GET /document-records: in every state, by title */
extern const struct schema document_records_in_schema;
extern const struct schema document_records_out_schema;
int document_records(struct ctx *c, struct err *e);

/* GET /document-records/{key}: all of one document */
extern const struct schema document_record_in_schema;
extern const struct schema document_record_view_schema;
int document_record_get(struct ctx *c, struct err *e);

/* GET /document-records/{key}/versions/{version}: a document_text */
extern const struct schema document_version_in_schema;
int document_version_get(struct ctx *c, struct err *e);

/* POST /documents and PUT /documents/{key} */
extern const struct schema document_new_in_schema;
extern const struct schema document_save_in_schema;
int document_create(struct ctx *c, struct err *e);
int document_save(struct ctx *c, struct err *e);

/* POST /documents/{key}/versions: what the next version will say */
extern const struct schema document_write_in_schema;
int document_write(struct ctx *c, struct err *e);

/* POST /documents/{key}/steps: publish or retire */
extern const struct schema document_step_in_schema;
int document_step(struct ctx *c, struct err *e);

#endif
