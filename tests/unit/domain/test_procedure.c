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
		cmocka_unit_test(test_procedure__stages_have_keys_of_their_own),
		cmocka_unit_test(test_procedure__finds_its_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
