#include "app/sql_script.h"
#include "support/test.h"

struct piece {
	const char *text;
	unsigned line;
};

static const struct {
	const char *script;
	struct piece pieces[4]; /* ends with NULL */
	const char *fault;      /* after the pieces; NULL: the end */
} cases[] = {
	{ "", { { NULL, 0 } }, NULL },
	{ " \n-- only a comment;\n# and one\n/* and\none */\n", { { NULL, 0 } },
	    NULL },
	{ "SELECT 1;", { { "SELECT 1", 1 } }, NULL },
	{ "SELECT 1;\n\n  SELECT 2 ;SELECT 3;",
	    { { "SELECT 1", 1 }, { "SELECT 2 ", 3 }, { "SELECT 3", 3 } },
	    NULL },
	{ "-- why; so\nSELECT 1 -- it; is\n, 2; # x;\n",
	    { { "SELECT 1 -- it; is\n, 2", 2 } }, NULL },
	{ "SELECT ';', \"a;\\\";\", `;`, 'it''s;', '\\';';",
	    { { "SELECT ';', \"a;\\\";\", `;`, 'it''s;', '\\';'", 1 } }, NULL },
	{ "SELECT /* ; ' */ 1--1;", { { "SELECT /* ; ' */ 1--1", 1 } }, NULL },
	{ "/*!50000 SELECT 1 */;", { { "/*!50000 SELECT 1 */", 1 } }, NULL },
	{ "DELIMITER $$\nCREATE PROCEDURE p()\nBEGIN\n DO 1; -- $$\n END$$\n"
	  "delimiter ;\nDO 2;\n",
	    { { "CREATE PROCEDURE p()\nBEGIN\n DO 1; -- $$\n END", 2 },
		{ "DO 2", 7 } },
	    NULL },
	{ "DELIMITER // \r\nDO 1//DO 2//", { { "DO 1", 2 }, { "DO 2", 2 } },
	    NULL },
	{ "SELECT delimiter FROM t;", { { "SELECT delimiter FROM t", 1 } },
	    NULL },
	{ "DO 1;\nDO 2", { { "DO 1", 1 } },
	    "line 2: the statement has no end" },
	{ "DO 1;\n\nSELECT 'x;\n", { { "DO 1", 1 } }, "line 3:" },
	{ "SELECT `x;", { { NULL, 0 } }, "line 1:" },
	{ "SELECT 'x\\", { { NULL, 0 } }, "line 1:" },
	{ "SELECT 1 /* x;", { { NULL, 0 } }, "line 1:" },
	{ "\nDELIMITER \nDO 1;", { { NULL, 0 } }, "line 2: a delimiter" },
	{ "DELIMITER 12345678\n", { { NULL, 0 } }, "line 1: a delimiter" },
};

static void
test_sql_script__takes_apart(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct piece *p = cases[i].pieces;
		struct err e = { 0 };
		struct sql_script s;
		const char *stmt;
		unsigned line;

		sql_script_init(&s, cases[i].script);
		for (; p->text != NULL; p++) {
			CHECK_ROW(i,
			    sql_script_next(&s, &a, &stmt, &line, &e) == 1);
			CHECK_ROW(i, strcmp(stmt, p->text) == 0);
			CHECK_ROW(i, line == p->line);
		}
		CHECK_ROW(i,
		    sql_script_next(&s, &a, &stmt, &line, &e) ==
			(cases[i].fault == NULL ? 0 : -1));
		if (cases[i].fault != NULL)
			CHECK_ROW(i,
			    strstr(e.detail, cases[i].fault) == e.detail);
	}
	arena_release(&a);
}

static void
test_sql_script__reads_a_whole_file(void **state)
{
	struct err e = { 0 };
	struct arena a;
	const char *text;
	size_t len;

	(void)state;
	arena_init(&a);
	assert_int_equal(sql_file_read("sql/accounts.sql", &a, &text, &len, &e),
	    0);
	assert_int_equal(strlen(text), len);
	assert_non_null(strstr(text, "{register_user}"));
	assert_int_equal(sql_file_read("sql/none.sql", &a, &text, &len, &e),
	    -1);
	assert_non_null(strstr(e.detail, "sql/none.sql"));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sql_script__takes_apart),
		cmocka_unit_test(test_sql_script__reads_a_whole_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
