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
 * The person of a token, one statement. With limits->touch last_seen is
 * written, at most once a minute. out's strings live on the arena.
 * Returns 1, 0 when the token is malformed, unknown or has ended (out
 * untouched), -1 with e set.
 */
int session_identify(struct db *db, struct arena *a, const char *token,
    instant_t now, const struct session_limits *limits, struct who *out,
    struct err *e);

#endif
