/*
 * A forgotten column is zero, and zero is never valid: the table is checked
 * by a unit test and by every process at start.
 */
#include <stdio.h>
#include <string.h>

#include "api/route.h"
#include "http/path.h"

#define PREFIX "/api/v1/"

int
route_status(const struct route *r)
{
	if (r->status != 0)
		return r->status;
	return r->out != NULL ? 200 : 204;
}

static const char *
fault_of_columns(const struct route *r)
{
	if (r->method <= METHOD__INVALID || r->method >= METHOD__MAX)
		return "no method";
	if (r->access <= PERM__INVALID || r->access >= PERM__MAX)
		return "no access";
	if (r->pool <= POOL__INVALID || r->pool >= POOL__MAX)
		return "no pool";
	if (r->tx <= TX__INVALID || r->tx > TX_WRITE)
		return "no tx";
	if (r->handler == NULL)
		return "no handler";
	if (r->summary == NULL || r->summary[0] == '\0')
		return "no summary";
	if (r->errors == NULL)
		return "no errors";
	return NULL;
}

static const char *
fault_of_errors(const struct route *r)
{
	for (const enum err_kind *k = r->errors; *k != ERR_NONE; k++) {
		if (*k < ERR_NONE || *k >= ERR__MAX ||
		    err_kinds[*k].status < 400 || err_kinds[*k].type == NULL)
			return "an error without a row in err_kinds";
	}
	return NULL;
}

/* What the columns say together. */
static const char *
fault_of_rules(const struct route *r)
{
	bool unsafe = method_is_unsafe(r->method);
	bool sign_in = strcmp(r->path, PREFIX "session") == 0;

	if (unsafe && r->tx != TX_WRITE)
		return "writes without TX_WRITE";
	if (unsafe && r->access == PERM_ANYONE && !sign_in)
		return "anybody may write";
	if (r->flags & ROUTE_KEY_REQUIRED && !(r->flags & ROUTE_IDEMPOTENT))
		return "wants a key and does not honour it";
	if (r->flags & ROUTE_IDEMPOTENT &&
	    (r->tx != TX_WRITE || r->access == PERM_ANYONE))
		return "a key without a transaction or a person";
	if (r->flags & ROUTE_FILE_BODY &&
	    (r->method != METHOD_POST || schema_has_body(r->in)))
		return "a file as body without POST, or members beside it";
	if ((r->method == METHOD_GET || r->method == METHOD_DELETE) &&
	    schema_has_body(r->in))
		return "a body on GET or DELETE";
	return NULL;
}

/* {name} -> a member of `in` that comes from the path. */
static const char *
fault_of_name(const struct route *r, const char *name, size_t len)
{
	for (size_t i = 0; r->in != NULL && i < r->in->nfields; i++) {
		const struct field *f = &r->in->fields[i];

		if (strlen(f->name) == len && memcmp(f->name, name, len) == 0)
			return f->flags & FIELD_PATH ?
			    NULL :
			    "{name} is no FIELD_PATH";
	}
	return "{name} is not in the input";
}

static const char *
fault_of_path(const struct route *r)
{
	size_t names = 0, members = 0;

	if (strncmp(r->path, PREFIX, sizeof(PREFIX) - 1) != 0)
		return "not below " PREFIX;
	for (const char *s = strchr(r->path, '{'); s != NULL;
	     s = strchr(s, '{')) {
		size_t len = strcspn(++s, "}");
		const char *fault = fault_of_name(r, s, len);

		if (fault != NULL)
			return fault;
		names++;
	}
	for (size_t i = 0; r->in != NULL && i < r->in->nfields; i++)
		members += (r->in->fields[i].flags & FIELD_PATH) != 0;
	if (members != names || names > PATH_NAMES_MAX)
		return "FIELD_PATH members and {names} differ";
	return NULL;
}

static const char *
fault_of_schemas(const struct route *r)
{
	const char *fault = r->in != NULL ? schema_fault(r->in) : NULL;

	if (fault == NULL && r->out != NULL)
		fault = schema_fault(r->out);
	return fault;
}

/* The same shape: {names} take anything, so what they are called is equal. */
static bool
is_same_path(const char *a, const char *b)
{
	while (*a != '\0' && *b != '\0') {
		if (*a == '{' && *b == '{') {
			a += strcspn(a, "}");
			b += strcspn(b, "}");
		}
		if (*a != *b)
			return false;
		a++;
		b++;
	}
	return *a == *b;
}

static const char *
fault_of_twins(const struct route *table, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (table[k].method == table[i].method &&
		    is_same_path(table[k].path, table[i].path))
			return "method and path are there twice";
	return NULL;
}

static const char *
fault_of(const struct route *table, size_t i)
{
	const struct route *r = &table[i];
	const char *fault = fault_of_columns(r);

	if (fault == NULL)
		fault = fault_of_errors(r);
	if (fault == NULL)
		fault = fault_of_path(r);
	if (fault == NULL)
		fault = fault_of_rules(r);
	if (fault == NULL)
		fault = fault_of_schemas(r);
	return fault != NULL ? fault : fault_of_twins(table, i);
}

const char *
route_check(const struct route *table, size_t n)
{
	static char text[256];

	for (size_t i = 0; i < n; i++) {
		const struct route *r = &table[i];
		const char *fault =
		    r->path == NULL ? "no path" : fault_of(table, i);

		if (fault == NULL)
			continue;
		snprintf(text, sizeof(text), "route %zu, %s %s: %s", i,
		    r->method > METHOD__INVALID && r->method < METHOD__MAX ?
			method_names[r->method] :
			"?",
		    r->path != NULL ? r->path : "?", fault);
		return text;
	}
	return NULL;
}

const char *
route_check_all(void)
{
	return route_check(routes, nroutes);
}
