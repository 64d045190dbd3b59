/*
 * The table against rules written a second time, in another way: every
 * state, action and combination of facts.
 */
#include "support/test.h"

#include "domain/workflow.h"
#include "support/golden.h"

/* Tries of each state, action and kind of stage, with facts at random. */
#define TRIES 600u

/* xorshift: the same facts in every run. */
static uint64_t
next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* Mostly true, so that the last guards are reached as well. */
static bool
mostly(uint64_t *seed, bool usual)
{
	return next_random(seed) % 5 == 0 ? !usual : usual;
}

static struct facts
some_facts(uint64_t *seed, enum stage_kind kind)
{
	bool asks = next_random(seed) % 2;

	return (struct facts){
		.is_requester = mostly(seed, asks),
		.is_owner = mostly(seed, false),
		.is_beneficiary = mostly(seed, false),
		.is_editor = mostly(seed, false),
		.is_delegate_of_party = mostly(seed, false),
		.is_holder = mostly(seed, true),
		.is_self_mapped = mostly(seed, false),
		.is_voter = mostly(seed, true),
		.is_voter_self_mapped = mostly(seed, false),
		.findings_complete = mostly(seed, true),
		.is_asset_owner = mostly(seed, true),
		.may_request = mostly(seed, true),
		.kind = kind,
		.more = next_random(seed) % 2,
		.more_if_denied = next_random(seed) % 2,
		.decided = (enum verdict)(next_random(seed) % 3),
		.is_locked = mostly(seed, false),
		.has_other_hat = mostly(seed, false),
		.has_signed = mostly(seed, false),
		.takes_votes = mostly(seed, true),
		.has_seat = mostly(seed, true),
		.votes_complete = mostly(seed, true),
		.votes_for = mostly(seed, true),
		.votes_against = mostly(seed, true),
		.records_complete = mostly(seed, true),
		.has_letter = mostly(seed, true),
		.is_drafter = next_random(seed) % 2,
		.letter_reviewed = next_random(seed) % 2,
		.letter_sent = next_random(seed) % 2,
		.implementation_owed = mostly(seed, true),
	};
}

/* Nobody stands in the way: for reachability. */
static struct facts
willing(bool requester, bool more, enum verdict decided, enum stage_kind kind)
{
	return (struct facts){
		.is_requester = requester,
		.is_holder = !requester,
		.is_voter = !requester,
		.findings_complete = true,
		.is_asset_owner = true,
		.may_request = true,
		.kind = kind,
		.more = more,
		.more_if_denied = more,
		.decided = decided,
		.takes_votes = true,
		.has_seat = true,
		.votes_complete = true,
		.votes_for = true,
		.votes_against = true,
		.records_complete = true,
		.has_letter = true,
		.letter_reviewed = true,
		.letter_sent = true,
		.implementation_owed = true,
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
	return f->is_holder && !f->is_self_mapped && is_uninvolved(f) &&
	    !f->has_other_hat && !f->has_signed;
}

static bool
may_ask(const struct facts *f)
{
	return f->is_requester && f->may_request;
}

static const enum request_state no_way = REQUEST_STATE__INVALID;

static enum request_state
leads(bool may, enum request_state to)
{
	return may ? to : no_way;
}

/* What a stage that is left leads to, after what was decided. */
static enum request_state
after(bool more, enum verdict v)
{
	if (more)
		return STATE_IN_STAGE;
	if (v == VERDICT_APPROVE)
		return STATE_APPROVED;
	return leads(v == VERDICT_DENY, STATE_DENIED);
}

static bool
is_work(enum stage_kind k)
{
	return k == STAGE_ASSESS || k == STAGE_MEET || k == STAGE_DOCUMENT ||
	    k == STAGE_FILE;
}

static enum request_state
ruled_outside(enum request_state from, enum action action,
    const struct facts *f)
{
	if (from == STATE_APPROVED)
		return leads(action == ACTION_IMPLEMENT &&
			(f->is_requester || f->is_owner) &&
			f->implementation_owed,
		    STATE_APPROVED);
	if (!may_ask(f) || (from != STATE_DRAFT && from != STATE_RETURNED))
		return no_way;
	if (action == ACTION_EDIT)
		return from;
	if (action == ACTION_DISCARD)
		return leads(from == STATE_DRAFT, STATE_WITHDRAWN);
	if (action == ACTION_WITHDRAW)
		return leads(from == STATE_RETURNED, STATE_WITHDRAWN);
	if (action == (from == STATE_DRAFT ? ACTION_SUBMIT : ACTION_RESUBMIT))
		return leads(f->is_asset_owner, STATE_IN_STAGE);
	return no_way;
}

static enum request_state
ruled_asking(enum action action, const struct facts *f)
{
	bool form = f->kind == STAGE_FORM;

	if (!may_ask(f))
		return no_way;
	if (action == ACTION_EDIT)
		return leads(form, STATE_IN_STAGE);
	if (action == ACTION_SUBMIT)
		return leads(form && f->is_asset_owner && f->more,
		    STATE_IN_STAGE);
	if (action == ACTION_AMEND)
		return leads(!form && !f->is_locked, STATE_RETURNED);
	return leads(action == ACTION_WITHDRAW && !f->is_locked,
	    STATE_WITHDRAWN);
}

static enum request_state
ruled_deciding(enum action action, const struct facts *f)
{
	bool ready = f->findings_complete && f->votes_complete;

	if (action == ACTION_FIND)
		return STATE_IN_STAGE;
	if (action == ACTION_APPROVE && ready && f->votes_for)
		return after(f->more, VERDICT_APPROVE);
	if (action == ACTION_DENY && ready && f->votes_against)
		return after(f->more_if_denied, VERDICT_DENY);
	return no_way;
}

static enum request_state
ruled_letter(enum action action, const struct facts *f)
{
	if (action == ACTION_COMPLETE)
		return f->letter_sent ? after(f->more, f->decided) : no_way;
	if (f->letter_sent)
		return no_way;
	if (action == ACTION_WRITE_LETTER)
		return STATE_IN_STAGE;
	if (action == ACTION_REVIEW_LETTER)
		return leads(f->has_letter && !f->is_drafter, STATE_IN_STAGE);
	return leads(action == ACTION_SEND_LETTER && f->has_letter &&
		f->letter_reviewed,
	    STATE_IN_STAGE);
}

static enum request_state
ruled_judging(enum action action, const struct facts *f)
{
	if (action == ACTION_RETURN)
		return leads(!f->is_locked && f->kind != STAGE_FORM &&
			f->kind != STAGE_LETTER && f->kind != STAGE_DOCUMENT &&
			f->kind != STAGE_FILE,
		    STATE_RETURNED);
	if (f->kind == STAGE_DECIDE)
		return ruled_deciding(action, f);
	if (f->kind == STAGE_LETTER)
		return ruled_letter(action, f);
	if (is_work(f->kind) && action == ACTION_RECORD)
		return STATE_IN_STAGE;
	if (is_work(f->kind) && action == ACTION_COMPLETE &&
	    f->records_complete)
		return after(f->more, f->decided);
	if (f->kind == STAGE_RESPOND && action == ACTION_ACCEPT)
		return STATE_ALTERNATIVE_ACCEPTED;
	return leads(f->kind == STAGE_RESPOND && action == ACTION_DECLINE &&
		f->more,
	    STATE_IN_STAGE);
}

/* Where the rules lead, or REQUEST_STATE__INVALID: refused. */
static enum request_state
ruled(enum request_state from, enum action action, const struct facts *f)
{
	enum request_state to;

	if (from != STATE_IN_STAGE)
		return ruled_outside(from, action, f);
	if (f->kind <= STAGE_KIND__INVALID || f->kind >= STAGE_KIND__MAX)
		return no_way;
	if (action == ACTION_VOTE)
		return leads(f->kind == STAGE_DECIDE && f->takes_votes &&
			f->is_voter && !f->is_voter_self_mapped &&
			is_uninvolved(f) && !f->has_other_hat && f->has_seat,
		    STATE_IN_STAGE);
	to = ruled_asking(action, f);
	if (to != no_way)
		return to;
	return may_judge(f) ? ruled_judging(action, f) : no_way;
}

static void
check_cell(enum request_state from, enum action action, const struct facts *f)
{
	enum request_state want = ruled(from, action, f);
	enum request_state to = REQUEST_STATE__INVALID;
	enum request_state checked = REQUEST_STATE__INVALID;
	struct err e = { 0 };
	bool ok = workflow_step(from, action, f, &to, NULL) == RULING_OK;
	bool also_ok = workflow_check(from, action, f, &checked, &e) == 0;
	const char *reason = workflow_reason(from, action, f);
	bool agree = ok == also_ok && to == checked && ok == (reason == NULL) &&
	    ok == (e.kind == ERR_NONE);

	if (to == want && agree && (ok || strcmp(e.detail, reason) == 0) &&
	    (!ok || workflow_knows(from, action, f->kind)))
		return;
	print_error("state %d, action %d, stage %d: to %d, not %d\n", (int)from,
	    (int)action, (int)f->kind, (int)to, (int)want);
	fail();
}

/* Calls each state, action and kind of stage with facts at random. */
static void
for_all(void (*check)(enum request_state, enum action, const struct facts *))
{
	uint64_t seed = 88172645463325252u;

	for (int s = 1; s < REQUEST_STATE__MAX; s++) {
		for (int a = 1; a < ACTION__MAX; a++) {
			for (unsigned t = 0; t < TRIES; t++) {
				const struct facts f = some_facts(&seed,
				    (enum stage_kind)(t % STAGE_KIND__MAX));

				check((enum request_state)s, (enum action)a,
				    &f);
			}
		}
	}
}

static void
test_workflow__the_whole_product_follows_the_rules(void **state)
{
	(void)state;
	for_all(check_cell);
}

static void
check_exit(enum request_state from, enum action action, const struct facts *f)
{
	enum request_state to;

	if (workflow_is_terminal(from) &&
	    workflow_step(from, action, f, &to, NULL) == RULING_OK)
		assert_int_equal(to, from);
}

static void
test_workflow__terminal_states_have_no_exits(void **state)
{
	size_t terminal = 0;

	(void)state;
	for_all(check_exit);
	for (int s = 1; s < REQUEST_STATE__MAX; s++)
		terminal += workflow_is_terminal((enum request_state)s);
	assert_int_equal(terminal, 4);
}

/* What willing people reach from that state. */
static void
spread(enum request_state from, bool *seen)
{
	for (int k = 0; k < ACTION__MAX * STAGE_KIND__MAX * 12; k++) {
		enum request_state to;
		const struct facts f =
		    willing(k & 1, k & 2, (enum verdict)(k / 4 % 3),
			(enum stage_kind)(k / 12 % STAGE_KIND__MAX));

		if (workflow_step(from, (enum action)(k / 12 / STAGE_KIND__MAX),
			&f, &to, NULL) == RULING_OK)
			seen[to] = true;
	}
}

/* From the draft, by willing people, to every state; submitted is kept for
 * procedures with an intake. */
static void
test_workflow__every_state_is_reached(void **state)
{
	bool seen[REQUEST_STATE__MAX] = { false };

	(void)state;
	seen[STATE_DRAFT] = true;
	for (int round = 0; round < REQUEST_STATE__MAX; round++) {
		for (int s = 1; s < REQUEST_STATE__MAX; s++) {
			if (seen[s])
				spread((enum request_state)s, seen);
		}
	}
	for (int s = 1; s < REQUEST_STATE__MAX; s++)
		CHECK_ROW(s, seen[s] == (s != STATE_SUBMITTED));
}

static bool
is_judging(enum action a)
{
	return action_is_deciding(a) || a == ACTION_FIND || a == ACTION_VOTE ||
	    a == ACTION_RECORD || a == ACTION_COMPLETE ||
	    a == ACTION_WRITE_LETTER || a == ACTION_REVIEW_LETTER ||
	    a == ACTION_SEND_LETTER;
}

/* Rule 2 of the model: no way around it, whatever else is true. C-13: nor
 * around two hats. */
static void
check_judge(enum request_state from, enum action action, const struct facts *f)
{
	if (!is_judging(action) ||
	    workflow_step(from, action, f, NULL, NULL) != RULING_OK)
		return;
	assert_true(is_uninvolved(f));
	assert_false(f->has_other_hat);
	assert_true(action == ACTION_VOTE ? f->is_voter : f->is_holder);
	assert_false(action == ACTION_VOTE ? f->is_voter_self_mapped :
					     f->is_self_mapped);
}

static void
test_workflow__nobody_involved_decides(void **state)
{
	(void)state;
	for_all(check_judge);
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
#define DECIDE .kind = STAGE_DECIDE, .votes_complete = true, .votes_for = true, .votes_against = true
#define HOLDS  DECIDE, .is_holder = true
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
	{ STATE_IN_STAGE, ACTION_APPROVE, { HOLDS }, GUARD_FINDINGS, ERR_STEP_REFUSED, "Record every finding" },
	{ STATE_IN_STAGE, ACTION_DENY, { HOLDS }, GUARD_FINDINGS, ERR_STEP_REFUSED, "Record every finding" },
	/* V-14: the involvement is named before the missing role */
	{ STATE_IN_STAGE, ACTION_APPROVE, { DECIDE, .is_requester = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	{ STATE_IN_STAGE, ACTION_APPROVE, { HOLDS, .is_owner = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	{ STATE_IN_STAGE, ACTION_DENY, { HOLDS, .is_beneficiary = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	{ STATE_IN_STAGE, ACTION_RETURN, { HOLDS, .is_delegate_of_party = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	{ STATE_IN_STAGE, ACTION_RETURN, { HOLDS, .is_editor = true }, GUARD_FOUR_EYES, ERR_FORBIDDEN, "Somebody else must decide" },
	/* decisions 12 */
	{ STATE_IN_STAGE, ACTION_APPROVE, { HOLDS, .is_self_mapped = true }, GUARD_NOT_SELF_MAPPED, ERR_FORBIDDEN, "gave yourself" },
	{ STATE_IN_STAGE, ACTION_FIND, { DECIDE }, GUARD_HOLDER, ERR_FORBIDDEN, "another role" },
	/* C-13 */
	{ STATE_IN_STAGE, ACTION_APPROVE, { HOLDS, .has_other_hat = true }, GUARD_ONE_HAT, ERR_FORBIDDEN, "earlier stage" },
	/* M-16, M-32 */
	{ STATE_IN_STAGE, ACTION_APPROVE, { .kind = STAGE_DECIDE, .is_holder = true, .findings_complete = true }, GUARD_VOTES, ERR_STEP_REFUSED, "Not enough votes" },
	{ STATE_IN_STAGE, ACTION_APPROVE, { .kind = STAGE_DECIDE, .is_holder = true, .findings_complete = true, .votes_complete = true }, GUARD_FOR, ERR_STEP_REFUSED, "do not allow an approval" },
	{ STATE_IN_STAGE, ACTION_VOTE, { HOLDS, .takes_votes = true }, GUARD_VOTER, ERR_FORBIDDEN, "no vote" },
	/* C-06, C-12 */
	{ STATE_IN_STAGE, ACTION_COMPLETE, { .kind = STAGE_MEET, .is_holder = true, .more = true }, GUARD_RECORDS, ERR_STEP_REFUSED, "Record everything" },
	/* C-17 */
	{ STATE_IN_STAGE, ACTION_COMPLETE, { .kind = STAGE_LETTER, .is_holder = true, .more = true }, GUARD_SENT, ERR_STEP_REFUSED, "Send the letter" },
	{ STATE_IN_STAGE, ACTION_SEND_LETTER, { .kind = STAGE_LETTER, .is_holder = true, .has_letter = true }, GUARD_REVIEWED, ERR_STEP_REFUSED, "review" },
	{ STATE_IN_STAGE, ACTION_REVIEW_LETTER, { .kind = STAGE_LETTER, .is_holder = true, .has_letter = true, .is_drafter = true }, GUARD_NOT_DRAFTER, ERR_FORBIDDEN, "You wrote" },
	/* V-08: not once it is decided */
	{ STATE_IN_STAGE, ACTION_AMEND, { .kind = STAGE_DOCUMENT, .is_requester = true, .may_request = true, .is_locked = true }, GUARD_NOT_LOCKED, ERR_STEP_REFUSED, "has been decided" },
	{ STATE_RETURNED, ACTION_RESUBMIT, { .may_request = true }, GUARD_REQUESTER, ERR_FORBIDDEN, "Only the requester" },
	{ STATE_DRAFT, ACTION_EDIT, { .is_requester = true }, GUARD_MAY_REQUEST, ERR_FORBIDDEN, "Your role" },
};

static const struct dead_end {
	enum request_state from;
	enum action action;
	enum stage_kind kind;
	const char *says;
} dead_ends[] = {
	/* V-13: a decision is not changed */
	{ STATE_APPROVED,  ACTION_DENY,     STAGE_KIND__INVALID, "has its outcome" },
	{ STATE_DENIED,    ACTION_APPROVE,  STAGE_KIND__INVALID, "has its outcome" },
	{ STATE_WITHDRAWN, ACTION_RESUBMIT, STAGE_KIND__INVALID, "has its outcome" },
	{ STATE_DRAFT,     ACTION_APPROVE,  STAGE_KIND__INVALID, "not been sent" },
	{ STATE_RETURNED,  ACTION_APPROVE,  STAGE_KIND__INVALID, "waits for its requester" },
	{ STATE_IN_STAGE,  ACTION_EDIT,     STAGE_DECIDE,        "is being decided" },
	/* C-10: before the decline the form is locked; C-12: no decision yet */
	{ STATE_IN_STAGE,  ACTION_EDIT,     STAGE_RESPOND,       "does not ask for this now" },
	{ STATE_IN_STAGE,  ACTION_APPROVE,  STAGE_MEET,          "does not ask for this now" },
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
	(void)state;
	for (size_t i = 0; i < sizeof(dead_ends) / sizeof(dead_ends[0]); i++) {
		const struct dead_end *d = &dead_ends[i];
		const struct facts all =
		    willing(false, true, VERDICT__INVALID, d->kind);
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
	buf_init(&b, &a);
	workflow_print_product(&b);
	golden_check("tests/golden/workflow_product.txt", buf_text(&b));
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
