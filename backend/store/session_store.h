/* Sessions, people and the sign-in throttle. 0 or -1 unless said. */
#ifndef EXREG_STORE_SESSION_STORE_H
#define EXREG_STORE_SESSION_STORE_H

#include <stdbool.h>

#include "base/err.h"
#include "domain/roles.h"

struct db;

#define TOKEN_HASH_LEN 32

/* Rows of a live session, one a role; *n is 0 when there is none. */
int session_store_find(struct db *db, const unsigned char *hash,
    struct session_row **rows, size_t *n, struct err *e);

int session_store_touch(struct db *db, const unsigned char *hash, instant_t now,
    struct err *e);

struct session_new {
	const unsigned char *hash;
	int64_t person_id;
	const char *group_ids;
	instant_t now;
	instant_t expires_at;
	const char *address;
	const char *agent;
};
int session_store_add(struct db *db, const struct session_new *s,
    struct err *e);
int session_store_end(struct db *db, const unsigned char *hash, instant_t now,
    struct err *e);
int session_store_end_all(struct db *db, int64_t person_id, instant_t now,
    struct err *e);

/* Has the person signed in from that address in the days sessions are kept? */
int session_store_known_place(struct db *db, const char *directory_id,
    const char *address, bool *known, struct err *e);

/* Roles of group ids (comma-separated) read just now. */
int session_store_grants(struct db *db, const char *group_ids,
    struct session_row **rows, size_t *n, struct err *e);

struct person_seen {
	const char *directory_id;
	const char *uid;
	const char *dn;
	const char *name;
	const char *mail;
	const char *title;
	const char *department; /* code of the unit */
	const char *manager_dn;
	instant_t now;
};
/* Insert or update by stable id; *id gets the person. */
int person_store_put(struct db *db, const struct person_seen *p, int64_t *id,
    struct err *e);

enum throttle_kind {
	THROTTLE_ACCOUNT = 1,
	THROTTLE_ADDRESS = 2,
	THROTTLE_REFUSED = 3 /* what was refused, for the audit trail */
};

/* So many attempts in a window that begins with the first of them, or that
 * moves: then no span of that length has more. */
struct throttle_limit {
	int64_t attempts;
	instant_t window_us;
	bool moves;
};

/* Count an attempt before it is made; not reserved: all were made, and this
 * one counts for nothing. */
int throttle_store_reserve(struct db *db, enum throttle_kind kind,
    const unsigned char subject[32], const struct throttle_limit *limit,
    instant_t now, bool *reserved, struct err *e);
/* The attempt was a good one, or never made, and does not count. */
int throttle_store_release(struct db *db, enum throttle_kind kind,
    const unsigned char subject[32], struct err *e);
/*
 * Count a refusal. *first: of its window, which begins with it; then *before
 * is how many more the window before had.
 */
int throttle_store_refused(struct db *db, const unsigned char subject[32],
    instant_t window_us, instant_t now, bool *first, int64_t *before,
    struct err *e);
/* The count begins anew. */
int throttle_store_clear(struct db *db, enum throttle_kind kind,
    const unsigned char subject[32], struct err *e);

#endif
