/*
 * Who may do what: permission classes, roles with scopes, and the person
 * behind a request. Pure; the facts are gathered by session/ and store/.
 */
#ifndef EXREG_DOMAIN_ACCESS_H
#define EXREG_DOMAIN_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

/* The fixed permission classes (decisions 11); codes are stored. */
enum role_class {
	ROLE_CLASS__INVALID,
	ROLE_CLASS_STAFF,
	ROLE_CLASS_APPROVER,
	ROLE_CLASS_DOCUMENT_OWNER,
	ROLE_CLASS_ADMINISTRATOR,
	ROLE_CLASS_AUDITOR,
	ROLE_CLASS_LEADER,
	ROLE_CLASS__MAX
};
extern const char *const role_class_names[ROLE_CLASS__MAX];

/* What a route asks for; checked before the handler, by class. */
enum perm {
	PERM__INVALID,
	PERM_ANYONE,     /* no session needed */
	PERM_SIGNED_IN,  /* every class */
	PERM_REQUEST,    /* ask for an exception: staff */
	PERM_DECIDE,     /* approver */
	PERM_DASHBOARD,  /* approver, document_owner, administrator, auditor,
			    leader */
	PERM_EXPORT,     /* the register one may see, as a file: every class */
	PERM_ADMINISTER, /* administrator */
	PERM_AUDIT_READ, /* auditor, administrator */
	PERM__MAX
};
extern const char *const perm_names[PERM__MAX];

/*
 * One role a person holds, through a mapping of a group or a designation by
 * name (the other id is 0); 0/NULL scope = everywhere. With on_behalf_of it
 * is that person's role, and whoever holds it acts for them.
 */
struct grant {
	const char *role; /* security_lead */
	enum role_class role_class;
	int64_t mapping_id;
	int64_t designation_id;
	int64_t mapped_by; /* person who saved either; decisions 12 */
	int64_t unit_id;
	int domain; /* enum domain, 0 = all */
	int64_t document_id;
	int64_t delegation_id; /* 0: their own role */
	int64_t on_behalf_of;  /* person, 0: nobody */
	const char *on_behalf_name;
};

/* The person behind a request. */
struct who {
	int64_t person_id;        /* 0: anonymous */
	const char *directory_id; /* the stable one */
	const char *uid;
	const char *name;
	const char *title;
	const char *groups; /* directory group ids at sign-in, comma-separated */
	const struct grant *grants;
	size_t ngrants;
	unsigned classes; /* bit (1 << enum role_class) */
	/* who acts for them, or for whom they act; up to a day after it was
	 * ended by hand, or ending it would open the way to a decision */
	const int64_t *partners;
	size_t npartners;
	date_t acts_until; /* no act names them after that day */
	instant_t signed_in_at;
	instant_t session_expires_at;
	instant_t idle_expires_at;
	unsigned char session_hash[32];
	int64_t names_epoch; /* of the names that workers keep */
};

/* Every class that is signed in holds staff rights of reading; perm by class. */
bool access_may(const struct who *w, enum perm p);

bool access_has_class(const struct who *w, enum role_class c);

/*
 * A grant's scope covers an exception: every dimension the grant names
 * matches (AND). units: the exception's affected units with all their
 * ancestors. */
struct scope {
	const int64_t *units;
	size_t nunits;
	int domain;
	int64_t document_id;
};
bool grant_covers(const struct grant *g, const struct scope *s);

/* The first grant of that role that covers the scope, or NULL. */
const struct grant *access_grant(const struct who *w, const char *role,
    const struct scope *s);

/*
 * Nobody decides through a mapping or designation they saved themselves
 * (decisions 12); whoever acts for somebody else may not either where that
 * one could not. */
bool grant_is_self_made(const struct grant *g, int64_t person_id);

/* The person acts for that one, or is acted for by them. */
bool access_is_partner(const struct who *w, int64_t person_id);

/* Reads the whole register, confidential rows included: an auditor or
 * approver grant without a scope. */
bool access_reads_all(const struct who *w);

/* Reads other people's rows in full (not only M-11's fields): every class
 * but plain staff. */
bool access_reads_full(const struct who *w);

#endif
