/*
 * exreg-jobs -c FILE: scheduled work, one job at a time.
 *
 * SIGTERM and SIGINT end it after the work in hand: signals only arrive
 * while it waits or set a flag that jobs look at between two things.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/config.h"
#include "base/log.h"
#include "db/db.h"
#include "jobs/runner.h"
#include "mail/submit.h"
#include "store/statements.h"

#define STEP_S 5
#define SPOOL_MAX (INT64_C(4) << 30)
#define MAIL_TIMEOUT_S 30

static volatile sig_atomic_t stop;

static void
on_stop(int number)
{
	(void)number;
	stop = 1;
}

static instant_t
wall_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (instant_t)t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000;
}

/* Blocked but for the moment of waiting, so that none is missed. */
static void
catch_signals(sigset_t *waiting)
{
	struct sigaction action = { .sa_handler = on_stop };
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGINT);
	sigprocmask(SIG_BLOCK, &blocked, waiting);
	sigdelset(waiting, SIGTERM);
	sigdelset(waiting, SIGINT);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
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

/* A step, a pause, until asked to end. A dead database is waited for. */
static void
loop(struct runner *r, const sigset_t *waiting)
{
	const struct timespec pause = { .tv_sec = STEP_S };
	bool down = false;

	while (!stop) {
		struct err e = { 0 };

		if (runner_step(r, &e) < 0 && !down)
			LOG(LOG_ERROR, "no database", KV_S("cause", e.cause));
		down = e.kind != ERR_NONE;
		ppoll(NULL, 0, &pause, waiting);
	}
}

static int
run(const struct config *cfg, struct err *e)
{
	struct arena arena;
	struct submit_config mail;
	struct db_config db;
	struct job_config jobs_cfg = {
		.organisation = cfg->name,
		.origin = cfg->origin,
		.mail = cfg->mail_url != NULL ? &mail : NULL,
		.spool_dir = cfg->spool_dir,
		.spool_max_bytes = SPOOL_MAX,
	};
	char host[65] = "";
	struct runner r = {
		.cfg = &jobs_cfg,
		.host = host,
		.clock = wall_clock,
		.stop = &stop,
	};
	sigset_t waiting;
	int rc = -1;

	arena_init(&arena);
	gethostname(host, sizeof(host) - 1);
	catch_signals(&waiting);
	if (config_db(cfg, &cfg->jobs, 0, &arena, &db, e) == 0 &&
	    mail_config(cfg, &arena, &mail, e) == 0) {
		r.db = db_open(&db, statements, STMT__MAX);
		runner_init(&r);
		LOG(LOG_INFO, "started", KV_I("jobs", (int64_t)njobs));
		loop(&r, &waiting);
		LOG(LOG_INFO, "ended", KV_I("jobs", (int64_t)njobs));
		db_close(r.db);
		runner_release(&r);
		rc = 0;
	}
	arena_release(&arena);
	return rc;
}

int
main(int argc, char **argv)
{
	struct config cfg;
	struct arena arena;
	struct buf faults;
	struct err e = { 0 };
	int rc = EXIT_FAILURE;

	if (argc != 3 || strcmp(argv[1], "-c") != 0) {
		fputs("usage: exreg-jobs -c FILE\n", stderr);
		return 2;
	}
	log_set_prefix("program=jobs");
	arena_init(&arena);
	buf_init(&faults, &arena);
	if (config_load(&cfg, argv[2], USE_JOBS, &faults) > 0 ||
	    config_check(&cfg, USE_JOBS, &faults) > 0) {
		fputs(buf_text(&faults), stderr);
	} else {
		config_set_zone(&cfg);
		if (run(&cfg, &e) == 0)
			rc = EXIT_SUCCESS;
		else
			LOG(LOG_ERROR, "not started", KV_S("error", e.detail),
			    KV_S("cause", e.cause));
	}
	config_release(&cfg);
	arena_release(&arena);
	return rc;
}
