/*
 * The route table: one row a method and path; the application's surface.
 * Zero is invalid in every column that matters.
 */
#ifndef EXREG_API_ROUTE_H
#define EXREG_API_ROUTE_H

#include "api/ctx.h"
#include "db/tx.h"

enum pool {
	POOL__INVALID,
	POOL_REGISTER,
	POOL_DIRECTORY,
	POOL_EXPORT,
	POOL_ANY,
	POOL__MAX
};
extern const char *const pool_names[POOL__MAX];

#define ROUTE_IF_MATCH 0x01u         /* 428 without If-Match */
#define ROUTE_IDEMPOTENT 0x02u       /* honours Idempotency-Key */
#define ROUTE_KEY_REQUIRED 0x04u     /* and wants one (400) */
#define ROUTE_NO_SESSION_TOUCH 0x08u /* does not move last_seen */
#define ROUTE_REFUSAL_AUDITED 0x10u  /* a refusal writes its audit event */
#define ROUTE_FILE_BODY 0x20u        /* the body is a file, in its own bytes */

typedef int (*handler_fn)(struct ctx *c, struct err *e);

struct route {
	enum method method;
	const char *path; /* /api/v1/exceptions/{number}/steps */
	enum perm access;
	enum pool pool;
	enum tx_mode tx;
	unsigned flags;
	const struct schema *in;  /* path, query and body; NULL: nothing */
	const struct schema *out; /* of the 2xx body; NULL: none */
	handler_fn prepare; /* outside the transaction: directory, files */
	handler_fn handler;
	const char *summary;
	const enum err_kind *errors; /* ends with ERR_NONE */
	int status; /* of success, for OpenAPI; 0: 200, or 204 without out */
	const char *media; /* of success; NULL: application/json */
};

#define ERRS(...) ((const enum err_kind[]){ __VA_ARGS__, ERR_NONE })

extern const struct route routes[];
extern const size_t nroutes;

/* NULL or a static text naming the first fault of the table (unit test and
 * start of a worker). */
const char *route_check_all(void);

/* The same for any table of n rows. */
const char *route_check(const struct route *table, size_t n);

/* Status of success as the table says it. */
int route_status(const struct route *r);

/* A method may change something: everything but GET. */
static inline bool
method_is_unsafe(enum method m)
{
	return m != METHOD_GET;
}

/* A schema takes members from the body (not only from path and query). */
bool schema_has_body(const struct schema *s);

#endif
