/*
 * Mapping a directory group to a role. The group and its people are read
 * from the directory before the transaction, and shown before saving.
 */
#include <string.h>

#include "api/administration_view.h"
#include "api/audit_trail.h"
#include "api/directory_answer.h"
#include "api/scope_input.h"
#include "store/role_store.h"

#define MEMBERS_MAX 500 /* read from the directory for one mapping */
#define PEOPLE_SHOWN 20

/* What the directory said, for the handler. */
struct group_read {
	struct directory_group group;
	struct directory_person *people;
	size_t n;
	bool more;
};

int
role_list(struct ctx *c, struct err *e)
{
	struct role_list out = { 0 };

	if (role_store_list(c->db, &out.items, &out.nitems, e) < 0)
		return -1;
	return reply(c, 200, &out);
}

int
role_mapping_list(struct ctx *c, struct err *e)
{
	struct role_mapping_list_out out = { 0 };

	if (role_mapping_store_list(c->db, &out.items, &out.nitems, e) < 0)
		return -1;
	for (size_t i = 0; i < out.nitems; i++)
		out.items[i].etag =
		    etag_text(c->arena, out.items[i].row_version, 0);
	return reply(c, 200, &out);
}

int
role_mapping_prepare(struct ctx *c, struct err *e)
{
	const struct role_mapping_in *in = c->in;
	struct group_read *r = ARENA_NEW(c->arena, struct group_read);
	enum directory_result result;

	c->audit_action = "role_mapping.create";
	c->audit_object = in->role;
	directory_deadline_begin(c->directory);
	result = directory_group_get(c->directory, c->arena, in->group_id,
	    &r->group, e);
	if (result == DIRECTORY_OK)
		result = directory_group_members(c->directory, c->arena,
		    in->group_id, MEMBERS_MAX, &r->people, &r->n, &r->more, e);
	directory_deadline_end(c->directory);
	c->prepared = r;
	if (result == DIRECTORY_NOT_FOUND)
		return err_field(e, c->arena, "/group_id",
		    "is not a group in the directory");
	return directory_answer(result, "group", e);
}

static int
resolve(struct ctx *c, struct role_mapping_new *m, struct err *e)
{
	const struct role_mapping_in *in = c->in;
	const struct scope_named named = { in->role, in->unit, in->domain,
		in->document };
	struct scope_ids ids;

	if (scope_resolve(c, &named, &ids, e) < 0)
		return -1;
	m->unit_id = ids.unit_id;
	m->domain = ids.domain;
	m->document_id = ids.document_id;
	return 0;
}

static bool
holds(const struct owner_row *holders, size_t n, const char *directory_id)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(holders[i].unit, directory_id) == 0)
			return true;
	}
	return false;
}

int
role_mapping_preview(struct ctx *c, struct err *e)
{
	const struct role_mapping_in *in = c->in;
	const struct group_read *r = c->prepared;
	struct role_mapping_preview_out out = { 0 };
	struct group_view group = { r->group.id, r->group.name, r->group.dn,
		r->group.description, r->group.members, NULL, NULL };
	struct role_mapping_new m = { 0 };
	struct owner_row *holders = NULL;
	size_t n = 0;

	if (resolve(c, &m, e) < 0 ||
	    role_holder_store_list(c->db, in->role, c->today, &holders, &n, e) <
		0)
		return -1;
	out.group = &group;
	out.members = (int64_t)r->n;
	out.more = r->more;
	out.people = arena_array(c->arena, PEOPLE_SHOWN, sizeof(*out.people));
	out.gains = arena_array(c->arena, PEOPLE_SHOWN, sizeof(*out.gains));
	for (size_t i = 0; i < r->n; i++) {
		if (out.npeople < PEOPLE_SHOWN)
			out.people[out.npeople++] =
			    person_view_of(&r->people[i]);
		if (holds(holders, n, r->people[i].id))
			out.already++;
		else if (out.ngains < PEOPLE_SHOWN)
			out.gains[out.ngains++] = r->people[i].name;
		else
			out.gains_more++;
	}
	return reply(c, 200, &out);
}

static int
put_holders(struct ctx *c, const struct group_read *r, int64_t mapping_id,
    struct err *e)
{
	for (size_t i = 0; i < r->n; i++) {
		int64_t id = 0;

		if (person_keep(c, &r->people[i], &id, e) < 0 ||
		    role_holder_store_put(c->db, mapping_id, id, c->now, e) < 0)
			return -1;
	}
	return 0;
}

static int
reply_mapping(struct ctx *c, int64_t id, struct err *e)
{
	struct role_mapping *rows = NULL;
	size_t n = 0;

	if (role_mapping_store_list(c->db, &rows, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id != id)
			continue;
		rows[i].etag = etag_text(c->arena, rows[i].row_version, 0);
		reply_etag(c, rows[i].row_version, 0);
		return reply(c, 201, &rows[i]);
	}
	return err_set(e, ERR_INTERNAL, "The mapping is missing.");
}

int
role_mapping_create(struct ctx *c, struct err *e)
{
	const struct role_mapping_in *in = c->in;
	const struct group_read *r = c->prepared;
	struct role_mapping_new m = {
		.group_id = r->group.id,
		.group_dn = r->group.dn,
		.group_name = r->group.name,
		.role = in->role,
		.members = (int64_t)r->n,
		.now = c->now,
		.created_by = c->who.person_id,
	};
	struct audit_fact fact = { .action = "role_mapping.create",
		.object_type = "role_mapping",
		.object = r->group.name };
	bool exists = false;
	int64_t id = 0;

	if (resolve(c, &m, e) < 0 ||
	    role_mapping_store_exists(c->db, &m, &exists, e) < 0)
		return -1;
	if (exists)
		return err_set(e, ERR_CONFLICT,
		    "This group has this role already, with the same scope.");
	if (role_mapping_store_add(c->db, &m, &id, e) < 0 ||
	    put_holders(c, r, id, e) < 0)
		return -1;
	fact.object_id = id;
	fact.detail = arena_printf(c->arena, "%s gets the role %s",
	    r->group.name, in->role);
	if (audit_add(c, &fact, e) < 0)
		return -1;
	return reply_mapping(c, id, e);
}

static int
check_end(struct ctx *c, const struct role_mapping *m, struct err *e)
{
	bool administrator = strcmp(m->role, "administrator") == 0;
	int64_t others = 0;
	bool other_own = false;

	for (size_t i = 0; i < c->who.ngrants; i++) {
		const struct grant *g = &c->who.grants[i];

		if (g->role_class == ROLE_CLASS_ADMINISTRATOR &&
		    g->mapping_id == m->id)
			administrator = true;
		else if (g->role_class == ROLE_CLASS_ADMINISTRATOR)
			other_own = true;
	}
	if (!administrator)
		return 0;
	if (role_mapping_store_other_administrators(c->db, m->id, &others, e) <
	    0)
		return -1;
	if (others == 0)
		return err_set(e, ERR_CONFLICT,
		    "This is the last administrator mapping. Add another one "
		    "first.");
	if (!other_own)
		return err_set(e, ERR_CONFLICT,
		    "This mapping makes you an administrator. Ask another "
		    "administrator to end it.");
	return 0;
}

int
role_mapping_end(struct ctx *c, struct err *e)
{
	const struct role_mapping_path *in = c->in;
	struct role_mapping m;
	struct audit_fact fact = { .action = "role_mapping.end",
		.object_type = "role_mapping",
		.object_id = in->id };
	int found;

	c->audit_action = "role_mapping.end";
	found = role_mapping_store_lock(c->db, in->id, &m, e);
	if (found < 0)
		return -1;
	if (found == 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such mapping.");
	c->audit_object = m.group_name;
	if (etag_check(c, m.row_version, 0, e) < 0 || check_end(c, &m, e) < 0 ||
	    role_mapping_store_end(c->db, m.id, m.row_version, c->who.person_id,
		c->now, e) < 0)
		return -1;
	fact.object = m.group_name;
	fact.detail = arena_printf(c->arena, "%s loses the role %s",
	    m.group_name, m.role);
	if (audit_add(c, &fact, e) < 0)
		return -1;
	return reply_empty(c);
}
