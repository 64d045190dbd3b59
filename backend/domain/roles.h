/* Rows of sessions, roles and role mappings. */
#ifndef EXREG_DOMAIN_ROLES_H
#define EXREG_DOMAIN_ROLES_H

#include "base/field.h"
#include "domain/access.h"
#include "domain/exception.h"

/* A session joined with one of its roles; without a role mapping_id is
 * I64_NONE. */
struct session_row {
	int64_t person_id;
	const char *directory_id;
	const char *uid;
	const char *name;
	const char *title;
	const char *group_ids;
	instant_t created_at;
	instant_t last_seen;
	instant_t expires_at;
	int64_t mapping_id;
	const char *role;
	enum role_class role_class;
	int64_t mapped_by;
	int64_t unit_id;
	int64_t domain;
	int64_t document_id;
	int64_t names_epoch;
	date_t acts_until;
};
extern const struct schema session_row_schema;

struct role_row {
	const char *role;
	const char *title;
	enum role_class role_class;
};
extern const struct schema role_row_schema;

/* A directory group that gives a role, with its scope. */
struct role_mapping {
	int64_t id;
	int64_t row_version;
	const char *etag; /* made from row_version */
	const char *group_id;
	const char *group_name;
	const char *group_dn;
	const char *role;
	const char *role_title;
	enum role_class role_class;
	const char *unit_code;
	const char *unit_name;
	enum domain domain; /* none: all */
	const char *document_key;
	int64_t members;
	instant_t created_at;
	const char *created_by; /* none: set up by the operator */
};
extern const struct schema role_mapping_schema;

/* Grants of rows that carry a mapping, on the arena. */
struct arena;
struct grant *grants_of_rows(struct arena *a, const struct session_row *rows,
    size_t n, size_t *ngrants);

/*
 * What roles add up to: everybody who may sign in is staff; an auditor is
 * not, even through a group of all staff, for they read and do nothing else
 * (model, Roles; M-26). Bits as in struct who.
 */
unsigned classes_settle(unsigned classes);

/* The same for the grants a person holds. */
unsigned classes_of_grants(const struct grant *grants, size_t n);

#endif
