/*
 * How a request goes on: into its next stage, back to its requester, or to
 * its outcome. The procedure says where (domain/engine.h); everything that
 * an outcome brings happens here, whoever gave it.
 */
#ifndef EXREG_API_FLOW_H
#define EXREG_API_FLOW_H

#include "api/exception_load.h"

/* Enter a stage of the procedure, 1-based: role, limit, clock. */
void flow_enter(struct ctx *c, struct loaded *l, int64_t stage);

/* Out of the stages, for good. */
void flow_leave(struct exception *x);

/* What leads it on. */
struct move {
	enum request_state to; /* as the workflow says */
	enum verdict decided;  /* so far; VERDICT__INVALID: nothing */
	date_t until;          /* last day granted by this act, or none */
};

/*
 * Change l->x: the next stage, or the outcome with its term. An outcome's
 * last day is the earliest that any approval of this version granted.
 */
int flow_go(struct ctx *c, struct loaded *l, const struct move *m,
    struct err *e);

/* Back to the requester: the content can be typed on, the clock stops. */
void flow_return(struct ctx *c, struct loaded *l);

/*
 * What follows once the row is stored: the deputy where one is demanded,
 * risk entry and work items of an outcome, and the notices. detail: the
 * reason to tell, or NULL. told: names of those who act next, or NULL.
 * Before decision_prepare()'s number is needed it must have been taken.
 */
int flow_follow(struct ctx *c, struct loaded *l, const char *detail,
    const char **told, struct err *e);

/* After a vote: whose turn it is now; they are told. */
int flow_turn(struct ctx *c, struct loaded *l, struct err *e);

#endif
