/*
 * The organisation's LDAP directory: who somebody is, whether the password
 * is right, which groups the person is in. Nothing outside this folder
 * includes ldap.h. There is no write operation.
 *
 * Answers. Every call that asks the directory returns one of
 *   DIRECTORY_OK               the out parameters are filled
 *   DIRECTORY_NOT_FOUND        there is no such entry
 *   DIRECTORY_NOT_UNIQUE       more than one entry fits: never choose one
 *   DIRECTORY_BAD_CREDENTIALS  the password was refused (password_check)
 *   DIRECTORY_DOWN             no server answered in time, TLS failed, or
 *                              the answer was cut, partial or a referral
 * and sets e (ERR_DIRECTORY_DOWN; the technical text in e->cause) only with
 * DIRECTORY_DOWN. A part of a list is never returned as if it were all.
 * Out parameters stay untouched unless the result is DIRECTORY_OK; what
 * they point to lives on the arena.
 *
 * Time. Each call ends within budget_ms. Between directory_deadline_begin
 * and _end all calls together have that one budget.
 *
 * The process must not fork with a directory that was used already. SIGPIPE
 * is not raised. Look-up of host names is the one step without a clock
 * of its own; use addresses or a short time-out in resolv.conf, the
 * worker's watchdog is the last resort. "localhost" does not pass the TLS
 * name check of libldap: write 127.0.0.1.
 */
#ifndef EXREG_DIRECTORY_DIRECTORY_H
#define EXREG_DIRECTORY_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "directory/secret.h"

struct arena;
struct directory;
struct err;

#define DIRECTORY_SERVERS_MAX 8
#define DIRECTORY_PASSWORD_MAX 512

enum directory_result {
	DIRECTORY_OK,
	DIRECTORY_BAD_CREDENTIALS,
	DIRECTORY_NOT_FOUND,
	DIRECTORY_NOT_UNIQUE,
	DIRECTORY_DOWN
};

/* Words for logs and audit: "ok", "bad_credentials", ... */
const char *directory_result_name(enum directory_result r);

struct directory_config {
	/*
	 * Tried in this order. ldapi://%2Fpath, ldaps://host:port, or
	 * ldap://host:port, which always means StartTLS; there is no way to
	 * send a password in clear over the network.
	 */
	const char *const *uris;
	size_t nuris;        /* 1..DIRECTORY_SERVERS_MAX */
	const char *ca_file; /* PEM; needed unless all are ldapi */
	const char *bind_dn; /* the service account */
	struct secret bind_password;

	const char *people_base;
	const char *people_filter; /* exactly one %s, no other % */
	const char *groups_base;
	const char *group_filter; /* which entries are groups; no % */

	const char *id_attribute; /* entryUUID, objectGUID, nsUniqueId, ... */
	const char *uid_attribute;
	const char *name_attribute;
	const char *mail_attribute;
	const char *title_attribute;
	const char *department_attribute;
	const char *manager_attribute;
	const char *group_name_attribute;

	int nesting_depth;      /* groups in groups, 1..32 */
	int node_limit;         /* groups looked at for one person */
	int page_size;          /* entries a page; see the server's size.pr */
	int budget_ms;          /* for one call, or from begin to end */
	int network_timeout_ms; /* to connect to one server, TLS and bind too */
};

/* The defaults: attributes of OpenLDAP, 8, 500, 500, 2500 ms, 1000 ms. */
void directory_config_init(struct directory_config *cfg);

/*
 * Make a directory client; no I/O. cfg is copied, the strings and secrets
 * it points to are not and must stay. Sets LDAPNOINIT, so that no ldap.conf
 * or .ldaprc is read. Returns NULL with e set (ERR_INTERNAL, the cause says
 * which setting is wrong).
 */
struct directory *directory_open(const struct directory_config *cfg,
    struct err *e);

/* Ends the connection. d may be NULL. */
void directory_close(struct directory *d);

/* One budget for everything from here to directory_deadline_end. */
void directory_deadline_begin(struct directory *d);
void directory_deadline_end(struct directory *d);

/*
 * Why the last password was refused: the LDAP code and the server's own
 * words (locked, expired, AD's "data 533"). For the audit, never for the
 * client. "" when there is nothing to say. Valid until the next call.
 */
const char *directory_reason(const struct directory *d);

/* Connect, bind, and look whether both bases exist; for health and checks.
 * DIRECTORY_OK or DIRECTORY_DOWN. */
enum directory_result directory_probe(struct directory *d, struct err *e);

struct directory_person {
	const char *id;   /* stable; never the uid, the mail or the DN */
	const char *dn;   /* as the directory writes it */
	const char *uid;  /* as the directory writes it, not as typed */
	const char *name; /* never NULL: the uid when there is no name */
	const char *mail; /* this and the rest: NULL when there is none */
	const char *title;
	const char *department;
	const char *manager_dn;
	bool disabled; /* locked or disabled by an attribute of the entry */
};

/*
 * By what people type at sign-in; it is escaped, and must be 1 to 256 bytes
 * of UTF-8, or the result is DIRECTORY_NOT_FOUND without any I/O.
 * The caller refuses a person who is disabled.
 */
enum directory_result directory_person_find(struct directory *d,
    struct arena *a, const char *username, struct directory_person *p,
    struct err *e);

/* By stable id; the people filter applies with any user name. */
enum directory_result directory_person_by_id(struct directory *d,
    struct arena *a, const char *id, struct directory_person *p, struct err *e);

/* By DN, as found in manager_dn. NOT_FOUND also when it is no person. */
enum directory_result directory_person_by_dn(struct directory *d,
    struct arena *a, const char *dn, struct directory_person *p, struct err *e);

/*
 * People whose user name, name or mail contains the text (not blank), sorted
 * by name. At most limit (1..1000); *more when there are others.
 */
enum directory_result directory_people_search(struct directory *d,
    struct arena *a, const char *text, size_t limit,
    struct directory_person **people, size_t *n, bool *more, struct err *e);

/*
 * Is this the password of the entry? dn comes from a directory_person. Uses
 * a connection of its own that is thrown away, sends the password once and
 * never again. Refused before any I/O: empty, only spaces, longer than
 * DIRECTORY_PASSWORD_MAX, holding a NUL, or an empty dn. DIRECTORY_OK,
 * _BAD_CREDENTIALS or _DOWN (then it may or may not have been counted).
 */
enum directory_result directory_password_check(struct directory *d,
    const char *dn, const struct secret *password, struct err *e);

struct directory_group {
	const char *id;
	const char *dn;
	const char *name;
	const char *description; /* NULL when there is none */
	/* direct members, groups included; -1: not asked for, or not told */
	int64_t members;
};

/*
 * All groups the entry is in, directly or through other groups, found from
 * the person upwards; loops do no harm. Deeper than nesting_depth or more
 * than node_limit groups: DIRECTORY_DOWN, because an unfinished walk must
 * neither give nor take a role. No group at all is DIRECTORY_OK with *n 0.
 */
enum directory_result directory_groups_of(struct directory *d, struct arena *a,
    const char *dn, struct directory_group **groups, size_t *n, struct err *e);

/* Groups whose name contains the text ("" = all), with member counts,
 * sorted by name. At most limit (1..1000); *more when there are others. */
enum directory_result directory_groups_search(struct directory *d,
    struct arena *a, const char *text, size_t limit,
    struct directory_group **groups, size_t *n, bool *more, struct err *e);

/* By stable id, with the member count. */
enum directory_result directory_group_get(struct directory *d, struct arena *a,
    const char *id, struct directory_group *group, struct err *e);

/*
 * The people in a group and in the groups below it, each once, in the order
 * of the member values. Stops at limit people with *more set. Members that
 * do not exist or are neither person nor group are passed over. One read a
 * member: made for previews and for jobs with a larger budget.
 * The nesting limits count as in directory_groups_of.
 */
enum directory_result directory_group_members(struct directory *d,
    struct arena *a, const char *id, size_t limit,
    struct directory_person **people, size_t *n, bool *more, struct err *e);

#endif
