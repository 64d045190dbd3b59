/* How cases like this one were decided before (M-24, M-30). */
#ifndef EXREG_API_PRECEDENTS_H
#define EXREG_API_PRECEDENTS_H

#include "api/exceptions.h"
#include "domain/precedent.h"

/* GET /exceptions/{number}/precedents */
struct precedent_item {
	const char *number;
	const char *title;
	enum precedent_match match;
	const char **clauses; /* references it shares */
	size_t nclauses;
	const char *document_key;
	const char *document_title;
	enum outcome outcome;
	instant_t decided_at;
	int64_t risk;
	enum risk_band band;
	int64_t days_granted;
	date_t expires_on;
	const char **conditions;
	size_t nconditions;
	const char *reason;
	const char *precedent_reason;
	enum status status; /* what happened next: its status today */
};
extern const struct schema precedent_item_schema;

struct precedents_out {
	struct precedent_item *items;
	size_t nitems;
	int64_t approved; /* of the newest PRECEDENT_SAMPLE of the same clause */
	int64_t denied;
	int64_t median_days;
	enum verdict departs_if;
};
extern const struct schema precedents_out_schema;

int precedents_get(struct ctx *c, struct err *e);

/*
 * A decision that departs from its precedents owes a line why: a field error
 * at "/precedent_reason" when it is not given. One statement, for approve and
 * deny only. Returns 0 (also with that error), or -1 with e set when the
 * precedents cannot be read.
 */
int precedents_check(struct ctx *c, const struct loaded *l,
    const struct decision_in *in, struct err *e);

#endif
