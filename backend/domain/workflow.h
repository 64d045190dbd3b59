/*
 * The life of a request as one table: which action leads from which state
 * to which, under which guards. Pure: the caller gathers the facts. A
 * procedure only chooses the stages between submission and outcome
 * (domain/engine.h).
 */
#ifndef EXREG_DOMAIN_WORKFLOW_H
#define EXREG_DOMAIN_WORKFLOW_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/exception.h"
#include "domain/procedure.h"

enum action {
	ACTION__INVALID,
	ACTION_EDIT,
	ACTION_SUBMIT,
	ACTION_RESUBMIT,
	ACTION_AMEND, /* take it back to change it: a new version (V-08) */
	ACTION_WITHDRAW,
	ACTION_FIND,
	ACTION_VOTE,
	ACTION_APPROVE,
	ACTION_DENY,
	ACTION_RETURN,
	ACTION_ACCEPT,  /* the alternative (C-09) */
	ACTION_DECLINE, /* it (C-10) */
	ACTION_RECORD,
	ACTION_WRITE_LETTER,
	ACTION_REVIEW_LETTER,
	ACTION_SEND_LETTER,
	ACTION_COMPLETE, /* leave the stage */
	ACTION_IMPLEMENT,
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
	GUARD_MAY_REQUEST = 0x40,  /* holds the staff class */
	GUARD_VOTER = 0x80,        /* holds a role that votes in the stage */
	GUARD_SEAT = 0x100,        /* a seat is free, or they have theirs */
	GUARD_VOTES = 0x200,       /* the quorum is there, or all have signed */
	GUARD_FOR = 0x400,         /* the votes allow an approval */
	GUARD_AGAINST = 0x800,     /* the votes allow a denial */
	GUARD_ONE_HAT = 0x1000,    /* acted in no stage that excludes this */
	GUARD_NOT_LOCKED = 0x2000, /* nothing is decided for good */
	GUARD_RECORDS = 0x4000,    /* every record owed is there */
	GUARD_DRAFTED = 0x8000,    /* a letter is written and not sent */
	GUARD_NOT_DRAFTER = 0x10000, /* somebody else wrote it */
	GUARD_REVIEWED = 0x20000,
	GUARD_SENT = 0x40000,
	GUARD_UNSENT = 0x80000,     /* what is sent is not written again */
	GUARD_PARTY = 0x100000,     /* the requester or the owner */
	GUARD_IMPLEMENTS = 0x200000 /* the procedure records it, once */
};

/* Everything a guard may look at. */
struct facts {
	bool is_requester;
	bool is_owner;
	bool is_beneficiary;
	bool is_editor;
	bool is_delegate_of_party; /* or one of them is theirs */
	bool is_holder;            /* of the role that closes the stage */
	bool is_self_mapped;
	bool is_voter;
	bool is_voter_self_mapped;
	bool findings_complete;
	bool is_asset_owner; /* or the procedure asks for no asset */
	bool may_request;
	enum stage_kind kind; /* of the stage it is in */
	bool more;            /* a stage follows this one */
	bool more_if_denied;
	enum verdict decided;
	bool is_locked;
	bool has_other_hat; /* acted in a stage that excludes this one */
	bool has_signed; /* for a role that signs beside the one that closes */
	bool takes_votes;
	bool has_seat; /* a seat is free, or the person has voted */
	bool votes_complete;
	bool votes_for;
	bool votes_against;
	bool records_complete;
	bool has_letter;
	bool is_drafter;
	bool letter_reviewed;
	bool letter_sent;
	bool implementation_owed;
	unsigned parts; /* bits of enum part (domain/talk.h) */
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

/* Does that state, and that kind of stage, know the action at all? */
bool workflow_knows(enum request_state from, enum action action,
    enum stage_kind kind);

bool workflow_is_terminal(enum request_state s);

/* One person's signed act on one version: it has a route of its own. */
bool action_is_deciding(enum action a);
enum action action_of_verdict(enum verdict v);

/* The whole table, one line a step, for exregctl and the golden file. */
void workflow_print(struct buf *out);

/* Every state, kind of stage and action: where it leads, what it needs, and
 * what it says to each kind of person when everything else holds. */
void workflow_print_product(struct buf *out);

/* The same as a Graphviz drawing. */
void workflow_draw(struct buf *out);

#endif
