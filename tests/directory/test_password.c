/*
 * Whether the password is right, against a slapd that allows what a careless
 * server allows: unauthenticated binds.
 */
#include "directory/sign_in.h"

static void
test_password__good_and_bad(void **state)
{
	const char *ada = "uid=ada.marsh,ou=people," SLAPD_BASE;
	static const struct {
		const char *password;
		enum directory_result result;
	} rows[] = { { SLAPD_PASSWORD, DIRECTORY_OK },
		{ "harbour-demO", DIRECTORY_BAD_CREDENTIALS },
		{ "harbour-demo ", DIRECTORY_BAD_CREDENTIALS },
		{ " harbour-demo", DIRECTORY_BAD_CREDENTIALS },
		{ "x", DIRECTORY_BAD_CREDENTIALS },
		{ "{SSHA}", DIRECTORY_BAD_CREDENTIALS },
		{ SLAPD_PASSWORD, DIRECTORY_OK } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_ROW(i,
		    check(ada, rows[i].password, strlen(rows[i].password)) ==
			rows[i].result);
	assert_int_equal(error.kind, ERR_NONE);
}

static void
test_password__unknown_dn_is_a_wrong_password(void **state)
{
	(void)state;
	assert_int_equal(check("uid=nobody,ou=people," SLAPD_BASE,
			     SLAPD_PASSWORD, 12),
	    DIRECTORY_BAD_CREDENTIALS);
	assert_non_null(strstr(directory_reason(dir), "LDAP 49"));
	assert_int_equal(check("uid=bare,ou=staff," TESTS, SLAPD_PASSWORD, 12),
	    DIRECTORY_BAD_CREDENTIALS);
}

static void
test_password__hopeless_ones_cost_nothing(void **state)
{
	char longest[DIRECTORY_PASSWORD_MAX + 1];
	const char *ada = "uid=ada.marsh,ou=people," SLAPD_BASE;
	struct secret none = { NULL, 0 };

	(void)state;
	memset(longest, 'p', sizeof(longest));
	/* no server: anything sent would be DIRECTORY_DOWN */
	other_uri = "ldapi://%2Fnowhere";
	config.uris = &other_uri;
	reopen();
	assert_int_equal(directory_password_check(dir, ada, &none, &error),
	    DIRECTORY_BAD_CREDENTIALS);
	assert_int_equal(check(ada, "", 0), DIRECTORY_BAD_CREDENTIALS);
	assert_string_equal(directory_reason(dir), "empty password");
	assert_int_equal(check(ada, "   ", 3), DIRECTORY_BAD_CREDENTIALS);
	assert_int_equal(check(ada, "\0", 1), DIRECTORY_BAD_CREDENTIALS);
	assert_int_equal(check(ada, "harbour-demo\0x", 14),
	    DIRECTORY_BAD_CREDENTIALS);
	assert_int_equal(check(ada, longest, sizeof(longest)),
	    DIRECTORY_BAD_CREDENTIALS);
	assert_int_equal(check("", SLAPD_PASSWORD, 12),
	    DIRECTORY_BAD_CREDENTIALS);
	/* and the longest that is allowed is sent */
	assert_int_equal(check(ada, longest, sizeof(longest) - 1),
	    DIRECTORY_DOWN);
}

static void
test_password__policy_refusals_have_a_reason(void **state)
{
	(void)state;
	assert_int_equal(check("uid=policy,ou=staff," TESTS, "policy-pass", 11),
	    DIRECTORY_BAD_CREDENTIALS);
	assert_non_null(strstr(directory_reason(dir), "ocked"));
	/* the bind succeeds, but only to change the password */
	assert_int_equal(check("uid=reset,ou=staff," TESTS, "reset-pass", 10),
	    DIRECTORY_BAD_CREDENTIALS);
	assert_non_null(strstr(directory_reason(dir), "change"));
}

static void
test_password__check_leaves_the_service_identity(void **state)
{
	struct directory_person p;

	(void)state;
	assert_int_equal(directory_person_find(dir, &arena, "ada.marsh", &p,
			     &error),
	    DIRECTORY_OK);
	assert_int_equal(check(p.dn, SLAPD_PASSWORD, 12), DIRECTORY_OK);
	/* ada could not read this entry */
	assert_int_equal(directory_person_find(dir, &arena, "sam.okafor", &p,
			     &error),
	    DIRECTORY_OK);
}

static void
test_password__every_kind_of_address(void **state)
{
	const char *const uris[] = { server.ldapi, server.starttls,
		server.ldaps };
	struct directory_person p;
	size_t i;
	int k;

	(void)state;
	for (i = 0; i < 3; i++) {
		other_uri = uris[i];
		config.uris = &other_uri;
		reopen();
		for (k = 0; k < 20; k++) {
			CHECK_ROW(i,
			    directory_person_find(dir, &arena, "hana.sato", &p,
				&error) == DIRECTORY_OK);
			CHECK_ROW(i,
			    check(p.dn, SLAPD_PASSWORD, 12) == DIRECTORY_OK);
			CHECK_ROW(i,
			    check(p.dn, "wrong", 5) ==
				DIRECTORY_BAD_CREDENTIALS);
		}
	}
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, open_default, close_again)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(test_password__good_and_bad),
		ROW(test_password__unknown_dn_is_a_wrong_password),
		ROW(test_password__hopeless_ones_cost_nothing),
		ROW(test_password__policy_refusals_have_a_reason),
		ROW(test_password__check_leaves_the_service_identity),
		ROW(test_password__every_kind_of_address),
	};

	if (!slapd_available("directory password"))
		return SLAPD_SKIPPED;
	return cmocka_run_group_tests(tests, setup, teardown);
}
