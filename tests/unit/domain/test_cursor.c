/* A place in a list survives the way out and back; anything else does not. */
#include "support/test.h"

#include "domain/cursor.h"

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

static void
test_cursor__comes_back_as_it_went(void **state)
{
	static const struct cursor rows[] = {
		{ .strategy = 1, .key = 20000, .id = 20260000042, .hash = 7 },
		{ .strategy = 255,
		    .key = INT64_MIN,
		    .id = INT64_MAX,
		    .id_low = -1,
		    .hash = UINT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = cursor_encode(&arena, &rows[i]);
		struct cursor c = { 0 };

		CHECK_ROW(i, cursor_decode(&arena, text, &c) == 0);
		CHECK_ROW(i, c.strategy == rows[i].strategy);
		CHECK_ROW(i, c.key == rows[i].key && c.id == rows[i].id);
		CHECK_ROW(i, c.id_low == rows[i].id_low);
		CHECK_ROW(i, c.hash == rows[i].hash);
		CHECK_ROW(i,
		    text[strspn(text,
			"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			"abcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0');
	}
}

static void
test_cursor__refuses_other_texts(void **state)
{
	const struct cursor made = { .strategy = 1 };
	char *cut = arena_strdup(&arena, cursor_encode(&arena, &made));
	const char *const rows[] = { "", "x", "AAAA", "!!!", cut };
	struct cursor c = { .id = 5 };

	(void)state;
	cut[strlen(cut) - 4] = '\0';
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_ROW(i, cursor_decode(&arena, rows[i], &c) == -1);
	assert_int_equal(c.id, 5);
}

static void
test_cursor__hash_tells_lists_apart(void **state)
{
	(void)state;
	assert_int_not_equal(hash_i64(HASH_START, 1), hash_i64(HASH_START, 2));
	assert_int_not_equal(hash_str(HASH_START, NULL),
	    hash_str(HASH_START, ""));
	assert_int_not_equal(hash_str(hash_str(HASH_START, "a"), "b"),
	    hash_str(hash_str(HASH_START, "ab"), ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cursor__comes_back_as_it_went),
		cmocka_unit_test(test_cursor__refuses_other_texts),
		cmocka_unit_test(test_cursor__hash_tells_lists_apart),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
