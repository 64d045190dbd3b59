/*
 * Stages that are nearly due or late (M-29). The days are written with the
 * stage; a notice is one row of the outbox that no repeat can double.
 */
#include "jobs/job.h"

#include "store/jobs_store.h"

#define BATCH 50

struct batch {
	bool late;
	int64_t n;
};

static int
remind_batch(struct job_run *r, void *arg, struct err *e)
{
	struct batch *b = arg;

	return reminder_store_put(r->db, b->late, r->today, r->now, BATCH,
	    &b->n, e);
}

static int
remind_all(struct job_run *r, bool late, struct err *e)
{
	struct batch b = { late, 0 };

	do {
		struct arena_mark mark = arena_mark(r->arena);

		if (job_tx(r, remind_batch, &b, e) < 0)
			return -1;
		arena_rewind(r->arena, mark);
		r->done += b.n;
	} while (b.n == BATCH && job_may_go_on(r));
	return 0;
}

int
job_remind(struct job_run *r, struct err *e)
{
	return remind_all(r, false, e) < 0 ? -1 : remind_all(r, true, e);
}
