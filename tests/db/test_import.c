/* M-28: a file that is imported twice, whole or in parts, changes nothing
 * the second time, and a failed batch leaves nothing behind. */
#include "support/test.h"

#include <stdlib.h>

#include "app/import.h"
#include "store/statements.h"
#include "support/db_fixture.h"

#define NOW (INT64_C(1795331700) * US_PER_SECOND)
#define MAP                                                                      \
 "{\"source\": \"old\", \"number\": \"Ref\", \"title\": \"Name\","               \
 " \"owner\": \"Owner\", \"effective_on\": \"From\", \"expires_on\": \"Until\"," \
 " \"constants\": {\"procedure\": \"P\", \"document\": \"D1\", \"clause\":"      \
 " \"1.1\", \"unit\": \"A\"}}"

/* clang-format off */
static const char *const seed[] = {
	"INSERT INTO unit (id, code, name, parent_id) VALUES (1, 'H', 'House', NULL), (2, 'A', 'A', 1)",
	"INSERT INTO unit_closure (unit_id, ancestor_id, depth) VALUES (1, 1, 0), (2, 2, 0), (2, 1, 1)",
	"INSERT INTO person (id, directory_id, uid, dn, name, unit_id) VALUES (1, 'd1', 'ada', 'uid=ada', 'Ada', 2), (2, 'd2', 'ben', 'uid=ben', 'Ben Ode', NULL),"
	" (3, 'd3', 'ben2', 'uid=ben2', 'Ben Ode', NULL)",
	"INSERT INTO document (id, document_key, title, kind, domain, version, max_term_days) VALUES (1, 'D1', 'Document', 1, 1, '2', 90)",
	"INSERT INTO clause (id, root_id, document_id, version, position, ref, title, text) VALUES (5, 5, 1, '2', 1, '1.1', 'One', 'text')",
	"INSERT INTO procedure_version (id, procedure_key, version, title, type, body, sha256, published, created_at)"
	" SELECT 1, 'P', 1, 'P', 1, '{}', UNHEX(SHA2('x', 256)), 1, '2026-01-01'",
};
/* clang-format on */

static struct db_fixture f;
static struct importer im;
static struct arena rows_arena, work;

static char *
file_text(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = arena_alloc(im.arena, 1 << 16);
	size_t n;

	assert_non_null(file);
	n = fread(text, 1, (1 << 16) - 1, file);
	fclose(file);
	text[n] = '\0';
	return text;
}

static int
setup(void **state)
{
	static struct arena forever;
	struct err e = { 0 };
	char *body;
	struct arena *a = &forever;

	(void)state;
	db_fixture_open(&f, statements, STMT__MAX);
	for (size_t i = 0; i < sizeof(seed) / sizeof(seed[0]); i++)
		db_fixture_sql(&f, seed[i]);
	arena_init(a);
	arena_init(&rows_arena);
	arena_init(&work);
	im = (struct importer){ .db = f.db,
		.arena = a,
		.now = NOW,
		.today = date_of_instant(NOW),
		.origin = "http://localhost" };
	body = file_text("sql/procedures/SEC-PROC-009.json");
	for (char *s = body; *s != '\0'; s++)
		if (*s == '\'' || *s == '\n')
			*s = ' ';
	db_fixture_sql(&f,
	    arena_printf(a, "UPDATE procedure_version SET body = '%s'", body));
	im.reader = ARENA_NEW(a, struct csv_reader);
	im.names = import_names_open(f.db, a);
	assert_int_equal(import_map_read(a, MAP, strlen(MAP), &im.map, &e), 0);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	import_seen_release(&im.seen);
	arena_release(&rows_arena);
	arena_release(&work);
	arena_release(im.arena);
	db_fixture_close(&f);
	return 0;
}

struct text {
	const char *at;
};

static int
give(void *arg, void *buf, size_t n, struct err *e)
{
	struct text *t = arg;
	size_t left = strlen(t->at);

	(void)e;
	n = n < left ? n : left;
	memcpy(buf, t->at, n);
	t->at += n;
	return (int)n;
}

/* Checks text and, unless something is faulty, writes what is new. Returns
 * what import_write does. */
static int
import(const char *text)
{
	struct import_row rows[10];
	struct text source = { text };
	struct err e = { 0 };
	size_t n = 0;
	int result;

	memset(im.count, 0, sizeof(im.count));
	im.nfaults = 0;
	import_seen_reset(&im.seen);
	arena_reset(&rows_arena);
	db_set_arena(f.db, &rows_arena);
	db_fixture_ok(csv_reader_begin(im.reader, give, &source, 0, &e), &e);
	db_fixture_ok(csv_reader_next(im.reader, &e), &e);
	db_fixture_ok(import_map_bind(&im.map, im.reader, im.places, &e), &e);
	memset(im.headings, 0, sizeof(im.headings));
	for (size_t i = 0; i < im.reader->ncells; i++)
		im.headings[i] = arena_strdup(im.arena, im.reader->cells[i]);
	while (csv_reader_next(im.reader, &e) == 1) {
		db_fixture_ok(import_check(&im, &rows_arena, &rows[n], &e), &e);
		im.count[rows[n].kind]++;
		n += rows[n].kind == IMPORT_NEW || rows[n].kind == IMPORT_DRAFT;
	}
	result = im.nfaults > 0 ? 0 : import_write(&im, rows, n, &work, &e);
	db_set_arena(f.db, &f.arena);
	return result;
}

static void
check_value(const char *sql, const char *expected)
{
	assert_string_equal(db_fixture_value(&f, sql), expected);
}

#define HEAD "Ref,Name,Owner,From,Until\n"
#define ONE "R-1,First,ada,2026-01-01,2026-12-31\n"
#define TWO "R-2,Second,ada,2024-01-01,2024-12-31\n"

static void
test_import__twice_changes_nothing_and_a_part_is_completed(void **state)
{
	(void)state;
	assert_int_equal(import(HEAD ONE), 0);
	assert_int_equal(im.count[IMPORT_NEW], 1);
	/* the rest of a file that stopped in the middle */
	assert_int_equal(import(HEAD ONE TWO), 0);
	assert_int_equal(im.count[IMPORT_UNCHANGED], 1);
	assert_int_equal(im.count[IMPORT_NEW], 1);
	assert_int_equal(import(HEAD ONE TWO), 0);
	assert_int_equal(im.count[IMPORT_UNCHANGED], 2);
	check_value("SELECT COUNT(*) FROM exception", "2");
	check_value("SELECT COUNT(*) FROM exception WHERE undocumented = 1 AND"
		    " legacy_decider = 'unverified' AND request_state = 5 AND"
		    " outcome = 1 AND fact = 10 AND clause_ref = '1.1'",
	    "2");
	check_value("SELECT COUNT(*) FROM decision", "0");
	/* unit and the one above, document, clause, mark */
	check_value("SELECT COUNT(*) FROM exception_facet WHERE live = 1 AND"
		    " lane = 10",
	    "10");
	check_value("SELECT COUNT(*) FROM exception_facet WHERE dimension = 4"
		    " AND value_id = 1",
	    "2");
	check_value("SELECT COUNT(*) FROM exception_version WHERE action ="
		    " 'import'",
	    "2");
	check_value("SELECT COUNT(*) FROM audit_event WHERE actor_id IS NULL"
		    " AND action = 'exception.import'",
	    "2");
}

static void
test_import__other_facts_and_unclear_names_are_faults(void **state)
{
	(void)state;
	assert_int_equal(import(HEAD ONE), 0);
	assert_int_equal(import(
			     HEAD "R-1,Other,ada,2026-01-01,2026-12-31\n"
				  "R-3,Third,Ben Ode,2026-01-01,2026-12-31\n"),
	    0);
	assert_int_equal(im.count[IMPORT_FAULTY], 2);
	assert_non_null(strstr(im.faults[0].detail, "nothing is overwritten"));
	assert_non_null(
	    strstr(im.faults[1].detail, "the name of several people"));
	assert_string_equal(im.faults[1].column, "Owner");
	assert_int_equal(im.faults[1].row, 3);
	check_value("SELECT COUNT(*) FROM exception WHERE title = 'Other'",
	    "0");
}

/* A row that the database refuses takes its whole batch with it. */
static void
test_import__a_batch_that_fails_leaves_nothing(void **state)
{
	const char *before;

	(void)state;
	before = db_fixture_value(&f, "SELECT COUNT(*) FROM exception");
	db_fixture_sql(&f,
	    "CREATE TRIGGER no_more BEFORE INSERT ON legacy_import FOR EACH ROW"
	    " IF NEW.reference = 'R-9' THEN SIGNAL SQLSTATE '45000'; END IF");
	assert_int_equal(import(HEAD "R-8,Eight,ada,2026-01-01,2026-12-31\n"
				     "R-9,Nine,ada,2026-01-01,2026-12-31\n"),
	    -1);
	db_fixture_sql(&f, "DROP TRIGGER no_more");
	check_value("SELECT COUNT(*) FROM exception", before);
	check_value("SELECT COUNT(*) FROM legacy_import WHERE reference ="
		    " 'R-8'",
	    "0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_import__twice_changes_nothing_and_a_part_is_completed),
		cmocka_unit_test(
		    test_import__other_facts_and_unclear_names_are_faults),
		cmocka_unit_test(
		    test_import__a_batch_that_fails_leaves_nothing),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
