/*
 * What tests/support/mariadb.sh runs on an empty database: the migrations,
 * and the accounts of the pools, each with the password "test".
 */
#include <stdio.h>

#include "app/accounts.h"
#include "app/migrate.h"
#include "support/db_fixture.h"

static const struct account accounts[] = {
	{ "register", "exreg_register", "test" },
	{ "directory", "exreg_directory", "test" },
	{ "export", "exreg_export", "test" },
	{ "jobs", "exreg_jobs", "test" },
};

int
main(void)
{
	struct db_config cfg = db_fixture_config();
	const struct accounts acc = {
		.database = cfg.database,
		.list = accounts,
		.n = sizeof(accounts) / sizeof(accounts[0]),
	};
	struct err e = { 0 };
	struct arena a;
	struct db *db = db_open(&cfg, NULL, 0);

	arena_init(&a);
	db_set_arena(db, &a);
	if (db_ready(db, &e) < 0 ||
	    migrate_run(db, "sql/migrations", &a, &e) < 0 ||
	    accounts_apply(db, "sql/accounts.sql", &acc, &a, &e) < 0)
		fprintf(stderr, "%s (%s)\n", e.detail, e.cause);
	db_close(db);
	arena_release(&a);
	return e.kind == ERR_NONE ? 0 : 1;
}
