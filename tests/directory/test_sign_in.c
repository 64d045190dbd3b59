/*
 * Who somebody is and whether the password is right, against a real slapd
 * that allows what a careless server allows: unauthenticated binds.
 */
#include "support/test.h"

#include "support/slapd.h"

#include "base/arena.h"
#include "base/utf8.h"

#define TESTS "ou=tests," SLAPD_BASE

static struct slapd server;
static struct directory_config config;
static struct directory *dir;
static struct arena arena;
static struct err error;
static const char *other_uri; /* of a test that wants another server */

/* People other directories would have; all below ou=tests. */
static const char extra[] =
    "dn: " TESTS "\nobjectClass: organizationalUnit\nou: tests\n\n"
    "dn: ou=staff," TESTS "\nobjectClass: organizationalUnit\nou: staff\n\n"
    "dn: ou=guests," TESTS "\nobjectClass: organizationalUnit\nou: guests\n\n"
    "dn: uid=twin,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: twin\ncn: Twin\nsn: One\nuserPassword: twin-one\n\n"
    "dn: uid=twin,ou=guests," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: twin\ncn: Twin\nsn: Two\nuserPassword: twin-two\n\n"
    "dn: cn=Odd\\2C Name+uid=odd,ou=staff," TESTS
    "\nobjectClass: inetOrgPerson\nuid: odd\ncn: Odd, Name\nsn: Odd\n"
    "userPassword: odd-odd\n\n"
    "dn: uid=bare,ou=staff," TESTS "\nobjectClass: inetOrgPerson\nuid: bare\n"
    "cn: Bare\nsn: Bare\n\n"
    "dn: uid=ad,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "objectClass: exregForeign\nuid: ad\ncn: Ad\nsn: Ad\n"
    "userAccountControl: 66050\n"
    "objectGUID:: AQIDBAUGBwgJCgsMDQ4PAA==\n\n"
    "dn: uid=ipa,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "objectClass: exregForeign\nuid: ipa\ncn: Ipa\nsn: Ipa\n"
    "nsAccountLock: true\n\n"
    "dn: uid=policy,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: policy\ncn: Policy\nsn: Policy\nuserPassword: policy-pass\n"
    "pwdAccountLockedTime: 000001010000Z\n\n"
    "dn: uid=reset,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: reset\ncn: Reset\nsn: Reset\nuserPassword: reset-pass\n"
    "pwdReset: TRUE\n\n"
    "dn: uid=bidi,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: bidi\ncn: Bidi\nsn: Bidi\ndisplayName:: 4oCuZXZpbA==\n\n"
    "dn: cn=policy," TESTS "\nobjectClass: device\nobjectClass: pwdPolicy\n"
    "cn: policy\npwdAttribute: userPassword\npwdLockout: TRUE\n"
    "pwdMustChange: TRUE\npwdMaxFailure: 0\n\n";

static int
setup(void **state)
{
	char options[512];
	FILE *f;

	(void)state;
	slapd_folder(&server);
	f = slapd_file(&server, "extra.ldif");
	assert_true(fputs(extra, f) >= 0);
	assert_int_equal(fclose(f), 0);
	(void)snprintf(options, sizeof(options),
	    "--data sample --data %s/extra.ldif "
	    "--schema tests/support/slapd-schema.ldif "
	    "--ppolicy cn=policy," TESTS,
	    server.dir);
	slapd_up(&server, options);
	slapd_config(&server, &config);
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	slapd_remove(&server);
	return 0;
}

static int
open_default(void **state)
{
	(void)state;
	err_clear(&error);
	slapd_config(&server, &config);
	dir = directory_open(&config, &error);
	assert_non_null(dir);
	return 0;
}

static int
close_again(void **state)
{
	(void)state;
	if (error.kind != ERR_NONE) /* shown when the test failed */
		print_message("%s\n", error.cause);
	directory_close(dir);
	dir = NULL;
	arena_reset(&arena);
	return 0;
}

/* Open once more with other settings. */
static void
reopen(void)
{
	directory_close(dir);
	dir = directory_open(&config, &error);
	assert_non_null(dir);
}

static enum directory_result
check(const char *dn, const char *password, size_t len)
{
	struct secret s;
	enum directory_result rc;

	s.bytes = (char *)test_malloc(len + 1);
	s.len = len;
	memcpy(s.bytes, password, len);
	rc = directory_password_check(dir, dn, &s, &error);
	test_free(s.bytes);
	return rc;
}

static void
test_person__is_found_with_everything(void **state)
{
	struct directory_person p;

	(void)state;
	assert_int_equal(directory_person_find(dir, &arena, "ada.marsh", &p,
			     &error),
	    DIRECTORY_OK);
	assert_string_equal(p.id, "6f1d0001-5a3c-4b7e-8d21-000000000001");
	assert_string_equal(p.dn, "uid=ada.marsh,ou=people," SLAPD_BASE);
	assert_string_equal(p.uid, "ada.marsh");
	assert_string_equal(p.name, "Ada Marsh");
	assert_string_equal(p.mail, "ada.marsh@harbourvale.example");
	assert_string_equal(p.title, "Senior Systems Engineer");
	assert_string_equal(p.department, "IT-OPS");
	assert_string_equal(p.manager_dn,
	    "uid=nora.quinn,ou=people," SLAPD_BASE);
	assert_false(p.disabled);
}

static void
test_person__is_the_same_by_id_and_by_dn(void **state)
{
	struct directory_person p, q;

	(void)state;
	assert_int_equal(directory_person_find(dir, &arena, "ADA.Marsh", &p,
			     &error),
	    DIRECTORY_OK);
	assert_string_equal(p.uid, "ada.marsh");
	assert_int_equal(directory_person_by_id(dir, &arena, p.id, &q, &error),
	    DIRECTORY_OK);
	assert_string_equal(q.dn, p.dn);
	assert_int_equal(directory_person_by_dn(dir, &arena, p.manager_dn, &q,
			     &error),
	    DIRECTORY_OK);
	assert_string_equal(q.uid, "nora.quinn");
}

static void
test_person__unknown_ids_and_names_are_not_found(void **state)
{
	static const char *const ids[] = { "", "*", "nonsense",
		"6f1d0001-5a3c-4b7e-8d21-999999999999",
		"6f1d0002-5a3c-4b7e-8d21-000000000001",
		"6f1d0001-5a3c-4b7e-8d21-000000000001)(uid=*" };
	static const char *const dns[] = { "", SLAPD_BASE,
		"cn=security-leads,ou=groups," SLAPD_BASE,
		"uid=nobody,ou=people," SLAPD_BASE };
	struct directory_person p = { .uid = "untouched" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		CHECK_ROW(i,
		    directory_person_by_id(dir, &arena, ids[i], &p, &error) ==
			DIRECTORY_NOT_FOUND);
	for (i = 0; i < sizeof(dns) / sizeof(dns[0]); i++)
		CHECK_ROW(i,
		    directory_person_by_dn(dir, &arena, dns[i], &p, &error) ==
			DIRECTORY_NOT_FOUND);
	assert_string_equal(p.uid, "untouched");
	assert_int_equal(error.kind, ERR_NONE);
}

static void
test_person__filter_excludes_by_every_door(void **state)
{
	struct directory_person p;

	(void)state;
	config.people_filter = "(&(objectClass=inetOrgPerson)(uid=%s)"
			       "(!(departmentNumber=IT-OPS)))";
	reopen();
	assert_int_equal(directory_person_find(dir, &arena, "ada.marsh", &p,
			     &error),
	    DIRECTORY_NOT_FOUND);
	assert_int_equal(directory_person_by_id(dir, &arena,
			     "6f1d0001-5a3c-4b7e-8d21-000000000001", &p,
			     &error),
	    DIRECTORY_NOT_FOUND);
	assert_int_equal(directory_person_by_dn(dir, &arena,
			     "uid=ada.marsh,ou=people," SLAPD_BASE, &p, &error),
	    DIRECTORY_NOT_FOUND);
}

static void
test_person__same_uid_in_two_branches_is_not_unique(void **state)
{
	struct directory_person p = { .uid = "untouched" };

	(void)state;
	config.people_base = TESTS;
	reopen();
	assert_int_equal(directory_person_find(dir, &arena, "twin", &p, &error),
	    DIRECTORY_NOT_UNIQUE);
	assert_string_equal(p.uid, "untouched");
	assert_int_equal(error.kind, ERR_NONE);
}

static void
test_person__dn_with_escapes_comes_back_usable(void **state)
{
	struct directory_person p, q;

	(void)state;
	config.people_base = TESTS;
	reopen();
	assert_int_equal(directory_person_find(dir, &arena, "odd", &p, &error),
	    DIRECTORY_OK);
	assert_int_equal(directory_person_by_dn(dir, &arena, p.dn, &q, &error),
	    DIRECTORY_OK);
	assert_int_equal(check(p.dn, "odd-odd", 7), DIRECTORY_OK);
}

static void
test_person__locks_of_other_directories_are_seen(void **state)
{
	static const struct {
		const char *uid;
		bool disabled;
	} rows[] = { { "ad", true }, { "ipa", true }, { "policy", true },
		{ "bare", false } };
	struct directory_person p;
	size_t i;

	(void)state;
	config.people_base = TESTS;
	reopen();
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK_ROW(i,
		    directory_person_find(dir, &arena, rows[i].uid, &p,
			&error) == DIRECTORY_OK);
		CHECK_ROW(i, p.disabled == rows[i].disabled);
	}
}

static void
test_person__binary_guid_is_text_and_finds_back(void **state)
{
	struct directory_person p, q;

	(void)state;
	config.people_base = TESTS;
	config.id_attribute = "objectGUID";
	reopen();
	assert_int_equal(directory_person_find(dir, &arena, "ad", &p, &error),
	    DIRECTORY_OK);
	assert_string_equal(p.id, "04030201-0605-0807-090a-0b0c0d0e0f00");
	assert_int_equal(directory_person_by_id(dir, &arena, p.id, &q, &error),
	    DIRECTORY_OK);
	assert_string_equal(q.uid, "ad");
	assert_int_equal(directory_person_by_id(dir, &arena, "04030201*", &q,
			     &error),
	    DIRECTORY_NOT_FOUND);
	/* an entry without the stable id is nobody to build on */
	assert_int_equal(directory_person_find(dir, &arena, "bare", &q, &error),
	    DIRECTORY_DOWN);
	assert_non_null(strstr(error.cause, "objectGUID"));
}

static void
test_person__name_that_turns_text_around_is_not_shown(void **state)
{
	struct directory_person p;

	(void)state;
	config.people_base = TESTS;
	reopen();
	assert_int_equal(directory_person_find(dir, &arena, "bidi", &p, &error),
	    DIRECTORY_OK);
	assert_string_equal(p.name, "bidi");
}

static void
test_person__non_ascii_name(void **state)
{
	struct directory_person p;

	(void)state;
	assert_int_equal(directory_person_find(dir, &arena, "zoe.singh", &p,
			     &error),
	    DIRECTORY_OK);
	assert_string_equal(p.name, "Zo\xc3\xab Singh");
}

static bool
has_outer_space(const char *s)
{
	return strchr(" \t\n", s[0]) != NULL ||
	    strchr(" \t\n", s[strlen(s) - 1]) != NULL;
}

/* Strings that change a filter that is not escaped. */
static void
test_person__injection_finds_nobody(void **state)
{
	static const char *const corpus[] = { "*", "**", "a*", "ada.mars*",
		"ada.marsh)(uid=*", "*)(uid=*))(|(uid=*", "*)(objectClass=*",
		"ada.marsh)(!(uid=x)", ")(", "))", "((", "\\", "\\2a", "\\2A",
		"\\5c2a", "ada.marsh\\", "\\61da.marsh", "ada.marsh\\00",
		"ada.marsh%00", "%s", "%n%n", "&", "|", "!", "=",
		">=", "~=", ":dn:=", "(uid=ada.marsh)", "ada.marsh\n",
		"\nada.marsh", "ada.marsh,ou=people", "uid=ada.marsh",
		"ada.marsh\t", "\xe2\x80\xaehsram.ada", "\xef\xbc\x8a",
		"a\xcc\x80", "\x01", "ada\x7f.marsh", "$(id)", "' or 1=1 --" };
	struct directory_person p;
	enum directory_result rc;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(corpus) / sizeof(corpus[0]); i++) {
		rc = directory_person_find(dir, &arena, corpus[i], &p, &error);
		/* slapd itself ignores white space around a value */
		CHECK_ROW(i,
		    rc == DIRECTORY_NOT_FOUND ||
			(rc == DIRECTORY_OK && has_outer_space(corpus[i]) &&
			    strcmp(p.uid, "ada.marsh") == 0));
	}
}

static void
test_person__random_filter_characters_find_nobody(void **state)
{
	static const char letters[] = "*()\\&|!=<>~:adm.,+\"#;/ 05cCfF\x01\x7f";
	unsigned long seed = 20261122;
	struct directory_person p;
	char name[24];
	size_t i, k, len;

	(void)state;
	for (i = 0; i < 2000; i++) {
		seed = (seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
		len = 1 + (seed >> 16) % (sizeof(name) - 1);
		for (k = 0; k < len; k++) {
			seed = (seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
			name[k] = letters[(seed >> 16) % (sizeof(letters) - 1)];
		}
		name[len < sizeof(name) ? len : sizeof(name) - 1] = '\0';
		CHECK_ROW(i,
		    directory_person_find(dir, &arena, name, &p, &error) ==
			DIRECTORY_NOT_FOUND);
		arena_reset(&arena);
	}
}

static void
test_person__unusable_user_names_cost_nothing(void **state)
{
	char longest[258];
	const char *const names[] = { "", " ", "\t\n", "\xc2\xa0",
		"ada\xff.marsh", "\xed\xa0\x80", longest };
	struct directory_person p;
	size_t i;

	(void)state;
	memset(longest, 'a', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	/* no server: anything sent would be DIRECTORY_DOWN */
	other_uri = "ldapi://%2Fnowhere";
	config.uris = &other_uri;
	reopen();
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		CHECK_ROW(i,
		    directory_person_find(dir, &arena, names[i], &p, &error) ==
			DIRECTORY_NOT_FOUND);
}

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

static void
test_people_search__contains_and_limits(void **state)
{
	struct directory_person *people;
	bool more;
	size_t n;

	(void)state;
	assert_int_equal(directory_people_search(dir, &arena, "quin", 10,
			     &people, &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 1);
	assert_false(more);
	assert_string_equal(people[0].uid, "nora.quinn");
	assert_int_equal(directory_people_search(dir, &arena, "a", 5, &people,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 5);
	assert_true(more);
	assert_int_equal(directory_people_search(dir, &arena, "*", 5, &people,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 0);
	assert_int_equal(directory_people_search(dir, &arena, " ", 5, &people,
			     &n, &more, &error),
	    DIRECTORY_NOT_FOUND);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, open_default, close_again)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(test_person__is_found_with_everything),
		ROW(test_person__is_the_same_by_id_and_by_dn),
		ROW(test_person__unknown_ids_and_names_are_not_found),
		ROW(test_person__filter_excludes_by_every_door),
		ROW(test_person__same_uid_in_two_branches_is_not_unique),
		ROW(test_person__dn_with_escapes_comes_back_usable),
		ROW(test_person__locks_of_other_directories_are_seen),
		ROW(test_person__binary_guid_is_text_and_finds_back),
		ROW(test_person__name_that_turns_text_around_is_not_shown),
		ROW(test_person__non_ascii_name),
		ROW(test_person__injection_finds_nobody),
		ROW(test_person__random_filter_characters_find_nobody),
		ROW(test_person__unusable_user_names_cost_nothing),
		ROW(test_password__good_and_bad),
		ROW(test_password__unknown_dn_is_a_wrong_password),
		ROW(test_password__hopeless_ones_cost_nothing),
		ROW(test_password__policy_refusals_have_a_reason),
		ROW(test_password__check_leaves_the_service_identity),
		ROW(test_password__every_kind_of_address),
		ROW(test_people_search__contains_and_limits),
	};

	if (!slapd_available("directory sign-in"))
		return SLAPD_SKIPPED;
	return cmocka_run_group_tests(tests, setup, teardown);
}
