/*
 * The jobs with their own database account: leases and what a frozen holder
 * cannot do, purging, shelving.
 */
#include "support/test.h"

#include <stdlib.h>

#include "store/jobs_store.h"
#include "support/jobs_fixture.h"

static void
test_lease__one_holder_at_a_time(void **state)
{
	instant_t until = jobs_fixture.now + 60 * US_PER_SECOND;
	int64_t first = 0;
	int64_t second = 0;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(job_store_take(jobs_fixture.jobs.db, "mail", "a:1",
			     jobs_fixture.now, until, &first, &e),
	    1);
	assert_int_equal(job_store_take(jobs_fixture.jobs.db, "mail", "b:1",
			     jobs_fixture.now, until, &second, &e),
	    0);
	assert_int_equal(runner_run(&jobs_fixture.runner, job_named("mail"),
			     NULL, &e),
	    0);
	assert_int_equal(job_store_take(jobs_fixture.jobs.db, "mail", "b:1",
			     until, until + 1, &second, &e),
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
	struct job_run r = { .db = jobs_fixture.jobs.db,
		.lease = "purge",
		.now = jobs_fixture.now };
	struct err e = { 0 };

	(void)state;
	assert_int_equal(job_store_take(jobs_fixture.jobs.db, "purge", "old:1",
			     jobs_fixture.now, jobs_fixture.now + 1, &r.epoch,
			     &e),
	    1);
	db_fixture_ok(job_tx(&r, write_something, NULL, &e), &e);
	jobs_fixture.now += US_PER_SECOND;
	job_run_now("purge");
	assert_int_equal(job_tx(&r, write_something, NULL, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(jobs_count(
			     "SELECT COUNT(*) FROM job_run WHERE name = 'written'"),
	    1);
}

static void
test_runner__runs_what_is_due_and_records_it(void **state)
{
	struct err e = { 0 };

	(void)state;
	db_fixture_ok(runner_step(&jobs_fixture.runner, &e), &e);
	assert_int_equal(jobs_count(
			     "SELECT COUNT(*) FROM job_run WHERE fault IS NULL"
			     " AND finished_at = '2026-11-22 12:00:00'"),
	    (int64_t)njobs);
	jobs_fixture.now += 14 * US_PER_SECOND;
	db_fixture_ok(runner_step(&jobs_fixture.runner, &e), &e);
	assert_int_equal(jobs_count("SELECT COUNT(*) FROM job_run"),
	    (int64_t)njobs);
	jobs_fixture.now += US_PER_SECOND;
	db_fixture_ok(runner_step(&jobs_fixture.runner, &e), &e);
	assert_int_equal(jobs_count(
			     "SELECT COUNT(*) FROM job_run WHERE name = 'mail'"),
	    2);
	assert_int_equal(
	    jobs_count(
		"SELECT COUNT(*) FROM job_lease WHERE name = 'spool@here'"),
	    1);
}

static void
test_purge__takes_the_old_and_leaves_the_rest(void **state)
{
	(void)state;
	db_fixture_sql(&jobs_fixture.owner,
	    "INSERT INTO session (token_hash, person_id, group_ids, created_at,"
	    " last_seen, expires_at, ended_at, address, agent) VALUES"
	    " (REPEAT('1', 32), 1, '', '2026-10-01', '2026-10-01',"
	    "  '2026-10-23 11:59:59', NULL, '', ''),"
	    " (REPEAT('2', 32), 1, '', '2026-10-01', '2026-10-01',"
	    "  '2026-11-23', '2026-10-23 11:00:00', '', ''),"
	    " (REPEAT('3', 32), 1, '', '2026-10-01', '2026-10-01',"
	    "  '2026-10-23 12:00:01', NULL, '', ''),"
	    " (REPEAT('4', 32), 1, '', '2026-10-01', '2026-10-01',"
	    "  '2026-11-23', '2026-11-22 11:00:00', '', '')");
	db_fixture_sql(&jobs_fixture.owner,
	    "INSERT INTO idempotency (person_id, key_hash, route, body_hash,"
	    " status, body, created_at) SELECT seq, REPEAT('k', 32), '',"
	    " REPEAT('b', 32), 200, '', IF(seq <= 1200,"
	    " '2026-11-20 11:59:59', '2026-11-20 12:00:01')"
	    " FROM seq_1_to_1201");
	db_fixture_sql(&jobs_fixture.owner,
	    "INSERT INTO sign_in_throttle VALUES"
	    " (1, REPEAT('o', 32), '2026-11-21 11:00:00', 3),"
	    " (2, REPEAT('o', 32), '2026-11-21 13:00:00', 3)");
	assert_int_equal(job_run_now("purge"), 2 + 1200 + 1);
	assert_string_equal(
	    db_fixture_value(&jobs_fixture.owner,
		"SELECT GROUP_CONCAT(LEFT(token_hash, 1) ORDER BY token_hash)"
		" FROM session"),
	    "3,4");
	assert_int_equal(jobs_count("SELECT COUNT(*) FROM idempotency"), 1);
	assert_int_equal(jobs_count("SELECT COUNT(*) FROM sign_in_throttle"),
	    1);
}

static void
test_shelve__only_what_ended_before_yesterday(void **state)
{
	(void)state;
	jobs_add_exception(1, 0, "2026-11-20");
	jobs_add_exception(2, 1, "2026-11-20");
	jobs_add_exception(3, 0, "2026-11-21");
	jobs_add_exception(4, 0, "2026-12-31");
	db_fixture_sql(&jobs_fixture.owner,
	    "UPDATE exception SET ended_as = 2, ended_on = '2026-11-19'"
	    " WHERE id IN (SELECT id FROM (SELECT MIN(id) + 1 AS id"
	    " FROM exception) x)");
	assert_int_equal(job_run_now("shelve"), 2);
	assert_string_equal(
	    db_fixture_value(&jobs_fixture.owner,
		"SELECT GROUP_CONCAT(lane ORDER BY id) FROM exception"),
	    "16,13,10,10");
	assert_int_equal(jobs_count("SELECT COUNT(*) FROM exception_facet f"
				    " JOIN exception x ON x.id = f.exception_id"
				    " WHERE f.lane <> x.lane"
				    " OR f.fact <> x.fact"),
	    0);
	assert_int_equal(
	    jobs_count("SELECT COUNT(*) FROM exception"
		       " WHERE row_version <> 1 OR updated_at <> '2026-01-01'"),
	    0);
	assert_int_equal(job_run_now("shelve"), 0);
}

/* M-29: the holder before the limit, somebody else after it, each once. */
static void
test_remind__each_stage_once(void **state)
{
	(void)state;
	jobs_add_exception(1, 0, "2026-12-31");
	jobs_add_exception(2, 0, "2026-12-31");
	jobs_add_exception(3, 0, "2026-12-31");
	db_fixture_sql(&jobs_fixture.owner,
	    "UPDATE exception SET stage_entered_at = '2026-11-20',"
	    " stage_remind_on = '2026-11-22' ORDER BY id LIMIT 2");
	db_fixture_sql(&jobs_fixture.owner,
	    "UPDATE exception SET stage_remind_on = '2026-11-23',"
	    " stage_escalate_on = '2026-11-22',"
	    " stage_entered_at = '2026-11-01' ORDER BY id DESC LIMIT 1");
	assert_int_equal(job_run_now("remind"), 3);
	assert_string_equal(
	    db_fixture_value(&jobs_fixture.owner,
		"SELECT GROUP_CONCAT(kind ORDER BY kind) FROM outbox"),
	    "late,reminder,reminder");
	assert_int_equal(job_run_now("remind"), 0);
	/* a run that was lost after its notice doubles nothing */
	db_fixture_sql(&jobs_fixture.owner,
	    "UPDATE exception SET stage_remind_on = '2026-11-22'"
	    " ORDER BY id LIMIT 1");
	assert_int_equal(job_run_now("remind"), 1);
	assert_int_equal(jobs_count("SELECT COUNT(*) FROM outbox"), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lease__one_holder_at_a_time,
		    jobs_setup, jobs_teardown),
		cmocka_unit_test_setup_teardown(
		    test_lease__a_frozen_holder_cannot_write, jobs_setup,
		    jobs_teardown),
		cmocka_unit_test_setup_teardown(
		    test_runner__runs_what_is_due_and_records_it, jobs_setup,
		    jobs_teardown),
		cmocka_unit_test_setup_teardown(
		    test_purge__takes_the_old_and_leaves_the_rest, jobs_setup,
		    jobs_teardown),
		cmocka_unit_test_setup_teardown(
		    test_remind__each_stage_once, jobs_setup, jobs_teardown),
		cmocka_unit_test_setup_teardown(
		    test_shelve__only_what_ended_before_yesterday, jobs_setup,
		    jobs_teardown),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
