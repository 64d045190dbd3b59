/* What a request owes: one row a rule, each changes a complete request. */
#include "support/test.h"

#include "unit/domain/form_fixture.h"

typedef void (*change_fn)(struct form_fixture *x);

/* clang-format off */
#define CHANGE(name, ...) static void name(struct form_fixture *x) { __VA_ARGS__; }

CHANGE(nothing, (void)x)
CHANGE(no_title, x->c.title = NULL)
CHANGE(blank_title, x->c.title = " \t")
CHANGE(no_document, x->c.document = NULL)
CHANGE(no_clauses, x->c.nclauses = 0)
CHANGE(no_cause, x->c.cause = CAUSE__INVALID)
CHANGE(no_asset, x->c.asset_id = I64_NONE)
CHANGE(unknown_asset, x->f.asset_found = false)

CHANGE(no_vulnerability, x->c.vulnerability = NULL)
CHANGE(no_identifier, x->vulnerability.identifier = NULL)
CHANGE(no_vuln_title, x->vulnerability.title = "")
CHANGE(no_severity, x->vulnerability.severity = SEVERITY__INVALID)
CHANGE(no_detected_on, x->vulnerability.detected_on = DATE_NONE)
CHANGE(detected_tomorrow, x->vulnerability.detected_on = TODAY + 1)
CHANGE(detected_today, x->vulnerability.detected_on = TODAY)
CHANGE(no_sla, x->f.sla_days = I64_NONE)
CHANGE(past_sla, x->vulnerability.detected_on = TODAY - 400)
CHANGE(no_sla_reason, x->c.sla_reason = "  ")

CHANGE(no_justification, x->c.justification = NULL)
CHANGE(blank_justification, x->c.justification = "                                        ")
CHANGE(short_justification, x->c.justification = "Because we need it, really!")
CHANGE(padded_justification, x->c.justification = "Because\n\n\n we           need            it   now.")
CHANGE(just_enough, x->c.justification = "123456789012345678901234567890")
CHANGE(one_too_few, x->c.justification = "12345678901234567890123456789")
CHANGE(umlauts, x->c.justification = "äöüßäöüßäöüßäöüßäöüßäöüßäöüßä")

CHANGE(no_risk, x->c.risk = NULL)
CHANGE(no_threat, x->risk.description = NULL)
CHANGE(no_consequence, x->risk.consequence = "")
CHANGE(no_likelihood, x->risk.likelihood = I64_NONE)
CHANGE(no_impact, x->risk.impact = I64_NONE)
CHANGE(no_likelihood_after, x->risk.likelihood_after = I64_NONE)
CHANGE(no_impact_after, x->risk.impact_after = I64_NONE)
CHANGE(worse_with_controls, x->risk.likelihood_after = 5)

CHANGE(no_controls, x->c.ncontrols = 0)
CHANGE(none_because, x->c.ncontrols = 0; x->c.controls_none_reason = "The system stands alone")
CHANGE(none_blank, x->c.ncontrols = 0; x->c.controls_none_reason = " ")
CHANGE(both, x->c.controls_none_reason = "The system stands alone")
CHANGE(no_control_text, x->controls[0].description = NULL)
CHANGE(no_control_owner, x->controls[0].owner = "")
CHANGE(no_control_state, x->controls[0].state = CONTROL_STATE__INVALID)

CHANGE(no_circumstances, x->c.circumstances = "\n")
CHANGE(no_alternatives, x->c.nalternatives = 0)
CHANGE(no_alternative_text, x->alternatives[0].description = NULL)
CHANGE(no_alternative_reason, x->alternatives[0].reason = NULL)
CHANGE(no_alternative_verdict, x->alternatives[0].verdict = ALTERNATIVE_VERDICT__INVALID)

CHANGE(sr_owed, x->p.service_request_required = true)
CHANGE(sr_blank, x->p.service_request_required = true; x->c.service_request = " ")
CHANGE(sr_given, x->p.service_request_required = true; x->c.service_request = "SR-1001")
CHANGE(sr_owed_twice, x->p.service_request_required = true; x->fields[17].required = true)

CHANGE(no_until, x->c.requested_until = DATE_NONE)
CHANGE(until_yesterday, x->c.requested_until = TODAY - 1)
CHANGE(until_today, x->c.requested_until = TODAY)
CHANGE(until_limit, x->c.requested_until = TODAY + 179)
CHANGE(until_beyond, x->c.requested_until = TODAY + 180)
CHANGE(from_yesterday, x->c.requested_from = TODAY - 1)
CHANGE(from_today, x->c.requested_from = TODAY)
CHANGE(from_after_until, x->c.requested_from = TODAY + 90)
CHANGE(from_moves_limit, x->c.requested_from = TODAY + 10; x->c.requested_until = TODAY + 189)
CHANGE(from_last_day, x->c.requested_from = DATE_MAX; x->c.requested_until = DATE_MAX)
CHANGE(document_limit, x->f.document_max_days = 90)
CHANGE(document_beyond, x->f.document_max_days = 89)

CHANGE(not_published, x->f.document_found = false; x->clause_found[0] = false)
CHANGE(other_domain, x->f.document_domain_taken = false)
CHANGE(not_allowed, x->f.exceptions_allowed = false)
CHANGE(not_allowed_note, x->f.exceptions_allowed = false; x->f.exception_note = "lives depend on it")
CHANGE(type_refused, x->f.type_refused = true)
CHANGE(not_for_them, x->f.refusal = "An employee cannot ask for this")
CHANGE(not_their_procedure, x->f.procedure_refusal = "A visitor cannot ask for this")
CHANGE(unknown_clause, x->clause_found[0] = false)
CHANGE(clause_twice, x->clauses[1] = "4.2"; x->c.nclauses = 2)
CHANGE(two_clauses, x->clauses[1] = "4.3"; x->c.nclauses = 2)
CHANGE(unknown_unit, x->c.unit = "X"; x->f.unit_found = false)
CHANGE(empty_unit, x->c.unit = ""; x->f.unit_found = false)
CHANGE(unknown_units, x->c.units = x->units; x->units[0] = "X"; x->c.nunits = 1; x->units_found[0] = false)
CHANGE(units_twice, x->c.units = x->units; x->units[0] = x->units[1] = "X"; x->c.nunits = 2)
CHANGE(units_and_unit, x->c.unit = "X"; x->c.units = x->units; x->units[0] = "X"; x->c.nunits = 1)
CHANGE(unknown_person, x->c.beneficiary = "nobody"; x->f.beneficiary_found = false)
CHANGE(empty_person, x->c.beneficiary = ""; x->f.beneficiary_found = false)

/* Not asked for: the field leaves the form (its row is swapped out). */
CHANGE(unasked_text, x->fields[21] = fixture_fields[0]; x->fields[21].field = "title"; x->c.confidential = true)
CHANGE(unasked_flag_off, x->fields[21] = fixture_fields[0]; x->c.confidential = false)
CHANGE(unasked_person, x->fields[20] = fixture_fields[0]; x->c.beneficiary = "kim")
CHANGE(optional_missing, x->fields[9].required = false; x->c.circumstances = NULL)
CHANGE(covered, x->f.overlap = "EX-2026-00042 already covers this")
CHANGE(covered_because, x->f.overlap = "EX-2026-00042 already covers this"; x->c.overlap_reason = "Another port")
CHANGE(covered_blank, x->f.overlap = "EX-2026-00042 already covers this"; x->c.overlap_reason = " ")
CHANGE(was_covered, x->c.overlap_reason = "Another port")
CHANGE(optional_title, x->fields[0].required = false; x->c.title = NULL)

/* A NULL pointer: there is no fault. Otherwise it is the only one. */
static const struct form_case {
	change_fn change;
	const char *pointer;
	const char *says;
} cases[] = {
	{ nothing, NULL, NULL },

	/* P-02, C-02: a clause of a published document */
	{ no_document,   "/content/document", "is missing" },
	{ no_clauses,    "/content/clauses", "is missing" },
	{ not_published, "/content/document", "is not a published document" },
	{ unknown_clause, "/content/clauses/0", "is not a clause" },
	{ clause_twice,  "/content/clauses/1", "is named twice" },
	{ two_clauses,   NULL, NULL },

	/* V-03: the vulnerability is identified */
	{ no_vulnerability, "/content/vulnerability", "is missing" },
	{ no_identifier, "/content/vulnerability/identifier", "is missing" },
	{ no_vuln_title, "/content/vulnerability/title", "is missing" },
	{ no_severity,   "/content/vulnerability/severity", "is missing" },

	/* V-04: its time limit can be worked out */
	{ no_detected_on, "/content/vulnerability/detected_on", "is missing" },
	{ detected_tomorrow, "/content/vulnerability/detected_on", "is in the future" },
	{ detected_today, NULL, NULL },
	{ no_sla, "/content/vulnerability/severity", "no remediation time" },

	/* V-05: late is allowed, but says why */
	{ past_sla, NULL, NULL },
	{ no_sla_reason, "/content/sla_reason", "is missing" },

	/* V-07: it is about an asset */
	{ no_asset, "/content/asset_id", "is missing" },
	{ unknown_asset, "/content/asset_id", "list of assets" },

	/* V-09: a justification that says something */
	{ no_justification, "/content/justification", "is missing" },
	{ blank_justification, "/content/justification", "is missing" },
	{ short_justification, "/content/justification", "says too little" },
	{ padded_justification, "/content/justification", "says too little" },
	{ one_too_few, "/content/justification", "says too little" },
	{ umlauts, "/content/justification", "says too little" },
	{ just_enough, NULL, NULL },

	/* V-10: a risk analysis with all its parts */
	{ no_risk, "/content/risk", "is missing" },
	{ no_threat, "/content/risk/description", "is missing" },
	{ no_consequence, "/content/risk/consequence", "is missing" },
	{ no_likelihood, "/content/risk/likelihood", "is missing" },
	{ no_impact, "/content/risk/impact", "is missing" },

	/* M-08: before and after controls */
	{ no_likelihood_after, "/content/risk/likelihood_after", "is missing" },
	{ no_impact_after, "/content/risk/impact_after", "is missing" },
	{ worse_with_controls, "/content/risk/likelihood_after", "higher risk" },

	/* V-11, P-09, M-15: controls, or why there are none */
	{ no_controls, "/content/controls", "say why there are none" },
	{ none_blank, "/content/controls", "say why there are none" },
	{ none_because, NULL, NULL },
	{ both, "/content/controls_none_reason", "although there are controls" },
	{ no_control_text, "/content/controls/0/description", "is missing" },
	{ no_control_owner, "/content/controls/0/owner", "is missing" },
	{ no_control_state, "/content/controls/0/state", "is missing" },

	/* P-03: circumstances or business requirement */
	{ no_circumstances, "/content/circumstances", "is missing" },

	/* P-04: alternatives, where the procedure asks */
	{ no_alternatives, "/content/alternatives", "add at least one" },
	{ no_alternative_text, "/content/alternatives/0/description", "is missing" },
	{ no_alternative_reason, "/content/alternatives/0/reason", "is missing" },
	{ no_alternative_verdict, "/content/alternatives/0/verdict", "is missing" },

	/* P-07: the cause */
	{ no_cause, "/content/cause", "is missing" },

	/* C-05: the service request, where the procedure asks */
	{ sr_owed, "/content/service_request", "is missing" },
	{ sr_blank, "/content/service_request", "is missing" },
	{ sr_owed_twice, "/content/service_request", "is missing" },
	{ sr_given, NULL, NULL },

	/* M-15, rule 1: a title and a last day, whatever the procedure says */
	{ no_title, "/content/title", "is missing" },
	{ blank_title, "/content/title", "is missing" },
	{ optional_title, "/content/title", "is missing" },
	{ no_until, "/content/requested_until", "is missing" },

	/* Terms: both end days count, the shorter limit holds */
	{ until_yesterday, "/content/requested_until", "is in the past" },
	{ until_today, NULL, NULL },
	{ until_limit, NULL, NULL },
	{ until_beyond, "/content/requested_until", "limit of 180 days; the latest is 2025-04-01" },
	{ from_yesterday, "/content/requested_from", "is in the past" },
	{ from_today, NULL, NULL },
	{ from_after_until, "/content/requested_until", "before the first day" },
	{ from_moves_limit, NULL, NULL },
	{ from_last_day, NULL, NULL },
	{ document_limit, NULL, NULL },
	{ document_beyond, "/content/requested_until", "limit of 89 days" },

	/* M-13, M-14: the document's own rules */
	{ other_domain, "/content/document", "not handled by this procedure" },
	{ not_allowed, "/content/document", "does not allow exceptions" },
	{ type_refused, "/content/document", "does not allow this type of exception" },
	/* C-03, C-27: whom the document and the procedure are meant for */
	{ not_for_them, "/content/document", "is not meant for you. An employee cannot ask" },
	{ not_their_procedure, "/procedure", "A visitor cannot ask" },
	{ not_allowed_note, "/content/document", "does not allow exceptions: lives depend on it" },

	/* Names that must be known; an emptied box is no name */
	{ unknown_unit, "/content/unit", "is not a unit" },
	{ empty_unit, NULL, NULL },
	{ unknown_units, "/content/units/0", "is not a unit" },
	{ units_twice, "/content/units/1", "is named twice" },
	{ units_and_unit, "/content/units/0", "is named twice" },
	{ unknown_person, "/content/beneficiary", "not a person" },
	{ empty_person, NULL, NULL },

	/* M-30: a second one beside an active one says why */
	{ covered, "/content/overlap_reason", "EX-2026-00042 already covers this: say why a second one is needed" },
	{ covered_blank, "/content/overlap_reason", "already covers this" },
	{ covered_because, NULL, NULL },
	{ was_covered, NULL, NULL },

	/* V-02: nothing that another form asks */
	{ unasked_text, "/content/confidential", "not part of this form" },
	{ unasked_flag_off, NULL, NULL },
	{ unasked_person, "/content/beneficiary", "not part of this form" },
	{ optional_missing, NULL, NULL },
};
/* clang-format on */

static bool
is_as_expected(const struct form_fixture *x, const struct form_case *row,
    int result)
{
	const char *detail;

	if (row->pointer == NULL)
		return result == 0 && x->e.kind == ERR_NONE;
	detail = fault_at(&x->e, row->pointer);
	return result == -1 && x->e.kind == ERR_INVALID && x->e.nfields == 1 &&
	    detail != NULL && strstr(detail, row->says) != NULL;
}

static void
test_form__every_rule_has_its_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct form_fixture x;
		int result;

		fixture_init(&x);
		cases[i].change(&x);
		result = form_check(&x.c, &x.p, &x.f, TODAY, &x.a, &x.e);
		if (!is_as_expected(&x, &cases[i], result))
			for (size_t k = 0; k < x.e.nfields; k++)
				print_error("%s %s\n", x.e.fields[k].pointer,
				    x.e.fields[k].detail);
		CHECK_ROW(i, is_as_expected(&x, &cases[i], result));
		arena_release(&x.a);
	}
}

/* All faults come together, in the order of the form. */
static void
test_form__an_empty_request_hears_all_of_it(void **state)
{
	static const char *const expected[] = {
		"/content/title",
		"/content/document",
		"/content/clauses",
		"/content/asset_id",
		"/content/vulnerability",
		"/content/sla_reason",
		"/content/justification",
		"/content/circumstances",
		"/content/cause",
		"/content/risk",
		"/content/controls",
		"/content/alternatives",
		"/content/requested_until",
	};
	struct form_fixture x;

	(void)state;
	fixture_init(&x);
	schema_init(&content_schema, &x.c);
	x.f = (struct form_facts){ .document_max_days = I64_NONE,
		.sla_days = I64_NONE };
	assert_int_equal(form_check(&x.c, &x.p, &x.f, TODAY, &x.a, &x.e), -1);
	assert_int_equal(x.e.nfields, sizeof(expected) / sizeof(expected[0]));
	for (size_t i = 0; i < x.e.nfields; i++)
		assert_string_equal(x.e.fields[i].pointer, expected[i]);
	arena_release(&x.a);
}

static void
test_form__scores_need_both_parts(void **state)
{
	struct form_fixture x;

	(void)state;
	fixture_init(&x);
	assert_int_equal(risk_score_before(&x.c), 20);
	assert_int_equal(risk_score_after(&x.c), 10);
	x.risk.impact = I64_NONE;
	x.risk.likelihood_after = I64_NONE;
	assert_int_equal(risk_score_before(&x.c), 0);
	assert_int_equal(risk_score_after(&x.c), 0);
	x.c.risk = NULL;
	assert_int_equal(risk_score_before(&x.c), 0);
	assert_int_equal(risk_score_after(&x.c), 0);
	arena_release(&x.a);
}

static void
test_form__a_flag_answers_but_says_nothing(void **state)
{
	struct content c;

	(void)state;
	schema_init(&content_schema, &c);
	assert_true(content_has(&c, "confidential"));
	assert_false(content_says(&c, "confidential"));
	c.confidential = true;
	assert_true(content_says(&c, "confidential"));
	assert_false(content_has(&c, "title"));
	assert_false(content_has(&c, "no_such_field"));
	assert_false(content_says(&c, "no_such_field"));
}

/* M-30: a copy asks for the same, but not for the same days, and answers
 * nothing that the form no longer asks. */
static void
test_form__a_copy_leaves_the_days_behind(void **state)
{
	struct form_fixture x;
	struct content copy;

	(void)state;
	fixture_init(&x);
	x.c.requested_from = TODAY;
	x.c.overlap_reason = "Another port";
	x.c.impact_if_denied = "No mail";
	x.c.confidential = true;
	x.section.nfields = FIXTURE_FIELDS - 1; /* no longer: confidential */
	form_copy(&x.p, &x.c, &copy);
	assert_string_equal(copy.title, x.c.title);
	assert_int_equal(copy.nclauses, 1);
	assert_string_equal(copy.clauses[0], "4.2");
	assert_int_equal(copy.asset_id, 7);
	assert_int_equal(copy.cause, CAUSE_TECHNICAL_LIMITATION);
	assert_ptr_equal(copy.risk, x.c.risk);
	assert_int_equal(copy.ncontrols, 1);
	assert_string_equal(copy.impact_if_denied, "No mail");
	assert_int_equal(copy.requested_from, DATE_NONE);
	assert_int_equal(copy.requested_until, DATE_NONE);
	assert_null(copy.overlap_reason);
	assert_false(copy.confidential);
	arena_release(&x.a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form__every_rule_has_its_fault),
		cmocka_unit_test(test_form__an_empty_request_hears_all_of_it),
		cmocka_unit_test(test_form__scores_need_both_parts),
		cmocka_unit_test(test_form__a_flag_answers_but_says_nothing),
		cmocka_unit_test(test_form__a_copy_leaves_the_days_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
