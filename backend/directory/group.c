/*
 * Single groups: by id, and by a part of the name.
 */
#include "directory/group.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/utf8.h"
#include "directory/connection.h"
#include "directory/filter.h"

#define TEXT_MAX 256

void
group_attributes(struct query *q, const struct directory_config *cfg,
    bool members)
{
	q->attrs[GROUP_ID] = cfg->id_attribute;
	q->attrs[GROUP_NAME] = cfg->group_name_attribute;
	q->attrs[GROUP_DESCRIPTION] = "description";
	if (members) {
		q->attrs[GROUP_MEMBER] = "member";
		q->attrs[GROUP_UNIQUE_MEMBER] = "uniqueMember";
	}
}

int
group_read(struct directory *d, struct arena *a, const struct entry *x,
    bool members, struct directory_group *g)
{
	memset(g, 0, sizeof(*g));
	g->dn = x->dn;
	g->name = entry_text(x, GROUP_NAME);
	if (x->nvalues[GROUP_ID] == 1)
		g->id = id_text(a, &d->cfg, x->values[GROUP_ID]);
	if (g->id == NULL || g->name == NULL)
		return fault_set(d, "%.200s: no readable %s", x->dn,
		    g->id == NULL ? d->cfg.id_attribute :
				    d->cfg.group_name_attribute);
	g->description = entry_text(x, GROUP_DESCRIPTION);
	g->members = -1;
	if (members && !x->ranged)
		g->members = (int64_t)(x->nvalues[GROUP_MEMBER] +
		    x->nvalues[GROUP_UNIQUE_MEMBER]);
	return 0;
}

enum directory_result
group_entry(struct directory *d, struct arena *a, const char *id,
    struct entry *out, struct err *e)
{
	struct query q = { .base = d->cfg.groups_base,
		.subtree = true,
		.limit = 2 };
	enum directory_result rc;
	struct answer answer;
	struct buf filter;

	buf_init(&filter, a);
	buf_printf(&filter, "(&%s", d->cfg.group_filter);
	if (filter_id(&filter, &d->cfg, id) == -1)
		return DIRECTORY_NOT_FOUND;
	buf_char(&filter, ')');
	q.filter = buf_text(&filter);
	group_attributes(&q, &d->cfg, true);
	rc = query_base(d, a, &q, &answer, e);
	if (rc != DIRECTORY_OK)
		return rc;
	if (answer.n > 1)
		return DIRECTORY_NOT_UNIQUE;
	if (answer.cut) {
		(void)fault_set(d, "the server cut an answer of one entry");
		return directory_down(d, e);
	}
	if (answer.n == 0)
		return DIRECTORY_NOT_FOUND;
	*out = answer.entries[0];
	return DIRECTORY_OK;
}

enum directory_result
directory_group_get(struct directory *d, struct arena *a, const char *id,
    struct directory_group *group, struct err *e)
{
	struct directory_group g;
	enum directory_result rc;
	struct entry x;

	call_begin(d);
	rc = group_entry(d, a, id, &x, e);
	if (rc != DIRECTORY_OK)
		return rc;
	if (group_read(d, a, &x, true, &g) == -1)
		return directory_down(d, e);
	*group = g;
	return DIRECTORY_OK;
}

static int
group_compare(const void *a, const void *b)
{
	const struct directory_group *x = (const struct directory_group *)a;
	const struct directory_group *y = (const struct directory_group *)b;
	int order = strcasecmp(x->name, y->name);

	return order != 0 ? order : strcmp(x->id, y->id);
}

enum directory_result
directory_groups_search(struct directory *d, struct arena *a, const char *text,
    size_t limit, struct directory_group **groups, size_t *n, bool *more,
    struct err *e)
{
	struct query q = { .base = d->cfg.groups_base,
		.subtree = true,
		.limit = limit + 1 };
	struct directory_group *list;
	enum directory_result rc;
	struct answer answer;
	struct buf filter;
	size_t i;

	call_begin(d);
	if (strlen(text) > TEXT_MAX || !utf8_is_valid(text, strlen(text)))
		return DIRECTORY_NOT_FOUND;
	buf_init(&filter, a);
	buf_printf(&filter, "(&%s", d->cfg.group_filter);
	filter_contains(&filter, d->cfg.group_name_attribute, text);
	buf_char(&filter, ')');
	q.filter = buf_text(&filter);
	group_attributes(&q, &d->cfg, true);
	rc = query_base(d, a, &q, &answer, e);
	if (rc != DIRECTORY_OK)
		return rc;
	list =
	    (struct directory_group *)arena_array(a, answer.n, sizeof(*list));
	for (i = 0; i < answer.n; i++)
		if (group_read(d, a, &answer.entries[i], true, &list[i]) == -1)
			return directory_down(d, e);
	qsort(list, answer.n, sizeof(*list), group_compare);
	*more = answer.cut || answer.n > limit;
	*n = answer.n > limit ? limit : answer.n;
	*groups = list;
	return DIRECTORY_OK;
}
