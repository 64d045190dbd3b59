/*
 * Whether what the settings point to is there. A fault names the line that
 * made it, found by the member it set.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/config.h"

#define ZONE_DIR "/usr/share/zoneinfo/"

struct checker {
	const struct config *cfg;
	struct buf *faults;
	size_t n;
};

__attribute__((format(printf, 3, 4))) static void
fault(struct checker *k, const void *member, const char *fmt, ...)
{
	char text[700];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_printf(k->faults, "%s:%u: %s\n", k->cfg->path,
	    config_line(k->cfg, member), text);
	k->n++;
}

static void
check_secret(struct checker *k, const char *const *member)
{
	struct err e = { 0 };
	struct arena scratch;
	char *secret;

	if (*member == NULL)
		return;
	arena_init(&scratch);
	secret = config_secret(&scratch, *member, &e);
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	else
		fault(k, member, "%s", e.detail);
	arena_release(&scratch);
}

/* The folder, or with parent the folder it is in. */
static void
check_dir(struct checker *k, const char *const *member, bool parent)
{
	char dir[512];
	struct stat st;
	char *slash;

	if (*member == NULL)
		return;
	snprintf(dir, sizeof(dir), "%s", *member);
	slash = strrchr(dir, '/');
	if (parent && slash != NULL && slash != dir)
		*slash = '\0';
	if (stat(dir, &st) < 0 || !S_ISDIR(st.st_mode))
		fault(k, member, "there is no folder %s", dir);
}

static void
check_zone(struct checker *k)
{
	const char *zone = k->cfg->zone;
	size_t plain = strspn(zone,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789_+-/");
	char path[256];
	struct stat st;

	snprintf(path, sizeof(path), ZONE_DIR "%s", zone);
	if (zone[plain] != '\0' || zone[0] == '/' || stat(path, &st) < 0 ||
	    !S_ISREG(st.st_mode))
		fault(k, &k->cfg->zone,
		    "[organisation] zone %s is not known here", zone);
}

/* Exactly as a browser writes it: scheme, host, port, nothing after. */
static void
check_origin(struct checker *k)
{
	const char *origin = k->cfg->origin;
	const char *host = strstr(origin, "://");
	bool https = strncmp(origin, "https://", 8) == 0;
	bool http = strncmp(origin, "http://", 7) == 0;

	if ((!https && !http) || host[3] == '\0' ||
	    strpbrk(host + 3, "/?# ") != NULL)
		fault(k, &k->cfg->origin,
		    "[site] origin must be https://host or https://host:port");
	else if (http && k->cfg->cookie_secure)
		fault(k, &k->cfg->origin,
		    "[site] http:// needs cookie_secure = no");
}

/* nginx finds a file by the folder's name: see location /spool/. */
static void
check_spool(struct checker *k)
{
	const char *dir = k->cfg->spool_dir;
	const char *slash = strrchr(dir, '/');

	check_dir(k, &k->cfg->spool_dir, false);
	if (slash == NULL || strcmp(slash, "/spool") != 0)
		fault(k, &k->cfg->spool_dir,
		    "[export] spool_dir must end in /spool");
}

/* The same for location /attachments/; the register writes there. */
static void
check_attachments(struct checker *k)
{
	const char *dir = k->cfg->attachments_dir;
	const char *slash = strrchr(dir, '/');

	check_dir(k, &k->cfg->attachments_dir, false);
	if (slash == NULL || strcmp(slash, "/attachments") != 0)
		fault(k, &k->cfg->attachments_dir,
		    "[attachments] dir must end in /attachments");
}

static void
check_pool(struct checker *k, enum pool pool)
{
	const struct config_pool *p = &k->cfg->pools[pool];

	check_dir(k, &p->socket, true);
	check_secret(k, &p->account.db_password_file);
}

size_t
config_check(const struct config *cfg, unsigned use, struct buf *faults)
{
	struct checker k = { .cfg = cfg, .faults = faults };

	check_zone(&k);
	for (int pool = POOL_REGISTER; pool <= POOL_EXPORT; pool++)
		if (use & config_use_of((enum pool)pool))
			check_pool(&k, (enum pool)pool);
	if (use & (USE_POOLS | USE_JOBS))
		check_origin(&k);
	if (use & USE_EXPORT)
		check_spool(&k);
	if (use & USE_REGISTER)
		check_attachments(&k);
	if (use & USE_DIRECTORY)
		check_secret(&k, &cfg->ldap_bind_password_file);
	if (use & USE_JOBS) {
		check_secret(&k, &cfg->jobs.db_password_file);
		check_secret(&k, &cfg->mail_password_file);
	}
	if (use & USE_OWNER) {
		check_secret(&k, &cfg->owner.db_password_file);
		check_dir(&k, &cfg->migrations_dir, false);
		check_dir(&k, &cfg->procedures_dir, false);
	}
	return k.n;
}
