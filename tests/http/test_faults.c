/*
 * What clients see when something breaks: a worker is killed, a request is
 * too slow, the database stops, the pool is replaced under load. Nobody may
 * get half an answer, and the next request is served.
 */
#include "support/test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/token.h"
#include "support/http_client.h"

#define WORKERS_MAX 64

static struct http_client client;

static int
setup(void **state)
{
	(void)state;
	http_client_open(&client);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	http_client_close(&client);
	return 0;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
pause_ms(long ms)
{
	const struct timespec t = { .tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static int
database_pid(void)
{
	const char *text = getenv("EXREG_TEST_DB_PID");
	long long pid = 0;

	assert_non_null(text);
	assert_int_equal(0, i64_parse(text, strlen(text), 2, INT32_MAX, &pid));
	return (int)pid;
}

/* Asks until the answer has that status; returns the ms that took. */
static int64_t
wait_for_status(int status, int limit_ms)
{
	int64_t begin = now_ms();

	while (now_ms() - begin < limit_ms) {
		if (http_get(&client, "/api/v1/health").status == status)
			return now_ms() - begin;
		pause_ms(10);
	}
	return -1;
}

/* The children of the register's supervisor; 0 in places that are free. */
static size_t
workers(int pids[WORKERS_MAX])
{
	int supervisor = stack_pid(&client, "register");
	char path[64];
	size_t n = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", supervisor,
	    supervisor);
	f = fopen(path, "re");
	assert_non_null(f);
	while (n < WORKERS_MAX && fscanf(f, "%d", &pids[n]) == 1)
		n++;
	fclose(f);
	return n;
}

/* Tell the pool to replace its workers, and see the old ones go. */
static void
renew_workers(void)
{
	const char *log = "log/register.log";
	size_t done = stack_count(&client, log, "workers_replaced");
	int64_t begin = now_ms();
	int old[WORKERS_MAX];
	size_t n = workers(old);

	assert_int_equal(0, kill(stack_pid(&client, "register"), SIGHUP));
	assert_non_null(stack_wait(&client, log, "workers_replaced", done + 1));
	for (size_t i = 0; i < n; i++) {
		while (kill(old[i], 0) == 0 && now_ms() - begin < 20000)
			pause_ms(5);
		CHECK_ROW(i, kill(old[i], 0) != 0);
	}
}

/* SIGTERM waits; it stays blocked, so that no call is cut short by it. */
static bool
told_to_end(void)
{
	sigset_t waiting;

	sigpending(&waiting);
	return sigismember(&waiting, SIGTERM) == 1;
}

/* A child that asks for health until it is told to end; exits with 0 when
 * every answer was whole and good, and at least one came. */
static pid_t
start_load(void)
{
	sigset_t term, before;
	size_t good = 0;
	pid_t pid;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, &before);
	pid = fork();
	if (pid != 0) {
		sigprocmask(SIG_SETMASK, &before, NULL);
		return pid;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (!told_to_end() || good == 0) {
		struct http_answer r = http_get(&client, "/api/v1/health");

		if (r.status != 200 || !r.complete) {
			fprintf(stderr, "load: status %d\n", r.status);
			_exit(1);
		}
		good++;
	}
	_exit(0);
}

static void
test_faults__a_stopped_database_is_503_and_comes_back(void **state)
{
	int64_t begin = now_ms();
	struct http_answer r;

	(void)state;
	kill(database_pid(), SIGSTOP);
	r = http_get(&client, "/api/v1/health");
	kill(database_pid(), SIGCONT);
	assert_int_equal(503, r.status);
	assert_true(now_ms() - begin < 5000);
	assert_non_null(http_header(&r, "retry-after"));
	assert_string_equal("/problems/database-down",
	    http_text(&client, &r, "type"));
	assert_true(wait_for_status(200, 5000) >= 0);
	/* Pages that need no database were there all the time. */
	assert_int_equal(200, http_get(&client, "/api/v1/openapi.json").status);
}

static void
test_faults__a_dead_pool_is_a_problem_from_nginx(void **state)
{
	int pid = stack_pid(&client, "directory");
	struct http_answer r;

	(void)state;
	kill(pid, SIGTERM);
	for (int i = 0; i < 500 && kill(pid, 0) == 0; i++)
		pause_ms(10);
	r = http_post(&client, "/api/v1/session", "{}");
	assert_int_equal(502, r.status);
	assert_string_equal("application/problem+json",
	    http_header(&r, "content-type"));
	assert_non_null(http_header(&r, "retry-after"));
	assert_string_equal("/problems/busy", http_text(&client, &r, "type"));
	/* The other pools do not notice. */
	assert_int_equal(200, http_get(&client, "/api/v1/health").status);
}

static void
test_faults__replacing_under_load_loses_nothing(void **state)
{
	pid_t load[3];
	int status;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		load[i] = start_load();
	for (int i = 0; i < 8; i++)
		renew_workers();
	for (size_t i = 0; i < 3; i++) {
		kill(load[i], SIGTERM);
		assert_int_equal(load[i], waitpid(load[i], &status, 0));
		CHECK_ROW(i, WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
}

static void
test_faults__killed_workers_are_replaced(void **state)
{
	int pids[WORKERS_MAX];

	(void)state;
	for (int i = 0; i < 5; i++) {
		assert_true(workers(pids) > 0);
		kill(pids[0], SIGKILL);
		assert_true(wait_for_status(200, 3000) >= 0);
		assert_non_null(stack_wait(&client, "log/register.log",
		    "worker_killed", (size_t)i + 1));
	}
}

/* Write the settings again with one line changed. */
static void
change_setting(const char *from, const char *to)
{
	const char *path = arena_printf(&client.arena, "%s/exreg.conf",
	    getenv("EXREG_TEST_STACK"));
	const char *text = stack_file(&client, "exreg.conf");
	const char *at = strstr(text, from);
	FILE *f = fopen(path, "we");

	assert_non_null(at);
	assert_non_null(f);
	fprintf(f, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	fclose(f);
}

static void
test_faults__a_slow_request_ends_with_its_worker(void **state)
{
	struct http_answer r;
	int64_t begin;

	(void)state;
	/* The first pool in the file is the register's. */
	change_setting("deadline_s = 20", "deadline_s = 1");
	renew_workers();
	kill(database_pid(), SIGSTOP);
	begin = now_ms();
	r = http_get(&client, "/api/v1/health");
	kill(database_pid(), SIGCONT);
	assert_int_equal(502, r.status);
	assert_true(now_ms() - begin < 1900);
	assert_non_null(strstr(r.body, "Look whether your change is there"));
	assert_true(wait_for_status(200, 3000) >= 0);
	assert_non_null(
	    strstr(stack_file(&client, "log/register.log"), "worker_deadline"));
	change_setting("deadline_s = 1", "deadline_s = 20");
	renew_workers();
}

static void
test_faults__a_faulty_file_leaves_the_pool_as_it_is(void **state)
{
	const char *path = arena_printf(&client.arena, "%s/exreg.conf",
	    getenv("EXREG_TEST_STACK"));
	FILE *f = fopen(path, "ae");
	const char *log;

	(void)state;
	assert_non_null(f);
	fputs("[nowhere]\nx = 1\n", f);
	fclose(f);
	kill(stack_pid(&client, "register"), SIGHUP);
	log = stack_wait(&client, "log/register.log", "reload_refused", 1);
	assert_non_null(log);
	assert_non_null(strstr(log, "[nowhere] x is not a setting"));
	assert_int_equal(200, http_get(&client, "/api/v1/health").status);
}

static void
test_faults__no_database_is_503_at_once(void **state)
{
	struct http_answer r;
	int64_t begin;

	(void)state;
	kill(database_pid(), SIGKILL);
	assert_true(wait_for_status(503, 5000) >= 0);
	begin = now_ms();
	for (int i = 0; i < 6; i++) {
		r = http_get(&client, "/api/v1/health");
		CHECK_ROW(i, r.status == 503);
	}
	assert_true(now_ms() - begin < 2000);
	r = http_get(&client, "/api/v1/me");
	assert_int_equal(503, r.status);
}

/* The last one: the database is gone for good. */
int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_faults__a_stopped_database_is_503_and_comes_back),
		cmocka_unit_test(
		    test_faults__a_dead_pool_is_a_problem_from_nginx),
		cmocka_unit_test(
		    test_faults__replacing_under_load_loses_nothing),
		cmocka_unit_test(test_faults__killed_workers_are_replaced),
		cmocka_unit_test(
		    test_faults__a_slow_request_ends_with_its_worker),
		cmocka_unit_test(
		    test_faults__a_faulty_file_leaves_the_pool_as_it_is),
		cmocka_unit_test(test_faults__no_database_is_503_at_once),
	};

	if (!http_client_available())
		return HTTP_CLIENT_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
