/* Which stage comes next, what a vote has come to, which records are owed. */
#include "support/test.h"

#include "domain/engine.h"
#include "domain/letter.h"

static const char *roles_both[] = { "manager", "compliance" };
static const char *topics[] = { "Background", "Risk" };
static const char *finance[] = { "finance" };

static struct completion quorum = { COMPLETION_QUORUM, NULL, 0, "chair", 3, 5 };
static struct completion signs = { COMPLETION_ALL, roles_both, 2, NULL,
	I64_NONE, I64_NONE };
static struct stage_condition high = { 15, I64_NONE, I64_NONE, NULL, 0 };
static struct stage_condition long_term = { I64_NONE, 180, I64_NONE, NULL, 0 };
static struct stage_condition renewed = { I64_NONE, I64_NONE, 2, NULL, 0 };
static struct stage_condition money = { I64_NONE, I64_NONE, I64_NONE, finance,
	1 };

/* clang-format off */
static struct stage stages[] = {
	{ .stage = "assess",   .kind = STAGE_ASSESS, .role = "smb" },
	{ .stage = "form",     .kind = STAGE_FORM },
	{ .stage = "risk",     .kind = STAGE_MEET, .role = "smb", .applies = &high },
	{ .stage = "long",     .kind = STAGE_MEET, .role = "smb", .applies = &long_term },
	{ .stage = "renewal",  .kind = STAGE_MEET, .role = "smb", .applies = &renewed },
	{ .stage = "money",    .kind = STAGE_MEET, .role = "smb", .applies = &money },
	{ .stage = "decide",   .kind = STAGE_DECIDE, .role = "iso" },
	{ .stage = "document", .kind = STAGE_DOCUMENT, .role = "smb" },
	{ .stage = "letter",   .kind = STAGE_LETTER, .role = "smb", .after = AFTER_DENIED },
	{ .stage = "file",     .kind = STAGE_FILE, .role = "smb", .after = AFTER_EITHER },
};
static const struct procedure p = { .stages = stages, .nstages = sizeof(stages) / sizeof(stages[0]) };

static const struct next_case {
	int64_t from;
	enum verdict decided;
	struct stage_facts f;
	int64_t next;
} nexts[] = {
	{ 0, VERDICT__INVALID, { 0, 0, 1, DOMAIN_HR }, 1 },
	{ 2, VERDICT__INVALID, { 14, 180, 1, DOMAIN_HR }, 7 },
	{ 2, VERDICT__INVALID, { 15, 180, 1, DOMAIN_HR }, 3 },
	{ 2, VERDICT__INVALID, { 14, 181, 1, DOMAIN_HR }, 4 },
	{ 2, VERDICT__INVALID, { 14, 180, 2, DOMAIN_HR }, 5 },
	{ 2, VERDICT__INVALID, { 14, 180, 1, DOMAIN_FINANCE }, 6 },
	{ 3, VERDICT__INVALID, { 15, 181, 2, DOMAIN_FINANCE }, 4 },
	{ 7, VERDICT_APPROVE, { 0, 0, 1, DOMAIN_HR }, 8 },
	{ 8, VERDICT_APPROVE, { 0, 0, 1, DOMAIN_HR }, 10 },
	{ 7, VERDICT_DENY, { 0, 0, 1, DOMAIN_HR }, 9 },
	{ 9, VERDICT_DENY, { 0, 0, 1, DOMAIN_HR }, 10 },
	{ 10, VERDICT_DENY, { 0, 0, 1, DOMAIN_HR }, 0 },
};
/* clang-format on */

static void
test_engine__the_next_stage_is_the_first_that_applies(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(nexts) / sizeof(nexts[0]); i++)
		CHECK_ROW(i,
		    engine_next(&p, nexts[i].from, nexts[i].decided,
			&nexts[i].f) == nexts[i].next);
}

/* V-08, V-21: behind the last form that was passed, or from the start. */
static void
test_engine__new_content_starts_behind_the_last_form(void **state)
{
	const struct stage_facts f = { 15, 0, 1, DOMAIN_HR };

	(void)state;
	assert_int_equal(engine_restart(&p, 1, &f), 1);
	assert_int_equal(engine_restart(&p, 7, &f), 3);
	assert_int_equal(engine_restart(&p, 3, &f), 3);
}

static void
test_engine__content_is_locked_when_no_decision_is_left(void **state)
{
	(void)state;
	assert_false(engine_is_locked(&p, 1, VERDICT__INVALID));
	/* an earlier decision of several */
	assert_false(engine_is_locked(&p, 3, VERDICT_APPROVE));
	assert_true(engine_is_locked(&p, 8, VERDICT_APPROVE));
	assert_true(engine_is_locked(&p, 3, VERDICT_DENY));
	assert_false(engine_is_locked(&p, 0, VERDICT_APPROVE));
}

static struct vote
vote_of(int64_t voter, const char *role, enum ballot ballot)
{
	return (
	    struct vote){ .voter_id = voter, .role = role, .ballot = ballot };
}

/* clang-format off */
/* M-16, M-32: so many for, against and abstaining; quorum 3 of 5. */
static const struct quorum_case {
	int approve, deny, abstain;
	bool complete, full, may_approve, may_deny;
} quorums[] = {
	{ 0, 0, 0, false, false, false, true },
	{ 2, 0, 0, false, false, true,  false },
	{ 1, 1, 0, false, false, true,  true },
	{ 2, 0, 1, true,  false, true,  false },
	{ 1, 2, 0, true,  false, false, true },
	{ 1, 1, 1, true,  false, true,  true },
	{ 0, 0, 3, true,  false, false, true },
	{ 3, 2, 0, true,  true,  true,  false },
};
/* clang-format on */

static void
test_engine__a_quorum_of_votes_decides(void **state)
{
	const struct stage s = { .kind = STAGE_DECIDE,
		.role = "member",
		.completion = &quorum };

	(void)state;
	for (size_t i = 0; i < sizeof(quorums) / sizeof(quorums[0]); i++) {
		const struct quorum_case *q = &quorums[i];
		struct vote votes[8];
		size_t n = 0;
		struct tally t;

		for (int k = 0; k < q->approve; k++, n++)
			votes[n] =
			    vote_of((int64_t)n, "member", BALLOT_APPROVE);
		for (int k = 0; k < q->deny; k++, n++)
			votes[n] = vote_of((int64_t)n, "member", BALLOT_DENY);
		for (int k = 0; k < q->abstain; k++, n++)
			votes[n] =
			    vote_of((int64_t)n, "member", BALLOT_ABSTAIN);
		t = engine_tally(&s, votes, n);
		CHECK_ROW(i, t.cast == (int64_t)n);
		CHECK_ROW(i, t.complete == q->complete && t.full == q->full);
		CHECK_ROW(i, t.may_approve == q->may_approve);
		CHECK_ROW(i, t.may_deny == q->may_deny);
		/* members until the quorum is there, then the chair */
		CHECK_ROW(i,
		    strcmp(engine_turn(&s, votes, n),
			q->complete ? "chair" : "member") == 0);
	}
	assert_true(engine_votes(&s, "member"));
	assert_false(engine_votes(&s, "chair"));
}

/* P-05: every signature is there, in any order; one refusal closes it. */
static void
test_engine__every_role_signs(void **state)
{
	const struct stage s = { .kind = STAGE_DECIDE,
		.role = "approver",
		.completion = &signs };
	struct vote votes[2];

	(void)state;
	assert_string_equal(engine_turn(&s, NULL, 0), "manager");
	assert_false(engine_tally(&s, NULL, 0).complete);
	votes[0] = vote_of(1, "compliance", BALLOT_APPROVE);
	assert_string_equal(engine_turn(&s, votes, 1), "manager");
	assert_false(engine_tally(&s, votes, 1).may_approve);
	/* whoever signed for one role does not sign for another */
	assert_false(engine_may_sign(&s, "manager", votes, 1, 1));
	assert_true(engine_may_sign(&s, "manager", votes, 1, 2));
	assert_true(engine_may_sign(&s, "compliance", votes, 1, 1));
	assert_false(engine_may_sign(&s, "compliance", votes, 1, 2));
	votes[1] = vote_of(2, "manager", BALLOT_APPROVE);
	assert_string_equal(engine_turn(&s, votes, 2), "approver");
	assert_true(engine_tally(&s, votes, 2).may_approve);
	votes[1].ballot = BALLOT_DENY;
	assert_false(engine_tally(&s, votes, 2).may_approve);
	votes[0] = votes[1];
	assert_string_equal(engine_turn(&s, votes, 1), "approver");
	assert_true(engine_tally(&s, votes, 1).complete);
	assert_true(engine_tally(&s, votes, 1).may_deny);
}

static void
test_engine__a_stage_without_votes_is_complete(void **state)
{
	const struct tally t = engine_tally(&stages[6], NULL, 0);

	(void)state;
	assert_true(t.complete && t.may_approve && t.may_deny && !t.full);
	assert_string_equal(engine_turn(&stages[6], NULL, 0), "iso");
	assert_null(engine_turn(&stages[1], NULL, 0));
}

/* C-12: at least one meeting, all topics by one or more. */
static void
test_engine__meetings_cover_every_topic(void **state)
{
	struct record_owed owed[] = {
		{ .record = "meeting",
		    .kind = RECORD_MEETING,
		    .least = 1,
		    .topics = topics,
		    .ntopics = 2 },
		{ .record = "note", .kind = RECORD_TEXT, .least = I64_NONE },
	};
	const struct stage s = { .stage = "meet",
		.kind = STAGE_MEET,
		.records = owed,
		.nrecords = 2 };
	struct stage_record r[] = {
		{ .stage = "meet", .record = "meeting", .topics = "Background" },
		{ .stage = "meet", .record = "note", .topics = "Risk" },
		{ .stage = "meet",
		    .record = "meeting",
		    .topics = "Risk and more\nRisk" },
	};

	(void)state;
	assert_false(engine_records_complete(&s, r, 0));
	assert_false(engine_records_complete(&s, r, 1));
	assert_false(engine_records_complete(&s, r, 2));
	assert_true(engine_records_complete(&s, r, 3));
	assert_int_equal(engine_record_state(&s, &owed[0], r, 3).have, 2);
	/* what another stage has under the same key is another record */
	r[2].stage = "assess";
	assert_false(engine_records_complete(&s, r, 3));
	r[2].stage = "meet";
	r[2].topics = "Risk and more";
	assert_false(engine_records_complete(&s, r, 3));
	assert_false(engine_records_complete(NULL, r, 3));
}

/* C-17 */
static void
test_engine__a_letter_says_what_the_request_says(void **state)
{
	const struct letter_facts f = { .number = "EX-2026-00001",
		.service_request = "SR-1",
		.reasons = "" };
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_string_equal(
	    letter_fill("{number} {service_request}: {reasons} {unit} {x", &f,
		&a),
	    "EX-2026-00001 SR-1: - - {x");
	assert_string_equal(letter_fill("{colour} {}", &f, &a), "{colour} {}");
	assert_string_equal(letter_unknown("{number} {colour}", &a), "colour");
	assert_null(letter_unknown("{number} {a b} {", &a));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_engine__the_next_stage_is_the_first_that_applies),
		cmocka_unit_test(
		    test_engine__new_content_starts_behind_the_last_form),
		cmocka_unit_test(
		    test_engine__content_is_locked_when_no_decision_is_left),
		cmocka_unit_test(test_engine__a_quorum_of_votes_decides),
		cmocka_unit_test(test_engine__every_role_signs),
		cmocka_unit_test(
		    test_engine__a_stage_without_votes_is_complete),
		cmocka_unit_test(test_engine__meetings_cover_every_topic),
		cmocka_unit_test(
		    test_engine__a_letter_says_what_the_request_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
