/*
 * What waits for a person: the review queue, the lists of the home page and
 * the latest notices. All functions return 0, or -1 with e set; rows live
 * on the request arena.
 */
#ifndef EXREG_STORE_QUEUE_STORE_H
#define EXREG_STORE_QUEUE_STORE_H

#include "base/err.h"
#include "domain/access.h"
#include "domain/catalogue.h"
#include "domain/record.h"

struct db;

enum queue_sort {
	QUEUE_SORT__INVALID,
	QUEUE_BY_DUE,
	QUEUE_BY_RISK,
	QUEUE_SORT__MAX
};
extern const char *const queue_sort_names[QUEUE_SORT__MAX];

/* Largest page; the count of a queue stops at QUEUE_COUNT_MAX. */
#define QUEUE_PAGE_MAX 100
#define QUEUE_COUNT_MAX 1000

/* A row's place in its order: due day or score, then the id. */
struct queue_place {
	int64_t key;
	int64_t id;
};

struct queue_place queue_place_of(enum queue_sort sort,
    const struct queue_row *row);

/*
 * The requests whose stage waits for a role of w (approver grants, in their
 * scopes), each once, in order, after a place (NULL: from the start).
 * limit: 1..QUEUE_PAGE_MAX. *more: there are rows after these. What is made
 * from other rows (number, band, due_on …) is not filled.
 */
int queue_store_page(struct db *db, struct arena *a, const struct who *w,
    enum queue_sort sort, const struct queue_place *after, size_t limit,
    struct queue_row **rows, size_t *n, bool *more, struct err *e);

/* How many there are, at most QUEUE_COUNT_MAX. */
int queue_store_count(struct db *db, struct arena *a, const struct who *w,
    int64_t *n, struct err *e);

/* Own drafts and returned requests, the latest change first, at most 20;
 * and their number, at most QUEUE_COUNT_MAX. */
int queue_store_drafts(struct db *db, int64_t person_id,
    struct draft_row **rows, size_t *n, struct err *e);
int queue_store_drafts_count(struct db *db, int64_t person_id, int64_t *n,
    struct err *e);

/* Own requests on their way, the latest change first, at most 20. */
int queue_store_waiting(struct db *db, int64_t person_id, struct own_row **rows,
    size_t *n, struct err *e);

/* Approved exceptions one owns whose last day lies in [from, until]. */
int queue_store_ending(struct db *db, int64_t person_id, date_t from,
    date_t until, struct own_row **rows, size_t *n, struct err *e);

/* The latest notices to a person, at most 10. */
int queue_store_notices(struct db *db, int64_t person_id,
    struct notice_row **rows, size_t *n, struct err *e);

#endif
