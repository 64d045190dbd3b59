/* The status of a record and the ranges of a filter come from one table;
 * these tests hold the two directions together. */
#include "support/test.h"

#include "domain/status.h"

#define TODAY 20000
#define NOTICE 30

static const int facts[] = { FACT_DRAFT, FACT_DISCARDED, FACT_WAITING,
	FACT_RETURNED, FACT_DENIED, FACT_WITHDRAWN, FACT_ALTERNATIVE_ACCEPTED,
	FACT_APPROVED, FACT_SUSPENDED, FACT_REVOKED, FACT_CLOSED, FACT_CONSUMED,
	FACT_SUPERSEDED, FACT_SHELVED };
#define NFACTS (sizeof(facts) / sizeof(facts[0]))

static uint64_t seed = 42;

static int
any(int n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (int)(seed >> 33) % n;
}

static bool
in_range(const struct status_range *r, const struct status_facts *f)
{
	bool effective =
	    r->effective_from == DATE_MIN && r->effective_to == DATE_MAX ?
	    true :
	    f->effective_on >= r->effective_from &&
		f->effective_on <= r->effective_to;

	return r->fact == f->fact && effective &&
	    f->holds_until >= r->holds_from && f->holds_until <= r->holds_to;
}

static size_t
matches(const struct status_range *r, size_t n, const struct status_facts *f)
{
	size_t hits = 0;

	for (size_t i = 0; i < n; i++)
		hits += in_range(&r[i], f);
	return hits;
}

/* Near the boundaries most of the time. */
static struct status_facts
random_facts(date_t today, int notice)
{
	struct status_facts f = { .fact = facts[any(NFACTS)] };

	f.effective_on = today + any(7) - 3;
	f.holds_until = today + any(7) - 3 + (any(2) ? notice : 0);
	if (any(8) == 0)
		f.holds_until = DATE_MAX;
	if (f.fact < FACT_APPROVED && any(2))
		f.effective_on = DATE_NONE;
	return f;
}

static void
test_status__ranges_agree_with_the_status(void **state)
{
	(void)state;
	for (int i = 0; i < 200000; i++) {
		date_t today = TODAY + any(1000);
		int notice = any(3) * 15;
		struct status_facts f = random_facts(today, notice);
		enum status now = status_of(&f, today, notice);

		CHECK_ROW(i, now > STATUS__INVALID && now < STATUS__MAX);
		for (enum status s = STATUS_DRAFT; s < STATUS__MAX; s++) {
			struct status_range r[STATUS_RANGES_MAX];
			size_t n = status_ranges(s, today, notice, r);
			bool is = s == now ||
			    (s == STATUS_ACTIVE && now == STATUS_EXPIRING);

			CHECK_ROW(i, matches(r, n, &f) == (is ? 1 : 0));
		}
	}
}

static void
test_status__ranges_of_a_set_are_disjoint(void **state)
{
	(void)state;
	for (int i = 0; i < 100000; i++) {
		struct status_facts f = random_facts(TODAY, NOTICE);
		enum status now = status_of(&f, TODAY, NOTICE);
		unsigned set = (unsigned)any(1 << STATUS__MAX) & ~1u;
		struct status_range r[STATUS_SET_RANGES_MAX];
		size_t n = status_set_ranges(set, TODAY, NOTICE, r);
		bool is = (set & 1u << now) != 0 ||
		    (now == STATUS_EXPIRING && set & 1u << STATUS_ACTIVE);

		CHECK_ROW(i, matches(r, n, &f) == (is ? 1 : 0));
	}
}

static void
test_status__boundaries_are_inclusive(void **state)
{
	static const struct {
		int fact;
		date_t effective_on, holds_until;
		enum status status;
	} rows[] = {
		{ FACT_APPROVED, TODAY + 1, TODAY + 90, STATUS_SCHEDULED },
		{ FACT_APPROVED, TODAY, TODAY + 90, STATUS_ACTIVE },
		{ FACT_APPROVED, TODAY, TODAY + NOTICE + 1, STATUS_ACTIVE },
		{ FACT_APPROVED, TODAY, TODAY + NOTICE, STATUS_EXPIRING },
		{ FACT_APPROVED, TODAY - 9, TODAY, STATUS_EXPIRING },
		{ FACT_APPROVED, TODAY - 9, TODAY - 1, STATUS_EXPIRED },
		{ FACT_SUSPENDED, TODAY - 9, TODAY, STATUS_SUSPENDED },
		{ FACT_SUSPENDED, TODAY - 9, TODAY - 1, STATUS_EXPIRED },
		{ FACT_REVOKED, TODAY - 9, TODAY, STATUS_EXPIRING },
		{ FACT_REVOKED, TODAY - 9, TODAY - 1, STATUS_REVOKED },
		{ FACT_SUPERSEDED, TODAY - 9, TODAY + 40, STATUS_ACTIVE },
		{ FACT_SUPERSEDED, TODAY - 9, TODAY - 1, STATUS_SUPERSEDED },
		{ FACT_SHELVED, TODAY - 900, TODAY - 800, STATUS_EXPIRED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct status_facts f = {
			.fact = rows[i].fact,
			.effective_on = rows[i].effective_on,
			.holds_until = rows[i].holds_until,
		};

		CHECK_ROW(i, status_of(&f, TODAY, NOTICE) == rows[i].status);
	}
}

static void
test_status__everything_is_one_range_a_fact(void **state)
{
	struct status_range r[STATUS_SET_RANGES_MAX];
	unsigned all = (1u << STATUS__MAX) - 1;

	(void)state;
	assert_int_equal(status_set_ranges(all, TODAY, NOTICE, r), NFACTS);
	for (size_t i = 0; i < NFACTS; i++) {
		assert_int_equal(r[i].holds_from, DATE_MIN);
		assert_int_equal(r[i].holds_to, DATE_MAX);
	}
	for (size_t s = STATUS_DRAFT; s < STATUS__MAX; s++)
		assert_non_null(status_names[s]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_status__ranges_agree_with_the_status),
		cmocka_unit_test(test_status__ranges_of_a_set_are_disjoint),
		cmocka_unit_test(test_status__boundaries_are_inclusive),
		cmocka_unit_test(test_status__everything_is_one_range_a_fact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
