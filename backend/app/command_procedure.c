/*
 * exregctl workflow [drawing], exregctl procedure check FILE | schema: the
 * rules as the program has them, and a procedure before it is published.
 */
#include <stdio.h>
#include <string.h>

#include "api/openapi.h"
#include "api/procedure_view.h"
#include "app/commands.h"
#include "app/sql_script.h"
#include "db/db.h"
#include "domain/workflow.h"
#include "store/procedure_store.h"

int
command_workflow(const struct command_call *call)
{
	struct buf text;

	if (call->argc > 1 ||
	    (call->argc == 1 && strcmp(call->argv[0], "drawing") != 0)) {
		fprintf(stderr, "usage: exregctl workflow [drawing]\n");
		return 2;
	}
	buf_init(&text, call->arena);
	if (call->argc == 1)
		workflow_draw(&text);
	else
		workflow_print(&text);
	fwrite(buf_text(&text), 1, text.len, stdout);
	return 0;
}

static int
print_schema(const struct command_call *call)
{
	struct buf line, text;

	buf_init(&line, call->arena);
	buf_init(&text, call->arena);
	schema_document_write(&line, &procedure_schema,
	    "/api/v1/procedure-schema.json");
	json_indent(&text, buf_text(&line));
	fwrite(buf_text(&text), 1, text.len, stdout);
	return 0;
}

/* Against the roles and documents of the register, when -c names one. */
static int
check_world(const struct command_call *call, const struct procedure *p,
    struct err *e)
{
	struct procedure_world world;
	struct config cfg;
	struct db *db;
	int result = -1;

	if (call->config_path == NULL)
		return 0;
	if (command_load(call, USE_OWNER, &cfg) < 0)
		return err_set(e, ERR_INTERNAL, "no configuration");
	db = command_db(call, &cfg, &cfg.owner);
	if (db != NULL) {
		db_set_arena(db, call->arena);
		if (procedure_store_world(db, call->arena, &world, e) == 0)
			result = procedure_check(p, &world, call->arena, e);
	} else {
		err_set(e, ERR_INTERNAL, "no database");
	}
	db_close(db);
	config_release(&cfg);
	return result;
}

int
command_procedure(const struct command_call *call)
{
	struct err e = { 0 };
	struct procedure p;
	const char *text;
	size_t len;

	if (call->argc == 1 && strcmp(call->argv[0], "schema") == 0)
		return print_schema(call);
	if (call->argc != 2 || strcmp(call->argv[0], "check") != 0) {
		fprintf(stderr,
		    "usage: exregctl [-c FILE] procedure check FILE\n"
		    "       exregctl procedure schema\n");
		return 2;
	}
	if (sql_file_read(call->argv[1], call->arena, &text, &len, &e) == 0 &&
	    procedure_read(call->arena, text, len, &p, &e) == 0 &&
	    check_world(call, &p, &e) == 0) {
		printf("ok   %s version %lld: %s\n", p.key,
		    (long long)p.version, p.title);
		return 0;
	}
	for (size_t i = 0; i < e.nfields; i++)
		fprintf(stderr, "%s: %s %s\n", call->argv[1],
		    e.fields[i].pointer, e.fields[i].detail);
	return e.nfields > 0 ? 1 : command_failed(&e);
}
