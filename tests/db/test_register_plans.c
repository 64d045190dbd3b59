/*
 * Every statement the register can be asked for: prepared, explained over
 * generated rows, and run while counting what the server reads.
 *
 * Allowed beside index access: the server's own table of a union (at most
 * 101 rows a branch), and a filesort in a branch that the plan calls sorted
 * (see store/register_plan.h for why each of them is small).
 */
#include "db/register_fixture.h"

#include "db/explain.h"
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

static bool
has_sorted(const struct register_plan *p)
{
	for (size_t i = 0; i < p->nbranches; i++)
		if (p->branches[i].sorted)
			return true;
	return false;
}

static void
explain_all(const char *name, const struct register_filter *f,
    const struct register_view *v)
{
	struct arena *a = &r.f.arena;
	struct register_plan p;
	struct register_span s = { .limit = 51 };
	struct register_sql sql;

	register_plan_make(&p, f, v, REGISTER_LIST, REGISTER_SCAN);
	if (p.nbranches == 0)
		return;
	for (int k = 0; k < 4; k++) {
		s.from.set = (k & 1) != 0;
		s.to.set = (k & 2) != 0;
		s.from.key = s.to.key = registry_key(f->sort, &r.rows[1000]);
		s.from.id = s.to.id = r.rows[1000].id;
		sql = register_sql_page(a, &p, &s);
		explain(&r.f, name, &sql, has_sorted(&p));
	}
	for (size_t i = 0; i < p.nbranches; i++) {
		sql = register_sql_branch(a, &p, &p.branches[i], &s);
		explain(&r.f, name, &sql, p.branches[i].sorted);
	}
	if (p.weak) {
		sql = register_sql_bound(a, &p, &s.from, 500);
		explain(&r.f, name, &sql, false);
	}
	register_plan_make(&p, f, v, REGISTER_COUNT, REGISTER_SCAN);
	sql = register_sql_count(a, &p, 101);
	explain(&r.f, name, &sql, false);
	sql = register_sql_count(a, &p, 0);
	explain(&r.f, name, &sql, false);
	sql = register_sql_sample(a, &p, 500, true);
	explain(&r.f, name, &sql, false);
}

/* Every filter, statuses, view and order; and order when asked. */
static void
test_register_plans__only_indexes_are_read(void **state)
{
	struct register_filter f;

	(void)state;
	for (size_t i = 0; registry_filter(i, &f); i++) {
		registry_search(i, &r.f.arena, &f);
		for (size_t s = 0; s < STATUSES * VIEWS * 10; s++) {
			struct register_view v = registry_view(s / 10 % VIEWS);
			size_t status = s / 10 / VIEWS;
			struct arena_mark mark = arena_mark(&r.f.arena);

			/* All of them without a filter, a third with one. */
			if (i > 0 && (status % 3 != i % 3 || s % 3 != 0))
				continue;
			assert_null(register_statuses(&r.f.arena,
			    registry_statuses[status], &f.statuses));
			f.sort = (enum register_sort)(s % 10 / 2 + 1);
			f.desc = s % 2 == 1;
			if (register_sort_reason(&f, &v, f.sort) != NULL)
				continue;
			explain_all(arena_printf(&r.f.arena,
					"filter %zu, status %s, view %zu, %s",
					i, registry_statuses[status],
					s / 10 % VIEWS,
					register_sort_names[f.sort]),
			    &f, &v);
			arena_rewind(&r.f.arena, mark);
		}
	}
}

static int64_t
counter(const char *name)
{
	const char *v = db_fixture_value(&r.f,
	    arena_printf(&r.f.arena,
		"SELECT SUM(VARIABLE_VALUE) FROM"
		" information_schema.SESSION_STATUS"
		" WHERE VARIABLE_NAME IN (%s)",
		name));

	return v == NULL ? 0 : strtoll(v, NULL, 10);
}

#define INDEX_STEPS "'Handler_read_next', 'Handler_read_prev'"
#define SCANS "'Handler_read_rnd_next'"

/* Steps along an index for a page of 50, on the first and a middle page. */
static void
check_steps(const struct register_filter *f, const struct register_view *v,
    int64_t most)
{
	struct register_from from = { 0 };
	struct register_page page;
	int64_t before, steps;

	for (int k = 0; k < 4; k++) {
		before = counter(INDEX_STEPS);
		db_fixture_ok(register_store_page(&r.source, f, v, &from, 50,
				  &page, &r.f.e),
		    &r.f.e);
		steps = counter(INDEX_STEPS) - before;
		if (steps > most)
			print_error("page %d by %s for %d grants: %lld\n", k,
			    register_sort_names[f->sort], (int)v->ngrants,
			    (long long)steps);
		assert_in_range(steps, 0, most);
		if (!page.more)
			return;
		from = page.next;
	}
}

static void
test_register_plans__a_page_reads_little_more_than_itself(void **state)
{
	struct register_view v = registry_view(0);
	struct register_filter f;

	(void)state;
	register_filter_init(&f);
	/* One stretch, and the rows of the day it begins in. */
	check_steps(&f, &v, 51 + 150);
	f.desc = true;
	check_steps(&f, &v, 51 + 150);
	/* What has ended and is not shelved comes beside it, sorted. */
	assert_null(register_statuses(&r.f.arena, "scheduled,active,expired",
	    &f.statuses));
	check_steps(&f, &v, 4 * 51 + 300);
	f.sort = REGISTER_BY_NUMBER;
	f.statuses = 1u << STATUS_DENIED;
	check_steps(&f, &v, 3 * 50);
	f.sort = REGISTER_BY_RISK;
	check_steps(&f, &v, 3 * 50);
	f.unit_id = 2;
	check_steps(&f, &v, 3 * 50);
	f.unit_id = 0;
	f.sort = REGISTER_BY_UPDATED;
	check_steps(&f, &v, 3 * 50);
	f.sort = REGISTER_BY_EXPIRES;
	f.owner_id = 9;
	check_steps(&f, &v, 3 * 50);
}

/* Who may see some confidential rows reads the same stretch: that few of
 * them are confidential must not cost a look at all the others. */
static void
test_register_plans__a_scope_reads_little_more(void **state)
{
	struct register_filter f;

	(void)state;
	for (size_t i = 1; i < VIEWS; i++) {
		struct register_view v = registry_view(i);

		register_filter_init(&f);
		check_steps(&f, &v, 4 * 51 + 100);
		f.sort = REGISTER_BY_NUMBER;
		check_steps(&f, &v, 4 * 51 + 100);
	}
}

static int64_t
pages_read(void)
{
	return strtoll(db_fixture_value(&r.f,
			   "SELECT VARIABLE_VALUE FROM"
			   " information_schema.GLOBAL_STATUS WHERE"
			   " VARIABLE_NAME ="
			   " 'INNODB_BUFFER_POOL_READ_REQUESTS'"),
	    NULL, 10);
}

/* The server forgets covering indexes, see db_list_fresh() in db/db.h. */
static void
test_register_plans__a_count_stays_in_its_index(void **state)
{
	struct register_view v = registry_view(0);
	struct register_filter f;
	struct register_page page;
	struct register_from from = { 0 };
	int64_t n, before;
	bool exact;

	(void)state;
	register_filter_init(&f);
	for (int i = 0; i < 3; i++) {
		f.sort = REGISTER_BY_NUMBER;
		db_fixture_ok(register_store_page(&r.source, &f, &v, &from, 50,
				  &page, &r.f.e),
		    &r.f.e);
		before = pages_read();
		db_fixture_ok(register_store_count(r.f.db, &r.f.arena, &f, &v,
				  &n, &exact, &r.f.e),
		    &r.f.e);
		assert_in_range(n, 200, ROWS);
		/* Three for each row outside of the index. */
		assert_in_range(pages_read() - before, 0, 150);
	}
}

static void
test_register_plans__number_of_statements_does_not_grow(void **state)
{
	struct register_view v = registry_view(1);
	struct register_filter f;
	struct register_page page;
	struct register_from from = { 0 };

	(void)state;
	register_filter_init(&f);
	for (int64_t limit = 1; limit <= 100; limit += 33) {
		db_statement_count(r.f.db, true);
		db_fixture_ok(register_store_page(&r.source, &f, &v, &from,
				  limit, &page, &r.f.e),
		    &r.f.e);
		assert_int_equal(db_statement_count(r.f.db, true), 1);
	}
	/* Rows that are soon found, and rows that are not. */
	f.cause = CAUSE_OTHER;
	for (int i = 0; i < 3; i++) {
		r.source.glance = i == 1 ? 40 : REGISTER_GLANCE;
		db_fixture_ok(register_store_page(&r.source, &f, &v, &from, 20,
				  &page, &r.f.e),
		    &r.f.e);
		assert_int_equal(db_statement_count(r.f.db, true),
		    i == 1 ? 3 : 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_register_plans__a_page_reads_little_more_than_itself),
		cmocka_unit_test(
		    test_register_plans__a_scope_reads_little_more),
		cmocka_unit_test(
		    test_register_plans__a_count_stays_in_its_index),
		cmocka_unit_test(
		    test_register_plans__number_of_statements_does_not_grow),
		cmocka_unit_test(test_register_plans__only_indexes_are_read),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
