/*
 * Reading only. A list asks for one row more than a page, so the last page
 * knows that it is the last.
 */
#include "api/catalogue.h"

#include "api/page.h"
#include "api/view_catalogue.h"
#include "domain/audience.h"
#include "domain/document.h"
#include "domain/unit_tree.h"
#include "store/catalogue_store.h"

#define SEARCH_MAX 100
#define OWNERS_MAX 20

struct document_in {
	const char *key;
};

struct documents_in {
	const char *q;
	enum domain domain;
	bool asking;
	int64_t limit;
	const char *cursor;
};

struct assets_in {
	const char *q;
	bool mine;
	int64_t limit;
	const char *cursor;
};

struct owners_in {
	const char *q;
	int64_t limit;
};

/* clang-format off */
#define QUERY .flags = FIELD_QUERY

static const struct field document_in_fields[] = {
	F_STR(document_in, key, .flags = FIELD_PATH, .max = 32, .doc = "Key of the document"),
};
const struct schema document_in_schema = SCHEMA(document_in, document_in_fields, "Which document");

static const struct field documents_in_fields[] = {
	F_STR(documents_in, q, QUERY, .max = SEARCH_MAX, .doc = "Part of title or key"),
	F_ENUM(documents_in, domain, domain, QUERY, .doc = "Only documents of this domain"),
	F_BOOL(documents_in, asking, QUERY, .doc = "Only what is meant for the reader, as for a request"),
	PAGE_LIMIT(documents_in),
	PAGE_CURSOR(documents_in),
};
const struct schema documents_in_schema = SCHEMA(documents_in, documents_in_fields, "Which documents");

static const struct field assets_in_fields[] = {
	F_STR(assets_in, q, QUERY, .max = SEARCH_MAX, .doc = "Part of the name"),
	F_BOOL(assets_in, mine, QUERY, .doc = "Only assets the reader is the recorded owner of"),
	PAGE_LIMIT(assets_in),
	PAGE_CURSOR(assets_in),
};
const struct schema assets_in_schema = SCHEMA(assets_in, assets_in_fields, "Which assets");

static const struct field owners_in_fields[] = {
	F_STR(owners_in, q, QUERY, .max = SEARCH_MAX, .doc = "Start of the name"),
	F_I64(owners_in, limit, .flags = FIELD_QUERY | FIELD_NULLABLE, .min = 1, .max = OWNERS_MAX, .doc = "Rows, 20 when nothing is said"),
};
const struct schema owners_in_schema = SCHEMA(owners_in, owners_in_fields, "Which owners");
/* clang-format on */

int
documents_list(struct ctx *c, struct err *e)
{
	const struct documents_in *in = c->in;
	struct document_filter f = { .q = in->q, .domain = in->domain };
	size_t page = page_size(in->limit);
	struct cursor place;
	struct document_list out = { 0 };
	struct document_row *rows;

	if (page_place(c, "documents", in->cursor, &place, e) < 0)
		return -1;
	f.after = place.id;
	/* Who reads the register in full filters it by any document. */
	if (in->asking || !access_reads_full(&c->who))
		f.kinds = audience_kinds(&c->who, c->arena, &f.nkinds);
	if (catalogue_store_documents(c->db, c->arena, &f, &rows, &out.nitems,
		e) < 0)
		return -1;
	if (out.nitems > page) {
		out.nitems = page;
		out.next_cursor =
		    page_next(c, "documents", 0, rows[page - 1].id);
	}
	out.items = arena_array(c->arena, out.nitems, sizeof(*out.items));
	for (size_t i = 0; i < out.nitems; i++)
		out.items[i] = (struct document_brief){
			.key = rows[i].document_key,
			.title = rows[i].title,
			.kind = rows[i].kind,
			.domain = rows[i].domain,
			.version = rows[i].version,
			.clause_count = rows[i].clause_count,
			.exceptions_allowed = rows[i].exceptions_allowed,
		};
	return reply(c, 200, &out);
}

int
document_get(struct ctx *c, struct err *e)
{
	const struct document_in *in = c->in;
	struct document_row d;
	struct document_view out;
	const char **kinds;
	size_t nkinds;
	int found = catalogue_store_document(c->db, in->key, &d, e);

	if (found < 0)
		return -1;
	kinds =
	    words_split(c->arena, found > 0 ? d.distribution : NULL, &nkinds);
	if (found == 0 ||
	    (!access_reads_full(&c->who) &&
		!audience_admits(&c->who, kinds, nkinds)))
		return err_set(e, ERR_NOT_FOUND, "There is no such document.");
	out = (struct document_view){
		.key = d.document_key,
		.title = d.title,
		.kind = d.kind,
		.domain = d.domain,
		.version = d.version,
		.published_on = d.published_on,
		.owner = owner_ref_of(c->arena, I64_NONE, d.owner_name),
		.exceptions_allowed = d.exceptions_allowed,
		.max_term_days = d.max_term_days,
		.exception_note = d.exception_note,
		.distribution = kinds,
		.ndistribution = nkinds,
	};
	out.exception_types =
	    words_split(c->arena, d.exception_types, &out.nexception_types);
	if (catalogue_store_clauses(c->db, d.id, d.version, &out.clauses,
		&out.nclauses, e) < 0 ||
	    catalogue_store_sla(c->db, d.id, d.version, &out.sla, &out.nsla,
		e) < 0)
		return -1;
	return reply(c, 200, &out);
}

static struct asset_view
asset_of(const struct asset_row *r, struct arena *a)
{
	return (struct asset_view){
		.id = r->id,
		.name = r->name,
		.kind = r->kind,
		.criticality = r->criticality,
		.owner = owner_ref_of(a, r->owner_id, r->owner_name),
		.unit = unit_ref_of(a, r->unit_code, r->unit_name),
		.mine = r->mine,
	};
}

int
assets_list(struct ctx *c, struct err *e)
{
	const struct assets_in *in = c->in;
	struct asset_filter f = {
		.q = in->q,
		.mine = in->mine,
		.me = c->who.person_id,
	};
	size_t page = page_size(in->limit);
	struct cursor place;
	struct asset_list out = { 0 };
	struct asset_row *rows;

	if (page_place(c, "assets", in->cursor, &place, e) < 0)
		return -1;
	f.after = place.id;
	if (catalogue_store_assets(c->db, c->arena, &f, &rows, &out.nitems, e) <
	    0)
		return -1;
	if (out.nitems > page) {
		out.nitems = page;
		out.next_cursor = page_next(c, "assets", 0, rows[page - 1].id);
	}
	out.items = arena_array(c->arena, out.nitems, sizeof(*out.items));
	for (size_t i = 0; i < out.nitems; i++)
		out.items[i] = asset_of(&rows[i], c->arena);
	return reply(c, 200, &out);
}

int
units_list(struct ctx *c, struct err *e)
{
	struct unit_list out = { 0 };

	if (catalogue_store_units(c->db, &out.items, &out.nitems, e) < 0)
		return -1;
	unit_tree_sort(out.items, out.nitems, c->arena);
	return reply(c, 200, &out);
}

/* Who owns what is not told to plain staff: they find only themselves. */
static int
own_name(struct ctx *c, struct owner_list *out, struct err *e)
{
	struct profile me;
	int found = catalogue_store_profile(c->db, c->who.person_id, &me, e);

	if (found <= 0)
		return found;
	out->items = ARENA_NEW(c->arena, struct owner_row);
	out->items[0] = (struct owner_row){ me.id, me.name, me.unit_name };
	out->nitems = 1;
	return 0;
}

int
owners_list(struct ctx *c, struct err *e)
{
	const struct owners_in *in = c->in;
	size_t page = in->limit == I64_NONE ? OWNERS_MAX : (size_t)in->limit;
	struct owner_list out = { 0 };
	int done;

	done = access_reads_full(&c->who) ?
	    catalogue_store_owners(c->db, c->arena, in->q, &out.items,
		&out.nitems, e) :
	    own_name(c, &out, e);
	if (done < 0)
		return -1;
	if (out.nitems > page)
		out.nitems = page;
	return reply(c, 200, &out);
}
