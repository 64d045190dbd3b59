/*
 * Each catalogue field has one check of its parts; the procedure says which
 * fields are owed. All faults are collected, none stops the others. That a
 * form asks for what is always owed is seen to by procedure_check().
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
	if (!utf8_says(value))
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
	bool none = utf8_says(c->controls_none_reason);

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
check_clauses(const struct check *k)
{
	const struct content *c = k->c;

	for (size_t i = 0; i < c->nclauses; i++) {
		const char *at = arena_printf(k->a, "clauses/%zu", i);

		if (!k->f->clause_found[i])
			fault(k, at, "is not a clause of this document");
		else if (list_repeats(c->clauses, i))
			fault(k, at, "is named twice");
	}
}

static bool
is_listed(const struct procedure *p, const char *document)
{
	for (size_t i = 0; i < p->ndocuments; i++) {
		if (strcmp(p->documents[i], document) == 0)
			return true;
	}
	return p->ndocuments == 0;
}

/* Published, of a domain this procedure takes, open to exceptions (M-14). */
static void
check_document(const struct check *k)
{
	const struct form_facts *f = k->f;

	if (!utf8_says(k->c->document))
		return;
	if (!f->document_found) {
		fault(k, "document", "is not a published document");
		return;
	}
	if (!f->document_domain_taken || !is_listed(k->p, k->c->document))
		fault(k, "document", "is not handled by this procedure");
	else if (!f->exceptions_allowed && f->exception_note != NULL)
		fault(k, "document",
		    arena_printf(k->a, "does not allow exceptions: %s",
			f->exception_note));
	else if (!f->exceptions_allowed)
		fault(k, "document", "does not allow exceptions");
	else if (f->type_refused)
		fault(k, "document", "does not allow this type of exception");
	else if (f->refusal != NULL)
		fault(k, "document",
		    arena_printf(k->a, "is not meant for you. %s", f->refusal));
	check_clauses(k);
}

/* Whom the procedure is for (C-03, C-27). */
static void
check_asker(const struct check *k)
{
	if (k->f->procedure_refusal != NULL)
		err_field(k->e, k->a, "/procedure", "%s",
		    k->f->procedure_refusal);
}

static void
check_units(const struct check *k)
{
	const struct content *c = k->c;

	if (utf8_says(c->unit) && !k->f->unit_found)
		fault(k, "unit", "is not a unit");
	for (size_t i = 0; i < c->nunits; i++) {
		const char *at = arena_printf(k->a, "units/%zu", i);

		if (!k->f->units_found[i])
			fault(k, at, "is not a unit");
		else if (list_repeats(c->units, i) ||
		    (c->unit != NULL && strcmp(c->unit, c->units[i]) == 0))
			fault(k, at, "is named twice");
	}
}

static void
check_names(const struct check *k)
{
	const struct content *c = k->c;

	if (c->asset_id != I64_NONE && !k->f->asset_found)
		fault(k, "asset_id", "is not in the list of assets");
	if (utf8_says(c->beneficiary) && !k->f->beneficiary_found)
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

	if (c->fix_on != DATE_NONE && c->fix_on < k->today)
		fault(k, "fix_on", "is in the past");
	if (c->requested_from != DATE_NONE && c->requested_from < k->today)
		fault(k, "requested_from", "is in the past");
	if (c->requested_until == DATE_NONE)
		return;
	/* M-34: the fix cannot come after the exception silently */
	if (c->fix_on != DATE_NONE && c->fix_on > c->requested_until)
		fault(k, "fix_on",
		    "is after the last day: the fix must come before the "
		    "exception ends");
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

/* Characters that are not white space. */
static size_t
said(const char *text)
{
	size_t len = strlen(text);
	size_t n = 0;

	for (size_t i = 0; i < len;) {
		char one[5] = { 0 };
		uint32_t cp;
		size_t used = utf8_decode(text + i, len - i, &cp);

		if (used == 0)
			break;
		memcpy(one, text + i, used);
		n += !utf8_is_blank(one);
		i += used;
	}
	return n;
}

static void
check_texts(const struct check *k)
{
	const struct content *c = k->c;

	if (utf8_says(c->justification) &&
	    said(c->justification) < JUSTIFICATION_MIN)
		fault(k, "justification",
		    "says too little: at least 30 characters");
}

static void
check_criterion(const struct check *k, size_t i)
{
	const struct qualification *q = &k->c->qualification[i];
	const char *at = arena_printf(k->a, "qualification/%zu", i);
	const struct criterion *owed = NULL;

	for (size_t j = 0; j < k->p->nqualification; j++) {
		if (strcmp(k->p->qualification[j].criterion, q->criterion) == 0)
			owed = &k->p->qualification[j];
	}
	for (size_t j = 0; j < i; j++) {
		if (strcmp(k->c->qualification[j].criterion, q->criterion) == 0)
			fault(k, arena_printf(k->a, "%s/criterion", at),
			    "is claimed twice");
	}
	if (owed == NULL) {
		fault(k, arena_printf(k->a, "%s/criterion", at),
		    "is not a criterion of this procedure");
		return;
	}
	owed_text(k, arena_printf(k->a, "%s/evidence", at), q->evidence);
	if (owed->contact) {
		owed_text(k, arena_printf(k->a, "%s/contact", at), q->contact);
		if (q->contacted_on == DATE_NONE)
			fault(k, arena_printf(k->a, "%s/contacted_on", at),
			    "is missing");
	}
	if (q->contacted_on != DATE_NONE && q->contacted_on > k->today)
		fault(k, arena_printf(k->a, "%s/contacted_on", at),
		    "is in the future");
	if (owed->alternatives && k->c->nalternatives == 0)
		fault(k, "alternatives",
		    "are missing: this criterion owes what was tried");
}

/* At least one criterion, each with what shows it (C-04). */
static void
check_qualification(const struct check *k)
{
	if (k->c->nqualification == 0)
		fault(k, "qualification",
		    "is missing: choose at least one criterion");
	for (size_t i = 0; i < k->c->nqualification; i++)
		check_criterion(k, i);
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
	case KIND_QUALIFICATION:
		check_qualification(k);
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
	case KIND_NUMBER:
	case FIELD_KIND__MAX:
		break;
	}
	return false;
}

const char *const form_always_owed[] = { "title", "document", "clauses",
	"justification", "requested_until", NULL };

static bool
is_owed(const struct procedure *p, const struct form_field *f)
{
	if (f->required)
		return true;
	if (p->service_request_required &&
	    strcmp(f->field, "service_request") == 0)
		return true;
	for (size_t i = 0; form_always_owed[i] != NULL; i++) {
		if (strcmp(form_always_owed[i], f->field) == 0)
			return true;
	}
	return false;
}

/* A section opens with its form stage (C-10). */
static bool
is_open(const struct check *k, const struct form_section *s)
{
	return s->stage == NULL ||
	    procedure_stage_number(k->p, s->stage) <= k->f->stage;
}

/* In the order of the form. */
static void
check_owed(const struct check *k)
{
	for (size_t i = 0; i < k->p->nform; i++) {
		const struct form_section *s = &k->p->form[i];

		for (size_t j = 0; is_open(k, s) && j < s->nfields; j++) {
			const struct form_field *f = &s->fields[j];

			if (!check_parts(k, f) && is_owed(k->p, f) &&
			    !content_has(k->c, f->field))
				fault(k, f->field, "is missing");
		}
	}
}

/* The register asks for it by itself, whatever the form says. */
#define OVERLAP_REASON "overlap_reason"

static void
check_overlap(const struct check *k)
{
	if (k->f->overlap != NULL && !utf8_says(k->c->overlap_reason))
		fault(k, OVERLAP_REASON,
		    arena_printf(k->a, "%s: say why a second one is needed",
			k->f->overlap));
}

/* A request says what its form asks and nothing else (V-02). */
static void
check_unasked(const struct check *k)
{
	for (size_t i = 0; i < content_schema.nfields; i++) {
		const char *name = content_schema.fields[i].name;
		const struct form_section *s;

		if (!content_says(k->c, name) ||
		    strcmp(name, OVERLAP_REASON) == 0)
			continue;
		s = procedure_section(k->p, name);
		if (s == NULL)
			fault(k, name, "is not part of this form");
		else if (!is_open(k, s))
			fault(k, name,
			    "is not asked yet: this part of the form opens "
			    "later");
	}
}

int
form_check(const struct content *c, const struct procedure *p,
    const struct form_facts *f, date_t today, struct arena *a, struct err *e)
{
	const struct check k = { c, p, f, today, a, e };
	size_t before = e->nfields;

	check_asker(&k);
	check_owed(&k);
	check_unasked(&k);
	check_document(&k);
	check_units(&k);
	check_names(&k);
	check_dates(&k);
	check_texts(&k);
	check_overlap(&k);
	return e->nfields == before ? 0 : -1;
}

/* A day of the last time, or a reason that was one then. */
static bool
is_of_its_time(const char *name)
{
	return strcmp(name, "requested_from") == 0 ||
	    strcmp(name, "requested_until") == 0 ||
	    strcmp(name, "fix_on") == 0 || strcmp(name, OVERLAP_REASON) == 0;
}

void
form_copy(const struct procedure *p, const struct content *from,
    struct content *to)
{
	schema_init(&content_schema, to);
	for (size_t i = 0; i < content_schema.nfields; i++) {
		const struct field *f = &content_schema.fields[i];
		const struct form_section *s = procedure_section(p, f->name);

		if (s != NULL && s->stage == NULL && !is_of_its_time(f->name))
			field_copy(f, from, to);
	}
}

bool
form_same_before(const struct procedure *p, int64_t stage,
    const struct content *a, const struct content *b)
{
	for (size_t i = 0; i < content_schema.nfields; i++) {
		const struct field *f = &content_schema.fields[i];
		const struct form_section *s = procedure_section(p, f->name);

		if (s != NULL &&
		    (s->stage == NULL ||
			procedure_stage_number(p, s->stage) < stage) &&
		    !field_equal(f, a, b))
			return false;
	}
	return true;
}
