/* A day asked for begins and ends in the zone of the organisation. */
#include "api/audit_list.h"

#include <string.h>

#include "api/page.h"
#include "base/token.h"
#include "domain/exception.h"
#include "store/audit_list_store.h"

struct audit_list_in {
	const char *actor;
	const char *action;
	const char *object;
	enum audit_result result;
	date_t from;
	date_t to;
	int64_t limit;
	const char *cursor;
};

struct audit_item {
	const char *id;
	instant_t at;
	const char *actor;
	const char *action;
	const char *object_type;
	const char *object;
	enum audit_result result;
	const char *detail;
	const char *address;
};

struct audit_list {
	struct audit_item *items;
	size_t nitems;
	const char *next_cursor;
	bool complete;
};

/* clang-format off */
static const struct field audit_list_in_fields[] = {
	F_STR(audit_list_in, actor, .flags = FIELD_QUERY, .max = 200, .doc = "Sign-in name or full name of a person"),
	F_STR(audit_list_in, action, .flags = FIELD_QUERY, .max = 40, .doc = "Action, as exception.submit"),
	F_STR(audit_list_in, object, .flags = FIELD_QUERY, .max = 20, .doc = "Number of an exception"),
	F_ENUM(audit_list_in, result, audit_result, .flags = FIELD_QUERY, .doc = "What was done, or what was refused"),
	F_DATE(audit_list_in, from, .flags = FIELD_QUERY, .doc = "From the beginning of this day"),
	F_DATE(audit_list_in, to, .flags = FIELD_QUERY, .doc = "To the end of this day"),
	PAGE_LIMIT(audit_list_in),
	PAGE_CURSOR(audit_list_in),
};
const struct schema audit_list_in_schema = SCHEMA(audit_list_in, audit_list_in_fields, "Which events");

static const struct field audit_item_fields[] = {
	F_STR(audit_item, id, .doc = "Of the event"),
	F_TIME(audit_item, at, .doc = "When, by the clock of the database"),
	F_STR(audit_item, actor, .doc = "Who"),
	F_STR(audit_item, action, .doc = "What"),
	F_STR(audit_item, object_type, .doc = "To what kind of thing"),
	F_STR(audit_item, object, .doc = "To which one; may be empty"),
	F_ENUM(audit_item, result, audit_result, .doc = "Done, or refused"),
	F_STR(audit_item, detail, .doc = "One sentence; may be empty"),
	F_STR(audit_item, address, .doc = "From where"),
};
static const struct schema audit_item_schema = SCHEMA(audit_item, audit_item_fields, "One event");

static const struct field audit_list_fields[] = {
	F_ARRAY(audit_list, items, audit_item, .doc = "Events, newest first"),
	F_STR(audit_list, next_cursor, .flags = FIELD_NULLABLE, .doc = "Where the next page starts; null on the last one"),
	F_BOOL(audit_list, complete, .doc = "false: few events match, the page ends where the search stopped; go on with next_cursor"),
};
const struct schema audit_list_schema = SCHEMA(audit_list, audit_list_fields, "A page of the audit trail");
/* clang-format on */

/* The first instant of a day; date_of_instant() never goes back. */
static instant_t
start_of(date_t day)
{
	instant_t before = (day - 2) * US_PER_DAY;
	instant_t after = (day + 2) * US_PER_DAY;

	while (after - before > 1) {
		instant_t middle = before + (after - before) / 2;

		if (date_of_instant(middle) < day)
			before = middle;
		else
			after = middle;
	}
	return after;
}

static int
ask_actor(struct ctx *c, const struct audit_list_in *in, struct audit_filter *f,
    struct err *e)
{
	int found;

	if (in->actor == NULL)
		return 0;
	found = audit_list_store_actor(c->db, in->actor, &f->actor_id, e);
	if (found == 0)
		err_field(e, c->arena, "?actor",
		    "is nobody's sign-in name or full name");
	if (found > 1)
		err_field(e, c->arena, "?actor",
		    "is the name of several people; use the sign-in name");
	return found < 0 ? -1 : 0;
}

static int
ask(struct ctx *c, const struct audit_list_in *in, struct audit_filter *f,
    struct err *e)
{
	*f = (struct audit_filter){
		.action = in->action,
		.result = in->result,
		.from = in->from != DATE_NONE ? start_of(in->from) : TIME_NONE,
		.to = in->to != DATE_NONE ? start_of(in->to + 1) : TIME_NONE,
	};
	if (ask_actor(c, in, f, e) < 0)
		return -1;
	if (in->object != NULL &&
	    exception_number_parse(in->object, &f->exception_id) < 0)
		err_field(e, c->arena, "?object",
		    "is not the number of an exception");
	if (in->from != DATE_NONE && in->to != DATE_NONE && in->from > in->to)
		err_field(e, c->arena, "?to", "is before the first day");
	return e->kind == ERR_NONE ? 0 : -1;
}

static uint64_t
hash_of(const struct audit_filter *f)
{
	uint64_t h = hash_i64(HASH_START, f->actor_id);

	h = hash_str(h, f->action);
	h = hash_i64(h, f->exception_id);
	h = hash_i64(h, f->result);
	h = hash_i64(h, f->from);
	return hash_i64(h, f->to);
}

static const char *
next_of(struct ctx *c, const struct audit_filter *f,
    const struct audit_page *page)
{
	struct cursor at = { .key = page->next.at, .hash = hash_of(f) };
	unsigned char id[16];

	if (!page->more || hex_decode(page->next.id, id, 16) < 0)
		return NULL;
	memcpy(&at.id, id, 8);
	memcpy(&at.id_low, id + 8, 8);
	return cursor_encode(c->arena, &at);
}

static int
place_of(struct ctx *c, const struct audit_list_in *in,
    const struct audit_filter *f, struct audit_place *place, struct err *e)
{
	struct cursor at;
	unsigned char id[16];
	char *hex = arena_alloc(c->arena, 33);

	if (cursor_decode(c->arena, in->cursor, &at) < 0 ||
	    at.hash != hash_of(f) || at.key < 0 ||
	    at.key > DATE_MAX * US_PER_DAY)
		return err_field(e, c->arena, "?cursor",
		    "belongs to another list; start from the first page");
	memcpy(id, &at.id, 8);
	memcpy(id + 8, &at.id_low, 8);
	hex_encode(id, 16, hex);
	*place = (struct audit_place){ hex, at.key };
	return 0;
}

/*
 * An administrator, or an auditor of a part, sees that something was done to
 * a confidential exception, not what was said of it (M-13).
 */
static const char *
detail_for(const struct ctx *c, const struct audit_event_row *r)
{
	return r->confidential && !access_reads_all(&c->who) ? "Confidential" :
							       r->detail;
}

static void
fill(struct ctx *c, const struct audit_page *page, struct audit_list *out)
{
	out->items = arena_array(c->arena, page->nrows, sizeof(*out->items));
	out->nitems = page->nrows;
	for (size_t i = 0; i < page->nrows; i++) {
		const struct audit_event_row *r = &page->rows[i];

		out->items[i] = (struct audit_item){
			.id = r->id,
			.at = r->at,
			.actor = r->actor,
			.action = r->action,
			.object_type = r->object_type,
			.object = r->object,
			.result = r->refused ? AUDIT_REFUSED : AUDIT_DONE,
			.detail = detail_for(c, r),
			.address = r->address,
		};
	}
}

int
audit_list(struct ctx *c, struct err *e)
{
	const struct audit_list_in *in = c->in;
	struct audit_list out = { 0 };
	struct audit_filter f;
	struct audit_place place;
	struct audit_page page;

	if (ask(c, in, &f, e) < 0 ||
	    (in->cursor != NULL && place_of(c, in, &f, &place, e) < 0) ||
	    audit_list_store_page(c->db, c->arena, &f,
		in->cursor != NULL ? &place : NULL,
		(int64_t)page_size(in->limit), &page, e) < 0)
		return -1;
	fill(c, &page, &out);
	out.next_cursor = next_of(c, &f, &page);
	out.complete = page.complete;
	return reply(c, 200, &out);
}
