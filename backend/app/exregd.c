/*
 * exregd -c FILE -p register|directory|export: one pool of FastCGI workers
 * behind nginx. Runs in the foreground; SIGHUP reads the configuration
 * again and replaces the workers, SIGTERM ends after the requests in hand.
 */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/route.h"
#include "app/config.h"
#include "app/migrate.h"
#include "app/supervise.h"
#include "app/worker.h"
#include "base/log.h"
#include "base/token.h"
#include "http/fcgi.h"

#define SYSTEMD_FIRST_FD 3

struct daemon {
	const char *path;
	struct config cfg;
	struct worker worker;
};

static int
usage(void)
{
	fprintf(stderr, "usage: exregd -c FILE -p register|directory|export\n");
	return 2;
}

/* Load and check; what is wrong goes to standard error. 0 or -1. */
static int
load(struct config *cfg, const char *path, enum pool pool)
{
	unsigned use = config_use_of(pool);
	struct arena scratch;
	struct buf faults;
	size_t n;

	arena_init(&scratch);
	buf_init(&faults, &scratch);
	n = config_load(cfg, path, use, &faults);
	if (n == 0)
		n = config_check(cfg, use, &faults);
	fputs(buf_text(&faults), stderr);
	arena_release(&scratch);
	return n == 0 ? 0 : -1;
}

static int
start_worker(void *arg)
{
	const struct daemon *d = arg;

	return worker_run(&d->worker);
}

/* A faulty file leaves the running configuration as it is. */
static int
reload(struct supervise *s)
{
	struct daemon *d = s->arg;
	struct config fresh;

	if (load(&fresh, d->path, d->worker.pool) < 0) {
		LOG(LOG_ERROR, "reload_refused", KV_S("file", d->path));
		config_release(&fresh);
		return -1;
	}
	config_release(&d->cfg);
	d->cfg = fresh;
	s->workers = (unsigned)d->cfg.pools[d->worker.pool].workers;
	s->drain_s = (unsigned)d->cfg.pools[d->worker.pool].deadline_s + 5;
	config_set_zone(&d->cfg);
	return 0;
}

/* The socket systemd holds for us, or one of our own. */
static int
open_listener(const char *path, struct err *e)
{
	const char *pid = getenv("LISTEN_PID");
	const char *fds = getenv("LISTEN_FDS");
	long long number;

	if (pid != NULL && fds != NULL && strcmp(fds, "1") == 0 &&
	    i64_parse(pid, strlen(pid), 1, INT32_MAX, &number) == 0 &&
	    number == getpid())
		return fcgi_adopt(SYSTEMD_FIRST_FD, e);
	return fcgi_listen(path, e);
}

/* Give root up for good. 0, or -1 with e set. */
static int
become(const char *name, struct err *e)
{
	const struct passwd *pw;

	if (name == NULL || geteuid() != 0)
		return 0;
	pw = getpwnam(name);
	if (pw == NULL)
		return err_set(e, ERR_INTERNAL, "there is no user %s", name);
	if (initgroups(name, pw->pw_gid) < 0 || setgid(pw->pw_gid) < 0 ||
	    setuid(pw->pw_uid) < 0)
		return err_set(e, ERR_INTERNAL, "cannot become %s: %s", name,
		    strerror(errno));
	return 0;
}

/*
 * Refuse to run on another schema than ours. A database that does not
 * answer is no reason: the workers say 503 until it does.
 */
static int
check_schema(const struct config *cfg, const struct config_pool *conf,
    struct err *e)
{
	struct db_config db_config;
	struct arena arena;
	struct db *db;
	int rc;

	arena_init(&arena);
	rc = config_db(cfg, &conf->account, conf->deadline_s, &arena,
	    &db_config, e);
	if (rc == 0) {
		db = db_open(&db_config, NULL, 0);
		db_set_arena(db, &arena);
		rc = db_ready(db, e);
		if (rc == 0)
			rc = migrate_check(db, NULL, &arena, e);
		db_close(db);
	}
	arena_release(&arena);
	if (rc == 0 || err_kinds[e->kind].status != 503)
		return rc;
	LOG(LOG_WARN, "schema_not_checked", KV_S("cause", e->cause));
	err_clear(e);
	return 0;
}

static int
run(struct daemon *d)
{
	const struct config_pool *conf = &d->cfg.pools[d->worker.pool];
	struct supervise s = {
		.workers = (unsigned)conf->workers,
		.drain_s = (unsigned)conf->deadline_s + 5,
		.work = start_worker,
		.reload = reload,
		.arg = d,
	};
	struct err e = { 0 };

	config_set_zone(&d->cfg);
	d->worker.cfg = &d->cfg;
	d->worker.listener = open_listener(conf->socket, &e);
	if (d->worker.listener < 0 || become(conf->user, &e) < 0 ||
	    check_schema(&d->cfg, conf, &e) < 0) {
		LOG(LOG_ERROR, "start", KV_S("cause", e.detail),
		    KV_S("detail", e.cause));
		return 1;
	}
	return supervise_run(&s);
}

int
main(int argc, char **argv)
{
	struct daemon d = { .path = NULL };
	const char *fault = route_check_all();
	char prefix[64];
	int opt;

	while ((opt = getopt(argc, argv, "c:p:")) != -1) {
		if (opt == 'c')
			d.path = optarg;
		else if (opt == 'p')
			d.worker.pool = config_pool_by_name(optarg);
		else
			return usage();
	}
	if (d.path == NULL || d.worker.pool == POOL__INVALID || optind != argc)
		return usage();
	snprintf(prefix, sizeof(prefix), "pool=%s pid=%d",
	    pool_names[d.worker.pool], (int)getpid());
	log_set_prefix(prefix);
	if (fault != NULL) {
		LOG(LOG_ERROR, "start", KV_S("cause", fault));
		return 1;
	}
	if (load(&d.cfg, d.path, d.worker.pool) < 0)
		return 1;
	return run(&d);
}
