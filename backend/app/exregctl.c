/*
 * exregctl [-c FILE] COMMAND [ARGUMENT...]: what an administrator of the
 * host does by hand or from a script. A command is a row of the table.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/sample.h"

/* clang-format off */
static const struct command {
	const char *name;
	command_fn run;
	const char *arguments;
	const char *summary;
} commands[] = {
	{ "check",     command_check,     "",           "read the settings and the servers' own, say what is wrong" },
	{ "settings",  command_settings,  "",           "print an example file with every setting" },
	{ "migrate",   command_migrate,   "",           "bring the database to the schema of this version" },
	{ "accounts",  command_accounts,  "FILE",       "make the database accounts of sql/accounts.sql" },
	{ "sample",    command_sample,    "",           "fill an empty database with the sample organisation" },
	{ "routes",    command_routes,    "",           "print who may call what, for auditors" },
	{ "openapi",   command_openapi,   "",           "print the description of the API" },
	{ "workflow",  command_workflow,  "[drawing]",  "print the steps of a request and their guards" },
	{ "import",    command_import,    "CSV",        "take in exceptions of another register, or check an export" },
	{ "procedure", command_procedure, "check FILE", "say what is wrong with a procedure" },
};
/* clang-format on */

static int
usage(void)
{
	fprintf(stderr, "usage: exregctl [-c FILE] COMMAND [ARGUMENT...]\n");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(stderr, "  %-9s %-10s %s\n", commands[i].name,
		    commands[i].arguments, commands[i].summary);
	return 2;
}

int
main(int argc, char **argv)
{
	struct command_call call = { .config_path = NULL };
	struct arena arena;
	int status = 2;
	int opt;

	while ((opt = getopt(argc, argv, "+c:")) != -1) {
		if (opt != 'c')
			return usage();
		call.config_path = optarg;
	}
	if (optind == argc)
		return usage();
	arena_init(&arena);
	call.arena = &arena;
	call.argc = argc - optind - 1;
	call.argv = argv + optind + 1;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(commands[i].name, argv[optind]) == 0) {
			status = commands[i].run(&call);
			arena_release(&arena);
			return status;
		}
	arena_release(&arena);
	return usage();
}
