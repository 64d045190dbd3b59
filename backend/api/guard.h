/* What stands between a request and its handler; part of the pipeline. */
#ifndef EXREG_API_GUARD_H
#define EXREG_API_GUARD_H

#include "api/ctx.h"
#include "api/route.h"

/*
 * Find the route of path and method in the pool; fills c->route and the
 * path values. -1 with ERR_NOT_FOUND or ERR_METHOD_NOT_ALLOWED (c->allow).
 */
int route_find(struct ctx *c, enum pool pool, struct err *e);

/* The person may use the route. -1: ERR_UNAUTHENTICATED, ERR_FORBIDDEN. */
int access_check(const struct ctx *c, struct err *e);

/* The request comes from our own pages. -1 with ERR_CROSS_SITE. */
int csrf_check(const struct ctx *c, struct err *e);

/* If-Match and Idempotency-Key are there when the route wants them, and
 * well-formed. -1 with ERR_PRECONDITION_REQUIRED or ERR_BAD_REQUEST. */
int precondition_check(const struct ctx *c, struct err *e);

/*
 * Fill c->in from path, query and body by the route's schema, all faults
 * together. -1 with ERR_NOT_FOUND (path), ERR_MEDIA_TYPE, ERR_BAD_REQUEST
 * or ERR_INVALID.
 */
int input_read(struct ctx *c, struct err *e);

/* Overwrite the secret members of c->in. True when there are some: the
 * body they came from must be overwritten as well. */
bool input_wipe(struct ctx *c);

#endif
