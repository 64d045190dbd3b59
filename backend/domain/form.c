/*
 * Each catalogue field has one check of its parts; the procedure says which
 * fields are owed. All faults are collected, none stops the others.
 */
#include "domain/form.h"

#include <string.h>

#include "base/utf8.h"
#include "domain/term.h"

struct check {
	const struct content *c;
	const struct procedure *p;
	const struct form_facts *f;
	date_t today;
	struct arena *a;
	struct err *e;
};

static void
fault(const struct check *k, const char *field, const char *text)
{
	err_field(k->e, k->a, arena_printf(k->a, "/content/%s", field), "%s",
	    text);
}

static void
owed_text(const struct check *k, const char *pointer, const char *value)
{
	if (value == NULL || utf8_is_blank(value))
		fault(k, pointer, "is missing");
}

static void
check_vulnerability(const struct check *k, bool required)
{
	const struct vulnerability *v = k->c->vulnerability;

	if (v == NULL) {
		if (required)
			fault(k, "vulnerability", "is missing");
		return;
	}
	owed_text(k, "vulnerability/identifier", v->identifier);
	owed_text(k, "vulnerability/title", v->title);
	if (v->severity == SEVERITY__INVALID)
		fault(k, "vulnerability/severity", "is missing");
	else if (k->f->document_found && k->f->sla_days == I64_NONE)
		fault(k, "vulnerability/severity",
		    "has no remediation time in this document");
	if (v->detected_on == DATE_NONE)
		fault(k, "vulnerability/detected_on", "is missing");
	else if (v->detected_on > k->today)
		fault(k, "vulnerability/detected_on", "is in the future");
}

static void
owed_level(const struct check *k, const char *pointer, int64_t level)
{
	if (level == I64_NONE)
		fault(k, pointer, "is missing");
}

static void
check_risk(const struct check *k, bool required)
{
	const struct risk_analysis *r = k->c->risk;

	if (r == NULL) {
		if (required)
			fault(k, "risk", "is missing");
		return;
	}
	owed_text(k, "risk/description", r->description);
	owed_text(k, "risk/consequence", r->consequence);
	owed_level(k, "risk/likelihood", r->likelihood);
	owed_level(k, "risk/impact", r->impact);
	owed_level(k, "risk/likelihood_after", r->likelihood_after);
	owed_level(k, "risk/impact_after", r->impact_after);
	if (risk_score_before(k->c) > 0 &&
	    risk_score_after(k->c) > risk_score_before(k->c))
		fault(k, "risk/likelihood_after",
		    "gives a higher risk with the controls than without");
}

/* Controls, or the statement why there are none (V-11). */
static void
check_controls(const struct check *k, bool required)
{
	const struct content *c = k->c;
	bool none = c->controls_none_reason != NULL &&
	    !utf8_is_blank(c->controls_none_reason);

	if (c->ncontrols == 0 && !none && required)
		fault(k, "controls",
		    "are missing: add one, or say why there are none");
	if (c->ncontrols > 0 && none)
		fault(k, "controls_none_reason",
		    "is given although there are controls");
	for (size_t i = 0; i < c->ncontrols; i++) {
		owed_text(k, arena_printf(k->a, "controls/%zu/description", i),
		    c->controls[i].description);
		owed_text(k, arena_printf(k->a, "controls/%zu/owner", i),
		    c->controls[i].owner);
		if (c->controls[i].state == CONTROL_STATE__INVALID)
			fault(k, arena_printf(k->a, "controls/%zu/state", i),
			    "is missing");
	}
}

static void
check_alternatives(const struct check *k, bool required)
{
	const struct content *c = k->c;

	if (c->nalternatives == 0 && required)
		fault(k, "alternatives", "are missing: add at least one");
	for (size_t i = 0; i < c->nalternatives; i++) {
		const struct alternative *alt = &c->alternatives[i];

		owed_text(k,
		    arena_printf(k->a, "alternatives/%zu/description", i),
		    alt->description);
		owed_text(k, arena_printf(k->a, "alternatives/%zu/reason", i),
		    alt->reason);
		if (alt->verdict == ALTERNATIVE_VERDICT__INVALID)
			fault(k,
			    arena_printf(k->a, "alternatives/%zu/verdict", i),
			    "is missing");
	}
}

static void
check_document(const struct check *k)
{
	const struct content *c = k->c;

	if (c->document == NULL)
		return;
	if (!k->f->document_found)
		fault(k, "document", "is not a published document");
	else if (!k->f->document_domain_taken)
		fault(k, "document", "is not handled by this procedure");
	else if (!k->f->exceptions_allowed)
		fault(k, "document",
		    k->f->exception_note != NULL ? k->f->exception_note :
						   "does not allow exceptions");
	for (size_t i = 0; i < c->nclauses; i++) {
		if (k->f->document_found && !k->f->clause_found[i])
			fault(k, arena_printf(k->a, "clauses/%zu", i),
			    "is not a clause of this document");
	}
}

static void
check_names(const struct check *k)
{
	const struct content *c = k->c;

	if (c->asset_id != I64_NONE && !k->f->asset_found)
		fault(k, "asset_id", "is not in the list of assets");
	if (c->unit != NULL && !k->f->unit_found)
		fault(k, "unit", "is not a unit");
	for (size_t i = 0; i < c->nunits; i++) {
		if (!k->f->units_found[i])
			fault(k, arena_printf(k->a, "units/%zu", i),
			    "is not a unit");
	}
	if (c->beneficiary != NULL && !k->f->beneficiary_found)
		fault(k, "beneficiary", "is not a person the register knows");
}

static void
check_dates(const struct check *k)
{
	const struct content *c = k->c;
	date_t first = term_effective(c->requested_from, k->today);
	int64_t limit = term_limit(k->p, k->f->document_max_days);
	date_t latest = term_latest(first, limit);
	char day[11];

	if (c->requested_from != DATE_NONE && c->requested_from < k->today)
		fault(k, "requested_from", "is in the past");
	if (c->requested_until == DATE_NONE)
		return;
	date_format(latest, day);
	if (c->requested_until < k->today)
		fault(k, "requested_until", "is in the past");
	else if (c->requested_until < first)
		fault(k, "requested_until", "is before the first day");
	else if (c->requested_until > latest)
		fault(k, "requested_until",
		    arena_printf(k->a,
			"is beyond the limit of %lld days; the latest is %s",
			(long long)limit, day));
}

static void
check_texts(const struct check *k)
{
	const struct content *c = k->c;

	if (c->justification != NULL && !utf8_is_blank(c->justification) &&
	    utf8_length(c->justification) < JUSTIFICATION_MIN)
		fault(k, "justification",
		    "says too little: at least 30 characters");
	if (k->p->service_request_required &&
	    !content_has(c, "service_request"))
		fault(k, "service_request",
		    "is missing: the request must belong to a service request");
}

/* Fields with parts have a check of their own. */
static bool
check_parts(const struct check *k, const struct form_field *field)
{
	switch (field->kind) {
	case KIND_VULNERABILITY:
		check_vulnerability(k, field->required);
		return true;
	case KIND_RISK:
		check_risk(k, field->required);
		return true;
	case KIND_CONTROLS:
		check_controls(k, field->required);
		return true;
	case KIND_ALTERNATIVES:
		check_alternatives(k, field->required);
		return true;
	case FIELD_KIND__INVALID:
	case KIND_TEXT:
	case KIND_TEXTAREA:
	case KIND_ENUM:
	case KIND_DATE:
	case KIND_DOCUMENT:
	case KIND_CLAUSES:
	case KIND_ASSET:
	case KIND_UNIT:
	case KIND_UNITS:
	case KIND_BOOL:
	case FIELD_KIND__MAX:
		break;
	}
	return false;
}

/* The organisation's own rules: every exception names these (rule 1, M-15). */
static const char *const always_owed[] = { "title", "document", "clauses",
	"justification", "requested_until" };

static bool
is_always_owed(const char *field)
{
	for (size_t i = 0; i < sizeof(always_owed) / sizeof(always_owed[0]);
	     i++) {
		if (strcmp(always_owed[i], field) == 0)
			return true;
	}
	return false;
}

static void
check_owed(const struct check *k)
{
	for (size_t i = 0; i < k->p->nform; i++) {
		const struct form_section *s = &k->p->form[i];

		for (size_t j = 0; j < s->nfields; j++) {
			const struct form_field *f = &s->fields[j];

			if (!check_parts(k, f) && f->required &&
			    !is_always_owed(f->field) &&
			    !content_has(k->c, f->field))
				fault(k, f->field, "is missing");
		}
	}
	for (size_t i = 0; i < sizeof(always_owed) / sizeof(always_owed[0]);
	     i++) {
		if (!content_has(k->c, always_owed[i]))
			fault(k, always_owed[i], "is missing");
	}
}

int
form_check(const struct content *c, const struct procedure *p,
    const struct form_facts *f, date_t today, struct arena *a, struct err *e)
{
	const struct check k = { c, p, f, today, a, e };
	size_t before = e->nfields;

	check_owed(&k);
	check_document(&k);
	check_names(&k);
	check_dates(&k);
	check_texts(&k);
	return e->nfields == before ? 0 : -1;
}
