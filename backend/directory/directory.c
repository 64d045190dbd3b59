/*
 * Open, close, check of the settings, probe. The connection itself is made
 * by the first question, so that a worker can fork before it.
 */
#include "directory/directory.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "directory/connection.h"
#include "directory/filter.h"
#include "directory/query.h"

static const char *const result_names[] = {
	[DIRECTORY_OK] = "ok",
	[DIRECTORY_BAD_CREDENTIALS] = "bad_credentials",
	[DIRECTORY_NOT_FOUND] = "not_found",
	[DIRECTORY_NOT_UNIQUE] = "not_unique",
	[DIRECTORY_DOWN] = "down",
};

const char *
directory_result_name(enum directory_result r)
{
	return result_names[r];
}

void
directory_config_init(struct directory_config *cfg)
{
	memset(cfg, 0, sizeof(*cfg));
	cfg->people_filter = "(&(objectClass=inetOrgPerson)(uid=%s))";
	cfg->group_filter =
	    "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))";
	cfg->id_attribute = "entryUUID";
	cfg->uid_attribute = "uid";
	cfg->name_attribute = "displayName";
	cfg->mail_attribute = "mail";
	cfg->title_attribute = "title";
	cfg->department_attribute = "departmentNumber";
	cfg->manager_attribute = "manager";
	cfg->group_name_attribute = "cn";
	cfg->nesting_depth = 8;
	cfg->node_limit = 500;
	cfg->page_size = 500;
	cfg->budget_ms = 2500;
	cfg->network_timeout_ms = 1000;
}

static int
wrong(struct err *e, const char *setting, const char *why)
{
	(void)err_set(e, ERR_INTERNAL, "The directory is not set up.");
	return err_cause(e, "directory setting %s: %s", setting, why);
}

static bool
is_blank(const char *s)
{
	return s == NULL || *s == '\0';
}

/* An attribute description goes into filters as it is. */
static bool
is_attribute(const char *s)
{
	return !is_blank(s) &&
	    strspn(s,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789-.") == strlen(s);
}

static bool
is_filter(const char *s)
{
	return !is_blank(s) && s[0] == '(' && s[strlen(s) - 1] == ')';
}

static int
check_texts(const struct directory_config *c, struct err *e)
{
	const char *place;

	if (is_blank(c->bind_dn) || c->bind_password.len == 0)
		return wrong(e, "bind_dn",
		    "a service account with a password is needed");
	if (is_blank(c->people_base) || is_blank(c->groups_base))
		return wrong(e, "people_base, groups_base", "may not be empty");
	if (!is_filter(c->people_filter) || !is_filter(c->group_filter))
		return wrong(e, "people_filter, group_filter",
		    "must stand in parentheses");
	place = strchr(c->people_filter, '%');
	if (place == NULL || place[1] != 's' || strchr(place + 1, '%') != NULL)
		return wrong(e, "people_filter",
		    "must hold %s once and no other %");
	if (strchr(c->group_filter, '%') != NULL)
		return wrong(e, "group_filter", "must not hold a %");
	return 0;
}

static int
check_attributes(const struct directory_config *c, struct err *e)
{
	const char *const names[] = { c->id_attribute, c->uid_attribute,
		c->name_attribute, c->mail_attribute, c->title_attribute,
		c->department_attribute, c->manager_attribute,
		c->group_name_attribute };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!is_attribute(names[i]))
			return wrong(e, "attributes",
			    names[i] != NULL ? names[i] : "one is missing");
	return 0;
}

static int
check_numbers(const struct directory_config *c, struct err *e)
{
	if (c->nesting_depth < 1 || c->nesting_depth > 32)
		return wrong(e, "nesting_depth", "must be 1 to 32");
	if (c->node_limit < 1 || c->node_limit > 100000)
		return wrong(e, "node_limit", "must be 1 to 100000");
	if (c->page_size < 1 || c->page_size > 10000)
		return wrong(e, "page_size", "must be 1 to 10000");
	if (c->budget_ms < 100 || c->network_timeout_ms < 50)
		return wrong(e, "budget_ms, network_timeout_ms",
		    "must be at least 100 and 50");
	if (c->nuris < 1 || c->nuris > DIRECTORY_SERVERS_MAX)
		return wrong(e, "uris", "1 to 8 are needed");
	return 0;
}

static int
open_servers(struct directory *d, struct err *e)
{
	size_t i;

	for (i = 0; i < d->cfg.nuris; i++) {
		if (server_parse(d, &d->servers[i], d->cfg.uris[i]) == -1)
			return wrong(e, "uris", d->fault);
		if (d->servers[i].kind != SERVER_UNIX &&
		    is_blank(d->cfg.ca_file))
			return wrong(e, "ca_file",
			    "is needed for a server on the network");
	}
	return 0;
}

struct directory *
directory_open(const struct directory_config *cfg, struct err *e)
{
	struct directory *d;

	if (check_numbers(cfg, e) == -1 || check_texts(cfg, e) == -1 ||
	    check_attributes(cfg, e) == -1)
		return NULL;
	d = (struct directory *)calloc(1, sizeof(*d));
	if (d == NULL || setenv("LDAPNOINIT", "1", 1) == -1) {
		free(d);
		(void)wrong(e, "all", "out of memory");
		return NULL;
	}
	d->cfg = *cfg;
	if (open_servers(d, e) == -1) {
		free(d);
		return NULL;
	}
	return d;
}

void
directory_close(struct directory *d)
{
	if (d == NULL)
		return;
	service_close(d);
	free(d);
}

const char *
directory_reason(const struct directory *d)
{
	return d->reason;
}

enum directory_result
directory_probe(struct directory *d, struct err *e)
{
	const char *const bases[] = { d->cfg.people_base, d->cfg.groups_base };
	struct query q = { .filter = "(objectClass=*)",
		.attrs = { "1.1" },
		.limit = 1 };
	enum directory_result rc = DIRECTORY_OK;
	struct answer answer;
	struct arena a;
	size_t i;

	call_begin(d);
	arena_init(&a);
	for (i = 0; i < 2 && rc == DIRECTORY_OK; i++) {
		q.base = bases[i];
		rc = query_base(d, &a, &q, &answer, e);
		if (rc == DIRECTORY_OK && answer.n != 1) {
			(void)fault_set(d, "the base %.200s cannot be read",
			    q.base);
			rc = directory_down(d, e);
		}
	}
	arena_release(&a);
	return rc;
}
