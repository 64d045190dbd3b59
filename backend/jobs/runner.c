/*
 * A run is three transactions: take the lease and open the history row; the
 * job's own, each holding the lease; close the row and give the lease back.
 * A process that dies in between leaves an open row in the history and a
 * lease that ends by itself, a minute after the job's limit.
 */
#include "jobs/runner.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "db/db.h"
#include "db/tx.h"
#include "store/jobs_store.h"

#define LEASE_NAME_MAX 40
#define MARGIN_S 60
#define FAULT_MAX 500 /* column width */

/* What the transactions of one run share. */
struct running {
	struct runner *runner;
	const struct job *job;
	bool only_due;
	char lease[LEASE_NAME_MAX + 1];
	char owner[121];
	instant_t now;
	int64_t epoch;
	int64_t history; /* id of its row */
	bool taken;
	int64_t done;
	const char *fault;
};

void
runner_init(struct runner *r)
{
	arena_init(&r->arena);
	db_set_arena(r->db, &r->arena);
}

void
runner_release(struct runner *r)
{
	arena_release(&r->arena);
}

static void
running_init(struct running *g, struct runner *r, const struct job *job)
{
	*g = (struct running){ .runner = r, .job = job, .now = r->clock() };
	if (job->each_host)
		snprintf(g->lease, sizeof(g->lease), "%s@%s", job->name,
		    r->host);
	else
		snprintf(g->lease, sizeof(g->lease), "%s", job->name);
	snprintf(g->owner, sizeof(g->owner), "%.100s:%ld", r->host,
	    (long)getpid());
}

/* 1: its time has come, 0: not yet, -1 with e set. */
static int
is_due(const struct running *g, struct err *e)
{
	instant_t last;

	if (job_store_last_start(g->runner->db, g->lease, &last, e) < 0)
		return -1;
	return last == TIME_NONE ||
	    last + g->job->every_s * US_PER_SECOND <= g->now;
}

static int
begin(void *arg, struct err *e)
{
	struct running *g = arg;
	instant_t until = g->now + (g->job->limit_s + MARGIN_S) * US_PER_SECOND;
	int rc;

	g->taken = false;
	rc = job_store_take(g->runner->db, g->lease, g->owner, g->now, until,
	    &g->epoch, e);
	if (rc <= 0)
		return rc;
	/* Somebody may have run it since we looked. */
	rc = g->only_due ? is_due(g, e) : 1;
	if (rc < 0)
		return -1;
	g->taken = rc > 0;
	if (!g->taken)
		return job_store_release(g->runner->db, g->lease, g->epoch,
		    g->now, e);
	return job_store_begin(g->runner->db, g->lease, g->epoch, g->now,
	    &g->history, e);
}

static int
finish(void *arg, struct err *e)
{
	struct running *g = arg;
	instant_t now = g->runner->clock();

	if (job_store_end(g->runner->db, g->history, now, g->done, g->fault,
		e) < 0)
		return -1;
	return job_store_release(g->runner->db, g->lease, g->epoch, now, e);
}

static void
log_run(const struct running *g, const struct err *e)
{
	int64_t ms = (g->runner->clock() - g->now) / 1000;

	if (e->kind != ERR_NONE)
		LOG(LOG_ERROR, "job failed", KV_S("job", g->job->name),
		    KV_I("done", g->done), KV_I("ms", ms),
		    KV_S("error", e->detail), KV_S("cause", e->cause));
	else if (g->done > 0)
		LOG(LOG_INFO, "job", KV_S("job", g->job->name),
		    KV_I("done", g->done), KV_I("ms", ms));
}

const char *
job_fault(struct arena *a, const struct err *e)
{
	const char *gap = e->cause[0] != '\0' ? ": " : "";
	char *text = arena_printf(a, "%s%s%s", e->detail, gap, e->cause);

	text[strnlen(text, FAULT_MAX)] = '\0';
	for (char *c = text; *c != '\0'; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	return text;
}

/* The job itself, under a process deadline. */
static int
work(struct running *g, struct err *e)
{
	struct job_run run = {
		.cfg = g->runner->cfg,
		.db = g->runner->db,
		.arena = &g->runner->arena,
		.now = g->now,
		.today = date_of_instant(g->now),
		.runner = g->runner,
		.lease = g->lease,
		.epoch = g->epoch,
		.until = g->now + g->job->limit_s / 2 * US_PER_SECOND,
	};
	int rc;

	alarm((unsigned)g->job->limit_s);
	rc = g->job->run(&run, e);
	alarm(0);
	g->done = run.done;
	return rc;
}

/* Take, work, finish. See runner_run(). */
static int
run_once(struct running *g, struct err *e)
{
	struct runner *r = g->runner;
	struct err late = { 0 };
	int rc;

	arena_reset(&r->arena);
	if (tx_run(r->db, TX_WRITE, begin, g, e) < 0)
		return -1;
	if (!g->taken)
		return 0;
	rc = work(g, e);
	log_run(g, e);
	if (rc < 0)
		g->fault = job_fault(&r->arena, e);
	if (db_ready(r->db, &late) < 0 ||
	    tx_run(r->db, TX_WRITE, finish, g, &late) < 0) {
		LOG(LOG_ERROR, "history of a job was not written",
		    KV_S("job", g->job->name), KV_S("cause", late.cause));
		if (rc == 0)
			*e = late;
		return -1;
	}
	return rc < 0 ? -1 : 1;
}

int
runner_run(struct runner *r, const struct job *job, int64_t *done,
    struct err *e)
{
	struct running g;
	int rc;

	if (db_ready(r->db, e) < 0)
		return -1;
	running_init(&g, r, job);
	rc = run_once(&g, e);
	if (done != NULL)
		*done = g.done;
	return rc;
}

int
runner_step(struct runner *r, struct err *e)
{
	for (size_t i = 0; i < njobs; i++) {
		struct err failure = { 0 };
		struct running g;
		int due;

		if (r->must_stop != NULL && r->must_stop())
			return 0;
		if (db_ready(r->db, e) < 0)
			return -1;
		running_init(&g, r, &jobs[i]);
		g.only_due = true;
		arena_reset(&r->arena);
		due = is_due(&g, e);
		if (due < 0)
			return -1;
		if (due > 0)
			run_once(&g, &failure);
	}
	return 0;
}

/* A transaction of a job and what it is given. */
struct job_work {
	struct job_run *run;
	job_tx_fn fn;
	void *arg;
};

static int
under_lease(void *arg, struct err *e)
{
	struct job_work *w = arg;
	int held = job_store_hold(w->run->db, w->run->lease, w->run->epoch, e);

	if (held == 0)
		return err_set(e, ERR_CONFLICT, "another process runs %s now",
		    w->run->lease);
	return held < 0 ? -1 : w->fn(w->run, w->arg, e);
}

int
job_tx(struct job_run *r, job_tx_fn fn, void *arg, struct err *e)
{
	struct job_work w = { .run = r, .fn = fn, .arg = arg };

	return tx_run(r->db, TX_WRITE, under_lease, &w, e);
}

bool
job_may_go_on(const struct job_run *r)
{
	const struct runner *runner = r->runner;

	return (runner->must_stop == NULL || !runner->must_stop()) &&
	    runner->clock() < r->until;
}
