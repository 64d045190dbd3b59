/*
 * Membership upwards: nested, looped, deep, wide, cut.
 */
#include "directory/groups.h"

static enum directory_result
groups_of(const char *uid, struct directory_group **groups, size_t *n)
{
	char dn[160];

	(void)snprintf(dn, sizeof(dn), "uid=%s,%s", uid, config.people_base);
	return directory_groups_of(dir, &arena, dn, groups, n, &error);
}

static bool
has(const struct directory_group *groups, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(groups[i].name, name) == 0)
			return true;
	return false;
}

static void
test_groups_of__sample_people(void **state)
{
	static const struct {
		const char *uid, *in, *not_in;
		size_t n;
	} rows[] = {
		{ "ada.marsh", "it-staff", "it-leadership", 4 },
		{ "sam.okafor", "security-office", "auditors", 6 },
		{ "lena.fischer", "change-board", "auditors", 5 },
		{ "ivy.chen", "auditors", "security-leads", 4 },
		{ "tom.reyes", "register-admins", "auditors", 4 },
		{ "omar.haddad", "all-staff", "finance-controllers", 1 },
	};
	struct directory_group *groups;
	size_t i, n;

	(void)state;
	use_sample();
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK_ROW(i,
		    groups_of(rows[i].uid, &groups, &n) == DIRECTORY_OK);
		CHECK_ROW(i, has(groups, n, rows[i].in));
		CHECK_ROW(i, !has(groups, n, rows[i].not_in));
		CHECK_ROW(i, n == rows[i].n);
	}
}

static void
test_groups_of__ids_and_dns_are_filled(void **state)
{
	struct directory_group *groups;
	size_t n;

	(void)state;
	use_sample();
	assert_int_equal(groups_of("omar.haddad", &groups, &n), DIRECTORY_OK);
	assert_string_equal(groups[0].id,
	    "6f1d0002-5a3c-4b7e-8d21-000000000020");
	assert_string_equal(groups[0].dn, "cn=all-staff,ou=groups," SLAPD_BASE);
	assert_int_equal(groups[0].members, -1);
}

static void
test_groups_of__nobody_is_in_no_group(void **state)
{
	struct directory_group *groups;
	size_t n = 7;

	(void)state;
	assert_int_equal(groups_of("alone", &groups, &n), DIRECTORY_OK);
	assert_int_equal(n, 0);
	assert_int_equal(directory_groups_of(dir, &arena, "", &groups, &n,
			     &error),
	    DIRECTORY_NOT_FOUND);
}

static void
test_groups_of__loop_ends(void **state)
{
	struct directory_group *groups;
	size_t n;

	(void)state;
	assert_int_equal(groups_of("loop", &groups, &n), DIRECTORY_OK);
	assert_int_equal(n, 3);
	assert_true(has(groups, n, "loop-c"));
}

static void
test_groups_of__eight_levels_and_not_nine(void **state)
{
	struct directory_group *groups = NULL;
	size_t n = 77;

	(void)state;
	assert_int_equal(groups_of("eight", &groups, &n), DIRECTORY_OK);
	assert_int_equal(n, 8);
	n = 77;
	groups = NULL;
	assert_int_equal(groups_of("nine", &groups, &n), DIRECTORY_DOWN);
	assert_int_equal(n, 77);
	assert_null(groups);
	assert_int_equal(error.kind, ERR_DIRECTORY_DOWN);
	assert_non_null(strstr(error.cause, "nesting_depth"));
}

static void
test_groups_of__wide_goes_in_batches(void **state)
{
	struct directory_group *groups;
	size_t n;

	(void)state;
	config.page_size = 7;
	reopen();
	assert_int_equal(groups_of("wide", &groups, &n), DIRECTORY_OK);
	assert_int_equal(n, 2 * WIDE_MAX);
	assert_true(has(groups, n, "over-59"));
}

static void
test_groups_of__node_limit_fails_closed(void **state)
{
	static const int limits[] = { WIDE_MAX - 1, 2 * WIDE_MAX - 1 };
	struct directory_group *groups;
	size_t i, n = 77;

	(void)state;
	for (i = 0; i < 2; i++) {
		config.node_limit = limits[i];
		reopen();
		err_clear(&error);
		CHECK_ROW(i, groups_of("wide", &groups, &n) == DIRECTORY_DOWN);
		CHECK_ROW(i, n == 77);
		CHECK_ROW(i, error.kind == ERR_DIRECTORY_DOWN);
	}
	config.node_limit = 2 * WIDE_MAX;
	reopen();
	assert_int_equal(groups_of("wide", &groups, &n), DIRECTORY_OK);
}

static void
test_groups_of__unique_names(void **state)
{
	struct directory_group *groups;
	size_t n;

	(void)state;
	assert_int_equal(groups_of("unique", &groups, &n), DIRECTORY_OK);
	assert_int_equal(n, 2);
	assert_true(has(groups, n, "above-unique"));
	assert_int_equal(groups_of("both", &groups, &n), DIRECTORY_OK);
	assert_int_equal(n, 2);
}

static void
test_groups_of__names_with_commas_and_brackets(void **state)
{
	struct directory_group *groups;
	size_t n;

	(void)state;
	assert_int_equal(groups_of("comma\\2C person", &groups, &n),
	    DIRECTORY_OK);
	assert_int_equal(n, 2);
	assert_true(has(groups, n, "brackets (a*b)"));
	assert_true(has(groups, n, "above-brackets"));
}

static void
test_groups_of__answer_cut_by_the_server_fails_closed(void **state)
{
	struct directory_group *groups;
	size_t n = 77;

	(void)state;
	config.bind_dn = "cn=limited,ou=services," SLAPD_BASE;
	reopen();
	assert_int_equal(groups_of("loop", &groups, &n), DIRECTORY_OK);
	n = 77;
	assert_int_equal(groups_of("wide", &groups, &n), DIRECTORY_DOWN);
	assert_int_equal(n, 77);
	assert_non_null(strstr(error.cause, "LDAP 4"));
	/* the connection is still good */
	err_clear(&error);
	assert_int_equal(groups_of("loop", &groups, &n), DIRECTORY_OK);
}

static void
test_groups_of__too_large_a_page_fails_closed(void **state)
{
	struct directory_group *groups;
	size_t n = 77;

	(void)state;
	config.bind_dn = "cn=limited,ou=services," SLAPD_BASE;
	config.page_size = 2;
	reopen();
	assert_int_equal(groups_of("wide", &groups, &n), DIRECTORY_DOWN);
	assert_int_equal(n, 77);
}

static void
test_groups_of__missing_base_is_a_fault(void **state)
{
	struct directory_group *groups;
	size_t n;

	(void)state;
	config.groups_base = "ou=elsewhere," SLAPD_BASE;
	reopen();
	assert_int_equal(groups_of("loop", &groups, &n), DIRECTORY_DOWN);
	assert_non_null(strstr(error.cause, "ou=elsewhere"));
	err_clear(&error);
	assert_int_equal(directory_probe(dir, &error), DIRECTORY_DOWN);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, open_tests, close_again)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(test_groups_of__sample_people),
		ROW(test_groups_of__ids_and_dns_are_filled),
		ROW(test_groups_of__nobody_is_in_no_group),
		ROW(test_groups_of__loop_ends),
		ROW(test_groups_of__eight_levels_and_not_nine),
		ROW(test_groups_of__wide_goes_in_batches),
		ROW(test_groups_of__node_limit_fails_closed),
		ROW(test_groups_of__unique_names),
		ROW(test_groups_of__names_with_commas_and_brackets),
		ROW(test_groups_of__answer_cut_by_the_server_fails_closed),
		ROW(test_groups_of__too_large_a_page_fails_closed),
		ROW(test_groups_of__missing_base_is_a_fault),
	};

	if (!slapd_available("directory groups"))
		return SLAPD_SKIPPED;
	return cmocka_run_group_tests(tests, setup, teardown);
}
