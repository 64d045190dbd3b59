/* Every list of the register against a plain reading of the same rows. */
#include "db/register_fixture.h"

#include "db/tx.h"
#include "store/register_store.h"

static struct registry r;

static int
setup(void **state)
{
	(void)state;
	registry_open(&r);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	names_close(r.names);
	db_fixture_close(&r.f);
	return 0;
}

typedef void (*shape_fn)(const char *name, const struct register_filter *f,
    const struct register_view *v);

/* Call fn for every filter, statuses, view; and order when asked. */
static void
each_shape(bool orders, shape_fn fn)
{
	struct register_filter f;

	for (size_t i = 0; registry_filter(i, &f); i++) {
		registry_search(i, &r.f.arena, &f);
		for (size_t s = 0; s < STATUSES; s++) {
			/* All of them without a filter, a third with one. */
			if (i > 0 && s % 3 != i % 3)
				continue;
			assert_null(register_statuses(&r.f.arena,
			    registry_statuses[s], &f.statuses));
			for (size_t k = 0; k < VIEWS * 10; k++) {
				struct register_view v =
				    registry_view(k % VIEWS);
				/* in one go, cut short, in windows */
				static const int64_t glances[] = { 6000, 40,
					0 };
				struct arena_mark mark = arena_mark(&r.f.arena);
				size_t order = k / VIEWS;

				r.source.glance = glances[(k + i + s) % 3];
				f.sort = (enum register_sort)(order / 2 + 1);
				f.desc = order % 2 == 1;
				if (f.sort != REGISTER_BY_EXPIRES &&
				    (s + k + i) % (i > 0 ? 3 : 2) != 0)
					continue;
				if ((!orders &&
					f.sort != REGISTER_BY_EXPIRES) ||
				    register_sort_reason(&f, &v, f.sort) !=
					NULL)
					continue;
				fn(arena_printf(&r.f.arena,
				       "filter %zu, status %s, view %zu, by %s",
				       i, registry_statuses[s], k % VIEWS,
				       register_sort_names[f.sort]),
				    &f, &v);
				arena_rewind(&r.f.arena, mark);
			}
		}
	}
}

static void
check(bool ok, const char *name, const char *what, size_t at)
{
	if (ok)
		return;
	print_error("%s: %s at %zu\n", name, what, at);
	fail();
}

static void
check_pages(const char *name, const struct register_filter *f,
    const struct register_view *v)
{
	static const struct record *want[ROWS];
	size_t n = registry_expect(&r, f, v, want);
	struct register_from from = { 0 };
	struct register_page page;
	size_t at = 0;
	int64_t limit = 100;

	do {
		struct arena_mark mark = arena_mark(&r.f.arena);
		int rc;

		if (n < 120)
			limit = 7;
		rc = register_store_page(&r.source, f, v, &from, limit, &page,
		    &r.f.e);
		db_fixture_ok(rc, &r.f.e);
		check(page.nrows <= (size_t)limit, name, "too many", at);
		for (size_t i = 0; i < page.nrows; i++, at++) {
			const struct register_row *row = &page.rows[i];

			check(at < n && row->id == want[at]->id, name,
			    "another row", at);
			check(register_status(v, row) ==
				registry_status(want[at]),
			    name, "another status", at);
		}
		check(page.complete, name, "not complete", at);
		check(page.more || at == n, name, "the end", at);
		from = page.next;
		arena_rewind(&r.f.arena, mark);
	} while (page.more);
}

static void
test_register_list__pages_are_the_list_once(void **state)
{
	(void)state;
	each_shape(true, check_pages);
}

static void
check_count(const char *name, const struct register_filter *f,
    const struct register_view *v)
{
	static const struct record *want[ROWS];
	size_t n = registry_expect(&r, f, v, want);
	int64_t count = -1, total = -1;
	bool exact = false;

	db_fixture_ok(register_store_count(r.f.db, &r.f.arena, f, v, &count,
			  &exact, &r.f.e),
	    &r.f.e);
	check(exact && count == (int64_t)n, name, "count", (size_t)count);
	db_fixture_ok(register_store_total(r.f.db, &r.f.arena, f, v, &total,
			  &r.f.e),
	    &r.f.e);
	check(total == (int64_t)n, name, "total", (size_t)total);
}

static void
test_register_list__counts_are_its_length(void **state)
{
	(void)state;
	each_shape(false, check_count);
}

struct walk {
	const char *name;
	const struct record **want;
	size_t n, at;
};

static int
next_row(void *arg, const struct register_row *row, struct err *e)
{
	struct walk *w = arg;

	(void)e;
	check(w->at < w->n && row->id == w->want[w->at]->id, w->name,
	    "another row of the export", w->at);
	w->at++;
	return 0;
}

static void
check_each(const char *name, const struct register_filter *f,
    const struct register_view *v)
{
	static const struct record *want[ROWS];
	struct walk w = { .name = name, .want = want };

	w.n = registry_expect(&r, f, v, want);
	db_fixture_ok(register_store_each(&r.source, f, v, INT64_MAX, next_row,
			  &w, &r.f.e),
	    &r.f.e);
	check(w.at == w.n, name, "the end of the export", w.at);
}

static void
test_register_list__export_is_the_list(void **state)
{
	(void)state;
	each_shape(false, check_each);
}

static void
test_register_list__fulltext_is_the_same_list(void **state)
{
	static const struct record *want[ROWS];
	struct register_view v = registry_view(2);
	struct register_filter f;
	struct register_page page;
	struct register_from from = {
		.mark = { true, DATE_MIN, 0 },
		.strategy = REGISTER_FULLTEXT,
	};
	size_t n;

	(void)state;
	register_filter_init(&f);
	assert_null(register_statuses(&r.f.arena, "all", &f.statuses));
	assert_null(register_search(&r.f.arena, "serv leg", &f));
	n = registry_expect(&r, &f, &v, want);
	assert_in_range(n, 20, 100);
	db_fixture_ok(register_store_page(&r.source, &f, &v, &from, 100, &page,
			  &r.f.e),
	    &r.f.e);
	assert_int_equal(page.nrows, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(page.rows[i].id, want[i]->id);
}

static void
test_register_list__rows_carry_their_names(void **state)
{
	struct register_view v = registry_view(0);
	struct register_filter f;
	struct register_page page;
	struct register_from from = { 0 };

	(void)state;
	register_filter_init(&f);
	db_fixture_ok(register_store_page(&r.source, &f, &v, &from, 100, &page,
			  &r.f.e),
	    &r.f.e);
	assert_int_equal(page.nrows, 100);
	for (size_t i = 0; i < page.nrows; i++) {
		const struct register_row *x = &page.rows[i];

		assert_non_null(x->title);
		assert_int_equal(strncmp(x->document_key, "DOC-", 4), 0);
		assert_non_null(x->clause);
		assert_int_equal(x->unit_code[0], 'U');
		assert_string_equal(x->owner_name,
		    arena_printf(&r.f.arena, "Person %d", (int)x->owner_id));
	}
}

static void
test_register_list__staff_see_their_own_in_full(void **state)
{
	struct register_view v = registry_view(1);
	struct register_row other = { .owner_id = 3, .requester_id = 4 };
	struct register_row owned = { .owner_id = 7, .requester_id = 4 };
	struct register_row asked = { .owner_id = 3, .requester_id = 7 };

	(void)state;
	assert_false(register_row_is_open(&v, &other));
	assert_true(register_row_is_open(&v, &owned));
	assert_true(register_row_is_open(&v, &asked));
	v = registry_view(2);
	assert_true(register_row_is_open(&v, &other));
}

static void
test_register_list__keys_become_ids(void **state)
{
	int64_t id = 0;

	(void)state;
	assert_int_equal(names_document(r.names, r.f.db, "DOC-3", &id, &r.f.e),
	    1);
	assert_int_equal(id, 3);
	assert_int_equal(names_unit(r.names, r.f.db, "U4", &id, &r.f.e), 1);
	assert_int_equal(id, 4);
	assert_int_equal(names_clause(r.names, r.f.db, 2, "2.1", &id, &r.f.e),
	    1);
	assert_int_equal(id, 6);
	assert_int_equal(names_document(r.names, r.f.db, "no", &id, &r.f.e), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_register_list__keys_become_ids),
		cmocka_unit_test(test_register_list__rows_carry_their_names),
		cmocka_unit_test(
		    test_register_list__staff_see_their_own_in_full),
		cmocka_unit_test(test_register_list__fulltext_is_the_same_list),
		cmocka_unit_test(test_register_list__counts_are_its_length),
		cmocka_unit_test(test_register_list__export_is_the_list),
		cmocka_unit_test(test_register_list__pages_are_the_list_once),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
