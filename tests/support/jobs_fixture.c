#include "support/jobs_fixture.h"

#include <stdlib.h>

#include "store/statements.h"
#include "support/test.h"

/* 22 November 2026, 12:00 UTC. */
#define NOON (INT64_C(1795348800) * US_PER_SECOND)

struct jobs_fixture jobs_fixture;

static instant_t
clock_now(void)
{
	return jobs_fixture.now;
}

const struct job *
job_named(const char *name)
{
	for (size_t i = 0; i < njobs; i++)
		if (strcmp(jobs[i].name, name) == 0)
			return &jobs[i];
	fail_msg("no job %s", name);
	return NULL;
}

int64_t
jobs_count(const char *sql)
{
	const char *v = db_fixture_value(&jobs_fixture.owner, sql);

	return v == NULL ? -1 : strtoll(v, NULL, 10);
}

void
jobs_add_exception(int id, int confidential, const char *expires_on)
{
	char sql[900];

	snprintf(sql, sizeof(sql),
	    "INSERT INTO exception (id, procedure_id, type, request_state,"
	    " title, requester_id, owner_id, edited_by_id, confidential,"
	    " effective_on, expires_on, outcome, created_at, updated_at)"
	    " VALUES (%d, 1, 1, 5, 'Title %d', 1, 1, 1, %d, '2026-01-01',"
	    " '%s', 1, '2026-01-01', '2026-01-01')",
	    id, id, confidential, expires_on);
	db_fixture_sql(&jobs_fixture.owner, sql);
	snprintf(sql, sizeof(sql),
	    "INSERT INTO exception_facet (dimension, value_id, exception_id,"
	    " lane, fact, effective_on, holds_until, risk) SELECT d.seq, 7,"
	    " x.id, x.lane, x.fact, x.effective_on, x.holds_until, x.risk FROM exception x"
	    " JOIN seq_1_to_3 d WHERE x.id = %d",
	    id);
	db_fixture_sql(&jobs_fixture.owner, sql);
}

int
jobs_setup(void **state)
{
	static const char *const tables[] = { "job_run", "job_lease", "outbox",
		"session", "idempotency", "sign_in_throttle", "exception_facet",
		"exception", "person" };

	(void)state;
	memset(&jobs_fixture.jobs, 0, sizeof(jobs_fixture.jobs));
	jobs_fixture.jobs.cfg = db_fixture_config();
	jobs_fixture.jobs.cfg.user = "exreg_jobs";
	jobs_fixture.jobs.cfg.password = "test";
	db_fixture_open(&jobs_fixture.jobs, statements, STMT__MAX);
	memset(&jobs_fixture.owner, 0, sizeof(jobs_fixture.owner));
	db_fixture_open(&jobs_fixture.owner, NULL, 0);
	db_fixture_sql(&jobs_fixture.owner, "SET foreign_key_checks = 0");
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		db_fixture_sql(&jobs_fixture.owner,
		    arena_printf(&jobs_fixture.owner.arena, "DELETE FROM %s",
			tables[i]));
	db_fixture_sql(&jobs_fixture.owner,
	    "INSERT INTO person (id, directory_id, uid, dn, name, mail)"
	    " VALUES (1, 'a', 'ada', 'uid=ada', 'Ada', 'ada@example.org')");
	jobs_fixture.now = NOON;
	jobs_fixture.cfg =
	    (struct job_config){ .organisation = "Harbour & Vale",
		    .origin = "https://exreg.example" };
	jobs_fixture.runner = (struct runner){ .db = jobs_fixture.jobs.db,
		.cfg = &jobs_fixture.cfg,
		.host = "here",
		.clock = clock_now };
	runner_init(&jobs_fixture.runner);
	return 0;
}

int
jobs_teardown(void **state)
{
	(void)state;
	runner_release(&jobs_fixture.runner);
	db_fixture_close(&jobs_fixture.jobs);
	db_fixture_close(&jobs_fixture.owner);
	return 0;
}

int64_t
job_run_now(const char *name)
{
	struct err e = { 0 };
	int64_t done = 0;
	int rc = runner_run(&jobs_fixture.runner, job_named(name), &done, &e);

	db_fixture_ok(rc, &e);
	assert_int_equal(rc, 1);
	return done;
}
