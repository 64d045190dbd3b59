/*
 * Each check looks at the request and the route's row only; what the row
 * asks for is decided in routes.c, not here.
 */
#include "api/guard.h"

#include <string.h>

#include "base/buf.h"
#include "http/path.h"

/* "GET, POST": the methods of the path in this pool; NULL: no such path. */
static const char *
allowed_methods(struct ctx *c, enum pool pool)
{
	struct param values[PATH_NAMES_MAX];
	size_t n;
	struct buf text;

	buf_init(&text, c->arena);
	for (size_t i = 0; i < nroutes; i++) {
		const struct route *r = &routes[i];

		if ((r->pool != pool && r->pool != POOL_ANY) ||
		    !path_match(c->arena, r->path, c->req->path, values, &n))
			continue;
		buf_printf(&text, "%s%s", text.len > 0 ? ", " : "",
		    method_names[r->method]);
	}
	return text.len > 0 ? buf_text(&text) : NULL;
}

int
route_find(struct ctx *c, enum pool pool, struct err *e)
{
	struct param *values =
	    arena_array(c->arena, PATH_NAMES_MAX, sizeof(*values));

	for (size_t i = 0; i < nroutes; i++) {
		const struct route *r = &routes[i];

		if (r->method == c->req->method &&
		    (r->pool == pool || r->pool == POOL_ANY) &&
		    path_match(c->arena, r->path, c->req->path, values,
			&c->npath_values)) {
			c->path_values = values;
			c->route = r;
			return 0;
		}
	}
	c->allow = allowed_methods(c, pool);
	if (c->allow == NULL)
		return err_set(e, ERR_NOT_FOUND,
		    "There is nothing at this address.");
	return err_set(e, ERR_METHOD_NOT_ALLOWED,
	    "This address answers to %.100s only.", c->allow);
}

int
access_check(const struct ctx *c, struct err *e)
{
	if (c->route->access == PERM_ANYONE)
		return 0;
	if (c->who.person_id == 0)
		return err_set(e, ERR_UNAUTHENTICATED,
		    "You are not signed in, or your session has ended.");
	if (!access_may(&c->who, c->route->access))
		return err_set(e, ERR_FORBIDDEN,
		    "Your roles do not allow this.");
	return 0;
}

static bool
is(const char *value, const char *expected)
{
	return value != NULL && strcmp(value, expected) == 0;
}

/*
 * Sec-Fetch-Site cannot be forged by a page. Browsers leave it out on plain
 * http; then Origin decides. A reading request from another site would only
 * be of use to somebody who guesses at what the answer holds.
 */
int
csrf_check(const struct ctx *c, struct err *e)
{
	const struct request *r = c->req;
	bool ours;

	if (!method_is_unsafe(c->route->method) && c->route->tx == TX_WRITE)
		/* a file that is made: typed by the person, or ours */
		ours = r->fetch_site == NULL || is(r->fetch_site, "none") ||
		    is(r->fetch_site, "same-origin");
	else if (!method_is_unsafe(c->route->method))
		ours = !is(r->fetch_site, "cross-site") ||
		    is(r->fetch_mode, "navigate");
	else if (r->fetch_site != NULL)
		ours = is(r->fetch_site, "same-origin");
	else
		ours = is(r->origin, c->app->origin);
	if (ours)
		return 0;
	return err_set(e, ERR_CROSS_SITE,
	    "This request did not come from the pages of the register.");
}

static bool
is_key(const char *s)
{
	size_t len = strspn(s,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789_-");

	return len >= 8 && len <= 64 && s[len] == '\0';
}

int
precondition_check(const struct ctx *c, struct err *e)
{
	const char *key = c->req->idempotency_key;
	unsigned flags = c->route->flags;

	if (flags & ROUTE_IF_MATCH && c->req->if_match == NULL)
		return err_set(e, ERR_PRECONDITION_REQUIRED,
		    "The header If-Match must say which version this changes.");
	if (flags & ROUTE_KEY_REQUIRED && key == NULL)
		return err_set(e, ERR_BAD_REQUEST,
		    "The header Idempotency-Key is missing.");
	if (flags & ROUTE_IDEMPOTENT && key != NULL && !is_key(key))
		return err_set(e, ERR_BAD_REQUEST,
		    "Idempotency-Key is 8 to 64 letters, digits, _ or -.");
	return 0;
}
