/* Procedures are few and small, so a list parses each of them. */
#include "api/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "api/procedure_view.h"
#include "domain/audience.h"
#include "store/catalogue_store.h"
#include "store/decision_store.h"
#include "store/procedure_store.h"

struct procedures_in {
	bool asking;
};

struct procedure_in {
	const char *key;
	int64_t version;
};

/* clang-format off */
static const struct field procedures_in_fields[] = {
	F_BOOL(procedures_in, asking, .flags = FIELD_QUERY, .doc = "Only what the reader may ask under"),
};
const struct schema procedures_in_schema = SCHEMA(procedures_in, procedures_in_fields, "Which procedures");

static const struct field procedure_in_fields[] = {
	F_STR(procedure_in, key, .flags = FIELD_PATH, .max = 32, .doc = "Key of the procedure"),
	F_I64(procedure_in, version, .flags = FIELD_QUERY | FIELD_NULLABLE, .min = 1, .max = 100000, .doc = "Version; the newest without"),
};
const struct schema procedure_in_schema = SCHEMA(procedure_in, procedure_in_fields, "Which procedure");
/* clang-format on */

static int
compare_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

/* By group, by place in it, by key. */
static int
by_place(const void *a, const void *b)
{
	const struct procedure_brief *x = a, *y = b;
	int order = compare_text(x->parent, y->parent);

	if (order == 0)
		order = (x->order > y->order) - (x->order < y->order);
	return order != 0 ? order : strcmp(x->key, y->key);
}

int
procedures_list(struct ctx *c, struct err *e)
{
	const struct procedures_in *in = c->in;
	bool asking = in->asking || !access_reads_full(&c->who);
	struct procedure_list out = { 0 };
	struct procedure_row *rows;
	size_t n;

	if (catalogue_store_procedures(c->db, &rows, &n, e) < 0)
		return -1;
	out.items = arena_array(c->arena, n, sizeof(*out.items));
	for (size_t i = 0; i < n; i++) {
		struct procedure p;

		if (procedure_parse(c->arena, &rows[i], &p, e) < 0)
			return -1;
		if (asking &&
		    !audience_admits(&c->who, p.distribution, p.ndistribution))
			continue;
		procedure_brief_fill(&out.items[out.nitems++], &p);
	}
	if (out.nitems > 0)
		qsort(out.items, out.nitems, sizeof(*out.items), by_place);
	return reply(c, 200, &out);
}

int
procedure_get(struct ctx *c, struct err *e)
{
	const struct procedure_in *in = c->in;
	struct procedure_row row;
	struct procedure_view out;
	struct procedure p;
	int found = in->version == I64_NONE ?
	    catalogue_store_procedure_newest(c->db, in->key, &row, e) :
	    procedure_store_version(c->db, in->key, in->version, &row, e);

	if (found == 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such procedure.");
	if (found < 0 || procedure_parse(c->arena, &row, &p, e) < 0)
		return -1;
	procedure_view_fill(&out, &p, c->arena);
	out.review_stale = procedure_review_is_stale(&p, c->today);
	for (size_t i = 0; i < out.nstages; i++) {
		if (role_store_title(c->db, out.stages[i].role,
			&out.stages[i].role_title, e) < 0)
			return -1;
	}
	return reply(c, 200, &out);
}
