/*
 * Audit events from handlers. An event is written in the transaction of the
 * change it describes; a refusal writes its own afterwards (decisions 18).
 */
#ifndef EXREG_API_AUDIT_TRAIL_H
#define EXREG_API_AUDIT_TRAIL_H

#include "api/ctx.h"

struct audit_fact {
	const char *action; /* exception.submit, session.sign_in … <= 40 */
	const char *object_type; /* exception, session, role_mapping, register */
	int64_t object_id;       /* I64_NONE: none */
	const char *object;      /* as people call it; NULL: none */
	const char *detail;      /* one sentence; NULL: none */
	bool refused;
	/* for the exact body: what it was and became; -1 or NULL: not said */
	int64_t row_version;
	int64_t content_version;
	const char *content_hash;
};

/* Append the event of c->who. Returns 0 or -1. */
int audit_add(struct ctx *c, const struct audit_fact *fact, struct err *e);

/*
 * The refusal of the request in hand, by route and error: called by the
 * pipeline in a second transaction for routes with ROUTE_REFUSAL_AUDITED.
 */
int audit_refusal(struct ctx *c, const struct err *refused, struct err *e);

#endif
