/*
 * Exceptions that cover what a request asks for, and its twins among the
 * requester's own. All functions return 0, or -1 with e set; rows live on
 * the arena.
 */
#ifndef EXREG_STORE_OVERLAP_STORE_H
#define EXREG_STORE_OVERLAP_STORE_H

#include "base/err.h"
#include "domain/catalogue.h"
#include "domain/overlap.h"
#include "domain/register.h"
#include "store/register_filter.h"

struct db;

struct overlap_ask {
	int64_t exception_id; /* left out; 0: none */
	int64_t previous_id;  /* left out: the term it renews; I64_NONE */
	int64_t document_id;
	const int64_t *clauses; /* their roots; at least one */
	size_t nclauses;
	struct overlap_request request;
	const struct register_view *view;
};

/*
 * Waiting and approved ones of a clause that the person may see, for the same
 * asset or the same unit, at most OVERLAPS_MAX; what holds stands first, then
 * what is for the same asset. One for another asset of the unit does not
 * count: it covers that asset only.
 */
int overlap_store_list(struct db *db, struct arena *a,
    const struct overlap_ask *k, struct overlap_row **rows, size_t *n,
    struct err *e);

/* The statement itself, for tests of its plan. */
struct register_sql overlap_sql(struct arena *a, const struct overlap_ask *k);

/* Own drafts and requests not yet decided that name a clause of the same
 * document and no other asset, the latest change first, at most 5. refs: JSON
 * array of the references of the clauses. */
int overlap_store_own(struct db *db, const struct overlap_ask *k,
    const char *refs, struct draft_row **rows, size_t *n, struct err *e);

#endif
