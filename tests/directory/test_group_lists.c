/*
 * Groups by name and id, and the people in them.
 */
#include "directory/groups.h"

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
	assert_int_equal(n, 3);
	assert_false(more);
	assert_string_equal(groups[0].name, "security-lead-deputies");
	assert_string_equal(groups[1].name, "security-leads");
	assert_int_equal(groups[1].members, 2);
	assert_non_null(groups[1].description);
	assert_int_equal(groups[2].members, 15);
	assert_int_equal(directory_groups_search(dir, &arena, "", 40, &groups,
			     &n, &more, &error),
	    DIRECTORY_OK);
	assert_int_equal(n, 34);
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
		ROW(test_groups_search__contains_with_counts),
		ROW(test_groups_search__text_is_no_pattern),
		ROW(test_group_get__by_id),
		ROW(test_group_members__nested_and_each_once),
		ROW(test_group_members__loops_depth_and_dangling),
	};

	if (!slapd_available("directory group lists"))
		return SLAPD_SKIPPED;
	return cmocka_run_group_tests(tests, setup, teardown);
}
