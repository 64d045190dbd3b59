/*
 * The supervisor with small workers instead of FastCGI ones. It runs in a
 * child of the test; workers tell what they do through a pipe, one byte an
 * event.
 */
#include "support/test.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/supervise.h"

static int events[2];

static void
tell(char event)
{
	if (write(events[1], &event, 1) != 1)
		_exit(99);
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Events until n came or the time is over; returns how many. */
static size_t
wait_events(size_t n, int limit_ms)
{
	int64_t end = now_ms() + limit_ms;
	size_t got = 0;

	while (got < n && now_ms() < end) {
		struct pollfd p = { .fd = events[0], .events = POLLIN };
		char byte;

		if (poll(&p, 1, (int)(end - now_ms())) == 1 &&
		    read(events[0], &byte, 1) == 1)
			got++;
	}
	return got;
}

static void
wait_for_term(void)
{
	sigset_t set;
	int sig;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigwait(&set, &sig);
}

/* Tells that it is there, and ends when it is told to. */
static int
obedient(void *arg)
{
	(void)arg;
	tell('s');
	wait_for_term();
	tell('e');
	return 0;
}

static int
crashing(void *arg)
{
	(void)arg;
	tell('s');
	return 1;
}

static int
recycling(void *arg)
{
	(void)arg;
	tell('s');
	return 0;
}

static int
deaf(void *arg)
{
	(void)arg;
	tell('s');
	for (int i = 0; i < 1000; i++)
		pause();
	return 0;
}

static pid_t
start(struct supervise conf)
{
	pid_t pid;
	int quiet;

	assert_int_equal(0, pipe(events));
	pid = fork();
	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM); /* a test that fails leaves nobody */
	quiet = open("/dev/null", O_WRONLY);
	dup2(quiet, STDERR_FILENO);
	_exit(supervise_run(&conf));
}

/* End it; returns how long that took. */
static int64_t
stop(pid_t pid)
{
	int64_t begin = now_ms();
	int status;

	kill(pid, SIGTERM);
	assert_int_equal(pid, waitpid(pid, &status, 0));
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	close(events[0]);
	close(events[1]);
	return now_ms() - begin;
}

static void
test_supervise__starts_and_drains(void **state)
{
	pid_t pid = start(
	    (struct supervise){ .workers = 3, .drain_s = 5, .work = obedient });

	(void)state;
	assert_int_equal(3, wait_events(3, 5000));
	kill(pid, SIGTERM);
	assert_int_equal(3, wait_events(3, 5000));
	assert_true(stop(pid) < 3000);
}

static void
test_supervise__replaces_new_ones_first(void **state)
{
	pid_t pid = start(
	    (struct supervise){ .workers = 2, .drain_s = 5, .work = obedient });

	(void)state;
	assert_int_equal(2, wait_events(2, 5000));
	kill(pid, SIGHUP);
	/* two new ones start, two old ones end, and no more */
	assert_int_equal(4, wait_events(5, 300));
	assert_true(stop(pid) < 3000);
}

static void
test_supervise__slows_a_crash_storm_down(void **state)
{
	pid_t pid = start(
	    (struct supervise){ .workers = 4, .drain_s = 5, .work = crashing });
	size_t n;

	(void)state;
	n = wait_events(1000, 900);
	/* 50 + 100 + ... + 1000 ms between tries; a spin makes thousands */
	assert_true(n >= 4);
	assert_true(n < 30);
	/* but it never waits longer than a second */
	assert_true(wait_events(1, 1500) == 1);
	stop(pid);
}

static void
test_supervise__replaces_recycled_workers_at_once(void **state)
{
	pid_t pid = start((
	    struct supervise){ .workers = 1, .drain_s = 5, .work = recycling });

	(void)state;
	/* With the pauses of a crash storm it would take 17 seconds. */
	assert_int_equal(20, wait_events(20, 10000));
	stop(pid);
}

static void
test_supervise__kills_who_does_not_listen(void **state)
{
	pid_t pid = start(
	    (struct supervise){ .workers = 1, .drain_s = 1, .work = deaf });
	int64_t took;

	(void)state;
	assert_int_equal(1, wait_events(1, 5000));
	took = stop(pid);
	assert_true(took >= 900);
	assert_true(took < 4000);
}

static int
refuse_reload(struct supervise *s)
{
	(void)s;
	return -1;
}

static void
test_supervise__keeps_workers_when_reload_fails(void **state)
{
	pid_t pid = start((struct supervise){ .workers = 1,
	    .drain_s = 5,
	    .work = obedient,
	    .reload = refuse_reload });

	(void)state;
	assert_int_equal(1, wait_events(1, 5000));
	kill(pid, SIGHUP);
	assert_int_equal(0, wait_events(1, 300));
	stop(pid);
}

static void
test_supervise__leaves_nobody_behind(void **state)
{
	pid_t pid = start(
	    (struct supervise){ .workers = 2, .drain_s = 5, .work = obedient });
	int status;

	(void)state;
	assert_int_equal(2, wait_events(2, 5000));
	kill(pid, SIGKILL);
	assert_int_equal(pid, waitpid(pid, &status, 0));
	/* PR_SET_PDEATHSIG tells the workers */
	assert_int_equal(2, wait_events(2, 5000));
	close(events[0]);
	close(events[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_supervise__starts_and_drains),
		cmocka_unit_test(test_supervise__replaces_new_ones_first),
		cmocka_unit_test(test_supervise__slows_a_crash_storm_down),
		cmocka_unit_test(
		    test_supervise__replaces_recycled_workers_at_once),
		cmocka_unit_test(test_supervise__kills_who_does_not_listen),
		cmocka_unit_test(
		    test_supervise__keeps_workers_when_reload_fails),
		cmocka_unit_test(test_supervise__leaves_nobody_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
