/*
 * The event key is (exception, row version, kind, person): the same step
 * told twice is one row.
 */
#include "api/notices.h"

#include <inttypes.h>
#include <string.h>

#include "crypto/crypto.h"
#include "domain/talk.h"
#include "store/exception_store.h"
#include "store/notice_store.h"

static struct notice_to
addressee(struct ctx *c, const struct exception *x, const char *kind,
    int64_t person_id)
{
	struct notice_to to = {
		.event_key = arena_printf(c->arena,
		    "%" PRId64 ":%" PRId64 ":%s:%" PRId64, x->id,
		    x->row_version, kind, person_id),
		.person_id = person_id,
	};

	uuid7(c->now, to.id);
	return to;
}

/* Who takes part: stakeholders and experts learn the outcome with all of its
 * words, conditions too (M-18); a request that goes back is its watchers'. */
static int
notice_takers(struct ctx *c, const struct exception *x, const char *kind,
    const char *detail, struct err *e)
{
	struct notice_all n = {
		.event = arena_printf(c->arena,
		    "%" PRId64 ":%" PRId64 ":%s:", x->id, x->row_version, kind),
		.exception_id = x->id,
		.kind = kind,
		.detail = detail,
		.at = c->now,
		.today = c->today,
		.actor_id = c->who.person_id,
	};

	uuid7(c->now, n.id);
	return notice_store_participants(c->db, &n,
	    strcmp(kind, "returned") == 0 ? 0 : PARTS_THAT_SEE, e);
}

int
notice_parties(struct ctx *c, const struct exception *x, const char *kind,
    const char *detail, struct err *e)
{
	struct notice_to to[3];
	struct notice n = { x->id, kind, detail, c->now, to, 0 };

	to[n.nto++] = addressee(c, x, kind, x->requester_id);
	if (x->owner_id != x->requester_id)
		to[n.nto++] = addressee(c, x, kind, x->owner_id);
	if (x->beneficiary_id > 0 && x->beneficiary_id != x->requester_id &&
	    x->beneficiary_id != x->owner_id)
		to[n.nto++] = addressee(c, x, kind, x->beneficiary_id);
	if (notice_store_add(c->db, &n, e) < 0)
		return -1;
	/* what is sent for the first time has nobody who takes part yet */
	return strcmp(kind, "submitted") == 0 ?
	    0 :
	    notice_takers(c, x, kind, detail, e);
}

int
notice_requester(struct ctx *c, const struct exception *x, const char *kind,
    const char *detail, struct err *e)
{
	struct notice_to to = addressee(c, x, kind, x->requester_id);
	struct notice n = { x->id, kind, detail, c->now, &to, 1 };

	return notice_store_add(c->db, &n, e);
}

/* Whoever may not act is not told to; a copy or a letter reaches its
 * addressee whatever ties them to the request. */
static bool
is_for_action(const char *kind)
{
	return strcmp(kind, "copy") != 0 && strcmp(kind, "letter") != 0;
}

static int
tell(struct ctx *c, const struct exception *x, struct notice *n,
    const struct holder_row *holders, size_t nholders, const char **told,
    struct err *e)
{
	bool acts = is_for_action(n->kind);

	struct notice_to *to = arena_array(c->arena, nholders, sizeof(*to));
	struct buf names;

	buf_init(&names, c->arena);
	for (size_t i = 0; i < nholders; i++) {
		if (acts &&
		    (holders[i].id == x->requester_id || holders[i].related))
			continue;
		to[n->nto++] = addressee(c, x, n->kind, holders[i].id);
		buf_printf(&names, "%s%s", n->nto > 1 ? ", " : "",
		    holders[i].name);
	}
	if (told != NULL)
		*told = n->nto > 0 ? buf_text(&names) : NULL;
	n->to = to;
	return notice_store_add(c->db, n, e);
}

int
notice_holders(struct ctx *c, const struct exception *x,
    const struct holder_row *holders, size_t nholders, const char *kind,
    const char **told, struct err *e)
{
	struct notice n = { x->id, kind, NULL, c->now, NULL, 0 };

	return tell(c, x, &n, holders, nholders, told, e);
}

int
notice_role(struct ctx *c, const struct exception *x, const char *role,
    const char *kind, const char *detail, const char **told, struct err *e)
{
	struct notice n = { x->id, kind, detail, c->now, NULL, 0 };
	struct holder_row *holders = NULL;
	size_t nholders = 0;

	if (exception_store_holders(c->db, x, role, c->today, &holders,
		&nholders, e) < 0)
		return -1;
	return tell(c, x, &n, holders, nholders, told, e);
}
