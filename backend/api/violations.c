/*
 * The supervisor is read from the directory before the transaction: the
 * reporter's manager, or, when it names none, the person the reporter names.
 * Report and notices are one transaction.
 */
#include "api/violations.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/directory_answer.h"
#include "api/page.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "domain/violation.h"
#include "store/catalogue_store.h"
#include "store/number_store.h"
#include "store/role_store.h"
#include "store/session_store.h"
#include "store/violation_store.h"

struct violation_view {
	struct violation *violation;
	const char **told;
	size_t ntold;
};

struct violation_page {
	struct violation *items;
	size_t nitems;
	const char *next_cursor;
	bool all;
	bool reads_all;
};

/* clang-format off */
static const struct field violation_in_fields[] = {
	F_STR(violation_in, what, .flags = FIELD_REQUIRED, .min = VIOLATION_WHAT_MIN, .max = VIOLATION_WHAT_MAX, .doc = "What was found, in words"),
	F_STR(violation_in, unit, .flags = FIELD_NULLABLE, .max = 32, .doc = "Code of the unit where it is"),
	F_STR(violation_in, document, .flags = FIELD_NULLABLE, .max = 32, .doc = "Key of the document it deviates from"),
	F_STRS(violation_in, clauses, .flags = FIELD_OMIT, .max = VIOLATION_CLAUSES_MAX, .doc = "References of its clauses"),
	F_DATE(violation_in, known_on, .flags = FIELD_REQUIRED, .doc = "Day it was known"),
	F_STR(violation_in, supervisor, .flags = FIELD_NULLABLE, .max = 128, .doc = "User name of your immediate supervisor; needed when the directory names none"),
};
const struct schema violation_in_schema = SCHEMA(violation_in, violation_in_fields, "A report of a violation");

static const struct field violation_view_fields[] = {
	F_OBJECT(violation_view, violation, violation, .doc = "What was reported"),
	F_STRS(violation_view, told, .doc = "Who was told just now"),
};
const struct schema violation_view_schema = SCHEMA(violation_view, violation_view_fields, "A violation as one may read it");

static const struct field violation_list_in_fields[] = {
	F_BOOL(violation_list_in, mine, .flags = FIELD_QUERY, .doc = "Only one's own reports, and those one was told of as the supervisor"),
	PAGE_LIMIT(violation_list_in), PAGE_CURSOR(violation_list_in),
};
const struct schema violation_list_in_schema = SCHEMA(violation_list_in, violation_list_in_fields, "A page of violations");

static const struct field violation_page_fields[] = {
	F_ARRAY(violation_page, items, violation, .doc = "Newest first"),
	F_STR(violation_page, next_cursor, .flags = FIELD_NULLABLE, .doc = "Where the next page starts; null on the last one"),
	F_BOOL(violation_page, all, .doc = "false: only one's own"),
	F_BOOL(violation_page, reads_all, .doc = "The reader may read all of them"),
};
const struct schema violation_list_schema = SCHEMA(violation_page, violation_page_fields, "Reported violations");

static const struct field violation_path_fields[] = {
	F_STR(violation_path, number, .flags = FIELD_PATH | FIELD_REQUIRED, .max = 20, .doc = "Number, such as V-2026-00042"),
};
const struct schema violation_path_schema = SCHEMA(violation_path, violation_path_fields, "Path of a violation");
/* clang-format on */

#define LIST "violations"

/* What was found before the transaction. */
struct preparation {
	int64_t id;
	bool found;             /* the supervisor */
	bool named;             /* by the reporter */
	const char *wrong_with; /* why not, for "/supervisor" */
	struct directory_person supervisor;
};

/* By the directory's manager. 0, or -1 with e set. */
static int
find_manager(struct ctx *c, struct preparation *p, struct err *e)
{
	struct directory_person me = { 0 };
	enum directory_result r = directory_person_by_id(c->directory, c->arena,
	    c->who.directory_id, &me, e);

	p->wrong_with = "is missing: the directory names no manager for you";
	if (r == DIRECTORY_OK && me.manager_dn != NULL)
		r = directory_person_by_dn(c->directory, c->arena,
		    me.manager_dn, &p->supervisor, e);
	else if (r == DIRECTORY_OK)
		r = DIRECTORY_NOT_FOUND;
	p->found = r == DIRECTORY_OK && !p->supervisor.disabled;
	return r == DIRECTORY_DOWN ? directory_answer(r, "person", e) : 0;
}

static int
find_named(struct ctx *c, const char *name, struct preparation *p,
    struct err *e)
{
	enum directory_result r = directory_person_find(c->directory, c->arena,
	    name, &p->supervisor, e);

	p->found = p->named = r == DIRECTORY_OK;
	p->wrong_with = "is not a person of the directory: write the name "
			"they sign in with";
	if (p->found && p->supervisor.disabled) {
		p->found = false;
		p->wrong_with = "has left: name who supervises you now";
	} else if (p->found &&
	    strcmp(p->supervisor.id, c->who.directory_id) == 0) {
		p->found = false;
		p->wrong_with = "cannot be yourself";
	}
	return r == DIRECTORY_DOWN ? directory_answer(r, "person", e) : 0;
}

int
violation_prepare(struct ctx *c, struct err *e)
{
	const struct violation_in *in = c->in;
	struct preparation *p = ARENA_NEW(c->arena, struct preparation);
	int result;

	c->prepared = p;
	directory_deadline_begin(c->directory);
	result = find_manager(c, p, e);
	/* who knows better than the directory is not asked (C-25) */
	if (result == 0 && !p->found && utf8_says(in->supervisor))
		result = find_named(c, in->supervisor, p, e);
	directory_deadline_end(c->directory);
	if (result < 0 || !p->found)
		return result;
	return number_store_violation(c->db, date_to_civil(c->today).year,
	    &p->id, e);
}

static int
check_where(struct ctx *c, const struct violation_in *in, struct violation *v,
    struct err *e)
{
	struct document_row document;
	struct clause *all = NULL;
	struct unit_row unit;
	size_t n = 0;
	int found = 1;

	v->unit_id = v->document_id = I64_NONE;
	if (in->unit != NULL) {
		found = catalogue_store_unit(c->db, in->unit, &unit, e);
		if (found < 0)
			return -1;
		v->unit_id = found == 1 ? unit.id : I64_NONE;
		if (found == 0)
			err_field(e, c->arena, "/unit", "is not a unit");
	}
	if (in->document == NULL) {
		if (in->nclauses > 0)
			err_field(e, c->arena, "/clauses",
			    "need the document that they belong to");
		return 0;
	}
	found = catalogue_store_document(c->db, in->document, &document, e);
	if (found == 0)
		err_field(e, c->arena, "/document",
		    "is not a published document");
	if (found <= 0)
		return found;
	v->document_id = document.id;
	if (in->nclauses > 0 &&
	    catalogue_store_clauses(c->db, document.id, document.version, &all,
		&n, e) < 0)
		return -1;
	for (size_t i = 0; i < in->nclauses; i++) {
		bool known = false;

		for (size_t j = 0; j < n; j++)
			known =
			    known || strcmp(all[j].ref, in->clauses[i]) == 0;
		if (!known)
			err_field(e, c->arena,
			    arena_printf(c->arena, "/clauses/%zu", i),
			    "is not a clause of this document");
	}
	return 0;
}

static const char *
lines_of(struct ctx *c, const struct violation_in *in)
{
	struct buf b;

	buf_init(&b, c->arena);
	for (size_t i = 0; i < in->nclauses; i++)
		buf_printf(&b, "%s%s", i > 0 ? "\n" : "", in->clauses[i]);
	return in->nclauses > 0 ? buf_text(&b) : NULL;
}

static int
check(struct ctx *c, const struct violation_in *in, struct violation *v,
    struct err *e)
{
	const struct preparation *p = c->prepared;

	if (in->known_on > c->today)
		err_field(e, c->arena, "/known_on", "is in the future");
	if (!p->found)
		err_field(e, c->arena, "/supervisor", "%s", p->wrong_with);
	if (check_where(c, in, v, e) < 0)
		return -1;
	return e->kind == ERR_NONE ? 0 : -1;
}

static int
put_supervisor(struct ctx *c, const struct preparation *p, int64_t *id,
    struct err *e)
{
	const struct directory_person *s = &p->supervisor;
	const struct person_seen seen = { s->id, s->uid, s->dn, s->name,
		s->mail, s->title, s->department, s->manager_dn, c->now };

	return person_store_put(c->db, &seen, id, e);
}

static int
tell(struct ctx *c, const struct violation *v, int64_t person_id, struct err *e)
{
	unsigned char id[16];

	uuid7(c->now, id);
	return violation_store_tell(c->db, v, person_id, id, e);
}

/* The supervisor, and who looks after reports; the reporter not. */
static int
tell_all(struct ctx *c, const struct violation *v, const char *supervisor,
    struct violation_view *out, struct err *e)
{
	struct owner_row *holders = NULL;
	size_t n = 0;

	if (role_holder_store_list(c->db, c->app->violation_role, c->today,
		&holders, &n, e) < 0 ||
	    tell(c, v, v->supervisor_id, e) < 0)
		return -1;
	out->told = arena_array(c->arena, n + 1, sizeof(*out->told));
	out->told[out->ntold++] = supervisor;
	for (size_t i = 0; i < n; i++) {
		if (holders[i].id == v->reporter_id ||
		    holders[i].id == v->supervisor_id)
			continue;
		if (tell(c, v, holders[i].id, e) < 0)
			return -1;
		out->told[out->ntold++] = holders[i].name;
	}
	return 0;
}

static int
find_row(struct ctx *c, int64_t id, struct violation *v, struct err *e)
{
	int found = violation_store_find(c->db, id, v, e);

	if (found == 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such violation.");
	if (found < 0)
		return -1;
	v->number = violation_number(c->arena, v->id);
	return 0;
}

int
violation_create(struct ctx *c, struct err *e)
{
	const struct violation_in *in = c->in;
	const struct preparation *p = c->prepared;
	struct violation v = { .id = p->id,
		.reporter_id = c->who.person_id,
		.what = in->what,
		.known_on = in->known_on,
		.filed_at = c->now };
	struct violation_view out = { .violation = &v };
	struct audit_fact fact = { .action = "violation.report",
		.object_type = "violation",
		.row_version = -1,
		.content_version = -1 };

	c->audit_action = fact.action;
	if (check(c, in, &v, e) < 0)
		return -1;
	v.clauses = lines_of(c, in);
	v.supervisor_named = p->named;
	if (put_supervisor(c, p, &v.supervisor_id, e) < 0 ||
	    violation_store_add(c->db, &v, e) < 0 ||
	    tell_all(c, &v, p->supervisor.name, &out, e) < 0)
		return -1;
	fact.object_id = v.id;
	fact.object = violation_number(c->arena, v.id);
	fact.detail = arena_printf(c->arena, "Told: %s and %zu more",
	    p->supervisor.name, out.ntold - 1);
	if (audit_add(c, &fact, e) < 0 || find_row(c, v.id, &v, e) < 0)
		return -1;
	response_header(c->res, "Location",
	    arena_printf(c->arena, "/api/v1/violations/%s", v.number));
	return reply(c, 201, &out);
}

/* Who holds the role that looks after reports, for they are told of each,
 * and auditors without a scope. */
static bool
reads_all(const struct ctx *c)
{
	for (size_t i = 0; i < c->who.ngrants; i++) {
		const struct grant *g = &c->who.grants[i];

		if (strcmp(g->role, c->app->violation_role) == 0 ||
		    (g->role_class == ROLE_CLASS_AUDITOR && g->unit_id == 0 &&
			g->domain == 0 && g->document_id == 0))
			return true;
	}
	return false;
}

int
violation_list(struct ctx *c, struct err *e)
{
	const struct violation_list_in *in = c->in;
	size_t limit = page_size(in->limit);
	int64_t want = (int64_t)limit + 1;
	struct violation_page out = { .reads_all = reads_all(c) };
	struct cursor place;
	int64_t before;
	int result;

	out.all = out.reads_all && !in->mine;
	if (page_place(c, LIST, in->cursor, &place, e) < 0)
		return -1;
	before = place.id > 0 ? place.id : INT64_MAX;
	if (out.all)
		result = violation_store_list(c->db, before, want, &out.items,
		    &out.nitems, e);
	else
		result = violation_store_list_of(c->db, c->who.person_id,
		    before, want, &out.items, &out.nitems, e);
	if (result < 0)
		return -1;
	if (out.nitems > limit) {
		out.nitems = limit;
		out.next_cursor =
		    page_next(c, LIST, 0, out.items[limit - 1].id);
	}
	for (size_t i = 0; i < out.nitems; i++)
		out.items[i].number =
		    violation_number(c->arena, out.items[i].id);
	return reply(c, 200, &out);
}

int
violation_get(struct ctx *c, struct err *e)
{
	const struct violation_path *in = c->in;
	struct violation v = { 0 };
	struct violation_view out = { .violation = &v };
	int64_t id = 0;

	if (violation_number_parse(in->number, &id) < 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such violation.");
	if (find_row(c, id, &v, e) < 0)
		return -1;
	if (v.reporter_id != c->who.person_id &&
	    v.supervisor_id != c->who.person_id && !reads_all(c))
		return err_set(e, ERR_NOT_FOUND, "There is no such violation.");
	return reply(c, 200, &out);
}
