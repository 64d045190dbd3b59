/*
 * Precedents and overlaps over generated rows, against a plain reading of
 * the same rows, and with a look at what the server reads for them.
 */
#include "db/register_fixture.h"

#include "db/explain.h"
#include "store/overlap_store.h"
#include "store/precedent_store.h"

static struct registry r;

static int
setup(void **state)
{
	(void)state;
	registry_open(&r);
	/* assets for half of them; a few units, so that they meet */
	db_fixture_sql(&r.f,
	    "INSERT INTO asset (id, name, kind) SELECT seq,"
	    " CONCAT('Asset ', seq), 'server' FROM seq_1_to_9");
	db_fixture_sql(&r.f,
	    "UPDATE exception SET decided_at = updated_at, asset_id ="
	    " IF(id % 2, 1 + id DIV 2 % 9, NULL), unit_id = 1 + id % 5");
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
is_decided(const struct record *x)
{
	return x->fact == FACT_DENIED || x->fact >= FACT_APPROVED;
}

static int
newest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x < y) - (x > y);
}

/* The newest decided ones that share a clause, then those one may see. */
static size_t
expect(const struct record *own, const struct register_view *v,
    int64_t ids[ROWS])
{
	int64_t all[ROWS];
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < r.n; i++)
		if (r.rows[i].id != own->id && is_decided(&r.rows[i]) &&
		    (r.rows[i].clauses & own->clauses) != 0)
			all[n++] = r.rows[i].id;
	qsort(all, n, sizeof(*all), newest_first);
	for (size_t i = 0; i < n && i < PRECEDENT_SAMPLE; i++)
		for (size_t k = 0; k < r.n; k++)
			if (r.rows[k].id == all[i] &&
			    registry_sees(v, &r.rows[k]))
				ids[kept++] = all[i];
	return kept;
}

/* M-24: the newest of the same clause, none that the reader may not see. */
static void
test_precedents__are_the_newest_of_the_same_clause(void **state)
{
	size_t seen = 0;

	(void)state;
	for (size_t i = 0; i < ROWS; i += 61) {
		struct register_view v = registry_view(i % VIEWS);
		const struct precedent_ask k = { .exception_id = r.rows[i].id,
			.nclauses = 2,
			.view = &v };
		struct arena_mark mark = arena_mark(&r.f.arena);
		struct precedent_row *rows = NULL;
		int64_t ids[ROWS];
		size_t n = 0, want = expect(&r.rows[i], &v, ids);

		db_fixture_ok(precedent_store_clause(r.f.db, &r.f.arena, &k,
				  &rows, &n, &r.f.e),
		    &r.f.e);
		CHECK_ROW(i, n == want);
		for (size_t j = 0; j < n; j++)
			CHECK_ROW(i, rows[j].id == ids[j]);
		seen += n;
		arena_rewind(&r.f.arena, mark);
	}
	assert_true(seen > 500);
}

/* M-24: words are looked for beside clause and document. */
static void
test_precedents__are_found_by_words(void **state)
{
	const char *words[] = { "firewall", "legacy" };
	struct register_view v = registry_view(0);
	const struct precedent_ask k = { .exception_id = r.rows[5].id,
		.words = words,
		.nwords = 2,
		.view = &v };
	struct precedent_row *rows = NULL;
	size_t n = 0;

	(void)state;
	db_fixture_ok(precedent_store_words(r.f.db, &r.f.arena, &k, &rows, &n,
			  &r.f.e),
	    &r.f.e);
	assert_int_equal(n, PRECEDENTS_MAX);
	for (size_t i = 0; i < n; i++) {
		CHECK_ROW(i, strstr(rows[i].title, "Legacy firewall") != NULL);
		CHECK_ROW(i, rows[i].shared_words == 2);
		CHECK_ROW(i, rows[i].match == PRECEDENT_BY_WORDS);
		CHECK_ROW(i, rows[i].outcome != OUTCOME_OPEN);
	}
}

static struct overlap_ask
ask_for(const struct register_view *v, int64_t asset, const int64_t *clauses)
{
	return (struct overlap_ask){
		.previous_id = I64_NONE,
		.document_id = 1,
		.clauses = clauses,
		.nclauses = 2,
		.request = { asset, 2, 7 },
		.view = v,
	};
}

/* What covers the asset, or the unit as a whole; nothing that is over. */
static void
test_overlaps__cover_the_asset_or_the_unit(void **state)
{
	static const int64_t clauses[] = { 1, 2 };
	struct register_view v = registry_view(0);
	size_t found[OVERLAP_MATCH__MAX] = { 0 };

	(void)state;
	for (int64_t asset = 0; asset <= 9; asset++) {
		const struct overlap_ask k =
		    ask_for(&v, asset > 0 ? asset : I64_NONE, clauses);
		struct overlap_row *rows = NULL;
		size_t n = 0;

		db_fixture_ok(overlap_store_list(r.f.db, &r.f.arena, &k, &rows,
				  &n, &r.f.e),
		    &r.f.e);
		for (size_t i = 0; i < n; i++) {
			enum overlap_match m =
			    overlap_match_of(&rows[i], &k.request);

			CHECK_ROW(i, rows[i].holds_until >= TODAY);
			CHECK_ROW(i,
			    m == OVERLAP_ASSET || rows[i].unit_id == 2);
			CHECK_ROW(i,
			    m == OVERLAP_ASSET || asset == 0 ||
				rows[i].asset_id == I64_NONE);
			found[m]++;
		}
	}
	assert_true(found[OVERLAP_ASSET] > 3 && found[OVERLAP_UNIT] > 3);
}

/* A draft and a waiting request of one's own that name the clause. */
static void
test_overlaps__own_requests_are_twins(void **state)
{
	static const int64_t clauses[] = { 1, 2 };
	struct register_view v = registry_view(0);
	const struct overlap_ask k = ask_for(&v, I64_NONE, clauses);
	const struct overlap_ask other = ask_for(&v, 3, clauses);
	struct draft_row *rows = NULL;
	size_t n = 0;

	(void)state;
	db_fixture_sql(&r.f,
	    "INSERT INTO exception (id, procedure_id, type, request_state,"
	    " requester_id, owner_id, edited_by_id, document_id, created_at,"
	    " updated_at, draft_content, content_version, title)"
	    " VALUES (20279000001, 1, 1, 1, 7, 7, 7, 1, '2027-01-01',"
	    " '2027-01-01', '{\"clauses\":[\"9.9\",\"1.1\"]}', 0, 'Twin'),"
	    " (20279000002, 1, 1, 1, 7, 7, 7, 1, '2027-01-01', '2027-01-01',"
	    " '{\"clauses\":[\"1.3\"]}', 0, 'Other clause'),"
	    " (20279000003, 1, 1, 1, 8, 8, 8, 1, '2027-01-01', '2027-01-01',"
	    " '{\"clauses\":[\"1.1\"]}', 0, 'Of another'),"
	    " (20279000004, 1, 1, 3, 7, 7, 7, 1, '2027-01-01', '2027-01-02',"
	    " NULL, 1, 'Waiting')");
	db_fixture_sql(&r.f,
	    "INSERT INTO exception_content VALUES (20279000004, 1,"
	    " '{\"clauses\":[\"1.2\"]}', UNHEX(SHA2('x', 256)), '2027-01-01',"
	    " 7)");
	db_fixture_ok(overlap_store_own(r.f.db, &k, "[\"1.1\",\"1.2\"]", &rows,
			  &n, &r.f.e),
	    &r.f.e);
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].id, 20279000004);
	assert_int_equal(rows[1].id, 20279000001);
	/* for another asset it is another request */
	db_fixture_sql(&r.f,
	    "UPDATE exception SET asset_id = 4 WHERE id = 20279000004");
	db_fixture_ok(overlap_store_own(r.f.db, &other, "[\"1.1\",\"1.2\"]",
			  &rows, &n, &r.f.e),
	    &r.f.e);
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].id, 20279000001);
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

/* For every view, on indexes only, without a sort of rows of the register. */
static void
test_precedents__only_indexes_are_read(void **state)
{
	static const int64_t clauses[] = { 1, 2 };
	const char *words[] = { "firewall", "legacy" };

	(void)state;
	for (size_t i = 0; i < VIEWS; i++) {
		struct register_view v = registry_view(i);
		const struct precedent_ask k = { .exception_id = r.rows[9].id,
			.nclauses = i + 1,
			.words = words,
			.nwords = i % 3,
			.view = &v };
		struct overlap_ask o =
		    ask_for(&v, i % 2 ? 3 : I64_NONE, clauses);
		struct register_sql sql;

		sql = precedent_sql_newest(&r.f.arena, &k, DIMENSION_CLAUSE);
		explain(&r.f, "clause", &sql, false);
		sql = precedent_sql_newest(&r.f.arena, &k, DIMENSION_DOCUMENT);
		explain(&r.f, "document", &sql, false);
		if (k.nwords > 0) {
			sql = precedent_sql_words(&r.f.arena, &k);
			explain(&r.f, "words", &sql, false);
		}
		sql = overlap_sql(&r.f.arena, &o);
		explain(&r.f, "overlaps", &sql, false);
	}
}

/* One statement for the clauses, however many; and it reads each stretch to
 * the sample and no further. */
static void
test_precedents__cost_does_not_grow_with_the_register(void **state)
{
	struct register_view v = registry_view(0);
	struct precedent_row *rows = NULL;
	size_t n = 0;

	(void)state;
	/* a clause that every decided exception has */
	db_fixture_sql(&r.f,
	    "INSERT IGNORE INTO exception_facet (dimension, value_id,"
	    " exception_id, lane, fact, confidential, effective_on,"
	    " holds_until, risk) SELECT 3, 0, id, lane, fact, confidential,"
	    " effective_on, holds_until, risk FROM exception");
	db_fixture_sql(&r.f, "ANALYZE TABLE exception_facet");
	for (size_t clauses = 1; clauses <= 9; clauses += 4) {
		const struct precedent_ask k = { .exception_id = r.rows[9].id,
			.nclauses = clauses,
			.view = &v };
		int64_t before =
		    counter("'Handler_read_next', 'Handler_read_prev'");

		db_statement_count(r.f.db, true);
		db_fixture_ok(precedent_store_clause(r.f.db, &r.f.arena, &k,
				  &rows, &n, &r.f.e),
		    &r.f.e);
		assert_int_equal(db_statement_count(r.f.db, true), 1);
		assert_int_equal(n, PRECEDENT_SAMPLE);
		/* eight lanes for each of its three facets at most */
		assert_in_range(counter(
				    "'Handler_read_next', 'Handler_read_prev'") -
			before,
		    PRECEDENT_SAMPLE, 3 * 8 * (PRECEDENT_SAMPLE + 10));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_precedents__are_the_newest_of_the_same_clause),
		cmocka_unit_test(test_precedents__are_found_by_words),
		cmocka_unit_test(test_overlaps__cover_the_asset_or_the_unit),
		cmocka_unit_test(test_precedents__only_indexes_are_read),
		cmocka_unit_test(test_overlaps__own_requests_are_twins),
		cmocka_unit_test(
		    test_precedents__cost_does_not_grow_with_the_register),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
