/*
 * One index leads (an object, else a person, an action, refusals, or time),
 * and gives the order; what else is asked is looked at row by row, within
 * windows whose end is read from the index alone. So a page has a bound.
 */
#include "store/audit_list_store.h"

#include <string.h>

#include "base/token.h"
#include "domain/record.h"
#include "store/register_sql.h"
#include "store/statements.h"

static const int64_t windows[] = { 1000, 19000 };
#define NWINDOWS (sizeof(windows) / sizeof(windows[0]))

#define FAR_FUTURE (DATE_MAX * US_PER_DAY)

/* clang-format off */
const char *const audit_result_names[AUDIT_RESULT__MAX] = { NULL, "done", "refused" };

static const struct field audit_event_row_fields[] = {
	F_STR(audit_event_row, id, .doc = "Of the event"),
	F_TIME(audit_event_row, at, .doc = "By the clock of the database"),
	F_STR(audit_event_row, actor, .doc = "Who"),
	F_STR(audit_event_row, action, .doc = "What"),
	F_STR(audit_event_row, object_type, .doc = "To what kind of thing"),
	F_STR(audit_event_row, object, .doc = "To which one"),
	F_BOOL(audit_event_row, refused, .doc = "It was tried, and refused"),
	F_STR(audit_event_row, detail, .doc = "One sentence"),
	F_STR(audit_event_row, address, .doc = "From where"),
	F_BOOL(audit_event_row, confidential, .doc = "Speaks of a confidential exception"),
};
const struct schema audit_event_row_schema = SCHEMA(audit_event_row, audit_event_row_fields, "An audit event");

static const struct field audit_place_fields[] = {
	F_STR(audit_place, id, .doc = "Of the event"),
	F_TIME(audit_place, at, .doc = "When"),
};
const struct schema audit_place_schema = SCHEMA(audit_place, audit_place_fields, "A place in the audit list");
/* clang-format on */

enum lead { BY_OBJECT, BY_ACTOR, BY_ACTION, BY_REFUSAL, BY_TIME };

static enum lead
lead_of(const struct audit_filter *f)
{
	if (f->exception_id != 0)
		return BY_OBJECT;
	if (f->actor_id != 0)
		return BY_ACTOR;
	if (f->action != NULL)
		return BY_ACTION;
	return f->result == AUDIT_REFUSED ? BY_REFUSAL : BY_TIME;
}

/* Nearly everything is done and not refused: asking for it is no search. */
static bool
is_weak(const struct audit_filter *f)
{
	enum lead lead = lead_of(f);

	return (f->actor_id != 0 && lead != BY_ACTOR) ||
	    (f->action != NULL && lead != BY_ACTION) ||
	    (f->result == AUDIT_REFUSED && lead != BY_REFUSAL);
}

static void
put_lead(struct sql *q, const struct audit_filter *f)
{
	static const char *const index[] = { "object", "actor", "action",
		"refused", "at" };
	enum lead lead = lead_of(f);

	sql_put(q, " FROM audit_event FORCE INDEX (audit_event_");
	sql_put(q, index[lead]);
	sql_put(q, ") WHERE ");
	switch (lead) {
	case BY_OBJECT:
		sql_add(q, "object_type = 'exception' AND object_id = ? AND ",
		    v_i64(f->exception_id));
		break;
	case BY_ACTOR:
		sql_add(q, "actor_id = ? AND ", v_i64(f->actor_id));
		break;
	case BY_ACTION:
		sql_add(q, "action = ? AND ", v_str(f->action));
		break;
	case BY_REFUSAL:
		sql_put(q, "refused = 1 AND ");
		break;
	case BY_TIME:
		break;
	}
}

static struct val
v_id(struct arena *a, const char *hex)
{
	unsigned char *raw = arena_alloc(a, 16);

	if (hex_decode(hex, raw, 16) < 0)
		memset(raw, 0, 16);
	return v_bytes(raw, 16);
}

/* The stretch after one place and up to another, newest first. */
static void
put_span(struct sql *q, const struct audit_filter *f,
    const struct audit_place *after, const struct audit_place *to)
{
	instant_t least = f->from != TIME_NONE ? f->from : 0;
	instant_t most = f->to != TIME_NONE ? f->to - 1 : FAR_FUTURE;

	/* Days of a calendar that the table cannot hold. */
	least = least < 0 ? 0 : least;
	most = most < 0 ? 0 : most > FAR_FUTURE ? FAR_FUTURE : most;
	if (after != NULL && after->at < most)
		most = after->at;
	if (to != NULL && to->at > least)
		least = to->at;
	sql_add(q, "at >= ?", v_time(least));
	sql_add(q, " AND at <= ?", v_time(most));
	if (after != NULL) {
		sql_add(q, " AND (at < ?", v_time(after->at));
		sql_add(q, " OR event_id < ?)", v_id(q->arena, after->id));
	}
	if (to != NULL) {
		sql_add(q, " AND (at > ?", v_time(to->at));
		sql_add(q, " OR event_id >= ?)", v_id(q->arena, to->id));
	}
}

static void
put_rest(struct sql *q, const struct audit_filter *f)
{
	enum lead lead = lead_of(f);

	if (f->actor_id != 0 && lead != BY_ACTOR)
		sql_add(q, " AND actor_id = ?", v_i64(f->actor_id));
	if (f->action != NULL && lead != BY_ACTION)
		sql_add(q, " AND action = ?", v_str(f->action));
	if (f->result != AUDIT_RESULT__INVALID && lead != BY_REFUSAL)
		sql_put(q,
		    f->result == AUDIT_REFUSED ? " AND refused = 1" :
						 " AND refused = 0");
}

/* Add the events of one stretch to the page. */
static int
take(struct db *db, struct arena *a, const struct audit_filter *f,
    const struct audit_place *after, const struct audit_place *to, size_t *want,
    struct audit_page *out, struct err *e)
{
	struct stmt_def def;
	struct sql q;
	void *list = NULL;
	size_t n;

	sql_begin(&q, a);
	sql_put(&q,
	    "SELECT event_id AS id, at, actor, action, object_type,"
	    " object, refused, detail, address,"
	    " EXISTS (SELECT 1 FROM exception x WHERE x.id = object_id"
	    " AND object_type = 'exception' AND x.confidential = 1)"
	    " AS confidential");
	put_lead(&q, f);
	put_span(&q, f, after, to);
	put_rest(&q, f);
	sql_add(&q, " ORDER BY at DESC, event_id DESC LIMIT ?",
	    v_i64((int64_t)*want));
	def = sql_end(&q, "audit_list", &audit_event_row_schema);
	if (db_list_def(db, &def, q.vals, q.nvals, &list, &n, e) < 0)
		return -1;
	if (n > 0)
		memcpy(out->rows + out->nrows, list, n * sizeof(*out->rows));
	out->nrows += n;
	*want -= n;
	return 0;
}

/* Where a window ends. 1, 0 when the events end before, -1. */
static int
window_end(struct db *db, struct arena *a, const struct audit_filter *f,
    const struct audit_place *after, int64_t size, struct audit_place *to,
    struct err *e)
{
	struct stmt_def def;
	struct sql q;
	void *list = NULL;
	size_t n;

	sql_begin(&q, a);
	sql_put(&q, "SELECT event_id AS id, at");
	put_lead(&q, f);
	put_span(&q, f, after, NULL);
	sql_add(&q, " ORDER BY at DESC, event_id DESC LIMIT 1 OFFSET ?",
	    v_i64(size - 1));
	def = sql_end(&q, "audit_window", &audit_place_schema);
	if (db_list_fresh(db, &def, q.vals, q.nvals, &list, &n, e) < 0)
		return -1;
	if (n > 0)
		*to = *(const struct audit_place *)list;
	return n > 0;
}

static void
finish(struct audit_page *out, size_t want)
{
	const struct audit_event_row *last;

	if (want > 0)
		return;
	out->nrows--;
	last = &out->rows[out->nrows - 1];
	out->more = true;
	out->next = (struct audit_place){ last->id, last->at };
}

int
audit_list_store_page(struct db *db, struct arena *a,
    const struct audit_filter *f, const struct audit_place *after,
    int64_t limit, struct audit_page *out, struct err *e)
{
	size_t want = (size_t)limit + 1;
	struct audit_place from;

	*out = (struct audit_page){ .complete = true };
	out->rows = arena_array(a, want, sizeof(*out->rows));
	for (size_t i = 0; i < NWINDOWS; i++) {
		struct audit_place to;
		int cut = 0;

		if (is_weak(f))
			cut = window_end(db, a, f, after, windows[i], &to, e);
		if (cut < 0 ||
		    take(db, a, f, after, cut ? &to : NULL, &want, out, e) < 0)
			return -1;
		if (want == 0 || !cut) {
			finish(out, want);
			return 0;
		}
		from = to;
		after = &from;
	}
	out->complete = false;
	out->more = true;
	out->next = from;
	return 0;
}

int
audit_list_store_actor(struct db *db, const char *text, int64_t *id,
    struct err *e)
{
	void *list = NULL;
	size_t n;

	if (db_list(db, STMT_AUDIT_ACTOR, VALS(v_str(text), v_str(text)), &list,
		&n, e) < 0)
		return -1;
	if (n == 1)
		*id = ((const struct id_row *)list)->id;
	return (int)n;
}
