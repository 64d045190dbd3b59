/*
 * Membership against a real slapd: nested, looped, deep, wide, cut.
 */
#include "support/test.h"

#include "support/slapd.h"

#include "base/arena.h"

#define TESTS "ou=tests," SLAPD_BASE
#define WIDE_MAX 60

static struct slapd server;
static struct directory_config config;
static struct directory *dir;
static struct arena arena;
static struct err error;

static void
write_group(FILE *f, const char *cn, const char *class, const char *attr,
    const char *member, const char *second)
{
	fprintf(f, "dn: cn=%s," TESTS "\nobjectClass: %s\ncn: %s\n%s: %s\n", cn,
	    class, cn, attr, member);
	if (second != NULL)
		fprintf(f, "%s: %s\n", attr, second);
	fputs("\n", f);
}

static void
write_person(FILE *f, const char *uid)
{
	fprintf(f,
	    "dn: uid=%s," TESTS "\nobjectClass: inetOrgPerson\nuid: %s\n"
	    "cn: %s\nsn: %s\n\n",
	    uid, uid, uid, uid);
}

/* c1 holds the person, c2 holds c1, and so on. */
static void
write_chain(FILE *f, const char *name, const char *person, int n)
{
	char cn[32], member[128];
	int i;

	(void)snprintf(member, sizeof(member), "uid=%s," TESTS, person);
	for (i = 1; i <= n; i++) {
		(void)snprintf(cn, sizeof(cn), "%s-%d", name, i);
		write_group(f, cn, "groupOfNames", "member", member, NULL);
		(void)snprintf(member, sizeof(member), "cn=%s-%d," TESTS, name,
		    i);
	}
}

static void
write_wide(FILE *f)
{
	char cn[32], member[128];
	int i;

	for (i = 0; i < WIDE_MAX; i++) {
		(void)snprintf(cn, sizeof(cn), "wide-%d", i);
		write_group(f, cn, "groupOfNames", "member", "uid=wide," TESTS,
		    NULL);
	}
	/* each of the wide ones is in one more: batches of 50 names */
	for (i = 0; i < WIDE_MAX; i++) {
		(void)snprintf(cn, sizeof(cn), "over-%d", i);
		(void)snprintf(member, sizeof(member), "cn=wide-%d," TESTS, i);
		write_group(f, cn, "groupOfNames", "member", member, NULL);
	}
}

static void
write_extra(FILE *f)
{
	static const char *const people[] = { "eight", "nine", "loop", "wide",
		"unique", "comma\\2C person", "alone", "both" };
	size_t i;

	fputs("dn: " TESTS "\nobjectClass: organizationalUnit\nou: tests\n\n"
	      "dn: cn=limited,ou=services," SLAPD_BASE
	      "\nobjectClass: applicationProcess\n"
	      "objectClass: simpleSecurityObject\ncn: limited\n"
	      "userPassword: exreg-service-demo\n\n",
	    f);
	for (i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		write_person(f, people[i]);
	write_chain(f, "eight", "eight", 8);
	write_chain(f, "nine", "nine", 9);
	write_group(f, "loop-a", "groupOfNames", "member", "uid=loop," TESTS,
	    "cn=loop-c," TESTS);
	write_group(f, "loop-b", "groupOfNames", "member", "cn=loop-a," TESTS,
	    NULL);
	write_group(f, "loop-c", "groupOfNames", "member", "cn=loop-b," TESTS,
	    "cn=loop-c," TESTS);
	write_wide(f);
	write_group(f, "unique", "groupOfUniqueNames", "uniqueMember",
	    "uid=unique," TESTS, "uid=both," TESTS);
	write_group(f, "above-unique", "groupOfNames", "member",
	    "cn=unique," TESTS, "uid=both," TESTS);
	write_group(f, "brackets (a*b)", "groupOfNames", "member",
	    "uid=comma\\2C person," TESTS, NULL);
	write_group(f, "above-brackets", "groupOfNames", "member",
	    "cn=brackets (a*b)," TESTS, "uid=gone," TESTS);
}

static int
setup(void **state)
{
	char options[256];
	FILE *f;

	(void)state;
	slapd_folder(&server);
	f = slapd_file(&server, "extra.ldif");
	write_extra(f);
	assert_int_equal(fclose(f), 0);
	(void)snprintf(options, sizeof(options),
	    "--data sample --data %s/extra.ldif", server.dir);
	slapd_up(&server, options);
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
open_tests(void **state)
{
	(void)state;
	err_clear(&error);
	slapd_config(&server, &config);
	config.people_base = TESTS;
	config.groups_base = TESTS;
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

static void
reopen(void)
{
	directory_close(dir);
	dir = directory_open(&config, &error);
	assert_non_null(dir);
}

static void
use_sample(void)
{
	config.people_base = "ou=people," SLAPD_BASE;
	config.groups_base = "ou=groups," SLAPD_BASE;
	reopen();
}

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

static void
test_groups_search__contains_with_counts(void **state)
{
	struct directory_group *groups;
	bool more;
	size_t n;

	(void)state;
	use_sample();
	assert_int_equal(directory_groups_search(dir, &arena, "security", 10,
			     &groups, &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 2);
	assert_false(more);
	assert_string_equal(groups[0].name, "security-leads");
	assert_int_equal(groups[0].members, 2);
	assert_non_null(groups[0].description);
	assert_int_equal(groups[1].members, 15);
	assert_int_equal(directory_groups_search(dir, &arena, "", 20, &groups,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 20);
	assert_false(more);
	assert_int_equal(directory_groups_search(dir, &arena, "", 19, &groups,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 19);
	assert_true(more);
}

static void
test_groups_search__text_is_no_pattern(void **state)
{
	static const struct {
		const char *text;
		size_t n;
	} rows[] = { { "a*b", 1 }, { "(a", 1 }, { "b)", 1 }, { "*", 1 },
		{ "**", 0 }, { "\\", 0 }, { "s-1)(cn=", 0 }, { "loop*c", 0 } };
	struct directory_group *groups;
	size_t i, n;
	bool more;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK_ROW(i,
		    directory_groups_search(dir, &arena, rows[i].text, 10,
			&groups, &n, &more, &error) == DIRECTORY_OK);
		CHECK_ROW(i, n == rows[i].n);
	}
}

static void
test_group_get__by_id(void **state)
{
	struct directory_group g = { .name = "untouched" };

	(void)state;
	use_sample();
	assert_int_equal(directory_group_get(dir, &arena,
			     "6f1d0002-5a3c-4b7e-8d21-000000000099", &g,
			     &error),
	    DIRECTORY_NOT_FOUND);
	/* a person's id is no group's */
	assert_int_equal(directory_group_get(dir, &arena,
			     "6f1d0001-5a3c-4b7e-8d21-000000000001", &g,
			     &error),
	    DIRECTORY_NOT_FOUND);
	assert_string_equal(g.name, "untouched");
	assert_int_equal(directory_group_get(dir, &arena,
			     "6f1d0002-5a3c-4b7e-8d21-000000000001", &g,
			     &error),
	    DIRECTORY_OK);
	assert_string_equal(g.name, "security-leads");
	assert_int_equal(g.members, 2);
}

static void
id_of(const char *name, char id[64])
{
	struct directory_group *groups;
	size_t n;
	bool more;

	assert_int_equal(directory_groups_search(dir, &arena, name, 1, &groups,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 1);
	assert_string_equal(groups[0].name, name);
	(void)snprintf(id, 64, "%s", groups[0].id);
}

static void
test_group_members__nested_and_each_once(void **state)
{
	struct directory_person *people;
	char id[64];
	size_t n;
	bool more;

	(void)state;
	use_sample();
	id_of("auditors", id);
	assert_int_equal(directory_group_members(dir, &arena, id, 50, &people,
			     &n, &more, &error),
	    DIRECTORY_OK);
	/* ivy and the head stand in both groups below */
	assert_int_equal(n, 6);
	assert_false(more);
	assert_string_equal(people[0].uid, "ivy.chen");
	id_of("all-staff", id);
	assert_int_equal(directory_group_members(dir, &arena, id, 200, &people,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 200);
	assert_false(more);
	assert_int_equal(directory_group_members(dir, &arena, id, 199, &people,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 199);
	assert_true(more);
}

static void
test_group_members__loops_depth_and_dangling(void **state)
{
	struct directory_person *people;
	char id[64];
	size_t n = 0;
	bool more;

	(void)state;
	id_of("loop-b", id);
	assert_int_equal(directory_group_members(dir, &arena, id, 10, &people,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 1);
	assert_string_equal(people[0].uid, "loop");
	id_of("above-brackets", id);
	assert_int_equal(directory_group_members(dir, &arena, id, 10, &people,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 1);
	id_of("eight-8", id);
	assert_int_equal(directory_group_members(dir, &arena, id, 10, &people,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 1);
	id_of("nine-9", id);
	assert_int_equal(directory_group_members(dir, &arena, id, 10, &people,
			     &n, &more, &error),
	    DIRECTORY_DOWN);
	assert_non_null(strstr(error.cause, "nested"));
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
		ROW(test_groups_search__contains_with_counts),
		ROW(test_groups_search__text_is_no_pattern),
		ROW(test_group_get__by_id),
		ROW(test_group_members__nested_and_each_once),
		ROW(test_group_members__loops_depth_and_dangling),
	};

	if (!slapd_available("directory groups"))
		return SLAPD_SKIPPED;
	return cmocka_run_group_tests(tests, setup, teardown);
}
