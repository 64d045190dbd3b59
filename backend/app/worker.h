/* One worker process: takes requests from the pool's socket, one by one. */
#ifndef EXREG_APP_WORKER_H
#define EXREG_APP_WORKER_H

#include "app/config.h"

struct worker {
	const struct config *cfg;
	enum pool pool;
	int listener;
};

/*
 * Serve until SIGTERM or max_requests. Called after fork with SIGTERM
 * blocked; opens the database and the directory itself. Returns the exit
 * status. A request that takes longer than deadline_s ends the process
 * through SIGALRM.
 */
int worker_run(const struct worker *w);

#endif
