/* Documents as administrators edit them, and whom they are meant for. */
#include "support/test.h"

#include <string.h>

#include "domain/audience.h"
#include "domain/document.h"

static const char *
fault(const struct err *e, const char *pointer)
{
	for (size_t i = 0; i < e->nfields; i++) {
		if (strcmp(e->fields[i].pointer, pointer) == 0)
			return e->fields[i].detail;
	}
	return "";
}

static void
test_document__a_key_is_what_fits_an_address(void **state)
{
	static const struct {
		const char *key;
		bool fits;
	} rows[] = {
		{ "ISP-01", true },
		{ "7.2", true },
		{ "", false },
		{ "-A", false },
		{ "isp-01", false },
		{ "A B", false },
		{ "A/B", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_ROW(i, document_key_fits(rows[i].key) == rows[i].fits);
}

/* M-14: rules name only what there is, and a refusal has its reason. */
static void
test_document__rules_name_what_there_is(void **state)
{
	static const struct role_row kinds[] = {
		{ "customer", "Customer", ROLE_CLASS_STAFF },
		{ "staff", "Staff", ROLE_CLASS_STAFF },
	};
	const char *types[] = { "policy_deviation", "wish",
		"policy_deviation" };
	const char *people[] = { "staff", "security_lead", "staff" };
	struct document_rules r = { .title = "Two\nlines",
		.exception_types = types,
		.nexception_types = 3,
		.distribution = people,
		.ndistribution = 3 };
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_int_equal(document_rules_check(&r, kinds, 2, &a, &e), -1);
	assert_int_equal(e.nfields, 6);
	assert_string_equal(fault(&e, "/title"), "must be one line");
	assert_non_null(strstr(fault(&e, "/exception_note"), "say why"));
	assert_non_null(strstr(fault(&e, "/exception_types/1"), "not a type"));
	assert_non_null(strstr(fault(&e, "/exception_types/2"), "twice"));
	assert_non_null(strstr(fault(&e, "/distribution/1"), "not a kind"));
	assert_non_null(strstr(fault(&e, "/distribution/2"), "twice"));
	err_clear(&e);
	r = (struct document_rules){ .title = "Policy",
		.exceptions_allowed = true,
		.exception_types = types,
		.nexception_types = 1,
		.distribution = people,
		.ndistribution = 1 };
	assert_int_equal(document_rules_check(&r, kinds, 2, &a, &e), 0);
	arena_release(&a);
}

static void
test_document__a_text_has_clauses_each_with_its_own_ref(void **state)
{
	struct document_clause clauses[] = {
		{ "1", "One", "Text" },
		{ "1", "Two", "Text" },
		{ "2\t", "Three", "Text" },
	};
	struct sla_row sla[] = { { SEVERITY_HIGH, 7 }, { SEVERITY_HIGH, 0 } };
	struct document_text t = { "1.0", clauses, 3, sla, 2 };
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_int_equal(document_text_check(&t, &a, &e), -1);
	assert_int_equal(e.nfields, 4);
	assert_string_equal(fault(&e, "/clauses/1/ref"), "is there twice");
	assert_string_equal(fault(&e, "/clauses/2/ref"), "must be one line");
	assert_string_equal(fault(&e, "/sla/1/severity"), "is named twice");
	assert_non_null(strstr(fault(&e, "/sla/1/days"), "1 to 3660"));
	err_clear(&e);
	t = (struct document_text){ "1.0", clauses, 1, sla, 1 };
	assert_int_equal(document_text_check(&t, &a, &e), 0);
	t.nclauses = 0;
	assert_int_equal(document_text_check(&t, &a, &e), -1);
	assert_non_null(strstr(fault(&e, "/clauses"), "add at least one"));
	arena_release(&a);
}

static void
test_document__lists_come_back_as_they_were(void **state)
{
	const char *words[] = { "staff", "customer" };
	const char **back;
	struct arena a;
	size_t n;

	(void)state;
	arena_init(&a);
	assert_null(words_join(&a, words, 0));
	assert_string_equal(words_join(&a, words, 2), "staff,customer");
	back = words_split(&a, "staff,customer", &n);
	assert_int_equal(n, 2);
	assert_string_equal(back[1], "customer");
	(void)words_split(&a, NULL, &n);
	assert_int_equal(n, 0);
	assert_true(document_takes_type(NULL, TYPE_POLICY_DEVIATION));
	assert_true(document_takes_type("vulnerability_sla,policy_deviation",
	    TYPE_POLICY_DEVIATION));
	assert_false(
	    document_takes_type("vulnerability_sla", TYPE_POLICY_DEVIATION));
	arena_release(&a);
}

/* C-03, C-27 */
static void
test_document__who_is_not_meant_hears_who_can_ask(void **state)
{
	static const struct grant visitor = { .role = "visitor",
		.role_class = ROLE_CLASS_STAFF };
	static const struct grant lead = { .role = "security_lead",
		.role_class = ROLE_CLASS_APPROVER };
	static const struct grant both[] = {
		{ .role = "customer", .role_class = ROLE_CLASS_STAFF },
		{ .role = "staff", .role_class = ROLE_CLASS_STAFF },
	};
	const char *const staff[] = { "staff" };
	const char *const customers[] = { "customer" };
	const char *const two[] = { "customer", "staff" };
	const struct who a_visitor = { .grants = &visitor, .ngrants = 1 };
	const struct who unmapped = { .grants = &lead, .ngrants = 1 };
	const struct who hybrid = { .grants = both, .ngrants = 2 };
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_false(audience_admits(&a_visitor, staff, 1));
	assert_true(audience_admits(&a_visitor, staff, 0));
	assert_true(audience_admits(&unmapped, staff, 1));
	assert_false(audience_admits(&unmapped, customers, 1));
	assert_true(audience_admits(&hybrid, customers, 1));
	assert_string_equal(audience_refusal(&a_visitor, staff, 1, &a),
	    "A visitor cannot ask for this; it is for employees. An employee "
	    "must ask for you.");
	assert_string_equal(audience_refusal(&a_visitor, two, 2, &a),
	    "A visitor cannot ask for this; it is for customers and "
	    "employees. An employee must ask for you.");
	assert_string_equal(audience_refusal(&unmapped, customers, 1, &a),
	    "An employee cannot ask for this; it is for customers. A customer "
	    "must ask for you.");
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_document__a_key_is_what_fits_an_address),
		cmocka_unit_test(test_document__rules_name_what_there_is),
		cmocka_unit_test(
		    test_document__a_text_has_clauses_each_with_its_own_ref),
		cmocka_unit_test(test_document__lists_come_back_as_they_were),
		cmocka_unit_test(
		    test_document__who_is_not_meant_hears_who_can_ask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
