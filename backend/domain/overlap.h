/*
 * Exceptions that already cover what a request asks for. Pure; the rows come
 * from store/overlap_store.
 */
#ifndef EXREG_DOMAIN_OVERLAP_H
#define EXREG_DOMAIN_OVERLAP_H

#include "domain/exception.h"
#include "domain/status.h"

/* Shown at once. */
#define OVERLAPS_MAX 10

/* What it shares beside the clause. */
enum overlap_match {
	OVERLAP_MATCH__INVALID,
	OVERLAP_ASSET,
	OVERLAP_UNIT,
	OVERLAP_MATCH__MAX
};
extern const char *const overlap_match_names[OVERLAP_MATCH__MAX];

/* One that shares a clause and asset or unit, as the statement gives it. */
struct overlap_row {
	int64_t id;
	int64_t fact;
	const char *title;
	int64_t asset_id; /* I64_NONE: none */
	int64_t unit_id;
	int64_t requester_id;
	date_t effective_on;
	date_t requested_until;
	date_t expires_on;
	date_t holds_until;
};
extern const struct schema overlap_row_schema;

/* What is asked for, and by whom. */
struct overlap_request {
	int64_t asset_id; /* I64_NONE: none */
	int64_t unit_id;
	int64_t requester_id;
};

/* Status on that day. */
enum status overlap_status(const struct overlap_row *row, date_t today,
    int notice_days);

/* It covers something, or may once it is decided. */
bool overlap_counts(enum status s);

/* It holds now: whoever needs it may use it. */
bool overlap_holds(enum status s);

/* OVERLAP_ASSET for the same asset, else OVERLAP_UNIT. */
enum overlap_match overlap_match_of(const struct overlap_row *row,
    const struct overlap_request *r);

/*
 * A second one needs a reason: it holds now, for the same asset, or for the
 * same unit when neither names an asset; and the same person asked for it,
 * or the same unit has it.
 */
bool overlap_owes_reason(const struct overlap_row *row, enum status s,
    const struct overlap_request *r);

#endif
