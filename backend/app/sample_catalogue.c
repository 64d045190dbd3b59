/* One function a table, in the order of the foreign keys. */
#include "app/sample_catalogue.h"

#include "app/sample_rows.h"

/* The buffers of one table at a time live on an arena of their own. */
struct catalogue {
	const struct sample *s;
	struct db *db;
	struct arena buffers;
	struct rows rows;
};

static struct rows *
open_table(struct catalogue *c, const char *table, const char *columns)
{
	arena_reset(&c->buffers);
	rows_open(&c->rows, c->db, &c->buffers, table, columns);
	return &c->rows;
}

static instant_t
days_ago(const struct sample *s, int64_t days)
{
	return (s->today - days) * US_PER_DAY + 5 * 3600 * US_PER_SECOND;
}

static int64_t
unit_id(const struct sample *s, size_t unit)
{
	return unit == NOWHERE ? I64_NONE : s->units[unit].id;
}

static int
write_units(struct catalogue *c, struct err *e)
{
	const struct sample *s = c->s;
	struct rows *t = open_table(c, "unit", "id, code, name, parent_id");

	for (size_t i = 0; i < s->nunits; i++) {
		rows_begin(t);
		rows_i64(t, s->units[i].id);
		rows_str(t, s->units[i].code);
		rows_str(t, s->units[i].name);
		rows_i64(t, unit_id(s, s->units[i].parent));
		if (rows_end(t, e) < 0)
			return -1;
	}
	if (rows_close(t, e) < 0)
		return -1;
	t = open_table(c, "unit_closure", "unit_id, ancestor_id, depth");
	for (size_t i = 0; i < s->nunits; i++) {
		int64_t depth = 0;

		for (size_t u = i; u != NOWHERE; u = s->units[u].parent) {
			rows_begin(t);
			rows_i64(t, s->units[i].id);
			rows_i64(t, s->units[u].id);
			rows_i64(t, depth++);
			if (rows_end(t, e) < 0)
				return -1;
		}
	}
	return rows_close(t, e);
}

static int
write_people(struct catalogue *c, struct err *e)
{
	const struct sample *s = c->s;
	struct rows *t = open_table(c, "person",
	    "id, directory_id, uid, dn, name, mail, title, unit_id, "
	    "manager_id, seen_at");

	for (size_t i = 0; i < s->npeople; i++) {
		const struct sample_person *p = &s->people[i];

		rows_begin(t);
		rows_i64(t, p->id);
		rows_str(t, p->directory_id);
		rows_str(t, p->uid);
		rows_str(t, p->dn);
		rows_str(t, p->name);
		rows_str(t, p->mail);
		rows_str(t, p->title);
		rows_i64(t, unit_id(s, p->unit));
		rows_i64(t,
		    p->manager == NOWHERE ? I64_NONE :
					    s->people[p->manager].id);
		rows_time(t, days_ago(s, 1));
		if (rows_end(t, e) < 0)
			return -1;
	}
	return rows_close(t, e);
}

static int
write_documents(struct catalogue *c, struct err *e)
{
	const struct sample *s = c->s;
	struct rows *t = open_table(c, "document",
	    "id, document_key, title, kind, domain, owner_id, version, "
	    "published_on, exceptions_allowed, exception_note, max_term_days");

	for (size_t i = 0; i < s->ndocuments; i++) {
		const struct sample_document *d = &s->documents[i];
		const struct sample_version *v = &d->versions[d->nversions - 1];
		size_t owner = sample_person_find(s, d->owner);

		rows_begin(t);
		rows_i64(t, d->id);
		rows_str(t, d->document_key);
		rows_str(t, d->title);
		rows_i64(t, d->kind);
		rows_i64(t, d->domain);
		rows_i64(t, owner == NOWHERE ? I64_NONE : s->people[owner].id);
		rows_str(t, v->version);
		rows_date(t, (date_t)(s->today - v->published_days_ago));
		rows_i64(t, d->exceptions_allowed);
		rows_str(t, d->exception_note);
		rows_i64(t, d->max_term_days);
		if (rows_end(t, e) < 0)
			return -1;
	}
	return rows_close(t, e);
}

static int
write_versions(struct catalogue *c, struct err *e)
{
	struct rows *t = open_table(c, "document_version",
	    "document_id, version, published_on");

	for (size_t i = 0; i < c->s->ndocuments; i++) {
		const struct sample_document *d = &c->s->documents[i];

		for (size_t v = 0; v < d->nversions; v++) {
			const struct sample_version *x = &d->versions[v];

			rows_begin(t);
			rows_i64(t, d->id);
			rows_str(t, x->version);
			rows_date(t,
			    (date_t)(c->s->today - x->published_days_ago));
			if (rows_end(t, e) < 0)
				return -1;
		}
	}
	return rows_close(t, e);
}

static int
write_clause(struct rows *t, const struct sample_document *d,
    const struct sample_version *v, size_t i, struct err *e)
{
	const struct sample_clause *x = &v->clauses[i];

	rows_begin(t);
	rows_i64(t, x->id);
	rows_i64(t, d->id);
	rows_str(t, v->version);
	rows_i64(t, (int64_t)i + 1);
	rows_str(t, x->ref);
	rows_str(t, x->title);
	rows_str(t, x->text);
	rows_i64(t, x->root_id == x->id ? I64_NONE : x->root_id);
	return rows_end(t, e);
}

static int
write_clauses(struct catalogue *c, struct err *e)
{
	struct rows *t = open_table(c, "clause",
	    "id, document_id, version, position, ref, title, text, root_id");

	for (size_t i = 0; i < c->s->ndocuments; i++) {
		const struct sample_document *d = &c->s->documents[i];

		for (size_t v = 0; v < d->nversions; v++)
			for (size_t k = 0; k < d->versions[v].nclauses; k++)
				if (write_clause(t, d, &d->versions[v], k, e) <
				    0)
					return -1;
	}
	return rows_close(t, e);
}

static int
write_sla(struct catalogue *c, struct err *e)
{
	struct rows *t =
	    open_table(c, "sla", "document_id, version, severity, days");

	for (size_t i = 0; i < c->s->ndocuments; i++) {
		const struct sample_document *d = &c->s->documents[i];

		for (size_t k = 0; k < d->nversions * SEVERITY__MAX; k++) {
			const struct sample_version *v =
			    &d->versions[k / SEVERITY__MAX];
			size_t row = k % SEVERITY__MAX;

			if (row >= v->nsla)
				continue;
			rows_begin(t);
			rows_i64(t, d->id);
			rows_str(t, v->version);
			rows_i64(t, v->sla[row].severity);
			rows_i64(t, v->sla[row].days);
			if (rows_end(t, e) < 0)
				return -1;
		}
	}
	return rows_close(t, e);
}

static int
write_procedures(struct catalogue *c, struct err *e)
{
	struct rows *t = open_table(c, "procedure_version",
	    "id, procedure_key, version, title, type, published, body, "
	    "sha256, created_at");

	for (size_t i = 0; i < c->s->nprocedures; i++) {
		const struct sample_procedure *p = &c->s->procedures[i];

		rows_begin(t);
		rows_i64(t, p->procedure.id);
		rows_str(t, p->procedure.key);
		rows_i64(t, p->procedure.version);
		rows_str(t, p->procedure.title);
		rows_i64(t, p->procedure.type);
		rows_i64(t, 1);
		rows_str(t, p->body);
		rows_bytes(t, p->sha256, sizeof(p->sha256));
		rows_time(t, days_ago(c->s, 1300));
		if (rows_end(t, e) < 0)
			return -1;
	}
	return rows_close(t, e);
}

static int
write_assets(struct catalogue *c, struct err *e)
{
	const struct sample *s = c->s;
	struct rows *t = open_table(c, "asset",
	    "id, name, kind, criticality, owner_id, unit_id");

	for (size_t i = 0; i < s->nassets; i++) {
		rows_begin(t);
		rows_i64(t, s->assets[i].id);
		rows_str(t, s->assets[i].name);
		rows_str(t, s->assets[i].kind);
		rows_i64(t, s->assets[i].criticality);
		rows_i64(t, s->people[s->assets[i].owner].id);
		rows_i64(t, unit_id(s, s->assets[i].unit));
		if (rows_end(t, e) < 0)
			return -1;
	}
	return rows_close(t, e);
}

static int
write_mappings(struct catalogue *c, struct err *e)
{
	const struct sample *s = c->s;
	struct rows *t = open_table(c, "role_mapping",
	    "id, group_id, group_dn, group_name, role, unit_id, domain, "
	    "document_id, members, created_at");

	for (size_t i = 0; i < s->nmappings; i++) {
		const struct sample_mapping *m = &s->mappings[i];
		const struct sample_group *g = &s->groups[m->group];

		rows_begin(t);
		rows_i64(t, m->id);
		rows_str(t, g->directory_id);
		rows_str(t, g->dn);
		rows_str(t, g->cn);
		rows_str(t, m->role);
		rows_i64(t, unit_id(s, m->unit));
		rows_i64(t,
		    m->domain == DOMAIN__INVALID ? I64_NONE :
						   (int64_t)m->domain);
		rows_i64(t,
		    m->document == NOWHERE ? I64_NONE :
					     s->documents[m->document].id);
		rows_i64(t, (int64_t)g->people.n);
		rows_time(t, days_ago(s, 1300));
		if (rows_end(t, e) < 0)
			return -1;
	}
	return rows_close(t, e);
}

static int
write_holders(struct catalogue *c, struct err *e)
{
	const struct sample *s = c->s;
	struct rows *t =
	    open_table(c, "role_holder", "mapping_id, person_id, seen_at");

	for (size_t i = 0; i < s->nmappings; i++) {
		const struct indexes *x =
		    &s->groups[s->mappings[i].group].people;

		for (size_t k = 0; k < x->n; k++) {
			rows_begin(t);
			rows_i64(t, s->mappings[i].id);
			rows_i64(t, s->people[x->list[k]].id);
			rows_time(t, days_ago(s, 1));
			if (rows_end(t, e) < 0)
				return -1;
		}
	}
	return rows_close(t, e);
}

int
sample_catalogue_write(const struct sample *s, struct db *db, struct err *e)
{
	static int (*const writers[])(struct catalogue *, struct err *) = {
		write_units,
		write_people,
		write_documents,
		write_versions,
		write_clauses,
		write_sla,
		write_procedures,
		write_assets,
		write_mappings,
		write_holders,
	};
	struct catalogue c = { .s = s, .db = db };
	int result = 0;

	arena_init(&c.buffers);
	for (size_t i = 0;
	     i < sizeof(writers) / sizeof(writers[0]) && result == 0; i++)
		result = writers[i](&c, e);
	arena_release(&c.buffers);
	return result;
}
