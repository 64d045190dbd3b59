/*
 * Sessions: the person behind a cookie. The database holds SHA-256 of the
 * token only, so a stolen backup holds no usable session.
 */
#ifndef EXREG_SESSION_SESSION_H
#define EXREG_SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "domain/access.h"

struct db;

#define SESSION_TOKEN_LEN 32 /* random bytes, base64url in the cookie */

/* SHA-256 of the token's bytes; false when it is malformed. */
bool session_token_hash(struct arena *a, const char *token,
    unsigned char hash[32]);

struct session_limits {
	int64_t idle_minutes;   /* without a request */
	int64_t absolute_hours; /* since sign-in */
	bool touch;             /* this request moves last_seen */
};

/*
 * The person of a token, one statement; a second one for whom a designation
 * or delegation names in these days. With limits->touch last_seen is
 * written, at most once a minute. out's strings live on the arena.
 * Returns 1, 0 when the token is malformed, unknown or has ended (out
 * untouched), -1 with e set.
 */
int session_identify(struct db *db, struct arena *a, const char *token,
    instant_t now, const struct session_limits *limits, struct who *out,
    struct err *e);

/* Who the rows of a session speak of, with the roles of its groups; n > 0. */
struct session_row;
struct who session_who(struct arena *a,
    const unsigned char hash[SESSION_TOKEN_LEN], const struct session_row *rows,
    size_t n);

/*
 * Add what today's acts give: for lists, since what a person holds for
 * somebody else is here as it was last seen. Returns 0 or -1.
 */
int session_add_acts(struct db *db, struct arena *a, instant_t now,
    struct who *w, struct err *e);

#endif
