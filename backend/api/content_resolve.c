/* The catalogue's answers to what a content names. */
#include "api/exception_load.h"

#include <string.h>

#include "domain/audience.h"
#include "domain/document.h"
#include "store/catalogue_store.h"

/* Who may ask for what, as its rules stand today (M-14, C-27). */
static void
resolve_rules(struct ctx *c, const struct procedure *p, struct resolved *r)
{
	size_t n;
	const char **kinds =
	    words_split(c->arena, r->document.distribution, &n);

	r->facts.type_refused =
	    !document_takes_type(r->document.exception_types, p->type);
	if (!audience_admits(&c->who, kinds, n))
		r->facts.refusal =
		    audience_refusal(&c->who, kinds, n, c->arena);
}

static int
resolve_document(struct ctx *c, const struct content *content,
    const struct procedure *p, struct resolved *r, struct err *e)
{
	struct clause *all = NULL;
	struct sla_row *sla = NULL;
	bool *found_at = arena_array(c->arena, content->nclauses, sizeof(bool));
	size_t n = 0;
	int found;

	r->facts.clause_found = found_at;
	if (!content_says(content, "document"))
		return 0;
	found =
	    catalogue_store_document(c->db, content->document, &r->document, e);
	if (found <= 0)
		return found;
	r->facts.document_found = true;
	r->facts.document_domain_taken =
	    procedure_takes_domain(p, r->document.domain);
	r->facts.exceptions_allowed = r->document.exceptions_allowed;
	r->facts.exception_note = r->document.exception_note;
	r->facts.document_title = r->document.title;
	r->facts.document_max_days = r->document.max_term_days;
	resolve_rules(c, p, r);
	if (catalogue_store_clauses(c->db, r->document.id, r->document.version,
		&all, &n, e) < 0)
		return -1;
	r->clauses =
	    arena_array(c->arena, content->nclauses, sizeof(*r->clauses));
	for (size_t i = 0; i < content->nclauses; i++) {
		for (size_t j = 0; j < n && !found_at[i]; j++) {
			if (strcmp(all[j].ref, content->clauses[i]) != 0)
				continue;
			found_at[i] = true;
			r->clauses[r->nclauses++] = all[j];
		}
	}
	if (content->vulnerability == NULL)
		return 0;
	if (catalogue_store_sla(c->db, r->document.id, r->document.version,
		&sla, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (sla[i].severity == content->vulnerability->severity)
			r->facts.sla_days = sla[i].days;
	}
	return 0;
}

static int
resolve_units(struct ctx *c, const struct content *content, struct resolved *r,
    struct err *e)
{
	struct profile me;
	bool *found_at = arena_array(c->arena, content->nunits, sizeof(bool));

	r->facts.units_found = found_at;
	r->unit_ids =
	    arena_array(c->arena, content->nunits + 1, sizeof(*r->unit_ids));
	if (content_says(content, "unit")) {
		int found =
		    catalogue_store_unit(c->db, content->unit, &r->unit, e);

		if (found < 0)
			return -1;
		r->facts.unit_found = found == 1;
	} else if (r->facts.asset_found && r->asset.unit_id > 0) {
		r->unit.id = r->asset.unit_id;
	} else {
		int found =
		    catalogue_store_profile(c->db, c->who.person_id, &me, e);

		if (found < 0)
			return -1;
		if (found == 1 && me.unit_id > 0)
			r->unit.id = me.unit_id;
	}
	if (r->unit.id > 0)
		r->unit_ids[r->nunit_ids++] = r->unit.id;
	for (size_t i = 0; i < content->nunits; i++) {
		struct unit_row unit;
		int found =
		    catalogue_store_unit(c->db, content->units[i], &unit, e);

		if (found < 0)
			return -1;
		found_at[i] = found == 1;
		if (found == 1)
			r->unit_ids[r->nunit_ids++] = unit.id;
	}
	return 0;
}

int
content_resolve(struct ctx *c, const struct content *content,
    const struct procedure *p, int64_t stage, struct resolved *r, struct err *e)
{
	memset(r, 0, sizeof(*r));
	r->facts.document_max_days = I64_NONE;
	r->facts.sla_days = I64_NONE;
	r->beneficiary_id = I64_NONE;
	r->facts.stage = stage;
	if (!audience_admits(&c->who, p->distribution, p->ndistribution))
		r->facts.procedure_refusal = audience_refusal(&c->who,
		    p->distribution, p->ndistribution, c->arena);
	if (resolve_document(c, content, p, r, e) < 0)
		return -1;
	if (content->asset_id != I64_NONE) {
		int found = catalogue_store_asset(c->db, content->asset_id,
		    c->who.person_id, &r->asset, e);

		if (found < 0)
			return -1;
		r->facts.asset_found = found == 1;
	}
	if (content_says(content, "beneficiary")) {
		int found = catalogue_store_person(c->db, content->beneficiary,
		    &r->beneficiary_id, e);

		if (found < 0)
			return -1;
		r->facts.beneficiary_found = found == 1;
	}
	return resolve_units(c, content, r, e);
}
