/* The audit trail is appended by a definer procedure only. */
#include "store/notice_store.h"

#include "base/token.h"
#include "db/db.h"
#include "store/statements.h"

/* As the statement has places: four for the event, three a person. */
#define AT_ONCE 4
#define EVENT_VALS 4
#define PERSON_VALS 3

int
notice_store_add(struct db *db, const struct notice *n, struct err *e)
{
	static const struct notice_to nobody = { .person_id = I64_NONE };
	struct val v[EVENT_VALS + AT_ONCE * PERSON_VALS] = {
		v_i64(n->exception_id),
		v_str(n->kind),
		v_str(n->detail),
		v_time(n->at),
	};

	for (size_t i = 0; i < n->nto; i += AT_ONCE) {
		struct val *place = v + EVENT_VALS;

		for (size_t k = i; k < i + AT_ONCE; k++) {
			const struct notice_to *to =
			    k < n->nto ? &n->to[k] : &nobody;

			*place++ = v_bytes(to->id, sizeof(to->id));
			*place++ = v_str(to->event_key);
			*place++ = v_i64(to->person_id);
		}
		if (db_exec(db, STMT_NOTICE_INSERT, v, sizeof(v) / sizeof(v[0]),
			NULL, e) < 0)
			return -1;
	}
	return 0;
}

#define ID_HEX (2 * sizeof(((struct notice_all *)0)->id) + 1)

int
notice_store_participants(struct db *db, const struct notice_all *n,
    unsigned mask, struct err *e)
{
	char base[ID_HEX];

	hex_encode(n->id, sizeof(n->id), base);
	return db_exec(db, STMT_NOTICE_PARTICIPANTS,
	    VALS(v_date(n->today), v_date(n->today), v_date(n->today),
		v_date(n->today), v_str(base), v_str(n->event), v_str(n->kind),
		v_str(n->detail), v_time(n->at), v_i64(mask),
		v_i64(n->actor_id), v_i64(n->exception_id),
		v_i64(n->exception_id)),
	    NULL, e);
}

int
notice_store_added(struct db *db, const struct notice_all *n, int part,
    struct err *e)
{
	char base[ID_HEX];

	hex_encode(n->id, sizeof(n->id), base);
	return db_exec(db, STMT_NOTICE_ADDED,
	    VALS(v_str(base), v_str(n->event), v_str(n->kind), v_str(n->detail),
		v_time(n->at), v_i64(n->exception_id), v_i64(part),
		v_time(n->at), v_i64(n->actor_id)),
	    NULL, e);
}

int
notice_store_asked(struct db *db, const struct notice_all *n, const char *role,
    struct err *e)
{
	char base[ID_HEX];

	hex_encode(n->id, sizeof(n->id), base);
	return db_exec(db, STMT_NOTICE_ASKED,
	    VALS(v_str(role), v_str(role), v_date(n->today), v_date(n->today),
		v_i64(n->exception_id), v_str(base), v_str(n->event),
		v_str(n->kind), v_time(n->at), v_i64(n->exception_id),
		v_date(n->today), v_date(n->today), v_i64(n->actor_id)),
	    NULL, e);
}

int
audit_store_append(struct db *db, const struct audit_row *r, struct err *e)
{
	return db_exec(db, STMT_AUDIT_APPEND,
	    VALS(v_bytes(r->id, sizeof(r->id)), v_i64(r->actor_id),
		v_str(r->actor), v_str(r->action), v_str(r->object_type),
		v_i64(r->object_id), v_str(r->object), v_bool(r->refused),
		v_str(r->detail), v_str(r->address), v_str(r->body)),
	    NULL, e);
}
