/*
 * exregctl check: reads the settings back, looks at what they point to,
 * signs in to the database with every account it may read the password of,
 * and compares the server's own settings with what the register relies on.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/migrate.h"
#include "base/token.h"
#include "store/statements.h"

/* clang-format off */
static const struct server_setting {
	const char *name;
	const char *value;   /* exactly, or */
	const char *holds;   /* one of a list, or */
	long long least;     /* at least so much; 0: not compared */
	const char *why;
} server_settings[] = {
	{ "secure_timestamp", NULL, "SUPER,YES", 0, "an account could write audit events into the past" },
	{ "innodb_snapshot_isolation", "ON", NULL, 0, "two people could overwrite each other" },
	{ "innodb_rollback_on_timeout", "ON", NULL, 0, "half a change could stay" },
	{ "innodb_flush_log_at_trx_commit", "1", NULL, 0, "a saved change could be lost" },
	{ "local_infile", "OFF", NULL, 0, "a client could read files into tables" },
	{ "character_set_server", "utf8mb4", NULL, 0, "names could be damaged" },
	{ "innodb_ft_min_token_size", NULL, "1", 0, "short words could not be found" },
	{ "innodb_ft_enable_stopword", "OFF", NULL, 0, "words such as \"for\" could not be found" },
	{ "max_allowed_packet", NULL, NULL, 1048576, "large contents could not be saved" },
};
/* clang-format on */

#define NSERVER (sizeof(server_settings) / sizeof(server_settings[0]))

struct server {
	char values[NSERVER][64];
};

static int
take_variable(void *arg, size_t ncols, const char **names, const char **values,
    struct err *e)
{
	struct server *s = arg;

	(void)names;
	(void)e;
	for (size_t i = 0; ncols == 2 && i < NSERVER; i++)
		if (strcmp(server_settings[i].name, values[0]) == 0)
			snprintf(s->values[i], sizeof(s->values[i]), "%s",
			    values[1] != NULL ? values[1] : "");
	return 0;
}

static bool
is_in_list(const char *list, const char *value)
{
	size_t len = strlen(value);

	for (; *list != '\0'; list += *list == ',') {
		size_t n = strcspn(list, ",");

		if (n == len && memcmp(list, value, n) == 0)
			return true;
		list += n;
	}
	return false;
}

static bool
holds(const struct server_setting *s, const char *value)
{
	long long number;

	if (s->value != NULL)
		return strcmp(s->value, value) == 0;
	if (s->holds != NULL)
		return is_in_list(s->holds, value);
	return i64_parse(value, strlen(value), 0, INT64_MAX, &number) == 0 &&
	    number >= s->least;
}

/* Prints a line for each setting that does not hold; returns their number. */
static int
check_server(struct db *db)
{
	struct server s = { 0 };
	struct err e = { 0 };
	int faults = 0;

	if (db_text(db, "SHOW GLOBAL VARIABLES", take_variable, &s, &e) < 0)
		return command_failed(&e);
	for (size_t i = 0; i < NSERVER; i++) {
		const struct server_setting *row = &server_settings[i];
		bool good = holds(row, s.values[i]);

		printf("%-4s %s = %s", good ? "ok" : "BAD", row->name,
		    s.values[i]);
		if (!good && row->least > 0)
			printf(", wanted %lld or more: %s", row->least,
			    row->why);
		else if (!good)
			printf(", wanted %s: %s",
			    row->value != NULL ? row->value : row->holds,
			    row->why);
		printf("\n");
		faults += !good;
	}
	return faults;
}

/* Every account signs in; the first also looks at server and schema. */
static int
check_account(const struct command_call *call, const struct config *cfg,
    const char *name, const struct config_account *account, bool first)
{
	struct db *db = command_db(call, cfg, account);
	struct err e = { 0 };
	int faults = 0;

	printf("%-4s database account %s (%s)\n", db != NULL ? "ok" : "BAD",
	    name, account->db_user);
	if (db == NULL)
		return 1;
	if (first) {
		faults = check_server(db);
		if (migrate_check(db, cfg->migrations_dir, call->arena, &e) <
		    0) {
			printf("BAD  schema: %s\n", e.detail);
			faults++;
		} else {
			printf("ok   schema version %d\n", SCHEMA_VERSION);
		}
	}
	db_close(db);
	return faults;
}

static int
check_database(const struct command_call *call, const struct config *cfg)
{
	int faults = check_account(call, cfg, "owner", &cfg->owner, true);

	for (int pool = POOL_REGISTER; pool <= POOL_EXPORT; pool++)
		faults += check_account(call, cfg, pool_names[pool],
		    &cfg->pools[pool].account, false);
	return faults + check_account(call, cfg, "jobs", &cfg->jobs, false);
}

/* Every statement against the real schema: nothing waits for a user. */
static int
check_statements(const struct command_call *call, const struct config *cfg)
{
	struct db *db = command_db(call, cfg, &cfg->owner);
	int faults = 0;

	for (unsigned i = 0; db != NULL && i < STMT__MAX; i++) {
		struct err e = { 0 };

		if (db_check_def(db, &statements[i], &e) == 0)
			continue;
		printf("BAD  statement %s (%s): %s\n", statements[i].name,
		    statements[i].where, e.cause);
		faults++;
	}
	if (db != NULL && faults == 0)
		printf("ok   %d statements\n", (int)STMT__MAX);
	db_close(db);
	return db != NULL ? faults : 1;
}

/* Connect, sign in with the service account, look for both bases. */
static int
check_directory(const struct command_call *call, const struct config *cfg)
{
	struct directory_config conf;
	struct err e = { 0 };
	struct directory *d;
	int faults = 1;

	if (config_directory(cfg, call->arena, &conf, &e) < 0)
		return command_failed(&e);
	d = directory_open(&conf, &e);
	signal(SIGPIPE, SIG_IGN); /* libldap writes to closed connections */
	if (d != NULL && directory_probe(d, &e) == DIRECTORY_OK)
		faults = 0;
	printf("%-4s directory %s%s%s\n", faults == 0 ? "ok" : "BAD",
	    cfg->ldap_uris, faults == 0 ? "" : ": ", e.cause);
	directory_close(d);
	return faults;
}

int
command_check(const struct command_call *call)
{
	struct config cfg;
	struct buf faults;
	const char *route_fault = route_check_all();
	int n = 0;

	if (route_fault != NULL) {
		printf("BAD  %s\n", route_fault);
		n++;
	}
	if (command_load(call, USE_ALL, &cfg) < 0) {
		config_release(&cfg);
		return 1;
	}
	buf_init(&faults, call->arena);
	n += (int)config_check(&cfg, USE_ALL, &faults);
	fputs(buf_text(&faults), stderr);
	if (n == 0)
		printf("ok   settings of %s\n", cfg.path);
	n += check_database(call, &cfg);
	n += check_statements(call, &cfg);
	n += check_directory(call, &cfg);
	config_release(&cfg);
	return n == 0 ? 0 : 1;
}
