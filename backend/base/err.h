/*
 * Errors are values: int 0/-1 plus a filled struct err. The first error
 * wins; only the pipeline turns it into RFC 9457, only the top level logs.
 */
#ifndef EXREG_BASE_ERR_H
#define EXREG_BASE_ERR_H

#include <stddef.h>

struct arena;

enum err_kind {
	ERR_NONE = 0,
	ERR_BAD_REQUEST,           /* 400 unparseable: path, header, JSON */
	ERR_UNAUTHENTICATED,       /* 401 no session, or it has ended */
	ERR_BAD_CREDENTIALS,       /* 401 sign-in refused, one text for all */
	ERR_FORBIDDEN,             /* 403 the role is missing */
	ERR_CROSS_SITE,            /* 403 unsafe method from another site */
	ERR_NOT_FOUND,             /* 404 */
	ERR_METHOD_NOT_ALLOWED,    /* 405 */
	ERR_CONFLICT,              /* 409 */
	ERR_STEP_REFUSED,          /* 409 the step is not allowed now */
	ERR_STALE,                 /* 412 someone else changed it */
	ERR_TOO_LARGE,             /* 413 */
	ERR_MEDIA_TYPE,            /* 415 */
	ERR_INVALID,               /* 422 fields, all of them in errors[] */
	ERR_KEY_REUSED,            /* 422 Idempotency-Key with other content */
	ERR_PRECONDITION_REQUIRED, /* 428 If-Match is missing */
	ERR_TOO_MANY,              /* 429 */
	ERR_INTERNAL,              /* 500 */
	ERR_DB,                    /* 500 statement failed */
	ERR_DB_DOWN,               /* 503 no database; Retry-After */
	ERR_DB_RETRY,              /* 503 deadlock or lock wait; tx retries */
	ERR_DB_UNCERTAIN,          /* 503 connection lost during COMMIT */
	ERR_DIRECTORY_DOWN,        /* 503 directory does not answer */
	ERR_BUSY,                  /* 503 */
	ERR__MAX
};

/* One faulty field: RFC 6901 pointer into the body, or "?name" for a query
 * parameter, and what is wrong in words. */
struct err_field {
	const char *pointer;
	const char *detail;
};

struct err {
	enum err_kind kind;
	char detail[256]; /* for the client; no internals */
	char cause[512];  /* for the log only: errno, SQLSTATE, LDAP text */
	const char *file;
	int line;
	struct err_field *fields; /* on the arena given to err_field() */
	size_t nfields;
	size_t fields_cap;
};

struct err_kind_row {
	int status;        /* HTTP status */
	const char *type;  /* last part of the problem type URI */
	const char *title; /* short, for people */
};

/* The only place where an error meets HTTP. Indexed by enum err_kind. */
extern const struct err_kind_row err_kinds[ERR__MAX];

void err_clear(struct err *e);

/*
 * Set kind and client text, unless an error is set already. Returns -1.
 */
#define err_set(e, kind, ...) \
 err_set_at(e, kind, __FILE__, __LINE__, __VA_ARGS__)
int err_set_at(struct err *e, enum err_kind kind, const char *file, int line,
    const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Add the technical cause, for the log only. Keeps the first. Returns -1. */
int err_cause(struct err *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Add one faulty field; sets kind ERR_INVALID when no error is set yet.
 * pointer and the formatted detail are copied to the arena. Returns -1.
 */
int err_field(struct err *e, struct arena *a, const char *pointer,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
