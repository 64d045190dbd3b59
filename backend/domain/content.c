/*
 * The field table of the content is its JSON form, its OpenAPI schema and
 * the catalogue a procedure chooses its form from. The order of the rows is
 * the order of the canonical bytes: append, never reorder.
 */
#include "domain/content.h"

#include <string.h>

#include "base/utf8.h"

#define TEXT_MAX 4000

/* clang-format off */
static const struct field vulnerability_fields[] = {
	F_STR(vulnerability, identifier, .flags = FIELD_OMIT, .max = 100, .doc = "CVE, scanner finding or test report reference"),
	F_STR(vulnerability, title, .flags = FIELD_OMIT, .max = 200, .doc = "What the vulnerability is"),
	F_ENUM(vulnerability, severity, severity, .flags = FIELD_OMIT, .doc = "Severity as rated by the scanner or tester"),
	F_DATE(vulnerability, detected_on, .flags = FIELD_OMIT, .doc = "Day it was found; the SLA counts from here"),
	F_STR(vulnerability, source, .flags = FIELD_OMIT, .max = 100, .doc = "Scanner or person that found it"),
};
const struct schema vulnerability_schema = SCHEMA(vulnerability, vulnerability_fields, "An identified vulnerability");

static const struct field risk_analysis_fields[] = {
	F_STR(risk_analysis, description, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "What could happen"),
	F_STR(risk_analysis, consequence, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "What it would mean for the organisation"),
	F_I64(risk_analysis, likelihood, .flags = FIELD_OMIT | FIELD_NULLABLE, .min = 1, .max = 5, .doc = "Likelihood before controls, 1 to 5"),
	F_I64(risk_analysis, impact, .flags = FIELD_OMIT | FIELD_NULLABLE, .min = 1, .max = 5, .doc = "Impact before controls, 1 to 5"),
	F_I64(risk_analysis, likelihood_after, .flags = FIELD_OMIT | FIELD_NULLABLE, .min = 1, .max = 5, .doc = "Likelihood with the controls, 1 to 5"),
	F_I64(risk_analysis, impact_after, .flags = FIELD_OMIT | FIELD_NULLABLE, .min = 1, .max = 5, .doc = "Impact with the controls, 1 to 5"),
	F_BOOL(risk_analysis, confidentiality, .doc = "Confidentiality is at risk"),
	F_BOOL(risk_analysis, integrity, .doc = "Integrity is at risk"),
	F_BOOL(risk_analysis, availability, .doc = "Availability is at risk"),
};
const struct schema risk_analysis_schema = SCHEMA(risk_analysis, risk_analysis_fields, "Structured risk analysis");

static const struct field control_fields[] = {
	F_STR(control, description, .flags = FIELD_OMIT, .max = 1000, .doc = "What reduces the risk"),
	F_ENUM(control, state, control_state, .flags = FIELD_OMIT, .doc = "In place or planned"),
	F_STR(control, owner, .flags = FIELD_OMIT, .max = 200, .doc = "Who keeps it working"),
};
const struct schema control_schema = SCHEMA(control, control_fields, "A compensating control");

static const struct field alternative_fields[] = {
	F_STR(alternative, description, .flags = FIELD_OMIT, .max = 1000, .doc = "What else was considered"),
	F_ENUM(alternative, verdict, alternative_verdict, .flags = FIELD_OMIT, .doc = "Why it was not chosen"),
	F_STR(alternative, reason, .flags = FIELD_OMIT, .max = 1000, .doc = "The reason in words"),
};
const struct schema alternative_schema = SCHEMA(alternative, alternative_fields, "An alternative that was considered");

static const struct field qualification_fields[] = {
	F_STR(qualification, criterion, .flags = FIELD_REQUIRED, .max = 40, .doc = "Criterion of the procedure"),
	F_STR(qualification, evidence, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "What shows that it holds"),
	F_STR(qualification, contact, .flags = FIELD_OMIT, .max = 200, .doc = "With whom it was talked over"),
	F_DATE(qualification, contacted_on, .flags = FIELD_OMIT, .doc = "When"),
};
const struct schema qualification_schema = SCHEMA(qualification, qualification_fields, "A criterion that holds");

static const struct field content_fields[] = {
	F_STR(content, title, .flags = FIELD_OMIT, .max = 200, .doc = "One line, shown in lists"),
	F_ENUM(content, cause, cause, .flags = FIELD_OMIT, .doc = "Why the rule cannot be followed"),
	F_STR(content, document, .flags = FIELD_OMIT, .max = 32, .doc = "Key of the document deviated from"),
	F_STRS(content, clauses, .flags = FIELD_OMIT, .max = 20, .doc = "References of the clauses deviated from"),
	F_I64(content, asset_id, .flags = FIELD_OMIT | FIELD_NULLABLE, .min = 1, .max = INT64_C(9007199254740991), .doc = "The asset it is about"),
	F_STR(content, unit, .flags = FIELD_OMIT, .max = 32, .doc = "Code of the unit it is for"),
	F_STRS(content, units, .flags = FIELD_OMIT, .max = 20, .doc = "Codes of other units affected"),
	F_OBJECT(content, vulnerability, vulnerability, .flags = FIELD_OMIT, .doc = "The vulnerability that stays open"),
	F_STR(content, sla_reason, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "Why the remediation time cannot be kept"),
	F_STR(content, justification, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "Why the exception is justified"),
	F_STR(content, circumstances, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "Circumstances or business requirement behind it"),
	F_STR(content, impact_if_denied, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "What happens when it is denied"),
	F_OBJECT(content, risk, risk_analysis, .flags = FIELD_OMIT, .doc = "Risk analysis"),
	F_ARRAY(content, controls, control, .flags = FIELD_OMIT, .max = 20, .doc = "Compensating controls"),
	F_STR(content, controls_none_reason, .flags = FIELD_OMIT, .max = 1000, .doc = "Why there is no compensating control"),
	F_ARRAY(content, alternatives, alternative, .flags = FIELD_OMIT, .max = 20, .doc = "Alternatives considered"),
	F_STR(content, remediation_plan, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "How and when the exception will no longer be needed"),
	F_STR(content, service_request, .flags = FIELD_OMIT, .max = 64, .doc = "Reference of the service request"),
	F_DATE(content, requested_from, .flags = FIELD_OMIT, .doc = "First day it is needed; the day of the decision when empty"),
	F_DATE(content, requested_until, .flags = FIELD_OMIT, .doc = "Last day it is needed"),
	F_STR(content, beneficiary, .flags = FIELD_OMIT, .max = 128, .doc = "Directory name of the person it is for, when not the requester"),
	F_BOOL(content, confidential, .doc = "Only the people who handle it may see it"),
	F_ARRAY(content, qualification, qualification, .flags = FIELD_OMIT, .max = 10, .doc = "Criteria under which it qualifies"),
	F_DATE(content, fix_on, .flags = FIELD_OMIT, .doc = "Day the fix is planned for"),
	F_BOOL(content, one_time, .flags = FIELD_OMIT, .doc = "Spent by its first use"),
	F_I64(content, amount_limit, .flags = FIELD_OMIT | FIELD_NULLABLE, .min = 1, .max = INT64_C(1000000000000), .doc = "Highest amount, in whole units of the currency"),
	F_STR(content, alternative_procedure, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "How it is done instead"),
	F_STR(content, special_circumstances, .flags = FIELD_OMIT, .max = TEXT_MAX, .doc = "Personal or special circumstances"),
	F_STR(content, overlap_reason, .flags = FIELD_OMIT, .max = 1000, .doc = "Why it is needed although another exception covers the same"),
};
const struct schema content_schema = SCHEMA(content, content_fields, "What the requester states");
/* clang-format on */

static int64_t
score(int64_t likelihood, int64_t impact)
{
	return likelihood == I64_NONE || impact == I64_NONE ?
	    0 :
	    likelihood * impact;
}

int64_t
risk_score_before(const struct content *c)
{
	return c->risk == NULL ? 0 :
				 score(c->risk->likelihood, c->risk->impact);
}

int64_t
risk_score_after(const struct content *c)
{
	return c->risk == NULL ?
	    0 :
	    score(c->risk->likelihood_after, c->risk->impact_after);
}

static bool
member_is_set(const struct field *f, const struct content *c)
{
	const char *base = (const char *)c + f->off;
	size_t n = 0;

	switch (f->type) {
	case FIELD_STR:
	case FIELD_JSON: {
		const char *s = *(const char *const *)(const void *)base;
		return utf8_says(s);
	}
	case FIELD_ENUM:
		return *(const int *)(const void *)base != 0;
	case FIELD_DATE:
		return *(const date_t *)(const void *)base != DATE_NONE;
	case FIELD_TIME:
	case FIELD_I64:
		return *(const int64_t *)(const void *)base != I64_NONE;
	case FIELD_BOOL:
		return *(const bool *)(const void *)base;
	case FIELD_OBJECT:
		return *(const void *const *)(const void *)base != NULL;
	case FIELD_ARRAY:
	case FIELD_STRS:
		memcpy(&n, (const char *)c + f->count_off, sizeof(n));
		return n > 0;
	case FIELD__INVALID:
	case FIELD__MAX:
		break;
	}
	return false;
}

bool
content_says(const struct content *c, const char *field)
{
	const struct field *f = schema_find(&content_schema, field);

	return f != NULL && member_is_set(f, c);
}

bool
content_has(const struct content *c, const char *field)
{
	const struct field *f = schema_find(&content_schema, field);

	return f != NULL && (f->type == FIELD_BOOL || member_is_set(f, c));
}
