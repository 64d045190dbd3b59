/* The rules of overlap; the statement has matched the clauses before. */
#include "domain/overlap.h"

/* clang-format off */
const char *const overlap_match_names[OVERLAP_MATCH__MAX] = { NULL, "asset", "unit" };

#define NULLABLE .flags = FIELD_NULLABLE
static const struct field overlap_row_fields[] = {
	F_I64(overlap_row, id, .doc = "Exception"),
	F_I64(overlap_row, fact, .doc = "Stored facts folded"),
	F_STR(overlap_row, title, .doc = "One line"),
	F_I64(overlap_row, asset_id, NULLABLE, .doc = "Asset"),
	F_I64(overlap_row, unit_id, NULLABLE, .doc = "Unit it is for"),
	F_I64(overlap_row, requester_id, .doc = "Who asked"),
	F_DATE(overlap_row, effective_on, NULLABLE, .doc = "First day"),
	F_DATE(overlap_row, requested_until, NULLABLE, .doc = "Last day asked for"),
	F_DATE(overlap_row, expires_on, NULLABLE, .doc = "Last day granted"),
	F_DATE(overlap_row, holds_until, .doc = "Last day it may hold"),
};
const struct schema overlap_row_schema = SCHEMA(overlap_row, overlap_row_fields, "An exception that may cover the same");
/* clang-format on */

enum status
overlap_status(const struct overlap_row *row, date_t today, int notice_days)
{
	const struct status_facts f = { row->fact, row->effective_on,
		row->holds_until };

	return status_of(&f, today, notice_days);
}

bool
overlap_holds(enum status s)
{
	return s == STATUS_ACTIVE || s == STATUS_EXPIRING;
}

bool
overlap_counts(enum status s)
{
	return overlap_holds(s) || s == STATUS_SCHEDULED ||
	    s == STATUS_IN_REVIEW || s == STATUS_RETURNED;
}

enum overlap_match
overlap_match_of(const struct overlap_row *row, const struct overlap_request *r)
{
	return r->asset_id != I64_NONE && row->asset_id == r->asset_id ?
	    OVERLAP_ASSET :
	    OVERLAP_UNIT;
}

bool
overlap_owes_reason(const struct overlap_row *row, enum status s,
    const struct overlap_request *r)
{
	bool same_unit = r->unit_id != I64_NONE && row->unit_id == r->unit_id;

	/* both without an asset are the same here: the unit is what counts */
	if (!overlap_holds(s) || row->asset_id != r->asset_id)
		return false;
	if (r->asset_id == I64_NONE && !same_unit)
		return false;
	return same_unit || row->requester_id == r->requester_id;
}
