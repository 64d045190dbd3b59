/*
 * The form asks while it is typed; the submission asks the same question
 * again and holds the request to it.
 */
#include "api/overlaps.h"

#include <string.h>

#include "store/overlap_store.h"
#include "json/json_write.h"

/* clang-format off */
static const struct field overlaps_in_fields[] = {
	F_STR(overlaps_in, exception, .flags = FIELD_QUERY, .max = 20, .doc = "Number of the request: not compared with itself; what it says is asked about when no document is given"),
	F_STR(overlaps_in, document, .flags = FIELD_QUERY, .max = 32, .doc = "Key of a document"),
	F_STR(overlaps_in, clauses, .flags = FIELD_QUERY, .max = 700, .doc = "References of its clauses with commas between"),
	F_I64(overlaps_in, asset, .flags = FIELD_QUERY | FIELD_NULLABLE, .min = 1, .max = INT64_C(9007199254740991), .doc = "The asset"),
	F_STR(overlaps_in, unit, .flags = FIELD_QUERY, .max = 32, .doc = "Code of the unit; that of the asset or of the reader when not given"),
};
const struct schema overlaps_in_schema = SCHEMA(overlaps_in, overlaps_in_fields, "What is asked for");

static const struct field overlap_item_fields[] = {
	F_STR(overlap_item, number, .doc = "Number"),
	F_STR(overlap_item, title, .doc = "One line"),
	F_ENUM(overlap_item, status, status, .doc = "Active, or waiting"),
	F_DATE(overlap_item, until, .flags = FIELD_NULLABLE, .doc = "Last day granted; asked for while it waits"),
	F_ENUM(overlap_item, match, overlap_match, .doc = "The same asset, or the same unit"),
	F_BOOL(overlap_item, may_join, .doc = "It holds now: the reader may use it instead of a second one"),
	F_BOOL(overlap_item, mine, .doc = "The reader asked for it"),
	F_BOOL(overlap_item, owes_reason, .doc = "A second one beside it owes a reason"),
};
const struct schema overlap_item_schema = SCHEMA(overlap_item, overlap_item_fields, "An exception that covers the same");

static const struct field overlaps_out_fields[] = {
	F_ARRAY(overlaps_out, items, overlap_item, .doc = "What covers a clause for the asset or the unit, at most 10"),
	F_ARRAY(overlaps_out, own, draft_row, .doc = "Own drafts and open requests about a clause of it and no other asset, at most 5"),
	F_BOOL(overlaps_out, reason_owed, .doc = "content.overlap_reason is owed"),
};
const struct schema overlaps_out_schema = SCHEMA(overlaps_out, overlaps_out_fields, "What is covered already");
/* clang-format on */

#define CLAUSES_MAX 20

static struct overlap_ask
ask_of(struct ctx *c, const struct exception *x, const struct resolved *r,
    const struct register_view *v)
{
	int64_t *roots = arena_array(c->arena, r->nclauses + 1, sizeof(*roots));

	for (size_t i = 0; i < r->nclauses; i++)
		roots[i] = r->clauses[i].root_id;
	return (struct overlap_ask){
		.exception_id = x->id,
		.previous_id = x->previous_id,
		.document_id = r->document.id,
		.clauses = roots,
		.nclauses = r->nclauses,
		.request = {
		    .asset_id = r->facts.asset_found ? r->asset.id : I64_NONE,
		    .unit_id = r->unit.id > 0 ? r->unit.id : I64_NONE,
		    .requester_id = c->who.person_id,
		},
		.view = v,
	};
}

int
overlap_resolve(struct ctx *c, const struct exception *x,
    const struct content *content, struct resolved *r, struct err *e)
{
	const struct register_view v =
	    register_view_of(c->arena, &c->who, c->today, c->app->notice_days);
	const struct overlap_ask k = ask_of(c, x, r, &v);
	struct overlap_row *rows = NULL;
	size_t n = 0;

	/* with its reason it owes nothing */
	if (content_says(content, "overlap_reason"))
		return 0;
	if (overlap_store_list(c->db, c->arena, &k, &rows, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		char day[11];

		if (!overlap_owes_reason(&rows[i],
			overlap_status(&rows[i], c->today, c->app->notice_days),
			&k.request))
			continue;
		date_format(rows[i].holds_until, day);
		r->facts.overlap =
		    arena_printf(c->arena, "%s already covers this until %s",
			exception_number(c->arena, rows[i].id), day);
		break;
	}
	return 0;
}

/* "4.1,4.2" into references. */
static void
split(struct arena *a, const char *list, struct content *content)
{
	const char *s = list != NULL ? list : "";

	content->clauses =
	    arena_array(a, CLAUSES_MAX, sizeof(*content->clauses));
	while (*s != '\0' && content->nclauses < CLAUSES_MAX) {
		size_t len = strcspn(s, ",");

		if (len > 0)
			content->clauses[content->nclauses++] =
			    arena_strndup(a, s, len);
		s += len + (s[len] == ',');
	}
}

/* What is asked about: as typed, or as the request says. */
static int
question(struct ctx *c, const struct overlaps_in *in, struct exception *x,
    struct content *content, struct err *e)
{
	struct loaded l;
	int64_t id = 0;

	schema_init(&content_schema, content);
	schema_init(&exception_schema, x);
	x->id = 0;
	if (in->exception != NULL) {
		if (exception_id_of(c, in->exception, &id, e) < 0 ||
		    exception_load(c, id, false, &l, e) < 0)
			return -1;
		if (l.sight != SIGHT_FULL)
			return err_set(e, ERR_FORBIDDEN,
			    "Only those who take part in this exception can "
			    "ask what it overlaps with.");
		*x = l.x;
		if (in->document == NULL) {
			*content = l.content;
			return 0;
		}
	}
	content->document = in->document;
	content->asset_id = in->asset;
	content->unit = in->unit;
	split(c->arena, in->clauses, content);
	return 0;
}

static void
fill_items(struct ctx *c, const struct overlap_ask *k,
    const struct overlap_row *rows, size_t n, struct overlaps_out *out)
{
	out->items = arena_array(c->arena, n, sizeof(*out->items));
	for (size_t i = 0; i < n; i++) {
		const struct overlap_row *row = &rows[i];
		enum status s =
		    overlap_status(row, c->today, c->app->notice_days);
		bool mine = row->requester_id == c->who.person_id;

		/* own ones that wait are told of beside these */
		if (!overlap_counts(s) ||
		    (mine && row->expires_on == DATE_NONE))
			continue;
		out->items[out->nitems++] = (struct overlap_item){
			.number = exception_number(c->arena, row->id),
			.title = row->title,
			.status = s,
			.until = row->expires_on != DATE_NONE ?
			    row->holds_until :
			    row->requested_until,
			.match = overlap_match_of(row, &k->request),
			.may_join = overlap_holds(s),
			.mine = mine,
			.owes_reason = overlap_owes_reason(row, s, &k->request),
		};
		out->reason_owed |= out->items[out->nitems - 1].owes_reason;
	}
}

/* The references as a JSON array. */
static const char *
refs_of(struct ctx *c, const struct resolved *r)
{
	struct json_writer w;
	struct buf b;

	buf_init(&b, c->arena);
	json_begin(&w, &b);
	json_array(&w, NULL);
	for (size_t i = 0; i < r->nclauses; i++)
		json_str(&w, NULL, r->clauses[i].ref);
	json_end(&w);
	json_finish(&w);
	return buf_text(&b);
}

int
overlaps_get(struct ctx *c, struct err *e)
{
	const struct register_view v =
	    register_view_of(c->arena, &c->who, c->today, c->app->notice_days);
	const struct procedure none = { 0 };
	struct overlaps_out out = { 0 };
	struct overlap_row *rows = NULL;
	struct overlap_ask k;
	struct exception x;
	struct content content;
	struct resolved r;
	size_t n = 0;

	if (question(c, c->in, &x, &content, e) < 0 ||
	    content_resolve(c, &content, &none, 0, &r, e) < 0)
		return -1;
	k = ask_of(c, &x, &r, &v);
	if (k.nclauses == 0)
		return reply(c, 200, &out);
	if (overlap_store_list(c->db, c->arena, &k, &rows, &n, e) < 0 ||
	    overlap_store_own(c->db, &k, refs_of(c, &r), &out.own, &out.nown,
		e) < 0)
		return -1;
	fill_items(c, &k, rows, n, &out);
	for (size_t i = 0; i < out.nown; i++)
		out.own[i].number = exception_number(c->arena, out.own[i].id);
	return reply(c, 200, &out);
}
