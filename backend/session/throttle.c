/*
 * An account is counted by its stable id: the directory ignores case, white
 * space and forms of a letter, so one person has many names. Its window
 * moves with each attempt, so that no half hour holds more of them; a good
 * sign-in ends the count here as it does there.
 */
#include "session/throttle.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "crypto/crypto.h"
#include "store/session_store.h"

#define ACCOUNT_WINDOW_US (30 * 60 * US_PER_SECOND)
#define ADDRESS_WINDOW_US (60 * US_PER_SECOND)
#define ADDRESS_ATTEMPTS 20

/* Who has an IPv6 address has all of its network's. */
static void
address_subject(const struct throttle *t, unsigned char out[32])
{
	struct in6_addr a;

	if (inet_pton(AF_INET6, t->address, &a) == 1 &&
	    !IN6_IS_ADDR_V4MAPPED(&a))
		sha256(&a, sizeof(a) / 2, out);
	else
		sha256(t->address, strlen(t->address), out);
}

static void
account_subject(const struct throttle *t, unsigned char out[32])
{
	sha256(t->directory_id, strlen(t->directory_id), out);
}

/*
 * From a place where the person never signed in there is one attempt less:
 * strangers cannot use up all of them and keep the person out.
 */
static int64_t
account_attempts(const struct throttle *t, bool known_place)
{
	int64_t n = t->lockout_threshold > 2 ? t->lockout_threshold - 2 : 1;

	return known_place || n == 1 ? n : n - 1;
}

int
throttle_address(const struct throttle *t, bool *may, struct err *e)
{
	static const struct throttle_limit limit = { ADDRESS_ATTEMPTS,
		ADDRESS_WINDOW_US, false };
	unsigned char subject[32];

	address_subject(t, subject);
	return throttle_store_reserve(t->db, THROTTLE_ADDRESS, subject, &limit,
	    t->now, may, e);
}

int
throttle_account(const struct throttle *t, bool *may, struct err *e)
{
	struct throttle_limit limit = { 0, ACCOUNT_WINDOW_US, true };
	unsigned char subject[32];
	bool known = false;

	if (session_store_known_place(t->db, t->directory_id, t->address,
		&known, e) < 0)
		return -1;
	limit.attempts = account_attempts(t, known);
	account_subject(t, subject);
	return throttle_store_reserve(t->db, THROTTLE_ACCOUNT, subject, &limit,
	    t->now, may, e);
}

/* Who has had all attempts of the address is not looked up any more. */
static void
refusal_subject(const struct throttle *t, unsigned char out[32])
{
	unsigned char both[64] = { 0 };

	if (t->directory_id != NULL)
		account_subject(t, both);
	address_subject(t, both + 32);
	sha256(both, sizeof(both), out);
}

int
throttle_refused(const struct throttle *t, bool *first, int64_t *before,
    struct err *e)
{
	unsigned char subject[32];

	refusal_subject(t, subject);
	return throttle_store_refused(t->db, subject, ACCOUNT_WINDOW_US, t->now,
	    first, before, e);
}

int
throttle_forgive(const struct throttle *t, struct err *e)
{
	unsigned char subject[32];

	account_subject(t, subject);
	if (throttle_store_clear(t->db, THROTTLE_ACCOUNT, subject, e) < 0)
		return -1;
	address_subject(t, subject);
	return throttle_store_release(t->db, THROTTLE_ADDRESS, subject, e);
}

void
throttle_give_back(const struct throttle *t, bool account)
{
	unsigned char subject[32];
	struct err ignored = { 0 };

	if (account) {
		account_subject(t, subject);
		(void)throttle_store_release(t->db, THROTTLE_ACCOUNT, subject,
		    &ignored);
	}
	address_subject(t, subject);
	(void)throttle_store_release(t->db, THROTTLE_ADDRESS, subject,
	    &ignored);
}
