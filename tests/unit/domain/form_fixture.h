/*
 * A procedure that asks for everything, a request that owes nothing, and a
 * catalogue that knows all it names. A test changes one thing.
 */
#ifndef EXREG_TESTS_UNIT_DOMAIN_FORM_FIXTURE_H
#define EXREG_TESTS_UNIT_DOMAIN_FORM_FIXTURE_H

#include <string.h>

#include "domain/form.h"

#define TODAY 20000 /* 2024-10-04 */

struct form_fixture {
	struct arena a;
	struct err e;
	struct form_field fields[24];
	struct form_section section;
	struct finding_owed findings[2];
	struct stage stage;
	struct term_rule term;
	const char *domains[1];
	struct procedure p;
	const char *clauses[2];
	const char *units[2];
	struct vulnerability vulnerability;
	struct risk_analysis risk;
	struct control controls[1];
	struct alternative alternatives[1];
	struct content c;
	bool clause_found[2];
	bool units_found[2];
	struct form_facts f;
};

/* clang-format off */
static const struct form_field fixture_fields[] = {
	{ "title", "Title", NULL, KIND_TEXT, true },
	{ "document", "Document", NULL, KIND_DOCUMENT, true },
	{ "clauses", "Clauses", NULL, KIND_CLAUSES, true },
	{ "asset_id", "Asset", NULL, KIND_ASSET, true },
	{ "unit", "Unit", NULL, KIND_UNIT, false },
	{ "units", "Other units", NULL, KIND_UNITS, false },
	{ "vulnerability", "Vulnerability", NULL, KIND_VULNERABILITY, true },
	{ "sla_reason", "Why not in time", NULL, KIND_TEXTAREA, true },
	{ "justification", "Justification", NULL, KIND_TEXTAREA, true },
	{ "circumstances", "Circumstances", NULL, KIND_TEXTAREA, true },
	{ "cause", "Cause", NULL, KIND_ENUM, true },
	{ "impact_if_denied", "If denied", NULL, KIND_TEXTAREA, false },
	{ "risk", "Risk", NULL, KIND_RISK, true },
	{ "controls", "Controls", NULL, KIND_CONTROLS, true },
	{ "controls_none_reason", "None, because", NULL, KIND_TEXTAREA, false },
	{ "alternatives", "Alternatives", NULL, KIND_ALTERNATIVES, true },
	{ "remediation_plan", "Plan", NULL, KIND_TEXTAREA, false },
	{ "service_request", "Service request", NULL, KIND_TEXT, false },
	{ "requested_from", "From", NULL, KIND_DATE, false },
	{ "requested_until", "Until", NULL, KIND_DATE, true },
	{ "beneficiary", "For", NULL, KIND_TEXT, false },
	{ "confidential", "Confidential", NULL, KIND_BOOL, false },
};
/* clang-format on */
#define FIXTURE_FIELDS (sizeof(fixture_fields) / sizeof(fixture_fields[0]))

static inline void
fixture_procedure(struct form_fixture *x)
{
	memcpy(x->fields, fixture_fields, sizeof(fixture_fields));
	x->section = (struct form_section){ "all", "All", NULL, x->fields,
		FIXTURE_FIELDS };
	x->findings[0] = (struct finding_owed){ "business_validity",
		"Business validity", NULL };
	x->findings[1] = (struct finding_owed){ "security_implications",
		"Security implications", NULL };
	x->stage = (struct stage){ .stage = "decide",
		.kind = STAGE_DECIDE,
		.title = "Review",
		.role = "security_lead",
		.what = "Decide",
		.time_limit_days = 5,
		.reminder_days = I64_NONE,
		.findings = x->findings,
		.nfindings = 2 };
	x->term = (struct term_rule){ 180, I64_NONE, I64_NONE, I64_NONE };
	x->domains[0] = "it_security";
	schema_init(&procedure_schema, &x->p);
	x->p.key = "TEST-1";
	x->p.domains = x->domains;
	x->p.ndomains = 1;
	x->p.form = &x->section;
	x->p.nform = 1;
	x->p.stages = &x->stage;
	x->p.nstages = 1;
	x->p.term = &x->term;
}

static inline void
fixture_content(struct form_fixture *x)
{
	struct content *c = &x->c;

	x->clauses[0] = "4.2";
	x->vulnerability = (struct vulnerability){ "CVE-2024-1234", "Overflow",
		SEVERITY_HIGH, TODAY - 3, NULL };
	x->risk = (struct risk_analysis){ .description = "Break-in",
		.consequence = "Loss of data",
		.likelihood = 4,
		.impact = 5,
		.likelihood_after = 2,
		.impact_after = 5 };
	x->controls[0] = (struct control){ "Only from the inner network",
		CONTROL_IN_PLACE, "Network team" };
	x->alternatives[0] = (struct alternative){ "Switch it off",
		ALTERNATIVE_NOT_PRACTICAL, "It is in use" };
	schema_init(&content_schema, c);
	c->title = "Late patch of the mail server";
	c->cause = CAUSE_TECHNICAL_LIMITATION;
	c->document = "VMP-01";
	c->clauses = x->clauses;
	c->nclauses = 1;
	c->asset_id = 7;
	c->vulnerability = &x->vulnerability;
	c->sla_reason = "The vendor has no patch yet";
	c->justification = "Mail is needed every day and cannot be stopped.";
	c->circumstances = "The vendor delivers in March";
	c->risk = &x->risk;
	c->controls = x->controls;
	c->ncontrols = 1;
	c->alternatives = x->alternatives;
	c->nalternatives = 1;
	c->requested_until = TODAY + 89;
}

static inline void
fixture_init(struct form_fixture *x)
{
	memset(x, 0, sizeof(*x));
	arena_init(&x->a);
	fixture_procedure(x);
	fixture_content(x);
	x->f = (struct form_facts){
		.document_found = true,
		.document_domain_taken = true,
		.exceptions_allowed = true,
		.document_title = "Vulnerability Management Policy",
		.document_max_days = I64_NONE,
		.clause_found = x->clause_found,
		.asset_found = true,
		.unit_found = true,
		.units_found = x->units_found,
		.beneficiary_found = true,
		.sla_days = 14,
	};
	for (size_t i = 0; i < 2; i++)
		x->clause_found[i] = x->units_found[i] = true;
}

/* The detail of the fault at a pointer, or NULL. */
static inline const char *
fault_at(const struct err *e, const char *pointer)
{
	for (size_t i = 0; i < e->nfields; i++) {
		if (strcmp(e->fields[i].pointer, pointer) == 0)
			return e->fields[i].detail;
	}
	return NULL;
}

#endif
