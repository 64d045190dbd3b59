/* Who may add and remove files, and who sees them when (V-21). */
#include "support/test.h"

#include "domain/attachment.h"

#define REQUESTER 1
#define HOLDER 2

static void
test_attachment__is_added_by_requester_and_decider_until_the_outcome(
    void **state)
{
	static const struct {
		enum request_state state;
		bool requester;
		bool holder;
	} rows[] = {
		{ STATE_DRAFT, true, false },
		{ STATE_SUBMITTED, true, true },
		{ STATE_IN_STAGE, true, true },
		{ STATE_RETURNED, true, false },
		{ STATE_APPROVED, false, false },
		{ STATE_DENIED, false, false },
		{ STATE_WITHDRAWN, false, false },
		{ STATE_ALTERNATIVE_ACCEPTED, false, false },
	};
	const struct facts requester = { .is_requester = true };
	const struct facts holder = { .is_holder = true };
	const struct facts voter = { .is_voter = true };
	const struct facts other = { .is_owner = true };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum request_state s = rows[i].state;

		CHECK_ROW(i,
		    (attachment_add_reason(s, &requester) == NULL) ==
			rows[i].requester);
		CHECK_ROW(i,
		    (attachment_add_reason(s, &holder) == NULL) ==
			rows[i].holder);
		CHECK_ROW(i,
		    (attachment_add_reason(s, &voter) == NULL) ==
			rows[i].holder);
		CHECK_ROW(i, attachment_add_reason(s, &other) != NULL);
	}
}

static void
test_attachment__is_removed_by_who_added_it_until_somebody_decided(void **state)
{
	static const struct {
		enum request_state state;
		bool decided;
		bool removable;
	} rows[] = {
		{ STATE_DRAFT, false, true },
		{ STATE_IN_STAGE, false, true },
		{ STATE_IN_STAGE, true, false },
		{ STATE_RETURNED, true, false },
		{ STATE_RETURNED, false, true },
		{ STATE_APPROVED, false, false },
		{ STATE_WITHDRAWN, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct attachment a = { .uploaded_by = REQUESTER,
			.decided = rows[i].decided };

		CHECK_ROW(i,
		    (attachment_remove_reason(rows[i].state, &a, REQUESTER) ==
			NULL) == rows[i].removable);
		CHECK_ROW(i,
		    attachment_remove_reason(rows[i].state, &a, HOLDER) !=
			NULL);
	}
}

/* What the requester has not sent yet is nobody else's to read. */
static void
test_attachment__of_a_returned_request_is_seen_when_it_is_sent(void **state)
{
	struct attachment a = { .uploaded_by = REQUESTER,
		.removed_at = TIME_NONE };

	(void)state;
	a.content_version = attachment_version(STATE_RETURNED, 1);
	assert_int_equal(a.content_version, 2);
	assert_true(attachment_is_seen(&a, 1, REQUESTER));
	assert_false(attachment_is_seen(&a, 1, HOLDER));
	assert_true(attachment_is_seen(&a, 2, HOLDER));
	assert_int_equal(attachment_version(STATE_DRAFT, 0), 1);
	assert_int_equal(attachment_version(STATE_IN_STAGE, 3), 3);
	a.removed_at = 1;
	assert_false(attachment_is_seen(&a, 2, REQUESTER));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_attachment__is_added_by_requester_and_decider_until_the_outcome),
		cmocka_unit_test(
		    test_attachment__is_removed_by_who_added_it_until_somebody_decided),
		cmocka_unit_test(
		    test_attachment__of_a_returned_request_is_seen_when_it_is_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
