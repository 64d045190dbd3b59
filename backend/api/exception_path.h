/* The steps of a record, for everyone to see (V-23). */
#ifndef EXREG_API_EXCEPTION_PATH_H
#define EXREG_API_EXCEPTION_PATH_H

#include "api/exception_view.h"
#include "domain/roles.h"

/* The roles there are: tens, read at once for all stages. */
struct roles {
	struct role_row *rows;
	size_t n;
};

/* The role in words; its key when there is none of that key. */
const char *exception_role_title(const struct roles *r, const char *role);

/* Fill v->path, on the arena: step 1 is the request, the last one the entry
 * in the registers. v->decisions must be there. */
void exception_fill_path(struct ctx *c, const struct loaded *l,
    const struct roles *roles, struct exception_view *v);

#endif
