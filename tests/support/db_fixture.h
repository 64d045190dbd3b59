/*
 * A connection to the private MariaDB of tests/support/mariadb.sh.
 *
 *   int main(void)
 *   {
 *	if (!db_fixture_available())
 *		return DB_FIXTURE_SKIP;
 *	return cmocka_run_group_tests(tests, NULL, NULL);
 *   }
 *
 * CTest gives every program of tests/db a server of its own, with the
 * migrated database, so a test may change what it likes there.
 */
#ifndef EXREG_TESTS_SUPPORT_DB_FIXTURE_H
#define EXREG_TESTS_SUPPORT_DB_FIXTURE_H

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

/* Exit code that CTest counts as skipped. */
#define DB_FIXTURE_SKIP 77

struct db_fixture {
	struct db_config cfg;
	struct arena arena; /* given to the handle */
	struct db *db;
	struct err e;
};

/* EXREG_TEST_DB_SOCKET is set. Prints the reason for a skip when not. */
bool db_fixture_available(void);

/* The configuration of the owner of the database. */
struct db_config db_fixture_config(void);

/*
 * Connect with f->cfg (when its user is NULL: as the owner). The caller
 * zeroes f. Fails the test when there is no connection.
 */
void db_fixture_open(struct db_fixture *f, const struct stmt_def *stmts,
    size_t n);

void db_fixture_close(struct db_fixture *f);

/* Run text, several calls for several statements; an error fails the test. */
void db_fixture_sql(struct db_fixture *f, const char *sql);

/* First column of the first row, on the arena; NULL: no row, or a NULL. */
const char *db_fixture_value(struct db_fixture *f, const char *sql);

/* Fail the test and print kind and cause unless result is 0 or more. */
void db_fixture_ok(int result, const struct err *e);

#endif
