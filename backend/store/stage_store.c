/* Records and sent letters are only added; a vote is its author's until the
 * stage is closed. */
#include "store/stage_store.h"

#include <string.h>

#include "base/token.h"
#include "db/db.h"
#include "store/statements.h"

static int
list(struct db *db, unsigned stmt, int64_t id, void **rows, size_t *n,
    struct err *e)
{
	return db_list(db, stmt, VALS(v_i64(id)), rows, n, e);
}

int
vote_store_put(struct db *db, int64_t exception_id, const struct vote *v,
    const struct vote_proof *proof, struct err *e)
{
	unsigned char hash[32];

	if (hex_decode(proof->content_hash, hash, sizeof(hash)) < 0)
		return err_set(e, ERR_INTERNAL, "The content has no hash.");
	return db_exec(db, STMT_VOTE_PUT,
	    VALS(v_i64(exception_id), v_i64(v->content_version),
		v_i64(v->stage), v_i64(v->voter_id), v_str(v->voter),
		v_str(proof->voter_title), v_str(proof->groups), v_str(v->role),
		v_str(v->role), v_i64(proof->mapping_id),
		v_i64(proof->designation_id), v_i64(proof->delegation_id),
		v_i64(v->on_behalf_of_id), v_str(v->on_behalf_of),
		v_i64(v->ballot), v_str(v->reason), v_bytes(hash, sizeof(hash)),
		v_time(v->voted_at)),
	    NULL, e);
}

int
vote_store_list(struct db *db, int64_t exception_id, struct vote **rows,
    size_t *n, struct err *e)
{
	void *found = NULL;

	if (list(db, STMT_VOTES_OF, exception_id, &found, n, e) < 0)
		return -1;
	*rows = found;
	return 0;
}

int
record_store_add(struct db *db, int64_t exception_id,
    const struct stage_record *r, struct err *e)
{
	return db_exec(db, STMT_STAGE_RECORD_INSERT,
	    VALS(v_i64(exception_id), v_str(r->stage), v_str(r->record),
		v_str(r->text), v_date(r->on_day), v_str(r->reference),
		v_str(r->people), v_str(r->topics), v_i64(r->content_version),
		v_i64(r->author_id), v_time(r->recorded_at)),
	    NULL, e);
}

int
record_store_list(struct db *db, int64_t exception_id,
    struct stage_record **rows, size_t *n, struct err *e)
{
	void *found = NULL;

	if (list(db, STMT_STAGE_RECORDS_OF, exception_id, &found, n, e) < 0)
		return -1;
	*rows = found;
	return 0;
}

int
letter_store_write(struct db *db, int64_t exception_id, const struct letter *l,
    struct err *e)
{
	return db_exec(db, STMT_LETTER_WRITE,
	    VALS(v_i64(l->id), v_i64(exception_id), v_str(l->stage),
		v_i64(LETTER_DRAFTED), v_str(l->title), v_str(l->body),
		v_str(l->addressees), v_i64(l->drafter_id),
		v_time(l->drafted_at)),
	    NULL, e);
}

int
letter_store_review(struct db *db, int64_t id, int64_t reviewer_id,
    instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_LETTER_REVIEW,
		VALS(v_i64(LETTER_REVIEWED), v_i64(reviewer_id), v_time(now),
		    v_i64(id), v_i64(LETTER_DRAFTED)),
		&n, e) < 0)
		return -1;
	return db_one_row(n, e);
}

int
letter_store_send(struct db *db, const struct letter *l,
    const unsigned char hash[32], int64_t sender_id, instant_t now,
    struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_LETTER_SEND,
		VALS(v_i64(LETTER_SENT), v_i64(sender_id), v_time(now),
		    v_str(l->addressees), v_bytes(hash, 32), v_i64(l->id),
		    v_i64(LETTER_REVIEWED)),
		&n, e) < 0)
		return -1;
	return db_one_row(n, e);
}

int
letter_store_list(struct db *db, int64_t exception_id, struct letter **rows,
    size_t *n, struct err *e)
{
	void *found = NULL;

	if (list(db, STMT_LETTERS_OF, exception_id, &found, n, e) < 0)
		return -1;
	*rows = found;
	return 0;
}

int
work_store_open(struct db *db, int64_t exception_id, const struct work_item *w,
    struct err *e)
{
	return db_exec(db, STMT_WORK_ITEM_INSERT,
	    VALS(v_i64(exception_id), v_str(w->title), v_str(w->what),
		v_str(w->role), v_i64(w->owner_id), v_time(w->opened_at)),
	    NULL, e);
}

int
work_store_list(struct db *db, int64_t exception_id, struct work_item **rows,
    size_t *n, struct err *e)
{
	void *found = NULL;

	if (list(db, STMT_WORK_ITEMS_OF, exception_id, &found, n, e) < 0)
		return -1;
	*rows = found;
	return 0;
}

int
work_store_save(struct db *db, int64_t exception_id, const struct work_item *w,
    int64_t closed_by_id, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_WORK_ITEM_SAVE,
		VALS(v_i64(w->owner_id), v_str(w->plan), v_time(w->closed_at),
		    v_i64(closed_by_id), v_str(w->solution), v_i64(w->id),
		    v_i64(exception_id), v_i64(w->row_version)),
		&n, e) < 0)
		return -1;
	return db_one_row(n, e);
}
