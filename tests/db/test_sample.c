/* The rows of the sample register, as a database sees them. */
#include "support/test.h"

#include <stdlib.h>

#include "app/sample.h"
#include "support/db_fixture.h"

#define TODAY 20779 /* 2026-11-22 */
#define LARGE 6000

static struct err
load(struct db_fixture *f, size_t count)
{
	struct sample s = { .arena = &f->arena,
		.dir = "sql/sample",
		.procedures_dir = "sql/procedures",
		.today = TODAY,
		.seed = 1,
		.count = count };
	struct err e = { 0 };

	f->cfg = db_fixture_config();
	f->cfg.io_timeout_s = 300;
	sample_run(&f->cfg, &s, &e);
	return e;
}

/* Everything back to an empty database with its schema. */
static void
empty(struct db_fixture *f)
{
	static const char *const tables[] = { "exception", "exception_content",
		"exception_version", "exception_clause", "exception_facet",
		"exception_text", "exception_control", "exception_alternative",
		"finding", "decision", "risk", "exception_risk",
		"exception_number", "risk_number", "audit_event",
		"audit_pending", "role_holder", "role_mapping", "asset",
		"document", "document_version", "document_draft", "clause",
		"sla", "procedure_version", "person", "unit_closure", "unit" };

	db_fixture_sql(f, "SET foreign_key_checks = 0");
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		db_fixture_sql(f,
		    arena_printf(&f->arena, "TRUNCATE %s", tables[i]));
	db_fixture_sql(f, "SET foreign_key_checks = 1");
}

static long long
count(struct db_fixture *f, const char *from)
{
	return strtoll(db_fixture_value(f,
			   arena_printf(&f->arena, "SELECT COUNT(*) FROM %s",
			       from)),
	    NULL, 10);
}

static void
must_be_none(struct db_fixture *f, const char *from)
{
	long long n = count(f, from);

	if (n != 0)
		fail_msg("%lld rows: %s", n, from);
}

struct references {
	struct db_fixture *f;
	const char *checks[256];
	size_t n;
};

/* table, column, referenced table, referenced column */
static int
reference_row(void *arg, size_t n, const char **names, const char **v,
    struct err *e)
{
	struct references *r = arg;

	(void)n;
	(void)names;
	(void)e;
	assert_true(r->n < sizeof(r->checks) / sizeof(r->checks[0]));
	r->checks[r->n++] = arena_printf(&r->f->arena,
	    "%s x LEFT JOIN %s y ON y.%s = x.%s"
	    " WHERE x.%s IS NOT NULL AND y.%s IS NULL",
	    v[0], v[2], v[3], v[1], v[1], v[3]);
	return 0;
}

/* The load switches foreign keys off; they hold all the same. */
static void
check_references(struct db_fixture *f)
{
	struct references r = { .f = f };

	db_fixture_ok(db_text(f->db,
			  "SELECT table_name, column_name,"
			  " referenced_table_name, referenced_column_name"
			  " FROM information_schema.key_column_usage"
			  " WHERE table_schema = DATABASE()"
			  " AND referenced_table_name IS NOT NULL",
			  reference_row, &r, &f->e),
	    &f->e);
	assert_true(r.n > 20);
	for (size_t i = 0; i < r.n; i++)
		must_be_none(f, r.checks[i]);
}

static void
check_hashes(struct db_fixture *f)
{
	must_be_none(f,
	    "exception_content WHERE content_hash <> UNHEX(SHA2(content, 256))");
	must_be_none(f,
	    "exception_version v LEFT JOIN exception_content c"
	    " ON c.exception_id = v.exception_id"
	    " AND c.content_version = v.content_version"
	    " WHERE NOT v.content_hash <=> c.content_hash");
	must_be_none(f,
	    "decision d LEFT JOIN exception_content c"
	    " ON c.exception_id = d.exception_id"
	    " AND c.content_version = d.content_version"
	    " WHERE NOT d.content_hash <=> c.content_hash");
	must_be_none(f,
	    "exception x LEFT JOIN exception_content c"
	    " ON c.exception_id = x.id"
	    " AND c.content_version = x.content_version"
	    " WHERE x.content_version > 0"
	    " AND NOT x.content_hash <=> c.content_hash");
	must_be_none(f,
	    "procedure_version WHERE sha256 <> UNHEX(SHA2(body, 256))");
}

/* Copies are what the statements of the program would have made. */
static void
check_copies(struct db_fixture *f)
{
	must_be_none(f,
	    "exception_facet f JOIN exception x ON x.id = f.exception_id"
	    " WHERE f.lane <> x.lane OR f.holds_until <> x.holds_until"
	    " OR f.risk <> x.risk OR NOT f.effective_on <=> x.effective_on");
	must_be_none(f,
	    "exception x JOIN unit_closure u ON u.unit_id = x.unit_id"
	    " LEFT JOIN exception_facet f ON f.exception_id = x.id"
	    " AND f.dimension = 1 AND f.value_id = u.ancestor_id"
	    " WHERE x.content_version > 0 AND f.exception_id IS NULL");
	must_be_none(f,
	    "exception_clause s JOIN clause c ON c.id = s.clause_id"
	    " LEFT JOIN exception_facet f ON f.exception_id = s.exception_id"
	    " AND f.dimension = 3 AND f.value_id = COALESCE(c.root_id, c.id)"
	    " WHERE f.exception_id IS NULL");
	must_be_none(f,
	    "exception x LEFT JOIN exception_version v"
	    " ON v.exception_id = x.id AND v.row_version = x.row_version"
	    " WHERE x.content_version > 0 AND (v.exception_id IS NULL"
	    " OR v.request_state <> x.request_state OR v.outcome <> x.outcome"
	    " OR v.ended_as <> x.ended_as OR v.suspended <> x.suspended)");
	must_be_none(f,
	    "exception x LEFT JOIN exception_text t ON t.exception_id = x.id"
	    " WHERE (t.exception_id IS NULL) = (x.content_version > 0)");
	must_be_none(f,
	    "exception x LEFT JOIN exception_risk r ON r.exception_id = x.id"
	    " WHERE (r.risk_id IS NOT NULL) <> (x.outcome = 1)");
	must_be_none(f,
	    "exception_number n JOIN (SELECT id DIV 10000000 AS year,"
	    " MAX(id MOD 10000000) AS last FROM exception GROUP BY 1) x"
	    " ON x.year = n.year WHERE x.last <> n.last");
	assert_int_equal(count(f, "audit_event"), count(f, "audit_pending"));
	must_be_none(f, "outbox");
}

static void
test_sample__rows_agree(void **state)
{
	struct db_fixture f = { 0 };
	struct err e;

	(void)state;
	db_fixture_open(&f, NULL, 0);
	e = load(&f, 0);
	db_fixture_ok(e.kind == ERR_NONE ? 0 : -1, &e);
	assert_in_range(count(&f, "exception"), 280, 330);
	check_references(&f);
	check_hashes(&f);
	check_copies(&f);
	empty(&f);
	db_fixture_close(&f);
}

/* What the people of scripts/demo meet. */
static void
test_sample__work_is_waiting(void **state)
{
	struct db_fixture f = { 0 };
	struct err e;

	(void)state;
	db_fixture_open(&f, NULL, 0);
	e = load(&f, 0);
	db_fixture_ok(e.kind == ERR_NONE ? 0 : -1, &e);
	assert_true(count(&f,
			"exception WHERE stage_role = 'security_lead'"
			" AND request_state = 3") >= 8);
	assert_true(count(&f,
			"exception x JOIN person p ON p.id = x.requester_id"
			" WHERE p.uid = 'sam.okafor' AND x.request_state = 3"
			" AND x.stage_role = 'security_lead'") >= 1);
	assert_true(count(&f,
			"exception WHERE request_state = 3"
			" AND sla_breached_days > 0") >= 1);
	assert_true(
	    count(&f, "exception WHERE confidential = 1 AND domain = 2") >= 5);
	assert_true(count(&f,
			"asset a JOIN person p ON p.id = a.owner_id"
			" WHERE p.uid = 'ada.marsh'") >= 5);
	assert_true(count(&f, "document WHERE exceptions_allowed = 0") == 1);
	assert_true(count(&f,
			"exception x JOIN document d ON d.id = x.document_id"
			" WHERE x.document_version <> d.version") >= 3);
	empty(&f);
	db_fixture_close(&f);
}

static void
test_sample__refuses_what_is_not_empty(void **state)
{
	struct db_fixture f = { 0 };
	struct err e;

	(void)state;
	db_fixture_open(&f, NULL, 0);
	db_fixture_sql(&f,
	    "INSERT INTO person (directory_id, uid, dn, name)"
	    " VALUES ('x', 'x', 'x', 'X')");
	e = load(&f, 0);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(count(&f, "person"), 1);
	assert_int_equal(count(&f, "unit"), 0);
	empty(&f);
	db_fixture_close(&f);
}

struct text {
	struct buf buf;
};

static int
text_row(void *arg, size_t n, const char **names, const char **values,
    struct err *e)
{
	struct text *t = arg;

	(void)names;
	(void)e;
	for (size_t i = 0; i < n; i++)
		buf_printf(&t->buf, "%s\t", values[i] != NULL ? values[i] : "");
	buf_char(&t->buf, '\n');
	return 0;
}

static const char *
text_of(struct db_fixture *f, const char *sql)
{
	struct text t;

	buf_init(&t.buf, &f->arena);
	db_fixture_ok(db_text(f->db, sql, text_row, &t, &f->e), &f->e);
	return buf_text(&t.buf);
}

#define SCHEMA_INDEXES                                      \
 "SELECT table_name, index_name, index_type, seq_in_index," \
 " column_name FROM information_schema.statistics"          \
 " WHERE table_schema = DATABASE() ORDER BY 1, 2, 4"
#define CHECKSUMS                                                   \
 "CHECKSUM TABLE exception, exception_content, exception_version,"  \
 " exception_facet, exception_clause, exception_text, audit_event," \
 " decision, finding, risk, person, asset, unit"

/* Two processes, indexes left out and built again: the same every time. */
static void
test_sample__large_is_repeatable(void **state)
{
	struct db_fixture f = { 0 };
	const char *indexes, *first;
	struct err e;

	(void)state;
	db_fixture_open(&f, NULL, 0);
	indexes = text_of(&f, SCHEMA_INDEXES);
	e = load(&f, LARGE);
	db_fixture_ok(e.kind == ERR_NONE ? 0 : -1, &e);
	assert_int_equal(count(&f, "exception"), LARGE);
	assert_string_equal(text_of(&f, SCHEMA_INDEXES), indexes);
	check_references(&f);
	check_hashes(&f);
	check_copies(&f);
	first = text_of(&f, CHECKSUMS);
	empty(&f);
	e = load(&f, LARGE);
	db_fixture_ok(e.kind == ERR_NONE ? 0 : -1, &e);
	assert_string_equal(text_of(&f, CHECKSUMS), first);
	empty(&f);
	db_fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sample__rows_agree),
		cmocka_unit_test(test_sample__work_is_waiting),
		cmocka_unit_test(test_sample__refuses_what_is_not_empty),
		cmocka_unit_test(test_sample__large_is_repeatable),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
