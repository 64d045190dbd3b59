/* Completing what was imported without its content (M-28). */
#ifndef EXREG_API_DOCUMENTATION_H
#define EXREG_API_DOCUMENTATION_H

#include "api/exception_view.h"

/* POST /exceptions/{number}/documentation */
struct documentation_in {
	const char *number;
	struct content *content;
};
extern const struct schema documentation_in_schema;
int exception_document(struct ctx *c, struct err *e);

#endif
