/*
 * The list carries what the screen needs to offer its orders: each one with
 * the reason when it is not there for these filters.
 */
#include "api/register.h"

#include "api/page.h"
#include "store/register_store.h"

struct sort_offer {
	enum register_sort key;
	bool available;
	const char *reason;
};

struct register_list {
	struct register_item *items;
	size_t nitems;
	const char *next_cursor;
	const char *prev_cursor;
	bool complete;
	struct sort_offer *sorts;
	size_t nsorts;
	instant_t as_of;
};

struct register_count {
	int64_t n;
	bool exact;
};

/* clang-format off */
#define NUMBER F_STR(register_item, number, .doc = "EX-2026-00042")
#define TITLE F_STR(register_item, title, .doc = "One line")
#define STATUS F_ENUM(register_item, status, status, .doc = "Computed from facts and dates on the day of the request")
#define DOCUMENT_KEY F_STR(register_item, document_key, .flags = FIELD_NULLABLE, .doc = "Document deviated from")
#define DOCUMENT_TITLE F_STR(register_item, document_title, .flags = FIELD_NULLABLE, .doc = "Its title")
#define CLAUSE F_STR(register_item, clause, .flags = FIELD_NULLABLE, .doc = "First clause deviated from")
#define UNIT_CODE F_STR(register_item, unit_code, .flags = FIELD_NULLABLE, .doc = "Unit affected first")
#define UNIT_NAME F_STR(register_item, unit_name, .flags = FIELD_NULLABLE, .doc = "Its name")
#define OWNER_ID F_I64(register_item, owner_id, .flags = FIELD_NULLABLE, .doc = "Who is accountable; null for staff, unless it is theirs")
#define OWNER_NAME F_STR(register_item, owner_name, .flags = FIELD_NULLABLE, .doc = "Their name")
#define RISK F_I64(register_item, risk, .flags = FIELD_NULLABLE, .doc = "Residual risk, likelihood times impact; null for staff, unless it is theirs")
#define BAND F_ENUM(register_item, band, risk_band, .flags = FIELD_NULLABLE, .doc = "Band of the risk")
#define CAUSE F_ENUM(register_item, cause, cause, .flags = FIELD_NULLABLE, .doc = "Why it is needed")
#define SUBMITTED_AT F_TIME(register_item, submitted_at, .flags = FIELD_NULLABLE, .doc = "When it was sent for approval")
#define EFFECTIVE_ON F_DATE(register_item, effective_on, .flags = FIELD_NULLABLE, .doc = "First day")
#define EXPIRES_ON F_DATE(register_item, expires_on, .flags = FIELD_NULLABLE, .doc = "Last day granted")
#define REQUESTED_UNTIL F_DATE(register_item, requested_until, .flags = FIELD_NULLABLE, .doc = "Last day asked for")
#define UPDATED_AT F_TIME(register_item, updated_at, .doc = "Last change")
#define SLA_BREACHED_DAYS F_I64(register_item, sla_breached_days, .flags = FIELD_NULLABLE, .doc = "Days past the SLA when submitted")
#define UNDOCUMENTED F_BOOL(register_item, undocumented, .doc = "Imported; its content is still to be completed")
#define CONFIDENTIAL F_BOOL(register_item, confidential, .doc = "Only some people see it")

static const struct field register_item_fields[] = {
	NUMBER, TITLE, STATUS, DOCUMENT_KEY, DOCUMENT_TITLE, CLAUSE, UNIT_CODE, UNIT_NAME, OWNER_ID, OWNER_NAME,
	RISK, BAND, CAUSE, SUBMITTED_AT, EFFECTIVE_ON, EXPIRES_ON, REQUESTED_UNTIL, UPDATED_AT, SLA_BREACHED_DAYS,
	CONFIDENTIAL, UNDOCUMENTED,
};
const struct schema register_item_schema = SCHEMA(register_item, register_item_fields, "One line of the register");

static const struct field register_csv_fields[] = {
	NUMBER, TITLE, STATUS, DOCUMENT_KEY, DOCUMENT_TITLE, CLAUSE, UNIT_CODE, UNIT_NAME, OWNER_NAME, RISK, BAND,
	CAUSE, SUBMITTED_AT, EFFECTIVE_ON, EXPIRES_ON, REQUESTED_UNTIL, SLA_BREACHED_DAYS, UPDATED_AT,
};
const struct schema register_csv_schema = SCHEMA(register_item, register_csv_fields, "One line of the CSV file");

static const struct field sort_offer_fields[] = {
	F_ENUM(sort_offer, key, register_sort, .doc = "Order"),
	F_BOOL(sort_offer, available, .doc = "It may be asked for with these filters"),
	F_STR(sort_offer, reason, .flags = FIELD_NULLABLE, .doc = "Why not, in words"),
};
static const struct schema sort_offer_schema = SCHEMA(sort_offer, sort_offer_fields, "One order of the register");

static const struct field register_list_fields[] = {
	F_ARRAY(register_list, items, register_item, .doc = "Exceptions in the order asked for"),
	F_STR(register_list, next_cursor, .flags = FIELD_NULLABLE, .doc = "Where the next page starts; null on the last one"),
	F_STR(register_list, prev_cursor, .flags = FIELD_NULLABLE, .doc = "Always null: pages go forward"),
	F_BOOL(register_list, complete, .doc = "false: few rows match, the page ends where the search stopped; go on with next_cursor"),
	F_ARRAY(register_list, sorts, sort_offer, .doc = "The orders there are"),
	F_TIME(register_list, as_of, .doc = "When it was read"),
};
const struct schema register_list_schema = SCHEMA(register_list, register_list_fields, "A page of the register");

static const struct field register_count_fields[] = {
	F_I64(register_count, n, .doc = "Number of exceptions, at most 10000"),
	F_BOOL(register_count, exact, .doc = "false: there are at least this many"),
};
const struct schema register_count_schema = SCHEMA(register_count, register_count_fields, "How long the list is");
/* clang-format on */

struct register_item
register_item_of(struct arena *a, const struct register_view *v,
    const struct register_row *row)
{
	bool open = register_row_is_open(v, row);

	return (struct register_item){
		.number = exception_number(a, row->id),
		.title = row->title,
		.status = register_status(v, row),
		.document_key = row->document_key,
		.document_title = row->document_title,
		.clause = row->clause,
		.unit_code = row->unit_code,
		.unit_name = row->unit_name,
		.owner_id = open ? row->owner_id : I64_NONE,
		.owner_name = open ? row->owner_name : NULL,
		.risk = open && row->risk > 0 ? row->risk : I64_NONE,
		.band = open ? risk_band_of(row->risk) : RISK_BAND__INVALID,
		.cause = row->cause,
		.submitted_at = row->submitted_at,
		.effective_on = row->effective_on,
		.expires_on = row->expires_on,
		.requested_until = row->requested_until,
		.updated_at = row->updated_at,
		.sla_breached_days = row->sla_breached_days,
		.confidential = row->confidential,
		.undocumented = row->undocumented,
	};
}

static int
place_of(struct ctx *c, const struct register_in *in,
    const struct register_filter *f, struct register_from *from, struct err *e)
{
	struct cursor at;

	*from = (struct register_from){ .strategy = REGISTER_SCAN };
	if (in->cursor == NULL)
		return 0;
	if (cursor_decode(c->arena, in->cursor, &at) < 0 ||
	    at.hash != register_hash(f) ||
	    at.strategy >= REGISTER_STRATEGY__MAX ||
	    !register_place_is_valid(f->sort, at.key, at.id))
		return err_field(e, c->arena, "?cursor",
		    "belongs to another list; start from the first page");
	from->mark = (struct register_mark){ true, at.key, at.id };
	from->strategy = (enum register_strategy)at.strategy;
	return 0;
}

static const char *
next_of(struct ctx *c, const struct register_filter *f,
    const struct register_page *page)
{
	const struct cursor at = {
		.strategy = (uint8_t)page->next.strategy,
		.key = page->next.mark.key,
		.id = page->next.mark.id,
		.hash = register_hash(f),
	};

	return page->more ? cursor_encode(c->arena, &at) : NULL;
}

static struct sort_offer *
offers(struct ctx *c, const struct register_filter *f,
    const struct register_view *v, size_t *n)
{
	struct sort_offer *all =
	    arena_array(c->arena, REGISTER_SORT__MAX, sizeof(*all));

	*n = 0;
	for (int i = REGISTER_SORT__INVALID + 1; i < REGISTER_SORT__MAX; i++) {
		enum register_sort sort = (enum register_sort)i;
		const char *reason = register_sort_reason(f, v, sort);

		all[(*n)++] =
		    (struct sort_offer){ sort, reason == NULL, reason };
	}
	return all;
}

int
register_list(struct ctx *c, struct err *e)
{
	const struct register_in *in = c->in;
	const struct register_source source = { c->db, c->names, c->arena,
		REGISTER_GLANCE };
	struct register_list out = { .as_of = c->now };
	struct register_page page;
	struct register_filter f;
	struct register_view v;
	struct register_from from;

	if (register_ask(c, in, &f, &v, e) < 0 ||
	    place_of(c, in, &f, &from, e) < 0 ||
	    register_store_page(&source, &f, &v, &from,
		(int64_t)page_size(in->limit), &page, e) < 0)
		return -1;
	out.items = arena_array(c->arena, page.nrows, sizeof(*out.items));
	for (size_t i = 0; i < page.nrows; i++)
		out.items[out.nitems++] =
		    register_item_of(c->arena, &v, &page.rows[i]);
	out.next_cursor = next_of(c, &f, &page);
	out.complete = page.complete;
	out.sorts = offers(c, &f, &v, &out.nsorts);
	return reply(c, 200, &out);
}

int
register_count(struct ctx *c, struct err *e)
{
	struct register_count out = { 0 };
	struct register_filter f;
	struct register_view v;

	if (register_ask(c, c->in, &f, &v, e) < 0 ||
	    register_store_count(c->db, c->arena, &f, &v, &out.n, &out.exact,
		e) < 0)
		return -1;
	return reply(c, 200, &out);
}
