/*
 * The life of a request as one table: which action leads from which state
 * to which, under which guards. Pure: the caller gathers the facts. A
 * procedure only chooses the stages between submission and outcome.
 */
#ifndef EXREG_DOMAIN_WORKFLOW_H
#define EXREG_DOMAIN_WORKFLOW_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/exception.h"

enum action {
	ACTION__INVALID,
	ACTION_EDIT,
	ACTION_SUBMIT,
	ACTION_RESUBMIT,
	ACTION_WITHDRAW,
	ACTION_FIND,
	ACTION_APPROVE,
	ACTION_DENY,
	ACTION_RETURN,
	ACTION_DISCARD,
	ACTION__MAX
};
extern const char *const action_names[ACTION__MAX];

/* What must hold before a step; each has one sentence for the person. */
enum guard {
	GUARD_REQUESTER = 0x01, /* is the requester */
	GUARD_HOLDER = 0x02,    /* holds the stage's role in its scope */
	GUARD_FOUR_EYES =
	    0x04, /* neither requester, owner, beneficiary nor editor, and
		     nobody who acts for one of them or the other way */
	GUARD_NOT_SELF_MAPPED =
	    0x08, /* the role is not held by a mapping they saved */
	GUARD_FINDINGS = 0x10, /* every finding owed is recorded */
	GUARD_ASSET_OWNER =
	    0x20, /* owns the asset the procedure asks for (V-07) */
	GUARD_MAY_REQUEST = 0x40 /* holds the staff class */
};

/* Everything a guard may look at. */
struct facts {
	bool is_requester;
	bool is_owner;
	bool is_beneficiary;
	bool is_editor;
	bool is_delegate_of_party; /* or one of them is theirs */
	bool is_holder;
	bool is_self_mapped;
	bool findings_complete;
	bool is_asset_owner; /* or the procedure asks for no asset */
	bool may_request;
	bool is_last_stage;
};

enum ruling { RULING_OK, RULING_NO_SUCH_STEP, RULING_REFUSED };

/*
 * May the step be taken, and where does it lead? to and failed may be NULL;
 * failed gets the first guard that does not hold.
 */
enum ruling workflow_step(enum request_state from, enum action action,
    const struct facts *facts, enum request_state *to, enum guard *failed);

/* The same as an error: ERR_FORBIDDEN for who-guards, ERR_STEP_REFUSED for
 * the others and for no such step. Returns 0 or -1. */
int workflow_check(enum request_state from, enum action action,
    const struct facts *facts, enum request_state *to, struct err *e);

/* Why the step is refused, one sentence; NULL when it is allowed. */
const char *workflow_reason(enum request_state from, enum action action,
    const struct facts *facts);

bool workflow_is_terminal(enum request_state s);

/* A decision locks the version: approve, deny, return. */
bool action_is_deciding(enum action a);
enum action action_of_verdict(enum verdict v);

/* The whole table, one line a step, for exregctl and the golden file. */
void workflow_print(struct buf *out);

/* The same as a Graphviz drawing. */
void workflow_draw(struct buf *out);

#endif
