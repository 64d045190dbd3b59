/*
 * The path of every request, from what the server handed over to the line
 * in the log. A worker has one pipeline and serves one request at a time.
 */
#ifndef EXREG_API_PIPELINE_H
#define EXREG_API_PIPELINE_H

#include <stddef.h>
#include <stdint.h>

#include "api/ctx.h"
#include "api/procedure_shelf.h"
#include "api/route.h"

struct pipeline {
	const struct app *app;
	enum pool pool; /* routes of other pools do not exist here */
	struct db *db;
	struct directory *directory;       /* directory pool only, else NULL */
	struct names *names;               /* kept from request to request */
	struct arena arena;                /* of the request in hand */
	struct procedure_shelf procedures; /* read so far */
};

/* One request. Lives from pipeline_serve() to pipeline_finish(). */
struct exchange {
	struct request req;
	struct response res; /* complete after pipeline_serve() */
	struct ctx ctx;
	struct err err;      /* what went wrong, or ERR_NONE */
	struct err side_err; /* writing the refusal's audit event failed */
	unsigned statements;
	struct request_raw *raw;
	struct pipeline *pipeline;
};

/* How the answer went out. */
struct delivery {
	size_t bytes;          /* of the body */
	int64_t duration_ms;   /* from accept to the last byte */
	const struct err *err; /* sending failed; NULL: it did not */
};

/* db and directory are opened by the caller after fork. */
void pipeline_init(struct pipeline *p, const struct app *app, enum pool pool,
    struct db *db, struct directory *directory);

/* Give all memory back; no request is in hand. A zeroed one is accepted. */
void pipeline_release(struct pipeline *p);

/*
 * Serve one request: x->res is always a complete answer. raw lives on
 * p->arena. now is the only clock the request sees.
 */
void pipeline_serve(struct pipeline *p, struct request_raw *raw, instant_t now,
    struct exchange *x);

/* Write the line in the log, wipe secrets, forget the request. */
void pipeline_finish(struct pipeline *p, struct exchange *x,
    const struct delivery *d);

#endif
