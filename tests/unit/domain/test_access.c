/* Who may do what: classes by permission, scopes by dimension. */
#include "support/test.h"

#include "base/buf.h"
#include "domain/access.h"
#include "domain/exception.h"
#include "support/golden.h"

static struct who
person(unsigned classes)
{
	return (struct who){ .person_id = 1, .classes = classes };
}

static unsigned
bit(enum role_class c)
{
	return 1u << c;
}

static void
test_access__the_matrix_is_as_reviewed(void **state)
{
	const struct who nobody = { 0 };
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	buf_init(&b, &a);
	buf_printf(&b, "%-10s %9s", "permission", "anonymous");
	for (int k = 1; k < ROLE_CLASS__MAX; k++)
		buf_printf(&b, " %14s", role_class_names[k]);
	for (int p = 1; p < PERM__MAX; p++) {
		buf_printf(&b, "\n%-10s %9s", perm_names[p],
		    access_may(&nobody, (enum perm)p) ? "x" : ".");
		for (int k = 1; k < ROLE_CLASS__MAX; k++) {
			struct who w = person(bit((enum role_class)k));

			buf_printf(&b, " %14s",
			    access_may(&w, (enum perm)p) ? "x" : ".");
		}
	}
	buf_char(&b, '\n');
	golden_check("tests/golden/access.txt", buf_text(&b));
	arena_release(&a);
}

static void
test_access__what_is_not_a_permission_is_refused(void **state)
{
	struct who everything = person(~0u);
	struct who anonymous = { .classes = ~0u };

	(void)state;
	assert_false(access_may(&everything, PERM__INVALID));
	assert_false(access_may(&everything, PERM__MAX));
	assert_false(access_may(&anonymous, PERM_SIGNED_IN));
	assert_true(access_may(&anonymous, PERM_ANYONE));
}

/* An administrator has no power to decide, an auditor none to change. */
static void
test_access__administrators_and_auditors_do_not_decide(void **state)
{
	struct who admin = person(bit(ROLE_CLASS_ADMINISTRATOR));
	struct who auditor = person(bit(ROLE_CLASS_AUDITOR));
	struct who both =
	    person(bit(ROLE_CLASS_ADMINISTRATOR) | bit(ROLE_CLASS_APPROVER));

	(void)state;
	assert_false(access_may(&admin, PERM_DECIDE));
	assert_false(access_may(&auditor, PERM_DECIDE));
	assert_false(access_may(&auditor, PERM_REQUEST));
	assert_false(access_may(&auditor, PERM_ADMINISTER));
	/* decisions 12: one who is an approver too decides like any other */
	assert_true(access_may(&both, PERM_DECIDE));
}

/* clang-format off */
static const int64_t units[] = { 11, 10, 1 }; /* a team, its department, the house */
static const struct scope place = { units, 3, DOMAIN_HR, 5 };

static const struct scope_case {
	struct grant grant;
	bool covers;
} scopes[] = {
	{ { .role = "r" }, true },
	{ { .role = "r", .unit_id = 11 }, true },
	{ { .role = "r", .unit_id = 1 }, true }, /* from above */
	{ { .role = "r", .unit_id = 12 }, false },
	{ { .role = "r", .domain = DOMAIN_HR }, true },
	{ { .role = "r", .domain = DOMAIN_FINANCE }, false },
	{ { .role = "r", .document_id = 5 }, true },
	{ { .role = "r", .document_id = 6 }, false },
	/* dimensions AND */
	{ { .role = "r", .unit_id = 10, .domain = DOMAIN_HR, .document_id = 5 }, true },
	{ { .role = "r", .unit_id = 12, .domain = DOMAIN_HR, .document_id = 5 }, false },
	{ { .role = "r", .unit_id = 10, .domain = DOMAIN_IT_SECURITY, .document_id = 5 }, false },
	{ { .role = "r", .unit_id = 10, .domain = DOMAIN_HR, .document_id = 6 }, false },
};
/* clang-format on */

static void
test_access__dimensions_of_a_scope_all_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++)
		CHECK_ROW(i,
		    grant_covers(&scopes[i].grant, &place) == scopes[i].covers);
}

static void
test_access__a_scope_on_a_unit_needs_a_unit(void **state)
{
	const struct scope nowhere = { NULL, 0, DOMAIN_HR, 5 };
	const struct grant here = { .role = "r", .unit_id = 11 };
	const struct grant everywhere = { .role = "r" };

	(void)state;
	assert_false(grant_covers(&here, &nowhere));
	assert_true(grant_covers(&everywhere, &nowhere));
}

static void
test_access__one_covering_grant_is_enough(void **state)
{
	const struct grant grants[] = {
		{ .role = "other" },
		{ .role = "lead", .unit_id = 12, .mapping_id = 1 },
		{ .role = "lead", .domain = DOMAIN_HR, .mapping_id = 2 },
		{ .role = "lead", .mapping_id = 3 },
	};
	struct who w = person(bit(ROLE_CLASS_APPROVER));

	(void)state;
	w.grants = grants;
	w.ngrants = 4;
	assert_int_equal(access_grant(&w, "lead", &place)->mapping_id, 2);
	assert_null(access_grant(&w, "nobody", &place));
	w.ngrants = 2;
	assert_null(access_grant(&w, "lead", &place));
	w.ngrants = 0;
	assert_null(access_grant(&w, "lead", &place));
}

/* clang-format off */
static const struct reads_case {
	struct grant grant;
	bool all;
} reads[] = {
	{ { .role_class = ROLE_CLASS_AUDITOR }, true },
	{ { .role_class = ROLE_CLASS_APPROVER }, true },
	{ { .role_class = ROLE_CLASS_AUDITOR, .unit_id = 1 }, false },
	{ { .role_class = ROLE_CLASS_AUDITOR, .domain = DOMAIN_HR }, false },
	{ { .role_class = ROLE_CLASS_APPROVER, .document_id = 5 }, false },
	{ { .role_class = ROLE_CLASS_STAFF }, false },
	{ { .role_class = ROLE_CLASS_ADMINISTRATOR }, false },
	{ { .role_class = ROLE_CLASS_DOCUMENT_OWNER }, false },
	{ { .role_class = ROLE_CLASS_LEADER }, false },
};
/* clang-format on */

static void
test_access__confidential_rows_need_an_open_scope(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		struct who w = person(bit(reads[i].grant.role_class));

		w.grants = &reads[i].grant;
		w.ngrants = 1;
		CHECK_ROW(i, access_reads_all(&w) == reads[i].all);
	}
}

/* M-11: plain staff see the open part of other people's rows. */
static void
test_access__staff_alone_read_the_open_part(void **state)
{
	struct who staff = person(bit(ROLE_CLASS_STAFF));
	struct who nobody = { 0 };

	(void)state;
	assert_false(access_reads_full(&staff));
	assert_false(access_reads_full(&nobody));
	for (int k = ROLE_CLASS_STAFF + 1; k < ROLE_CLASS__MAX; k++) {
		struct who w =
		    person(bit(ROLE_CLASS_STAFF) | bit((enum role_class)k));

		CHECK_ROW(k, access_reads_full(&w));
		CHECK_ROW(k, access_has_class(&w, ROLE_CLASS_STAFF));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_access__the_matrix_is_as_reviewed),
		cmocka_unit_test(
		    test_access__what_is_not_a_permission_is_refused),
		cmocka_unit_test(
		    test_access__administrators_and_auditors_do_not_decide),
		cmocka_unit_test(test_access__dimensions_of_a_scope_all_hold),
		cmocka_unit_test(test_access__a_scope_on_a_unit_needs_a_unit),
		cmocka_unit_test(test_access__one_covering_grant_is_enough),
		cmocka_unit_test(
		    test_access__confidential_rows_need_an_open_scope),
		cmocka_unit_test(test_access__staff_alone_read_the_open_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
