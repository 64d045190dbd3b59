/* One exception as its handlers load it. */
#include "support/test.h"

#include <stdlib.h>

#include "store/exception_store.h"
#include "store/notice_store.h"
#include "store/number_store.h"
#include "store/statements.h"
#include "support/db_fixture.h"

#define ID 20260000001
#define NOTICES 9

/* clang-format off */
static const char *const seed[] = {
	"INSERT INTO unit (id, code, name, parent_id) VALUES (1, 'H', 'House', NULL), (2, 'A', 'A', 1), (3, 'B', 'B', 1)",
	"INSERT INTO person (id, directory_id, uid, dn, name, unit_id) VALUES (1, 'd1', 'ada', 'uid=ada', 'Ada', 2), (2, 'd2', 'ben', 'uid=ben', 'Ben', NULL)",
	"INSERT INTO document (id, document_key, title, kind, domain, version, max_term_days) VALUES (1, 'D1', 'Document', 1, 1, '2', 90)",
	"INSERT INTO clause (id, document_id, version, position, ref, title, text) VALUES (1, 1, '1', 1, '1.1', 'One', 'same'), (2, 1, '1', 2, '1.2', 'Two', 'old'),"
	" (3, 1, '1', 3, '1.3', 'Three', 'gone'), (4, 1, '1', 4, '1.4', 'Four', 'Case'), (5, 1, '2', 1, '1.1', 'One', 'same'), (6, 1, '2', 2, '1.2', 'Two', 'new'),"
	" (7, 1, '2', 4, '1.4', 'Four', 'case')",
	"INSERT INTO procedure_version (id, procedure_key, version, title, type, body, sha256, created_at) VALUES (1, 'P', 1, 'P', 1, '{}', UNHEX(SHA2('x', 256)), '2026-01-01')",
	"INSERT INTO exception (id, content_version, content_hash, procedure_id, type, request_state, title, requester_id, owner_id, edited_by_id,"
	" unit_id, document_id, document_version, created_at, updated_at)"
	" VALUES (20260000001, 2, UNHEX(SHA2('y', 256)), 1, 1, 3, 'Open', 1, 2, 1, 2, 1, '1', '2026-02-01', '2026-02-01'),"
	" (20260000002, 0, NULL, 1, 1, 1, 'Draft', 1, 1, 1, NULL, NULL, NULL, '2026-02-01', '2026-02-01')",
	"INSERT INTO exception_content (exception_id, content_version, content, content_hash, created_at, created_by)"
	" VALUES (20260000001, 1, '{\"old\":1}', UNHEX(SHA2('x', 256)), '2026-02-01', 1), (20260000001, 2, '{\"new\":1}', UNHEX(SHA2('y', 256)), '2026-02-01', 1)",
	/* an earlier version named unit B */
	"INSERT INTO exception_facet (dimension, value_id, exception_id, lane, holds_until, risk, live)"
	" VALUES (1, 1, 20260000001, 1, '9999-12-31', 1, 1), (1, 2, 20260000001, 1, '9999-12-31', 1, 1), (1, 3, 20260000001, 1, '9999-12-31', 1, 0),"
	" (2, 9, 20260000001, 1, '9999-12-31', 1, 1), (3, 8, 20260000001, 1, '9999-12-31', 1, 1), (1, 3, 20260000007, 1, '9999-12-31', 1, 1)",
	"INSERT INTO exception_clause (exception_id, content_version, position, document_id, clause_id, ref, title, text)"
	" SELECT 20260000001, 2, position, 1, id, ref, title, text FROM clause WHERE version = '1'",
	"INSERT INTO exception_clause (exception_id, content_version, position, document_id, clause_id, ref, title, text)"
	" VALUES (20260000001, 1, 1, 1, 2, '1.2', 'Two', 'old'), (20260000001, 2, 9, 77, 9, '1.2', 'Two', 'of no document')",
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

/* P-02: by the byte, against the version in force, of this content only. */
static void
test_exception__a_clause_says_whether_its_text_changed(void **state)
{
	static const struct {
		const char *ref, *text;
		bool changed;
	} expected[] = {
		{ "1.1", "same", false },
		{ "1.2", "old", true },
		{ "1.3", "gone", true },
		{ "1.4", "Case", true },
		{ "1.2", "of no document", false },
	};
	struct clause *rows = NULL;
	size_t n = 0;

	(void)state;
	db_fixture_ok(exception_store_clauses(f.db, ID, 2, &rows, &n, &f.e),
	    &f.e);
	assert_int_equal(n, sizeof(expected) / sizeof(expected[0]));
	for (size_t i = 0; i < n; i++) {
		CHECK_ROW(i, strcmp(rows[i].ref, expected[i].ref) == 0);
		CHECK_ROW(i, strcmp(rows[i].text, expected[i].text) == 0);
		CHECK_ROW(i, rows[i].changed == expected[i].changed);
	}
}

static struct exception
found(int64_t id, bool whole)
{
	struct exception x = { 0 };

	db_fixture_ok(exception_store_find(f.db, id, 1, whole, &x, &f.e), &f.e);
	assert_int_equal(x.id, id);
	return x;
}

static struct exception
locked(int64_t id)
{
	struct exception x = { 0 };

	db_fixture_ok(exception_store_lock(f.db, id, 1, &x, &f.e), &f.e);
	return x;
}

/* The content in force, and the units it names with what is above them. */
static void
check_whole(const struct exception *x)
{
	assert_string_equal(x->content, "{\"new\":1}");
	assert_true(
	    strcmp(x->unit_ids, "1,2") == 0 || strcmp(x->unit_ids, "2,1") == 0);
	assert_int_equal(x->document_max_days, 90);
}

static void
test_exception__content_and_units_come_with_the_row(void **state)
{
	struct exception x = found(ID, true);

	(void)state;
	check_whole(&x);
	assert_string_equal(x.owner_name, "Ben");
	x = locked(ID);
	check_whole(&x);
	x = found(ID, false);
	assert_string_equal(x.owner_name, "Ben");
	assert_null(x.content);
	assert_null(x.unit_ids);
}

static void
test_exception__a_draft_has_neither(void **state)
{
	struct exception x = found(ID + 1, true);

	(void)state;
	assert_null(x.content);
	assert_null(x.unit_ids);
	x = locked(ID + 1);
	assert_null(x.content);
	assert_null(x.unit_ids);
}

/* One event for n people: 1, 2, 3 …, under keys of their own. */
static void
tell(size_t n, const char *detail)
{
	struct notice_to to[NOTICES];
	const struct notice event = { ID, "approved", detail, 1000, to, n };

	memset(to, 0, sizeof(to));
	for (size_t i = 0; i < n; i++) {
		to[i].id[0] = (unsigned char)(0x80 + n);
		to[i].id[1] = (unsigned char)i;
		to[i].person_id = 1 + (int64_t)i % 2;
		to[i].event_key =
		    arena_printf(&f.arena, "%zu:%zu:\xc3\xa4", n, i);
	}
	db_fixture_ok(notice_store_add(f.db, &event, &f.e), &f.e);
}

#define COUNT "SELECT COUNT(*) FROM outbox WHERE event_key LIKE "

static void
test_exception__an_event_is_told_to_each_once(void **state)
{
	static const size_t crowds[] = { 1, 4, 2, 0, 3, NOTICES, 5 };

	(void)state;
	for (size_t i = 0; i < sizeof(crowds) / sizeof(crowds[0]); i++) {
		size_t n = crowds[i];
		const char *sql = arena_printf(&f.arena, COUNT "'%zu:%%'", n);

		tell(n, n % 2 == 0 ? NULL : "Gr\xc3\xbcnde");
		tell(n, "again");
		CHECK_ROW(i, strtoul(db_fixture_value(&f, sql), NULL, 10) == n);
	}
	assert_string_equal(
	    db_fixture_value(&f,
		"SELECT GROUP_CONCAT(CONCAT_WS('/', HEX(id), event_key,"
		" person_id, exception_id, kind, detail, created_at, next_at,"
		" state) ORDER BY id SEPARATOR ' ') FROM outbox"
		" WHERE event_key LIKE '1:%' OR event_key LIKE '2:1%'"),
	    "81000000000000000000000000000000/1:0:\xc3\xa4/1/20260000001/"
	    "approved/Gr\xc3\xbcnde/1970-01-01 00:00:00.001000/"
	    "1970-01-01 00:00:00.001000/1 "
	    "82010000000000000000000000000000/2:1:\xc3\xa4/2/20260000001/"
	    "approved/1970-01-01 00:00:00.001000/"
	    "1970-01-01 00:00:00.001000/1");
}

/* P-01: both kinds, one year after the other, and never one of the next. */
static void
test_exception__numbers_end_with_their_year(void **state)
{
	int64_t id = 0;

	(void)state;
	db_fixture_ok(number_store_exception(f.db, 2031, &id, &f.e), &f.e);
	assert_int_equal(id, 20310000001);
	db_fixture_ok(number_store_risk(f.db, 2031, &id, &f.e), &f.e);
	assert_int_equal(id, 20310000001);
	db_fixture_ok(number_store_exception(f.db, 2031, &id, &f.e), &f.e);
	assert_int_equal(id, 20310000002);
	db_fixture_sql(&f,
	    "UPDATE exception_number SET last = 9999999 WHERE year = 2031");
	assert_int_equal(number_store_exception(f.db, 2031, &id, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_INTERNAL);
	assert_int_equal(id, 20310000002);
	err_clear(&f.e);
	db_fixture_ok(number_store_exception(f.db, 2032, &id, &f.e), &f.e);
	assert_int_equal(id, 20320000001);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_exception__a_clause_says_whether_its_text_changed),
		cmocka_unit_test(
		    test_exception__content_and_units_come_with_the_row),
		cmocka_unit_test(test_exception__a_draft_has_neither),
		cmocka_unit_test(test_exception__numbers_end_with_their_year),
		cmocka_unit_test(test_exception__an_event_is_told_to_each_once),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, open_db, close_db);
}
