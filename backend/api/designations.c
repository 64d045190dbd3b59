/*
 * Naming a person for a role, from a day to a day. The person is read from
 * the directory before the transaction; nobody names themselves.
 */
#include <string.h>

#include "api/acts_view.h"
#include "api/audit_trail.h"
#include "api/directory_answer.h"
#include "api/page.h"
#include "api/scope_input.h"
#include "base/utf8.h"
#include "store/acts_store.h"

static void
finish(struct ctx *c, struct designation *d)
{
	const struct period p = { d->from_on, d->until_on };

	d->etag = etag_text(c->arena, d->row_version, 0);
	d->state = act_state_of(&p, d->ended_at != TIME_NONE, c->today);
}

static int
list_past(struct ctx *c, const struct acts_in *in, struct designation_list *out,
    struct err *e)
{
	size_t page = page_size(in->limit);
	struct cursor place;

	if (page_place(c, "designations", in->cursor, &place, e) < 0 ||
	    designation_store_past(c->db, place.id > 0 ? place.id : INT64_MAX,
		c->today, page + 1, &out->items, &out->nitems, e) < 0)
		return -1;
	if (out->nitems <= page)
		return 0;
	out->nitems = page;
	out->next_cursor =
	    page_next(c, "designations", 0, out->items[page - 1].id);
	return 0;
}

int
designation_list(struct ctx *c, struct err *e)
{
	const struct acts_in *in = c->in;
	struct designation_list out = { 0 };
	int rc = in->past ?
	    list_past(c, in, &out, e) :
	    designation_store_list(c->db, c->today, &out.items, &out.nitems, e);

	if (rc < 0)
		return -1;
	for (size_t i = 0; i < out.nitems; i++)
		finish(c, &out.items[i]);
	return reply(c, 200, &out);
}

int
designation_prepare(struct ctx *c, struct err *e)
{
	const struct designation_in *in = c->in;
	struct directory_person *p =
	    ARENA_NEW(c->arena, struct directory_person);

	c->audit_action = "designation.create";
	c->audit_object = in->person;
	c->prepared = p;
	if (person_named(c, in->person, "/person", p, e) < 0)
		return -1;
	if (strcmp(p->id, c->who.directory_id) == 0)
		return err_set(e, ERR_FORBIDDEN,
		    "You cannot designate yourself. Ask another "
		    "administrator.");
	return 0;
}

/* Faults of scope and days are named together. */
static int
resolve(struct ctx *c, struct designation_new *d, const char **role_title,
    struct err *e)
{
	const struct designation_in *in = c->in;
	const struct scope_named named = { in->role, in->unit, in->domain,
		in->document };
	struct scope_ids ids;

	if (scope_resolve(c, &named, &ids, e) < 0 && e->kind != ERR_INVALID)
		return -1;
	period_check(&d->period, c->today, c->arena, e);
	if (e->kind != ERR_NONE)
		return -1;
	d->unit_id = ids.unit_id;
	d->domain = ids.domain;
	d->document_id = ids.document_id;
	*role_title = ids.role_title;
	return 0;
}

static const char *
in_words(struct ctx *c, const char *name, const char *role,
    const struct period *p)
{
	char from[11], until[11] = "";

	date_format(p->from_on, from);
	if (p->until_on != DATE_NONE)
		date_format(p->until_on, until);
	return arena_printf(c->arena, "%s is %s from %s%s%s", name, role, from,
	    until[0] != '\0' ? " until " : "", until);
}

static int
reply_designation(struct ctx *c, int64_t id, struct err *e)
{
	struct designation d;
	int found = designation_store_find(c->db, id, &d, e);

	if (found < 0)
		return -1;
	if (found == 0)
		return err_set(e, ERR_INTERNAL, "The designation is missing.");
	finish(c, &d);
	reply_etag(c, d.row_version, 0);
	return reply(c, 201, &d);
}

int
designation_create(struct ctx *c, struct err *e)
{
	const struct designation_in *in = c->in;
	const struct directory_person *p = c->prepared;
	struct designation_new d = {
		.role = in->role,
		.period = { in->from_on, in->until_on },
		.note = !utf8_says(in->note) ? NULL : in->note,
		.now = c->now,
		.created_by = c->who.person_id,
	};
	struct audit_fact fact = { .action = "designation.create",
		.object_type = "designation",
		.object = p->name };
	const char *role_title = NULL;
	bool exists = false;

	if (resolve(c, &d, &role_title, e) < 0 ||
	    person_keep(c, p, &d.person_id, e) < 0 ||
	    designation_store_exists(c->db, &d, &exists, e) < 0)
		return -1;
	if (exists)
		return err_set(e, ERR_CONFLICT,
		    "They hold this role by name already on some of these "
		    "days, with the same scope. End that designation first.");
	if (designation_store_add(c->db, &d, &fact.object_id, e) < 0)
		return -1;
	fact.detail = in_words(c, p->name, role_title, &d.period);
	if (audit_add(c, &fact, e) < 0)
		return -1;
	return reply_designation(c, fact.object_id, e);
}

int
designation_end(struct ctx *c, struct err *e)
{
	const struct act_path *in = c->in;
	struct designation d;
	struct audit_fact fact = { .action = "designation.end",
		.object_type = "designation",
		.object_id = in->id };
	int found;

	c->audit_action = fact.action;
	found = designation_store_find(c->db, in->id, &d, e);
	if (found < 0)
		return -1;
	if (found == 0)
		return err_set(e, ERR_NOT_FOUND,
		    "There is no such designation.");
	finish(c, &d);
	c->audit_object = d.name;
	if (etag_check(c, d.row_version, 0, e) < 0)
		return -1;
	if (d.state == ACT_PAST)
		return err_set(e, ERR_CONFLICT, "It is over already.");
	if (designation_store_end(c->db, d.id, d.row_version, c->who.person_id,
		c->now, e) < 0)
		return -1;
	fact.object = d.name;
	fact.detail =
	    arena_printf(c->arena, "%s is %s no more", d.name, d.role_title);
	if (audit_add(c, &fact, e) < 0)
		return -1;
	return reply_empty(c);
}
