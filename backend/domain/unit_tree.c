/*
 * Every unit learns its first child and next brother; then the tree is
 * walked without recursion, because its depth comes from outside.
 */
#include "domain/unit_tree.h"

#include <stdlib.h>
#include <string.h>

#define NO_NODE SIZE_MAX

struct node {
	const char *code;
	size_t self; /* index of the row; nodes are sorted by code */
};

struct links {
	size_t parent;
	size_t child;   /* first one */
	size_t brother; /* next one */
	bool seen;
};

static int
by_code(const void *a, const void *b)
{
	const struct node *x = a, *y = b;

	return strcmp(x->code, y->code);
}

static size_t
find(const struct node *nodes, size_t n, const char *code)
{
	const struct node key = { .code = code };
	const struct node *hit;

	if (code == NULL)
		return NO_NODE;
	hit = bsearch(&key, nodes, n, sizeof(key), by_code);
	return hit != NULL ? hit->self : NO_NODE;
}

/* From the last row to the first, so that brothers keep their order. */
static void
link_rows(const struct unit_row *rows, size_t n, struct links *links,
    struct arena *a)
{
	struct node *nodes = arena_array(a, n, sizeof(*nodes));

	for (size_t i = 0; i < n; i++) {
		nodes[i] = (struct node){ rows[i].code, i };
		links[i] = (struct links){ NO_NODE, NO_NODE, NO_NODE, false };
	}
	qsort(nodes, n, sizeof(*nodes), by_code);
	for (size_t i = n; i-- > 0;) {
		size_t up = find(nodes, n, rows[i].parent);

		links[i].parent = up;
		if (up == NO_NODE)
			continue;
		links[i].brother = links[up].child;
		links[up].child = i;
	}
}

/* The first of these brothers that has no place yet; a ring has met some. */
static size_t
fresh(const struct links *links, size_t at)
{
	while (at != NO_NODE && links[at].seen)
		at = links[at].brother;
	return at;
}

/* Append root and all below it to out; returns the new length. */
static size_t
walk(const struct unit_row *rows, struct links *links, size_t root,
    struct unit_row *out, size_t len)
{
	int64_t depth = 0;
	size_t at = root;

	for (;;) {
		size_t next;

		links[at].seen = true;
		out[len] = rows[at];
		out[len++].depth = depth;
		next = fresh(links, links[at].child);
		if (next != NO_NODE)
			depth++;
		while (next == NO_NODE && at != root) {
			next = fresh(links, links[at].brother);
			if (next == NO_NODE) {
				at = links[at].parent;
				depth--;
			}
		}
		if (next == NO_NODE)
			return len;
		at = next;
	}
}

void
unit_tree_sort(struct unit_row *rows, size_t n, struct arena *a)
{
	struct links *links = arena_array(a, n, sizeof(*links));
	struct unit_row *out = arena_array(a, n, sizeof(*out));
	size_t len = 0;

	if (n == 0)
		return;
	link_rows(rows, n, links, a);
	for (size_t i = 0; i < n; i++) {
		if (links[i].parent == NO_NODE)
			len = walk(rows, links, i, out, len);
	}
	/* What is left hangs on a ring. */
	for (size_t i = 0; i < n; i++) {
		if (!links[i].seen)
			len = walk(rows, links, i, out, len);
	}
	memcpy(rows, out, n * sizeof(*rows));
}
