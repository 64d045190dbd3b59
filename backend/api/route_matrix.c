/* Who may call what, as a table in plain text. */
#include <string.h>

#include "api/openapi.h"
#include "api/route.h"

static const char *const tx_names[] = { NULL, "none", "read", "write" };

static bool
class_may(enum role_class class, enum perm perm)
{
	const struct who who = { .person_id = 1, .classes = 1u << class };

	return access_may(&who, perm);
}

static void
write_row(struct buf *out, const struct route *r)
{
	static const struct who nobody = { 0 };

	buf_printf(out, "%-6s %-46s %-9s %-5s %-10s %9s",
	    method_names[r->method], r->path, pool_names[r->pool],
	    tx_names[r->tx], perm_names[r->access],
	    access_may(&nobody, r->access) ? "x" : ".");
	for (int k = ROLE_CLASS__INVALID + 1; k < ROLE_CLASS__MAX; k++)
		buf_printf(out, " %*s", (int)strlen(role_class_names[k]),
		    class_may((enum role_class)k, r->access) ? "x" : ".");
	buf_char(out, '\n');
}

void
route_matrix_write(struct buf *out)
{
	buf_printf(out, "%-6s %-46s %-9s %-5s %-10s %9s", "method", "path",
	    "pool", "tx", "access", "anonymous");
	for (int k = ROLE_CLASS__INVALID + 1; k < ROLE_CLASS__MAX; k++)
		buf_printf(out, " %s", role_class_names[k]);
	buf_char(out, '\n');
	for (size_t i = 0; i < nroutes; i++)
		write_row(out, &routes[i]);
}
