/*
 * The order at the start matters: handlers before libfcgi, SIGPIPE after
 * every library, connections after fork. SIGTERM stays blocked except while
 * waiting for a connection, so the request in hand always finishes.
 */
#include "app/worker.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "api/pipeline.h"
#include "base/log.h"
#include "http/fcgi.h"
#include "store/statements.h"

/* A worker that needs more is out of its mind; address space, not memory. */
#define ADDRESS_SPACE_MAX (UINT64_C(1) << 30)

static volatile sig_atomic_t stop_flag;

static void
on_stop(int sig)
{
	(void)sig;
	stop_flag = 1;
}

/*
 * While connections keep coming ppoll() never waits and so never lets the
 * signal in: a pending one counts as well.
 */
static bool
must_stop(void)
{
	sigset_t pending;

	if (stop_flag)
		return true;
	sigemptyset(&pending);
	sigpending(&pending);
	return sigismember(&pending, SIGTERM) == 1;
}

static void
install_signals(sigset_t *during)
{
	struct sigaction stop = { .sa_handler = on_stop };
	sigset_t blocked;

	sigemptyset(&stop.sa_mask);
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGUSR1, &stop, NULL);
	signal(SIGALRM, SIG_DFL);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGUSR1);
	sigprocmask(SIG_BLOCK, &blocked, during);
	sigdelset(during, SIGTERM);
	sigdelset(during, SIGUSR1);
	sigdelset(during, SIGALRM);
	/* The supervisor had these blocked; nothing here waits for them. */
	sigdelset(during, SIGCHLD);
}

static void
limit_memory(void)
{
#ifndef EXREG_SANITIZE
	const struct rlimit limit = { ADDRESS_SPACE_MAX, ADDRESS_SPACE_MAX };

	setrlimit(RLIMIT_AS, &limit);
#endif
}

static instant_t
read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (instant_t)t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000;
}

struct open_worker {
	const struct config *cfg;
	struct arena arena; /* of the settings handed to the libraries */
	struct app app;
	struct db_config db_config;
	struct directory_config directory_config;
	struct db *db;
	struct directory *directory;
	struct fcgi *fcgi;
	struct pipeline pipeline;
};

static int
open_directory(struct open_worker *o, struct err *e)
{
	if (config_directory(o->cfg, &o->arena, &o->directory_config, e) < 0)
		return -1;
	o->directory = directory_open(&o->directory_config, e);
	return o->directory != NULL ? 0 : -1;
}

static int
open_all(struct open_worker *o, const struct worker *w, struct err *e)
{
	const struct config_pool *conf = &w->cfg->pools[w->pool];

	memset(o, 0, sizeof(*o));
	o->cfg = w->cfg;
	arena_init(&o->arena);
	config_app(w->cfg, &o->app);
	o->app.schema_version = SCHEMA_VERSION;
	if (config_db(w->cfg, &conf->account, conf->deadline_s, &o->arena,
		&o->db_config, e) < 0)
		return -1;
	o->db = db_open(&o->db_config, statements, STMT__MAX);
	if (w->pool == POOL_DIRECTORY && open_directory(o, e) < 0)
		return -1;
	o->fcgi = fcgi_open(w->listener);
	pipeline_init(&o->pipeline, &o->app, w->pool, o->db, o->directory);
	return 0;
}

static void
close_all(struct open_worker *o)
{
	fcgi_close(o->fcgi);
	directory_close(o->directory);
	db_close(o->db);
	pipeline_release(&o->pipeline);
	arena_release(&o->arena);
}

/* Returns 1 when a request was served. */
static int
serve_one(struct open_worker *o)
{
	struct request_raw raw;
	struct exchange x;
	struct err sent = { 0 };
	struct delivery d = { 0 };
	instant_t start;

	if (!fcgi_accept(o->fcgi, &o->pipeline.arena, &raw)) {
		arena_reset(&o->pipeline.arena);
		return 0;
	}
	start = read_clock(CLOCK_MONOTONIC);
	pipeline_serve(&o->pipeline, &raw, read_clock(CLOCK_REALTIME), &x);
	if (fcgi_send(o->fcgi, &x.res, &d.bytes, &sent) < 0)
		d.err = &sent;
	d.duration_ms = (read_clock(CLOCK_MONOTONIC) - start) / 1000;
	pipeline_finish(&o->pipeline, &x, &d);
	return 1;
}

static int
serve(struct open_worker *o, const struct config_pool *conf,
    const sigset_t *during, struct err *e)
{
	/* Not all workers of a pool should end at the same time. */
	int64_t left =
	    conf->max_requests + getpid() % (conf->max_requests / 10 + 1);

	while (!must_stop() && left > 0) {
		int ready = fcgi_wait(o->fcgi, during, e);

		if (ready < 0)
			return -1;
		if (ready == 0)
			continue;
		alarm((unsigned)conf->deadline_s);
		left -= serve_one(o);
		alarm(0);
	}
	return 0;
}

static void
set_prefix(enum pool pool)
{
	char prefix[64];

	snprintf(prefix, sizeof(prefix), "pool=%s pid=%d", pool_names[pool],
	    (int)getpid());
	log_set_prefix(prefix);
}

int
worker_run(const struct worker *w)
{
	struct open_worker o;
	struct err e = { 0 };
	sigset_t during;
	int status;

	set_prefix(w->pool);
	install_signals(&during);
	limit_memory();
	status = open_all(&o, w, &e);
	signal(SIGPIPE, SIG_IGN); /* last: libraries set it as they like */
	if (status == 0)
		status = serve(&o, &w->cfg->pools[w->pool], &during, &e);
	if (status < 0)
		LOG(LOG_ERROR, "worker", KV_S("cause", e.detail),
		    KV_S("detail", e.cause));
	close_all(&o);
	return status < 0 ? 1 : 0;
}
