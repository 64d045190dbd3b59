/*
 * A pool of worker processes: fork, reap, replace. The supervisor itself
 * serves nothing and holds no connection.
 *
 * SIGHUP replaces all workers, new ones first, without losing a request;
 * SIGTERM and SIGINT let each worker finish what it has in hand and end.
 */
#ifndef EXREG_APP_SUPERVISE_H
#define EXREG_APP_SUPERVISE_H

#define SUPERVISE_WORKERS_MAX 64

struct supervise {
	unsigned workers; /* 1..SUPERVISE_WORKERS_MAX */
	unsigned drain_s; /* a worker told to end is killed after so long */

	/*
	 * The worker: runs in the child with SIGTERM blocked and ends with
	 * this exit status. It is told to end by SIGTERM; SIGHUP and SIGINT
	 * are ignored.
	 */
	int (*work)(void *arg);

	/*
	 * Before a replacement, in the supervisor: may change workers and
	 * arg. Not 0: the old workers stay. May be NULL.
	 */
	int (*reload)(struct supervise *s);
	void *arg;
};

/* Run the pool until SIGTERM or SIGINT. Returns the exit status. */
int supervise_run(struct supervise *s);

#endif
