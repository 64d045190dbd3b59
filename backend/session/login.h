/*
 * Signing in: throttle, directory, roles, session. The one place where they
 * meet. Every refusal looks alike to the person: same text, same status,
 * same least duration; the reason is for the audit trail.
 */
#ifndef EXREG_SESSION_LOGIN_H
#define EXREG_SESSION_LOGIN_H

#include <time.h>

#include "base/arena.h"
#include "base/err.h"
#include "directory/directory.h"
#include "domain/access.h"

struct db;

struct login_rules {
	int64_t lockout_threshold; /* wrong passwords the directory allows */
	const char *signin_group;  /* stable id or DN; NULL: everybody */
	int64_t answer_floor_ms;   /* least duration of a refusal */
	int64_t absolute_hours;
};

struct login_try {
	const char *username;
	const struct secret *password;
	const char *address;
	instant_t now;
};

/* Who it is, as the directory says; made before the session is written. */
struct login {
	struct directory_person person;
	const char *group_ids; /* comma-separated, nested ones included */
	const char *reason;    /* of a refusal, for the audit trail */
	bool counted;          /* the trail has one like it; only counted */
	struct timespec not_before; /* of a refusal: when it may be told
				       (CLOCK_MONOTONIC); zero: at once */
};

/*
 * Throttle, find, check the password, read the groups. No transaction may
 * be open. out->person stays empty when the directory knows no such name.
 * Returns 0, or -1 with ERR_BAD_CREDENTIALS (out->reason says why),
 * ERR_FORBIDDEN (the password is right but nothing lets the person in),
 * ERR_DIRECTORY_DOWN, or a database error.
 */
int login_check(struct db *db, struct directory *d, struct arena *a,
    const struct login_rules *rules, const struct login_try *try,
    struct login *out, struct err *e);

/*
 * Write person and session; who is filled, token (on the arena) goes into
 * the cookie. Inside a transaction. Returns 0 or -1.
 */
int login_open(struct db *db, struct arena *a, const struct login_rules *rules,
    const struct login *l, const char *address, const char *agent,
    instant_t now, struct who *who, const char **token, struct err *e);

/*
 * Read the person's groups again, just now, and give who the roles they
 * carry, with what designations add: before a decision (decisions 14). The
 * groups of everybody they act for are read as well: who has lost a role, or
 * the account, has none to give. Returns 0, or -1 with ERR_FORBIDDEN when
 * the person's own account is gone, ERR_DIRECTORY_DOWN.
 */
int login_refresh(struct db *db, struct directory *d, struct arena *a,
    instant_t now, struct who *who, struct err *e);

#endif
