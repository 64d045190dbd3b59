/* Terms and remediation times: every day counts, both ends included. */
#include "support/test.h"

#include "domain/term.h"

#define D(text) day(text)

static date_t
day(const char *text)
{
	date_t d = DATE_NONE;

	assert_int_equal(date_parse(text, strlen(text), &d), 0);
	return d;
}

static void
test_term__begins_with_the_later_day(void **state)
{
	(void)state;
	assert_int_equal(term_effective(DATE_NONE, D("2026-03-10")),
	    D("2026-03-10"));
	assert_int_equal(term_effective(D("2026-03-09"), D("2026-03-10")),
	    D("2026-03-10"));
	assert_int_equal(term_effective(D("2026-03-11"), D("2026-03-10")),
	    D("2026-03-11"));
}

static void
test_term__counts_both_end_days(void **state)
{
	(void)state;
	assert_int_equal(term_days(D("2026-03-10"), D("2026-03-10")), 1);
	assert_int_equal(term_days(D("2026-01-01"), D("2026-12-31")), 365);
	assert_int_equal(term_days(D("2024-02-28"), D("2024-03-01")), 3);
	assert_int_equal(term_latest(D("2026-03-10"), 1), D("2026-03-10"));
	assert_int_equal(term_latest(D("2026-01-01"), 365), D("2026-12-31"));
	/* there is no day after the last one */
	assert_int_equal(term_latest(D("9999-12-30"), 365), DATE_MAX);
	assert_int_equal(term_latest(DATE_MAX, 1), DATE_MAX);
}

static void
test_term__the_shorter_limit_holds(void **state)
{
	struct term_rule rule = { .max_days = 180 };
	const struct procedure p = { .term = &rule };

	(void)state;
	assert_int_equal(term_limit(&p, I64_NONE), 180);
	assert_int_equal(term_limit(&p, 90), 90);
	assert_int_equal(term_limit(&p, 365), 180);
}

/* clang-format off */
/* Today is 2026-03-10, asked for until 2026-06-30, limit 100 days. */
static const struct grant_case {
	const char *expires_on; /* NULL: none */
	const char *requested_from;
	int64_t limit;
	const char *says; /* NULL: granted */
} grants[] = {
	{ "2026-06-17", NULL, 100, NULL },
	{ "2026-06-18", NULL, 100, "limit of 100 days; the latest is 2026-06-17" },
	{ "2026-03-10", NULL, 100, NULL },
	{ "2026-03-09", NULL, 100, "in the past" },
	{ NULL,         NULL, 100, "every exception has a last day" },
	{ "2026-06-30", NULL, 365, NULL },
	{ "2026-07-01", NULL, 365, "after the day asked for, 2026-06-30" },
	{ "2026-04-09", "2026-04-10", 100, "before the first day, 2026-04-10" },
	{ "2026-04-10", "2026-04-10", 100, NULL },
	{ "2026-06-30", "2026-04-10", 100, NULL },
	{ "2026-06-30", "2026-04-10", 81, "the latest is 2026-06-29" },
	/* asked for from a day that has passed meanwhile */
	{ "2026-06-17", "2026-02-01", 100, NULL },
};
/* clang-format on */

static void
test_term__an_approver_may_only_shorten(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(grants) / sizeof(grants[0]); i++) {
		const struct grant_case *g = &grants[i];
		struct arena a;
		struct err e = { 0 };
		int result;

		arena_init(&a);
		result = term_check(g->expires_on != NULL ? D(g->expires_on) :
							    DATE_NONE,
		    g->requested_from != NULL ? D(g->requested_from) :
						DATE_NONE,
		    D("2026-06-30"), g->limit, D("2026-03-10"), &a, &e);
		CHECK_ROW(i, (result == 0) == (g->says == NULL));
		CHECK_ROW(i, e.nfields == (g->says == NULL ? 0 : 1));
		if (g->says != NULL) {
			CHECK_ROW(i, e.kind == ERR_INVALID);
			CHECK_ROW(i,
			    strcmp(e.fields[0].pointer, "/expires_on") == 0);
			CHECK_ROW(i,
			    strstr(e.fields[0].detail, g->says) != NULL);
		}
		arena_release(&a);
	}
}

/* V-04: found on 1 January, 7 days: due on 8 January. */
static void
test_term__remediation_is_due_after_its_days(void **state)
{
	(void)state;
	assert_int_equal(sla_due(D("2026-01-01"), 7), D("2026-01-08"));
	assert_int_equal(sla_due(DATE_MAX, 7), DATE_MAX);
}

/* V-05: on the due day itself nothing is late. */
static void
test_term__a_breach_counts_the_days_past_it(void **state)
{
	date_t due = D("2026-01-08");

	(void)state;
	assert_true(sla_breached_days(due, D("2026-01-07")) == I64_NONE);
	assert_true(sla_breached_days(due, due) == I64_NONE);
	assert_int_equal(sla_breached_days(due, D("2026-01-09")), 1);
	assert_int_equal(sla_breached_days(due, D("2026-02-08")), 31);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_term__begins_with_the_later_day),
		cmocka_unit_test(test_term__counts_both_end_days),
		cmocka_unit_test(test_term__the_shorter_limit_holds),
		cmocka_unit_test(test_term__an_approver_may_only_shorten),
		cmocka_unit_test(test_term__remediation_is_due_after_its_days),
		cmocka_unit_test(test_term__a_breach_counts_the_days_past_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
