/*
 * How a procedure leads a request through its stages: which one comes next,
 * when it can be left, what a vote has come to. Pure; workflow.h says who
 * may act and where the act leads.
 */
#ifndef EXREG_DOMAIN_ENGINE_H
#define EXREG_DOMAIN_ENGINE_H

#include "domain/procedure.h"
#include "domain/record.h"

/* What the conditions of stages look at. */
struct stage_facts {
	int64_t risk; /* residual, 0: not known */
	int64_t days; /* of the term asked for, 0: not known */
	int64_t term_no;
	enum domain domain;
};

/*
 * The first stage after `from` (0: from the beginning) that is taken after
 * this decision (VERDICT__INVALID: none yet); 0 when there is none.
 */
int64_t engine_next(const struct procedure *p, int64_t from,
    enum verdict decided, const struct stage_facts *f);

/* Where a request stands in its procedure. */
struct progress {
	enum request_state state;
	int64_t stage;        /* 1-based; kept while it is returned, else 0 */
	enum verdict decided; /* so far, the outcome is still to come */
};

/* Take it to the state the workflow allows, with what is decided by then:
 * the next stage, back to the requester, or out of the stages. */
void engine_go(const struct procedure *p, struct progress *at,
    enum request_state to, enum verdict decided, const struct stage_facts *f);

/* The last form stage before that stage, 0: none.
 *
 * Where a request goes on when it is sent again with new content: behind the
 * last form it had passed, for what was said before does not rest on it. */
int64_t engine_last_form(const struct procedure *p, int64_t stage);
int64_t engine_restart(const struct procedure *p, int64_t stage,
    const struct stage_facts *f);

/* It is decided, and only the decision's consequences are left: the content
 * stays as it is (decisions 6). */
bool engine_is_locked(const struct procedure *p, int64_t stage,
    enum verdict decided);

/* Role that closes the stage: the chair of a quorum, else the stage's. */
const char *engine_closer(const struct stage *s);

/*
 * Role whose turn it is: in a vote the members until the quorum is there,
 * among roles that all sign the first that has not, then the closer. votes:
 * those on the version under decision. NULL: the requester.
 */
const char *engine_turn(const struct stage *s, const struct vote *votes,
    size_t nvotes);

/* May holders of that role vote in the stage? */
bool engine_votes(const struct stage *s, const char *role);

/* The same for one person where every role signs: it is not used, or was
 * used by them; and they have not signed for another. */
bool engine_may_sign(const struct stage *s, const char *role,
    const struct vote *votes, size_t nvotes, int64_t person_id);

/* What the votes have come to. */
struct tally {
	int64_t cast; /* abstentions too */
	int64_t approve;
	int64_t deny;
	int64_t abstain;
	bool complete;    /* quorum there, or every role has signed */
	bool full;        /* no seat is left */
	bool may_approve; /* the result allows it */
	bool may_deny;
};

/* Of the votes on the version under decision; without votes of its own a
 * stage is complete and allows both. */
struct tally engine_tally(const struct stage *s, const struct vote *votes,
    size_t nvotes);

/* So many records of that kind are there; of meetings also whether every
 * topic is covered. */
struct record_state {
	int64_t have;
	bool complete;
};
struct record_state engine_record_state(const struct stage *s,
    const struct record_owed *owed, const struct stage_record *records,
    size_t nrecords);

/* Every record the stage asks for is there. records: of all stages. */
bool engine_records_complete(const struct stage *s,
    const struct stage_record *records, size_t nrecords);

#endif
