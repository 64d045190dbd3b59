/*
 * The event key is (exception, row version, kind, person): the same step
 * told twice is one row.
 */
#include "api/notices.h"

#include <inttypes.h>

#include "crypto/crypto.h"
#include "store/exception_store.h"
#include "store/notice_store.h"

static int
tell(struct ctx *c, const struct exception *x, int64_t person_id,
    const char *kind, const char *detail, struct err *e)
{
	struct notice n = {
		.event_key = arena_printf(c->arena,
		    "%" PRId64 ":%" PRId64 ":%s:%" PRId64, x->id,
		    x->row_version, kind, person_id),
		.person_id = person_id,
		.exception_id = x->id,
		.kind = kind,
		.detail = detail,
		.at = c->now,
	};

	uuid7(c->now, n.id);
	return notice_store_add(c->db, &n, e);
}

int
notice_parties(struct ctx *c, const struct exception *x, const char *kind,
    const char *detail, struct err *e)
{
	if (tell(c, x, x->requester_id, kind, detail, e) < 0)
		return -1;
	if (x->owner_id != x->requester_id &&
	    tell(c, x, x->owner_id, kind, detail, e) < 0)
		return -1;
	if (x->beneficiary_id > 0 && x->beneficiary_id != x->requester_id &&
	    x->beneficiary_id != x->owner_id)
		return tell(c, x, x->beneficiary_id, kind, detail, e);
	return 0;
}

int
notice_holders(struct ctx *c, const struct exception *x, const char *kind,
    struct err *e)
{
	struct owner_row *holders = NULL;
	size_t n = 0;

	if (exception_store_holders(c->db, x, &holders, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (holders[i].id != x->requester_id &&
		    tell(c, x, holders[i].id, kind, NULL, e) < 0)
			return -1;
	}
	return 0;
}
