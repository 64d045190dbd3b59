/* The short subcommands of exregctl; longer ones have files of their own. */
#include "app/commands.h"

#include <stdio.h>

#include "api/openapi.h"
#include "app/accounts.h"
#include "app/migrate.h"
#include "store/statements.h"

int
command_failed(const struct err *e)
{
	fprintf(stderr, "exregctl: %s%s%s\n", e->detail,
	    e->cause[0] != '\0' ? ": " : "", e->cause);
	return 1;
}

int
command_load(const struct command_call *call, unsigned use, struct config *cfg)
{
	struct buf faults;
	size_t n;

	if (call->config_path == NULL) {
		fprintf(stderr, "exregctl: -c FILE is missing\n");
		return -1;
	}
	buf_init(&faults, call->arena);
	n = config_load(cfg, call->config_path, use, &faults);
	fputs(buf_text(&faults), stderr);
	return n == 0 ? 0 : -1;
}

struct db *
command_db(const struct command_call *call, const struct config *cfg,
    const struct config_account *account)
{
	struct db_config *conf = ARENA_NEW(call->arena, struct db_config);
	struct err e = { 0 };
	struct db *db;

	if (config_db(cfg, account, 0, call->arena, conf, &e) < 0) {
		command_failed(&e);
		return NULL;
	}
	/* Adding an index to a large table takes its time. */
	conf->io_timeout_s = 3600;
	db = db_open(conf, statements, STMT__MAX);
	db_set_arena(db, call->arena);
	if (db_ready(db, &e) == 0)
		return db;
	command_failed(&e);
	db_close(db);
	return NULL;
}

static int
print(struct buf *text)
{
	fwrite(buf_text(text), 1, text->len, stdout);
	return 0;
}

int
command_settings(const struct command_call *call)
{
	struct buf text;

	buf_init(&text, call->arena);
	config_example(&text);
	return print(&text);
}

int
command_routes(const struct command_call *call)
{
	struct buf text;

	buf_init(&text, call->arena);
	route_matrix_write(&text);
	return print(&text);
}

int
command_openapi(const struct command_call *call)
{
	struct buf line, text;

	buf_init(&line, call->arena);
	buf_init(&text, call->arena);
	openapi_write(&line);
	json_indent(&text, buf_text(&line));
	return print(&text);
}

int
command_migrate(const struct command_call *call)
{
	struct config cfg;
	struct err e = { 0 };
	struct db *db;
	int applied = -1;

	if (command_load(call, USE_OWNER, &cfg) < 0)
		return 1;
	db = command_db(call, &cfg, &cfg.owner);
	if (db != NULL) {
		applied = migrate_run(db, cfg.migrations_dir, call->arena, &e);
		if (applied < 0)
			command_failed(&e);
		else
			printf("%d migrations applied, schema version %d\n",
			    applied, SCHEMA_VERSION);
	}
	db_close(db);
	config_release(&cfg);
	return applied < 0;
}

/* The accounts of the configuration, by the names the script uses. 0 or -1. */
static int
read_accounts(const struct config *cfg, struct arena *a, struct account list[4],
    struct err *e)
{
	const struct {
		const char *role;
		const struct config_account *account;
	} rows[4] = {
		{ "register", &cfg->pools[POOL_REGISTER].account },
		{ "directory", &cfg->pools[POOL_DIRECTORY].account },
		{ "export", &cfg->pools[POOL_EXPORT].account },
		{ "jobs", &cfg->jobs },
	};

	for (size_t i = 0; i < 4; i++) {
		const char *file = rows[i].account->db_password_file;

		list[i].role = rows[i].role;
		list[i].user = rows[i].account->db_user;
		list[i].password =
		    file != NULL ? config_secret(a, file, e) : NULL;
		if (file != NULL && list[i].password == NULL)
			return -1;
	}
	return 0;
}

int
command_accounts(const struct command_call *call)
{
	struct account list[4];
	struct accounts acc = { .list = list, .n = 4 };
	struct config cfg;
	struct err e = { 0 };
	struct db *db = NULL;
	int status = 1;

	if (call->argc != 1) {
		fprintf(stderr, "usage: exregctl -c FILE accounts FILE\n");
		return 2;
	}
	if (command_load(call, USE_ALL, &cfg) < 0)
		return 1;
	acc.database = cfg.db_name;
	if (read_accounts(&cfg, call->arena, list, &e) < 0)
		command_failed(&e);
	else
		db = command_db(call, &cfg, &cfg.owner);
	if (db != NULL) {
		status = accounts_apply(db, call->argv[0], &acc, call->arena,
			     &e) < 0 ?
		    command_failed(&e) :
		    0;
	}
	db_close(db);
	config_release(&cfg);
	return status;
}
