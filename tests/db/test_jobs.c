/*
 * The jobs with their own database account: leases and what a frozen holder
 * cannot do, purging, shelving, and mail through a real SMTP server.
 */
#include "support/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs/runner.h"
#include "mail/submit.h"
#include "store/jobs_store.h"
#include "store/statements.h"
#include "support/db_fixture.h"

/* 22 November 2026, 12:00 UTC. */
#define NOON (INT64_C(1795348800) * US_PER_SECOND)

static struct {
	struct db_fixture owner;
	struct db_fixture jobs;
	struct job_config cfg;
	struct submit_config mail;
	struct runner runner;
	instant_t now;
	char dir[64]; /* of the mail server */
	pid_t sink;
	char url[64];
	char ca[96];
} f;

static instant_t
clock_now(void)
{
	return f.now;
}

static const struct job *
job_named(const char *name)
{
	for (size_t i = 0; i < njobs; i++)
		if (strcmp(jobs[i].name, name) == 0)
			return &jobs[i];
	fail_msg("no job %s", name);
	return NULL;
}

static int64_t
count(const char *sql)
{
	const char *v = db_fixture_value(&f.owner, sql);

	return v == NULL ? -1 : strtoll(v, NULL, 10);
}

static void
add_exception(int id, int confidential, const char *expires_on)
{
	char sql[900];

	snprintf(sql, sizeof(sql),
	    "INSERT INTO exception (id, procedure_id, type, request_state,"
	    " title, requester_id, owner_id, edited_by_id, confidential,"
	    " effective_on, expires_on, outcome, created_at, updated_at)"
	    " VALUES (%d, 1, 1, 5, 'Title %d', 1, 1, 1, %d, '2026-01-01',"
	    " '%s', 1, '2026-01-01', '2026-01-01')",
	    id, id, confidential, expires_on);
	db_fixture_sql(&f.owner, sql);
	snprintf(sql, sizeof(sql),
	    "INSERT INTO exception_facet (dimension, value_id, exception_id,"
	    " lane, effective_on, holds_until, risk) SELECT d.seq, 7, x.id,"
	    " x.lane, x.effective_on, x.holds_until, x.risk FROM exception x"
	    " JOIN seq_1_to_3 d WHERE x.id = %d",
	    id);
	db_fixture_sql(&f.owner, sql);
}

static int
setup(void **state)
{
	static const char *const tables[] = { "job_run", "job_lease", "outbox",
		"session", "idempotency", "sign_in_throttle", "exception_facet",
		"exception", "person" };

	(void)state;
	memset(&f.jobs, 0, sizeof(f.jobs));
	f.jobs.cfg = db_fixture_config();
	f.jobs.cfg.user = "exreg_jobs";
	f.jobs.cfg.password = "test";
	db_fixture_open(&f.jobs, statements, STMT__MAX);
	memset(&f.owner, 0, sizeof(f.owner));
	db_fixture_open(&f.owner, NULL, 0);
	db_fixture_sql(&f.owner, "SET foreign_key_checks = 0");
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		db_fixture_sql(&f.owner,
		    arena_printf(&f.owner.arena, "DELETE FROM %s", tables[i]));
	db_fixture_sql(&f.owner,
	    "INSERT INTO person (id, directory_id, uid, dn, name, mail)"
	    " VALUES (1, 'a', 'ada', 'uid=ada', 'Ada', 'ada@example.org')");
	f.now = NOON;
	f.cfg = (struct job_config){ .organisation = "Harbour & Vale",
		.origin = "https://exreg.example" };
	f.runner = (struct runner){ .db = f.jobs.db,
		.cfg = &f.cfg,
		.host = "here",
		.clock = clock_now };
	runner_init(&f.runner);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	runner_release(&f.runner);
	db_fixture_close(&f.jobs);
	db_fixture_close(&f.owner);
	return 0;
}

static int64_t
run(const char *name)
{
	struct err e = { 0 };
	int64_t done = 0;
	int rc = runner_run(&f.runner, job_named(name), &done, &e);

	db_fixture_ok(rc, &e);
	assert_int_equal(rc, 1);
	return done;
}

static void
test_lease__one_holder_at_a_time(void **state)
{
	instant_t until = f.now + 60 * US_PER_SECOND;
	int64_t first = 0;
	int64_t second = 0;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(job_store_take(f.jobs.db, "mail", "a:1", f.now, until,
			     &first, &e),
	    1);
	assert_int_equal(job_store_take(f.jobs.db, "mail", "b:1", f.now, until,
			     &second, &e),
	    0);
	assert_int_equal(runner_run(&f.runner, job_named("mail"), NULL, &e), 0);
	assert_int_equal(job_store_take(f.jobs.db, "mail", "b:1", until,
			     until + 1, &second, &e),
	    1);
	assert_true(second > first);
}

static int
write_something(struct job_run *r, void *arg, struct err *e)
{
	int64_t id;

	(void)arg;
	return job_store_begin(r->db, "written", r->epoch, r->now, &id, e);
}

static void
test_lease__a_frozen_holder_cannot_write(void **state)
{
	struct job_run r = { .db = f.jobs.db, .lease = "purge", .now = NOON };
	struct err e = { 0 };

	(void)state;
	assert_int_equal(job_store_take(f.jobs.db, "purge", "old:1", f.now,
			     f.now + 1, &r.epoch, &e),
	    1);
	db_fixture_ok(job_tx(&r, write_something, NULL, &e), &e);
	f.now += US_PER_SECOND;
	run("purge");
	assert_int_equal(job_tx(&r, write_something, NULL, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(count(
			     "SELECT COUNT(*) FROM job_run WHERE name = 'written'"),
	    1);
}

static void
test_runner__runs_what_is_due_and_records_it(void **state)
{
	struct err e = { 0 };

	(void)state;
	db_fixture_ok(runner_step(&f.runner, &e), &e);
	assert_int_equal(count(
			     "SELECT COUNT(*) FROM job_run WHERE fault IS NULL"
			     " AND finished_at = '2026-11-22 12:00:00'"),
	    (int64_t)njobs);
	f.now += 14 * US_PER_SECOND;
	db_fixture_ok(runner_step(&f.runner, &e), &e);
	assert_int_equal(count("SELECT COUNT(*) FROM job_run"), (int64_t)njobs);
	f.now += US_PER_SECOND;
	db_fixture_ok(runner_step(&f.runner, &e), &e);
	assert_int_equal(count(
			     "SELECT COUNT(*) FROM job_run WHERE name = 'mail'"),
	    2);
	assert_int_equal(
	    count("SELECT COUNT(*) FROM job_lease WHERE name = 'spool@here'"),
	    1);
}

static void
test_purge__takes_the_old_and_leaves_the_rest(void **state)
{
	(void)state;
	db_fixture_sql(&f.owner,
	    "INSERT INTO session (token_hash, person_id, group_ids, created_at,"
	    " last_seen, expires_at, ended_at, address, agent) VALUES"
	    " (REPEAT('1', 32), 1, '', '2026-11-01', '2026-11-01',"
	    "  '2026-11-21 11:59:59', NULL, '', ''),"
	    " (REPEAT('2', 32), 1, '', '2026-11-01', '2026-11-01',"
	    "  '2026-11-23', '2026-11-21 11:00:00', '', ''),"
	    " (REPEAT('3', 32), 1, '', '2026-11-01', '2026-11-01',"
	    "  '2026-11-21 12:00:01', NULL, '', ''),"
	    " (REPEAT('4', 32), 1, '', '2026-11-01', '2026-11-01',"
	    "  '2026-11-23', '2026-11-22 11:00:00', '', '')");
	db_fixture_sql(&f.owner,
	    "INSERT INTO idempotency (person_id, key_hash, route, body_hash,"
	    " status, body, created_at) SELECT seq, REPEAT('k', 32), '',"
	    " REPEAT('b', 32), 200, '', IF(seq <= 1200,"
	    " '2026-11-20 11:59:59', '2026-11-20 12:00:01')"
	    " FROM seq_1_to_1201");
	db_fixture_sql(&f.owner,
	    "INSERT INTO sign_in_throttle VALUES"
	    " (1, REPEAT('o', 32), '2026-11-21 11:00:00', 3),"
	    " (2, REPEAT('o', 32), '2026-11-21 13:00:00', 3)");
	assert_int_equal(run("purge"), 2 + 1200 + 1);
	assert_string_equal(
	    db_fixture_value(&f.owner,
		"SELECT GROUP_CONCAT(LEFT(token_hash, 1) ORDER BY token_hash)"
		" FROM session"),
	    "3,4");
	assert_int_equal(count("SELECT COUNT(*) FROM idempotency"), 1);
	assert_int_equal(count("SELECT COUNT(*) FROM sign_in_throttle"), 1);
}

static void
test_shelve__only_what_ended_before_yesterday(void **state)
{
	(void)state;
	add_exception(1, 0, "2026-11-20");
	add_exception(2, 1, "2026-11-20");
	add_exception(3, 0, "2026-11-21");
	add_exception(4, 0, "2026-12-31");
	assert_int_equal(run("shelve"), 2);
	assert_string_equal(
	    db_fixture_value(&f.owner,
		"SELECT GROUP_CONCAT(lane ORDER BY id) FROM exception"),
	    "16,48,10,10");
	assert_int_equal(count("SELECT COUNT(*) FROM exception_facet f"
			       " JOIN exception x ON x.id = f.exception_id"
			       " WHERE f.lane <> x.lane"),
	    0);
	assert_int_equal(
	    count("SELECT COUNT(*) FROM exception"
		  " WHERE row_version <> 1 OR updated_at <> '2026-01-01'"),
	    0);
	assert_int_equal(run("shelve"), 0);
}

static void
add_notice(int id, const char *mail)
{
	char sql[600];

	snprintf(sql, sizeof(sql),
	    "INSERT INTO person (id, directory_id, uid, dn, name, mail) VALUES"
	    " (%d, 'p%d', 'p', 'uid=p', 'Zoë', %s%s%s)",
	    100 + id, id, mail != NULL ? "'" : "", mail != NULL ? mail : "NULL",
	    mail != NULL ? "'" : "");
	db_fixture_sql(&f.owner, sql);
	snprintf(sql, sizeof(sql),
	    "INSERT INTO outbox (id, event_key, person_id, exception_id, kind,"
	    " detail, created_at, next_at) VALUES (REPEAT('%d', 16), '%d', %d,"
	    " 1, 'approved', 'Fine.', '2026-11-22 11:00:00',"
	    " '2026-11-22 11:00:00')",
	    id, id, 100 + id);
	db_fixture_sql(&f.owner, sql);
}

static const char *
notice_of(int id)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT CONCAT(state, ' ', attempts, ' ', next_at) FROM outbox"
	    " WHERE event_key = '%d'",
	    id);
	return db_fixture_value(&f.owner, sql);
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
	f.cfg.mail = &f.mail;
	add_exception(1, 0, "2026-12-31");
	add_notice(1, "zoe@example.org");
	add_notice(2, "bounce@example.org");
	add_notice(3, "greylist@example.org");
	add_notice(4, NULL);
	assert_int_equal(run("mail"), 1);
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

	f.now += 59 * US_PER_SECOND;
	assert_int_equal(run("mail"), 0);
	assert_string_equal(notice_of(3), "1 1 2026-11-22 12:01:00.000000");
	f.now += US_PER_SECOND;
	assert_int_equal(run("mail"), 0);
	assert_string_equal(notice_of(3), "1 2 2026-11-22 12:03:00.000000");

	db_fixture_sql(&f.owner,
	    "UPDATE outbox SET attempts = 39, next_at = '2026-11-22'"
	    " WHERE event_key = '3'");
	assert_int_equal(run("mail"), 0);
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
	f.cfg.mail = &wrong;
	add_exception(1, 0, "2026-12-31");
	add_notice(1, "zoe@example.org");
	add_notice(2, "zoe@example.org");
	assert_int_equal(runner_run(&f.runner, job_named("mail"), NULL, &e),
	    -1);
	assert_string_equal(notice_of(1), "1 1 2026-11-22 12:01:00.000000");
	assert_string_equal(notice_of(2), "1 0 2026-11-22 11:00:00.000000");
	assert_int_equal(
	    count(
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
	f.cfg.spool_dir = dir;
	f.cfg.spool_max_bytes = 1000;
	assert_int_equal(run("spool"), 1);
	f.cfg.spool_max_bytes = 150;
	assert_int_equal(run("spool"), 1);
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
		cmocka_unit_test_setup_teardown(test_lease__one_holder_at_a_time,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_lease__a_frozen_holder_cannot_write, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_runner__runs_what_is_due_and_records_it, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    test_purge__takes_the_old_and_leaves_the_rest, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    test_shelve__only_what_ended_before_yesterday, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    test_mail__sent_refused_and_tried_again, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_mail__a_server_that_is_not_trusted_gets_nothing, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    test_spool__forgets_old_files_then_the_oldest, setup,
		    teardown),
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
