/*
 * The configuration file: one INI file for all programs of one host. What
 * settings there are, their limits and defaults is a table in config.c.
 */
#ifndef EXREG_APP_CONFIG_H
#define EXREG_APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/ctx.h"
#include "api/route.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "db/db.h"
#include "directory/directory.h"

/* Which program wants a setting; bits. */
#define USE_REGISTER 0x01u
#define USE_DIRECTORY 0x02u
#define USE_EXPORT 0x04u
#define USE_JOBS 0x08u
#define USE_OWNER 0x10u /* exregctl: migrations, sample data */
#define USE_POOLS (USE_REGISTER | USE_DIRECTORY | USE_EXPORT)
#define USE_ALL (USE_POOLS | USE_JOBS | USE_OWNER)

/* A database account. */
struct config_account {
	const char *db_user;
	const char *db_password_file; /* NULL: unix_socket authentication */
};

struct config_pool {
	const char *socket; /* where nginx finds the pool */
	const char *user;   /* become this user when started as root */
	int64_t workers;
	int64_t max_requests;
	int64_t deadline_s;
	struct config_account account;
};

struct config {
	struct arena arena; /* everything below lives here */
	const char *path;
	const unsigned *lines; /* of each setting in the file; 0: default */

	const char *name; /* of the organisation */
	const char *zone;
	int64_t notice_days;
	const char *violation_role;

	const char *origin;
	bool cookie_secure;

	const char *db_socket;
	const char *db_host;
	int64_t db_port;
	const char *db_name;
	const char *db_ca_file;
	int64_t db_io_timeout_s;

	struct config_pool pools[POOL__MAX];
	struct config_account jobs;
	struct config_account owner;

	const char *ldap_uris; /* separated by blanks */
	const char *ldap_ca_file;
	const char *ldap_bind_dn;
	const char *ldap_bind_password_file;
	const char *people_base;
	const char *people_filter;
	const char *groups_base;
	const char *group_filter;
	const char *id_attribute;
	const char *uid_attribute;
	const char *name_attribute;
	const char *mail_attribute;
	const char *title_attribute;
	const char *department_attribute;
	const char *manager_attribute;
	const char *group_name_attribute;
	int64_t nesting_depth;
	int64_t node_limit;
	int64_t page_size;
	int64_t ldap_budget_ms;
	int64_t ldap_network_timeout_ms;

	int64_t idle_minutes;
	int64_t absolute_hours;
	int64_t lockout_threshold;
	int64_t answer_floor_ms;
	const char *signin_group;

	const char *spool_dir;
	int64_t export_max_rows;

	const char *attachments_dir;
	int64_t attachment_max_mb;
	int64_t attachments_max;
	int64_t attachments_max_mb;

	const char *mail_url;
	const char *mail_ca_file;
	const char *mail_from;
	const char *mail_user;
	const char *mail_password_file;

	const char *migrations_dir;
	const char *procedures_dir;
	const char *static_dir;
};

/*
 * Read the file. use: bits of the programs whose required settings must be
 * there. Every fault is added to faults as a line "file:line: what".
 * Returns the number of faults; cfg is complete when it is 0. cfg is
 * released with config_release() in either case.
 */
size_t config_load(struct config *cfg, const char *path, unsigned use,
    struct buf *faults);
void config_release(struct config *cfg);

/*
 * What the settings point to, for the programs in use: secrets readable by
 * their owner only, folders and the time zone there, the site's address
 * usable. Adds lines to faults; returns their number.
 */
size_t config_check(const struct config *cfg, unsigned use, struct buf *faults);

/* The line in the file that set a member of cfg; 0: none did. */
unsigned config_line(const struct config *cfg, const void *member);

/* All settings with defaults and meaning, as an example file. */
void config_example(struct buf *out);

/* The bit of a pool, and its pool by name (POOL__INVALID: no such). */
unsigned config_use_of(enum pool pool);
enum pool config_pool_by_name(const char *name);

/*
 * A secret from a file: its first line. The file must not be readable by
 * group or others. NULL with e set; the text lives on the arena.
 */
char *config_secret(struct arena *a, const char *path, struct err *e);

/* Set TZ for this process: "today" is the organisation's day. */
void config_set_zone(const struct config *cfg);

/* What handlers need to know. schema_version is left for the caller. */
void config_app(const struct config *cfg, struct app *app);

/* How to reach the database with an account. Reads the password file.
 * deadline_s bounds one statement; 0: none. 0, or -1 with e set. */
int config_db(const struct config *cfg, const struct config_account *account,
    int64_t deadline_s, struct arena *a, struct db_config *out, struct err *e);

/* How to reach the directory. Reads the password file. 0 or -1. */
int config_directory(const struct config *cfg, struct arena *a,
    struct directory_config *out, struct err *e);

#endif
