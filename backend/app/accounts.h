/*
 * The MariaDB accounts of the pools, with the least rights each needs:
 * sql/accounts.sql with the names and passwords of the configuration.
 */
#ifndef EXREG_APP_ACCOUNTS_H
#define EXREG_APP_ACCOUNTS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct db;

/* A longer password is refused. */
#define ACCOUNT_PASSWORD_MAX 256

struct account {
	const char *role;     /* register: {register_user}, {register_auth} */
	const char *user;     /* name in MariaDB */
	const char *password; /* NULL: by unix_socket */
};

struct accounts {
	const char *database; /* {database} */
	const struct account *list;
	size_t n;
};

/*
 * Run the script as the owner of the database. Every {name} in it must be
 * known. May be run again at any time; rights not in the script are lost.
 * Returns 0, or -1 with e set; no password is ever part of e.
 */
int accounts_apply(struct db *db, const char *path, const struct accounts *acc,
    struct arena *a, struct err *e);

#endif
