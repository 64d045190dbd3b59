/* Statements and their rows against a real server. */
#include "support/test.h"

#include <malloc.h>
#include <stdlib.h>

#include "support/db_fixture.h"

enum colour { COLOUR__NONE, COLOUR_RED, COLOUR_BLUE = 3, COLOUR__MAX };

static const char *const colour_names[COLOUR__MAX] = {
	[COLOUR_RED] = "red",
	[COLOUR_BLUE] = "blue",
};

struct sample {
	int64_t id;
	int64_t number;
	bool flag;
	enum colour colour;
	const char *title;
	const char *body;
	const char *digest;
	const char *data;
	date_t day;
	instant_t at;
	int64_t absent;
};

static const struct field sample_fields[] = {
	F_I64(sample, id, .doc = ""),
	F_I64(sample, number, .flags = FIELD_NULLABLE),
	F_BOOL(sample, flag, .doc = ""),
	F_ENUM(sample, colour, colour, .flags = FIELD_NULLABLE),
	F_STR(sample, title, .doc = ""),
	F_STR(sample, body, .doc = ""),
	F_STR(sample, digest, .doc = ""),
	F_JSON(sample, data, .doc = ""),
	F_DATE(sample, day, .doc = ""),
	F_TIME(sample, at, .doc = ""),
	F_I64(sample, absent, .flags = FIELD_NULLABLE),
};
static const struct schema sample_schema = SCHEMA(sample, sample_fields, "");

enum { ADD, BY_ID, ALL, SET_NUMBER, NUMBERS, TEXT_OF };

#define COLUMNS "id, number, flag, colour, title, body, digest, data, day, at"

static const struct stmt_def stmts[] = {
	[ADD] = { "sample_add", "isiibsdtsb", NULL, "t:1",
	    "INSERT INTO sample (number, title, flag, colour, digest, body,"
	    " day, at, data, raw) VALUES (?,?,?,?,?,?,?,?,?,?)" },
	[BY_ID] = { "sample_by_id", "i", &sample_schema, "t:2",
	    "SELECT " COLUMNS " FROM sample WHERE id = ?" },
	[ALL] = { "sample_all", "", &sample_schema, "t:3",
	    "SELECT " COLUMNS " FROM sample ORDER BY id LIMIT 100" },
	[SET_NUMBER] = { "sample_set_number", "ii", NULL, "t:4",
	    "UPDATE sample SET number = ? WHERE id = ?" },
	[NUMBERS] = { "numbers", "i", &sample_schema, "t:5",
	    "SELECT seq AS id, CONCAT('row ', seq) AS title, REPEAT('x', 3000)"
	    " AS body FROM seq_1_to_20000 WHERE seq <= ?" },
	[TEXT_OF] = { "text_of", "s", &sample_schema, "t:6",
	    "SELECT CAST(? AS CHAR(10)) AS title" },
};

static struct db_fixture f;

static int
setup(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	db_fixture_open(&f, stmts, sizeof(stmts) / sizeof(stmts[0]));
	db_fixture_sql(&f,
	    "CREATE OR REPLACE TABLE sample ("
	    " id BIGINT AUTO_INCREMENT PRIMARY KEY, number INT UNSIGNED,"
	    " flag TINYINT NOT NULL, colour TINYINT, title VARCHAR(200),"
	    " body LONGTEXT, digest BINARY(4), raw LONGBLOB, data JSON,"
	    " day DATE, at DATETIME(6), KEY (number)) ENGINE=InnoDB");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_fixture_close(&f);
	return 0;
}

static int64_t
add_full(const char *body)
{
	static const unsigned char digest[] = { 0x00, 0x9f, 0xA0, 0xff };
	int64_t n = 0;

	db_fixture_ok(db_exec(f.db, ADD,
			  VALS(v_i64(4000000000),
			      v_str("Zürich \xf0\x9f\x8f\x94"), v_bool(true),
			      v_i64(COLOUR_BLUE),
			      v_bytes(digest, sizeof(digest)), v_str(body),
			      v_date(date_from_civil(2026, 2, 28)),
			      v_time(INT64_C(1764000000123456)),
			      v_str("{\"a\": [1]}"), v_bytes("\0\1", 2)),
			  &n, &f.e),
	    &f.e);
	assert_int_equal(n, 1);
	return db_insert_id(f.db);
}

static void
check_full(const struct sample *x, int64_t id, const char *body)
{
	assert_int_equal(x->id, id);
	assert_int_equal(x->number, 4000000000);
	assert_true(x->flag);
	assert_int_equal(x->colour, COLOUR_BLUE);
	assert_string_equal(x->title, "Zürich \xf0\x9f\x8f\x94");
	assert_string_equal(x->body, body);
	assert_string_equal(x->digest, "009fa0ff");
	assert_string_equal(x->data, "{\"a\": [1]}");
	assert_int_equal(x->day, date_from_civil(2026, 2, 28));
	assert_int_equal(x->at, INT64_C(1764000000123456));
	assert_true(x->absent == I64_NONE);
}

static void
test_db__every_type_comes_back(void **state)
{
	struct sample x;
	int64_t id = add_full("short");

	(void)state;
	db_fixture_ok(db_get(f.db, BY_ID, VALS(v_i64(id)), OUT(x), &f.e), &f.e);
	check_full(&x, id, "short");
}

static void
test_db__null_becomes_the_none_value(void **state)
{
	struct sample x;

	(void)state;
	db_fixture_ok(db_exec(f.db, ADD,
			  VALS(v_i64(I64_NONE), v_str(NULL), v_bool(false),
			      v_i64(I64_NONE), v_bytes(NULL, 0), v_str(NULL),
			      v_date(DATE_NONE), v_time(TIME_NONE), v_str(NULL),
			      v_bytes(NULL, 0)),
			  NULL, &f.e),
	    &f.e);
	assert_int_equal(db_get(f.db, BY_ID, VALS(v_i64(db_insert_id(f.db))),
			     OUT(x), &f.e),
	    1);
	assert_true(x.number == I64_NONE);
	assert_false(x.flag);
	assert_int_equal(x.colour, COLOUR__NONE);
	assert_null(x.title);
	assert_null(x.body);
	assert_null(x.digest);
	assert_null(x.data);
	assert_true(x.day == DATE_NONE);
	assert_true(x.at == TIME_NONE);
}

static void
test_db__dates_and_instants_keep_their_ends(void **state)
{
	static const struct {
		date_t day;
		instant_t at;
	} cases[] = {
		{ 0, 0 }, { -1, -1 }, { DATE_MAX, INT64_C(253402300799999999) },
		{ -25567, -INT64_C(2208988800000000) }, /* 1900 */
	};
	struct sample x;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		db_fixture_ok(db_exec(f.db, ADD,
				  VALS(v_i64(0), v_str(""), v_bool(false),
				      v_i64(0), v_bytes("", 0), v_str(""),
				      v_date(cases[i].day), v_time(cases[i].at),
				      v_str("{}"), v_bytes("", 0)),
				  NULL, &f.e),
		    &f.e);
		CHECK_ROW(i,
		    db_get(f.db, BY_ID, VALS(v_i64(db_insert_id(f.db))), OUT(x),
			&f.e) == 1);
		CHECK_ROW(i, x.day == cases[i].day);
		CHECK_ROW(i, x.at == cases[i].at);
		CHECK_ROW(i, strcmp(x.title, "") == 0);
		CHECK_ROW(i, strcmp(x.digest, "00000000") == 0);
	}
}

static void
test_db__long_text_is_never_cut(void **state)
{
	size_t n = 3 * 1024 * 1024;
	char *body = malloc(n + 1);
	struct sample *rows;
	size_t count;
	int64_t first;

	(void)state;
	memset(body, 'y', n);
	body[n] = '\0';
	first = add_full(body);
	add_full("short");
	add_full("");
	db_fixture_ok(db_list(f.db, ALL, NO_VALS, (void **)&rows, &count, &f.e),
	    &f.e);
	assert_int_equal(count, 3);
	check_full(&rows[0], first, body);
	check_full(&rows[1], first + 1, "short");
	check_full(&rows[2], first + 2, "");
	free(body);
}

static void
test_db__text_longer_than_declared_is_whole(void **state)
{
	struct sample x;

	(void)state;
	/* Declared as 10 characters at prepare time. */
	db_fixture_ok(db_get(f.db, TEXT_OF, VALS(v_str("0123456789")), OUT(x),
			  &f.e),
	    &f.e);
	assert_string_equal(x.title, "0123456789");
	/* A column that grows behind the back of a prepared statement. */
	add_full("b");
	assert_int_equal(db_get(f.db, BY_ID, VALS(v_i64(1)), OUT(x), &f.e), 1);
	db_fixture_sql(&f, "ALTER TABLE sample MODIFY title LONGTEXT");
	db_fixture_sql(&f, "UPDATE sample SET title = REPEAT('z', 5000)");
	assert_int_equal(db_get(f.db, BY_ID, VALS(v_i64(1)), OUT(x), &f.e), 1);
	assert_int_equal(strlen(x.title), 5000);
	assert_string_equal(x.body, "b");
}

static void
test_db__none_leaves_out_alone(void **state)
{
	struct sample x = { .id = 42 };
	void *rows = &x;
	size_t n = 7;

	(void)state;
	assert_int_equal(db_get(f.db, BY_ID, VALS(v_i64(99)), OUT(x), &f.e), 0);
	assert_int_equal(x.id, 42);
	assert_int_equal(db_list(f.db, ALL, NO_VALS, &rows, &n, &f.e), 0);
	assert_null(rows);
	assert_int_equal(n, 0);
	assert_int_equal(f.e.kind, ERR_NONE);
}

static void
test_db__affected_counts_changed_rows(void **state)
{
	int64_t id = add_full("b");
	int64_t n = -1;

	(void)state;
	db_statement_count(f.db, true);
	db_exec(f.db, SET_NUMBER, VALS(v_i64(1), v_i64(id)), &n, &f.e);
	assert_int_equal(n, 1);
	db_exec(f.db, SET_NUMBER, VALS(v_i64(1), v_i64(id)), &n, &f.e);
	assert_int_equal(n, 0);
	db_exec(f.db, SET_NUMBER, VALS(v_i64(1), v_i64(id + 1)), &n, &f.e);
	assert_int_equal(n, 0);
	assert_int_equal(db_statement_count(f.db, true), 3);
	assert_int_equal(db_statement_count(f.db, false), 0);
}

static void
test_db__values_that_do_not_fit_are_errors(void **state)
{
	static const char *const bad[] = {
		"UPDATE sample SET colour = 2", /* a hole */
		"UPDATE sample SET colour = -1",
		"UPDATE sample SET colour = 100", /* past the end */
	};
	struct sample x = { .id = 42 };
	int64_t id = add_full("b");

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		db_fixture_sql(&f, bad[i]);
		err_clear(&f.e);
		CHECK_ROW(i,
		    db_get(f.db, BY_ID, VALS(v_i64(id)), OUT(x), &f.e) == -1);
		CHECK_ROW(i, f.e.kind == ERR_DB);
		CHECK_ROW(i, strstr(f.e.cause, "column colour") != NULL);
		CHECK_ROW(i, x.id == 42);
	}
	db_fixture_sql(&f, "ALTER TABLE sample MODIFY number BIGINT UNSIGNED");
	db_fixture_sql(&f,
	    "UPDATE sample SET colour = 1, number = 9223372036854775808");
	err_clear(&f.e);
	assert_int_equal(db_get(f.db, BY_ID, VALS(v_i64(id)), OUT(x), &f.e),
	    -1);
	assert_non_null(strstr(f.e.cause, "column number"));
	/* An impossible date cannot be written in strict mode, only read. */
	db_fixture_sql(&f, "SET sql_mode = ''");
	db_fixture_sql(&f, "UPDATE sample SET number = 1, day = '0000-00-00'");
	err_clear(&f.e);
	assert_int_equal(db_get(f.db, BY_ID, VALS(v_i64(id)), OUT(x), &f.e),
	    -1);
	assert_non_null(strstr(f.e.cause, "column day"));
}

static void
test_db__a_failed_statement_names_itself(void **state)
{
	(void)state;
	add_full("b");
	db_fixture_sql(&f, "ALTER TABLE sample ADD UNIQUE (title)");
	assert_int_equal(db_exec(f.db, ADD,
			     VALS(v_i64(1), v_str("Zürich \xf0\x9f\x8f\x94"),
				 v_bool(true), v_i64(1), v_bytes("", 0),
				 v_str(""), v_date(0), v_time(0), v_str("{}"),
				 v_bytes("", 0)),
			     NULL, &f.e),
	    -1);
	assert_int_equal(f.e.kind, ERR_DB);
	assert_non_null(strstr(f.e.cause, "sample_add (t:1): 1062 23000"));
	assert_null(strstr(f.e.detail, "sample"));
	/* The connection is as good as before. */
	db_fixture_sql(&f, "ALTER TABLE sample DROP KEY title");
	err_clear(&f.e);
	add_full("c");
}

static size_t
bytes_held(void)
{
	struct mallinfo2 m;

	arena_reset(&f.arena);
	m = mallinfo2();
	return m.uordblks + m.hblkhd;
}

static void
test_db__a_result_is_given_back_at_once(void **state)
{
	struct sample *rows;
	size_t before;
	size_t n;

	(void)state;
	db_fixture_ok(db_list(f.db, NUMBERS, VALS(v_i64(1)), (void **)&rows, &n,
			  &f.e),
	    &f.e);
	before = bytes_held();
	db_fixture_ok(db_list(f.db, NUMBERS, VALS(v_i64(2000)), (void **)&rows,
			  &n, &f.e),
	    &f.e);
	assert_int_equal(n, 2000);
	assert_true(bytes_held() < before + 100 * 1024);
}

struct count {
	size_t n;
	size_t stop_at;
	size_t peak;
};

static int
count_row(void *arg, void *row, struct err *e)
{
	const struct sample *x = row;
	struct count *c = arg;

	c->n++;
	assert_int_equal(x->id, (int64_t)c->n);
	assert_int_equal(strlen(x->body), 3000);
	if (f.arena.total > c->peak)
		c->peak = f.arena.total;
	if (c->n == c->stop_at)
		return err_set(e, ERR_TOO_LARGE, "enough");
	return 0;
}

static void
test_db__each_holds_one_row_at_a_time(void **state)
{
	struct count c = { 0 };

	(void)state;
	db_fixture_ok(db_each(f.db, NUMBERS, VALS(v_i64(20000)), count_row, &c,
			  &f.e),
	    &f.e);
	assert_int_equal(c.n, 20000);
	assert_true(c.peak <= 64 * 1024);
}

static void
test_db__each_can_be_stopped(void **state)
{
	struct count c = { .stop_at = 3 };
	struct sample x;

	(void)state;
	assert_int_equal(db_each(f.db, NUMBERS, VALS(v_i64(20000)), count_row,
			     &c, &f.e),
	    -1);
	assert_int_equal(f.e.kind, ERR_TOO_LARGE);
	assert_int_equal(c.n, 3);
	/* What was left on the wire is gone. */
	err_clear(&f.e);
	assert_int_equal(db_get(f.db, BY_ID, VALS(v_i64(1)), OUT(x), &f.e), 0);
}

static void
test_db__rows_and_structs_must_match(void **state)
{
	static const struct {
		const char *sig;
		const struct schema *row;
		const char *text;
		const char *fault;
	} cases[] = {
		{ "", &sample_schema, "SELECT 1 AS nothing", "no field" },
		{ "", &sample_schema, "SELECT 1 AS id, 2 AS id", "twice" },
		{ "", &sample_schema, "SELECT 'x' AS id", "an integer" },
		{ "", &sample_schema, "SELECT 1.5 AS id", "an integer" },
		{ "", &sample_schema, "SELECT 1e0 AS id", "an integer" },
		{ "", &sample_schema, "SELECT 'x' AS flag", "an integer" },
		{ "", &sample_schema, "SELECT 'red' AS colour", "an integer" },
		{ "", &sample_schema, "SELECT 1 AS title", "text" },
		{ "", &sample_schema, "SELECT NOW() AS day", "a DATE" },
		{ "", &sample_schema, "SELECT '2026-01-01' AS day", "a DATE" },
		{ "", &sample_schema, "SELECT CURDATE() AS at", "a DATETIME" },
		{ "", &sample_schema, "SELECT CAST('a' AS BINARY) AS data",
		    "text" },
		{ "", NULL, "SELECT 1 AS id", "names no row" },
		{ "", &sample_schema, "DO 1", "no columns" },
		{ "i", &sample_schema, "SELECT 1 AS id", "parameters" },
		{ "", &sample_schema, "SELECT ? AS id", "parameters" },
		{ "", &sample_schema, "SELEC 1", "1064 42000" },
		{ "", &sample_schema, "SELECT a FROM nowhere", "1146 42S02" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct stmt_def def = { "case", cases[i].sig, cases[i].row,
			"here:1", cases[i].text };

		err_clear(&f.e);
		CHECK_ROW(i, db_check_def(f.db, &def, &f.e) == -1);
		CHECK_ROW(i, f.e.kind == ERR_DB);
		CHECK_ROW(i, strstr(f.e.cause, "case (here:1)") != NULL);
		CHECK_ROW(i, strstr(f.e.cause, cases[i].fault) != NULL);
	}
}

static void
test_db__expressions_that_match(void **state)
{
	static const char *const good[] = {
		"SELECT COUNT(*) AS id, SUM(number) AS number,"
		" MAX(day) AS day FROM sample",
		"SELECT EXISTS (SELECT 1) AS flag, 1 = 2 AS id",
		"SELECT COALESCE(CAST(1 AS UNSIGNED), -1) AS colour,"
		" COALESCE(CAST(1 AS UNSIGNED), 0) AS flag",
		"SELECT NULL AS day, NULL AS title, NULL AS colour",
		"SELECT AVG(number) AS title, JSON_ARRAYAGG(id) AS data"
		" FROM sample",
		"SELECT CAST(NULL AS DATE) AS day, UUID() AS title,"
		" SYSDATE(6) AS at",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct stmt_def def = { "good", "", &sample_schema, "here:2",
			good[i] };
		struct sample *rows;
		size_t n;

		db_fixture_ok(db_check_def(f.db, &def, &f.e), &f.e);
		db_fixture_ok(db_list_def(f.db, &def, NO_VALS, (void **)&rows,
				  &n, &f.e),
		    &f.e);
		CHECK_ROW(i, n == 1);
	}
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_db__every_type_comes_back),
		T(test_db__null_becomes_the_none_value),
		T(test_db__dates_and_instants_keep_their_ends),
		T(test_db__long_text_is_never_cut),
		T(test_db__text_longer_than_declared_is_whole),
		T(test_db__none_leaves_out_alone),
		T(test_db__affected_counts_changed_rows),
		T(test_db__values_that_do_not_fit_are_errors),
		T(test_db__a_failed_statement_names_itself),
		T(test_db__a_result_is_given_back_at_once),
		T(test_db__each_holds_one_row_at_a_time),
		T(test_db__each_can_be_stopped),
		T(test_db__rows_and_structs_must_match),
		T(test_db__expressions_that_match),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
