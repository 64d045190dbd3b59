/* Idempotency-Key: the same request twice has one effect, one answer. */
#ifndef EXREG_API_IDEMPOTENCY_H
#define EXREG_API_IDEMPOTENCY_H

#include "api/ctx.h"
#include "api/route.h"

/* The route honours keys, the request has one and somebody is signed in. */
bool idempotency_applies(const struct ctx *c);

/*
 * Answer from the store when the key was used before. Returns 1 when c->res
 * holds the earlier answer, 0 when the key is new or does not apply, -1 with
 * ERR_KEY_REUSED for another request under the same key, or a database
 * error.
 */
int idempotency_replay(struct ctx *c, struct err *e);

/*
 * Keep the answer in c->res; the last statement of the transaction. -1 with
 * ERR_DB_RETRY when a twin committed first: the next attempt replays it.
 */
int idempotency_keep(struct ctx *c, struct err *e);

#endif
