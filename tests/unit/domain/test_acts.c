/* Roles by name and for a time: days, who may be named, what passes on. */
#include "support/test.h"

#include "base/arena.h"
#include "domain/acts.h"

#define TODAY 20000
#define OPEN DATE_NONE

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

/* V-20 */
static void
test_acts__hold_from_the_first_day_to_the_last(void **state)
{
	static const struct {
		struct period p;
		bool ended;
		enum act_state is;
	} cases[] = {
		{ { TODAY, TODAY }, false, ACT_CURRENT },
		{ { TODAY - 5, TODAY }, false, ACT_CURRENT },
		{ { TODAY, OPEN }, false, ACT_CURRENT },
		{ { TODAY + 1, TODAY + 2 }, false, ACT_SCHEDULED },
		{ { TODAY + 1, OPEN }, false, ACT_SCHEDULED },
		{ { TODAY - 2, TODAY - 1 }, false, ACT_PAST },
		{ { TODAY, TODAY + 9 }, true, ACT_PAST },
		{ { TODAY + 1, OPEN }, true, ACT_PAST },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_ROW(i,
		    act_state_of(&cases[i].p, cases[i].ended, TODAY) ==
			cases[i].is);
}

static void
test_acts__periods_overlap_when_they_share_a_day(void **state)
{
	static const struct {
		struct period a, b;
		bool overlap;
	} cases[] = {
		{ { 1, 5 }, { 5, 9 }, true },
		{ { 1, 5 }, { 6, 9 }, false },
		{ { 1, OPEN }, { 900, 901 }, true },
		{ { 7, OPEN }, { 1, 6 }, false },
		{ { 1, OPEN }, { 9, OPEN }, true },
		{ { 3, 4 }, { 1, 9 }, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		CHECK_ROW(i,
		    period_overlaps(&cases[i].a, &cases[i].b) ==
			cases[i].overlap);
		CHECK_ROW(i,
		    period_overlaps(&cases[i].b, &cases[i].a) ==
			cases[i].overlap);
	}
}

#define YVES 1
#define XENIA 2
#define ZOE 3
#define DAYS(from, until)         \
 NULL,                            \
 {                                \
  TODAY + (from), TODAY + (until) \
 }

static enum err_kind
ask(const struct delegation_ask *want, const struct delegation *live, size_t n,
    const char **pointer)
{
	struct err e;

	err_clear(&e);
	*pointer = "";
	if (delegation_check(want, live, n, TODAY, &a, &e) == 0)
		return ERR_NONE;
	if (e.nfields > 0)
		*pointer = e.fields[0].pointer;
	return e.kind;
}

/* V-14 */
static void
test_acts__a_delegation_is_for_somebody_else_and_for_at_most_ninety_days(
    void **state)
{
	static const struct {
		struct delegation_ask ask;
		enum err_kind kind;
		const char *pointer;
	} cases[] = {
		{ { YVES, XENIA, YVES, DAYS(0, 0) }, ERR_NONE, "" },
		{ { YVES, XENIA, YVES, DAYS(0, 89) }, ERR_NONE, "" },
		{ { YVES, XENIA, YVES, DAYS(300, 389) }, ERR_NONE, "" },
		{ { YVES, XENIA, YVES, DAYS(0, 90) }, ERR_INVALID,
		    "/until_on" },
		{ { YVES, XENIA, YVES, DAYS(5, 4) }, ERR_INVALID, "/until_on" },
		{ { YVES, XENIA, YVES, DAYS(-1, 5) }, ERR_INVALID, "/from_on" },
		{ { YVES, YVES, YVES, DAYS(0, 5) }, ERR_INVALID, "/to" },
		/* by an administrator: for anybody but themselves */
		{ { YVES, XENIA, ZOE, DAYS(0, 5) }, ERR_NONE, "" },
		{ { YVES, XENIA, XENIA, DAYS(0, 5) }, ERR_FORBIDDEN, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *pointer;

		CHECK_ROW(i,
		    ask(&cases[i].ask, NULL, 0, &pointer) == cases[i].kind);
		CHECK_ROW(i, strcmp(pointer, cases[i].pointer) == 0);
	}
}

/* V-14 */
static void
test_acts__nobody_acts_both_ways_or_twice_on_a_day(void **state)
{
	static const struct {
		struct delegation live;
		enum err_kind kind;
	} cases[] = {
		{ { .from_person_id = XENIA,
		      .to_person_id = YVES,
		      .from_on = TODAY + 9,
		      .until_on = TODAY + 20 },
		    ERR_CONFLICT },
		{ { .from_person_id = XENIA,
		      .to_person_id = YVES,
		      .role = "lead",
		      .from_on = TODAY,
		      .until_on = TODAY },
		    ERR_CONFLICT },
		{ { .from_person_id = XENIA,
		      .to_person_id = YVES,
		      .from_on = TODAY + 10,
		      .until_on = TODAY + 20 },
		    ERR_NONE },
		{ { .from_person_id = YVES,
		      .to_person_id = XENIA,
		      .from_on = TODAY,
		      .until_on = TODAY },
		    ERR_CONFLICT },
		{ { .from_person_id = YVES,
		      .to_person_id = ZOE,
		      .from_on = TODAY,
		      .until_on = TODAY },
		    ERR_NONE },
		{ { .from_person_id = XENIA,
		      .to_person_id = ZOE,
		      .from_on = TODAY,
		      .until_on = TODAY },
		    ERR_NONE },
	};
	const struct delegation_ask want = { YVES, XENIA, YVES, DAYS(0, 9) };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *pointer;

		CHECK_ROW(i,
		    ask(&want, &cases[i].live, 1, &pointer) == cases[i].kind);
	}
}

static void
test_acts__two_roles_may_go_to_the_same_person(void **state)
{
	const struct delegation live = { .from_person_id = YVES,
		.to_person_id = XENIA,
		.role = "lead",
		.from_on = TODAY,
		.until_on = TODAY + 9 };
	struct delegation_ask want = { YVES, XENIA, YVES, "approver",
		{ TODAY, TODAY + 9 } };
	const char *pointer;

	(void)state;
	assert_int_equal(ask(&want, &live, 1, &pointer), ERR_NONE);
	want.role = "lead";
	assert_int_equal(ask(&want, &live, 1, &pointer), ERR_CONFLICT);
	want.role = NULL;
	assert_int_equal(ask(&want, &live, 1, &pointer), ERR_CONFLICT);
}

static void
test_acts__nobody_acts_for_more_than_ten_at_a_time(void **state)
{
	struct delegation live[DELEGATION_FOR_MAX];
	const struct delegation_ask want = { YVES, XENIA, YVES, DAYS(0, 9) };
	const char *pointer;

	(void)state;
	for (int i = 0; i < DELEGATION_FOR_MAX; i++)
		live[i] = (struct delegation){ .from_person_id = 100 + i,
			.to_person_id = XENIA,
			.from_on = TODAY,
			.until_on = TODAY + 1 };
	assert_int_equal(ask(&want, live, DELEGATION_FOR_MAX - 1, &pointer),
	    ERR_NONE);
	assert_int_equal(ask(&want, live, DELEGATION_FOR_MAX, &pointer),
	    ERR_CONFLICT);
}

/* V-14: depth one */
static void
test_acts__only_own_roles_that_decide_pass_on(void **state)
{
	struct grant theirs[] = {
		{ .role = "staff", .role_class = ROLE_CLASS_STAFF },
		{ .role = "lead",
		    .role_class = ROLE_CLASS_APPROVER,
		    .mapping_id = 5 },
		{ .role = "approver",
		    .role_class = ROLE_CLASS_APPROVER,
		    .delegation_id = 4,
		    .on_behalf_of = ZOE },
		{ .role = "administrator",
		    .role_class = ROLE_CLASS_ADMINISTRATOR },
		{ .role = "committee",
		    .role_class = ROLE_CLASS_APPROVER,
		    .mapping_id = 6 },
	};
	const struct act_row all = { .kind = ACT_RECEIVED,
		.delegation_id = 9,
		.person_id = YVES,
		.name = "Yves" };
	const struct act_row one = { .kind = ACT_RECEIVED,
		.delegation_id = 9,
		.person_id = YVES,
		.name = "Yves",
		.role = "committee" };
	struct grant again[2];

	(void)state;
	assert_int_equal(grants_on_behalf(theirs, 5, &all), 2);
	assert_string_equal(theirs[0].role, "lead");
	assert_int_equal(theirs[0].on_behalf_of, YVES);
	assert_string_equal(theirs[1].on_behalf_name, "Yves");
	/* and what was passed on is not passed on again */
	memcpy(again, theirs, sizeof(again));
	assert_int_equal(grants_on_behalf(again, 2, &all), 0);
	for (size_t i = 0; i < 2; i++)
		theirs[i].delegation_id = 0;
	assert_int_equal(grants_on_behalf(theirs, 2, &one), 1);
	assert_string_equal(theirs[0].role, "committee");
}

static void
test_acts__add_roles_and_partners(void **state)
{
	static const struct act_row rows[] = {
		{ .kind = ACT_DESIGNATED,
		    .designation_id = 7,
		    .mapping_id = I64_NONE,
		    .delegation_id = I64_NONE,
		    .person_id = I64_NONE,
		    .role = "lead",
		    .role_class = ROLE_CLASS_APPROVER,
		    .mapped_by = ZOE,
		    .unit_id = I64_NONE,
		    .domain = 2,
		    .document_id = I64_NONE },
		{ .kind = ACT_GIVEN, .person_id = XENIA, .delegation_id = 1 },
		{ .kind = ACT_RECEIVED,
		    .person_id = YVES,
		    .delegation_id = 2,
		    .name = "Yves" },
		{ .kind = ACT_ON_BEHALF,
		    .designation_id = 8,
		    .mapping_id = I64_NONE,
		    .delegation_id = 2,
		    .person_id = YVES,
		    .name = "Yves",
		    .role = "committee",
		    .role_class = ROLE_CLASS_APPROVER,
		    .mapped_by = YVES,
		    .unit_id = 4,
		    .domain = I64_NONE,
		    .document_id = I64_NONE },
	};
	struct who w = { .person_id = 42, .classes = 1u << ROLE_CLASS_STAFF };

	(void)state;
	acts_apply(&a, rows, 4, &w);
	assert_int_equal(w.ngrants, 2);
	assert_true(access_has_class(&w, ROLE_CLASS_APPROVER));
	assert_int_equal(w.grants[0].designation_id, 7);
	assert_int_equal(w.grants[0].mapping_id, 0);
	assert_int_equal(w.grants[0].domain, 2);
	assert_int_equal(w.grants[0].on_behalf_of, 0);
	assert_int_equal(w.grants[1].on_behalf_of, YVES);
	assert_int_equal(w.grants[1].unit_id, 4);
	assert_true(access_is_partner(&w, XENIA));
	assert_true(access_is_partner(&w, YVES));
	assert_false(access_is_partner(&w, ZOE));
	assert_false(access_is_partner(&w, I64_NONE));
	/* decisions 12: nor by what who is away gave themselves */
	assert_false(grant_is_self_made(&w.grants[0], 42));
	assert_true(grant_is_self_made(&w.grants[0], ZOE));
	assert_true(grant_is_self_made(&w.grants[1], 42));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_acts__hold_from_the_first_day_to_the_last),
		cmocka_unit_test(
		    test_acts__periods_overlap_when_they_share_a_day),
		cmocka_unit_test(
		    test_acts__a_delegation_is_for_somebody_else_and_for_at_most_ninety_days),
		cmocka_unit_test(
		    test_acts__nobody_acts_both_ways_or_twice_on_a_day),
		cmocka_unit_test(
		    test_acts__two_roles_may_go_to_the_same_person),
		cmocka_unit_test(
		    test_acts__nobody_acts_for_more_than_ten_at_a_time),
		cmocka_unit_test(test_acts__only_own_roles_that_decide_pass_on),
		cmocka_unit_test(test_acts__add_roles_and_partners),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
