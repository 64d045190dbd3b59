/*
 * exreg-jobs -c FILE: scheduled work, one job at a time, in a child that is
 * started again when a job takes it down.
 *
 * SIGTERM ends it after the thing in hand: it is blocked except while the
 * child waits, and jobs look whether one is pending between two things.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/config.h"
#include "app/supervise.h"
#include "base/log.h"
#include "db/db.h"
#include "jobs/runner.h"
#include "mail/submit.h"
#include "store/statements.h"

#define STEP_S 5
#define SPOOL_MAX (INT64_C(4) << 30)
#define MAIL_TIMEOUT_S 15
#define DRAIN_S 20
#define DB_DEADLINE_S 60

static volatile sig_atomic_t stop_flag;

static void
on_stop(int number)
{
	(void)number;
	stop_flag = 1;
}

static bool
must_stop(void)
{
	sigset_t pending;

	sigemptyset(&pending);
	sigpending(&pending);
	return stop_flag != 0 || sigismember(&pending, SIGTERM) == 1;
}

static instant_t
wall_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (instant_t)t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000;
}

/* waiting: the mask while there is nothing to do. */
static void
catch_signals(sigset_t *waiting)
{
	struct sigaction action = { .sa_handler = on_stop };
	sigset_t blocked;

	sigaction(SIGTERM, &action, NULL);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigprocmask(SIG_BLOCK, &blocked, waiting);
	sigdelset(waiting, SIGTERM);
	signal(SIGALRM, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
}

static int
mail_config(const struct config *cfg, struct arena *a,
    struct submit_config *out, struct err *e)
{
	*out = (struct submit_config){
		.url = cfg->mail_url,
		.ca_file = cfg->mail_ca_file,
		.user = cfg->mail_user,
		.from = cfg->mail_from,
		.timeout_s = MAIL_TIMEOUT_S,
	};
	if (cfg->mail_password_file == NULL)
		return 0;
	out->password = config_secret(a, cfg->mail_password_file, e);
	return out->password == NULL ? -1 : 0;
}

/* A step, a pause, until told to end. A dead database is waited for. */
static void
loop(struct runner *r)
{
	const struct timespec pause = { .tv_sec = STEP_S };
	sigset_t waiting;
	bool down = false;

	catch_signals(&waiting);
	while (!must_stop()) {
		struct err e = { 0 };

		if (runner_step(r, &e) < 0 && !down)
			LOG(LOG_ERROR, "no database", KV_S("cause", e.cause));
		down = e.kind != ERR_NONE;
		ppoll(NULL, 0, &pause, &waiting);
	}
}

static int
run(const struct config *cfg, struct arena *a, struct err *e)
{
	struct submit_config mail;
	struct db_config db;
	struct job_config jobs_cfg = {
		.organisation = cfg->name,
		.origin = cfg->origin,
		.mail = cfg->mail_url != NULL ? &mail : NULL,
		.spool_dir = cfg->spool_dir,
		.spool_max_bytes = SPOOL_MAX,
		.attachments_dir = cfg->attachments_dir,
	};
	char host[65] = "";
	struct runner r = {
		.cfg = &jobs_cfg,
		.host = host,
		.clock = wall_clock,
		.must_stop = must_stop,
	};

	gethostname(host, sizeof(host) - 1);
	if (config_db(cfg, &cfg->jobs, DB_DEADLINE_S, a, &db, e) < 0 ||
	    mail_config(cfg, a, &mail, e) < 0)
		return -1;
	r.db = db_open(&db, statements, STMT__MAX);
	runner_init(&r);
	loop(&r);
	db_close(r.db);
	runner_release(&r);
	return 0;
}

/* The child: connects after the fork. */
static int
work(void *arg)
{
	const struct config *cfg = arg;
	struct err e = { 0 };
	struct arena arena;
	int rc;

	arena_init(&arena);
	rc = run(cfg, &arena, &e);
	arena_release(&arena);
	if (rc < 0)
		LOG(LOG_ERROR, "not started", KV_S("error", e.detail),
		    KV_S("cause", e.cause));
	return rc < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Load and check; what is wrong goes to standard error. 0 or -1. */
static int
load(struct config *cfg, const char *path)
{
	struct arena scratch;
	struct buf faults;
	size_t n;

	arena_init(&scratch);
	buf_init(&faults, &scratch);
	n = config_load(cfg, path, USE_JOBS, &faults);
	if (n == 0)
		n = config_check(cfg, USE_JOBS, &faults);
	fputs(buf_text(&faults), stderr);
	arena_release(&scratch);
	return n == 0 ? 0 : -1;
}

int
main(int argc, char **argv)
{
	struct config cfg;
	struct supervise s = {
		.workers = 1,
		.drain_s = DRAIN_S,
		.work = work,
		.arg = &cfg,
	};
	int rc = EXIT_FAILURE;

	if (argc != 3 || strcmp(argv[1], "-c") != 0) {
		fputs("usage: exreg-jobs -c FILE\n", stderr);
		return 2;
	}
	log_set_prefix("program=jobs");
	if (load(&cfg, argv[2]) == 0) {
		config_set_zone(&cfg);
		LOG(LOG_INFO, "started", KV_I("jobs", (int64_t)njobs));
		rc = supervise_run(&s);
	}
	config_release(&cfg);
	return rc;
}
