/* Violations: report one, read one's own, read all of them (C-25). */
#ifndef EXREG_API_VIOLATIONS_H
#define EXREG_API_VIOLATIONS_H

#include "api/ctx.h"

/* POST /violations (directory pool: it says who the supervisor is) */
struct violation_in {
	const char *what;
	const char *unit;     /* code */
	const char *document; /* key */
	const char **clauses; /* references in that document */
	size_t nclauses;
	date_t known_on;
	const char *supervisor; /* as they sign in; owed when the directory
				   names none */
};
extern const struct schema violation_in_schema;
extern const struct schema violation_view_schema;
int violation_prepare(struct ctx *c, struct err *e);
int violation_create(struct ctx *c, struct err *e);

/* GET /violations */
struct violation_list_in {
	bool mine;
	const char *cursor;
	int64_t limit;
};
extern const struct schema violation_list_in_schema;
extern const struct schema violation_list_schema;
int violation_list(struct ctx *c, struct err *e);

/* GET /violations/{number} */
struct violation_path {
	const char *number;
};
extern const struct schema violation_path_schema;
int violation_get(struct ctx *c, struct err *e);

#endif
