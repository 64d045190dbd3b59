/*
 * Counting sign-in attempts before they are made: per account fewer than
 * would lock it in the directory, per address few enough to make guessing
 * pointless.
 */
#ifndef EXREG_SESSION_THROTTLE_H
#define EXREG_SESSION_THROTTLE_H

#include <stdbool.h>

#include "base/date.h"
#include "base/err.h"

struct db;

/* Whose attempt it is, and from where. */
struct throttle {
	struct db *db;
	int64_t lockout_threshold; /* wrong passwords the directory allows */
	const char *address;
	const char *directory_id; /* stable id, when the person is found */
	instant_t now;
};

/*
 * Take an attempt of the address, of the account. *may is false when there
 * is none left. Returns 0 or -1.
 */
int throttle_address(const struct throttle *t, bool *may, struct err *e);
int throttle_account(const struct throttle *t, bool *may, struct err *e);

/*
 * The throttle refused. The first refusal of a half hour is for the audit
 * trail, the others of the same account and address are counted: *before is
 * how many were, since the one that was told last. Returns 0 or -1.
 */
int throttle_refused(const struct throttle *t, bool *first, int64_t *before,
    struct err *e);

/* A good sign-in: wrong passwords before it count no more, and an address
 * that many people share is not held up by them. Returns 0 or -1. */
int throttle_forgive(const struct throttle *t, struct err *e);

/* The attempt was not made after all; account: one of it was taken. */
void throttle_give_back(const struct throttle *t, bool account);

#endif
