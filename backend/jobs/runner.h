/* Runs the jobs that are due, one at a time. */
#ifndef EXREG_JOBS_RUNNER_H
#define EXREG_JOBS_RUNNER_H

#include "jobs/job.h"

struct runner {
	struct db *db;
	const struct job_config *cfg;
	const char *host;
	instant_t (*clock)(void);
	bool (*must_stop)(void); /* NULL: never */
	struct arena arena;
};

/*
 * r's other members are set by the caller. db is used by the runner alone
 * until runner_release().
 */
void runner_init(struct runner *r);
void runner_release(struct runner *r);

/*
 * Run each job that is due now and that nobody else runs. Failures of jobs
 * are logged and recorded, the others go on. Returns 0, or -1 with e set
 * when the database does not answer.
 */
int runner_step(struct runner *r, struct err *e);

/*
 * Run one job, due or not. Returns 1, 0 when another process holds its
 * lease, -1 with e set when it failed. done may be NULL.
 */
int runner_run(struct runner *r, const struct job *job, int64_t *done,
    struct err *e);

#endif
