/*
 * One row a step. Approve has two rows: the last stage gives the outcome,
 * an earlier one leads to the next stage.
 */
#include "domain/workflow.h"

#include <string.h>

/* clang-format off */
const char *const action_names[ACTION__MAX] = {
	NULL, "edit", "submit", "resubmit", "withdraw", "find", "approve", "deny", "return", "discard",
};

#define ASKS   (GUARD_REQUESTER | GUARD_MAY_REQUEST)
#define JUDGES (GUARD_HOLDER | GUARD_FOUR_EYES | GUARD_NOT_SELF_MAPPED)
enum place { ANY_STAGE, NOT_LAST, LAST };

static const struct step {
	enum request_state from;
	enum action action;
	enum place place;
	enum request_state to;
	unsigned guards;
} steps[] = {
	{ STATE_DRAFT,    ACTION_EDIT,     ANY_STAGE, STATE_DRAFT,     ASKS },
	{ STATE_DRAFT,    ACTION_SUBMIT,   ANY_STAGE, STATE_IN_STAGE,  ASKS | GUARD_ASSET_OWNER },
	{ STATE_DRAFT,    ACTION_DISCARD,  ANY_STAGE, STATE_WITHDRAWN, ASKS },
	{ STATE_IN_STAGE, ACTION_FIND,     ANY_STAGE, STATE_IN_STAGE,  JUDGES },
	{ STATE_IN_STAGE, ACTION_APPROVE,  NOT_LAST,  STATE_IN_STAGE,  JUDGES | GUARD_FINDINGS },
	{ STATE_IN_STAGE, ACTION_APPROVE,  LAST,      STATE_APPROVED,  JUDGES | GUARD_FINDINGS },
	{ STATE_IN_STAGE, ACTION_DENY,     ANY_STAGE, STATE_DENIED,    JUDGES | GUARD_FINDINGS },
	{ STATE_IN_STAGE, ACTION_RETURN,   ANY_STAGE, STATE_RETURNED,  JUDGES },
	{ STATE_IN_STAGE, ACTION_WITHDRAW, ANY_STAGE, STATE_WITHDRAWN, ASKS },
	{ STATE_RETURNED, ACTION_EDIT,     ANY_STAGE, STATE_RETURNED,  ASKS },
	{ STATE_RETURNED, ACTION_RESUBMIT, ANY_STAGE, STATE_IN_STAGE,  ASKS | GUARD_ASSET_OWNER },
	{ STATE_RETURNED, ACTION_WITHDRAW, ANY_STAGE, STATE_WITHDRAWN, ASKS },
};

/* Who-guards come first: a stranger learns nothing about the rest. */
static const struct guard_row {
	enum guard guard;
	enum err_kind kind;
	const char *reason;
} guard_rows[] = {
	{ GUARD_REQUESTER,       ERR_FORBIDDEN,    "Only the requester can do this." },
	{ GUARD_MAY_REQUEST,     ERR_FORBIDDEN,    "Your role does not include asking for exceptions." },
	{ GUARD_FOUR_EYES,       ERR_FORBIDDEN,    "You asked for this exception, own it, benefit from it or edited it, or act for somebody who did or who acts for you. Somebody else must decide." },
	{ GUARD_HOLDER,          ERR_FORBIDDEN,    "This stage waits for another role." },
	{ GUARD_NOT_SELF_MAPPED, ERR_FORBIDDEN,    "You gave yourself this role. Somebody else must decide." },
	{ GUARD_ASSET_OWNER,     ERR_FORBIDDEN,    "Only the recorded owner of the asset can ask for this exception." },
	{ GUARD_FINDINGS,        ERR_STEP_REFUSED, "Record every finding first, then decide." },
};
/* clang-format on */

static bool
guard_holds(enum guard g, const struct facts *f)
{
	switch (g) {
	case GUARD_REQUESTER:
		return f->is_requester;
	case GUARD_HOLDER:
		return f->is_holder;
	case GUARD_FOUR_EYES:
		return !f->is_requester && !f->is_owner && !f->is_beneficiary &&
		    !f->is_editor && !f->is_delegate_of_party;
	case GUARD_NOT_SELF_MAPPED:
		return !f->is_self_mapped;
	case GUARD_FINDINGS:
		return f->findings_complete;
	case GUARD_ASSET_OWNER:
		return f->is_asset_owner;
	case GUARD_MAY_REQUEST:
		return f->may_request;
	}
	return false;
}

static const struct step *
find_step(enum request_state from, enum action action, bool last)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		const struct step *s = &steps[i];

		if (s->from == from && s->action == action &&
		    (s->place == ANY_STAGE || (s->place == LAST) == last))
			return s;
	}
	return NULL;
}

static const struct guard_row *
first_failed(const struct step *s, const struct facts *facts)
{
	for (size_t i = 0; i < sizeof(guard_rows) / sizeof(guard_rows[0]);
	     i++) {
		if ((s->guards & guard_rows[i].guard) != 0 &&
		    !guard_holds(guard_rows[i].guard, facts))
			return &guard_rows[i];
	}
	return NULL;
}

enum ruling
workflow_step(enum request_state from, enum action action,
    const struct facts *facts, enum request_state *to, enum guard *failed)
{
	const struct step *s = find_step(from, action, facts->is_last_stage);
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
no_such_step(enum request_state from)
{
	if (workflow_is_terminal(from))
		return "The request has its outcome; it cannot change any more.";
	if (from == STATE_DRAFT)
		return "The request has not been sent for approval yet.";
	if (from == STATE_RETURNED)
		return "The request waits for its requester.";
	return "The request is being decided.";
}

const char *
workflow_reason(enum request_state from, enum action action,
    const struct facts *facts)
{
	const struct step *s = find_step(from, action, facts->is_last_stage);
	const struct guard_row *g;

	if (s == NULL)
		return no_such_step(from);
	g = first_failed(s, facts);
	return g != NULL ? g->reason : NULL;
}

int
workflow_check(enum request_state from, enum action action,
    const struct facts *facts, enum request_state *to, struct err *e)
{
	const struct step *s = find_step(from, action, facts->is_last_stage);
	const struct guard_row *g;

	if (s == NULL)
		return err_set(e, ERR_STEP_REFUSED, "%s", no_such_step(from));
	g = first_failed(s, facts);
	if (g != NULL)
		return err_set(e, g->kind, "%s", g->reason);
	*to = s->to;
	return 0;
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
	return a == ACTION_APPROVE || a == ACTION_DENY || a == ACTION_RETURN;
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
	case VERDICT__INVALID:
	case VERDICT__MAX:
		break;
	}
	return ACTION__INVALID;
}

static const char *
guard_name(enum guard g)
{
	switch (g) {
	case GUARD_REQUESTER:
		return "requester";
	case GUARD_HOLDER:
		return "holder";
	case GUARD_FOUR_EYES:
		return "four-eyes";
	case GUARD_NOT_SELF_MAPPED:
		return "not-self-mapped";
	case GUARD_FINDINGS:
		return "findings";
	case GUARD_ASSET_OWNER:
		return "asset-owner";
	case GUARD_MAY_REQUEST:
		return "may-request";
	}
	return "?";
}

static void
print_guards(struct buf *out, const struct step *s, const char *between)
{
	const char *sep = "";

	for (size_t g = 0; g < sizeof(guard_rows) / sizeof(guard_rows[0]);
	     g++) {
		if ((s->guards & guard_rows[g].guard) == 0)
			continue;
		buf_printf(out, "%s%s", sep, guard_name(guard_rows[g].guard));
		sep = between;
	}
}

void
workflow_print(struct buf *out)
{
	static const char *const places[] = { "", "not the last", "the last" };

	buf_printf(out, "%-10s %-9s %-10s %-12s %s\n", "from", "action", "to",
	    "stage", "guards");
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		const struct step *s = &steps[i];

		buf_printf(out, "%-10s %-9s %-10s %-12s ",
		    request_state_names[s->from], action_names[s->action],
		    request_state_names[s->to], places[s->place]);
		print_guards(out, s, " ");
		buf_char(out, '\n');
	}
}

void
workflow_draw(struct buf *out)
{
	buf_str(out, "digraph workflow {\n\trankdir=LR;\n");
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		const struct step *s = &steps[i];

		buf_printf(out, "\t%s -> %s [label=\"%s\\n",
		    request_state_names[s->from], request_state_names[s->to],
		    action_names[s->action]);
		print_guards(out, s, "\\n");
		buf_str(out, "\"];\n");
	}
	buf_str(out, "}\n");
}
