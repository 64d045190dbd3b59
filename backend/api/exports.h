/* Files made from the register, sent by nginx from the spool folder. */
#ifndef EXREG_API_EXPORTS_H
#define EXREG_API_EXPORTS_H

#include "api/ctx.h"

/* A file that was made and waits to be fetched by the one who asked. */
struct export_file {
	const char *name; /* it is saved under */
	const char *href;
	int64_t rows;
	int64_t bytes;
};
extern const struct schema export_file_schema;

struct export_path {
	const char *file;
};
extern const struct schema export_path_schema;

/* GET /api/v1/exports/register.csv */
int export_register_csv(struct ctx *c, struct err *e);

/*
 * POST: the same file, made but not sent, so that a page can show a refusal
 * before the browser is told to save anything.
 */
int export_register_make(struct ctx *c, struct err *e);

/* GET /api/v1/exports/files/{file} */
int export_fetch(struct ctx *c, struct err *e);

#endif
