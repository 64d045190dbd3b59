/* Lists between tabs: the directory's people, units and groups, and ours. */
#include <string.h>

#include "app/sample_data.h"
#include "app/sample_files.h"

#define LIST_MAX 1024 /* lines of one file of the sample organisation */

size_t
sample_unit_find(const struct sample *s, const char *code)
{
	for (size_t i = 0; i < s->nunits; i++)
		if (strcmp(s->units[i].code, code) == 0)
			return i;
	return NOWHERE;
}

size_t
sample_person_find(const struct sample *s, const char *uid)
{
	for (size_t i = 0; i < s->npeople; i++)
		if (strcmp(s->people[i].uid, uid) == 0)
			return i;
	return NOWHERE;
}

size_t
sample_document_find(const struct sample *s, const char *key)
{
	for (size_t i = 0; i < s->ndocuments; i++)
		if (strcmp(s->documents[i].document_key, key) == 0)
			return i;
	return NOWHERE;
}

const struct sample_clause *
sample_clause_find(const struct sample_version *v, const char *ref)
{
	for (size_t i = 0; i < v->nclauses; i++)
		if (strcmp(v->clauses[i].ref, ref) == 0)
			return &v->clauses[i];
	return NULL;
}

static size_t
group_find(const struct sample *s, const char *cn)
{
	for (size_t i = 0; i < s->ngroups; i++)
		if (strcmp(s->groups[i].cn, cn) == 0)
			return i;
	return NOWHERE;
}

/* Code of a name in an enum's names, 0 when there is none. */
static int
code_of(const char *const *names, int max, const char *name)
{
	for (int i = 1; i < max; i++)
		if (names[i] != NULL && strcmp(names[i], name) == 0)
			return i;
	return 0;
}

static bool
is_dash(const char *s)
{
	return strcmp(s, "-") == 0;
}

static int
unit_line(void *arg, const char **c, struct err *e)
{
	struct sample *s = arg;
	struct sample_unit *u = &s->units[s->nunits];

	(void)e;
	u->parent = NOWHERE;
	if (c[1][0] != '\0' &&
	    (u->parent = sample_unit_find(s, c[1])) == NOWHERE)
		return -1;
	u->id = (int64_t)s->nunits + 1;
	u->code = c[0];
	u->name = c[2];
	u->depth = u->parent == NOWHERE ? 0 : s->units[u->parent].depth + 1;
	return ++s->nunits < LIST_MAX ? 0 : -1;
}

static int
person_line(void *arg, const char **c, struct err *e)
{
	struct sample *s = arg;
	struct sample_person *p = &s->people[s->npeople];

	(void)e;
	p->id = (int64_t)s->npeople + 1;
	p->directory_id = c[0];
	p->uid = c[1];
	p->dn = c[2];
	p->name = c[3];
	p->mail = c[4];
	p->title = c[5];
	p->unit = sample_unit_find(s, c[6]);
	p->manager_uid = c[7];
	return p->unit != NOWHERE && ++s->npeople < LIST_MAX ? 0 : -1;
}

static int
group_line(void *arg, const char **c, struct err *e)
{
	struct sample *s = arg;
	struct sample_group *g = &s->groups[s->ngroups];

	(void)e;
	g->directory_id = c[0];
	g->cn = c[1];
	g->dn = c[2];
	g->people.list = arena_array(s->arena, LIST_MAX, sizeof(size_t));
	return ++s->ngroups < LIST_MAX ? 0 : -1;
}

static void
member_add(struct sample_group *g, size_t person)
{
	for (size_t i = 0; i < g->people.n; i++)
		if (g->people.list[i] == person)
			return;
	if (g->people.n < LIST_MAX)
		g->people.list[g->people.n++] = person;
}

/* A nested group stands below the groups it contains or above them, so the
 * list is gone through until nothing is added any more. */
static int
member_line(void *arg, const char **c, struct err *e)
{
	struct sample *s = arg;
	size_t group = group_find(s, c[0]);
	size_t other;

	(void)e;
	if (group == NOWHERE)
		return -1;
	if (strcmp(c[1], "person") == 0) {
		other = sample_person_find(s, c[2]);
		if (other == NOWHERE)
			return -1;
		member_add(&s->groups[group], other);
		return 0;
	}
	other = group_find(s, c[2]);
	if (other == NOWHERE)
		return -1;
	for (size_t i = 0; i < s->groups[other].people.n; i++)
		member_add(&s->groups[group], s->groups[other].people.list[i]);
	return 0;
}

static int
asset_line(void *arg, const char **c, struct err *e)
{
	struct sample *s = arg;
	struct sample_asset *a = &s->assets[s->nassets];

	(void)e;
	a->id = (int64_t)s->nassets + 1;
	a->name = c[0];
	a->kind = c[1];
	a->criticality =
	    (enum severity)code_of(severity_names, SEVERITY__MAX, c[2]);
	a->unit = sample_unit_find(s, c[3]);
	a->owner = sample_person_find(s, c[4]);
	if (a->criticality == SEVERITY__INVALID || a->unit == NOWHERE ||
	    a->owner == NOWHERE)
		return -1;
	return ++s->nassets < LIST_MAX ? 0 : -1;
}

static int
mapping_line(void *arg, const char **c, struct err *e)
{
	struct sample *s = arg;
	struct sample_mapping *m = &s->mappings[s->nmappings];

	(void)e;
	m->id = (int64_t)s->nmappings + 1;
	m->group = group_find(s, c[0]);
	m->role = c[1];
	m->unit = is_dash(c[2]) ? NOWHERE : sample_unit_find(s, c[2]);
	m->domain = is_dash(c[3]) ?
	    DOMAIN__INVALID :
	    (enum domain)code_of(domain_names, DOMAIN__MAX, c[3]);
	m->document = is_dash(c[4]) ? NOWHERE : sample_document_find(s, c[4]);
	if (m->group == NOWHERE || (m->unit == NOWHERE && !is_dash(c[2])) ||
	    (m->domain == DOMAIN__INVALID && !is_dash(c[3])) ||
	    (m->document == NOWHERE && !is_dash(c[4])))
		return -1;
	return ++s->nmappings < LIST_MAX ? 0 : -1;
}

static int
pinned_line(void *arg, const char **c, struct err *e)
{
	struct sample *s = arg;
	struct sample_pinned *p = &s->pinned[s->npinned];

	(void)e;
	p->status = (enum status)code_of(status_names, STATUS__MAX, c[0]);
	p->scenario = p->asset = p->requester = NOWHERE;
	for (size_t i = 0; i < s->nscenarios; i++)
		if (strcmp(s->scenarios[i].scenario, c[1]) == 0)
			p->scenario = i;
	for (size_t i = 0; i < s->nassets; i++)
		if (strcmp(s->assets[i].name, c[2]) == 0)
			p->asset = i;
	if (!is_dash(c[3]))
		p->requester = sample_person_find(s, c[3]);
	if (p->status == STATUS__INVALID || p->scenario == NOWHERE ||
	    (p->asset == NOWHERE && !is_dash(c[2])) ||
	    (p->requester == NOWHERE && !is_dash(c[3])))
		return -1;
	return ++s->npinned < LIST_MAX ? 0 : -1;
}

static int
load_directory(struct sample *s, struct err *e)
{
	if (sample_directory(s->dir, s->tsv_dir, "units", 3, unit_line, s,
		s->arena, e) < 0 ||
	    sample_directory(s->dir, s->tsv_dir, "people", 8, person_line, s,
		s->arena, e) < 0 ||
	    sample_directory(s->dir, s->tsv_dir, "groups", 4, group_line, s,
		s->arena, e) < 0)
		return -1;
	/* Twice: the second time nested groups are full. */
	for (int i = 0; i < 2; i++)
		if (sample_directory(s->dir, s->tsv_dir, "members", 3,
			member_line, s, s->arena, e) < 0)
			return -1;
	for (size_t i = 0; i < s->npeople; i++)
		s->people[i].manager =
		    sample_person_find(s, s->people[i].manager_uid);
	return 0;
}

int
sample_load_lists(struct sample *s, struct err *e)
{
	struct arena *a = s->arena;

	s->units = arena_array(a, LIST_MAX, sizeof(*s->units));
	s->people = arena_array(a, LIST_MAX, sizeof(*s->people));
	s->groups = arena_array(a, LIST_MAX, sizeof(*s->groups));
	s->assets = arena_array(a, LIST_MAX, sizeof(*s->assets));
	s->mappings = arena_array(a, LIST_MAX, sizeof(*s->mappings));
	s->pinned = arena_array(a, LIST_MAX, sizeof(*s->pinned));
	if (load_directory(s, e) < 0 ||
	    sample_tsv(s->dir, "assets.tsv", 5, asset_line, s, a, e) < 0 ||
	    sample_tsv(s->dir, "mappings.tsv", 5, mapping_line, s, a, e) < 0)
		return -1;
	return sample_tsv(s->dir, "pinned.tsv", 4, pinned_line, s, a, e);
}
