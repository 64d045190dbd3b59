/*
 * One loop around sigtimedwait(): every signal is blocked, so nothing is
 * missed and nothing is interrupted. The listening socket is shared by all
 * generations of workers, so connections wait in its queue while they
 * change.
 *
 * A worker that dies young makes the next start wait, twice as long each
 * time but never more than a second: a crash storm must not keep the next
 * good request waiting.
 */
#include "app/supervise.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

#define YOUNG_MS 1000
#define PAUSE_FIRST_MS 50
#define PAUSE_MAX_MS 1000
#define CHILDREN_MAX (2 * SUPERVISE_WORKERS_MAX)

struct child {
	pid_t pid; /* 0: free */
	int64_t started_ms;
	int64_t kill_ms; /* told to end; killed when it has not by then */
};

struct pool {
	struct supervise *conf;
	struct child children[CHILDREN_MAX];
	bool ending;
	int64_t pause_ms;     /* before the next start; 0: none */
	int64_t may_start_ms; /* not before */
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
supervised_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGCHLD);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGHUP);
}

/* Workers that serve and were not told to end. */
static unsigned
count_serving(const struct pool *p)
{
	unsigned n = 0;

	for (size_t i = 0; i < CHILDREN_MAX; i++)
		n += p->children[i].pid != 0 && p->children[i].kill_ms == 0;
	return n;
}

static unsigned
count_all(const struct pool *p)
{
	unsigned n = 0;

	for (size_t i = 0; i < CHILDREN_MAX; i++)
		n += p->children[i].pid != 0;
	return n;
}

_Noreturn static void
run_child(const struct pool *p, pid_t parent)
{
	/* A supervisor that was killed must not leave workers behind. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		exit(1);
	signal(SIGHUP, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	exit(p->conf->work(p->conf->arg));
}

static int
start_child(struct pool *p)
{
	struct child *c = NULL;
	pid_t parent = getpid();

	for (size_t i = 0; i < CHILDREN_MAX && c == NULL; i++)
		if (p->children[i].pid == 0)
			c = &p->children[i];
	if (c == NULL)
		return -1;
	fflush(NULL);
	c->pid = fork();
	if (c->pid < 0) {
		LOG(LOG_ERROR, "fork", KV_S("cause", strerror(errno)));
		c->pid = 0;
		return -1;
	}
	if (c->pid == 0)
		run_child(p, parent);
	c->started_ms = now_ms();
	c->kill_ms = 0;
	return 0;
}

/* Start what is missing, unless there is a pause. */
static void
fill(struct pool *p)
{
	while (!p->ending && now_ms() >= p->may_start_ms &&
	    count_serving(p) < p->conf->workers) {
		if (start_child(p) < 0) {
			p->may_start_ms = now_ms() + PAUSE_MAX_MS;
			return;
		}
	}
}

static void
tell_to_end(struct pool *p, struct child *c)
{
	if (c->pid == 0 || c->kill_ms != 0)
		return;
	kill(c->pid, SIGTERM);
	c->kill_ms = now_ms() + (int64_t)p->conf->drain_s * 1000;
}

/* Only an early death is a reason to wait; a deadline never is. */
static void
pause_after(struct pool *p, const struct child *c, int status)
{
	bool early = now_ms() - c->started_ms < YOUNG_MS;
	bool bad = !WIFEXITED(status) || WEXITSTATUS(status) != 0;

	if (!early)
		p->pause_ms = 0;
	if (!early || !bad || c->kill_ms != 0)
		return;
	p->pause_ms = p->pause_ms == 0 ? PAUSE_FIRST_MS : p->pause_ms * 2;
	if (p->pause_ms > PAUSE_MAX_MS)
		p->pause_ms = PAUSE_MAX_MS;
	p->may_start_ms = now_ms() + p->pause_ms;
}

static void
log_end(pid_t pid, int status, int64_t lived_ms)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return;
	if (WIFEXITED(status))
		LOG(LOG_ERROR, "worker_failed", KV_I("worker", pid),
		    KV_I("status", WEXITSTATUS(status)),
		    KV_I("lived_ms", lived_ms));
	else
		LOG(LOG_ERROR,
		    WTERMSIG(status) == SIGALRM ? "worker_deadline" :
						  "worker_killed",
		    KV_I("worker", pid), KV_I("signal", WTERMSIG(status)),
		    KV_I("lived_ms", lived_ms));
}

static void
reap(struct pool *p)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (size_t i = 0; i < CHILDREN_MAX; i++) {
			struct child *c = &p->children[i];

			if (c->pid != pid)
				continue;
			log_end(pid, status, now_ms() - c->started_ms);
			pause_after(p, c, status);
			c->pid = 0;
		}
	}
}

/* New workers first; the old ones end after the request in hand. */
static void
replace(struct pool *p)
{
	struct child *old[CHILDREN_MAX];
	size_t n = 0;

	if (p->conf->reload != NULL && p->conf->reload(p->conf) != 0)
		return;
	for (size_t i = 0; i < CHILDREN_MAX; i++)
		if (p->children[i].pid != 0 && p->children[i].kill_ms == 0)
			old[n++] = &p->children[i];
	for (unsigned i = 0; i < p->conf->workers; i++)
		if (start_child(p) < 0)
			break;
	for (size_t i = 0; i < n; i++)
		tell_to_end(p, old[i]);
	LOG(LOG_INFO, "workers_replaced", KV_I("workers", p->conf->workers));
}

static void
end_all(struct pool *p)
{
	p->ending = true;
	for (size_t i = 0; i < CHILDREN_MAX; i++)
		tell_to_end(p, &p->children[i]);
}

/* Kill who was told to end and did not; returns ms until the next look. */
static int64_t
enforce(struct pool *p)
{
	int64_t now = now_ms();
	int64_t next = 60000;

	for (size_t i = 0; i < CHILDREN_MAX; i++) {
		struct child *c = &p->children[i];

		if (c->pid == 0 || c->kill_ms == 0)
			continue;
		if (c->kill_ms <= now) {
			kill(c->pid, SIGKILL);
			c->kill_ms = now + 1000;
		}
		if (c->kill_ms - now < next)
			next = c->kill_ms - now;
	}
	if (!p->ending && count_serving(p) < p->conf->workers &&
	    p->may_start_ms - now < next)
		next = p->may_start_ms > now ? p->may_start_ms - now : 0;
	return next;
}

/* One signal, or the time at which something is due. */
static void
wait_and_handle(struct pool *p, const sigset_t *set)
{
	int64_t wait_ms = enforce(p);
	const struct timespec limit = {
		.tv_sec = wait_ms / 1000,
		.tv_nsec = wait_ms % 1000 * 1000000,
	};
	int sig = sigtimedwait(set, NULL, &limit);

	if (sig == SIGTERM || sig == SIGINT)
		end_all(p);
	else if (sig == SIGHUP && !p->ending)
		replace(p);
	reap(p);
}

int
supervise_run(struct supervise *s)
{
	struct pool p = { .conf = s };
	sigset_t set, before;

	assert(s->workers >= 1 && s->workers <= SUPERVISE_WORKERS_MAX);
	supervised_signals(&set);
	sigprocmask(SIG_BLOCK, &set, &before);
	LOG(LOG_INFO, "started", KV_I("workers", s->workers));
	do {
		fill(&p);
		wait_and_handle(&p, &set);
	} while (!p.ending || count_all(&p) > 0);
	LOG(LOG_INFO, "ended", KV_I("workers", 0));
	/* A second SIGTERM that waits by now must not make a failure of it. */
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return 0;
}
