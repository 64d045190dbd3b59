/*
 * Notices through a real mail server, and the files of the spool.
 */
#include "support/test.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mail/submit.h"
#include "support/jobs_fixture.h"

static struct {
	struct submit_config mail;
	char dir[64]; /* of the mail server and the spool */
	pid_t sink;
	char url[64];
	char ca[96];
} f;

static void
add_notice(int id, const char *mail)
{
	char sql[600];

	snprintf(sql, sizeof(sql),
	    "INSERT INTO person (id, directory_id, uid, dn, name, mail) VALUES"
	    " (%d, 'p%d', 'p', 'uid=p', 'Zoë', %s%s%s)",
	    100 + id, id, mail != NULL ? "'" : "", mail != NULL ? mail : "NULL",
	    mail != NULL ? "'" : "");
	db_fixture_sql(&jobs_fixture.owner, sql);
	snprintf(sql, sizeof(sql),
	    "INSERT INTO outbox (id, event_key, person_id, exception_id, kind,"
	    " detail, created_at, next_at) VALUES (REPEAT('%d', 16), '%d', %d,"
	    " 1, 'approved', 'Fine.', '2026-11-22 11:00:00',"
	    " '2026-11-22 11:00:00')",
	    id, id, 100 + id);
	db_fixture_sql(&jobs_fixture.owner, sql);
}

static const char *
notice_of(int id)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT CONCAT(state, ' ', attempts, ' ', next_at) FROM outbox"
	    " WHERE event_key = '%d'",
	    id);
	return db_fixture_value(&jobs_fixture.owner, sql);
}

/* Output of a shell command run in the folder of the mail server. */
static int64_t
in_mail(const char *command)
{
	char line[300];
	char answer[32] = "";
	FILE *p;

	snprintf(line, sizeof(line), "cd '%s' && %s", f.dir, command);
	p = popen(line, "r");
	assert_non_null(p);
	if (fgets(answer, sizeof(answer), p) == NULL)
		answer[0] = '\0';
	assert_int_equal(pclose(p), 0);
	return strtoll(answer, NULL, 10);
}

static void
test_mail__sent_refused_and_tried_again(void **state)
{
	struct err e = { 0 };

	(void)state;
	jobs_fixture.cfg.mail = &f.mail;
	jobs_add_exception(1, 0, "2026-12-31");
	add_notice(1, "zoe@example.org");
	add_notice(2, "bounce@example.org");
	add_notice(3, "greylist@example.org");
	add_notice(4, NULL);
	assert_int_equal(job_run_now("mail"), 1);
	assert_string_equal(notice_of(1), "2 1 2026-11-22 11:00:00.000000");
	assert_string_equal(notice_of(2), "3 1 2026-11-22 12:00:00.000000");
	assert_string_equal(notice_of(3), "1 1 2026-11-22 12:01:00.000000");
	assert_string_equal(notice_of(4), "3 1 2026-11-22 12:00:00.000000");
	assert_int_equal(in_mail("ls mail | grep -c eml$"), 1);
	assert_int_equal(in_mail("grep -c '^Message-ID: <3131.*@exreg.example>'"
				 " mail/*.eml"),
	    1);
	assert_int_equal(in_mail("grep -c '^X-Envelope-To: zoe@example.org'"
				 " mail/*.eml"),
	    1);

	jobs_fixture.now += 59 * US_PER_SECOND;
	assert_int_equal(job_run_now("mail"), 0);
	assert_string_equal(notice_of(3), "1 1 2026-11-22 12:01:00.000000");
	jobs_fixture.now += US_PER_SECOND;
	assert_int_equal(job_run_now("mail"), 0);
	assert_string_equal(notice_of(3), "1 2 2026-11-22 12:03:00.000000");

	db_fixture_sql(&jobs_fixture.owner,
	    "UPDATE outbox SET attempts = 39, next_at = '2026-11-22'"
	    " WHERE event_key = '3'");
	assert_int_equal(job_run_now("mail"), 0);
	assert_true(strncmp(notice_of(3), "3 40 ", 5) == 0);
	assert_int_equal(e.kind, ERR_NONE);
}

static void
test_mail__a_server_that_is_not_trusted_gets_nothing(void **state)
{
	struct submit_config wrong = f.mail;
	struct err e = { 0 };

	(void)state;
	wrong.ca_file = NULL;
	jobs_fixture.cfg.mail = &wrong;
	jobs_add_exception(1, 0, "2026-12-31");
	add_notice(1, "zoe@example.org");
	add_notice(2, "zoe@example.org");
	assert_int_equal(runner_run(&jobs_fixture.runner, job_named("mail"),
			     NULL, &e),
	    -1);
	assert_string_equal(notice_of(1), "1 1 2026-11-22 12:01:00.000000");
	assert_string_equal(notice_of(2), "1 0 2026-11-22 11:00:00.000000");
	assert_int_equal(
	    jobs_count(
		"SELECT COUNT(*) FROM job_run"
		" WHERE name = 'mail' AND fault LIKE 'mail does not go out: %'"),
	    1);
}

static void
test_spool__forgets_old_files_then_the_oldest(void **state)
{
	static const char make[] =
	    "rm -rf spool; mkdir -p spool/sub; cd spool;"
	    "head -c 100 /dev/zero >a; head -c 100 /dev/zero >b;"
	    "head -c 100 /dev/zero >c; ln -s /etc/passwd link;"
	    "touch -d '2026-11-22 10:59Z' a; touch -d '2026-11-22 11:10Z' b;"
	    "touch -d '2026-11-22 11:20Z' c; echo 1";
	char dir[80];

	(void)state;
	in_mail(make);
	snprintf(dir, sizeof(dir), "%s/spool", f.dir);
	jobs_fixture.cfg.spool_dir = dir;
	jobs_fixture.cfg.spool_max_bytes = 1000;
	assert_int_equal(job_run_now("spool"), 1);
	jobs_fixture.cfg.spool_max_bytes = 150;
	assert_int_equal(job_run_now("spool"), 1);
	assert_int_equal(in_mail("ls spool | tr -d '\\n' | grep -c ^clinksub$"),
	    1);
}

/* A mail server of our own; false when Python has no aiosmtpd. */
static bool
start_mail_server(void)
{
	char port[16];
	char line[700];

	snprintf(f.dir, sizeof(f.dir), "/tmp/exreg-jobs-test.XXXXXX");
	if (mkdtemp(f.dir) == NULL ||
	    system("/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null") != 0)
		return false;
	snprintf(port, sizeof(port), "%d", 40000 + (int)(getpid() % 20000));
	snprintf(line, sizeof(line),
	    "cd %s && openssl req -x509 -newkey ec -pkeyopt"
	    " ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1"
	    " -addext subjectAltName=IP:127.0.0.1 -keyout key -out cert"
	    " 2>openssl.log",
	    f.dir);
	if (system(line) != 0)
		return false;
	f.sink = fork();
	if (f.sink == 0) {
		snprintf(line, sizeof(line),
		    "exec scripts/mail-sink %s %s/mail %s/cert %s/key", port,
		    f.dir, f.dir, f.dir);
		execl("/bin/sh", "sh", "-c", line, (char *)NULL);
		_exit(127);
	}
	snprintf(f.url, sizeof(f.url), "smtp://127.0.0.1:%s", port);
	snprintf(f.ca, sizeof(f.ca), "%s/cert", f.dir);
	f.mail = (struct submit_config){ .url = f.url,
		.ca_file = f.ca,
		.from = "exreg@example.org",
		.timeout_s = 10 };
	snprintf(line, sizeof(line),
	    "curl -s --retry 50 --retry-delay 0 --retry-max-time 20"
	    " --retry-all-errors -m 2 smtp://127.0.0.1:%s -X NOOP >/dev/null",
	    port);
	return system(line) == 0;
}

static void
stop_mail_server(void)
{
	char line[100];

	if (f.sink > 0) {
		kill(f.sink, SIGTERM);
		waitpid(f.sink, NULL, 0);
	}
	snprintf(line, sizeof(line), "rm -rf %s", f.dir);
	(void)!system(line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_mail__sent_refused_and_tried_again, jobs_setup,
		    jobs_teardown),
		cmocka_unit_test_setup_teardown(
		    test_mail__a_server_that_is_not_trusted_gets_nothing,
		    jobs_setup, jobs_teardown),
		cmocka_unit_test_setup_teardown(
		    test_spool__forgets_old_files_then_the_oldest, jobs_setup,
		    jobs_teardown),
	};
	int rc = DB_FIXTURE_SKIP;

	if (!db_fixture_available())
		return rc;
	setenv("TZ", "UTC", 1);
	if (start_mail_server())
		rc = cmocka_run_group_tests(tests, NULL, NULL);
	else
		print_message("SKIP: no mail server (python3-aiosmtpd)\n");
	stop_mail_server();
	return rc;
}
