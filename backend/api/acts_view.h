/* Structs of the inputs and answers of designations and delegations. */
#ifndef EXREG_API_ACTS_VIEW_H
#define EXREG_API_ACTS_VIEW_H

#include "api/acts.h"

struct acts_in {
	bool past;
	int64_t limit;
	const char *cursor;
};

struct act_path {
	int64_t id;
};

struct designation_list {
	struct designation *items;
	size_t nitems;
	const char *next_cursor;
};

struct designation_in {
	const char *person;
	const char *role;
	const char *unit;
	enum domain domain;
	const char *document;
	date_t from_on;
	date_t until_on;
	const char *note;
};

struct delegation_list {
	struct delegation *items;
	size_t nitems;
	const char *next_cursor;
};

struct delegation_in {
	const char *from;
	const char *to;
	const char *role;
	date_t from_on;
	date_t until_on;
	const char *note;
};

struct own_delegation_in {
	const char *to;
	const char *role;
	date_t from_on;
	date_t until_on;
	const char *note;
};

struct own_delegations {
	struct delegation *given;
	size_t ngiven;
	struct delegation *received;
	size_t nreceived;
};

struct delegate_search_in {
	const char *q;
};

/* No mail address: it is shown to more than administrators. */
struct delegate {
	const char *uid;
	const char *name;
	const char *title;
	const char *department;
};

struct delegate_list {
	struct delegate *items;
	size_t nitems;
	bool more;
};

#endif
