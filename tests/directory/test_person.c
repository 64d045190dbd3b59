/*
 * Who somebody is: by user name, id, DN and parts of the name.
 */
#include "directory/sign_in.h"

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
		ROW(test_people_search__contains_and_limits),
	};

	if (!slapd_available("directory person"))
		return SLAPD_SKIPPED;
	return cmocka_run_group_tests(tests, setup, teardown);
}
