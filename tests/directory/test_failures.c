/*
 * Servers that refuse, lie about who they are, refer to others, or are gone.
 */
#include "directory/failing.h"

#include <dirent.h>

static int rogue_fd = -1; /* where the referral of the tree points to */
static char rogue_uri[64];

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
		ROW(test_refused__port_and_socket),
		ROW(test_tls__another_ca_is_refused),
		ROW(test_tls__another_name_is_refused),
		ROW(test_service__wrong_password_is_down),
		ROW(test_referral__is_not_followed_and_not_ignored),
		ROW(test_restart__one_new_connection_and_the_search_again),
		ROW(test_restart__down_while_it_is_gone),
		ROW(test_handles__no_descriptor_is_lost),
		ROW(test_probe__says_yes_and_no),
	};

	if (!slapd_available("directory failures"))
		return SLAPD_SKIPPED;
	return cmocka_run_group_tests(tests, setup, teardown);
}
