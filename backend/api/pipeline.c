/*
 * run() is the whole story; the rest is what happens around it: a clean
 * answer for every error, an audit event for a refusal, one line of log.
 */
#include "api/pipeline.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#include "api/audit_trail.h"
#include "api/guard.h"
#include "api/idempotency.h"
#include "base/log.h"
#include "db/db.h"
#include "db/tx.h"
#include "http/problem.h"
#include "session/session.h"
#include "store/names.h"

void
pipeline_init(struct pipeline *p, const struct app *app, enum pool pool,
    struct db *db, struct directory *directory)
{
	memset(p, 0, sizeof(*p));
	p->app = app;
	p->pool = pool;
	p->db = db;
	p->directory = directory;
	p->names = names_open();
	arena_init(&p->arena);
	procedure_shelf_init(&p->procedures);
	db_set_arena(db, &p->arena);
}

void
pipeline_release(struct pipeline *p)
{
	names_close(p->names);
	procedure_shelf_release(&p->procedures);
	arena_release(&p->arena);
}

/* Public routes without statements work while the database is down. */
static int
identify(struct ctx *c, struct err *e)
{
	const struct route *r = c->route;
	const struct session_limits limits = {
		.idle_minutes = c->app->idle_minutes,
		.absolute_hours = c->app->absolute_hours,
		.touch = (r->flags & ROUTE_NO_SESSION_TOUCH) == 0,
	};

	if (r->access == PERM_ANYONE && r->tx == TX_NONE)
		return 0;
	if (db_ready(c->db, e) < 0)
		return -1;
	if (r->access == PERM_ANYONE || c->req->cookie == NULL)
		return 0;
	if (session_identify(c->db, c->arena, c->req->cookie, c->now, &limits,
		&c->who, e) < 0)
		return -1;
	if (c->who.person_id != 0)
		names_at(c->names, c->who.names_epoch);
	return 0;
}

/* One try of the handler; a retry starts from an empty answer. */
static int
attempt(void *arg, struct err *e)
{
	struct ctx *c = arg;
	int found;

	response_init(c->res, c->arena);
	/* what an earlier try left here was on the arena it gave back */
	c->stale_etag = NULL;
	c->stale_by = NULL;
	c->stale_at = TIME_NONE;
	found = c->replay_asked ? 0 : idempotency_replay(c, e);
	c->replay_asked = false; /* a retry may meet the answer of a twin */
	if (found != 0)
		return found < 0 ? -1 : 0;
	if (c->route->handler(c, e) < 0) {
		assert(e->kind != ERR_NONE);
		return -1;
	}
	assert(c->res->status != 0);
	return idempotency_keep(c, e);
}

/*
 * A twin of this request may have been faster, or a COMMIT may have worked
 * although its answer was lost: then the stored answer is the true one.
 */
static int
recall(struct ctx *c, struct err *e)
{
	struct err quiet = { 0 };

	if (!idempotency_applies(c) || e->kind == ERR_INVALID ||
	    e->kind == ERR_KEY_REUSED || db_ready(c->db, &quiet) < 0 ||
	    idempotency_replay(c, &quiet) != 1)
		return -1;
	err_clear(e);
	return 0;
}

/* What has its answer already is not prepared again: no second number is
 * taken, no directory asked. 1 when it has, 0, -1. */
static int
prepare(struct ctx *c, struct err *e)
{
	int found;

	if (c->route->prepare == NULL)
		return 0;
	if (c->route->tx == TX_WRITE) {
		found = idempotency_replay(c, e);
		c->replay_asked = true;
		if (found != 0)
			return found;
	}
	return c->route->prepare(c, e);
}

static int
in_tx(struct ctx *c, struct err *e)
{
	int prepared = prepare(c, e);

	if (prepared != 0)
		return prepared < 0 ? -1 : 0;
	if (c->route->tx == TX_NONE)
		return attempt(c, e);
	if (tx_run(c->db, c->route->tx, attempt, c, e) == 0)
		return 0;
	return recall(c, e);
}

/* The order of things, for every request. First failure ends it. */
static int
run(struct exchange *x, struct err *e)
{
	struct ctx *c = &x->ctx;

	if (request_read(c->req, x->raw, c->app->cookie_name, e) < 0 ||
	    route_find(c, x->pipeline->pool, e) < 0 ||
	    identify(c, e) < 0 ||     /* cookie -> who, or anonymous */
	    access_check(c, e) < 0 || /* route->access: 401, 403 */
	    csrf_check(c, e) < 0 ||   /* unsafe methods */
	    input_read(c, e) < 0 ||   /* path, query, body -> c->in */
	    precondition_check(c, e) < 0)
		return -1;
	return in_tx(c, e); /* begin, handler, commit; retry on deadlock */
}

/* A refusal that somebody may want to read about later. */
static bool
is_refusal(enum err_kind kind)
{
	static const enum err_kind kinds[] = {
		ERR_BAD_CREDENTIALS,
		ERR_FORBIDDEN,
		ERR_CROSS_SITE,
		ERR_CONFLICT,
		ERR_STEP_REFUSED,
		ERR_STALE,
		ERR_TOO_MANY,
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i] == kind)
			return true;
	return false;
}

static int
write_refusal(void *arg, struct err *e)
{
	struct exchange *x = arg;

	return audit_refusal(&x->ctx, &x->err, e);
}

/*
 * The refused transaction is gone, so the trace is written in another. Of
 * people who are not signed in only what the handler names is kept: the
 * sign-in.
 */
static void
leave_trace(struct exchange *x)
{
	const struct ctx *c = &x->ctx;

	if (c->route == NULL || !is_refusal(x->err.kind) || c->audit_counted ||
	    (c->route->flags & ROUTE_REFUSAL_AUDITED) == 0 ||
	    (c->who.person_id == 0 && c->audit_action == NULL))
		return;
	tx_run(c->db, TX_WRITE, write_refusal, x, &x->side_err);
}

static void
answer_problem(struct exchange *x)
{
	const struct ctx *c = &x->ctx;
	const struct problem p = {
		.instance = c->req->id,
		.retry_after_s = c->retry_after_s,
		.allow = c->allow,
		.stale_etag = c->stale_etag,
		.stale_by = c->stale_by,
		.stale_at = c->stale_at,
	};

	problem_write(&x->res, &x->err, &p);
}

void
pipeline_serve(struct pipeline *p, struct request_raw *raw, instant_t now,
    struct exchange *x)
{
	struct ctx *c = &x->ctx;

	memset(x, 0, sizeof(*x));
	x->pipeline = p;
	x->raw = raw;
	x->req.arena = &p->arena;
	response_init(&x->res, &p->arena);
	c->app = p->app;
	c->arena = &p->arena;
	c->db = p->db;
	c->names = p->names;
	c->directory = p->directory;
	c->procedures = &p->procedures;
	c->req = &x->req;
	c->res = &x->res;
	c->now = now;
	c->today = date_of_instant(now);
	c->stale_at = TIME_NONE;
	db_statement_count(p->db, true);

	if (run(x, &x->err) < 0) {
		leave_trace(x);
		answer_problem(x);
		/* the last thing, so that what was written shows in no time */
		if (c->not_before.tv_sec != 0)
			clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME,
			    &c->not_before, NULL);
	}
	response_header(&x->res, "Cache-Control", "no-store");
	x->statements = db_statement_count(p->db, true);
}

static const char *
or_dash(const char *s)
{
	return s != NULL && s[0] != '\0' ? s : "-";
}

static void
log_request(const struct exchange *x, const struct delivery *d)
{
	const struct ctx *c = &x->ctx;
	const struct err *failed = d->err != NULL ? d->err : &x->err;
	const struct err *why =
	    failed->kind == ERR_NONE ? &x->side_err : failed;
	const char *text = why->cause[0] != '\0' ? why->cause : why->detail;
	bool grave = x->res.status >= 500 || x->side_err.kind != ERR_NONE;
	const struct log_kv kv[] = {
		KV_S("req", or_dash(x->req.id)),
		KV_S("who", or_dash(c->who.uid)),
		KV_S("method", or_dash(x->req.method_text)),
		KV_S("route", c->route != NULL ? c->route->path : "-"),
		KV_I("status", x->res.status),
		KV_I("bytes", (int64_t)d->bytes),
		KV_I("ms", d->duration_ms),
		KV_I("sql", x->statements),
		KV_S("replayed", c->replayed ? "yes" : "no"),
		KV_S("cause", text),
		KV_S("at", or_dash(why->file)),
		KV_I("line", why->line),
	};
	unsigned long n = sizeof(kv) / sizeof(kv[0]);

	if (why->kind == ERR_NONE)
		n -= 3;
	else if (!grave)
		n -= 2;
	log_line(grave ? LOG_ERROR : LOG_INFO, "request", kv, n);
}

void
pipeline_finish(struct pipeline *p, struct exchange *x,
    const struct delivery *d)
{
	log_request(x, d);
	if (input_wipe(&x->ctx) && x->raw->body != NULL)
		explicit_bzero(x->raw->body, x->raw->body_len);
	/* A transaction left open would let one request see another's. */
	assert(!tx_is_open(p->db));
	arena_reset(&p->arena);
}
