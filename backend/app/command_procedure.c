/*
 * exregctl workflow [drawing], exregctl procedure check FILE: the rules as
 * the program has them, and a procedure before it is published.
 */
#include <stdio.h>
#include <string.h>

#include "api/procedure_view.h"
#include "app/commands.h"
#include "app/sql_script.h"
#include "domain/workflow.h"

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

int
command_procedure(const struct command_call *call)
{
	struct err e = { 0 };
	struct procedure p;
	const char *text;
	size_t len;

	if (call->argc != 2 || strcmp(call->argv[0], "check") != 0) {
		fprintf(stderr, "usage: exregctl procedure check FILE\n");
		return 2;
	}
	if (sql_file_read(call->argv[1], call->arena, &text, &len, &e) == 0 &&
	    procedure_read(call->arena, text, len, &p, &e) == 0) {
		printf("ok   %s version %lld: %s\n", p.key,
		    (long long)p.version, p.title);
		return 0;
	}
	for (size_t i = 0; i < e.nfields; i++)
		fprintf(stderr, "%s: %s %s\n", call->argv[1],
		    e.fields[i].pointer, e.fields[i].detail);
	return e.nfields > 0 ? 1 : command_failed(&e);
}
