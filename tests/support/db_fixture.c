#include "support/db_fixture.h"

#include <stdlib.h>

#include "support/test.h"

static const char *
env_or(const char *name, const char *other)
{
	const char *v = getenv(name);

	return v != NULL ? v : other;
}

bool
db_fixture_available(void)
{
	if (getenv("EXREG_TEST_DB_SOCKET") != NULL)
		return true;
	print_message("SKIP: EXREG_TEST_DB_SOCKET is not set; "
		      "tests/support/mariadb.sh run -- PROGRAM sets it\n");
	return false;
}

struct db_config
db_fixture_config(void)
{
	return (struct db_config){
		.socket = getenv("EXREG_TEST_DB_SOCKET"),
		.user = env_or("EXREG_TEST_DB_USER", "exreg_owner"),
		.password = env_or("EXREG_TEST_DB_PASSWORD", "owner"),
		.database = env_or("EXREG_TEST_DB_NAME", "exreg"),
		.connect_timeout_s = 10,
		.io_timeout_s = 60,
	};
}

void
db_fixture_ok(int result, const struct err *e)
{
	if (result >= 0)
		return;
	print_error("error %d: %s (%s) at %s:%d\n", (int)e->kind, e->detail,
	    e->cause, e->file != NULL ? e->file : "?", e->line);
	fail();
}

void
db_fixture_open(struct db_fixture *f, const struct stmt_def *stmts, size_t n)
{
	if (f->cfg.user == NULL)
		f->cfg = db_fixture_config();
	arena_init(&f->arena);
	f->db = db_open(&f->cfg, stmts, n);
	db_set_arena(f->db, &f->arena);
	db_fixture_ok(db_ready(f->db, &f->e), &f->e);
}

void
db_fixture_close(struct db_fixture *f)
{
	db_close(f->db);
	f->db = NULL;
	arena_release(&f->arena);
}

void
db_fixture_sql(struct db_fixture *f, const char *sql)
{
	err_clear(&f->e);
	db_fixture_ok(db_text(f->db, sql, NULL, NULL, &f->e), &f->e);
}

struct first {
	struct arena *arena;
	bool found;
	const char *value;
};

static int
take_first(void *arg, size_t ncols, const char **names, const char **values,
    struct err *e)
{
	struct first *first = arg;

	(void)ncols;
	(void)names;
	(void)e;
	if (!first->found)
		first->value = arena_strdup(first->arena, values[0]);
	first->found = true;
	return 0;
}

const char *
db_fixture_value(struct db_fixture *f, const char *sql)
{
	struct first first = { .arena = &f->arena };

	err_clear(&f->e);
	db_fixture_ok(db_text(f->db, sql, take_first, &first, &f->e), &f->e);
	return first.value;
}
