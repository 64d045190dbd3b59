/*
 * Servers that are silent, slow, wrong, stopped or gone. The budget of the
 * tests is one second; each call must be over soon after it.
 */
#include "support/test.h"

#include "support/slapd.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>

#include "base/arena.h"

#define BUDGET_MS 1000
#define SLACK_MS 400
#define ADA "uid=ada.marsh,ou=people," SLAPD_BASE

static struct slapd server;
static struct directory_config config;
static struct directory *dir;
static struct arena arena;
static struct err error;
static struct directory_person person;

static const char *used_uris[2];

static int rogue_fd = -1; /* where the referral of the tree points to */
static char rogue_uri[64];

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A listener on a free port: the kernel accepts, nobody ever answers. */
static int
listen_silent(const char *scheme, char uri[64])
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	socklen_t len = sizeof(in);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_not_equal(fd, -1);
	assert_int_equal(bind(fd, (struct sockaddr *)&in, sizeof(in)), 0);
	assert_int_equal(listen(fd, 16), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&in, &len), 0);
	(void)snprintf(uri, 64, "%s://127.0.0.1:%u", scheme,
	    (unsigned)ntohs(in.sin_port));
	return fd;
}

static int
setup(void **state)
{
	char options[256];
	FILE *f;

	(void)state;
	slapd_folder(&server);
	rogue_fd = listen_silent("ldap", rogue_uri);
	f = slapd_file(&server, "extra.ldif");
	fprintf(f,
	    "dn: ou=away," SLAPD_BASE "\nobjectClass: referral\n"
	    "objectClass: extensibleObject\nou: away\nref: %s/ou=away\n\n",
	    rogue_uri);
	assert_int_equal(fclose(f), 0);
	(void)snprintf(options, sizeof(options),
	    "--data sample --data %s/extra.ldif", server.dir);
	slapd_up(&server, options);
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	close(rogue_fd);
	arena_release(&arena);
	slapd_remove(&server);
	return 0;
}

static void
reopen(void)
{
	directory_close(dir);
	dir = directory_open(&config, &error);
	assert_non_null(dir);
}

static int
open_short(void **state)
{
	(void)state;
	err_clear(&error);
	memset(&person, 0, sizeof(person));
	slapd_config(&server, &config);
	config.budget_ms = BUDGET_MS;
	config.network_timeout_ms = BUDGET_MS / 2;
	dir = directory_open(&config, &error);
	assert_non_null(dir);
	return 0;
}

static int
close_again(void **state)
{
	(void)state;
	directory_close(dir);
	dir = NULL;
	arena_reset(&arena);
	return 0;
}

static void
use(const char *first, const char *second)
{
	used_uris[0] = first;
	used_uris[1] = second;
	config.uris = used_uris;
	config.nuris = second != NULL ? 2 : 1;
	reopen();
}

static enum directory_result
find_ada(void)
{
	err_clear(&error);
	return directory_person_find(dir, &arena, "ada.marsh", &person, &error);
}

static enum directory_result
check_ada(const char *password)
{
	char bytes[32];
	struct secret s = { bytes, strlen(password) };

	memcpy(bytes, password, s.len);
	err_clear(&error);
	return directory_password_check(dir, ADA, &s, &error);
}

/* Find and check are both refused, each within the budget. */
static void
expect_down(void)
{
	int64_t start = now_ms();

	assert_int_equal(find_ada(), DIRECTORY_DOWN);
	assert_int_equal(error.kind, ERR_DIRECTORY_DOWN);
	assert_true(error.cause[0] != '\0');
	assert_null(person.id);
	assert_true(now_ms() - start < BUDGET_MS + SLACK_MS);
	start = now_ms();
	assert_int_equal(check_ada(SLAPD_PASSWORD), DIRECTORY_DOWN);
	assert_int_equal(error.kind, ERR_DIRECTORY_DOWN);
	assert_true(now_ms() - start < BUDGET_MS + SLACK_MS);
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
test_refused__port_and_socket(void **state)
{
	char uri[64];
	int fd;

	(void)state;
	fd = listen_silent("ldaps", uri);
	close(fd);
	use(uri, NULL);
	expect_down();
	assert_non_null(strstr(error.cause, "connect"));
	use("ldapi://%2Fnowhere%2Fldapi", NULL);
	expect_down();
	/* but a dead first server does no harm */
	use(uri, server.ldapi);
	assert_int_equal(find_ada(), DIRECTORY_OK);
}

static void
test_tls__another_ca_is_refused(void **state)
{
	const char *const uris[] = { server.ldaps, server.starttls };
	char command[512], path[96];
	size_t i;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/other.pem", server.dir);
	(void)snprintf(command, sizeof(command),
	    "openssl req -x509 -newkey ec -pkeyopt "
	    "ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=other' "
	    "-keyout %s.key -out %s 2>/dev/null",
	    path, path);
	assert_int_equal(system(command), 0);
	config.ca_file = path;
	for (i = 0; i < 2; i++) {
		use(uris[i], NULL);
		expect_down();
		assert_non_null(strstr(error.cause, "TLS failed"));
	}
	config.ca_file = "/nowhere.pem";
	use(server.ldaps, NULL);
	expect_down();
	assert_non_null(strstr(error.cause, "/nowhere.pem"));
}

static void
test_tls__another_name_is_refused(void **state)
{
	char uri[64];

	(void)state;
	/* the certificate is for 127.0.0.1 only */
	(void)snprintf(uri, sizeof(uri), "ldaps://127.0.0.2%s",
	    strrchr(server.ldaps, ':'));
	use(uri, NULL);
	expect_down();
	(void)snprintf(uri, sizeof(uri), "ldaps://localhost%s",
	    strrchr(server.ldaps, ':'));
	use(uri, NULL);
	expect_down();
}

static void
test_service__wrong_password_is_down(void **state)
{
	char wrong[] = "not-this";

	(void)state;
	config.bind_password.bytes = wrong;
	config.bind_password.len = strlen(wrong);
	reopen();
	assert_int_equal(find_ada(), DIRECTORY_DOWN);
	assert_non_null(strstr(error.cause, "service bind: LDAP 49"));
	assert_null(strstr(error.cause, wrong));
	assert_null(strstr(error.detail, "LDAP"));
}

static void
test_referral__is_not_followed_and_not_ignored(void **state)
{
	struct directory_group *groups;
	struct pollfd p = { .fd = rogue_fd, .events = POLLIN };
	size_t n = 77;

	(void)state;
	/* an answer with a reference to elsewhere is not the whole answer */
	config.people_base = SLAPD_BASE;
	reopen();
	assert_int_equal(find_ada(), DIRECTORY_DOWN);
	assert_non_null(strstr(error.cause, "other servers"));
	/* a base that is elsewhere */
	config.groups_base = "ou=away," SLAPD_BASE;
	reopen();
	err_clear(&error);
	assert_int_equal(directory_groups_of(dir, &arena, ADA, &groups, &n,
			     &error),
	    DIRECTORY_DOWN);
	assert_non_null(strstr(error.cause, "LDAP 10"));
	assert_int_equal(n, 77);
	assert_int_equal(poll(&p, 1, 0), 0);
}

static void
test_restart__one_new_connection_and_the_search_again(void **state)
{
	const char *const uris[] = { server.ldapi, server.starttls,
		server.ldaps };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		use(uris[i], NULL);
		CHECK_ROW(i, find_ada() == DIRECTORY_OK);
		CHECK_ROW(i, slapd_script(&server, "down", "") == 0);
		CHECK_ROW(i, slapd_script(&server, "up", "") == 0);
		CHECK_ROW(i, find_ada() == DIRECTORY_OK);
		CHECK_ROW(i, find_ada() == DIRECTORY_OK);
	}
}

static void
test_restart__down_while_it_is_gone(void **state)
{
	pid_t pid = slapd_pid(&server);
	int i;

	(void)state;
	use(server.ldaps, NULL);
	assert_int_equal(find_ada(), DIRECTORY_OK);
	assert_int_equal(kill(pid, SIGKILL), 0);
	/* slapd.sh waits until the process is gone */
	assert_int_equal(slapd_script(&server, "down", ""), 0);
	for (i = 0; i < 3; i++)
		assert_int_equal(find_ada(), DIRECTORY_DOWN);
	assert_int_equal(slapd_script(&server, "up", ""), 0);
	assert_int_equal(find_ada(), DIRECTORY_OK);
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

static int
open_files(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	assert_non_null(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

static void
test_handles__no_descriptor_is_lost(void **state)
{
	char silent[64];
	int fd, before, i;

	(void)state;
	config.network_timeout_ms = 60;
	config.budget_ms = 120;
	fd = listen_silent("ldaps", silent);
	before = open_files();
	for (i = 0; i < 5; i++) {
		use(silent, NULL);
		assert_int_equal(find_ada(), DIRECTORY_DOWN);
		assert_int_equal(check_ada(SLAPD_PASSWORD), DIRECTORY_DOWN);
	}
	config.budget_ms = BUDGET_MS;
	config.network_timeout_ms = BUDGET_MS;
	for (i = 0; i < 20; i++) {
		use(server.ldaps, NULL);
		assert_int_equal(find_ada(), DIRECTORY_OK);
		assert_int_equal(check_ada("wrong"), DIRECTORY_BAD_CREDENTIALS);
	}
	directory_close(dir);
	dir = NULL;
	assert_int_equal(open_files(), before);
	close(fd);
}

static void
test_probe__says_yes_and_no(void **state)
{
	(void)state;
	assert_int_equal(directory_probe(dir, &error), DIRECTORY_OK);
	config.people_base = "ou=nowhere," SLAPD_BASE;
	reopen();
	assert_int_equal(directory_probe(dir, &error), DIRECTORY_DOWN);
	assert_non_null(strstr(error.cause, "ou=nowhere"));
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
		ROW(test_refused__port_and_socket),
		ROW(test_tls__another_ca_is_refused),
		ROW(test_tls__another_name_is_refused),
		ROW(test_service__wrong_password_is_down),
		ROW(test_referral__is_not_followed_and_not_ignored),
		ROW(test_restart__one_new_connection_and_the_search_again),
		ROW(test_restart__down_while_it_is_gone),
		ROW(test_stopped__ends_in_time_and_comes_back),
		ROW(test_stopped__second_server_takes_over),
		ROW(test_handles__no_descriptor_is_lost),
		ROW(test_probe__says_yes_and_no),
	};

	if (!slapd_available("directory failures"))
		return SLAPD_SKIPPED;
	return cmocka_run_group_tests(tests, setup, teardown);
}
