/*
 * Inside directory/ only: one search over the service connection, copied to
 * the arena as plain entries. Nothing of libldap leaves through here.
 */
#ifndef EXREG_DIRECTORY_QUERY_H
#define EXREG_DIRECTORY_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "directory/directory.h"

#define QUERY_ATTRS 12

struct value {
	const char *data; /* NUL after len bytes; may hold NULs */
	size_t len;
};

struct entry {
	const char *dn;
	struct value *values[QUERY_ATTRS]; /* same order as query.attrs */
	size_t nvalues[QUERY_ATTRS];
	bool ranged; /* the server sent "member;range=": not all values */
};

struct query {
	const char *base;
	bool subtree; /* else the base entry alone */
	const char *filter;
	const char *attrs[QUERY_ATTRS]; /* an unused place is NULL */
	/*
	 * Not 0: ask for at most so many, and the answer may be cut.
	 * 0: all, in pages; a server that cuts is a failure.
	 */
	size_t limit;
	size_t max; /* with limit 0: more entries are a failure */
};

struct answer {
	struct entry *entries;
	size_t n;
	bool cut;     /* there are more */
	bool no_base; /* the base does not exist; then n is 0 */
};

/*
 * Run the search; a dead connection is made new once. DIRECTORY_OK (n may be
 * 0) or DIRECTORY_DOWN with e set.
 */
enum directory_result query_run(struct directory *d, struct arena *a,
    const struct query *q, struct answer *out, struct err *e);

/*
 * The same for a base of the configuration: that it does not exist is a
 * fault, not an empty answer.
 */
enum directory_result query_base(struct directory *d, struct arena *a,
    const struct query *q, struct answer *out, struct err *e);

/* First value as text, or NULL: none, empty, not UTF-8, with controls. */
const char *entry_text(const struct entry *x, size_t attr);

#endif
