/* The register: its list, its count, and what both may be asked. */
#ifndef EXREG_API_REGISTER_H
#define EXREG_API_REGISTER_H

#include "api/ctx.h"
#include "domain/register.h"

/* The query string; an export takes no limit and no cursor, a count no
 * order either. */
struct register_in {
	const char *status;
	const char *document;
	const char *clause;
	const char *unit;
	const char *owner;
	int64_t risk_min;
	int64_t risk_max;
	enum cause cause;
	date_t expires_from;
	date_t expires_to;
	bool undocumented;
	const char *q;
	const char *sort;
	int64_t limit;
	const char *cursor;
};
extern const struct schema register_in_schema;
extern const struct schema register_count_in_schema;
extern const struct schema register_export_in_schema;

/* One row on the wire; flat, so that a table shows it as it is. */
struct register_item {
	const char *number;
	const char *title;
	enum status status;
	const char *document_key;
	const char *document_title;
	const char *clause;
	const char *unit_code;
	const char *unit_name;
	int64_t owner_id;
	const char *owner_name;
	int64_t risk;
	enum risk_band band;
	enum cause cause;
	instant_t submitted_at;
	date_t effective_on;
	date_t expires_on;
	date_t requested_until;
	instant_t updated_at;
	int64_t sla_breached_days;
	bool confidential;
	bool undocumented;
};
extern const struct schema register_item_schema;

/* The columns of the CSV file, over struct register_item. */
extern const struct schema register_csv_schema;

extern const struct schema register_list_schema;
extern const struct schema register_count_schema;

/* A row as this person may see it. */
struct register_item register_item_of(struct arena *a,
    const struct register_view *v, const struct register_row *row);

/*
 * What the query string asks, of this person. All faults are collected.
 * Returns 0, or -1 with ERR_INVALID.
 */
int register_ask(struct ctx *c, const struct register_in *in,
    struct register_filter *f, struct register_view *v, struct err *e);

/* GET /api/v1/exceptions */
int register_list(struct ctx *c, struct err *e);

/* GET /api/v1/exceptions/count */
int register_count(struct ctx *c, struct err *e);

#endif
