/*
 * How a question to the register is read from its indexes: as branches,
 * each one stretch of one index. Pure; register_filter.c writes the SQL.
 *
 * An ordered branch is a single (lane, range), or the whole table, and comes
 * in the order of the list. A sorted branch is known to be small and is sorted
 * by the server:
 *  - rows whose last day has passed and that housekeeping has not shelved:
 *    what ended since yesterday;
 *  - approved rows that take effect later: the approvals still ahead;
 *  - confidential rows of the person who asks (counts): what one has;
 *  - hits of the full-text index.
 */
#ifndef EXREG_STORE_REGISTER_PLAN_H
#define EXREG_STORE_REGISTER_PLAN_H

#include "domain/register.h"

/* How the list is read; kept in the cursor. */
enum register_strategy {
	REGISTER_STRATEGY__INVALID,
	REGISTER_SCAN,     /* the indexes in order, words by LIKE */
	REGISTER_FULLTEXT, /* hits of the full-text index, then sorted */
	REGISTER_STRATEGY__MAX
};

enum register_purpose { REGISTER_LIST, REGISTER_COUNT };

/* What a branch starts from. */
enum register_drive {
	DRIVE__INVALID,
	DRIVE_LANE,      /* exception by lane */
	DRIVE_ALL,       /* exception in the order of the list, every lane */
	DRIVE_OWNER,     /* exception of one owner */
	DRIVE_REQUESTER, /* exception of one requester */
	DRIVE_FACET,     /* exception_facet of one value */
	DRIVE_VALUES,    /* exception_facet of several values (dashboard) */
	DRIVE_NUMBER,    /* one record */
	DRIVE_TEXT       /* exception_text by full-text */
};

enum register_index {
	INDEX__INVALID,
	INDEX_SORT,     /* the one that gives the order */
	INDEX_UNTIL,    /* by last day, whatever the order */
	INDEX_EFFECTIVE /* by first day (DRIVE_LANE) */
};

/* Which rows of its lanes a branch is about. */
enum register_secrecy { SECRECY_ANY, SECRECY_PUBLIC, SECRECY_CONFIDENTIAL };

/* What the person must be to see a row of the branch, beyond its lanes. */
enum register_sight {
	SEES_ALL,
	SEES_REQUESTED, /* asked for by them, owned by another */
	SEES_SCOPE,     /* covered by a grant, neither owned nor asked for */
	SEES_VISIBLE    /* not confidential, or any of these */
};

/* Lanes with the same bounds of dates; the fact of the range is not used. */
struct register_group {
	uint32_t lanes; /* bits 1 << enum fact */
	uint32_t facts; /* of one lane only these, bits too; 0: all of them */
	struct status_range range;
};

struct register_branch {
	enum register_drive drive;
	enum dimension dimension; /* FACET, VALUES */
	int64_t value;         /* FACET: its value; OWNER, REQUESTER: person */
	const int64_t *values; /* VALUES */
	size_t nvalues;
	enum register_index index;
	const struct register_group *groups; /* any of them; in the plan */
	size_t ngroups;
	enum register_secrecy secrecy;
	enum register_sight sight;
	bool sorted;
	bool weak; /* may read many rows for one that matches */
};

#define REGISTER_BRANCHES_MAX 64
#define REGISTER_GROUPS_MAX (4 * STATUS_SET_RANGES_MAX)

/* Holds pointers into itself and to filter and view: do not copy. */
struct register_plan {
	const struct register_filter *filter;
	const struct register_view *view;
	enum register_sort sort;
	bool desc;
	struct register_branch branches[REGISTER_BRANCHES_MAX];
	size_t nbranches;
	struct register_group groups[REGISTER_GROUPS_MAX];
	size_t ngroups;
	size_t nmerged; /* the first ones: all that is asked for */
	bool weak;      /* one of the branches is */
};

void register_plan_make(struct register_plan *p,
    const struct register_filter *f, const struct register_view *v,
    enum register_purpose purpose, enum register_strategy strategy);

/*
 * The same for counting by the values of a dimension (dashboard): every
 * branch that can starts from exception_facet of these values.
 */
void register_plan_values(struct register_plan *p,
    const struct register_filter *f, const struct register_view *v,
    enum dimension dimension, const int64_t *values, size_t nvalues);

/* Branch b does not answer this member of the filter by what it starts from. */
bool register_asks_facet(const struct register_plan *p,
    const struct register_branch *b, enum dimension d);
bool register_asks_owner(const struct register_plan *p,
    const struct register_branch *b);
bool register_asks_risk(const struct register_plan *p,
    const struct register_branch *b);

/* The value the filter wants in a dimension, 0 for none. */
int64_t register_facet_value(const struct register_filter *f, enum dimension d);

#endif
