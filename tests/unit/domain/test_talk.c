/* Whom a text mentions. */
#include "support/test.h"

#include "domain/talk.h"

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* The names of a text, separated by a space. */
static const char *
mentioned(const char *text)
{
	const char *names[MENTIONS_MAX];
	size_t n = mentions_of(&arena, text, names);
	const char *list = "";

	for (size_t i = 0; i < n && i < MENTIONS_MAX; i++)
		list = arena_printf(&arena, "%s%s%s", list, i > 0 ? " " : "",
		    names[i]);
	return list;
}

static void
test_talk__names_are_found_where_a_person_meant_one(void **state)
{
	static const struct {
		const char *text, *names;
	} rows[] = {
		{ "", "" },
		{ "nobody", "" },
		{ "@sam.okafor", "sam.okafor" },
		{ "Look, @sam.okafor, and (@ivy-chen)!",
		    "sam.okafor ivy-chen" },
		{ "Ask @sam.okafor. Then @ivy...", "sam.okafor ivy" },
		{ "@sam @SAM @Sam", "sam" },
		{ "mail ada@harbourvale.example", "" },
		{ "ada.@x", "" },
		{ "@@sam", "" },
		{ "@ sam", "" },
		{ "@", "" },
		{ "@.sam @-sam", "" },
		{ "line\n@sam\n@ivy", "sam ivy" },
		{ "\xc3\xa9@sam", "sam" },
		{ "@s\xc3\xa4m", "s" },
		{ "@u_1's", "u_1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_ROW(i,
		    strcmp(mentioned(rows[i].text), rows[i].names) == 0);
}

static void
test_talk__more_than_can_be_told_are_counted_and_not_kept(void **state)
{
	const char *names[MENTIONS_MAX];

	(void)state;
	assert_int_equal(mentions_of(&arena, "@a @b @c @d @e @f @g @h @i @j @a",
			     names),
	    10);
	assert_int_equal(mentions_of(&arena,
			     "@a @b @c @d @e @f @g @h @i @j @k @l", names),
	    11);
}

static void
test_talk__a_name_longer_than_any_is_none(void **state)
{
	char *text = arena_alloc(&arena, MENTION_CHARS + 3);

	(void)state;
	memset(text, 'x', MENTION_CHARS + 2);
	text[0] = '@';
	assert_string_equal(mentioned(text), "");
	text[MENTION_CHARS + 1] = '\0';
	assert_int_equal(strlen(mentioned(text)), MENTION_CHARS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_talk__names_are_found_where_a_person_meant_one),
		cmocka_unit_test(
		    test_talk__more_than_can_be_told_are_counted_and_not_kept),
		cmocka_unit_test(test_talk__a_name_longer_than_any_is_none),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
