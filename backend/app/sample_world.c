/*
 * The organisation of a large register: the sample one with teams below its
 * units, more people and more assets, the same for the same numbers.
 */
#include <ctype.h>
#include <string.h>

#include "app/sample_data.h"
#include "domain/term.h"

#define TEAMS 7        /* below each unit of the sample organisation */
#define PEOPLE_PER 50  /* exceptions for each person more */
#define ASSETS_PER 100 /* exceptions for each asset more */
#define MORE_MAX 20000 /* people, and assets */

bool
sample_unit_is_below(const struct sample *s, size_t unit, size_t top)
{
	for (; unit != NOWHERE; unit = s->units[unit].parent)
		if (unit == top)
			return true;
	return false;
}

static size_t
more(size_t count, size_t per)
{
	size_t n = count / per;

	return n < MORE_MAX ? n : MORE_MAX;
}

static void *
grown(struct sample *s, const void *old, size_t n, size_t extra, size_t size)
{
	char *p = arena_array(s->arena, n + extra, size);

	memcpy(p, old, n * size);
	return p;
}

static void
grow_units(struct sample *s)
{
	size_t base = s->nunits;

	s->units = grown(s, s->units, base, base * TEAMS, sizeof(*s->units));
	for (size_t i = 0; i < base; i++) {
		for (int team = 1; team <= TEAMS; team++) {
			struct sample_unit *u = &s->units[s->nunits++];

			u->id = (int64_t)s->nunits;
			u->code = arena_printf(s->arena, "%s-T%d",
			    s->units[i].code, team);
			u->name = arena_printf(s->arena, "%s, team %d",
			    s->units[i].name, team);
			u->parent = i;
			u->depth = s->units[i].depth + 1;
		}
	}
}

/* A name of two parts that others have: the given name of one person and
 * the family name of another. */
static void
make_person(struct sample *s, struct rng *r, size_t donors, size_t unit)
{
	const struct sample_person *a = &s->people[rng_below(r, donors)];
	const struct sample_person *b = &s->people[rng_below(r, donors)];
	struct sample_person *p = &s->people[s->npeople++];
	int given = (int)strcspn(a->uid, ".");
	const char *space = strchr(b->name, ' ');

	p->id = (int64_t)s->npeople;
	p->directory_id = arena_printf(s->arena,
	    "6f1d0009-5a3c-4b7e-8d21-%012zu", s->npeople);
	p->uid = arena_printf(s->arena, "%.*s%s.%zu", given, a->uid,
	    strchr(b->uid, '.'), s->npeople);
	p->dn = arena_printf(s->arena,
	    "uid=%s,ou=people,dc=harbourvale,dc=example", p->uid);
	p->name = arena_printf(s->arena, "%.*s%s", (int)strcspn(a->name, " "),
	    a->name, space);
	p->mail = arena_printf(s->arena, "%s@harbourvale.example", p->uid);
	p->title = a->title;
	p->unit = unit;
	p->manager = rng_below(r, donors);
}

static void
grow_people(struct sample *s)
{
	struct rng r = rng_make(s->seed, 1);
	size_t base = s->npeople;
	size_t n = more(s->count, PEOPLE_PER);

	s->people = grown(s, s->people, base, n, sizeof(*s->people));
	for (size_t i = 0; i < n; i++)
		make_person(s, &r, base, rng_below(&r, s->nunits));
}

static void
grow_assets(struct sample *s)
{
	struct rng r = rng_make(s->seed, 2);
	size_t base = s->nassets;
	size_t n = more(s->count, ASSETS_PER);

	s->assets = grown(s, s->assets, base, n, sizeof(*s->assets));
	for (size_t i = 0; i < n; i++) {
		struct sample_asset *x = &s->assets[s->nassets++];

		x->id = (int64_t)s->nassets;
		x->kind = s->assets[rng_below(&r, base)].kind;
		x->name = arena_printf(s->arena, "%c%s hv-%.3s-%05zu",
		    toupper((unsigned char)x->kind[0]), x->kind + 1, x->kind,
		    s->nassets);
		x->criticality = (enum severity)rng_between(&r,
		    SEVERITY_CRITICAL, SEVERITY_LOW);
		x->owner = rng_below(&r, s->npeople);
		x->unit = s->people[x->owner].unit;
	}
}

void
sample_grow(struct sample *s)
{
	grow_units(s);
	grow_people(s);
	grow_assets(s);
}

/* A list that grows by doubling on the arena. */
static void
add_index(struct arena *a, struct indexes *x, size_t value)
{
	if ((x->n & (x->n - 1)) == 0) {
		size_t *list =
		    arena_array(a, x->n == 0 ? 1 : 2 * x->n, sizeof(*list));

		if (x->n > 0)
			memcpy(list, x->list, x->n * sizeof(*list));
		x->list = list;
	}
	x->list[x->n++] = value;
}

static int
unusable(struct err *e, const struct sample_scenario *c, const char *why)
{
	err_set(e, ERR_INTERNAL, "The sample data is not usable.");
	return err_cause(e, "scenario %s: %s", c->scenario, why);
}

static bool
has_kind(const struct sample_scenario *c, const char *kind)
{
	for (size_t i = 0; i < c->nkinds; i++)
		if (strcmp(c->kinds[i], kind) == 0)
			return true;
	return false;
}

static bool
asks_for_unit(const struct sample *s, const struct sample_scenario *c,
    size_t unit)
{
	for (size_t i = 0; i < c->units.n; i++)
		if (sample_unit_is_below(s, unit, c->units.list[i]))
			return true;
	return c->units.n == 0;
}

/* Whose group decides; besides requester and beneficiary there must be one. */
static int
resolve_mapping(struct sample *s, struct sample_scenario *c, struct err *e)
{
	const char *role =
	    s->procedures[c->procedure_index].procedure.stages[0].role;

	for (size_t i = 0; i < s->nmappings; i++) {
		const struct sample_mapping *m = &s->mappings[i];

		if (strcmp(m->role, role) != 0 ||
		    (m->domain != DOMAIN__INVALID &&
			m->domain != s->documents[c->document].domain))
			continue;
		if (s->groups[m->group].people.n <
		    (c->content->confidential ? 3 : 2))
			return unusable(e, c, "too few people decide");
		c->mapping = i;
		return 0;
	}
	return unusable(e, c, "nobody decides");
}

static int
resolve_scenario(struct sample *s, struct sample_scenario *c, struct err *e)
{
	c->document = sample_document_find(s, c->content->document);
	c->procedure_index = NOWHERE;
	for (size_t i = 0; i < s->nprocedures; i++)
		if (strcmp(s->procedures[i].procedure.key, c->procedure) == 0)
			c->procedure_index = i;
	if (c->document == NOWHERE || c->procedure_index == NOWHERE)
		return unusable(e, c, "no such document or procedure");
	if (resolve_mapping(s, c, e) < 0)
		return -1;
	c->limit = term_limit(&s->procedures[c->procedure_index].procedure,
	    s->documents[c->document].max_term_days);
	for (size_t i = 0; i < c->nrequesters; i++) {
		size_t unit = sample_unit_find(s, c->requesters[i]);

		if (unit == NOWHERE)
			return unusable(e, c, "no such unit");
		add_index(s->arena, &c->units, unit);
	}
	for (size_t i = 0; i < s->nassets; i++)
		if (has_kind(c, s->assets[i].kind) &&
		    asks_for_unit(s, c, s->assets[i].unit))
			add_index(s->arena, &c->assets, i);
	if (c->assets.n == 0 && (c->nkinds > 0 || c->units.n == 0))
		return unusable(e, c, "nobody can ask for it");
	return 0;
}

/* What a decision notes of its decider's groups. */
static void
name_groups(struct sample *s)
{
	for (size_t g = 0; g < s->ngroups; g++) {
		const struct indexes *x = &s->groups[g].people;

		for (size_t i = 0; i < x->n; i++) {
			struct sample_person *p = &s->people[x->list[i]];

			p->groups = p->groups == NULL ?
			    s->groups[g].directory_id :
			    arena_printf(s->arena, "%s,%s", p->groups,
				s->groups[g].directory_id);
		}
	}
}

int
sample_resolve(struct sample *s, struct err *e)
{
	name_groups(s);
	for (size_t i = 0; i < s->npeople; i++)
		for (size_t u = s->people[i].unit; u != NOWHERE;
		     u = s->units[u].parent)
			add_index(s->arena, &s->units[u].people, i);
	for (size_t i = 0; i < s->nscenarios; i++)
		if (resolve_scenario(s, &s->scenarios[i], e) < 0)
			return -1;
	return 0;
}
