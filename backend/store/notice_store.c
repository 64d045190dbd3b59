/* The audit trail is appended by a definer procedure only. */
#include "store/notice_store.h"

#include "db/db.h"
#include "store/statements.h"

int
notice_store_add(struct db *db, const struct notice *n, struct err *e)
{
	return db_exec(db, STMT_NOTICE_INSERT,
	    VALS(v_bytes(n->id, sizeof(n->id)), v_str(n->event_key),
		v_i64(n->person_id), v_i64(n->exception_id), v_str(n->kind),
		v_str(n->detail), v_time(n->at)),
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
