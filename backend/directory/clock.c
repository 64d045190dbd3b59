/*
 * The budget of a call and the one place where a fault of the directory
 * becomes an error of the register.
 */
#include "directory/connection.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <ldap.h>

#include "base/err.h"

int64_t
clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
call_begin(struct directory *d)
{
	if (!d->shared)
		d->until_ms = clock_ms() + d->cfg.budget_ms;
	d->fault[0] = '\0';
	d->reason[0] = '\0';
}

void
directory_deadline_begin(struct directory *d)
{
	d->until_ms = clock_ms() + d->cfg.budget_ms;
	d->shared = true;
}

void
directory_deadline_end(struct directory *d)
{
	d->shared = false;
}

int
fault_set(struct directory *d, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(d->fault, sizeof(d->fault), fmt, ap);
	va_end(ap);
	return -1;
}

int
fault_ldap(struct directory *d, const struct connection *c, const char *step,
    int code)
{
	char *said = NULL;

	/* its own text for a failed TLS check is "unknown error code" */
	if (code == LDAP_CONNECT_ERROR)
		return fault_set(d,
		    "%s: %s: TLS failed: check the CA file, the server's "
		    "name and the dates of its certificate",
		    c->server->uri, step);
	if (c->ld != NULL)
		(void)ldap_get_option(c->ld, LDAP_OPT_DIAGNOSTIC_MESSAGE,
		    &said);
	(void)fault_set(d, "%s: %s: LDAP %d %s%s%.160s", c->server->uri, step,
	    code, ldap_err2string(code), said != NULL ? "; " : "",
	    said != NULL ? said : "");
	ldap_memfree(said);
	return -1;
}

enum directory_result
directory_down(struct directory *d, struct err *e)
{
	(void)err_set(e, ERR_DIRECTORY_DOWN,
	    "The directory does not answer. Try again in a moment.");
	(void)err_cause(e, "%s", d->fault);
	return DIRECTORY_DOWN;
}
