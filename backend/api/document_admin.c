/*
 * What is being written is one JSON text beside the document; publishing
 * turns it into clauses, which nobody can change. Workers keep the names of
 * documents, so every change moves their epoch (store/names.h).
 */
#include "api/document_admin.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/document_admin_view.h"
#include "api/page.h"
#include "store/catalogue_store.h"
#include "store/document_store.h"
#include "json/json_read.h"
#include "json/json_write.h"

static const char *
or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

static int
no_document(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, "There is no such document.");
}

int
document_records(struct ctx *c, struct err *e)
{
	const struct document_records_in *in = c->in;
	struct document_record_filter f = { .q = in->q, .state = in->state };
	size_t page = page_size(in->limit);
	struct document_records_out out = { 0 };
	struct document_record *rows;
	struct cursor place;

	if (page_place(c, "document-records", in->cursor, &place, e) < 0)
		return -1;
	f.after = place.id;
	if (document_store_records(c->db, c->arena, &f, &rows, &out.nitems, e) <
	    0)
		return -1;
	if (out.nitems > page) {
		out.nitems = page;
		out.next_cursor =
		    page_next(c, "document-records", 0, rows[page - 1].id);
	}
	out.items = arena_array(c->arena, out.nitems, sizeof(*out.items));
	for (size_t i = 0; i < out.nitems; i++)
		out.items[i] = (struct document_record_brief){
			.key = rows[i].document_key,
			.title = rows[i].title,
			.kind = rows[i].kind,
			.domain = rows[i].domain,
			.state = rows[i].state,
			.version = or_null(rows[i].version),
			.draft_version = rows[i].draft_version,
			.published_on = rows[i].published_on,
			.exceptions_allowed = rows[i].exceptions_allowed,
			.owner_name = rows[i].owner_name,
		};
	return reply(c, 200, &out);
}

/* The text of a published version, from its rows. */
static int
load_text(struct ctx *c, int64_t id, const char *version,
    struct document_text **out, struct err *e)
{
	struct document_text *t = ARENA_NEW(c->arena, struct document_text);
	struct clause *rows = NULL;

	if (catalogue_store_clauses(c->db, id, version, &rows, &t->nclauses,
		e) < 0 ||
	    catalogue_store_sla(c->db, id, version, &t->sla, &t->nsla, e) < 0)
		return -1;
	t->version = version;
	t->clauses = arena_array(c->arena, t->nclauses, sizeof(*t->clauses));
	for (size_t i = 0; i < t->nclauses; i++)
		t->clauses[i] = (struct document_clause){ rows[i].ref,
			rows[i].title, rows[i].text };
	*out = t;
	return 0;
}

/* What was stored was checked, so a fault is ours. */
static int
parse_draft(struct ctx *c, const struct document_record *r,
    struct document_text *out, struct err *e)
{
	const struct json *v;

	v = json_parse(c->arena, r->draft_body, strlen(r->draft_body), e);
	if (v == NULL ||
	    json_read_struct(c->arena, v, &document_text_schema, out, "", e) <
		0)
		return err_set(e, ERR_INTERNAL,
		    "A stored document cannot be read.");
	return 0;
}

static const char *
print_text(struct arena *a, const struct document_text *t)
{
	struct json_writer w;
	struct buf b;

	buf_init(&b, a);
	json_begin(&w, &b);
	json_struct(&w, NULL, &document_text_schema, t);
	json_finish(&w);
	return buf_text(&b);
}

static int
load_draft(struct ctx *c, const struct document_record *r,
    struct document_draft_view **out, struct err *e)
{
	struct document_draft_view *d;

	*out = NULL;
	if (r->draft_version == NULL)
		return 0;
	d = ARENA_NEW(c->arena, struct document_draft_view);
	d->text = ARENA_NEW(c->arena, struct document_text);
	d->saved_at = r->draft_saved_at;
	d->saved_by = r->draft_saved_by;
	*out = d;
	return parse_draft(c, r, d->text, e);
}

static int
reply_record(struct ctx *c, int status, const char *key, struct err *e)
{
	struct document_record r;
	struct document_record_view out;
	int found = document_store_record(c->db, key, &r, e);

	if (found <= 0)
		return found < 0 ? -1 : no_document(e);
	out = (struct document_record_view){
		.key = r.document_key,
		.row_version = r.row_version,
		.etag = etag_text(c->arena, r.row_version, 0),
		.title = r.title,
		.kind = r.kind,
		.domain = r.domain,
		.state = r.state,
		.version = or_null(r.version),
		.published_on = r.published_on,
		.exceptions_allowed = r.exceptions_allowed,
		.exception_note = r.exception_note,
		.max_term_days = r.max_term_days,
	};
	out.exception_types =
	    words_split(c->arena, r.exception_types, &out.nexception_types);
	out.distribution =
	    words_split(c->arena, r.distribution, &out.ndistribution);
	if (r.owner_uid != NULL) {
		out.owner = ARENA_NEW(c->arena, struct document_owner);
		*out.owner =
		    (struct document_owner){ r.owner_uid, r.owner_name };
	}
	if (document_store_versions(c->db, r.id, &out.versions, &out.nversions,
		e) < 0 ||
	    document_store_kinds(c->db, &out.kinds, &out.nkinds, e) < 0 ||
	    load_draft(c, &r, &out.draft, e) < 0 ||
	    (out.version != NULL &&
		load_text(c, r.id, out.version, &out.text, e) < 0))
		return -1;
	reply_etag(c, r.row_version, 0);
	return reply(c, status, &out);
}

int
document_record_get(struct ctx *c, struct err *e)
{
	const struct document_record_in *in = c->in;

	return reply_record(c, 200, in->key, e);
}

int
document_version_get(struct ctx *c, struct err *e)
{
	const struct document_version_in *in = c->in;
	struct document_text *out = NULL;
	struct document_record r;
	bool has = false;
	int found = document_store_record(c->db, in->key, &r, e);

	if (found <= 0)
		return found < 0 ? -1 : no_document(e);
	if (document_store_has_version(c->db, r.id, in->version, &has, e) < 0)
		return -1;
	if (!has)
		return err_set(e, ERR_NOT_FOUND, "There is no such version.");
	return load_text(c, r.id, in->version, &out, e) < 0 ?
	    -1 :
	    reply(c, 200, out);
}

/* The columns of what was sent; all faults are named together. */
static int
take_rules(struct ctx *c, struct document_columns *out, struct err *e)
{
	const struct document_save_in *in = c->in;
	const struct document_rules rules = {
		.title = in->title,
		.exceptions_allowed = in->exceptions_allowed,
		.exception_note = in->exception_note,
		.exception_types = in->exception_types,
		.nexception_types = in->nexception_types,
		.distribution = in->distribution,
		.ndistribution = in->ndistribution,
	};
	struct role_row *kinds = NULL;
	size_t nkinds = 0;
	int found = 1;

	*out = (struct document_columns){ .key = in->key,
		.title = in->title,
		.kind = in->kind,
		.domain = in->domain,
		.owner_id = I64_NONE,
		.exceptions_allowed = in->exceptions_allowed,
		.exception_note = or_null(in->exception_note),
		.max_term_days = in->max_term_days };
	if (document_store_kinds(c->db, &kinds, &nkinds, e) < 0)
		return -1;
	if (or_null(in->owner) != NULL)
		found =
		    catalogue_store_person(c->db, in->owner, &out->owner_id, e);
	if (found < 0)
		return -1;
	document_rules_check(&rules, kinds, nkinds, c->arena, e);
	if (found == 0)
		err_field(e, c->arena, "/owner",
		    "is not a person the register knows");
	out->exception_types =
	    words_join(c->arena, in->exception_types, in->nexception_types);
	out->distribution =
	    words_join(c->arena, in->distribution, in->ndistribution);
	return e->kind == ERR_NONE ? 0 : -1;
}

static int
say(struct ctx *c, const char *key, int64_t row_version, const char *detail,
    struct err *e)
{
	const struct audit_fact fact = { .action = c->audit_action,
		.object_type = "document",
		.object_id = I64_NONE,
		.object = key,
		.detail = detail,
		.row_version = row_version,
		.content_version = -1 };

	if (audit_add(c, &fact, e) < 0)
		return -1;
	return document_store_names_moved(c->db, e);
}

int
document_create(struct ctx *c, struct err *e)
{
	const struct document_save_in *in = c->in;
	struct document_columns d;
	int added;

	c->audit_action = "document.create";
	c->audit_object = in->key;
	if (!document_key_fits(in->key))
		err_field(e, c->arena, "/key",
		    "is made of capital letters, digits, dots and hyphens");
	if (take_rules(c, &d, e) < 0)
		return -1;
	added = document_store_add(c->db, &d, e);
	if (added == 0)
		return err_field(e, c->arena, "/key",
		    "is taken by another document");
	if (added < 0 || say(c, in->key, 1, in->title, e) < 0)
		return -1;
	return reply_record(c, 201, in->key, e);
}

/* The document, locked, as the person has seen it. */
static int
lock(struct ctx *c, const char *action, const char *key,
    struct document_record *r, struct err *e)
{
	c->audit_action = action;
	c->audit_object = key;
	if (document_store_lock(c->db, key, r, e) < 0)
		return -1;
	return etag_check(c, r->row_version, 0, e);
}

/* What of the exception rules an auditor should see at a glance. */
static const char *
rules_in_words(struct ctx *c, const struct document_columns *d)
{
	if (!d->exceptions_allowed)
		return arena_printf(c->arena, "%s: no exceptions", d->title);
	return arena_printf(c->arena,
	    "%s: exceptions allowed, longest term %s, types %s, for %s",
	    d->title,
	    d->max_term_days == I64_NONE ? "none" :
					   arena_printf(c->arena, "%lld days",
					       (long long)d->max_term_days),
	    d->exception_types != NULL ? d->exception_types : "all",
	    d->distribution != NULL ? d->distribution : "everybody");
}

int
document_save(struct ctx *c, struct err *e)
{
	const struct document_save_in *in = c->in;
	struct document_record r;
	struct document_columns d;

	if (lock(c, "document.save", in->key, &r, e) < 0 ||
	    take_rules(c, &d, e) < 0 ||
	    document_store_update(c->db, &r, &d, e) < 0 ||
	    say(c, r.document_key, r.row_version + 1, rules_in_words(c, &d),
		e) < 0)
		return -1;
	return reply_record(c, 200, r.document_key, e);
}

int
document_write(struct ctx *c, struct err *e)
{
	const struct document_write_in *in = c->in;
	const struct document_text *t = in->text;
	struct document_record r;
	struct err faults = { 0 };
	bool has = false;

	if (lock(c, "document.write", in->key, &r, e) < 0 ||
	    document_store_has_version(c->db, r.id, t->version, &has, e) < 0)
		return -1;
	document_text_check(t, c->arena, &faults);
	if (has)
		err_field(&faults, c->arena, "/version",
		    "is published already: give this one another name");
	/* The faults speak of the text; the request has it under /text. */
	for (size_t i = 0; i < faults.nfields; i++)
		err_field(e, c->arena,
		    arena_printf(c->arena, "/text%s", faults.fields[i].pointer),
		    "%s", faults.fields[i].detail);
	if (e->kind != ERR_NONE ||
	    document_store_draft(c->db, r.id, t->version,
		print_text(c->arena, t), c->now, c->who.person_id, e) < 0 ||
	    document_store_touch(c->db, &r, e) < 0 ||
	    say(c, r.document_key, r.row_version + 1,
		arena_printf(c->arena, "Version %s, not published yet",
		    t->version),
		e) < 0)
		return -1;
	return reply_record(c, 201, r.document_key, e);
}

/* What was written, or else what was retired as it was. */
static int
publish(struct ctx *c, const struct document_record *r, struct err *e)
{
	struct document_text t = { 0 };

	if (r->draft_version == NULL && r->state == DOCUMENT_DRAFT)
		return err_set(e, ERR_STEP_REFUSED,
		    "There is nothing to publish yet. Write its clauses "
		    "first.");
	if (r->draft_version == NULL && r->state == DOCUMENT_PUBLISHED)
		return err_set(e, ERR_STEP_REFUSED,
		    "Nothing was written since it was published. Write the "
		    "next version first.");
	if (r->draft_version == NULL)
		return document_store_state(c->db, r, DOCUMENT_PUBLISHED,
		    r->version, r->published_on, e);
	if (parse_draft(c, r, &t, e) < 0 ||
	    document_store_publish(c->db, r->id, &t, c->today, c->who.person_id,
		e) < 0 ||
	    document_store_draft(c->db, r->id, NULL, NULL, c->now,
		c->who.person_id, e) < 0)
		return -1;
	return document_store_state(c->db, r, DOCUMENT_PUBLISHED, t.version,
	    c->today, e);
}

static int
retire(struct ctx *c, const struct document_record *r, struct err *e)
{
	if (r->state != DOCUMENT_PUBLISHED)
		return err_set(e, ERR_STEP_REFUSED,
		    "Only a published document can be retired.");
	return document_store_state(c->db, r, DOCUMENT_RETIRED, r->version,
	    r->published_on, e);
}

int
document_step(struct ctx *c, struct err *e)
{
	const struct document_step_in *in = c->in;
	bool publishes = in->action == DOCUMENT_PUBLISH;
	const char *version;
	struct document_record r;

	if (lock(c, publishes ? "document.publish" : "document.retire", in->key,
		&r, e) < 0 ||
	    (publishes ? publish(c, &r, e) : retire(c, &r, e)) < 0)
		return -1;
	version =
	    publishes && r.draft_version != NULL ? r.draft_version : r.version;
	if (say(c, r.document_key, r.row_version + 1,
		arena_printf(c->arena, "Version %s of %s", version, r.title),
		e) < 0)
		return -1;
	return reply_record(c, 200, r.document_key, e);
}
