/* A role and its scope as people name them: by key, code and name. */
#ifndef EXREG_API_SCOPE_INPUT_H
#define EXREG_API_SCOPE_INPUT_H

#include "api/ctx.h"
#include "domain/exception.h"

struct scope_named {
	const char *role;
	const char *unit;     /* NULL: everywhere */
	enum domain domain;   /* 0: all */
	const char *document; /* NULL: all */
};

/* I64_NONE: not limited by it. */
struct scope_ids {
	int64_t unit_id;
	int64_t domain;
	int64_t document_id;
	const char *role_title;
};

/* Faults are named together, at "/role", "/unit" and "/document", and with
 * those that e has already. Returns 0, or -1. */
int scope_resolve(struct ctx *c, const struct scope_named *named,
    struct scope_ids *ids, struct err *e);

#endif
