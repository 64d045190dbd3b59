/*
 * One statement a request: the session, the person and the roles that its
 * groups give right now.
 */
#include "session/session.h"

#include <string.h>

#include "base/token.h"
#include "crypto/crypto.h"
#include "domain/acts.h"
#include "domain/roles.h"
#include "store/acts_store.h"
#include "store/session_store.h"

#define TOUCH_US (60 * US_PER_SECOND)

bool
session_token_hash(struct arena *a, const char *token, unsigned char hash[32])
{
	unsigned char *bytes = NULL;
	size_t n = 0;

	if (base64url_decode(a, token, &bytes, &n) < 0 ||
	    n != SESSION_TOKEN_LEN)
		return false;
	sha256(bytes, n, hash);
	explicit_bzero(bytes, n);
	return true;
}

struct who
session_who(struct arena *a, const unsigned char hash[SESSION_TOKEN_LEN],
    const struct session_row *rows, size_t n)
{
	struct who w = {
		.person_id = rows->person_id,
		.directory_id = rows->directory_id,
		.uid = rows->uid,
		.name = rows->name,
		.title = rows->title,
		.groups = rows->group_ids,
		.signed_in_at = rows->created_at,
		.session_expires_at = rows->expires_at,
		.names_epoch = rows->names_epoch,
		.acts_until = rows->acts_until,
	};

	memcpy(w.session_hash, hash, sizeof(w.session_hash));
	w.grants = grants_of_rows(a, rows, n, &w.ngrants);
	w.classes = classes_of_grants(w.grants, w.ngrants);
	return w;
}

int
session_add_acts(struct db *db, struct arena *a, instant_t now, struct who *w,
    struct err *e)
{
	date_t today = date_of_instant(now);
	struct act_row *rows = NULL;
	size_t n = 0;

	if (w->acts_until < today) /* DATE_NONE is below every day */
		return 0;
	if (acts_store_of(db, w->person_id, today, now, &rows, &n, e) < 0)
		return -1;
	acts_apply(a, rows, n, w);
	return 0;
}

int
session_identify(struct db *db, struct arena *a, const char *token,
    instant_t now, const struct session_limits *limits, struct who *out,
    struct err *e)
{
	struct who w;
	struct session_row *rows = NULL;
	unsigned char hash[SESSION_TOKEN_LEN];
	instant_t idle_end;
	size_t n = 0;

	if (!session_token_hash(a, token, hash))
		return 0;
	if (session_store_find(db, hash, &rows, &n, e) < 0)
		return -1;
	if (n == 0)
		return 0;
	idle_end = rows->last_seen + limits->idle_minutes * 60 * US_PER_SECOND;
	if (now >= rows->expires_at || now >= idle_end)
		return 0;
	if (limits->touch && now - rows->last_seen > TOUCH_US) {
		if (session_store_touch(db, hash, now, e) < 0)
			return -1;
		idle_end = now + limits->idle_minutes * 60 * US_PER_SECOND;
	}
	w = session_who(a, hash, rows, n);
	w.idle_expires_at = idle_end;
	if (session_add_acts(db, a, now, &w, e) < 0)
		return -1;
	*out = w;
	return 1;
}
