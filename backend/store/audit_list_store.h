/*
 * Reading the audit trail, newest first. Functions return 0, or -1 with e
 * set, unless they say otherwise.
 */
#ifndef EXREG_STORE_AUDIT_LIST_STORE_H
#define EXREG_STORE_AUDIT_LIST_STORE_H

#include "db/db.h"

enum audit_result {
	AUDIT_RESULT__INVALID,
	AUDIT_DONE,
	AUDIT_REFUSED,
	AUDIT_RESULT__MAX
};
extern const char *const audit_result_names[AUDIT_RESULT__MAX];

/* Every member narrows; 0, NULL and TIME_NONE do not. */
struct audit_filter {
	int64_t actor_id;
	const char *action;
	int64_t exception_id;
	enum audit_result result;
	instant_t from; /* inclusive */
	instant_t to;   /* exclusive */
};

/* An event; also its place in the list. */
struct audit_event_row {
	const char *id; /* 32 hex digits */
	instant_t at;
	const char *actor;
	const char *action;
	const char *object_type;
	const char *object;
	bool refused;
	const char *detail;
	const char *address;
	bool confidential; /* speaks of a confidential exception */
};
extern const struct schema audit_event_row_schema;

struct audit_place {
	const char *id; /* hex */
	instant_t at;
};
extern const struct schema audit_place_schema;

struct audit_page {
	struct audit_event_row *rows;
	size_t nrows;
	bool more; /* after `next` */
	struct audit_place next;
	bool complete; /* false: the budget ended before the page was full */
};

/* after: NULL for the first page. */
int audit_list_store_page(struct db *db, struct arena *a,
    const struct audit_filter *f, const struct audit_place *after,
    int64_t limit, struct audit_page *out, struct err *e);

/* A person by sign-in name or full name. 1; 0 when there is none; 2 when
 * several have that name; -1. */
int audit_list_store_actor(struct db *db, const char *text, int64_t *id,
    struct err *e);

#endif
