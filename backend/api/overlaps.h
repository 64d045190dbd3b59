/* What already covers what somebody asks for. */
#ifndef EXREG_API_OVERLAPS_H
#define EXREG_API_OVERLAPS_H

#include "api/exception_load.h"
#include "domain/overlap.h"

/* GET /overlaps */
struct overlaps_in {
	const char
	    *exception; /* left out; and asked about, without a document */
	const char *document; /* key */
	const char *clauses;  /* references with commas between */
	int64_t asset;
	const char *unit; /* code */
};
extern const struct schema overlaps_in_schema;

struct overlap_item {
	const char *number;
	const char *title;
	enum status status;
	date_t until; /* granted, or asked for while it waits */
	enum overlap_match match;
	bool may_join; /* it holds now */
	bool mine;
	bool owes_reason;
};
extern const struct schema overlap_item_schema;

struct overlaps_out {
	struct overlap_item *items;
	size_t nitems;
	struct draft_row *own;
	size_t nown;
	bool reason_owed;
};
extern const struct schema overlaps_out_schema;

int overlaps_get(struct ctx *c, struct err *e);

/*
 * Before a form is checked: sets r->facts.overlap when content x (as
 * resolved) owes the reason for a second exception. At most one statement.
 * Returns 0, or -1 with e set.
 */
int overlap_resolve(struct ctx *c, const struct exception *x,
    const struct content *content, struct resolved *r, struct err *e);

#endif
