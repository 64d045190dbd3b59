/*
 * The owner or the requester says what the procedure's form asks; it becomes
 * a content version like any other. Dates and outcome are facts of the
 * record: whatever the content says of them, the record's own are kept.
 */
#include "api/documentation.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/exceptions.h"
#include "crypto/crypto.h"
#include "domain/search.h"
#include "store/exception_store.h"
#include "store/import_store.h"

/* clang-format off */
static const struct field documentation_in_fields[] = {
	F_STR(documentation_in, number, .flags = FIELD_PATH | FIELD_REQUIRED, .max = 20, .doc = "Number, such as EX-2026-00042"),
	F_OBJECT(documentation_in, content, content, .flags = FIELD_REQUIRED, .doc = "The whole content; the dates of the record stay"),
};
const struct schema documentation_in_schema = SCHEMA(documentation_in, documentation_in_fields, "What an imported exception is about");
/* clang-format on */

static int
check_may(struct ctx *c, const struct loaded *l, struct err *e)
{
	if (!l->facts.is_owner && !l->facts.is_requester)
		return err_set(e, ERR_FORBIDDEN,
		    "Only the owner and the requester can complete it.");
	if (!l->x.undocumented)
		return err_set(e, ERR_STEP_REFUSED,
		    "It is documented. What it says now changes with a "
		    "renewal.");
	if (etag_check(c, l->x.row_version, l->x.content_version, e) < 0) {
		err_clear(e);
		return exception_stale(c, &l->x, e);
	}
	return 0;
}

/* Days that have passed are no fault of a record that began long ago: the
 * form is asked as if the term were today, and the fix apart. */
static int
check_content(struct ctx *c, const struct loaded *l, const struct resolved *r,
    struct err *e)
{
	struct content asked = l->content;

	if (asked.requested_from != DATE_NONE)
		asked.requested_from = c->today;
	asked.requested_until = c->today;
	if (asked.fix_on != DATE_NONE)
		asked.fix_on = c->today;
	if (l->content.fix_on != DATE_NONE &&
	    l->content.requested_until != DATE_NONE &&
	    l->content.fix_on > l->content.requested_until)
		err_field(e, c->arena, "/content/fix_on",
		    "is after the last day: the fix must come before the "
		    "exception ends");
	form_check(&asked, &l->procedure, &r->facts, c->today, c->arena, e);
	return e->kind == ERR_NONE ? 0 : -1;
}

/* The record's own term, under the names of the form. */
static void
keep_term(struct loaded *l)
{
	const struct exception *x = &l->x;
	bool asks = procedure_field(&l->procedure, "requested_from") != NULL;

	l->content.requested_from = asks ? x->requested_from : DATE_NONE;
	l->content.requested_until = x->requested_until;
}

static int
save(struct ctx *c, struct loaded *l, const struct resolved *r, struct err *e)
{
	const struct exception was = l->x;
	unsigned char hash[SHA256_LEN];
	struct submission s = { .content = &l->content,
		.hash = hash,
		.clauses = r->clauses,
		.nclauses = r->nclauses,
		.unit_ids = r->unit_ids,
		.nunit_ids = r->nunit_ids,
		.actor_id = c->who.person_id,
		.action = "document" };
	const char *texts[4];

	exception_fill_columns(c, l, r);
	l->x.submitted_at = was.submitted_at;
	l->x.requested_from = was.requested_from;
	l->x.requested_until = was.requested_until;
	l->x.content_version++;
	s.json = content_print(c->arena, &l->content);
	sha256(s.json, strlen(s.json), hash);
	texts[0] = exception_number(c->arena, l->x.id);
	texts[1] = l->x.title;
	texts[2] = c->who.name;
	texts[3] = l->content.justification;
	s.words = search_words(c->arena, texts, 4);
	s.public_chars = search_public_chars(c->arena, texts, 2);
	if (import_store_documented(c->db, l->x.id, e) < 0)
		return -1;
	return exception_store_submit(c->db, &l->x, &s, c->now, e);
}

int
exception_document(struct ctx *c, struct err *e)
{
	const struct documentation_in *in = c->in;
	struct audit_fact fact = { .action = "exception.document",
		.object_type = "exception" };
	struct resolved r;
	struct loaded l;
	int64_t id = 0;

	c->audit_action = fact.action;
	if (exception_id_of(c, in->number, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 || check_may(c, &l, e) < 0)
		return -1;
	l.content = *in->content;
	keep_term(&l);
	if (content_resolve(c, &l.content, &l.procedure, 0, &r, e) < 0 ||
	    check_content(c, &l, &r, e) < 0 || save(c, &l, &r, e) < 0)
		return -1;
	fact.object_id = id;
	fact.object = in->number;
	fact.detail = "Documented; dates and outcome as before.";
	fact.row_version = l.x.row_version;
	fact.content_version = l.x.content_version;
	if (audit_add(c, &fact, e) < 0)
		return -1;
	return exception_reply_fresh(c, 200, id, e);
}
