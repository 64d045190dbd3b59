/*
 * One statement a request: the session, the person and the roles that its
 * groups give right now.
 */
#include "session/session.h"

#include <string.h>

#include "base/token.h"
#include "crypto/crypto.h"
#include "domain/roles.h"
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

int
session_identify(struct db *db, struct arena *a, const char *token,
    instant_t now, const struct session_limits *limits, struct who *out,
    struct err *e)
{
	struct who w = { 0 };
	struct session_row *rows = NULL;
	instant_t idle_end;
	size_t n = 0;

	if (!session_token_hash(a, token, w.session_hash))
		return 0;
	if (session_store_find(db, w.session_hash, &rows, &n, e) < 0)
		return -1;
	if (n == 0)
		return 0;
	idle_end = rows->last_seen + limits->idle_minutes * 60 * US_PER_SECOND;
	if (now >= rows->expires_at || now >= idle_end)
		return 0;
	if (limits->touch && now - rows->last_seen > TOUCH_US) {
		if (session_store_touch(db, w.session_hash, now, e) < 0)
			return -1;
		idle_end = now + limits->idle_minutes * 60 * US_PER_SECOND;
	}
	w.person_id = rows->person_id;
	w.directory_id = rows->directory_id;
	w.uid = rows->uid;
	w.name = rows->name;
	w.title = rows->title;
	w.groups = rows->group_ids;
	w.signed_in_at = rows->created_at;
	w.session_expires_at = rows->expires_at;
	w.idle_expires_at = idle_end;
	w.names_epoch = rows->names_epoch;
	w.grants = grants_of_rows(a, rows, n, &w.ngrants);
	w.classes = classes_of_grants(w.grants, w.ngrants);
	*out = w;
	return 1;
}
