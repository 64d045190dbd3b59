/*
 * Servers that are silent, slow or stopped. The budget of the tests is one
 * second; each call must be over soon after it.
 */
#include "directory/failing.h"

#include <sys/prctl.h>
#include <sys/un.h>
#include <sys/wait.h>

static int
setup(void **state)
{
	(void)state;
	slapd_folder(&server);
	slapd_up(&server, "");
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	slapd_remove(&server);
	return 0;
}

static void
test_silent__ldaps_and_starttls_end_in_time(void **state)
{
	static const char *const schemes[] = { "ldaps", "ldap" };
	char uri[64];
	size_t i;
	int fd;

	(void)state;
	for (i = 0; i < 2; i++) {
		fd = listen_silent(schemes[i], uri);
		use(uri, NULL);
		expect_down();
		close(fd);
	}
}

static void
test_silent__local_socket_ends_in_time(void **state)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char uri[128];

	(void)state;
	(void)snprintf(un.sun_path, sizeof(un.sun_path), "%s/silent",
	    server.dir);
	assert_int_equal(bind(fd, (struct sockaddr *)&un, sizeof(un)), 0);
	assert_int_equal(listen(fd, 8), 0);
	/* next to the socket of slapd */
	(void)snprintf(uri, sizeof(uri), "%.*s%%2Fsilent",
	    (int)(strlen(server.ldapi) - strlen("%2Fldapi")), server.ldapi);
	use(uri, NULL);
	expect_down();
	assert_non_null(strstr(error.cause, "LDAP -5"));
	close(fd);
}

/* What a lying server sends. */
struct lie {
	const char *scheme;
	const unsigned char *bytes;
	size_t len;
	bool trickle; /* a byte every 50 ms, and zeros for ever afterwards */
};

static void
lie_to(int c, const struct lie *lie)
{
	const struct timespec pause = { 0, 50 * 1000 * 1000 };
	const unsigned char zero = 0;
	size_t i;

	for (i = 0; i < lie->len || lie->trickle; i++) {
		if (write(c, i < lie->len ? &lie->bytes[i] : &zero, 1) != 1)
			return;
		if (lie->trickle)
			(void)nanosleep(&pause, NULL);
	}
}

/* A server in a process of its own; it never closes a connection. */
static pid_t
start_liar(const struct lie *lie, char uri[64])
{
	int fd = listen_silent(lie->scheme, uri);
	pid_t parent = getpid();
	pid_t pid = fork();
	char request[512];
	int c;

	assert_int_not_equal(pid, -1);
	if (pid != 0) {
		close(fd);
		return pid;
	}
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	for (;;) {
		c = accept(fd, NULL, NULL);
		if (c != -1 && read(c, request, sizeof(request)) > 0)
			lie_to(c, lie);
	}
}

static void
test_silent__liars_end_in_time(void **state)
{
	/* StartTLS is granted; a TLS record of 16 kB is begun */
	static const unsigned char yes[] = { 0x30, 0x0c, 0x02, 0x01, 0x01, 0x78,
		0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00 };
	static const unsigned char record[] = { 0x16, 0x03, 0x03, 0x3f, 0xff,
		0x02 };
	static const struct lie lies[] = {
		{ "ldap", yes, sizeof(yes), false },
		{ "ldap", yes, sizeof(yes), true },
		{ "ldaps", record, sizeof(record), false },
		{ "ldaps", record, sizeof(record), true },
	};
	char uri[64];
	size_t i;
	pid_t pid;

	(void)state;
	for (i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		pid = start_liar(&lies[i], uri);
		use(uri, NULL);
		expect_down();
		(void)kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
	}
}

static void
test_silent__first_server_leaves_time_for_the_second(void **state)
{
	int64_t start;
	char uri[64];
	int fd, i;

	(void)state;
	fd = listen_silent("ldaps", uri);
	use(uri, server.ldaps);
	start = now_ms();
	assert_int_equal(find_ada(), DIRECTORY_OK);
	assert_true(now_ms() - start < BUDGET_MS + SLACK_MS);
	/* from now on it is taken last */
	start = now_ms();
	for (i = 0; i < 10; i++)
		assert_int_equal(check_ada(SLAPD_PASSWORD), DIRECTORY_OK);
	assert_true(now_ms() - start < 5 * BUDGET_MS / 2);
	close(fd);
}

static void
test_silent__one_budget_for_all_calls(void **state)
{
	int64_t start = now_ms();
	char uri[64];
	int fd, i;

	(void)state;
	fd = listen_silent("ldaps", uri);
	use(uri, NULL);
	directory_deadline_begin(dir);
	for (i = 0; i < 6; i++)
		assert_int_equal(find_ada(), DIRECTORY_DOWN);
	assert_true(now_ms() - start < BUDGET_MS + SLACK_MS);
	directory_deadline_end(dir);
	/* and a new one afterwards */
	use(server.ldapi, NULL);
	directory_deadline_begin(dir);
	assert_int_equal(find_ada(), DIRECTORY_OK);
	directory_deadline_end(dir);
	close(fd);
}

static void
test_stopped__ends_in_time_and_comes_back(void **state)
{
	pid_t pid = slapd_pid(&server);
	int64_t start;

	(void)state;
	use(server.starttls, NULL);
	assert_int_equal(find_ada(), DIRECTORY_OK);
	slapd_stop(pid);
	start = now_ms();
	assert_int_equal(find_ada(), DIRECTORY_DOWN);
	assert_true(now_ms() - start < BUDGET_MS + SLACK_MS);
	memset(&person, 0, sizeof(person));
	expect_down();
	assert_int_equal(kill(pid, SIGCONT), 0);
	assert_int_equal(find_ada(), DIRECTORY_OK);
	assert_int_equal(check_ada(SLAPD_PASSWORD), DIRECTORY_OK);
}

/* A second slapd takes over from one that hangs with a connection open. */
static void
test_stopped__second_server_takes_over(void **state)
{
	pid_t pid = slapd_pid(&server);
	struct slapd second;
	int64_t start;

	(void)state;
	slapd_folder(&second);
	slapd_up(&second, "");
	use(server.ldapi, second.ldapi);
	assert_int_equal(find_ada(), DIRECTORY_OK);
	slapd_stop(pid);
	start = now_ms();
	assert_int_equal(find_ada(), DIRECTORY_OK);
	assert_true(now_ms() - start < BUDGET_MS + SLACK_MS);
	assert_int_equal(check_ada(SLAPD_PASSWORD), DIRECTORY_OK);
	assert_int_equal(kill(pid, SIGCONT), 0);
	slapd_remove(&second);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, open_short, close_again)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(test_silent__ldaps_and_starttls_end_in_time),
		ROW(test_silent__local_socket_ends_in_time),
		ROW(test_silent__liars_end_in_time),
		ROW(test_silent__first_server_leaves_time_for_the_second),
		ROW(test_silent__one_budget_for_all_calls),
		ROW(test_stopped__ends_in_time_and_comes_back),
		ROW(test_stopped__second_server_takes_over),
	};

	if (!slapd_available("directory silent"))
		return SLAPD_SKIPPED;
	return cmocka_run_group_tests(tests, setup, teardown);
}
