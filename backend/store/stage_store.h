/* What is said and recorded in the stages of one exception. */
#ifndef EXREG_STORE_STAGE_STORE_H
#define EXREG_STORE_STAGE_STORE_H

#include "base/err.h"
#include "domain/record.h"

struct db;

/* What of a vote is kept beside what everybody may read. */
struct vote_proof {
	const char *voter_title;
	const char *groups;       /* read just now */
	const char *content_hash; /* hex, of the version voted on */
	int64_t mapping_id;       /* I64_NONE: none; and so on */
	int64_t designation_id;
	int64_t delegation_id;
};

/* A vote, or its author's new one; the role's title is found here. */
int vote_store_put(struct db *db, int64_t exception_id, const struct vote *v,
    const struct vote_proof *proof, struct err *e);
/* Of all versions, the newest version first. */
int vote_store_list(struct db *db, int64_t exception_id, struct vote **rows,
    size_t *n, struct err *e);

int record_store_add(struct db *db, int64_t exception_id,
    const struct stage_record *r, struct err *e);
/* Of all stages, in order. */
int record_store_list(struct db *db, int64_t exception_id,
    struct stage_record **rows, size_t *n, struct err *e);

/* Write or replace the letter of a stage; one that is sent stays as it is.
 * l->id is for the first text only. */
int letter_store_write(struct db *db, int64_t exception_id,
    const struct letter *l, struct err *e);
/* -1 with ERR_STALE when it is not in the state before. */
int letter_store_review(struct db *db, int64_t id, int64_t reviewer_id,
    instant_t now, struct err *e);
int letter_store_send(struct db *db, const struct letter *l,
    const unsigned char hash[32], int64_t sender_id, instant_t now,
    struct err *e);
int letter_store_list(struct db *db, int64_t exception_id, struct letter **rows,
    size_t *n, struct err *e);

/* w->title, what, role, owner_id (I64_NONE: nobody yet), opened_at. */
int work_store_open(struct db *db, int64_t exception_id,
    const struct work_item *w, struct err *e);
int work_store_list(struct db *db, int64_t exception_id,
    struct work_item **rows, size_t *n, struct err *e);
/* Owner, plan and, when closed_by_id is somebody, the end; -1 with ERR_STALE
 * when w->row_version is not the newest or it is closed. */
int work_store_save(struct db *db, int64_t exception_id,
    const struct work_item *w, int64_t closed_by_id, struct err *e);

#endif
