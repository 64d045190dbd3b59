/* Looking things up in the directory for the administrator. */
#include <string.h>

#include "api/administration_view.h"
#include "api/directory_answer.h"
#include "base/buf.h"
#include "store/acts_store.h"
#include "store/role_store.h"
#include "store/session_store.h"

#define SEARCH_MAX 20

int
group_search_prepare(struct ctx *c, struct err *e)
{
	const struct group_search_in *in = c->in;
	struct group_list *out = ARENA_NEW(c->arena, struct group_list);
	struct directory_group *groups = NULL;
	size_t n = 0;
	enum directory_result r = directory_groups_search(c->directory,
	    c->arena, in->q != NULL ? in->q : "", SEARCH_MAX, &groups, &n,
	    &out->more, e);

	if (directory_answer(r, "group", e) < 0)
		return -1;
	out->items = arena_array(c->arena, n, sizeof(*out->items));
	for (size_t i = 0; i < n; i++)
		out->items[out->nitems++] = (struct group_view){ groups[i].id,
			groups[i].name, groups[i].dn, groups[i].description,
			groups[i].members >= 0 ? groups[i].members : I64_NONE,
			NULL, NULL };
	c->prepared = out;
	return 0;
}

int
group_search(struct ctx *c, struct err *e)
{
	(void)e;
	return reply(c, 200, c->prepared);
}

int
people_search_prepare(struct ctx *c, struct err *e)
{
	const struct people_search_in *in = c->in;
	struct people_list *out = ARENA_NEW(c->arena, struct people_list);
	struct directory_person *people = NULL;
	size_t n = 0;
	enum directory_result r = directory_people_search(c->directory,
	    c->arena, in->q, SEARCH_MAX, &people, &n, &out->more, e);

	if (directory_answer(r, "person", e) < 0)
		return -1;
	out->items = arena_array(c->arena, n, sizeof(*out->items));
	for (size_t i = 0; i < n; i++)
		out->items[out->nitems++] = person_view_of(&people[i]);
	c->prepared = out;
	return 0;
}

int
people_search(struct ctx *c, struct err *e)
{
	(void)e;
	return reply(c, 200, c->prepared);
}

struct person_read {
	struct directory_person person;
	struct directory_group *groups;
	size_t n;
};

int
person_access_prepare(struct ctx *c, struct err *e)
{
	const struct person_access_in *in = c->in;
	struct person_read *p = ARENA_NEW(c->arena, struct person_read);
	enum directory_result r;

	directory_deadline_begin(c->directory);
	r = directory_person_find(c->directory, c->arena, in->uid, &p->person,
	    e);
	if (r == DIRECTORY_OK)
		r = directory_groups_of(c->directory, c->arena, p->person.dn,
		    &p->groups, &p->n, e);
	directory_deadline_end(c->directory);
	c->prepared = p;
	return directory_answer(r, "person", e);
}

/* Every dimension the mapping names, for all of them must hold. */
static const char *
scope_text(struct ctx *c, const struct role_mapping *m)
{
	struct buf b;

	buf_init(&b, c->arena);
	if (m->unit_name != NULL)
		buf_printf(&b, ", unit %s", m->unit_name);
	if (m->domain != 0)
		buf_printf(&b, ", domain %s", domain_names[m->domain]);
	if (m->document_key != NULL)
		buf_printf(&b, ", document %s", m->document_key);
	return b.len > 0 ? buf_text(&b) + 2 : NULL;
}

/* One row a group and role; a group without a role has one row as well. */
static void
add_group(struct ctx *c, struct person_access *out,
    const struct directory_group *g, const struct role_mapping *maps, size_t n,
    unsigned *classes)
{
	struct group_view row = { g->id, g->name, g->dn, g->description,
		I64_NONE, NULL, NULL };
	size_t before = out->ngroups;

	for (size_t i = 0; i < n; i++) {
		if (strcmp(maps[i].group_id, g->id) != 0)
			continue;
		row.role = maps[i].role_title;
		row.scope = scope_text(c, &maps[i]);
		out->groups[out->ngroups++] = row;
		*classes |= 1u << maps[i].role_class;
	}
	if (out->ngroups == before)
		out->groups[out->ngroups++] = row;
}

/* What the person holds by name today, and for whom they act. */
static int
add_acts(struct ctx *c, const char *uid, struct person_access *out,
    unsigned *classes, struct err *e)
{
	struct designation *d = NULL;
	struct delegation *g = NULL;
	size_t nd = 0, ng = 0;

	if (designation_store_list(c->db, c->today, &d, &nd, e) < 0 ||
	    delegation_store_list(c->db, c->today, &g, &ng, e) < 0)
		return -1;
	out->designations = d;
	out->acts_for = g;
	for (size_t i = 0; i < nd; i++) {
		if (strcmp(d[i].uid, uid) != 0 || d[i].from_on > c->today)
			continue;
		d[i].state = ACT_CURRENT;
		*classes |= 1u << d[i].role_class;
		out->designations[out->ndesignations++] = d[i];
	}
	for (size_t i = 0; i < ng; i++) {
		if (strcmp(g[i].to_uid, uid) != 0 || g[i].from_on > c->today)
			continue;
		g[i].state = ACT_CURRENT;
		*classes |= 1u << ROLE_CLASS_APPROVER;
		out->acts_for[out->nacts_for++] = g[i];
	}
	return 0;
}

int
person_access(struct ctx *c, struct err *e)
{
	const struct person_read *p = c->prepared;
	struct person_access out = { 0 };
	struct person_view person = person_view_of(&p->person);
	struct role_mapping *maps = NULL;
	unsigned classes = 0;
	size_t n = 0;

	if (role_mapping_store_list(c->db, &maps, &n, e) < 0)
		return -1;
	out.person = &person;
	out.groups = arena_array(c->arena, p->n + n, sizeof(*out.groups));
	for (size_t i = 0; i < p->n; i++)
		add_group(c, &out, &p->groups[i], maps, n, &classes);
	if (add_acts(c, p->person.uid, &out, &classes, e) < 0)
		return -1;
	classes = classes_settle(classes);
	out.classes =
	    arena_array(c->arena, ROLE_CLASS__MAX, sizeof(*out.classes));
	for (int k = ROLE_CLASS_STAFF; k < ROLE_CLASS__MAX; k++) {
		if ((classes & (1u << k)) != 0)
			out.classes[out.nclasses++] = role_class_names[k];
	}
	return reply(c, 200, &out);
}
