/* Numbers, bands, names of codes, and every field table of the domain. */
#include "support/test.h"

#include "domain/catalogue.h"
#include "domain/content.h"
#include "domain/document.h"
#include "domain/procedure.h"
#include "domain/record.h"

/* clang-format off */
static const struct number_case {
	const char *text;
	int64_t id; /* 0: no number */
} numbers[] = {
	{ "EX-2026-00042",    20260000042 },
	{ "EX-2026-00001",    20260000001 },
	{ "EX-2026-99999",    20260099999 },
	{ "EX-2026-100000",   20260100000 },
	{ "EX-2026-9999999",  20269999999 },
	{ "EX-1970-00001",    19700000001 },
	{ "EX-9999-00001",    99990000001 },
	/* one spelling only */
	{ "EX-2026-0042",     0 },
	{ "EX-2026-42",       0 },
	{ "EX-2026-000042",   0 },
	{ "EX-2026-0099999",  0 },
	{ "EX-2026-00000",    0 },
	{ "EX-2026-10000000", 0 },
	{ "ex-2026-00042",    0 },
	{ "EX-2026-00042 ",   0 },
	{ " EX-2026-00042",   0 },
	{ "EX-2026-0004a",    0 },
	{ "EX-2026--0042",    0 },
	{ "EX-2026-+0042",    0 },
	{ "EX-202-000042",    0 },
	{ "EX-0026-00042",    0 },
	{ "EX-1969-00001",    0 },
	{ "EX-+026-00042",    0 },
	{ "EX_2026-00042",    0 },
	{ "EX-2026_00042",    0 },
	{ "R-2026-00042",     0 },
	{ "20260000042",      0 },
	{ "EX-",              0 },
	{ "",                 0 },
};
/* clang-format on */

static void
test_exception__a_number_has_one_spelling(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		const struct number_case *n = &numbers[i];
		int64_t id = -1;
		int result = exception_number_parse(n->text, &id);

		CHECK_ROW(i, result == (n->id != 0 ? 0 : -1));
		CHECK_ROW(i, id == (n->id != 0 ? n->id : -1));
		if (n->id != 0)
			CHECK_ROW(i,
			    strcmp(exception_number(&a, n->id), n->text) == 0);
	}
	assert_string_equal(risk_number(&a, 20260000042), "R-2026-00042");
	assert_string_equal(risk_number(&a, 20260100000), "R-2026-100000");
	arena_release(&a);
}

static void
test_exception__numbers_sort_like_their_ids(void **state)
{
	int64_t before = 0;

	(void)state;
	for (size_t i = 1; i < 5; i++) {
		int64_t id = 0;

		assert_int_equal(exception_number_parse(numbers[i].text, &id),
		    0);
		CHECK_ROW(i, id > before);
		before = id;
	}
}

static void
test_exception__bands_meet_without_a_gap(void **state)
{
	static const struct {
		int64_t from, to;
		enum risk_band band;
	} bands[] = {
		{ 1, 4, RISK_LOW },
		{ 5, 9, RISK_MEDIUM },
		{ 10, 15, RISK_HIGH },
		{ 16, 25, RISK_VERY_HIGH },
	};

	(void)state;
	assert_int_equal(risk_band_of(0), RISK_BAND__INVALID);
	assert_int_equal(risk_band_of(I64_NONE), RISK_BAND__INVALID);
	for (size_t i = 0; i < sizeof(bands) / sizeof(bands[0]); i++)
		for (int64_t s = bands[i].from; s <= bands[i].to; s++)
			CHECK_ROW(s, risk_band_of(s) == bands[i].band);
}

/* clang-format off */
#define NAMES(tag, first) { tag##_names, sizeof(tag##_names) / sizeof(tag##_names[0]), first }
static const struct {
	const char *const *names;
	size_t n;
	size_t first; /* 1 when zero means nothing */
} codes[] = {
	NAMES(document_kind, 1), NAMES(domain, 1), NAMES(exception_type, 1), NAMES(cause, 1),
	NAMES(severity, 1), NAMES(request_state, 1), NAMES(outcome, 0), NAMES(ended_as, 0),
	NAMES(judgement, 1), NAMES(verdict, 1), NAMES(control_state, 1), NAMES(alternative_verdict, 1),
	NAMES(risk_band, 1), NAMES(treatment, 1), NAMES(layout, 1), NAMES(risk_register_rule, 1),
	NAMES(stage_kind, 1), NAMES(field_kind, 1), NAMES(role_class, 1), NAMES(perm, 1),
	NAMES(document_state, 1), NAMES(document_act, 1),
};

static const struct schema *const tables[] = {
	&content_schema, &vulnerability_schema, &risk_analysis_schema, &control_schema, &alternative_schema,
	&procedure_schema, &exception_schema, &clause_schema, &finding_schema,
	&decision_schema, &risk_schema, &history_event_schema, &id_row_schema, &count_row_schema,
	&text_row_schema, &document_row_schema, &sla_row_schema, &procedure_row_schema, &asset_row_schema,
	&unit_row_schema, &owner_row_schema, &profile_schema, &held_role_schema, &queue_row_schema,
	&draft_row_schema, &own_row_schema, &notice_row_schema,
	&document_record_schema, &document_version_schema, &document_text_schema, &document_clause_schema,
};
/* clang-format on */

static void
test_exception__every_code_has_a_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		CHECK_ROW(i, codes[i].first == 0 || codes[i].names[0] == NULL);
		for (size_t k = codes[i].first; k < codes[i].n; k++)
			CHECK_ROW(i, codes[i].names[k] != NULL);
	}
}

static void
check_table(size_t row, const struct schema *s)
{
	const char *fault = schema_fault(s);

	if (fault != NULL)
		print_error("%s: %s\n", s->name, fault);
	CHECK_ROW(row, fault == NULL);
	for (size_t i = 0; i < s->nfields; i++)
		if (s->fields[i].sub != NULL)
			check_table(row, s->fields[i].sub);
}

static void
test_exception__every_table_is_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		check_table(i, tables[i]);
}

/* A draft may leave out anything, and its numbers then have no value. */
static void
test_exception__a_draft_owes_nothing(void **state)
{
	struct content c;
	struct risk_analysis r;

	(void)state;
	for (size_t i = 0; i < content_schema.nfields; i++)
		CHECK_ROW(i,
		    (content_schema.fields[i].flags & FIELD_REQUIRED) == 0);
	schema_init(&content_schema, &c);
	schema_init(&risk_analysis_schema, &r);
	assert_true(c.asset_id == I64_NONE);
	assert_true(c.requested_until == DATE_NONE);
	assert_true(r.likelihood == I64_NONE && r.impact_after == I64_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exception__a_number_has_one_spelling),
		cmocka_unit_test(test_exception__numbers_sort_like_their_ids),
		cmocka_unit_test(test_exception__bands_meet_without_a_gap),
		cmocka_unit_test(test_exception__every_code_has_a_name),
		cmocka_unit_test(test_exception__every_table_is_sound),
		cmocka_unit_test(test_exception__a_draft_owes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
