/* What the forms choose from, read from the database. */
#include "support/test.h"

#include "base/buf.h"
#include "store/catalogue_store.h"
#include "store/statements.h"
#include "support/db_fixture.h"

/* clang-format off */
static const char *const seed[] = {
	"INSERT INTO unit (id, code, name, parent_id) VALUES (1, 'H', 'House', NULL), (2, 'A', 'Unit A', 1)",
	"INSERT INTO unit_closure (unit_id, ancestor_id, depth) VALUES (1, 1, 0), (2, 2, 0), (2, 1, 1)",
	"INSERT INTO person (id, directory_id, uid, dn, name, title, mail, unit_id) VALUES"
	" (1, 'd1', 'ada', 'uid=ada', 'Ada Marsh', 'Engineer', 'ada@example.org', 2),"
	" (2, 'd2', 'ben', 'uid=ben', 'Ben 100%', NULL, NULL, NULL), (3, 'd3', 'cy', 'uid=cy', 'Cy Marsh', NULL, NULL, 2)",
	/* two titles that are equal, and all characters that mean something in LIKE */
	"INSERT INTO document (id, document_key, title, kind, domain, state, version, owner_id, max_term_days) VALUES"
	" (1, 'K-1', 'Same', 1, 1, 2, '1', 1, 90), (2, 'K-2', 'Same', 2, 2, 2, '2', NULL, NULL), (3, 'K-3', 'same', 3, 2, 2, '1', NULL, NULL),"
	" (4, 'K-4', '100% safe', 1, 1, 2, '1', NULL, NULL), (5, 'K-5', '100 safe', 1, 1, 2, '1', NULL, NULL),"
	" (6, 'K-6', 'a_b', 1, 1, 2, '1', NULL, NULL), (7, 'K-7', 'a\\\\b', 1, 1, 2, '1', NULL, NULL), (8, 'K-8', 'axb', 1, 1, 2, '1', NULL, NULL),"
	" (9, 'K-9', 'Draft', 1, 1, 1, '1', NULL, NULL), (10, 'K-10', 'Retired', 1, 1, 3, '1', NULL, NULL)",
	"INSERT INTO clause (document_id, version, position, ref, title, text) VALUES"
	" (1, '1', 2, '2.1', 'Second', 'b'), (1, '1', 1, '1.1', 'First', 'a'), (1, '0', 1, '1.1', 'Old', 'o'), (2, '2', 1, '1.1', 'x', 'y')",
	"INSERT INTO sla (document_id, version, severity, days) VALUES (1, '1', 2, 14), (1, '1', 1, 7), (1, '0', 1, 30)",
	"INSERT INTO procedure_version (id, procedure_key, version, title, type, published, body, sha256, created_at) VALUES"
	" (1, 'P', 1, 'P', 1, 1, '{}', UNHEX(SHA2('1', 256)), '2026-01-01'), (2, 'P', 2, 'P', 1, 1, '{\"v\":2}', UNHEX(SHA2('2', 256)), '2026-01-01'),"
	" (3, 'P', 3, 'P', 1, 0, '{}', UNHEX(SHA2('3', 256)), '2026-01-01'), (4, 'Q', 1, 'Q', 1, 0, '{}', UNHEX(SHA2('4', 256)), '2026-01-01')",
	"INSERT INTO asset (id, name, kind, criticality, owner_id, unit_id) SELECT seq, CONCAT('Asset ', LPAD(seq, 3, '0')), 'server',"
	" 1 + seq % 4, IF(seq % 3, 1, NULL), IF(seq % 2, 2, NULL) FROM seq_1_to_120",
	"INSERT INTO role_mapping (id, group_id, group_dn, group_name, role, unit_id, domain, document_id, created_at) VALUES"
	" (1, 'g1', 'cn=leads', 'Leads', 'security_lead', 2, 1, 1, '2026-01-01')",
	"INSERT INTO exception (id, procedure_id, type, request_state, requester_id, owner_id, edited_by_id, created_at, updated_at) VALUES"
	" (20260000001, 1, 1, 3, 3, 2, 3, '2026-01-01', '2026-01-01'), (20260000002, 1, 1, 3, 3, 3, 3, '2026-01-01', '2026-01-01'),"
	" (20260000003, 1, 1, 1, 1, 1, 1, '2026-01-01', '2026-01-01')",
};
/* clang-format on */

static struct db_fixture f;

static int
open_db(void **state)
{
	(void)state;
	db_fixture_open(&f, statements, STMT__MAX);
	for (size_t i = 0; i < sizeof(seed) / sizeof(seed[0]); i++)
		db_fixture_sql(&f, seed[i]);
	return 0;
}

static int
close_db(void **state)
{
	(void)state;
	db_fixture_close(&f);
	return 0;
}

/* Ids of a list, " 4 5". */
static const char *
documents(const struct document_filter *filter)
{
	struct document_row *rows = NULL;
	struct buf ids;
	size_t n = 0;

	buf_init(&ids, &f.arena);
	db_fixture_ok(catalogue_store_documents(f.db, &f.arena, filter, &rows,
			  &n, &f.e),
	    &f.e);
	for (size_t i = 0; i < n; i++) {
		buf_char(&ids, ' ');
		buf_i64(&ids, rows[i].id);
	}
	return buf_text(&ids);
}

/* clang-format off */
static const struct search_case {
	struct document_filter filter;
	const char *ids;
} searches[] = {
	/* equal titles by id, whatever their case; only what is published */
	{ { .q = NULL },            " 5 4 6 7 8 1 2 3" },
	{ { .q = "" },              " 5 4 6 7 8 1 2 3" },
	{ { .q = "SAME" },          " 1 2 3" },
	{ { .q = "k-2" },           " 2" },
	{ { .q = "safe" },          " 5 4" },
	/* what a person types is text */
	{ { .q = "%" },             " 4" },
	{ { .q = "100%" },          " 4" },
	{ { .q = "_" },             " 6" },
	{ { .q = "\\" },            " 7" },
	{ { .q = "a_b" },           " 6" },
	{ { .q = "'; DROP TABLE document; --" }, "" },
	{ { .q = "Draft" },         "" },
	{ { .domain = DOMAIN_HR },  " 2 3" },
	{ { .domain = DOMAIN_HR, .q = "k-3" }, " 3" },
	{ { .domain = DOMAIN_FINANCE }, "" },
	/* after the last one seen */
	{ { .after = 8 },           " 1 2 3" },
	{ { .after = 1 },           " 2 3" },
	{ { .after = 2 },           " 3" },
	{ { .after = 3 },           "" },
	{ { .q = "safe", .after = 5 }, " 4" },
};
/* clang-format on */

static void
test_catalogue__documents_are_found_by_what_is_typed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(searches) / sizeof(searches[0]); i++) {
		const char *got = documents(&searches[i].filter);

		if (strcmp(got, searches[i].ids) != 0)
			print_error("got%s\n", got);
		CHECK_ROW(i, strcmp(got, searches[i].ids) == 0);
	}
}

static void
test_catalogue__a_document_has_its_published_version(void **state)
{
	struct document_row d;
	struct clause *clauses;
	struct sla_row *sla;
	size_t n;

	(void)state;
	assert_int_equal(catalogue_store_document(f.db, "K-1", &d, &f.e), 1);
	assert_string_equal(d.owner_name, "Ada Marsh");
	assert_int_equal(d.max_term_days, 90);
	db_fixture_ok(catalogue_store_clauses(f.db, d.id, d.version, &clauses,
			  &n, &f.e),
	    &f.e);
	assert_int_equal(n, 2);
	assert_string_equal(clauses[0].title, "First");
	assert_string_equal(clauses[1].title, "Second");
	assert_int_equal(clauses[0].root_id, clauses[0].id);
	db_fixture_ok(catalogue_store_sla(f.db, d.id, d.version, &sla, &n,
			  &f.e),
	    &f.e);
	assert_int_equal(n, 2);
	assert_int_equal(sla[0].severity, SEVERITY_CRITICAL);
	assert_int_equal(sla[0].days, 7);
	assert_int_equal(catalogue_store_document(f.db, "K-2", &d, &f.e), 1);
	assert_true(d.max_term_days == I64_NONE && d.owner_name == NULL);
	assert_int_equal(catalogue_store_document(f.db, "K-9", &d, &f.e), 0);
	assert_int_equal(catalogue_store_document(f.db, "none", &d, &f.e), 0);
}

static void
test_catalogue__the_newest_published_procedure_counts(void **state)
{
	struct procedure_row *rows;
	struct procedure_row p;
	size_t n;

	(void)state;
	db_fixture_ok(catalogue_store_procedures(f.db, &rows, &n, &f.e), &f.e);
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].id, 2);
	assert_int_equal(catalogue_store_procedure_newest(f.db, "P", &p, &f.e),
	    1);
	assert_int_equal(p.id, 2);
	assert_string_equal(p.body, "{\"v\":2}");
	assert_int_equal(catalogue_store_procedure_newest(f.db, "Q", &p, &f.e),
	    0);
	/* a request runs on under the version it began with */
	assert_int_equal(catalogue_store_procedure(f.db, 1, &p, &f.e), 1);
	assert_int_equal(p.version, 1);
	assert_int_equal(catalogue_store_procedure(f.db, 99, &p, &f.e), 0);
}

static void
test_catalogue__assets_say_whose_they_are(void **state)
{
	struct asset_filter filter = { .me = 1 };
	struct asset_row *rows;
	struct asset_row one;
	size_t n;

	(void)state;
	db_fixture_ok(catalogue_store_assets(f.db, &f.arena, &filter, &rows, &n,
			  &f.e),
	    &f.e);
	assert_int_equal(n, 101);
	for (size_t i = 0; i < n; i++) {
		CHECK_ROW(i, rows[i].mine == (rows[i].id % 3 != 0));
		CHECK_ROW(i, (rows[i].owner_name != NULL) == rows[i].mine);
	}
	filter.after = rows[99].id;
	db_fixture_ok(catalogue_store_assets(f.db, &f.arena, &filter, &rows, &n,
			  &f.e),
	    &f.e);
	assert_int_equal(n, 20);
	assert_string_equal(rows[0].name, "Asset 101");
	filter = (struct asset_filter){ .me = 1, .mine = true, .q = "11" };
	db_fixture_ok(catalogue_store_assets(f.db, &f.arena, &filter, &rows, &n,
			  &f.e),
	    &f.e);
	/* 011, 110 to 119 without 111, 114 and 117 */
	assert_int_equal(n, 8);
	assert_int_equal(catalogue_store_asset(f.db, 2, 1, &one, &f.e), 1);
	assert_true(one.mine && one.owner_id == 1 && one.unit_id == 0);
	assert_int_equal(catalogue_store_asset(f.db, 3, 1, &one, &f.e), 1);
	assert_true(!one.mine && one.owner_id == I64_NONE && one.unit_id == 2);
	assert_int_equal(catalogue_store_asset(f.db, 999, 1, &one, &f.e), 0);
}

static void
test_catalogue__people_and_units(void **state)
{
	struct owner_row *owners;
	struct unit_row *units;
	struct unit_row unit;
	struct profile me;
	int64_t id = 0;
	size_t n;

	(void)state;
	db_fixture_ok(catalogue_store_owners(f.db, &f.arena, NULL, &owners, &n,
			  &f.e),
	    &f.e);
	/* Ada owns a draft only */
	assert_int_equal(n, 2);
	assert_string_equal(owners[0].name, "Ben 100%");
	db_fixture_ok(catalogue_store_owners(f.db, &f.arena, "Cy", &owners, &n,
			  &f.e),
	    &f.e);
	assert_int_equal(n, 1);
	db_fixture_ok(catalogue_store_owners(f.db, &f.arena, "%", &owners, &n,
			  &f.e),
	    &f.e);
	assert_int_equal(n, 0);
	db_fixture_ok(catalogue_store_units(f.db, &units, &n, &f.e), &f.e);
	assert_int_equal(n, 2);
	assert_string_equal(units[0].parent, "H");
	assert_int_equal(units[0].depth, 1);
	assert_int_equal(catalogue_store_unit(f.db, "A", &unit, &f.e), 1);
	assert_int_equal(unit.id, 2);
	assert_int_equal(catalogue_store_unit(f.db, "Z", &unit, &f.e), 0);
	assert_int_equal(catalogue_store_person(f.db, "ben", &id, &f.e), 1);
	assert_int_equal(id, 2);
	assert_int_equal(catalogue_store_person(f.db, "eve", &id, &f.e), 0);
	assert_int_equal(catalogue_store_profile(f.db, 1, &me, &f.e), 1);
	assert_string_equal(me.unit_code, "A");
	assert_int_equal(catalogue_store_profile(f.db, 9, &me, &f.e), 0);
}

static void
test_catalogue__a_role_in_words(void **state)
{
	const struct grant mapped = { .role = "security_lead",
		.mapping_id = 1 };
	const struct grant plain = { .role = "staff" };
	const struct grant gone = { .role = "x", .mapping_id = 9 };
	struct held_role r;

	(void)state;
	assert_int_equal(catalogue_store_held_role(f.db, &mapped, &r, &f.e), 1);
	assert_string_equal(r.title, "Security Lead");
	assert_string_equal(r.group_name, "Leads");
	assert_string_equal(r.unit, "A");
	assert_string_equal(r.document, "K-1");
	assert_int_equal(r.domain, DOMAIN_IT_SECURITY);
	assert_int_equal(r.class, ROLE_CLASS_APPROVER);
	assert_int_equal(catalogue_store_held_role(f.db, &plain, &r, &f.e), 1);
	assert_string_equal(r.title, "Staff");
	assert_null(r.group_name);
	assert_int_equal(r.domain, DOMAIN__INVALID);
	assert_int_equal(catalogue_store_held_role(f.db, &gone, &r, &f.e), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_catalogue__documents_are_found_by_what_is_typed),
		cmocka_unit_test(
		    test_catalogue__a_document_has_its_published_version),
		cmocka_unit_test(
		    test_catalogue__the_newest_published_procedure_counts),
		cmocka_unit_test(test_catalogue__assets_say_whose_they_are),
		cmocka_unit_test(test_catalogue__people_and_units),
		cmocka_unit_test(test_catalogue__a_role_in_words),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, open_db, close_db);
}
