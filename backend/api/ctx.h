/*
 * Everything a handler may touch while it serves one request.
 */
#ifndef EXREG_API_CTX_H
#define EXREG_API_CTX_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/field.h"
#include "domain/access.h"
#include "http/request.h"
#include "http/response.h"

struct db;
struct directory;
struct names;
struct route;
struct export_spool;
struct procedure_shelf;

/* What the configuration says and handlers need; lives as long as the worker. */
struct app {
	const char *organisation; /* name shown on every page */
	const char *zone;         /* IANA name */
	const char *origin;       /* https://exreg.example, no trailing slash */
	bool cookie_secure;
	int notice_days; /* expiring: this many days before the end */
	const char *violation_role; /* is told of reported violations */
	int64_t idle_minutes;
	int64_t absolute_hours;
	const char *spool_dir; /* export pool only */
	int64_t export_max_rows;
	const char *attachments_dir;   /* register pool only */
	int64_t attachment_max_bytes;  /* one file */
	int64_t attachments_max;       /* files of one exception */
	int64_t attachments_max_bytes; /* and all of them together */
	int64_t lockout_threshold; /* wrong passwords the directory allows */
	const char *signin_group;  /* stable id or DN; NULL: everybody */
	int64_t answer_floor_ms;   /* minimum duration of a sign-in answer */
	const char *cookie_name;   /* __Host-exreg, or exreg without Secure */
	int64_t schema_version;    /* of the database, compared at start */
};

struct ctx {
	const struct app *app;
	struct arena *arena;
	struct db *db;
	struct names *names;                /* what the worker knows by heart */
	struct directory *directory;        /* directory pool only, else NULL */
	struct procedure_shelf *procedures; /* of the worker */
	struct request *req;
	struct response *res;
	const struct route *route;
	instant_t now;  /* read once a request */
	date_t today;   /* in the organisation's zone */
	struct who who; /* the person, or who.person_id 0: anonymous */
	void *in;       /* filled struct of route->in, or NULL */
	void *prepared; /* what route->prepare left for the handler */

	/* What a handler may add to its refusal. */
	const char *stale_etag; /* ERR_STALE: the version that is there now */
	const char *stale_by;   /* ERR_STALE: who made it */
	instant_t stale_at;     /* ERR_STALE: when; TIME_NONE: not known */
	int64_t retry_after_s;  /* ERR_TOO_MANY and 503; 0: the default */

	/* What a refusal's audit event speaks of (api/audit_trail.h). */
	const char *audit_action; /* what was tried; NULL: "refused" */
	const char *audit_object; /* as people call it */
	const char *audit_detail; /* what only the trail may say; NULL: the
				     refusal's text */
	int64_t audit_object_id;  /* exception, 0: none */
	bool audit_counted;       /* the refusal is counted instead */

	/* The pipeline's own. */
	const struct param *path_values; /* {names} of the route */
	size_t npath_values;
	const char *allow; /* 405: the methods there are */
	bool replayed;     /* the stored answer of an earlier request */
	bool replay_asked; /* and there was none, just before the transaction */
	struct timespec not_before; /* of a refused sign-in: the answer waits
				       for this time (CLOCK_MONOTONIC) */
};

/*
 * Answer with a struct rendered by the route's out schema (before COMMIT).
 * Returns 0.
 */
int reply(struct ctx *c, int status, const void *out);

/* Answer 204. Returns 0. */
int reply_empty(struct ctx *c);

/* Answer with JSON text made by the handler's view code. Returns 0. */
int reply_json(struct ctx *c, int status, const char *json, size_t len);

/*
 * Set the ETag header "r<row>-c<content>". */
void reply_etag(struct ctx *c, int64_t row_version, int64_t content_version);

/* ETag text on the arena, quotes included. */
const char *etag_text(struct arena *a, int64_t row_version,
    int64_t content_version);

/*
 * Compare If-Match with a record. The route has IF_MATCH, so the header is
 * there. Returns 0, or -1 with ERR_STALE when the row version differs
 * (etag_check) or only the content version (etag_check_content).
 */
int etag_check(struct ctx *c, int64_t row_version, int64_t content_version,
    struct err *e);
int etag_check_content(struct ctx *c, int64_t content_version, struct err *e);

#endif
