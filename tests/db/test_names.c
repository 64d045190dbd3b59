/* Names that a worker keeps: right at once after a change, and bounded. */
#include "support/test.h"

#include <stdlib.h>

#include "base/field.h"
#include "domain/register.h"
#include "store/names.h"
#include "store/session_store.h"
#include "store/statements.h"
#include "support/db_fixture.h"

#define PEOPLE (NAMES_MAX + 600)
#define CHUNK 100

static struct db_fixture f;
static struct names *names;

static int
setup(void **state)
{
	(void)state;
	db_fixture_open(&f, statements, STMT__MAX);
	db_fixture_sql(&f,
	    "INSERT INTO unit (id, code, name) VALUES (1, 'IT', 'IT')");
	db_fixture_sql(&f,
	    "INSERT INTO document (id, document_key, title, kind, domain,"
	    " version) VALUES (5, 'VM-02', 'Vulnerabilities', 1, 1, '1.0')");
	db_fixture_sql(&f,
	    "INSERT INTO clause (id, document_id, version, position, ref,"
	    " title, text) VALUES (9, 5, '1.0', 1, '4.1', 'SLA', 'Patch.')");
	db_fixture_sql(&f,
	    arena_printf(&f.arena,
		"INSERT INTO person (id, directory_id, uid, dn, name)"
		" SELECT seq, UUID(), seq, seq, CONCAT('Person ', seq)"
		" FROM seq_1_to_%d",
		PEOPLE));
	names = names_open();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	names_close(names);
	db_fixture_close(&f);
	return 0;
}

/* The epoch, as a request reads it with its session. */
static int64_t
epoch(void)
{
	return strtoll(db_fixture_value(&f,
			   "SELECT value FROM epoch WHERE name = 'names'"),
	    NULL, 10);
}

static struct register_row
filled(int64_t document, int64_t unit, int64_t owner)
{
	struct register_row row = {
		.document_id = document,
		.unit_id = unit,
		.owner_id = owner,
	};

	db_fixture_ok(names_fill(names, f.db, &f.arena, &row, 1, &f.e), &f.e);
	return row;
}

static void
test_names__fill_a_row_and_are_asked_once(void **state)
{
	struct register_row row;

	(void)state;
	names_at(names, epoch());
	db_statement_count(f.db, true);
	row = filled(5, 1, 7);
	assert_int_equal(db_statement_count(f.db, true), 3);
	row = filled(5, 1, 7);
	assert_int_equal(db_statement_count(f.db, true), 0);
	assert_string_equal(row.document_key, "VM-02");
	assert_string_equal(row.document_title, "Vulnerabilities");
	assert_string_equal(row.unit_code, "IT");
	assert_string_equal(row.unit_name, "IT");
	assert_string_equal(row.owner_name, "Person 7");
	row = filled(I64_NONE, I64_NONE, 8);
	assert_null(row.document_key);
	assert_null(row.unit_name);
	assert_string_equal(row.owner_name, "Person 8");
}

static void
test_names__change_with_the_next_request(void **state)
{
	struct person_seen seen = {
		.directory_id = db_fixture_value(&f,
		    "SELECT directory_id FROM person WHERE id = 7"),
		.uid = "7",
		.dn = "7",
		.name = "Person 7",
		.now = US_PER_DAY,
	};
	int64_t before = epoch();
	struct register_row row = filled(5, 1, 7);
	int64_t id = 0;

	(void)state;
	/* The directory is read at each sign-in; mostly nothing is new. */
	db_fixture_ok(person_store_put(f.db, &seen, &id, &f.e), &f.e);
	assert_int_equal(id, 7);
	assert_int_equal(epoch(), before);
	seen.name = "Ada";
	db_fixture_ok(person_store_put(f.db, &seen, &id, &f.e), &f.e);
	assert_int_equal(id, 7);
	assert_int_equal(epoch(), before + 1);
	/* The request in hand goes on with what it has. */
	assert_string_equal(row.owner_name, "Person 7");
	names_at(names, epoch());
	row = filled(5, 1, 7);
	assert_string_equal(row.owner_name, "Ada");
	/* Somebody new is asked for when a list shows them. */
	seen.directory_id = "new";
	before = epoch();
	db_fixture_ok(person_store_put(f.db, &seen, &id, &f.e), &f.e);
	assert_true(id > PEOPLE);
	assert_int_equal(epoch(), before);
	row = filled(5, 1, id);
	assert_string_equal(row.owner_name, "Ada");
}

static void
test_names__keys_become_ids_and_are_asked_once(void **state)
{
	int64_t id = 0;

	(void)state;
	names_at(names, epoch() + 1000);
	db_statement_count(f.db, true);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(names_document(names, f.db, "VM-02", &id,
				     &f.e),
		    1);
		assert_int_equal(id, 5);
		assert_int_equal(names_unit(names, f.db, "IT", &id, &f.e), 1);
		assert_int_equal(id, 1);
		assert_int_equal(names_clause(names, f.db, 5, "4.1", &id, &f.e),
		    1);
		assert_int_equal(id, 9);
	}
	assert_int_equal(db_statement_count(f.db, true), 3);
	assert_int_equal(names_unit(names, f.db, "none", &id, &f.e), 0);
	assert_int_equal(names_clause(names, f.db, 4, "4.1", &id, &f.e), 0);
}

/* More people than there is room for: all are named, and the next request
 * begins anew. */
static void
test_names__are_bounded(void **state)
{
	static struct register_row rows[CHUNK];
	struct arena_mark mark = arena_mark(&f.arena);

	(void)state;
	for (int64_t first = 1; first + CHUNK <= PEOPLE; first += CHUNK) {
		for (size_t i = 0; i < CHUNK; i++)
			rows[i] = (struct register_row){
				.document_id = 5,
				.unit_id = I64_NONE,
				.owner_id = first + (int64_t)i,
			};
		db_fixture_ok(names_fill(names, f.db, &f.arena, rows, CHUNK,
				  &f.e),
		    &f.e);
		for (size_t i = 0; i < CHUNK; i++) {
			assert_non_null(rows[i].owner_name);
			assert_non_null(rows[i].document_key);
		}
		arena_rewind(&f.arena, mark);
	}
	db_statement_count(f.db, true);
	filled(5, 1, PEOPLE);
	filled(5, 1, PEOPLE);
	assert_int_equal(db_statement_count(f.db, true), 2 * 2);
	names_at(names, epoch() + 1000);
	db_statement_count(f.db, true);
	filled(5, 1, PEOPLE);
	filled(5, 1, PEOPLE);
	assert_int_equal(db_statement_count(f.db, true), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names__fill_a_row_and_are_asked_once),
		cmocka_unit_test(test_names__change_with_the_next_request),
		cmocka_unit_test(
		    test_names__keys_become_ids_and_are_asked_once),
		cmocka_unit_test(test_names__are_bounded),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
