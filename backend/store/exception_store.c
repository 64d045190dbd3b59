/*
 * Conditional updates everywhere: row_version is in each WHERE, and a row
 * that did not change is a stale one.
 */
#include "store/exception_store.h"

#include "db/db.h"
#include "domain/register.h"
#include "store/statements.h"

static struct val
v_verdict(enum verdict v)
{
	return v_i64(v != VERDICT__INVALID ? (int64_t)v : I64_NONE);
}

int
exception_store_create(struct db *db, int64_t id, int64_t procedure_id,
    enum exception_type type, int64_t requester_id, int64_t copied_from_id,
    instant_t now, struct err *e)
{
	return db_exec(db, STMT_EXCEPTION_INSERT_DRAFT,
	    VALS(v_i64(id), v_i64(procedure_id), v_i64(type),
		v_i64(requester_id), v_i64(requester_id), v_i64(requester_id),
		v_time(now), v_time(now), v_i64(copied_from_id)),
	    NULL, e);
}

int
exception_store_lock(struct db *db, int64_t id, int64_t reader,
    struct exception *x, struct err *e)
{
	int found = db_get(db, STMT_EXCEPTION_LOCK,
	    VALS(v_i64(reader), v_i64(id)), OUT(*x), e);

	if (found == 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such exception.");
	return found < 0 ? -1 : 0;
}

int
exception_store_find(struct db *db, int64_t id, int64_t reader, bool whole,
    struct exception *x, struct err *e)
{
	return db_get(db, STMT_EXCEPTION_BY_ID,
	    VALS(v_bool(whole), v_bool(whole), v_i64(reader), v_i64(id)),
	    OUT(*x), e);
}

int
exception_store_save_draft(struct db *db, struct exception *x,
    const struct draft_columns *cols, const char *content, instant_t now,
    struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_EXCEPTION_SAVE_DRAFT,
		VALS(v_str(cols->title != NULL ? cols->title : ""),
		    v_i64(cols->domain), v_i64(cols->unit_id),
		    v_i64(cols->asset_id), v_i64(cols->document_id),
		    v_bool(cols->confidential), v_str(content),
		    v_i64(cols->risk), v_date(cols->requested_from),
		    v_date(cols->requested_until), v_time(now), v_i64(x->id),
		    v_i64(x->row_version)),
		&n, e) < 0 ||
	    db_one_row(n, e) < 0)
		return -1;
	x->row_version++;
	x->updated_at = now;
	return 0;
}

int
exception_store_save_returned(struct db *db, struct exception *x,
    const char *content, instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_EXCEPTION_SAVE_RETURNED,
		VALS(v_str(content), v_time(now), v_i64(x->id),
		    v_i64(x->row_version)),
		&n, e) < 0 ||
	    db_one_row(n, e) < 0)
		return -1;
	x->row_version++;
	x->updated_at = now;
	return 0;
}

static int
version_row(struct db *db, const struct exception *x, int64_t actor_id,
    const char *action, instant_t now, struct err *e)
{
	return db_exec(db, STMT_EXCEPTION_VERSION_INSERT,
	    VALS(v_time(now), v_i64(actor_id), v_str(action), v_i64(x->id)),
	    NULL, e);
}

static int
update_submitted(struct db *db, const struct exception *x,
    const struct submission *s, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_EXCEPTION_SUBMIT,
		VALS(v_i64(x->request_state), v_i64(x->content_version),
		    v_bytes(s->hash, 32), v_i64(x->stage), v_str(x->stage_role),
		    v_time(x->stage_entered_at), v_date(x->stage_due_on),
		    v_i64(x->domain), v_time(x->submitted_at),
		    v_time(x->updated_at), v_i64(x->owner_id),
		    v_i64(x->beneficiary_id), v_i64(x->edited_by_id),
		    v_i64(x->unit_id), v_str(x->title), v_i64(x->asset_id),
		    v_i64(x->document_id), v_str(x->document_version),
		    v_str(s->nclauses > 0 ? s->clauses[0].ref : NULL),
		    x->cause != 0 ? v_i64(x->cause) : v_i64(I64_NONE),
		    x->severity != 0 ? v_i64(x->severity) : v_i64(I64_NONE),
		    v_str(x->vulnerability), v_str(x->service_request),
		    v_date(x->detected_on), v_date(x->sla_due_on),
		    v_i64(x->sla_breached_days), v_i64(x->risk_before),
		    v_i64(x->risk), v_date(x->requested_from),
		    v_date(x->requested_until), v_bool(x->confidential),
		    v_str(NULL), v_verdict(x->decided_as),
		    v_i64(x->stage_days_left), v_date(x->stage_remind_on),
		    v_date(x->stage_escalate_on), v_str(x->stage_escalate_role),
		    v_i64(x->id), v_i64(x->row_version)),
		&n, e) < 0)
		return -1;
	return db_one_row(n, e);
}

static int
insert_lists(struct db *db, const struct exception *x, const struct content *c,
    struct err *e)
{
	for (size_t i = 0; i < c->ncontrols; i++) {
		if (db_exec(db, STMT_EXCEPTION_CONTROL_INSERT,
			VALS(v_i64(x->id), v_i64(x->content_version),
			    v_i64((int64_t)i + 1),
			    v_str(c->controls[i].description),
			    v_i64(c->controls[i].state),
			    v_str(c->controls[i].owner)),
			NULL, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < c->nalternatives; i++) {
		if (db_exec(db, STMT_EXCEPTION_ALTERNATIVE_INSERT,
			VALS(v_i64(x->id), v_i64(x->content_version),
			    v_i64((int64_t)i + 1),
			    v_str(c->alternatives[i].description),
			    v_i64(c->alternatives[i].verdict),
			    v_str(c->alternatives[i].reason)),
			NULL, e) < 0)
			return -1;
	}
	return 0;
}

static int
insert_clauses(struct db *db, const struct exception *x,
    const struct submission *s, struct err *e)
{
	for (size_t i = 0; i < s->nclauses; i++) {
		const struct clause *c = &s->clauses[i];

		if (db_exec(db, STMT_EXCEPTION_CLAUSE_INSERT,
			VALS(v_i64(x->id), v_i64(x->content_version),
			    v_i64((int64_t)i + 1), v_i64(c->document_id),
			    v_i64(c->id), v_str(c->ref), v_str(c->title),
			    v_str(c->text)),
			NULL, e) < 0)
			return -1;
	}
	return 0;
}

static int
put_facets(struct db *db, const struct exception *x, const struct submission *s,
    struct err *e)
{
	if (db_exec(db, STMT_FACET_RETIRE, VALS(v_i64(x->id)), NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < s->nunit_ids; i++) {
		if (db_exec(db, STMT_FACET_PUT_UNITS,
			VALS(v_i64(s->unit_ids[i]), v_i64(x->id)), NULL, e) < 0)
			return -1;
	}
	/* what was imported may not say which */
	if (x->document_id > 0 &&
	    db_exec(db, STMT_FACET_PUT,
		VALS(v_i64(DIMENSION_DOCUMENT), v_i64(x->document_id),
		    v_i64(x->id)),
		NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < s->nclauses; i++) {
		if (db_exec(db, STMT_FACET_PUT,
			VALS(v_i64(DIMENSION_CLAUSE),
			    v_i64(s->clauses[i].root_id), v_i64(x->id)),
			NULL, e) < 0)
			return -1;
	}
	return 0;
}

int
exception_store_submit(struct db *db, struct exception *x,
    const struct submission *s, instant_t now, struct err *e)
{
	if (update_submitted(db, x, s, e) < 0 ||
	    db_exec(db, STMT_EXCEPTION_CONTENT_INSERT,
		VALS(v_i64(x->id), v_i64(x->content_version), v_str(s->json),
		    v_bytes(s->hash, 32), v_time(now), v_i64(s->actor_id)),
		NULL, e) < 0 ||
	    insert_lists(db, x, s->content, e) < 0 ||
	    insert_clauses(db, x, s, e) < 0 || put_facets(db, x, s, e) < 0 ||
	    db_exec(db, STMT_FACET_SYNC, VALS(v_i64(x->id)), NULL, e) < 0 ||
	    db_exec(db, STMT_EXCEPTION_TEXT_PUT,
		VALS(v_i64(x->id), v_str(s->words), v_i64(s->public_chars)),
		NULL, e) < 0 ||
	    version_row(db, x, s->actor_id, s->action, now, e) < 0)
		return -1;
	x->row_version++;
	return 0;
}

static int
set_state(struct db *db, const struct exception *x, instant_t now,
    struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_EXCEPTION_SET_STATE,
		VALS(v_i64(x->request_state), v_i64(x->stage),
		    v_str(x->stage_role), v_time(x->stage_entered_at),
		    v_date(x->stage_due_on), v_i64(x->outcome),
		    v_time(x->decided_at), v_time(now), v_str(x->draft_content),
		    v_verdict(x->decided_as), v_i64(x->stage_days_left),
		    v_date(x->stage_remind_on), v_date(x->stage_escalate_on),
		    v_str(x->stage_escalate_role), v_i64(x->id),
		    v_i64(x->row_version)),
		&n, e) < 0)
		return -1;
	return db_one_row(n, e);
}

static int
approve(struct db *db, const struct exception *x, instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_EXCEPTION_APPROVE,
		VALS(v_i64(x->request_state), v_i64(x->stage),
		    v_str(x->stage_role), v_time(x->stage_entered_at),
		    v_date(x->stage_due_on), v_i64(x->outcome),
		    v_time(x->decided_at), v_time(now), v_str(x->draft_content),
		    v_verdict(x->decided_as), v_i64(x->stage_days_left),
		    v_date(x->stage_remind_on), v_date(x->stage_escalate_on),
		    v_str(x->stage_escalate_role), v_date(x->effective_on),
		    v_date(x->expires_on), v_i64(x->id), v_i64(x->row_version)),
		&n, e) < 0)
		return -1;
	return db_one_row(n, e);
}

int
exception_store_step(struct db *db, struct exception *x, int64_t actor_id,
    const char *action, instant_t now, struct err *e)
{
	bool approved = x->outcome == OUTCOME_APPROVED;

	if ((approved ? approve : set_state)(db, x, now, e) < 0 ||
	    db_exec(db, STMT_FACET_FOLLOW, VALS(v_i64(x->id)), NULL, e) < 0 ||
	    version_row(db, x, actor_id, action, now, e) < 0)
		return -1;
	x->row_version++;
	x->updated_at = now;
	return 0;
}

int
exception_store_discard(struct db *db, struct exception *x, instant_t now,
    struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_EXCEPTION_DISCARD,
		VALS(v_i64(x->request_state), v_i64(x->outcome),
		    v_time(x->decided_at), v_time(now), v_i64(x->id),
		    v_i64(x->row_version)),
		&n, e) < 0 ||
	    db_one_row(n, e) < 0)
		return -1;
	x->row_version++;
	x->updated_at = now;
	return 0;
}

int
exception_store_touch(struct db *db, struct exception *x, int64_t actor_id,
    const char *action, instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_EXCEPTION_TOUCH,
		VALS(v_time(now), v_i64(x->id), v_i64(x->row_version)), &n,
		e) < 0 ||
	    db_one_row(n, e) < 0 ||
	    version_row(db, x, actor_id, action, now, e) < 0)
		return -1;
	x->row_version++;
	x->updated_at = now;
	return 0;
}

int
exception_store_set_stage_role(struct db *db, const struct exception *x,
    struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_EXCEPTION_SET_STAGE_ROLE,
		VALS(v_str(x->stage_role), v_i64(x->id), v_i64(x->row_version)),
		&n, e) < 0)
		return -1;
	return db_one_row(n, e);
}

int
exception_store_implement(struct db *db, struct exception *x, int64_t actor_id,
    instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_EXCEPTION_IMPLEMENT,
		VALS(v_date(x->implemented_on), v_time(now), v_i64(x->id),
		    v_i64(x->row_version)),
		&n, e) < 0 ||
	    db_one_row(n, e) < 0 ||
	    version_row(db, x, actor_id, "implement", now, e) < 0)
		return -1;
	x->row_version++;
	x->updated_at = now;
	return 0;
}

int
exception_store_clauses(struct db *db, int64_t id, int64_t content_version,
    struct clause **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_EXCEPTION_CLAUSES,
		VALS(v_i64(id), v_i64(content_version)), &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
exception_store_holders(struct db *db, const struct exception *x,
    const char *role, date_t today, struct holder_row **rows, size_t *n,
    struct err *e)
{
	const struct val id = v_i64(x->id);
	const struct val day = v_date(today);
	void *list = NULL;

	if (db_list(db, STMT_STAGE_HOLDERS,
		VALS(v_str(role), v_i64(x->domain), v_i64(x->document_id), id,
		    v_str(role), day, day, v_i64(x->domain),
		    v_i64(x->document_id), id, day, id, day, day, day, id, day,
		    day, day, day, day, v_str(role)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
exception_store_history(struct db *db, int64_t id, instant_t before,
    const unsigned char before_id[16], int64_t limit,
    struct history_event **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_EXCEPTION_HISTORY,
		VALS(v_i64(id), v_time(before), v_time(before),
		    v_bytes(before_id, 16), v_i64(limit)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}
