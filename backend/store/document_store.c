/*
 * A document is locked before it is changed, so the conditional updates here
 * fail only when a caller forgot to.
 */
#include "store/document_store.h"

#include "base/buf.h"
#include "db/db.h"
#include "domain/record.h"
#include "domain/roles.h"
#include "store/like.h"
#include "store/statements.h"

int
document_store_records(struct db *db, struct arena *a,
    const struct document_record_filter *f, struct document_record **rows,
    size_t *n, struct err *e)
{
	const char *part = like_pattern(a, "%", f->q);
	void *list = NULL;

	if (db_list(db, STMT_DOCUMENT_RECORD_LIST,
		VALS(v_i64(f->after), v_i64(f->state), v_i64(f->state),
		    v_str(part), v_str(part)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
document_store_record(struct db *db, const char *key,
    struct document_record *out, struct err *e)
{
	return db_get(db, STMT_DOCUMENT_RECORD_BY_KEY, VALS(v_str(key)),
	    OUT(*out), e);
}

int
document_store_lock(struct db *db, const char *key, struct document_record *out,
    struct err *e)
{
	int found = db_get(db, STMT_DOCUMENT_RECORD_LOCK, VALS(v_str(key)),
	    OUT(*out), e);

	if (found == 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such document.");
	return found < 0 ? -1 : 0;
}

int
document_store_versions(struct db *db, int64_t document_id,
    struct document_version **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DOCUMENT_VERSIONS, VALS(v_i64(document_id)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
document_store_has_version(struct db *db, int64_t document_id,
    const char *version, bool *has, struct err *e)
{
	struct count_row row = { 0 };

	if (db_get(db, STMT_DOCUMENT_VERSION_KNOWN,
		VALS(v_i64(document_id), v_str(version)), OUT(row), e) < 0)
		return -1;
	*has = row.n > 0;
	return 0;
}

int
document_store_add(struct db *db, const struct document_columns *d,
    struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_DOCUMENT_INSERT,
		VALS(v_str(d->key), v_str(d->title), v_i64(d->kind),
		    v_i64(d->domain), v_i64(d->owner_id),
		    v_bool(d->exceptions_allowed), v_str(d->exception_note),
		    v_i64(d->max_term_days), v_str(d->exception_types),
		    v_str(d->distribution), v_str(d->key)),
		&n, e) < 0)
		return -1;
	return n == 1;
}

int
document_store_update(struct db *db, const struct document_record *r,
    const struct document_columns *d, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_DOCUMENT_UPDATE,
		VALS(v_str(d->title), v_i64(d->kind), v_i64(d->domain),
		    v_i64(d->owner_id), v_bool(d->exceptions_allowed),
		    v_str(d->exception_note), v_i64(d->max_term_days),
		    v_str(d->exception_types), v_str(d->distribution),
		    v_i64(r->id), v_i64(r->row_version)),
		&n, e) < 0)
		return -1;
	return db_one_row(n, e);
}

int
document_store_touch(struct db *db, const struct document_record *r,
    struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_DOCUMENT_TOUCH,
		VALS(v_i64(r->id), v_i64(r->row_version)), &n, e) < 0)
		return -1;
	return db_one_row(n, e);
}

int
document_store_state(struct db *db, const struct document_record *r,
    enum document_state state, const char *version, date_t published_on,
    struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_DOCUMENT_SET_STATE,
		VALS(v_i64(state), v_str(version), v_date(published_on),
		    v_i64(r->id), v_i64(r->row_version)),
		&n, e) < 0)
		return -1;
	return db_one_row(n, e);
}

int
document_store_draft(struct db *db, int64_t document_id, const char *version,
    const char *body, instant_t now, int64_t person_id, struct err *e)
{
	return db_exec(db, STMT_DOCUMENT_DRAFT_PUT,
	    VALS(v_i64(document_id), v_str(version), v_str(body), v_time(now),
		v_i64(person_id)),
	    NULL, e);
}

int
document_store_publish(struct db *db, int64_t document_id,
    const struct document_text *t, date_t today, int64_t person_id,
    struct err *e)
{
	if (db_exec(db, STMT_DOCUMENT_VERSION_INSERT,
		VALS(v_i64(document_id), v_str(t->version), v_date(today),
		    v_i64(person_id)),
		NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < t->nclauses; i++) {
		const struct document_clause *x = &t->clauses[i];

		if (db_exec(db, STMT_CLAUSE_INSERT,
			VALS(v_i64(document_id), v_str(t->version),
			    v_i64((int64_t)i + 1), v_str(x->ref),
			    v_str(x->title), v_str(x->text), v_i64(document_id),
			    v_str(x->ref)),
			NULL, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < t->nsla; i++) {
		if (db_exec(db, STMT_SLA_INSERT,
			VALS(v_i64(document_id), v_str(t->version),
			    v_i64(t->sla[i].severity), v_i64(t->sla[i].days)),
			NULL, e) < 0)
			return -1;
	}
	return 0;
}

int
document_store_kinds(struct db *db, struct role_row **rows, size_t *n,
    struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_KIND_LIST, NO_VALS, &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
document_store_names_moved(struct db *db, struct err *e)
{
	return db_exec(db, STMT_NAMES_MOVED, NO_VALS, NULL, e);
}
