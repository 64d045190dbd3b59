/*
 * Decided exceptions like one of the register: same clause, same document,
 * same words. What the reader may not see is left out. All functions return
 * 0, or -1 with e set; rows live on the arena.
 */
#ifndef EXREG_STORE_PRECEDENT_STORE_H
#define EXREG_STORE_PRECEDENT_STORE_H

#include "base/err.h"
#include "domain/precedent.h"
#include "domain/register.h"
#include "store/register_filter.h"

struct db;

/* Time for the full-text index; after it there are no precedents by words. */
#define PRECEDENT_SEARCH_SECONDS "0.1"

/* Of one document, beside those of its clauses. */
#define PRECEDENT_DOCUMENT_SAMPLE 20

struct precedent_ask {
	int64_t exception_id; /* submitted; it is none of its own precedents */
	size_t nclauses; /* it has; the first PRECEDENT_CLAUSES_MAX count */
	const char *const *words; /* of it, as precedent_words() gives them */
	size_t nwords;            /* 0: shared_words is not filled */
	const struct register_view *view;
};

/* The newest PRECEDENT_SAMPLE decided ones of its clauses. */
int precedent_store_clause(struct db *db, struct arena *a,
    const struct precedent_ask *k, struct precedent_row **rows, size_t *n,
    struct err *e);

/* The newest PRECEDENT_DOCUMENT_SAMPLE decided ones of its document. */
int precedent_store_document(struct db *db, struct arena *a,
    const struct precedent_ask *k, struct precedent_row **rows, size_t *n,
    struct err *e);

/* Decided ones with its two most telling words, at most PRECEDENTS_MAX; none
 * when finding them takes too long. Not inside a transaction. */
int precedent_store_words(struct db *db, struct arena *a,
    const struct precedent_ask *k, struct precedent_row **rows, size_t *n,
    struct err *e);

/* The statements themselves, for tests of their plans: clause or document,
 * and words (nwords > 0). */
struct register_sql precedent_sql_newest(struct arena *a,
    const struct precedent_ask *k, enum dimension d);
struct register_sql precedent_sql_words(struct arena *a,
    const struct precedent_ask *k);

/* What belongs to precedents of exception_id, in the order of their ids. */
struct precedent_details {
	struct precedent_verdict *verdicts; /* of each the last stage first */
	size_t nverdicts;
	struct precedent_text *conditions;
	size_t nconditions;
	struct precedent_text *clauses; /* references shared with it */
	size_t nclauses;
};
int precedent_store_details(struct db *db, int64_t exception_id,
    const int64_t ids[PRECEDENTS_MAX], struct precedent_details *out,
    struct err *e);

#endif
