/*
 * A setting is a row of the table: where it stands in the file, where it
 * goes, which values it takes and who needs it. An unknown name, a name
 * given twice and a value out of range are faults with file and line.
 */
#include "app/config.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <string.h>

#include "base/field.h"
#include "base/token.h"
#include "base/utf8.h"

#define LINE_MAX_LEN 1024

enum setting_type { SETTING_TEXT, SETTING_PATH, SETTING_INT, SETTING_BOOL };

struct setting {
	const char *section;
	const char *name;
	enum setting_type type;
	size_t off;
	const char *value; /* default; NULL: none */
	int64_t min;
	int64_t max;
	unsigned need; /* programs that cannot start without a value */
	const char *doc;
};

/* clang-format off */
#define TEXT(s, n, m, def, need, doc) \
	{ s, n, SETTING_TEXT, FIELD_OFF(config, m, const char *), def, 0, 0, need, doc }
#define PATH(s, n, m, def, need, doc) \
	{ s, n, SETTING_PATH, FIELD_OFF(config, m, const char *), def, 0, 0, need, doc }
#define INT(s, n, m, def, min, max, doc) \
	{ s, n, SETTING_INT, FIELD_OFF(config, m, int64_t), def, min, max, 0, doc }
#define BOOL(s, n, m, def, doc) \
	{ s, n, SETTING_BOOL, FIELD_OFF(config, m, bool), def, 0, 0, 0, doc }
#define POOL(s, p, use, nworkers, seconds) \
	PATH(s, "socket", pools[p].socket, NULL, use, "Unix socket of the pool; its folder belongs to the group of nginx"), \
	TEXT(s, "user", pools[p].user, NULL, 0, "Account to run as when started as root"), \
	INT(s, "workers", pools[p].workers, nworkers, 1, 64, "Processes"), \
	INT(s, "max_requests", pools[p].max_requests, "10000", 1, 10000000, "A worker is replaced after so many requests"), \
	INT(s, "deadline_s", pools[p].deadline_s, seconds, 1, 3600, "A request that takes longer ends with its worker"), \
	ACCOUNT(s, pools[p].account, use)
#define ACCOUNT(s, m, use) \
	TEXT(s, "db_user", m.db_user, NULL, use, "Account in the database"), \
	PATH(s, "db_password_file", m.db_password_file, NULL, 0, "File with its password; none: the account of the system")

static const struct setting settings[] = {
	TEXT("organisation", "name", name, NULL, USE_ALL, "Shown on every page and in every mail"),
	TEXT("organisation", "zone", zone, NULL, USE_ALL, "IANA time zone that says which day it is"),
	INT("organisation", "notice_days", notice_days, "30", 1, 366, "An exception counts as expiring so many days before its end"),
	TEXT("organisation", "violation_role", violation_role, "cdt_iso", 0, "Role whose holders are told of each reported violation"),

	TEXT("site", "origin", origin, NULL, USE_POOLS | USE_JOBS, "Address people type, such as https://exreg.example"),
	BOOL("site", "cookie_secure", cookie_secure, "yes", "no only for trying it out without TLS"),

	PATH("database", "socket", db_socket, NULL, 0, "Unix socket of MariaDB; or host"),
	TEXT("database", "host", db_host, NULL, 0, "Host of MariaDB, always with TLS"),
	INT("database", "port", db_port, "3306", 1, 65535, "With host"),
	TEXT("database", "name", db_name, "exreg", 0, "Name of the database"),
	PATH("database", "ca_file", db_ca_file, NULL, 0, "With host: who may have signed the server's certificate"),
	INT("database", "io_timeout_s", db_io_timeout_s, "5", 1, 300, "No answer for so long means that the database is down"),

	POOL("register", POOL_REGISTER, USE_REGISTER, "4", "20"),
	POOL("directory", POOL_DIRECTORY, USE_DIRECTORY, "3", "20"),
	POOL("export", POOL_EXPORT, USE_EXPORT, "2", "300"),
	PATH("export", "spool_dir", spool_dir, NULL, USE_EXPORT, "Folder shared with nginx and by all hosts, mode 2750"),
	INT("export", "max_rows", export_max_rows, "100000", 1, 10000000, "Rows in one file"),

	ACCOUNT("jobs", jobs, USE_JOBS),
	ACCOUNT("owner", owner, USE_OWNER),

	TEXT("ldap", "uris", ldap_uris, NULL, USE_DIRECTORY, "ldaps://, ldapi:// or ldap:// (always StartTLS), tried in this order, with blanks between"),
	PATH("ldap", "ca_file", ldap_ca_file, NULL, 0, "Who may have signed the servers' certificates"),
	TEXT("ldap", "bind_dn", ldap_bind_dn, NULL, USE_DIRECTORY, "Service account"),
	PATH("ldap", "bind_password_file", ldap_bind_password_file, NULL, USE_DIRECTORY, "File with its password"),
	TEXT("ldap", "people_base", people_base, NULL, USE_DIRECTORY, "Where people are"),
	TEXT("ldap", "people_filter", people_filter, "(&(objectClass=person)(uid=%s))", 0, "One %s: what was typed at sign-in"),
	TEXT("ldap", "groups_base", groups_base, NULL, USE_DIRECTORY, "Where groups are"),
	TEXT("ldap", "group_filter", group_filter, "(objectClass=groupOfNames)", 0, "Which entries are groups"),
	TEXT("ldap", "id_attribute", id_attribute, "entryUUID", 0, "Never changes: entryUUID, objectGUID, nsUniqueId, ipaUniqueID"),
	TEXT("ldap", "uid_attribute", uid_attribute, "uid", 0, "What people type at sign-in"),
	TEXT("ldap", "name_attribute", name_attribute, "displayName", 0, "Shown name"),
	TEXT("ldap", "mail_attribute", mail_attribute, "mail", 0, "Address for notices"),
	TEXT("ldap", "title_attribute", title_attribute, "title", 0, "Shown below the name"),
	TEXT("ldap", "department_attribute", department_attribute, "departmentNumber", 0, "Code of the unit"),
	TEXT("ldap", "manager_attribute", manager_attribute, "manager", 0, "DN of the manager"),
	TEXT("ldap", "group_name_attribute", group_name_attribute, "cn", 0, "Shown name of a group"),
	INT("ldap", "nesting_depth", nesting_depth, "8", 1, 32, "Groups in groups"),
	INT("ldap", "node_limit", node_limit, "500", 1, 10000, "Groups looked at for one person"),
	INT("ldap", "page_size", page_size, "500", 1, 1000, "Entries a page"),
	INT("ldap", "budget_ms", ldap_budget_ms, "2500", 100, 10000, "For everything one request asks the directory"),
	INT("ldap", "network_timeout_ms", ldap_network_timeout_ms, "1000", 100, 10000, "For one server to answer at all"),

	INT("session", "idle_minutes", idle_minutes, "30", 1, 1440, "A session ends after so long without a request"),
	INT("session", "absolute_hours", absolute_hours, "12", 1, 168, "And after so long in any case"),
	INT("session", "lockout_threshold", lockout_threshold, "5", 2, 100, "Wrong passwords after which the directory locks; we stop before"),
	INT("session", "answer_floor_ms", answer_floor_ms, "400", 0, 5000, "A sign-in is never answered faster"),
	TEXT("session", "signin_group", signin_group, NULL, 0, "Stable id or DN of the group that may sign in; none: everybody"),

	PATH("attachments", "dir", attachments_dir, NULL, USE_REGISTER, "Folder of attached files, shared with nginx and by all hosts, mode 2750; back it up after the database"),
	INT("attachments", "max_file_mb", attachment_max_mb, "10", 1, 25, "Size of one file"),
	INT("attachments", "max_files", attachments_max, "20", 1, 100, "Files of one exception"),
	INT("attachments", "max_total_mb", attachments_max_mb, "50", 1, 2500, "Size of all files of one exception"),

	TEXT("mail", "url", mail_url, NULL, 0, "smtp://host:587 with STARTTLS, or smtps://; none: notices stay on the pages"),
	PATH("mail", "ca_file", mail_ca_file, NULL, 0, "Who may have signed the mail server's certificate"),
	TEXT("mail", "from", mail_from, NULL, 0, "Sender of notices"),
	TEXT("mail", "user", mail_user, NULL, 0, "When the mail server wants a name"),
	PATH("mail", "password_file", mail_password_file, NULL, 0, "And a password"),

	PATH("paths", "migrations", migrations_dir, NULL, USE_OWNER, "sql/migrations"),
	PATH("paths", "procedures", procedures_dir, NULL, USE_OWNER, "sql/procedures"),
	PATH("paths", "static", static_dir, NULL, 0, "The built pages, served by nginx"),
};
/* clang-format on */

#define NSETTINGS (sizeof(settings) / sizeof(settings[0]))

struct loader {
	struct config *cfg;
	FILE *file;
	unsigned line;  /* being read */
	unsigned *seen; /* NSETTINGS: the line it was given in */
	struct buf *faults;
	size_t nfaults;
};

__attribute__((format(printf, 2, 3))) static void
fault(struct loader *l, const char *fmt, ...)
{
	va_list ap;
	char text[512];

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_printf(l->faults, "%s:%u: %s\n", l->cfg->path, l->line, text);
	l->nfaults++;
}

/* inih reads through this, so that we know the line. */
static char *
read_line(char *text, int size, void *arg)
{
	struct loader *l = arg;

	if (fgets(text, size, l->file) == NULL)
		return NULL;
	l->line++;
	if (strchr(text, '\n') == NULL && !feof(l->file))
		fault(l, "line is longer than %d bytes", size - 2);
	if (!utf8_is_valid(text, strlen(text)))
		fault(l, "line is not UTF-8");
	return text;
}

static void
set_text(struct loader *l, const struct setting *s, const char *value)
{
	const char *copy = arena_strdup(&l->cfg->arena, value);

	if (s->type == SETTING_PATH && value[0] != '/') {
		fault(l, "[%s] %s must be an absolute path", s->section,
		    s->name);
		return;
	}
	memcpy((char *)l->cfg + s->off, &copy, sizeof(copy));
}

static void
set_int(struct loader *l, const struct setting *s, const char *value)
{
	long long v;
	int64_t number;

	if (i64_parse(value, strlen(value), s->min, s->max, &v) < 0) {
		fault(l, "[%s] %s must be a number from %lld to %lld",
		    s->section, s->name, (long long)s->min, (long long)s->max);
		return;
	}
	number = v;
	memcpy((char *)l->cfg + s->off, &number, sizeof(number));
}

static void
set_bool(struct loader *l, const struct setting *s, const char *value)
{
	bool yes = strcmp(value, "yes") == 0;

	if (!yes && strcmp(value, "no") != 0) {
		fault(l, "[%s] %s must be yes or no", s->section, s->name);
		return;
	}
	memcpy((char *)l->cfg + s->off, &yes, sizeof(yes));
}

static void
set(struct loader *l, const struct setting *s, const char *value)
{
	switch (s->type) {
	case SETTING_TEXT:
	case SETTING_PATH:
		set_text(l, s, value);
		break;
	case SETTING_INT:
		set_int(l, s, value);
		break;
	case SETTING_BOOL:
		set_bool(l, s, value);
		break;
	}
}

/* Returns 1: inih's own error handling is not used. */
static int
on_setting(void *arg, const char *section, const char *name, const char *value)
{
	struct loader *l = arg;

	for (size_t i = 0; i < NSETTINGS; i++) {
		const struct setting *s = &settings[i];

		if (strcmp(s->section, section) != 0 ||
		    strcmp(s->name, name) != 0)
			continue;
		if (l->seen[i] != 0)
			fault(l, "[%s] %s is in line %u already", section, name,
			    l->seen[i]);
		else if (value[0] == '\0')
			fault(l, "[%s] %s has no value", section, name);
		else
			set(l, s, value);
		l->seen[i] = l->line;
		return 1;
	}
	fault(l, "[%s] %s is not a setting", section, name);
	return 1;
}

static void
set_defaults(struct loader *l)
{
	for (size_t i = 0; i < NSETTINGS; i++)
		if (settings[i].value != NULL)
			set(l, &settings[i], settings[i].value);
}

static void
require(struct loader *l, unsigned use)
{
	l->line = 0;
	for (size_t i = 0; i < NSETTINGS; i++)
		if (settings[i].need & use && l->seen[i] == 0)
			fault(l, "[%s] %s is missing (%s)", settings[i].section,
			    settings[i].name, settings[i].doc);
	if ((l->cfg->db_socket == NULL) == (l->cfg->db_host == NULL))
		fault(l, "[database] needs either socket or host");
	if (l->cfg->db_host != NULL && l->cfg->db_ca_file == NULL)
		fault(l, "[database] host needs ca_file");
}

size_t
config_load(struct config *cfg, const char *path, unsigned use,
    struct buf *faults)
{
	struct loader l = { .cfg = cfg, .faults = faults };
	int failed;

	memset(cfg, 0, sizeof(*cfg));
	arena_init(&cfg->arena);
	cfg->path = arena_strdup(&cfg->arena, path);
	l.seen = arena_array(&cfg->arena, NSETTINGS, sizeof(*l.seen));
	cfg->lines = l.seen;
	set_defaults(&l);
	l.file = fopen(path, "re");
	if (l.file == NULL) {
		fault(&l, "cannot be read: %s", strerror(errno));
		return l.nfaults;
	}
	ini_max_line = LINE_MAX_LEN;
	ini_allow_multiline = false;
	ini_allow_inline_comments = false;
	failed = ini_parse_stream(read_line, &l, on_setting, &l);
	fclose(l.file);
	if (failed != 0) {
		l.line = failed > 0 ? (unsigned)failed : 0;
		fault(&l, "is neither [section] nor name = value");
	}
	require(&l, use);
	return l.nfaults;
}

unsigned
config_line(const struct config *cfg, const void *member)
{
	size_t off = (size_t)((const char *)member - (const char *)cfg);

	for (size_t i = 0; i < NSETTINGS; i++)
		if (settings[i].off == off)
			return cfg->lines[i];
	return 0;
}

void
config_release(struct config *cfg)
{
	arena_release(&cfg->arena);
}

void
config_example(struct buf *out)
{
	const char *section = "";

	buf_str(out, "# Settings of the exception register.\n");
	for (size_t i = 0; i < NSETTINGS; i++) {
		const struct setting *s = &settings[i];

		if (strcmp(section, s->section) != 0)
			buf_printf(out, "\n[%s]\n", s->section);
		section = s->section;
		buf_printf(out, "# %s\n", s->doc);
		buf_printf(out, "%s%s =%s%s\n", s->need != 0 ? "" : "#",
		    s->name, s->value != NULL ? " " : "",
		    s->value != NULL ? s->value : "");
	}
}
