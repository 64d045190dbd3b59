/* When a decision departs from its precedents, and which ones are shown. */
#include "support/test.h"

#include <string.h>

#include "domain/precedent.h"

static struct arena a;

static int
setup(void **state)
{
	(void)state;
	arena_init(&a);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

/* M-24, M-30: most of at least three; a tie and a first case bind nobody. */
static void
test_precedent__a_practice_is_most_of_three_or_more(void **state)
{
	static const struct {
		int64_t approved, denied;
		enum verdict departs;
	} cases[] = {
		{ 0, 0, VERDICT__INVALID },
		{ 2, 0, VERDICT__INVALID },
		{ 0, 2, VERDICT__INVALID },
		{ 3, 0, VERDICT_DENY },
		{ 2, 1, VERDICT_DENY },
		{ 1, 2, VERDICT_APPROVE },
		{ 0, 3, VERDICT_APPROVE },
		{ 2, 2, VERDICT__INVALID },
		{ 25, 25, VERDICT__INVALID },
		{ 26, 24, VERDICT_DENY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct precedent_summary s = { cases[i].approved,
			cases[i].denied, I64_NONE };

		CHECK_ROW(i, precedent_departs_if(&s) == cases[i].departs);
	}
}

static struct precedent_row
approved(int64_t id, int64_t days)
{
	return (struct precedent_row){ .id = id,
		.outcome = OUTCOME_APPROVED,
		.effective_on = 20000,
		.expires_on = (date_t)(20000 + days - 1),
		.match = PRECEDENT_BY_CLAUSE };
}

static struct precedent_row
denied(int64_t id)
{
	return (struct precedent_row){ .id = id,
		.outcome = OUTCOME_DENIED,
		.effective_on = DATE_NONE,
		.expires_on = DATE_NONE,
		.match = PRECEDENT_BY_CLAUSE };
}

/* M-24: both end days count; of an even number the mean of the middle two. */
static void
test_precedent__the_median_is_of_what_was_granted(void **state)
{
	const struct precedent_row rows[] = { approved(1, 90), denied(2),
		approved(3, 30), approved(4, 60), denied(5), approved(6, 181) };
	struct precedent_summary s;

	(void)state;
	s = precedent_summarise(&a, rows, 6);
	assert_int_equal(s.approved, 4);
	assert_int_equal(s.denied, 2);
	assert_int_equal(s.median_days, 75);
	assert_int_equal(precedent_summarise(&a, rows, 4).median_days, 60);
	assert_int_equal(precedent_summarise(&a, rows + 1, 1).median_days,
	    I64_NONE);
	assert_int_equal(precedent_summarise(&a, rows, 0).approved, 0);
}

/* M-24: the same clause, the same document, then words. */
static void
test_precedent__the_strongest_stands_first_and_once(void **state)
{
	struct precedent_row rows[] = {
		{ .id = 1, .match = PRECEDENT_BY_WORDS, .shared_words = 6 },
		{ .id = 2, .match = PRECEDENT_BY_DOCUMENT, .shared_words = 1 },
		{ .id = 3, .match = PRECEDENT_BY_CLAUSE, .decided_at = 5 },
		{ .id = 2, .match = PRECEDENT_BY_CLAUSE, .decided_at = 4 },
		{ .id = 4, .match = PRECEDENT_BY_CLAUSE, .shared_words = 1 },
		{ .id = 3, .match = PRECEDENT_BY_WORDS, .shared_words = 2 },
		{ .id = 5, .match = PRECEDENT_BY_DOCUMENT },
	};
	static const int64_t order[] = { 4, 3, 2, 5, 1 };

	(void)state;
	assert_int_equal(precedent_order(rows, 7), 5);
	for (size_t i = 0; i < 5; i++)
		CHECK_ROW(i, rows[i].id == order[i]);
	assert_int_equal(precedent_order(rows, 0), 0);
}

static void
check_words(const char *title, const char *why, const char *expected)
{
	const char *words[PRECEDENT_WORDS_MAX];
	size_t n = precedent_words(&a, title, why, words);
	char got[500] = "";

	for (size_t i = 0; i < n; i++) {
		(void)strncat(got, i > 0 ? " " : "", 2);
		(void)strncat(got, words[i], 60);
	}
	assert_string_equal(got, expected);
}

/* M-24: the longest of the title first; years and small words tell nothing. */
static void
test_precedent__words_that_tell(void **state)
{
	(void)state;
	check_words("Patch of the ward terminals waits for the supplier in 2026",
	    "The supplier recertifies terminals",
	    "terminals supplier ward recertifies");
	check_words(NULL, NULL, "");
	check_words("", "It is what it was", "");
	check_words("alpha beta gamma delta epsilon zeta theta", NULL,
	    "epsilon alpha gamma delta theta beta");
	/* letters that the index splits otherwise are left out */
	check_words("\xce\xb1\xce\xb2\xce\xb3\xce\xb4\xce\xb5 server", NULL,
	    "server");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_precedent__a_practice_is_most_of_three_or_more),
		cmocka_unit_test(
		    test_precedent__the_median_is_of_what_was_granted),
		cmocka_unit_test(
		    test_precedent__the_strongest_stands_first_and_once),
		cmocka_unit_test(test_precedent__words_that_tell),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
