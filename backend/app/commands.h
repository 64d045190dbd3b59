/* The subcommands of exregctl; each has a row in exregctl.c. */
#ifndef EXREG_APP_COMMANDS_H
#define EXREG_APP_COMMANDS_H

#include "app/config.h"

/* What a subcommand is given; arguments after its name in argv. */
struct command_call {
	const char *config_path; /* -c FILE; NULL when not given */
	int argc;
	char **argv;
	struct arena *arena; /* until the command ends */
};

/* Returns the exit status: 0 done, 1 failed, 2 wrong use. */
typedef int (*command_fn)(const struct command_call *call);

/* What several commands need: the settings (faults are printed), and the
 * database as an account. 0 or -1, told on standard error. */
int command_load(const struct command_call *call, unsigned use,
    struct config *cfg);
struct db *command_db(const struct command_call *call, const struct config *cfg,
    const struct config_account *account);

/* Print e on standard error. Returns 1. */
int command_failed(const struct err *e);

int command_check(const struct command_call *call);
int command_settings(const struct command_call *call);
int command_routes(const struct command_call *call);
int command_openapi(const struct command_call *call);
int command_workflow(const struct command_call *call);
int command_procedure(const struct command_call *call);
int command_migrate(const struct command_call *call);
int command_accounts(const struct command_call *call);
int command_import(const struct command_call *call);

#endif
