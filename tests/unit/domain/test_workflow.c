/*
 * The table against rules written a second time, in another way: every
 * state, action and combination of facts.
 */
#include "support/test.h"

#include "domain/workflow.h"
#include "support/golden.h"

#define NFACTS 11
#define COMBINATIONS (1u << NFACTS)

static struct facts
facts_of(unsigned bits)
{
	return (struct facts){
		.is_requester = bits & 0x001,
		.is_owner = bits & 0x002,
		.is_beneficiary = bits & 0x004,
		.is_editor = bits & 0x008,
		.is_holder = bits & 0x010,
		.is_self_mapped = bits & 0x020,
		.findings_complete = bits & 0x040,
		.is_asset_owner = bits & 0x080,
		.may_request = bits & 0x100,
		.is_last_stage = bits & 0x200,
		.is_delegate_of_party = bits & 0x400,
	};
}

/* Nobody stands in the way: for reachability. */
static struct facts
willing(bool requester, bool last)
{
	return (struct facts){
		.is_requester = requester,
		.is_holder = !requester,
		.findings_complete = true,
		.is_asset_owner = true,
		.may_request = true,
		.is_last_stage = last,
	};
}

/* The second writing: sentences of the model, not a table. */
static bool
is_uninvolved(const struct facts *f)
{
	return !f->is_requester && !f->is_owner && !f->is_beneficiary &&
	    !f->is_editor && !f->is_delegate_of_party;
}

static bool
may_judge(const struct facts *f)
{
	return f->is_holder && !f->is_self_mapped && is_uninvolved(f);
}

static bool
may_ask(const struct facts *f)
{
	return f->is_requester && f->may_request;
}

/* Where the rules lead, or REQUEST_STATE__INVALID: refused. */
static enum request_state
ruled(enum request_state from, enum action action, const struct facts *f)
{
	bool mine = from == STATE_DRAFT || from == STATE_RETURNED;

	if (action == ACTION_EDIT && mine && may_ask(f))
		return from;
	if (action == ACTION_SUBMIT && from == STATE_DRAFT && may_ask(f) &&
	    f->is_asset_owner)
		return STATE_IN_STAGE;
	if (action == ACTION_RESUBMIT && from == STATE_RETURNED && may_ask(f) &&
	    f->is_asset_owner)
		return STATE_IN_STAGE;
	if (action == ACTION_DISCARD && from == STATE_DRAFT && may_ask(f))
		return STATE_WITHDRAWN;
	if (action == ACTION_WITHDRAW &&
	    (from == STATE_IN_STAGE || from == STATE_RETURNED) && may_ask(f))
		return STATE_WITHDRAWN;
	if (from != STATE_IN_STAGE || !may_judge(f))
		return REQUEST_STATE__INVALID;
	if (action == ACTION_FIND)
		return STATE_IN_STAGE;
	if (action == ACTION_RETURN)
		return STATE_RETURNED;
	if (!f->findings_complete)
		return REQUEST_STATE__INVALID;
	if (action == ACTION_DENY)
		return STATE_DENIED;
	if (action == ACTION_APPROVE)
		return f->is_last_stage ? STATE_APPROVED : STATE_IN_STAGE;
	return REQUEST_STATE__INVALID;
}

static void
check_cell(enum request_state from, enum action action, unsigned bits)
{
	const struct facts f = facts_of(bits);
	enum request_state want = ruled(from, action, &f);
	enum request_state to = REQUEST_STATE__INVALID;
	enum request_state checked = REQUEST_STATE__INVALID;
	struct err e = { 0 };
	bool ok = workflow_step(from, action, &f, &to, NULL) == RULING_OK;
	bool also_ok = workflow_check(from, action, &f, &checked, &e) == 0;
	const char *reason = workflow_reason(from, action, &f);
	bool agree = ok == also_ok && to == checked && ok == (reason == NULL) &&
	    ok == (e.kind == ERR_NONE);

	if (to == want && agree && (ok || strcmp(e.detail, reason) == 0))
		return;
	print_error("state %d, action %d, facts 0x%x: to %d, not %d\n",
	    (int)from, (int)action, bits, (int)to, (int)want);
	fail();
}

static void
test_workflow__the_whole_product_follows_the_rules(void **state)
{
	(void)state;
	for (int s = 0; s <= REQUEST_STATE__MAX; s++)
		for (int a = 0; a <= ACTION__MAX; a++)
			for (unsigned bits = 0; bits < COMBINATIONS; bits++)
				check_cell((enum request_state)s,
				    (enum action)a, bits);
}

/* Is there any way at all? */
static bool
has_way(enum request_state from, enum action action)
{
	for (unsigned bits = 0; bits < COMBINATIONS; bits++) {
		const struct facts f = facts_of(bits);

		if (workflow_step(from, action, &f, NULL, NULL) == RULING_OK)
			return true;
	}
	return false;
}

static void
test_workflow__terminal_states_have_no_exits(void **state)
{
	size_t terminal = 0;

	(void)state;
	for (int s = 1; s < REQUEST_STATE__MAX; s++) {
		bool exits = false;

		for (int a = 1; a < ACTION__MAX; a++)
			exits = exits ||
			    has_way((enum request_state)s, (enum action)a);
		/* submitted is reserved: a procedure with an intake stage */
		if (s == STATE_SUBMITTED)
			assert_false(exits);
		else
			CHECK_ROW(s,
			    exits ==
				!workflow_is_terminal((enum request_state)s));
		terminal += workflow_is_terminal((enum request_state)s);
	}
	assert_int_equal(terminal, 4);
}

/*
 * From the draft, by willing people, to every state; submitted and
 * alternative_accepted are kept for procedures with more kinds of stages.
 */
static void
test_workflow__every_state_is_reached(void **state)
{
	bool seen[REQUEST_STATE__MAX] = { false };

	(void)state;
	seen[STATE_DRAFT] = true;
	for (int round = 0; round < REQUEST_STATE__MAX; round++) {
		for (int s = 1; s < REQUEST_STATE__MAX; s++) {
			for (int k = 0; seen[s] && k < ACTION__MAX * 4; k++) {
				const struct facts f = willing(k & 1, k & 2);
				enum request_state to;

				if (workflow_step((enum request_state)s,
					(enum action)(k / 4), &f, &to,
					NULL) == RULING_OK)
					seen[to] = true;
			}
		}
	}
	for (int s = 1; s < REQUEST_STATE__MAX; s++)
		CHECK_ROW(s,
		    seen[s] ==
			(s != STATE_SUBMITTED &&
			    s != STATE_ALTERNATIVE_ACCEPTED));
}

/* Rule 2 of the model: no way around it, whatever else is true. */
static void
test_workflow__nobody_involved_decides(void **state)
{
	static const enum action judging[] = { ACTION_FIND, ACTION_APPROVE,
		ACTION_DENY, ACTION_RETURN };

	(void)state;
	for (size_t i = 0; i < sizeof(judging) / sizeof(judging[0]); i++) {
		for (int s = 1; s < REQUEST_STATE__MAX; s++) {
			for (unsigned bits = 0; bits < COMBINATIONS; bits++) {
				const struct facts f = facts_of(bits);

				if (workflow_step((enum request_state)s,
					judging[i], &f, NULL,
					NULL) != RULING_OK)
					continue;
				CHECK_ROW(i, is_uninvolved(&f));
				CHECK_ROW(i, f.is_holder);
				CHECK_ROW(i, !f.is_self_mapped);
			}
		}
	}
}

static void
test_workflow__deciding_actions_are_the_verdicts(void **state)
{
	size_t deciding = 0;

	(void)state;
	for (int a = 0; a <= ACTION__MAX; a++)
		deciding += action_is_deciding((enum action)a);
	assert_int_equal(deciding, VERDICT__MAX - 1);
	for (int v = 1; v < VERDICT__MAX; v++) {
		enum action a = action_of_verdict((enum verdict)v);

		assert_true(action_is_deciding(a));
		assert_string_equal(action_names[a], verdict_names[v]);
	}
	assert_int_equal(action_of_verdict(VERDICT__INVALID), ACTION__INVALID);
	assert_int_equal(action_of_verdict(VERDICT__MAX), ACTION__INVALID);
}

/* clang-format off */
static const struct refusal {
	enum request_state from;
	enum action action;
	struct facts facts;
	enum guard failed;
	enum err_kind kind;
	const char *says;
} refusals[] = {
	/* V-07 */
	{ STATE_DRAFT, ACTION_SUBMIT, { .is_requester = true, .may_request = true }, GUARD_ASSET_OWNER, ERR_FORBIDDEN, "owner of the asset" },
	/* V-12 */
	{ STATE_IN_STAGE, ACTION_APPROVE, { .is_holder = true, .is_last_stage = true }, GUARD_FINDINGS, ERR_STEP_REFUSED, "Record every finding" },
	{ STATE_IN_STAGE, ACTION_DENY, { .is_holder = true }, GUARD_FINDINGS, ERR_STEP_REFUSED, "Record every finding" },
	/* V-14: the involvement is named before the missing role */
	{ STATE_IN_STAGE, ACTION_APPROVE, { .is_requester = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	{ STATE_IN_STAGE, ACTION_APPROVE, { .is_holder = true, .is_owner = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	{ STATE_IN_STAGE, ACTION_DENY, { .is_holder = true, .is_beneficiary = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	{ STATE_IN_STAGE, ACTION_RETURN, { .is_holder = true, .is_delegate_of_party = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	{ STATE_IN_STAGE, ACTION_RETURN, { .is_holder = true, .is_editor = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	/* decisions 12 */
	{ STATE_IN_STAGE, ACTION_APPROVE, { .is_holder = true, .is_self_mapped = true }, GUARD_NOT_SELF_MAPPED, ERR_FORBIDDEN, "gave yourself" },
	{ STATE_IN_STAGE, ACTION_FIND, { .is_last_stage = true }, GUARD_HOLDER, ERR_FORBIDDEN, "another role" },
	{ STATE_RETURNED, ACTION_RESUBMIT, { .may_request = true }, GUARD_REQUESTER, ERR_FORBIDDEN, "Only the requester" },
	{ STATE_DRAFT, ACTION_EDIT, { .is_requester = true }, GUARD_MAY_REQUEST, ERR_FORBIDDEN, "Your role" },
};

static const struct dead_end {
	enum request_state from;
	enum action action;
	const char *says;
} dead_ends[] = {
	/* V-13: a decision is not changed */
	{ STATE_APPROVED,  ACTION_DENY,     "has its outcome" },
	{ STATE_DENIED,    ACTION_APPROVE,  "has its outcome" },
	{ STATE_WITHDRAWN, ACTION_RESUBMIT, "has its outcome" },
	{ STATE_DRAFT,     ACTION_APPROVE,  "not been sent" },
	{ STATE_RETURNED,  ACTION_APPROVE,  "waits for its requester" },
	{ STATE_IN_STAGE,  ACTION_EDIT,     "is being decided" },
};
/* clang-format on */

static void
test_workflow__a_refusal_names_its_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		const struct refusal *r = &refusals[i];
		enum request_state to = STATE_DENIED;
		enum guard failed = (enum guard)0;
		struct err e = { 0 };

		CHECK_ROW(i,
		    workflow_step(r->from, r->action, &r->facts, &to,
			&failed) == RULING_REFUSED);
		CHECK_ROW(i, failed == r->failed);
		CHECK_ROW(i, to == STATE_DENIED);
		CHECK_ROW(i,
		    workflow_check(r->from, r->action, &r->facts, &to, &e) ==
			-1);
		CHECK_ROW(i, e.kind == r->kind);
		CHECK_ROW(i, strstr(e.detail, r->says) != NULL);
		CHECK_ROW(i, to == STATE_DENIED);
	}
}

static void
test_workflow__no_such_step_says_where_it_stands(void **state)
{
	const struct facts all = willing(false, true);

	(void)state;
	for (size_t i = 0; i < sizeof(dead_ends) / sizeof(dead_ends[0]); i++) {
		const struct dead_end *d = &dead_ends[i];
		enum request_state to;
		struct err e = { 0 };

		CHECK_ROW(i,
		    workflow_step(d->from, d->action, &all, NULL, NULL) ==
			RULING_NO_SUCH_STEP);
		CHECK_ROW(i,
		    workflow_check(d->from, d->action, &all, &to, &e) == -1);
		CHECK_ROW(i, e.kind == ERR_STEP_REFUSED);
		CHECK_ROW(i, strstr(e.detail, d->says) != NULL);
	}
}

static void
test_workflow__the_table_is_as_reviewed(void **state)
{
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	buf_init(&b, &a);
	workflow_print(&b);
	golden_check("tests/golden/workflow.txt", buf_text(&b));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_workflow__the_whole_product_follows_the_rules),
		cmocka_unit_test(test_workflow__terminal_states_have_no_exits),
		cmocka_unit_test(test_workflow__every_state_is_reached),
		cmocka_unit_test(test_workflow__nobody_involved_decides),
		cmocka_unit_test(
		    test_workflow__deciding_actions_are_the_verdicts),
		cmocka_unit_test(test_workflow__a_refusal_names_its_reason),
		cmocka_unit_test(
		    test_workflow__no_such_step_says_where_it_stands),
		cmocka_unit_test(test_workflow__the_table_is_as_reviewed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
