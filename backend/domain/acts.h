/*
 * Acts that give a role by name and for a time: a designation ("X is
 * Security Lead for scope S from A to B") and a delegation ("X acts for Y
 * from A to B"). Pure. Days count whole, both ends included.
 */
#ifndef EXREG_DOMAIN_ACTS_H
#define EXREG_DOMAIN_ACTS_H

#include "base/err.h"
#include "base/field.h"
#include "domain/access.h"
#include "domain/exception.h"
#include "domain/roles.h"

struct arena;

#define DELEGATION_DAYS_MAX 90
#define DELEGATION_FOR_MAX 10 /* people one person acts for at a time */

enum act_state {
	ACT_STATE__INVALID,
	ACT_SCHEDULED,
	ACT_CURRENT,
	ACT_PAST, /* its last day is over, or it was ended */
	ACT_STATE__MAX
};
extern const char *const act_state_names[ACT_STATE__MAX];

/* until_on DATE_NONE: until it is ended. */
struct period {
	date_t from_on;
	date_t until_on;
};
enum act_state act_state_of(const struct period *p, bool ended, date_t today);
bool period_overlaps(const struct period *a, const struct period *b);

/* What may be made from today on: the last day is not past, and not before
 * the first. Faults at "/until_on". Returns 0 or -1. */
int period_check(const struct period *p, date_t today, struct arena *a,
    struct err *e);

struct designation {
	int64_t id;
	int64_t row_version;
	const char *etag; /* made from row_version */
	enum act_state state;
	int64_t person_id;
	const char *uid;
	const char *name;
	const char *role;
	const char *role_title;
	enum role_class role_class;
	const char *unit_code;
	const char *unit_name;
	enum domain domain; /* none: all */
	const char *document_key;
	date_t from_on;
	date_t until_on;
	const char *note;
	instant_t created_at;
	const char *created_by;
	instant_t ended_at;
	const char *ended_by;
};
extern const struct schema designation_schema;

struct delegation {
	int64_t id;
	int64_t row_version;
	const char *etag;
	enum act_state state;
	int64_t from_person_id;
	const char *from_uid;
	const char *from_name;
	int64_t to_person_id;
	const char *to_uid;
	const char *to_name;
	const char *role; /* NULL: every role that decides */
	const char *role_title;
	date_t from_on;
	date_t until_on;
	const char *note;
	instant_t created_at;
	const char *created_by;
	instant_t ended_at;
	const char *ended_by;
};
extern const struct schema delegation_schema;

/* A delegation somebody wants to make. */
struct delegation_ask {
	int64_t from_person_id; /* who is away */
	int64_t to_person_id;   /* who acts */
	int64_t made_by;
	const char *role; /* NULL: all */
	struct period period;
};

/*
 * May it be made? live: delegations of either person that have not ended.
 * Refused are: to oneself, to whoever makes it for somebody else, both ways
 * at a time, the same twice, longer than DELEGATION_DAYS_MAX days, a day
 * that is past. Returns 0, or -1 with ERR_INVALID, ERR_FORBIDDEN or
 * ERR_CONFLICT.
 */
int delegation_check(const struct delegation_ask *ask,
    const struct delegation *live, size_t n, date_t today, struct arena *a,
    struct err *e);

enum act_kind {
	ACT_KIND__INVALID,
	ACT_DESIGNATED, /* the person's own role */
	ACT_GIVEN,      /* person_id acts for them */
	ACT_RECEIVED,   /* they act for person_id */
	ACT_MIRRORED,   /* a role of person_id by a group, as last seen */
	ACT_ON_BEHALF,  /* a role of person_id by name */
	ACT_KIND__MAX
};
extern const char *const act_kind_names[ACT_KIND__MAX];

/* One row of what today's acts say of a person. */
struct act_row {
	enum act_kind kind;
	int64_t delegation_id;
	int64_t designation_id;
	int64_t mapping_id;
	int64_t person_id; /* the other one */
	const char *directory_id;
	const char *name;
	const char *role; /* of ACT_RECEIVED: the only one, if any */
	enum role_class role_class;
	int64_t mapped_by;
	int64_t unit_id;
	int64_t domain;
	int64_t document_id;
	bool holds; /* not ended by hand */
};
extern const struct schema act_row_schema;

/* Append the grants and partners of the rows to the person's. */
void acts_apply(struct arena *a, const struct act_row *rows, size_t n,
    struct who *w);

/*
 * The roles of a person by their groups, read just now, as somebody holds
 * them who acts for that person by the ACT_RECEIVED row: roles that decide,
 * and only the one the delegation names. They never come from a delegation:
 * what is delegated cannot be delegated again. Returns how many were kept.
 */
size_t grants_on_behalf(struct grant *grants, size_t n,
    const struct act_row *received);

#endif
