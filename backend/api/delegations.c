/*
 * Who acts for whom while they are away: made by them, or for them by an
 * administrator. Both people, and the groups of who is away, are read from
 * the directory before the transaction.
 */
#include <string.h>

#include "api/acts_view.h"
#include "api/audit_trail.h"
#include "api/directory_answer.h"
#include "api/page.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "store/acts_store.h"
#include "store/role_store.h"
#include "store/session_store.h"

#define SEARCH_MAX 20

/* What the directory said, and what is asked for. */
struct delegation_read {
	struct directory_person from;
	struct directory_person to;
	const char *groups; /* of who is away */
	struct delegation_ask ask;
	const char *note;
};

static void
finish(struct ctx *c, struct delegation *d)
{
	const struct period p = { d->from_on, d->until_on };

	d->etag = etag_text(c->arena, d->row_version, 0);
	d->state = act_state_of(&p, d->ended_at != TIME_NONE, c->today);
}

static int
list_past(struct ctx *c, const struct acts_in *in, struct delegation_list *out,
    struct err *e)
{
	size_t page = page_size(in->limit);
	struct cursor place;

	if (page_place(c, "delegations", in->cursor, &place, e) < 0 ||
	    delegation_store_past(c->db, place.id > 0 ? place.id : INT64_MAX,
		c->today, page + 1, &out->items, &out->nitems, e) < 0)
		return -1;
	if (out->nitems <= page)
		return 0;
	out->nitems = page;
	out->next_cursor =
	    page_next(c, "delegations", 0, out->items[page - 1].id);
	return 0;
}

int
delegation_list(struct ctx *c, struct err *e)
{
	const struct acts_in *in = c->in;
	struct delegation_list out = { 0 };
	int rc = in->past ?
	    list_past(c, in, &out, e) :
	    delegation_store_list(c->db, c->today, &out.items, &out.nitems, e);

	if (rc < 0)
		return -1;
	for (size_t i = 0; i < out.nitems; i++)
		finish(c, &out.items[i]);
	return reply(c, 200, &out);
}

int
own_delegation_list(struct ctx *c, struct err *e)
{
	struct own_delegations out = { 0 };

	if (delegation_store_given(c->db, c->who.person_id, &out.given,
		&out.ngiven, e) < 0 ||
	    delegation_store_received(c->db, c->who.person_id, &out.received,
		&out.nreceived, e) < 0)
		return -1;
	for (size_t i = 0; i < out.ngiven; i++)
		finish(c, &out.given[i]);
	for (size_t i = 0; i < out.nreceived; i++)
		finish(c, &out.received[i]);
	return reply(c, 200, &out);
}

/* Group ids of who is away, comma-separated. */
static int
read_groups(struct ctx *c, struct delegation_read *r, struct err *e)
{
	struct directory_group *groups = NULL;
	struct buf ids;
	size_t n = 0;
	enum directory_result found = directory_groups_of(c->directory,
	    c->arena, r->from.dn, &groups, &n, e);

	if (directory_answer(found, "person", e) < 0)
		return -1;
	buf_init(&ids, c->arena);
	for (size_t i = 0; i < n; i++)
		buf_printf(&ids, "%s%s", i > 0 ? "," : "", groups[i].id);
	r->groups = buf_text(&ids);
	return 0;
}

/* from NULL: the reader. */
static int
read_people(struct ctx *c, const char *from, const char *to,
    struct delegation_read *r, struct err *e)
{
	int rc;

	directory_deadline_begin(c->directory);
	if (from != NULL)
		rc = person_named(c, from, "/from", &r->from, e);
	else
		rc = directory_answer(directory_person_by_id(c->directory,
					  c->arena, c->who.directory_id,
					  &r->from, e),
		    "person", e);
	if (rc == 0)
		rc = person_named(c, to, "/to", &r->to, e);
	if (rc == 0)
		rc = read_groups(c, r, e);
	directory_deadline_end(c->directory);
	return rc;
}

static const char *
note_of(const char *note)
{
	return !utf8_says(note) ? NULL : note;
}

int
delegation_prepare(struct ctx *c, struct err *e)
{
	const struct delegation_in *in = c->in;
	struct delegation_read *r = ARENA_NEW(c->arena, struct delegation_read);

	c->audit_action = "delegation.create";
	c->audit_object = in->from;
	c->prepared = r;
	r->ask.role = in->role;
	r->ask.period = (struct period){ in->from_on, in->until_on };
	r->note = note_of(in->note);
	return read_people(c, in->from, in->to, r, e);
}

int
own_delegation_prepare(struct ctx *c, struct err *e)
{
	const struct own_delegation_in *in = c->in;
	struct delegation_read *r = ARENA_NEW(c->arena, struct delegation_read);

	c->audit_action = "delegation.create";
	c->audit_object = c->who.uid;
	c->prepared = r;
	r->ask.role = in->role;
	r->ask.period = (struct period){ in->from_on, in->until_on };
	r->note = note_of(in->note);
	return read_people(c, NULL, in->to, r, e);
}

static bool
is_asked(const struct delegation_ask *ask, enum role_class class,
    const char *role)
{
	return class == ROLE_CLASS_APPROVER &&
	    (ask->role == NULL || strcmp(ask->role, role) == 0);
}

/*
 * How many roles would pass on: those of who is away, by their groups just
 * now and by name. The mirror learns the former, since lists go by it.
 */
static int
count_roles(struct ctx *c, const struct delegation_read *r, size_t *roles,
    struct err *e)
{
	struct session_row *rows = NULL;
	struct act_row *acts = NULL;
	size_t n = 0, nacts = 0;

	*roles = 0;
	if (session_store_grants(c->db, r->groups, &rows, &n, e) < 0 ||
	    acts_store_of(c->db, r->ask.from_person_id, c->today, c->now, &acts,
		&nacts, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!is_asked(&r->ask, rows[i].role_class, rows[i].role))
			continue;
		++*roles;
		if (role_holder_store_put(c->db, rows[i].mapping_id,
			r->ask.from_person_id, c->now, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < nacts; i++)
		*roles += acts[i].kind == ACT_DESIGNATED &&
		    is_asked(&r->ask, acts[i].role_class, acts[i].role);
	return 0;
}

/* Nothing to pass on: said where it can be mended. */
static int
no_role(struct ctx *c, const struct delegation_ask *ask, struct err *e)
{
	if (ask->role != NULL)
		return err_field(e, c->arena, "/role",
		    "is not a role that decides and is held by who is away");
	if (ask->from_person_id == c->who.person_id)
		return err_set(e, ERR_FORBIDDEN,
		    "You hold no role of your own that decides. What you hold "
		    "for somebody else you cannot pass on.");
	return err_field(e, c->arena, "/from", "holds no role that decides");
}

static int
check(struct ctx *c, const struct delegation_read *r, struct err *e)
{
	const struct delegation_ask *ask = &r->ask;
	struct delegation *live = NULL;
	size_t n = 0, roles = 0;

	if (delegation_store_near(c->db, ask->from_person_id, ask->to_person_id,
		ask->period.from_on, &live, &n, e) < 0 ||
	    delegation_check(ask, live, n, c->today, c->arena, e) < 0 ||
	    count_roles(c, r, &roles, e) < 0)
		return -1;
	return roles > 0 ? 0 : no_role(c, ask, e);
}

static int
reply_delegation(struct ctx *c, int64_t id, struct err *e)
{
	struct delegation d;
	int found = delegation_store_find(c->db, id, &d, e);

	if (found < 0)
		return -1;
	if (found == 0)
		return err_set(e, ERR_INTERNAL, "The delegation is missing.");
	finish(c, &d);
	reply_etag(c, d.row_version, 0);
	return reply(c, 201, &d);
}

int
delegation_create(struct ctx *c, struct err *e)
{
	struct delegation_read *r = c->prepared;
	struct audit_fact fact = { .action = "delegation.create",
		.object_type = "delegation",
		.object = r->from.name };
	char from[11], until[11];

	r->ask.made_by = c->who.person_id;
	if (person_keep(c, &r->from, &r->ask.from_person_id, e) < 0 ||
	    person_keep(c, &r->to, &r->ask.to_person_id, e) < 0 ||
	    check(c, r, e) < 0 ||
	    delegation_store_add(c->db, &r->ask, r->note, c->now,
		&fact.object_id, e) < 0)
		return -1;
	date_format(r->ask.period.from_on, from);
	date_format(r->ask.period.until_on, until);
	fact.detail = arena_printf(c->arena, "%s acts for %s from %s until %s",
	    r->to.name, r->from.name, from, until);
	if (audit_add(c, &fact, e) < 0)
		return -1;
	return reply_delegation(c, fact.object_id, e);
}

/* mine: only what names the reader, for others do not know of it. */
static int
end(struct ctx *c, bool mine, struct err *e)
{
	const struct act_path *in = c->in;
	struct delegation d;
	struct audit_fact fact = { .action = "delegation.end",
		.object_type = "delegation",
		.object_id = in->id };
	int found;

	c->audit_action = fact.action;
	found = delegation_store_find(c->db, in->id, &d, e);
	if (found < 0)
		return -1;
	if (found == 0 ||
	    (mine && d.from_person_id != c->who.person_id &&
		d.to_person_id != c->who.person_id))
		return err_set(e, ERR_NOT_FOUND,
		    "There is no such delegation.");
	finish(c, &d);
	c->audit_object = d.from_name;
	if (etag_check(c, d.row_version, 0, e) < 0)
		return -1;
	if (d.state == ACT_PAST)
		return err_set(e, ERR_CONFLICT, "It is over already.");
	if (delegation_store_end(c->db, d.id, d.row_version, c->who.person_id,
		c->now, e) < 0)
		return -1;
	fact.object = d.from_name;
	fact.detail = arena_printf(c->arena, "%s acts for %s no more",
	    d.to_name, d.from_name);
	if (audit_add(c, &fact, e) < 0)
		return -1;
	return reply_empty(c);
}

int
delegation_end(struct ctx *c, struct err *e)
{
	return end(c, false, e);
}

int
own_delegation_end(struct ctx *c, struct err *e)
{
	return end(c, true, e);
}

int
delegate_search_prepare(struct ctx *c, struct err *e)
{
	const struct delegate_search_in *in = c->in;
	struct delegate_list *out = ARENA_NEW(c->arena, struct delegate_list);
	struct directory_person *people = NULL;
	size_t n = 0;
	enum directory_result r = directory_people_search(c->directory,
	    c->arena, in->q, SEARCH_MAX, &people, &n, &out->more, e);

	if (directory_answer(r, "person", e) < 0)
		return -1;
	out->items = arena_array(c->arena, n, sizeof(*out->items));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(people[i].id, c->who.directory_id) == 0 ||
		    people[i].disabled)
			continue;
		out->items[out->nitems++] = (struct delegate){ people[i].uid,
			people[i].name, people[i].title, people[i].department };
	}
	c->prepared = out;
	return 0;
}

int
delegate_search(struct ctx *c, struct err *e)
{
	(void)e;
	return reply(c, 200, c->prepared);
}
