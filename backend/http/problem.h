/* The answer to a request that failed: RFC 9457, application/problem+json. */
#ifndef EXREG_HTTP_PROBLEM_H
#define EXREG_HTTP_PROBLEM_H

#include "base/date.h"
#include "base/err.h"
#include "http/response.h"

/* What is known about the request beyond its error. */
struct problem {
	const char *instance;   /* request id */
	int64_t retry_after_s;  /* 0: the default of 429 and 503 */
	const char *allow;      /* 405: "GET, POST" */
	const char *stale_etag; /* 412: the version that is there now */
	const char *stale_by;   /* 412: who made it, or NULL */
	instant_t stale_at;     /* 412: when, or TIME_NONE */
};

/*
 * Make r the problem of e: status, headers and body; whatever r held is
 * dropped. Strings of p outlive r. The detail of a 5xx is generic, its
 * cause stays in the log.
 */
void problem_write(struct response *r, const struct err *e,
    const struct problem *p);

#endif
