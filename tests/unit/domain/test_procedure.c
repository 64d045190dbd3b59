/* A procedure that cannot work is refused before it is used. */
#include "support/test.h"

#include "unit/domain/form_fixture.h"

typedef void (*change_fn)(struct form_fixture *x);

/* clang-format off */
#define CHANGE(name, ...) static void name(struct form_fixture *x) { __VA_ARGS__; }

CHANGE(nothing, (void)x)
CHANGE(unknown_field, x->fields[11].field = "colour")
CHANGE(asked_twice, x->fields[11] = x->fields[0])
CHANGE(text_as_date, x->fields[0].kind = KIND_DATE)
CHANGE(text_as_area, x->fields[0].kind = KIND_TEXTAREA)
CHANGE(text_as_risk, x->fields[8].kind = KIND_RISK)
CHANGE(document_as_text, x->fields[1].kind = KIND_TEXT)
CHANGE(unit_as_units, x->fields[4].kind = KIND_UNITS)
CHANGE(risk_as_text, x->fields[12].kind = KIND_TEXTAREA)
CHANGE(cause_as_text, x->fields[10].kind = KIND_TEXT)
CHANGE(date_as_text, x->fields[19].kind = KIND_TEXT)
CHANGE(flag_as_text, x->fields[21].kind = KIND_TEXT)
CHANGE(asset_as_text, x->fields[3].kind = KIND_TEXT)
CHANGE(no_title, x->section.fields++; x->section.nfields--)
CHANGE(no_until, x->section.nfields = 19; x->fields[18] = x->fields[20])
CHANGE(no_sr, x->p.service_request_required = true; x->fields[17] = x->fields[20]; x->section.nfields = 20)
CHANGE(no_none_reason, x->fields[14] = x->fields[21]; x->section.nfields = 21)
CHANGE(no_controls_at_all, x->fields[13] = x->fields[21]; x->fields[14] = x->fields[20]; x->section.nfields = 20)
CHANGE(finding_twice, x->findings[1] = x->findings[0])
CHANGE(no_stage, x->p.nstages = 0)
CHANGE(no_term, x->p.term = NULL)
CHANGE(no_domain, x->domains[0] = "art")

static const struct procedure_case {
	change_fn change;
	const char *pointer; /* NULL: there is no fault */
	const char *says;
} cases[] = {
	{ nothing, NULL, NULL },
	{ unknown_field, "/form/0/fields/11/field", "not in the field catalogue" },
	{ asked_twice, "/form/0/fields/11/field", "asked twice" },
	{ text_as_date, "/form/0/fields/0/kind", "does not fit" },
	{ text_as_area, NULL, NULL },
	{ text_as_risk, "/form/0/fields/8/kind", "does not fit" },
	{ document_as_text, "/form/0/fields/1/kind", "does not fit" },
	{ unit_as_units, "/form/0/fields/4/kind", "does not fit" },
	{ risk_as_text, "/form/0/fields/12/kind", "does not fit" },
	{ cause_as_text, "/form/0/fields/10/kind", "does not fit" },
	{ date_as_text, "/form/0/fields/19/kind", "does not fit" },
	{ flag_as_text, "/form/0/fields/21/kind", "does not fit" },
	{ asset_as_text, "/form/0/fields/3/kind", "does not fit" },
	{ no_title, "/form", "must ask for title" },
	{ no_until, "/form", "must ask for requested_until" },
	{ no_sr, "/service_request_required", "needs the field" },
	{ no_none_reason, "/form", "controls_none_reason" },
	{ no_controls_at_all, NULL, NULL },
	{ finding_twice, "/stages/0/findings/1/finding", "owed twice" },
	{ no_stage, "/stages", "must have a decision" },
	{ no_term, "/term", "is missing" },
	{ no_domain, "/domains/0", "not a domain" },
};
/* clang-format on */

static bool
is_as_expected(const struct form_fixture *x, const struct procedure_case *row,
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
test_procedure__every_fault_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct form_fixture x;
		int result;

		fixture_init(&x);
		cases[i].change(&x);
		result = procedure_check(&x.p, NULL, &x.a, &x.e);
		if (!is_as_expected(&x, &cases[i], result))
			for (size_t k = 0; k < x.e.nfields; k++)
				print_error("%s %s\n", x.e.fields[k].pointer,
				    x.e.fields[k].detail);
		CHECK_ROW(i, is_as_expected(&x, &cases[i], result));
		arena_release(&x.a);
	}
}

/*
 * A procedure with every kind of stage; a case changes one thing and names
 * the place and the words of its fault.
 */
struct staged {
	struct form_fixture x;
	struct form_section sections[2];
	struct stage stages[6];
	struct record_owed records[2];
	struct completion completion;
	struct stage_condition applies;
	struct letter_template letter;
	struct term_rule term;
	struct criterion criteria[2];
	struct work_owed work;
	const char *topics[2];
	const char *roles[2];
	const char *not_same_as[1];
	const char *documents[1];
	const char *people[2];
};

static void
staged_init(struct staged *d)
{
	static const struct stage usual[] = {
		{ .stage = "assess", .kind = STAGE_ASSESS, .role = "smb" },
		{ .stage = "form", .kind = STAGE_FORM },
		{ .stage = "meet", .kind = STAGE_MEET, .role = "smb" },
		{ .stage = "decide", .kind = STAGE_DECIDE, .role = "iso" },
		{ .stage = "letter",
		    .kind = STAGE_LETTER,
		    .role = "smb",
		    .after = AFTER_DENIED },
	};

	memset(d, 0, sizeof(*d));
	fixture_init(&d->x);
	d->records[0] = (struct record_owed){ .record = "note",
		.kind = RECORD_TEXT,
		.least = 1 };
	d->topics[0] = "Background";
	d->topics[1] = "Risk";
	d->records[1] = (struct record_owed){ .record = "meeting",
		.kind = RECORD_MEETING,
		.least = 1,
		.topics = d->topics,
		.ntopics = 2 };
	memcpy(d->stages, usual, sizeof(usual));
	for (size_t i = 0; i < 6; i++)
		d->stages[i].time_limit_days = d->stages[i].reminder_days =
		    I64_NONE;
	d->stages[0].records = &d->records[0];
	d->stages[2].records = &d->records[1];
	d->stages[0].nrecords = d->stages[2].nrecords = 1;
	d->letter = (struct letter_template){ "Denial", "iso", "{number}" };
	d->stages[4].letter = &d->letter;
	d->completion =
	    (struct completion){ COMPLETION_QUORUM, NULL, 0, "chair", 3, 5 };
	d->applies =
	    (struct stage_condition){ I64_NONE, I64_NONE, I64_NONE, NULL, 0 };
	d->sections[0] = d->x.section;
	d->sections[0].nfields--; /* confidential comes with the form */
	d->sections[1] = (struct form_section){ "more", "More", "form",
		&d->x.fields[FIXTURE_FIELDS - 1], 1 };
	d->x.p.form = d->sections;
	d->x.p.nform = 2;
	d->x.p.stages = d->stages;
	d->x.p.nstages = 5;
	d->term = (struct term_rule){ 180, 90, 365, 2 };
	d->x.p.term = &d->term;
	d->x.p.work_items = &d->work;
	d->work =
	    (struct work_owed){ OUTCOME_DENIED, "Search", "Go on", "smb" };
	d->x.p.nwork_items = 1;
}

typedef void (*staged_change_fn)(struct staged *d);

/* clang-format off */
#define STAGED(name, ...) static void name(struct staged *d) { __VA_ARGS__; }
STAGED(staged_usual, (void)d)
STAGED(no_records, d->stages[0].nrecords = 0)
STAGED(no_gate, d->records[0].least = 0)
STAGED(records_in_a_decision, d->stages[3].records = &d->records[0]; d->stages[3].nrecords = 1)
STAGED(findings_in_a_meeting, d->stages[2].findings = d->x.findings; d->stages[2].nfindings = 1)
STAGED(topics_of_a_text, d->records[0].topics = d->topics; d->records[0].ntopics = 1)
STAGED(topic_twice, d->topics[1] = d->topics[0])
STAGED(copy_to_nobody, d->records[0].kind = RECORD_COPY)
STAGED(text_to_somebody, d->records[0].addressee = "iso")
STAGED(ticked_twice, d->records[0].kind = RECORD_CHECK; d->records[0].least = 2)
STAGED(waits_for_nobody, d->stages[2].role = NULL)
STAGED(form_with_a_role, d->stages[1].role = "smb")
STAGED(form_without_a_section, d->sections[1].stage = NULL)
STAGED(section_of_no_form, d->sections[1].stage = "meet"; d->stages[1] = d->stages[2]; d->stages[1].stage = "two")
STAGED(form_after_the_decision, d->stages[5] = d->stages[1]; d->stages[1] = d->stages[0]; d->stages[1].stage = "two"; d->x.p.nstages = 6)
STAGED(denied_before_a_decision, d->stages[2].after = AFTER_DENIED)
STAGED(decision_after_a_denial, d->stages[4].kind = STAGE_DECIDE; d->stages[4].letter = NULL)
STAGED(only_sometimes_decided, d->stages[3].applies = &d->applies)
STAGED(longer_than_any_term, d->applies.longer_than_days = 180; d->stages[2].applies = &d->applies)
STAGED(more_renewals_than_there_are, d->applies.least_term_no = 4; d->stages[2].applies = &d->applies)
STAGED(risk_not_asked, d->applies.least_risk = 5; d->stages[2].applies = &d->applies; d->x.fields[12] = d->x.fields[20]; d->x.fields[20] = d->x.fields[16]; d->sections[0].nfields = 20)
STAGED(other_domain, d->roles[0] = "hr"; d->applies.domains = d->roles; d->applies.ndomains = 1; d->stages[2].applies = &d->applies)
STAGED(quorum, d->stages[3].completion = &d->completion)
STAGED(quorum_of_more_than_seats, d->stages[3].completion = &d->completion; d->completion.least = 6)
STAGED(quorum_without_a_chair, d->stages[3].completion = &d->completion; d->completion.chair = NULL)
STAGED(quorum_without_numbers, d->stages[3].completion = &d->completion; d->completion.least = d->completion.of = I64_NONE)
STAGED(quorum_in_a_meeting, d->stages[2].completion = &d->completion)
STAGED(signs_twice, d->roles[0] = "iso"; d->completion = (struct completion){ COMPLETION_ALL, d->roles, 1, NULL, I64_NONE, I64_NONE }; d->stages[3].completion = &d->completion)
STAGED(nobody_signs, d->completion = (struct completion){ COMPLETION_ALL, NULL, 0, NULL, I64_NONE, I64_NONE }; d->stages[3].completion = &d->completion)
STAGED(later_stage_excluded, d->not_same_as[0] = "decide"; d->stages[2].not_same_as = d->not_same_as; d->stages[2].nnot_same_as = 1)
STAGED(no_letter, d->stages[4].letter = NULL)
STAGED(letter_with_a_hole, d->letter.body = "Dear {friend}")
STAGED(letter_in_a_meeting, d->stages[2].letter = &d->letter)
STAGED(reminder_too_late, d->stages[2].time_limit_days = d->stages[2].reminder_days = 5)
STAGED(work_after_nothing, d->work.after = OUTCOME_WITHDRAWN)
STAGED(work_without_an_alternative, d->work.after = OUTCOME_ALTERNATIVE_ACCEPTED)
STAGED(renewals_without_any, d->term.renewals = 0)
STAGED(shorter_in_total, d->term.total_max_days = 100)
STAGED(criteria_not_asked, d->criteria[0].criterion = "a"; d->x.p.qualification = d->criteria; d->x.p.nqualification = 1)
STAGED(secret_without_a_field, d->x.p.confidential = true; d->sections[1].fields = &d->x.fields[20])
STAGED(role_unknown, d->stages[2].role = "wizard")
STAGED(role_not_held, d->stages[2].role = "empty")
STAGED(kind_unknown, d->people[0] = "staff"; d->people[1] = "wizard"; d->x.p.distribution = d->people; d->x.p.ndistribution = 2)
STAGED(kind_twice, d->people[0] = d->people[1] = "staff"; d->x.p.distribution = d->people; d->x.p.ndistribution = 2)
STAGED(document_unknown, d->documents[0] = "XYZ"; d->x.p.documents = d->documents; d->x.p.ndocuments = 1)
STAGED(document_shorter, d->documents[0] = "VM-02"; d->x.p.documents = d->documents; d->x.p.ndocuments = 1)

static const struct staged_case {
	staged_change_fn change;
	const char *pointer; /* NULL: there is no fault */
	const char *says;
} staged_cases[] = {
	{ staged_usual, NULL, NULL },
	{ quorum, NULL, NULL },
	{ no_records, "/stages/0/records", "proves nothing" },
	{ no_gate, "/stages/0/records", "proves nothing" },
	{ records_in_a_decision, "/stages/3/records", "cannot be taken" },
	{ findings_in_a_meeting, "/stages/2/findings", "decision stage" },
	{ topics_of_a_text, "/stages/0/records/0/topics", "meetings only" },
	{ topic_twice, "/stages/2/records/0/topics/1", "twice" },
	{ copy_to_nobody, "/stages/0/records/0/addressee", "who gets" },
	{ text_to_somebody, "/stages/0/records/0/addressee", "copy only" },
	{ ticked_twice, "/stages/0/records/0/least", "never be reached" },
	{ waits_for_nobody, "/stages/2/role", "waits for nobody" },
	{ form_with_a_role, "/stages/1/role", "not needed" },
	{ form_without_a_section, "/stages/1/stage", "no section" },
	{ section_of_no_form, "/form/1/stage", "not a form stage" },
	{ form_after_the_decision, "/stages/5/kind", "" },
	{ denied_before_a_decision, "/stages/2/after", "never hold" },
	{ decision_after_a_denial, "/stages/4/kind", "cannot follow a denial" },
	{ only_sometimes_decided, "/stages", "no request can go round" },
	{ longer_than_any_term, "/stages/2/applies/longer_than_days", "never hold" },
	{ more_renewals_than_there_are, "/stages/2/applies/least_term_no", "never hold" },
	{ risk_not_asked, "/stages/2/applies/least_risk", "never hold" },
	{ other_domain, "/stages/2/applies/domains/0", "not a domain" },
	{ quorum_of_more_than_seats, "/stages/3/completion/least", "never be reached" },
	{ quorum_without_a_chair, "/stages/3/completion/chair", "missing" },
	{ quorum_without_numbers, "/stages/3/completion/of", "missing" },
	{ quorum_in_a_meeting, "/stages/2/completion", "decision stage" },
	{ signs_twice, "/stages/3/completion/roles/0", "signs twice" },
	{ nobody_signs, "/stages/3/completion/roles", "missing" },
	{ later_stage_excluded, "/stages/2/not_same_as/0", "not an earlier" },
	{ no_letter, "/stages/4/letter", "missing" },
	{ letter_with_a_hole, "/stages/4/letter/body", "{friend}" },
	{ letter_in_a_meeting, "/stages/2/letter", "letter stage" },
	{ reminder_too_late, "/stages/2/reminder_days", "fewer" },
	{ work_after_nothing, "/work_items/0/after", "nothing to be done" },
	{ work_without_an_alternative, "/work_items/0/after", "never come" },
	{ renewals_without_any, "/term/renewal_max_days", "no renewals" },
	{ shorter_in_total, "/term/total_max_days", "shorter" },
	{ criteria_not_asked, "/qualification", "needs the field" },
	{ secret_without_a_field, "/confidential", "needs the field" },
	{ role_unknown, "/stages/2/role", "not a role" },
	{ role_not_held, "/stages/2/role", "held by nobody" },
	{ kind_unknown, "/distribution/1", "not a kind of people" },
	{ kind_twice, "/distribution/1", "is named twice" },
	{ document_unknown, "/documents/0", "not a published" },
	{ document_shorter, "/term/max_days", "longer than VM-02 allows: 90 days" },
};
/* clang-format on */

static void
test_procedure__stages_that_cannot_work_are_named(void **state)
{
	static const char *const roles[] = { "smb", "iso", "chair", "empty" };
	static const bool held[] = { true, true, true, false };
	static const char *const documents[] = { "VM-02" };
	static const int64_t days[] = { 90 };
	static const char *const kinds[] = { "staff", "customer" };
	static const struct procedure_world world = { roles, held, 4, documents,
		days, 1, kinds, 2 };

	(void)state;
	for (size_t i = 0; i < sizeof(staged_cases) / sizeof(staged_cases[0]);
	     i++) {
		const struct staged_case *row = &staged_cases[i];
		struct staged d;
		const char *detail;
		int result;

		staged_init(&d);
		row->change(&d);
		result = procedure_check(&d.x.p, &world, &d.x.a, &d.x.e);
		detail = row->pointer == NULL ? NULL :
						fault_at(&d.x.e, row->pointer);
		if (result != (row->pointer == NULL ? 0 : -1) ||
		    (row->pointer != NULL &&
			(detail == NULL || strstr(detail, row->says) == NULL)))
			for (size_t k = 0; k < d.x.e.nfields; k++)
				print_error("%s %s\n", d.x.e.fields[k].pointer,
				    d.x.e.fields[k].detail);
		CHECK_ROW(i, result == (row->pointer == NULL ? 0 : -1));
		CHECK_ROW(i,
		    row->pointer == NULL ||
			(detail != NULL && strstr(detail, row->says) != NULL));
		arena_release(&d.x.a);
	}
}

static void
test_procedure__stages_have_keys_of_their_own(void **state)
{
	struct form_fixture x;
	struct stage stages[2];

	(void)state;
	fixture_init(&x);
	stages[0] = stages[1] = x.stage;
	x.p.stages = stages;
	x.p.nstages = 2;
	assert_int_equal(procedure_check(&x.p, NULL, &x.a, &x.e), -1);
	assert_int_equal(x.e.nfields, 1);
	assert_non_null(fault_at(&x.e, "/stages/1/stage"));
	err_clear(&x.e);
	stages[1].stage = "approve";
	assert_int_equal(procedure_check(&x.p, NULL, &x.a, &x.e), 0);
	arena_release(&x.a);
}

static void
test_procedure__finds_its_parts(void **state)
{
	struct form_fixture x;

	(void)state;
	fixture_init(&x);
	assert_ptr_equal(procedure_field(&x.p, "risk"), &x.fields[12]);
	assert_null(procedure_field(&x.p, "colour"));
	assert_null(procedure_stage(&x.p, 0));
	assert_ptr_equal(procedure_stage(&x.p, 1), &x.stage);
	assert_null(procedure_stage(&x.p, 2));
	assert_null(procedure_stage(&x.p, I64_NONE));
	assert_true(procedure_takes_domain(&x.p, DOMAIN_IT_SECURITY));
	assert_false(procedure_takes_domain(&x.p, DOMAIN_HR));
	assert_false(procedure_takes_domain(&x.p, DOMAIN__INVALID));
	assert_false(procedure_takes_domain(&x.p, DOMAIN__MAX));
	arena_release(&x.a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_procedure__every_fault_is_found),
		cmocka_unit_test(
		    test_procedure__stages_that_cannot_work_are_named),
		cmocka_unit_test(test_procedure__stages_have_keys_of_their_own),
		cmocka_unit_test(test_procedure__finds_its_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
