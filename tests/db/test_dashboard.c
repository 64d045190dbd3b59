/* Each figure of the dashboard is the length of the list it links to. */
#include "db/register_fixture.h"

#include "store/dashboard_store.h"

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
	db_fixture_close(&r.f);
	return 0;
}

static int64_t
length(const char *statuses, struct register_filter f, date_t from,
    const struct register_view *v)
{
	static const struct record *want[ROWS];

	assert_null(register_statuses(&r.f.arena, statuses, &f.statuses));
	f.expires_from = from;
	return (int64_t)registry_expect(&r, &f, v, want);
}

static void
check(size_t row, const struct figures *got, const struct register_filter *f,
    const struct register_view *v)
{
	CHECK_ROW(row, got->active == length("active", *f, DATE_MIN, v));
	CHECK_ROW(row,
	    got->waiting == length("in_review,returned", *f, DATE_MIN, v));
	CHECK_ROW(row, got->ending_30 == length("expiring", *f, DATE_MIN, v));
	CHECK_ROW(row, got->expired_30 == length("expired", *f, TODAY - 30, v));
}

/* Figures of every document and unit under a filter. */
static void
check_values(size_t row, const struct register_filter *f,
    const struct register_view *v, enum dimension d)
{
	struct named_row *names;
	struct figures *got;
	size_t n;

	db_fixture_ok(d == DIMENSION_DOCUMENT ?
		dashboard_store_documents(r.f.db, &names, &n, &r.f.e) :
		dashboard_store_units(r.f.db, 0, &names, &n, &r.f.e),
	    &r.f.e);
	assert_int_equal(n, d == DIMENSION_DOCUMENT ? DOCUMENTS : UNITS);
	got = arena_array(&r.f.arena, n, sizeof(*got));
	db_fixture_ok(dashboard_store_values(r.f.db, &r.f.arena, f, v, d, names,
			  n, got, &r.f.e),
	    &r.f.e);
	for (size_t i = 0; i < n; i++) {
		struct register_filter one = *f;

		if (d == DIMENSION_DOCUMENT)
			one.document_id = names[i].id;
		else
			one.unit_id = names[i].id;
		check(row, &got[i], &one, v);
	}
}

static void
test_dashboard__figures_are_lengths_of_lists(void **state)
{
	(void)state;
	for (size_t i = 0; i < VIEWS * 3; i++) {
		struct register_view v = registry_view(i % VIEWS);
		struct register_filter f;
		struct figures got = { 0 };

		register_filter_init(&f);
		f.unit_id = i / VIEWS == 1 ? 2 : 0;
		f.document_id = i / VIEWS == 2 ? 1 : 0;
		db_fixture_ok(dashboard_store_totals(r.f.db, &r.f.arena, &f, &v,
				  &got, &r.f.e),
		    &r.f.e);
		check(i, &got, &f, &v);
		if (f.document_id == 0)
			check_values(i, &f, &v, DIMENSION_DOCUMENT);
		if (f.unit_id == 0)
			check_values(i, &f, &v, DIMENSION_UNIT);
	}
}

static void
test_dashboard__units_below_one(void **state)
{
	struct named_row *names;
	size_t n;

	(void)state;
	db_fixture_ok(dashboard_store_units(r.f.db, 9, &names, &n, &r.f.e),
	    &r.f.e);
	assert_int_equal(n, 4);
	db_fixture_ok(dashboard_store_units(r.f.db, 30, &names, &n, &r.f.e),
	    &r.f.e);
	assert_int_equal(n, 1);
	assert_string_equal(names[0].key, "U30");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dashboard__figures_are_lengths_of_lists),
		cmocka_unit_test(test_dashboard__units_below_one),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
