/*
 * What has had its time goes, in small transactions: sessions a day after
 * their end, answers kept for repeats after two, counters of wrong passwords
 * after one, the history of the jobs after two weeks.
 */
#include "jobs/job.h"

#include "store/jobs_store.h"

#define BATCH 500

typedef int (*purge_fn)(struct db *db, instant_t before, int64_t limit,
    int64_t *n, struct err *e);

/* clang-format off */
static const struct rule {
	purge_fn fn;
	int64_t days;
} rules[] = {
	{ purge_store_sessions, 30 }, /* where people sign in from */
	{ purge_store_idempotency, 2 },
	{ purge_store_throttles, 1 },
	{ purge_store_job_runs, 14 },
};
/* clang-format on */

struct batch {
	const struct rule *rule;
	int64_t n;
};

static int
purge_batch(struct job_run *r, void *arg, struct err *e)
{
	struct batch *b = arg;

	return b->rule->fn(r->db, r->now - b->rule->days * US_PER_DAY, BATCH,
	    &b->n, e);
}

int
job_purge(struct job_run *r, struct err *e)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct batch b = { .rule = &rules[i] };

		do {
			struct arena_mark mark = arena_mark(r->arena);

			if (job_tx(r, purge_batch, &b, e) < 0)
				return -1;
			arena_rewind(r->arena, mark);
			r->done += b.n;
		} while (b.n == BATCH && job_may_go_on(r));
	}
	return 0;
}
