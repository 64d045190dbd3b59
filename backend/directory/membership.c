/*
 * Membership, in both directions. Upwards for authority: breadth first, one
 * search for up to 50 names at a time, a set of the ids seen against loops.
 * Downwards for previews: the member values read one by one.
 */
#include "directory/directory.h"

#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "directory/connection.h"
#include "directory/filter.h"
#include "directory/group.h"
#include "directory/person.h"

#define NAMES_PER_SEARCH 50

struct walk {
	struct directory *d;
	struct arena *arena;
	struct directory_group *groups; /* node_limit of them */
	size_t n;
};

static bool
has_group(const struct walk *w, const char *id)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (strcmp(w->groups[i].id, id) == 0)
			return true;
	return false;
}

/* Add the groups of the answer that are new. 0, or -1 with the fault set. */
static int
add_groups(struct walk *w, const struct answer *answer)
{
	struct directory_group g;
	size_t i;

	for (i = 0; i < answer->n; i++) {
		if (group_read(w->d, w->arena, &answer->entries[i], false,
			&g) == -1)
			return -1;
		if (has_group(w, g.id))
			continue;
		if (w->n == (size_t)w->d->cfg.node_limit)
			return fault_set(w->d,
			    "more than %d groups for one person (node_limit)",
			    w->d->cfg.node_limit);
		w->groups[w->n++] = g;
	}
	return 0;
}

/* All groups that have one of the names as a member. */
static enum directory_result
groups_with(struct walk *w, const char *const *names, size_t n, struct err *e)
{
	struct query q = { .base = w->d->cfg.groups_base,
		.subtree = true,
		.max = (size_t)w->d->cfg.node_limit };
	enum directory_result rc;
	struct answer answer;
	struct buf filter;
	size_t i;

	buf_init(&filter, w->arena);
	buf_printf(&filter, "(&%s(|", w->d->cfg.group_filter);
	for (i = 0; i < n; i++) {
		filter_equal(&filter, "member", names[i]);
		filter_equal(&filter, "uniqueMember", names[i]);
	}
	buf_str(&filter, "))");
	q.filter = buf_text(&filter);
	group_attributes(&q, &w->d->cfg, false);
	rc = query_base(w->d, w->arena, &q, &answer, e);
	if (rc == DIRECTORY_OK && add_groups(w, &answer) == -1)
		return directory_down(w->d, e);
	return rc;
}

/* The level above groups[from..to). */
static enum directory_result
next_level(struct walk *w, size_t from, size_t to, struct err *e)
{
	const char *names[NAMES_PER_SEARCH];
	enum directory_result rc = DIRECTORY_OK;
	size_t n;

	while (from < to && rc == DIRECTORY_OK) {
		for (n = 0; n < NAMES_PER_SEARCH && from < to; n++)
			names[n] = w->groups[from++].dn;
		rc = groups_with(w, names, n, e);
	}
	return rc;
}

enum directory_result
directory_groups_of(struct directory *d, struct arena *a, const char *dn,
    struct directory_group **groups, size_t *n, struct err *e)
{
	struct walk w = { .d = d, .arena = a };
	enum directory_result rc;
	size_t from = 0, to;
	int depth;

	call_begin(d);
	if (*dn == '\0')
		return DIRECTORY_NOT_FOUND;
	w.groups = (struct directory_group *)arena_array(a,
	    (size_t)d->cfg.node_limit, sizeof(*w.groups));
	rc = groups_with(&w, &dn, 1, e);
	for (depth = 1; rc == DIRECTORY_OK && from < w.n; depth++) {
		if (depth > d->cfg.nesting_depth) {
			(void)fault_set(d,
			    "groups are nested deeper than %d (nesting_depth)",
			    d->cfg.nesting_depth);
			return directory_down(d, e);
		}
		to = w.n;
		rc = next_level(&w, from, to, e);
		from = to;
	}
	if (rc != DIRECTORY_OK)
		return rc;
	*groups = w.groups;
	*n = w.n;
	return DIRECTORY_OK;
}

/* ---- downwards ---------------------------------------------------------- */

struct descent {
	struct directory *d;
	struct arena *arena;
	struct entry *groups; /* node_limit of them, in the order found */
	const char **ids;     /* of the groups */
	int *depths;
	size_t ngroups;
	struct directory_person *people; /* limit of them */
	size_t npeople;
	size_t limit;
	bool more;
};

/* Take a group into the descent. 0, or -1 with the fault set. */
static int
descend_group(struct descent *w, const struct entry *x, int depth)
{
	struct directory_group g;
	size_t i;

	if (group_read(w->d, w->arena, x, true, &g) == -1)
		return -1;
	for (i = 0; i < w->ngroups; i++)
		if (strcmp(w->ids[i], g.id) == 0)
			return 0;
	if (x->ranged)
		return fault_set(w->d, "%.200s: too many members to be listed",
		    x->dn);
	if (depth > w->d->cfg.nesting_depth)
		return fault_set(w->d, "%.200s: nested deeper than %d", x->dn,
		    w->d->cfg.nesting_depth);
	if (w->ngroups == (size_t)w->d->cfg.node_limit)
		return fault_set(w->d, "more than %d groups (node_limit)",
		    w->d->cfg.node_limit);
	w->groups[w->ngroups] = *x;
	w->ids[w->ngroups] = g.id;
	w->depths[w->ngroups++] = depth;
	return 0;
}

static void
descend_person(struct descent *w, const struct directory_person *p)
{
	size_t i;

	for (i = 0; i < w->npeople; i++)
		if (strcmp(w->people[i].id, p->id) == 0)
			return;
	if (w->npeople == w->limit)
		w->more = true;
	else
		w->people[w->npeople++] = *p;
}

/* A member that is no person: a group, or of no interest. */
static enum directory_result
descend_other(struct descent *w, const char *dn, int depth, struct err *e)
{
	struct query q = { .base = dn,
		.filter = w->d->cfg.group_filter,
		.limit = 2 };
	enum directory_result rc;
	struct answer answer;

	group_attributes(&q, &w->d->cfg, true);
	rc = query_run(w->d, w->arena, &q, &answer, e);
	if (rc == DIRECTORY_OK && answer.n == 1 &&
	    descend_group(w, &answer.entries[0], depth) == -1)
		return directory_down(w->d, e);
	return rc;
}

static enum directory_result
descend_member(struct descent *w, const struct value *v, int depth,
    struct err *e)
{
	struct directory_person p;
	enum directory_result rc;

	/* groupOfNames must have a member, so some tools write an empty one */
	if (v->len == 0 || strlen(v->data) != v->len)
		return DIRECTORY_OK;
	rc = person_at(w->d, w->arena, v->data, &p, e);
	if (rc == DIRECTORY_OK)
		descend_person(w, &p);
	else if (rc == DIRECTORY_NOT_FOUND)
		rc = descend_other(w, v->data, depth, e);
	return rc;
}

static enum directory_result
descend_members(struct descent *w, const struct entry *x, int depth,
    struct err *e)
{
	static const enum group_attr attrs[] = { GROUP_MEMBER,
		GROUP_UNIQUE_MEMBER };
	enum directory_result rc = DIRECTORY_OK;
	size_t i, k;

	for (k = 0; k < 2; k++)
		for (i = 0;
		     i < x->nvalues[attrs[k]] && !w->more && rc == DIRECTORY_OK;
		     i++)
			rc = descend_member(w, &x->values[attrs[k]][i],
			    depth + 1, e);
	return rc;
}

static void
descent_init(struct descent *w, struct directory *d, struct arena *a,
    size_t limit)
{
	const size_t n = (size_t)d->cfg.node_limit;

	memset(w, 0, sizeof(*w));
	w->d = d;
	w->arena = a;
	w->limit = limit;
	w->groups = (struct entry *)arena_array(a, n, sizeof(*w->groups));
	w->ids = (const char **)arena_array(a, n, sizeof(*w->ids));
	w->depths = (int *)arena_array(a, n, sizeof(*w->depths));
	w->people = (struct directory_person *)arena_array(a, limit,
	    sizeof(*w->people));
}

enum directory_result
directory_group_members(struct directory *d, struct arena *a, const char *id,
    size_t limit, struct directory_person **people, size_t *n, bool *more,
    struct err *e)
{
	enum directory_result rc;
	struct descent w;
	struct entry x;
	size_t i;

	call_begin(d);
	rc = group_entry(d, a, id, &x, e);
	if (rc != DIRECTORY_OK)
		return rc;
	descent_init(&w, d, a, limit);
	if (descend_group(&w, &x, 1) == -1)
		return directory_down(d, e);
	for (i = 0; i < w.ngroups && !w.more && rc == DIRECTORY_OK; i++)
		rc = descend_members(&w, &w.groups[i], w.depths[i], e);
	if (rc != DIRECTORY_OK)
		return rc;
	*people = w.people;
	*n = w.npeople;
	*more = w.more;
	return DIRECTORY_OK;
}
