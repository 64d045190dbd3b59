/* When one exception covers what another asks for. */
#include "support/test.h"

#include "domain/overlap.h"

#define TODAY 20000
#define NONE I64_NONE

/* asset, unit and requester of the exception and of the request */
struct pair {
	int64_t asset, unit, requester;
	int64_t asks_asset, asks_unit, asks_requester;
	bool owes;
};

/* M-30: the same asset, or the unit where neither names one; and the same
 * person or unit. */
static void
test_overlap__a_second_one_owes_a_reason(void **state)
{
	static const struct pair pairs[] = {
		{ 1, 2, 3, 1, 2, 3, true },
		{ 1, 2, 9, 1, 2, 3, true },
		{ 1, 8, 3, 1, 2, 3, true },
		{ 1, 8, 9, 1, 2, 3, false },
		{ 4, 2, 3, 1, 2, 3, false },
		{ NONE, 2, 3, 1, 2, 3, false },
		{ 1, 2, 3, NONE, 2, 3, false },
		{ NONE, 2, 9, NONE, 2, 3, true },
		{ NONE, 8, 3, NONE, 2, 3, false },
		{ NONE, NONE, 3, NONE, NONE, 3, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct pair *p = &pairs[i];
		const struct overlap_row row = { .asset_id = p->asset,
			.unit_id = p->unit,
			.requester_id = p->requester };
		const struct overlap_request r = { p->asks_asset, p->asks_unit,
			p->asks_requester };

		CHECK_ROW(i,
		    overlap_owes_reason(&row, STATUS_ACTIVE, &r) == p->owes);
		CHECK_ROW(i,
		    overlap_owes_reason(&row, STATUS_EXPIRING, &r) == p->owes);
		CHECK_ROW(i, !overlap_owes_reason(&row, STATUS_IN_REVIEW, &r));
		CHECK_ROW(i, !overlap_owes_reason(&row, STATUS_SCHEDULED, &r));
	}
}

/* Its status is that of the day; what is over or refused covers nothing. */
static void
test_overlap__only_what_holds_or_waits_counts(void **state)
{
	const struct overlap_row held = { .fact = FACT_APPROVED,
		.effective_on = TODAY - 10,
		.holds_until = TODAY };
	const struct overlap_request r = { 7, 2, 3 };
	const struct overlap_row same = { .asset_id = 7 };

	(void)state;
	assert_true(overlap_holds(overlap_status(&held, TODAY, 30)));
	assert_int_equal(overlap_status(&held, TODAY + 1, 30), STATUS_EXPIRED);
	for (enum status s = STATUS_DRAFT; s < STATUS__MAX; s++) {
		bool counts = s == STATUS_IN_REVIEW || s == STATUS_RETURNED ||
		    s == STATUS_SCHEDULED || s == STATUS_ACTIVE ||
		    s == STATUS_EXPIRING;

		CHECK_ROW((size_t)s, overlap_counts(s) == counts);
	}
	assert_int_equal(overlap_match_of(&same, &r), OVERLAP_ASSET);
	assert_int_equal(overlap_match_of(&held, &r), OVERLAP_UNIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_overlap__a_second_one_owes_a_reason),
		cmocka_unit_test(test_overlap__only_what_holds_or_waits_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
