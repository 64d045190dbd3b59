/*
 * Exceptions whose last day is long past leave the index stretch of what
 * holds. An index hint only: their status is computed from their dates as
 * before, and their version does not move.
 */
#include "jobs/job.h"

#include "store/jobs_store.h"

#define BATCH 500

static int
shelve_batch(struct job_run *r, void *arg, struct err *e)
{
	int64_t *n = arg;

	return shelf_store_put(r->db, r->today - 1, BATCH, n, e);
}

int
job_shelve(struct job_run *r, struct err *e)
{
	int64_t n;

	do {
		struct arena_mark mark = arena_mark(r->arena);

		if (job_tx(r, shelve_batch, &n, e) < 0)
			return -1;
		arena_rewind(r->arena, mark);
		r->done += n;
	} while (n == BATCH && job_may_go_on(r));
	return 0;
}
