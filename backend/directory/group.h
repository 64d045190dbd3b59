/* Inside directory/ only: entries as groups. */
#ifndef EXREG_DIRECTORY_GROUP_H
#define EXREG_DIRECTORY_GROUP_H

#include "directory/query.h"

enum group_attr {
	GROUP_ID,
	GROUP_NAME,
	GROUP_DESCRIPTION,
	GROUP_MEMBER,        /* groupOfNames, group of AD */
	GROUP_UNIQUE_MEMBER, /* groupOfUniqueNames */
	GROUP__MAX
};

_Static_assert(GROUP__MAX <= QUERY_ATTRS, "too many attributes");

/* Name the attributes of a group in the query, the members if asked. */
void group_attributes(struct query *q, const struct directory_config *cfg,
    bool members);

/* 0, or -1 with the fault set: the entry has no readable id or name. */
int group_read(struct directory *d, struct arena *a, const struct entry *x,
    bool members, struct directory_group *g);

/* The entry of the group with this id, members included; for calls that
 * have begun already. */
enum directory_result group_entry(struct directory *d, struct arena *a,
    const char *id, struct entry *out, struct err *e);

#endif
