#include "support/test.h"

#include <stdalign.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

static void
test_arena__memory_is_zeroed_and_aligned(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 8, 16, 17, 4096, 65536,
		200000 };
	struct arena a;

	(void)state;
	arena_init(&a);
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			unsigned char *p = arena_alloc(&a, sizes[i]);

			CHECK_ROW(i, p != NULL);
			CHECK_ROW(i, (uintptr_t)p % alignof(max_align_t) == 0);
			for (size_t j = 0; j < sizes[i]; j++)
				CHECK_ROW(i, p[j] == 0);
			memset(p, 0xee, sizes[i]);
		}
		arena_reset(&a);
	}
	arena_release(&a);
	assert_int_equal(a.total, 0);
}

static void
test_arena__two_empty_allocations_differ(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_ptr_not_equal(arena_alloc(&a, 0), arena_alloc(&a, 0));
	arena_release(&a);
}

static void
test_arena__reset_keeps_one_ordinary_block(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (int i = 0; i < 100; i++)
		(void)arena_alloc(&a, 10000);
	assert_true(a.total > 1000000);
	arena_reset(&a);
	assert_true(a.total > 0);
	assert_true(a.total <= 128 * 1024);
	arena_reset(&a);
	assert_true(a.total > 0);
	arena_release(&a);

	/* A huge first allocation is not kept. */
	(void)arena_alloc(&a, 10 * 1024 * 1024);
	arena_reset(&a);
	assert_int_equal(a.total, 0);
	arena_release(&a);
}

static void
test_arena__rewind_returns_to_the_mark(void **state)
{
	struct arena a;
	struct arena_mark m;
	char *kept;
	void *first;
	size_t total;

	(void)state;
	arena_init(&a);
	kept = arena_strdup(&a, "kept");
	m = arena_mark(&a);
	first = arena_alloc(&a, 100);
	arena_rewind(&a, m);
	assert_ptr_equal(arena_alloc(&a, 100), first);
	arena_rewind(&a, m);
	total = a.total;
	for (int row = 0; row < 1000; row++) {
		(void)arena_alloc(&a, 300000);
		(void)arena_printf(&a, "row %d", row);
		arena_rewind(&a, m);
	}
	assert_int_equal(a.total, total);
	assert_string_equal(kept, "kept");
	arena_release(&a);
}

static void
test_arena__rewind_to_an_empty_arena(void **state)
{
	struct arena a;
	struct arena_mark m;

	(void)state;
	arena_init(&a);
	m = arena_mark(&a);
	for (int i = 0; i < 20; i++)
		(void)arena_alloc(&a, 30000);
	arena_rewind(&a, m);
	assert_int_equal(a.used, 0);
	assert_true(a.total <= 128 * 1024);
	assert_string_equal(arena_strdup(&a, "again"), "again");
	arena_release(&a);
}

static void
test_arena__copies_text(void **state)
{
	struct arena a;
	char *p;

	(void)state;
	arena_init(&a);
	assert_null(arena_strdup(&a, NULL));
	assert_null(arena_strndup(&a, NULL, 3));
	assert_string_equal(arena_strdup(&a, ""), "");
	p = arena_strndup(&a, "abcdef", 3);
	assert_string_equal(p, "abc");
	assert_string_equal(arena_printf(&a, "%s-%d", "x", 7), "x-7");
	p = arena_printf(&a, "%*d", 100000, 1);
	assert_int_equal(strlen(p), 100000);
	arena_release(&a);
}

static void
test_buf__grows_and_stays_terminated(void **state)
{
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	buf_init(&b, &a);
	assert_string_equal(buf_text(&b), "");
	for (int i = 0; i < 100000; i++) {
		buf_char(&b, (char)('a' + i % 26));
		assert_int_equal(b.data[b.len], 0);
	}
	assert_int_equal(b.len, 100000);
	for (size_t i = 0; i < b.len; i++)
		assert_int_equal(b.data[i], 'a' + i % 26);
	buf_clear(&b);
	assert_string_equal(buf_text(&b), "");
	buf_add(&b, NULL, 0);
	assert_int_equal(b.len, 0);
	arena_release(&a);
}

static void
test_buf__exact_fits(void **state)
{
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	for (size_t n = 250; n < 260; n++) {
		char text[300];

		memset(text, 'x', sizeof(text));
		buf_init(&b, &a);
		buf_add(&b, text, n);
		CHECK_ROW(n, strlen(b.data) == n);
		buf_printf(&b, "%s", "tail");
		CHECK_ROW(n, strlen(b.data) == n + 4);
		CHECK_ROW(n, b.cap > b.len);
	}
	arena_release(&a);
}

static void
test_buf__writes_numbers(void **state)
{
	static const int64_t values[] = { 0, 1, -1, 9, 10, 99, 100, INT64_MAX,
		INT64_MIN, INT64_MIN + 1, 4294967296 };
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		buf_init(&b, &a);
		buf_i64(&b, values[i]);
		CHECK_ROW(i, strtoll(buf_text(&b), NULL, 10) == values[i]);
		CHECK_ROW(i,
		    strcmp(buf_text(&b),
			arena_printf(&a, "%lld", (long long)values[i])) == 0);
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena__memory_is_zeroed_and_aligned),
		cmocka_unit_test(test_arena__two_empty_allocations_differ),
		cmocka_unit_test(test_arena__reset_keeps_one_ordinary_block),
		cmocka_unit_test(test_arena__rewind_returns_to_the_mark),
		cmocka_unit_test(test_arena__rewind_to_an_empty_arena),
		cmocka_unit_test(test_arena__copies_text),
		cmocka_unit_test(test_buf__grows_and_stays_terminated),
		cmocka_unit_test(test_buf__exact_fits),
		cmocka_unit_test(test_buf__writes_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
