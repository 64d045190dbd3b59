/*
 * A connection over the network is encrypted to a server that proves who it
 * is, or does not come about. The program makes certificates, then runs
 * itself again over a server that uses them.
 */
#include "support/test.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/db_fixture.h"

static struct db_config cfg;
static struct err e;

static const char *
cert(const char *name)
{
	static char path[200];

	snprintf(path, sizeof(path), "%s/%s", getenv("EXREG_TEST_TLS"), name);
	return path;
}

static int
setup(void **state)
{
	(void)state;
	cfg = db_fixture_config();
	cfg.socket = NULL;
	cfg.host = "127.0.0.1";
	cfg.port = (unsigned)strtoul(getenv("EXREG_TEST_TLS_PORT"), NULL, 10);
	err_clear(&e);
	return 0;
}

static int
connect_once(void)
{
	struct db *db = db_open(&cfg, NULL, 0);
	int result = db_ready(db, &e);

	db_close(db);
	return result;
}

static void
test_db_tls__a_known_server_is_trusted(void **state)
{
	struct db_fixture f = { .cfg = cfg };
	char id[30];

	(void)state;
	f.cfg.ca_file = cert("ca.pem");
	db_fixture_open(&f, NULL, 0);
	assert_non_null(strstr(db_fixture_value(&f,
				   "SELECT VARIABLE_VALUE FROM"
				   " information_schema.SESSION_STATUS"
				   " WHERE VARIABLE_NAME = 'SSL_VERSION'"),
	    "TLSv1."));
	/* What TLS sends by itself is not taken for a hang-up. */
	snprintf(id, sizeof(id), "%s",
	    db_fixture_value(&f, "SELECT CONNECTION_ID()"));
	for (int i = 0; i < 3; i++) {
		db_fixture_ok(db_ready(f.db, &f.e), &f.e);
		assert_string_equal(db_fixture_value(&f,
					"SELECT CONNECTION_ID()"),
		    id);
	}
	db_fixture_close(&f);
}

static void
test_db_tls__an_unknown_authority_is_refused(void **state)
{
	(void)state;
	cfg.ca_file = cert("other.pem");
	assert_int_equal(connect_once(), -1);
	assert_int_equal(e.kind, ERR_DB_DOWN);
	assert_non_null(strstr(e.cause, "TLS"));
}

static void
test_db_tls__another_name_is_refused(void **state)
{
	(void)state;
	cfg.ca_file = cert("ca.pem");
	cfg.host = "localhost";
	assert_int_equal(connect_once(), -1);
	assert_int_equal(e.kind, ERR_DB_DOWN);
	assert_non_null(strstr(e.cause, "TLS"));
}

/* One authority, another one, and a server certificate of the first. */
static const char make_certs[] =
    "cd \"$EXREG_TEST_TLS\" && exec >log 2>&1 &&"
    "new() { n=$1; shift; openssl req -newkey ec"
    " -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $n.key"
    " -subj /CN=$n \"$@\"; } &&"
    "new ca -x509 -days 2 -out ca.pem &&"
    "new other -x509 -days 2 -out other.pem &&"
    "new server -out server.csr &&"
    "echo subjectAltName=IP:127.0.0.1 >names &&"
    "openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key"
    " -CAcreateserial -days 2 -extfile names -out server.pem";

/* A port nobody uses now. */
static unsigned
free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (bind(fd, (struct sockaddr *)&at, len) < 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &len) < 0)
		at.sin_port = 0;
	close(fd);
	return ntohs(at.sin_port);
}

static int
run_over_tls(char *self)
{
	static char script[] = "tests/support/mariadb.sh";
	static char run[] = "run";
	static char apart[] = "--";
	char *argv[] = { script, run, apart, self, NULL };
	static char dir[] = "/tmp/exreg-tls-XXXXXX";
	char text[600];
	unsigned port = free_port();

	if (system("command -v openssl >/dev/null") != 0) {
		print_message("SKIP: openssl is not installed\n");
		return DB_FIXTURE_SKIP;
	}
	if (mkdtemp(dir) == NULL)
		return 1;
	setenv("EXREG_TEST_TLS", dir, 1);
	if (system(make_certs) != 0)
		return 1;
	snprintf(text, sizeof(text), "%u", port);
	setenv("EXREG_TEST_TLS_PORT", text, 1);
	snprintf(text, sizeof(text),
	    "--skip-networking=0 --bind-address=127.0.0.1 --port=%u"
	    " --ssl-ca=%s/ca.pem --ssl-cert=%s/server.pem"
	    " --ssl-key=%s/server.key",
	    port, dir, dir, dir);
	setenv("EXREG_TEST_DB_OPTIONS", text, 1);
	execv(script, argv);
	return 1;
}

/* The account for connections that do not come through the socket. */
static void
add_account(void)
{
	struct db_fixture f = { 0 };

	f.cfg = db_fixture_config();
	f.cfg.user = "root";
	f.cfg.password = NULL;
	db_fixture_open(&f, NULL, 0);
	db_fixture_sql(&f,
	    "CREATE USER exreg_owner@'127.0.0.1' IDENTIFIED BY 'owner'");
	db_fixture_sql(&f, "GRANT ALL ON exreg.* TO exreg_owner@'127.0.0.1'");
	db_fixture_close(&f);
}

int
main(int argc, char **argv)
{
#define T(name) cmocka_unit_test_setup(name, setup)
	const struct CMUnitTest tests[] = {
		T(test_db_tls__a_known_server_is_trusted),
		T(test_db_tls__an_unknown_authority_is_refused),
		T(test_db_tls__another_name_is_refused),
	};
	int failed;

	(void)argc;
	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	if (getenv("EXREG_TEST_TLS") == NULL)
		return run_over_tls(argv[0]);
	add_account();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	if (system("rm -r \"$EXREG_TEST_TLS\"") != 0)
		return 1;
	return failed;
}
