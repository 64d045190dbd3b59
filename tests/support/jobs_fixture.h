/*
 * What the tests of the jobs share: the jobs' own database account, an
 * owner's connection beside it, and a clock that the test moves.
 */
#ifndef EXREG_TESTS_SUPPORT_JOBS_FIXTURE_H
#define EXREG_TESTS_SUPPORT_JOBS_FIXTURE_H

#include "jobs/runner.h"
#include "support/db_fixture.h"

struct jobs_fixture {
	struct db_fixture owner;
	struct db_fixture jobs;
	struct job_config cfg;
	struct runner runner;
	instant_t now; /* what the clock says; 22 November 2026, 12:00 UTC */
};

extern struct jobs_fixture jobs_fixture;

/* For cmocka: empty tables, one person with id 1, the clock at noon. */
int jobs_setup(void **state);
int jobs_teardown(void **state);

const struct job *job_named(const char *name);

/* Run it now; fails the test unless it goes well. What it has done. */
int64_t job_run_now(const char *name);

/* The first value of a query of the owner, as a number. */
int64_t jobs_count(const char *sql);

/* An approved exception with three facets. */
void jobs_add_exception(int id, int confidential, const char *expires_on);

#endif
