/*
 * One row a step. Approve has two rows: the last stage gives the outcome,
 * an earlier one leads to the next stage.
 */
#include "domain/workflow.h"

#include <string.h>

/* clang-format off */
const char *const action_names[ACTION__MAX] = {
	NULL, "edit", "submit", "resubmit", "amend", "withdraw", "find", "vote", "approve", "deny", "return",
	"accept", "decline", "record", "write_letter", "review_letter", "send_letter", "complete", "implement", "discard",
};

#define ASKS   (GUARD_REQUESTER | GUARD_MAY_REQUEST)
#define JUDGES (GUARD_HOLDER | GUARD_FOUR_EYES | GUARD_NOT_SELF_MAPPED | GUARD_ONE_HAT)
#define VOTES  (GUARD_VOTER | GUARD_FOUR_EYES | GUARD_NOT_SELF_MAPPED | GUARD_ONE_HAT)
#define CLOSES (JUDGES | GUARD_FINDINGS | GUARD_VOTES)
enum place { ANY_STAGE, NOT_LAST, LAST, LAST_APPROVED, LAST_DENIED };

/* Kinds of stages a row is for; 0 outside stages. */
#define KIND(k) (1u << (k))
#define FORM    KIND(STAGE_FORM)
#define DECIDE  KIND(STAGE_DECIDE)
#define RESPOND KIND(STAGE_RESPOND)
#define LETTER  KIND(STAGE_LETTER)
#define WORK    (KIND(STAGE_ASSESS) | KIND(STAGE_MEET) | KIND(STAGE_DOCUMENT) | KIND(STAGE_FILE))
#define JUDGED  (KIND(STAGE_ASSESS) | KIND(STAGE_MEET) | DECIDE | RESPOND)
#define EVERY   (FORM | DECIDE | RESPOND | LETTER | WORK)

static const struct step {
	enum request_state from;
	unsigned kinds;
	enum action action;
	enum place place;
	enum request_state to;
	unsigned guards;
} steps[] = {
	{ STATE_DRAFT,    0,             ACTION_EDIT,          ANY_STAGE,     STATE_DRAFT,     ASKS },
	{ STATE_DRAFT,    0,             ACTION_SUBMIT,        ANY_STAGE,     STATE_IN_STAGE,  ASKS | GUARD_ASSET_OWNER },
	{ STATE_DRAFT,    0,             ACTION_DISCARD,       ANY_STAGE,     STATE_WITHDRAWN, ASKS },
	{ STATE_IN_STAGE, FORM,          ACTION_EDIT,          ANY_STAGE,     STATE_IN_STAGE,  ASKS },
	{ STATE_IN_STAGE, FORM,          ACTION_SUBMIT,        NOT_LAST,      STATE_IN_STAGE,  ASKS | GUARD_ASSET_OWNER },
	{ STATE_IN_STAGE, WORK,          ACTION_RECORD,        ANY_STAGE,     STATE_IN_STAGE,  JUDGES },
	{ STATE_IN_STAGE, WORK,          ACTION_COMPLETE,      NOT_LAST,      STATE_IN_STAGE,  JUDGES | GUARD_RECORDS },
	{ STATE_IN_STAGE, WORK,          ACTION_COMPLETE,      LAST_APPROVED, STATE_APPROVED,  JUDGES | GUARD_RECORDS },
	{ STATE_IN_STAGE, WORK,          ACTION_COMPLETE,      LAST_DENIED,   STATE_DENIED,    JUDGES | GUARD_RECORDS },
	{ STATE_IN_STAGE, RESPOND,       ACTION_ACCEPT,        ANY_STAGE,     STATE_ALTERNATIVE_ACCEPTED, JUDGES },
	{ STATE_IN_STAGE, RESPOND,       ACTION_DECLINE,       NOT_LAST,      STATE_IN_STAGE,  JUDGES },
	{ STATE_IN_STAGE, DECIDE,        ACTION_FIND,          ANY_STAGE,     STATE_IN_STAGE,  JUDGES },
	{ STATE_IN_STAGE, DECIDE,        ACTION_VOTE,          ANY_STAGE,     STATE_IN_STAGE,  VOTES | GUARD_SEAT },
	{ STATE_IN_STAGE, DECIDE,        ACTION_APPROVE,       NOT_LAST,      STATE_IN_STAGE,  CLOSES | GUARD_FOR },
	{ STATE_IN_STAGE, DECIDE,        ACTION_APPROVE,       LAST,          STATE_APPROVED,  CLOSES | GUARD_FOR },
	{ STATE_IN_STAGE, DECIDE,        ACTION_DENY,          NOT_LAST,      STATE_IN_STAGE,  CLOSES | GUARD_AGAINST },
	{ STATE_IN_STAGE, DECIDE,        ACTION_DENY,          LAST,          STATE_DENIED,    CLOSES | GUARD_AGAINST },
	{ STATE_IN_STAGE, JUDGED,        ACTION_RETURN,        ANY_STAGE,     STATE_RETURNED,  JUDGES | GUARD_NOT_LOCKED },
	{ STATE_IN_STAGE, LETTER,        ACTION_WRITE_LETTER,  ANY_STAGE,     STATE_IN_STAGE,  JUDGES | GUARD_UNSENT },
	{ STATE_IN_STAGE, LETTER,        ACTION_REVIEW_LETTER, ANY_STAGE,     STATE_IN_STAGE,  JUDGES | GUARD_UNSENT | GUARD_DRAFTED | GUARD_NOT_DRAFTER },
	{ STATE_IN_STAGE, LETTER,        ACTION_SEND_LETTER,   ANY_STAGE,     STATE_IN_STAGE,  JUDGES | GUARD_UNSENT | GUARD_DRAFTED | GUARD_REVIEWED },
	{ STATE_IN_STAGE, LETTER,        ACTION_COMPLETE,      NOT_LAST,      STATE_IN_STAGE,  JUDGES | GUARD_SENT },
	{ STATE_IN_STAGE, LETTER,        ACTION_COMPLETE,      LAST_APPROVED, STATE_APPROVED,  JUDGES | GUARD_SENT },
	{ STATE_IN_STAGE, LETTER,        ACTION_COMPLETE,      LAST_DENIED,   STATE_DENIED,    JUDGES | GUARD_SENT },
	{ STATE_IN_STAGE, EVERY & ~FORM, ACTION_AMEND,         ANY_STAGE,     STATE_RETURNED,  ASKS | GUARD_NOT_LOCKED },
	{ STATE_IN_STAGE, EVERY,         ACTION_WITHDRAW,      ANY_STAGE,     STATE_WITHDRAWN, ASKS | GUARD_NOT_LOCKED },
	{ STATE_RETURNED, 0,             ACTION_EDIT,          ANY_STAGE,     STATE_RETURNED,  ASKS },
	{ STATE_RETURNED, 0,             ACTION_RESUBMIT,      ANY_STAGE,     STATE_IN_STAGE,  ASKS | GUARD_ASSET_OWNER },
	{ STATE_RETURNED, 0,             ACTION_WITHDRAW,      ANY_STAGE,     STATE_WITHDRAWN, ASKS },
	{ STATE_APPROVED, 0,             ACTION_IMPLEMENT,     ANY_STAGE,     STATE_APPROVED,  GUARD_PARTY | GUARD_IMPLEMENTS },
};
#define NSTEPS (sizeof(steps) / sizeof(steps[0]))

/* Who-guards come first: a stranger learns nothing about the rest. */
static const struct guard_row {
	enum guard guard;
	enum err_kind kind;
	const char *name;
	const char *reason;
} guard_rows[] = {
	{ GUARD_REQUESTER,       ERR_FORBIDDEN,    "requester",       "Only the requester can do this." },
	{ GUARD_PARTY,           ERR_FORBIDDEN,    "party",           "Only the requester or the owner can do this." },
	{ GUARD_MAY_REQUEST,     ERR_FORBIDDEN,    "may-request",     "Your role does not include asking for exceptions." },
	{ GUARD_FOUR_EYES,       ERR_FORBIDDEN,    "four-eyes",       "You asked for this exception, own it, benefit from it or edited it, or act for somebody who did or who acts for you. Somebody else must decide." },
	{ GUARD_HOLDER,          ERR_FORBIDDEN,    "holder",          "This stage waits for another role." },
	{ GUARD_VOTER,           ERR_FORBIDDEN,    "voter",           "You have no vote in this stage." },
	{ GUARD_NOT_SELF_MAPPED, ERR_FORBIDDEN,    "not-self-mapped", "You gave yourself this role. Somebody else must decide." },
	{ GUARD_ONE_HAT,         ERR_FORBIDDEN,    "one-hat",         "You have acted before in a way that excludes this: in an earlier stage, or by a signature. Somebody else must act here." },
	{ GUARD_ASSET_OWNER,     ERR_FORBIDDEN,    "asset-owner",     "Only the recorded owner of the asset can ask for this exception." },
	{ GUARD_NOT_LOCKED,      ERR_STEP_REFUSED, "not-locked",      "It has been decided; only the rest of the procedure is left." },
	{ GUARD_IMPLEMENTS,      ERR_STEP_REFUSED, "implements",      "There is nothing to be recorded as put in place." },
	{ GUARD_SEAT,            ERR_STEP_REFUSED, "seat",            "No vote is left to be cast." },
	{ GUARD_FINDINGS,        ERR_STEP_REFUSED, "findings",        "Record every finding first, then decide." },
	{ GUARD_VOTES,           ERR_STEP_REFUSED, "votes",           "Not enough votes yet: the stage can be closed when the others have voted." },
	{ GUARD_FOR,             ERR_STEP_REFUSED, "for",             "The votes do not allow an approval." },
	{ GUARD_AGAINST,         ERR_STEP_REFUSED, "against",         "The votes do not allow a denial." },
	{ GUARD_RECORDS,         ERR_STEP_REFUSED, "records",         "Record everything this stage asks for first." },
	{ GUARD_UNSENT,          ERR_STEP_REFUSED, "unsent",          "The letter has been sent; it cannot change any more." },
	{ GUARD_DRAFTED,         ERR_STEP_REFUSED, "drafted",         "Write the letter first." },
	{ GUARD_NOT_DRAFTER,     ERR_FORBIDDEN,    "not-drafter",     "You wrote the letter. Somebody else must review it." },
	{ GUARD_REVIEWED,        ERR_STEP_REFUSED, "reviewed",        "Somebody else must review the letter first." },
	{ GUARD_SENT,            ERR_STEP_REFUSED, "sent",            "Send the letter first." },
};
#define NGUARDS (sizeof(guard_rows) / sizeof(guard_rows[0]))
/* clang-format on */

static bool
is_involved(const struct facts *f)
{
	return f->is_requester || f->is_owner || f->is_beneficiary ||
	    f->is_editor || f->is_delegate_of_party;
}

/* Guards of who somebody is. */
static bool
who_holds(enum guard g, const struct facts *f, enum action action)
{
	if (g == GUARD_REQUESTER)
		return f->is_requester;
	if (g == GUARD_PARTY)
		return f->is_requester || f->is_owner;
	if (g == GUARD_MAY_REQUEST)
		return f->may_request;
	if (g == GUARD_FOUR_EYES)
		return !is_involved(f);
	if (g == GUARD_HOLDER)
		return f->is_holder;
	if (g == GUARD_VOTER)
		return f->takes_votes && f->is_voter;
	if (g == GUARD_NOT_SELF_MAPPED)
		return action == ACTION_VOTE ? !f->is_voter_self_mapped :
					       !f->is_self_mapped;
	if (g == GUARD_ONE_HAT)
		return !f->has_other_hat &&
		    (action == ACTION_VOTE || !f->has_signed);
	if (g == GUARD_ASSET_OWNER)
		return f->is_asset_owner;
	return g != GUARD_NOT_DRAFTER || !f->is_drafter;
}

static bool
guard_holds(enum guard g, const struct facts *f, enum action action)
{
	switch (g) {
	case GUARD_FINDINGS:
		return f->findings_complete;
	case GUARD_SEAT:
		return f->has_seat;
	case GUARD_VOTES:
		return f->votes_complete;
	case GUARD_FOR:
		return f->votes_for;
	case GUARD_AGAINST:
		return f->votes_against;
	case GUARD_NOT_LOCKED:
		return !f->is_locked;
	case GUARD_RECORDS:
		return f->records_complete;
	case GUARD_DRAFTED:
		return f->has_letter;
	case GUARD_REVIEWED:
		return f->letter_reviewed;
	case GUARD_SENT:
		return f->letter_sent;
	case GUARD_UNSENT:
		return !f->letter_sent;
	case GUARD_IMPLEMENTS:
		return f->implementation_owed;
	case GUARD_REQUESTER:
	case GUARD_HOLDER:
	case GUARD_FOUR_EYES:
	case GUARD_NOT_SELF_MAPPED:
	case GUARD_ASSET_OWNER:
	case GUARD_MAY_REQUEST:
	case GUARD_VOTER:
	case GUARD_ONE_HAT:
	case GUARD_NOT_DRAFTER:
	case GUARD_PARTY:
		break;
	}
	return who_holds(g, f, action);
}

/* Is there a stage after the act? */
static bool
goes_on(enum action action, const struct facts *f)
{
	return action == ACTION_DENY ? f->more_if_denied : f->more;
}

static bool
place_fits(enum place place, enum action action, const struct facts *f)
{
	switch (place) {
	case NOT_LAST:
		return goes_on(action, f);
	case LAST:
		return !goes_on(action, f);
	case LAST_APPROVED:
		return !goes_on(action, f) && f->decided == VERDICT_APPROVE;
	case LAST_DENIED:
		return !goes_on(action, f) && f->decided == VERDICT_DENY;
	case ANY_STAGE:
		break;
	}
	return true;
}

static bool
kind_fits(const struct step *s, enum stage_kind kind)
{
	return s->kinds == 0 || (s->kinds & KIND(kind)) != 0;
}

static const struct step *
find_step(enum request_state from, enum action action, const struct facts *f)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		const struct step *s = &steps[i];

		if (s->from == from && s->action == action &&
		    kind_fits(s, f->kind) && place_fits(s->place, action, f))
			return s;
	}
	return NULL;
}

static const struct guard_row *
first_failed(const struct step *s, const struct facts *facts)
{
	for (size_t i = 0; i < NGUARDS; i++) {
		if ((s->guards & guard_rows[i].guard) != 0 &&
		    !guard_holds(guard_rows[i].guard, facts, s->action))
			return &guard_rows[i];
	}
	return NULL;
}

enum ruling
workflow_step(enum request_state from, enum action action,
    const struct facts *facts, enum request_state *to, enum guard *failed)
{
	const struct step *s = find_step(from, action, facts);
	const struct guard_row *g;

	if (s == NULL)
		return RULING_NO_SUCH_STEP;
	g = first_failed(s, facts);
	if (g != NULL) {
		if (failed != NULL)
			*failed = g->guard;
		return RULING_REFUSED;
	}
	if (to != NULL)
		*to = s->to;
	return RULING_OK;
}

static const char *
no_such_step(enum request_state from, const struct facts *f)
{
	if (workflow_is_terminal(from))
		return "The request has its outcome; it cannot change any more.";
	if (from == STATE_DRAFT)
		return "The request has not been sent for approval yet.";
	if (from == STATE_RETURNED)
		return "The request waits for its requester.";
	if (f->kind == STAGE_FORM)
		return "The request waits for the requester's form.";
	if (f->is_locked)
		return "It has been decided; only the rest of the procedure is left.";
	return f->kind == STAGE_DECIDE ?
	    "The request is being decided." :
	    "The procedure does not ask for this now.";
}

const char *
workflow_reason(enum request_state from, enum action action,
    const struct facts *facts)
{
	const struct step *s = find_step(from, action, facts);
	const struct guard_row *g;

	if (s == NULL)
		return no_such_step(from, facts);
	g = first_failed(s, facts);
	return g != NULL ? g->reason : NULL;
}

int
workflow_check(enum request_state from, enum action action,
    const struct facts *facts, enum request_state *to, struct err *e)
{
	const struct step *s = find_step(from, action, facts);
	const struct guard_row *g;

	if (s == NULL)
		return err_set(e, ERR_STEP_REFUSED, "%s",
		    no_such_step(from, facts));
	g = first_failed(s, facts);
	if (g != NULL)
		return err_set(e, g->kind, "%s", g->reason);
	*to = s->to;
	return 0;
}

bool
workflow_knows(enum request_state from, enum action action,
    enum stage_kind kind)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		if (steps[i].from == from && steps[i].action == action &&
		    kind_fits(&steps[i], kind))
			return true;
	}
	return false;
}

bool
workflow_is_terminal(enum request_state s)
{
	return s == STATE_APPROVED || s == STATE_DENIED ||
	    s == STATE_WITHDRAWN || s == STATE_ALTERNATIVE_ACCEPTED;
}

bool
action_is_deciding(enum action a)
{
	return a == ACTION_APPROVE || a == ACTION_DENY || a == ACTION_RETURN ||
	    a == ACTION_ACCEPT || a == ACTION_DECLINE;
}

enum action
action_of_verdict(enum verdict v)
{
	switch (v) {
	case VERDICT_APPROVE:
		return ACTION_APPROVE;
	case VERDICT_DENY:
		return ACTION_DENY;
	case VERDICT_RETURN:
		return ACTION_RETURN;
	case VERDICT_ACCEPT:
		return ACTION_ACCEPT;
	case VERDICT_DECLINE:
		return ACTION_DECLINE;
	case VERDICT__INVALID:
	case VERDICT__MAX:
		break;
	}
	return ACTION__INVALID;
}

static void
print_guards(struct buf *out, const struct step *s, const char *between)
{
	const char *sep = "";

	for (size_t g = 0; g < NGUARDS; g++) {
		if ((s->guards & guard_rows[g].guard) == 0)
			continue;
		buf_printf(out, "%s%s", sep, guard_rows[g].name);
		sep = between;
	}
}

static void
print_kinds(struct buf *out, unsigned kinds)
{
	const char *sep = "";

	if (kinds == EVERY) {
		buf_str(out, "every");
		return;
	}
	for (int k = 1; k < STAGE_KIND__MAX; k++) {
		if ((kinds & KIND(k)) == 0)
			continue;
		buf_printf(out, "%s%s", sep, stage_kind_names[k]);
		sep = ",";
	}
}

static const char *const place_names[] = { "", "not the last", "the last",
	"the last, approved", "the last, denied" };

void
workflow_print(struct buf *out)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		const struct step *s = &steps[i];

		buf_printf(out, "%-8s %-13s -> %s",
		    request_state_names[s->from], action_names[s->action],
		    request_state_names[s->to]);
		if (s->kinds != 0) {
			buf_str(out, "  stage ");
			print_kinds(out, s->kinds);
		}
		if (s->place != ANY_STAGE)
			buf_printf(out, " (%s)", place_names[s->place]);
		buf_str(out, "\n         ");
		print_guards(out, s, " ");
		buf_char(out, '\n');
	}
}

/* The people there are, each with nothing else in the way. */
static const struct {
	const char *name;
	struct facts is;
} people[] = {
	{ "requester", { .is_requester = true, .may_request = true } },
	{ "owner", { .is_owner = true, .is_holder = true, .is_voter = true } },
	{ "beneficiary",
	    { .is_beneficiary = true, .is_holder = true, .is_voter = true } },
	{ "editor",
	    { .is_editor = true, .is_holder = true, .is_voter = true } },
	{ "holder", { .is_holder = true } },
	{ "voter", { .is_voter = true } },
	{ "stranger", { .may_request = true } },
};

/* Everything else that the row asks for holds. */
static struct facts
ready(const struct step *s, enum stage_kind kind, const struct facts *person)
{
	struct facts f = *person;

	f.kind = kind;
	f.findings_complete = f.is_asset_owner = f.takes_votes = true;
	f.has_seat = f.votes_complete = f.votes_for = f.votes_against = true;
	f.records_complete = f.has_letter = f.letter_reviewed = true;
	f.letter_sent = s->action == ACTION_COMPLETE;
	f.implementation_owed = true;
	f.more = f.more_if_denied = s->place == NOT_LAST;
	f.decided = s->place == LAST_DENIED ? VERDICT_DENY : VERDICT_APPROVE;
	return f;
}

/* A row in one kind of stage: where it leads, what it needs, and what it
 * says to each kind of person. */
static void
print_cell(struct buf *out, const struct step *s, enum stage_kind kind)
{
	buf_printf(out, "%s%s%s %s -> %s", request_state_names[s->from],
	    kind != STAGE_KIND__INVALID ? " " : "",
	    kind != STAGE_KIND__INVALID ? stage_kind_names[kind] : "",
	    action_names[s->action], request_state_names[s->to]);
	if (s->place != ANY_STAGE)
		buf_printf(out, " (%s)", place_names[s->place]);
	buf_str(out, "\n    needs ");
	print_guards(out, s, ", ");
	buf_str(out, "\n   ");
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		const struct facts f = ready(s, kind, &people[i].is);
		const struct guard_row *g = first_failed(s, &f);

		buf_printf(out, " %s: %s%s", people[i].name,
		    g == NULL ? "may" : g->name,
		    i + 1 < sizeof(people) / sizeof(people[0]) ? "," : "\n");
	}
}

void
workflow_print_product(struct buf *out)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		const struct step *s = &steps[i];

		if (s->kinds == 0)
			print_cell(out, s, STAGE_KIND__INVALID);
		for (int k = 1; s->kinds != 0 && k < STAGE_KIND__MAX; k++) {
			if ((s->kinds & KIND(k)) != 0)
				print_cell(out, s, (enum stage_kind)k);
		}
	}
}

void
workflow_draw(struct buf *out)
{
	buf_str(out, "digraph workflow {\n\trankdir=LR;\n");
	for (size_t i = 0; i < NSTEPS; i++) {
		const struct step *s = &steps[i];

		buf_printf(out, "\t%s -> %s [label=\"%s\\n",
		    request_state_names[s->from], request_state_names[s->to],
		    action_names[s->action]);
		print_guards(out, s, "\\n");
		buf_str(out, "\"];\n");
	}
	buf_str(out, "}\n");
}
