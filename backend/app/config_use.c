/* From settings to what the libraries are handed. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/config.h"

#define SECRET_MAX 512
#define MB (INT64_C(1) << 20)

unsigned
config_use_of(enum pool pool)
{
	if (pool == POOL_REGISTER)
		return USE_REGISTER;
	if (pool == POOL_DIRECTORY)
		return USE_DIRECTORY;
	return pool == POOL_EXPORT ? USE_EXPORT : 0;
}

enum pool
config_pool_by_name(const char *name)
{
	for (int i = POOL_REGISTER; i <= POOL_EXPORT; i++)
		if (strcmp(pool_names[i], name) == 0)
			return (enum pool)i;
	return POOL__INVALID;
}

/* Nobody but the owner may read a secret; 0 or -1 with the reason in e. */
static int
secret_mode_check(int fd, const char *path, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return err_set(e, ERR_INTERNAL, "%s is not a file", path);
	if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return err_set(e, ERR_INTERNAL,
		    "%s can be read by others, mode %03o; it must be 600", path,
		    (unsigned)(st.st_mode & 0777));
	return 0;
}

char *
config_secret(struct arena *a, const char *path, struct err *e)
{
	char text[SECRET_MAX + 1];
	char *copy = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0) {
		err_set(e, ERR_INTERNAL, "%s: %s", path, strerror(errno));
		return NULL;
	}
	if (secret_mode_check(fd, path, e) == 0) {
		n = read(fd, text, SECRET_MAX);
		if (n < 0)
			n = 0;
		text[n] = '\0';
		text[strcspn(text, "\r\n")] = '\0';
		if (text[0] == '\0')
			err_set(e, ERR_INTERNAL, "%s is empty", path);
		else
			copy = arena_strdup(a, text);
		explicit_bzero(text, sizeof(text));
	}
	close(fd);
	return copy;
}

void
config_set_zone(const struct config *cfg)
{
	setenv("TZ", cfg->zone, 1);
	tzset();
}

void
config_app(const struct config *cfg, struct app *app)
{
	memset(app, 0, sizeof(*app));
	app->organisation = cfg->name;
	app->zone = cfg->zone;
	app->origin = cfg->origin;
	app->cookie_secure = cfg->cookie_secure;
	app->cookie_name = cfg->cookie_secure ? "__Host-exreg" : "exreg";
	app->notice_days = (int)cfg->notice_days;
	app->violation_role = cfg->violation_role;
	app->idle_minutes = cfg->idle_minutes;
	app->absolute_hours = cfg->absolute_hours;
	app->spool_dir = cfg->spool_dir;
	app->export_max_rows = cfg->export_max_rows;
	app->attachments_dir = cfg->attachments_dir;
	app->attachment_max_bytes = cfg->attachment_max_mb * MB;
	app->attachments_max = cfg->attachments_max;
	app->attachments_max_bytes = cfg->attachments_max_mb * MB;
	app->lockout_threshold = cfg->lockout_threshold;
	app->signin_group = cfg->signin_group;
	app->answer_floor_ms = cfg->answer_floor_ms;
}

int
config_db(const struct config *cfg, const struct config_account *account,
    int64_t deadline_s, struct arena *a, struct db_config *out, struct err *e)
{
	unsigned statement_s = (unsigned)(deadline_s * 3 / 4);

	memset(out, 0, sizeof(*out));
	out->socket = cfg->db_socket;
	out->host = cfg->db_host;
	out->port = (unsigned)cfg->db_port;
	out->user = account->db_user;
	out->database = cfg->db_name;
	out->ca_file = cfg->db_ca_file;
	out->connect_timeout_s = 2;
	out->io_timeout_s = (unsigned)cfg->db_io_timeout_s;
	out->statement_ms = statement_s * 1000;
	/* The server may be silent for as long as a statement may take. */
	if (statement_s > 20)
		out->io_timeout_s = statement_s;
	if (account->db_password_file == NULL)
		return 0;
	out->password = config_secret(a, account->db_password_file, e);
	return out->password != NULL ? 0 : -1;
}

/* "ldaps://a ldaps://b" -> an array on the arena. */
static const char *const *
split_uris(struct arena *a, const char *text, size_t *n)
{
	const char **uris = arena_array(a, strlen(text) + 1, sizeof(*uris));

	*n = 0;
	for (text += strspn(text, " \t"); *text != '\0';
	     text += strspn(text, " \t")) {
		size_t len = strcspn(text, " \t");

		uris[(*n)++] = arena_strndup(a, text, len);
		text += len;
	}
	return uris;
}

int
config_directory(const struct config *cfg, struct arena *a,
    struct directory_config *out, struct err *e)
{
	char *password = config_secret(a, cfg->ldap_bind_password_file, e);

	if (password == NULL)
		return -1;
	directory_config_init(out);
	out->uris = split_uris(a, cfg->ldap_uris, &out->nuris);
	out->ca_file = cfg->ldap_ca_file;
	out->bind_dn = cfg->ldap_bind_dn;
	out->bind_password.bytes = password;
	out->bind_password.len = strlen(password);
	out->people_base = cfg->people_base;
	out->people_filter = cfg->people_filter;
	out->groups_base = cfg->groups_base;
	out->group_filter = cfg->group_filter;
	out->id_attribute = cfg->id_attribute;
	out->uid_attribute = cfg->uid_attribute;
	out->name_attribute = cfg->name_attribute;
	out->mail_attribute = cfg->mail_attribute;
	out->title_attribute = cfg->title_attribute;
	out->department_attribute = cfg->department_attribute;
	out->manager_attribute = cfg->manager_attribute;
	out->group_name_attribute = cfg->group_name_attribute;
	out->nesting_depth = (int)cfg->nesting_depth;
	out->node_limit = (int)cfg->node_limit;
	out->page_size = (int)cfg->page_size;
	out->budget_ms = (int)cfg->ldap_budget_ms;
	out->network_timeout_ms = (int)cfg->ldap_network_timeout_ms;
	return 0;
}
