/* Structs of the administration's inputs and answers. */
#ifndef EXREG_API_ADMINISTRATION_VIEW_H
#define EXREG_API_ADMINISTRATION_VIEW_H

#include "api/administration.h"
#include "domain/acts.h"
#include "domain/roles.h"

struct role_list {
	struct role_row *items;
	size_t nitems;
};

struct role_mapping_list_out {
	struct role_mapping *items;
	size_t nitems;
};

struct role_mapping_in {
	const char *group_id;
	const char *role;
	const char *unit;
	enum domain domain;
	const char *document;
};

struct group_view {
	const char *id;
	const char *name;
	const char *dn;
	const char *description;
	int64_t members;
	const char *role;
	const char *scope;
};
extern const struct schema group_view_schema;

struct person_view {
	const char *uid;
	const char *name;
	const char *title;
	const char *mail;
	const char *department;
};
extern const struct schema person_view_schema;

struct role_mapping_preview_out {
	struct group_view *group;
	int64_t members;
	bool more;
	struct person_view *people;
	size_t npeople;
	const char **gains;
	size_t ngains;
	int64_t gains_more;
	int64_t already;
};

struct role_mapping_path {
	int64_t id;
};

struct group_search_in {
	const char *q;
};

struct group_list {
	struct group_view *items;
	size_t nitems;
	bool more;
};

struct people_search_in {
	const char *q;
};

struct people_list {
	struct person_view *items;
	size_t nitems;
	bool more;
};

struct person_access_in {
	const char *uid;
};

struct person_access {
	struct person_view *person;
	struct group_view *groups;
	size_t ngroups;
	struct designation *designations;
	size_t ndesignations;
	struct delegation *acts_for;
	size_t nacts_for;
	const char **classes;
	size_t nclasses;
};

#endif
