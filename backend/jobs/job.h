/*
 * Scheduled work: a table of jobs, each a function that is given its moment
 * and writes through stores only, under a lease that it may lose.
 */
#ifndef EXREG_JOBS_JOB_H
#define EXREG_JOBS_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

struct db;
struct submit_config;

/* What the configuration says and jobs need. */
struct job_config {
	const char *organisation;
	const char *origin;               /* https://exreg.example */
	const struct submit_config *mail; /* NULL: no mail is sent */
	const char *spool_dir;            /* NULL: none on this host */
	int64_t spool_max_bytes;
	const char *attachments_dir; /* NULL: none on this host */
};

/* One run of one job. */
struct job_run {
	const struct job_config *cfg;
	struct db *db;       /* handed on to stores */
	struct arena *arena; /* of this run */
	instant_t now;       /* when it began */
	date_t today;        /* in the organisation's zone */
	int64_t done;        /* things done so far, for the history */
	const struct runner *runner;
	const char *lease; /* name and epoch of the lease it runs under */
	int64_t epoch;
	instant_t until; /* begin nothing new from then on */
};

struct job {
	const char *name; /* at most 24 bytes */
	int64_t every_s;
	int64_t limit_s; /* the process is ended when it takes longer */
	bool each_host;  /* looks after files, so every host runs it */
	int (*run)(struct job_run *r, struct err *e);
	const char *what;
};

extern const struct job jobs[];
extern const size_t njobs;

int job_attachments(struct job_run *r, struct err *e);
int job_mail(struct job_run *r, struct err *e);
int job_purge(struct job_run *r, struct err *e);
int job_remind(struct job_run *r, struct err *e);
int job_shelve(struct job_run *r, struct err *e);
int job_spool(struct job_run *r, struct err *e);

typedef int (*job_tx_fn)(struct job_run *r, void *arg, struct err *e);

/*
 * Run fn in a write transaction that holds the lease; fn may be run several
 * times. Returns 0, or -1 with e set: ERR_CONFLICT when another process has
 * taken the lease over, and then nothing was written.
 */
int job_tx(struct job_run *r, job_tx_fn fn, void *arg, struct err *e);

/* What went wrong, as the history and the outbox keep it: ASCII, bounded. */
const char *job_fault(struct arena *a, const struct err *e);

/* Time is left and nobody asked the process to end. */
bool job_may_go_on(const struct job_run *r);

#endif
