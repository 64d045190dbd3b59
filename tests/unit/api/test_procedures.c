/* The shipped procedures: read, checked, and shown whole. */
#include "support/test.h"

#include <dirent.h>
#include <stdlib.h>

#include "api/procedure_view.h"
#include "json/json_write.h"

#define FOLDER "sql/procedures"

static char *
file_text(struct arena *a, const char *path, size_t *len)
{
	char *text = arena_alloc(a, 1 << 16);
	FILE *f = fopen(path, "re");

	assert_non_null(f);
	*len = fread(text, 1, (1 << 16) - 1, f);
	assert_true(feof(f));
	fclose(f);
	return text;
}

static void
read_procedure(struct arena *a, const char *name, struct procedure *p)
{
	const char *path = arena_printf(a, FOLDER "/%s", name);
	struct err e = { 0 };
	size_t len = 0;
	char *text = file_text(a, path, &len);
	int result = procedure_read(a, text, len, p, &e);

	if (result < 0)
		print_error("%s: %s\n", path, e.detail);
	for (size_t i = 0; i < e.nfields; i++)
		print_error("%s: %s %s\n", path, e.fields[i].pointer,
		    e.fields[i].detail);
	assert_int_equal(result, 0);
}

static void
test_procedures__each_shipped_file_is_sound(void **state)
{
	DIR *d = opendir(FOLDER);
	struct dirent *entry;
	size_t n = 0;

	(void)state;
	assert_non_null(d);
	while ((entry = readdir(d)) != NULL) {
		const char *end = strstr(entry->d_name, ".json");
		struct procedure p;
		struct arena a;

		if (end == NULL)
			continue;
		arena_init(&a);
		read_procedure(&a, entry->d_name, &p);
		/* the file is found by its key */
		assert_int_equal(strlen(p.key), end - entry->d_name);
		assert_memory_equal(p.key, entry->d_name, strlen(p.key));
		arena_release(&a);
		n++;
	}
	closedir(d);
	assert_true(n >= 2);
}

/* V-06: one decision, a one-page form, no more than 180 days. */
static void
test_procedures__the_vulnerability_path_is_short(void **state)
{
	struct procedure p;
	struct arena a;

	(void)state;
	arena_init(&a);
	read_procedure(&a, "SEC-PROC-009.json", &p);
	assert_int_equal(p.type, TYPE_VULNERABILITY_SLA);
	assert_int_equal(p.layout, LAYOUT_ONE_PAGE);
	assert_int_equal(p.nstages, 1);
	assert_string_equal(p.stages[0].role, "security_lead");
	/* V-12 */
	assert_int_equal(p.stages[0].nfindings, 2);
	/* V-15, decisions 7 */
	assert_int_equal(p.risk_register, RISK_REGISTER_ALWAYS);
	/* V-17 */
	assert_int_equal(p.review_months, 3);
	/* V-02, V-03, V-05, V-10, V-11, P-03, P-07 */
	static const char *const owed[] = { "asset_id", "vulnerability",
		"sla_reason", "justification", "risk", "controls",
		"circumstances", "cause" };
	for (size_t i = 0; i < sizeof(owed) / sizeof(owed[0]); i++) {
		const struct form_field *f = procedure_field(&p, owed[i]);

		CHECK_ROW(i, f != NULL && f->required);
	}
	arena_release(&a);
}

/* V-02, P-04, M-13: the other form, for every domain. */
static void
test_procedures__the_document_path_asks_for_alternatives(void **state)
{
	struct procedure p;
	struct arena a;

	(void)state;
	arena_init(&a);
	read_procedure(&a, "POL-EXC-001.json", &p);
	assert_null(procedure_field(&p, "vulnerability"));
	assert_null(procedure_field(&p, "sla_reason"));
	assert_true(procedure_field(&p, "alternatives")->required);
	for (int d = 1; d < DOMAIN__MAX; d++)
		assert_true(procedure_takes_domain(&p, (enum domain)d));
	arena_release(&a);
}

static void
test_procedures__a_stored_fault_is_ours(void **state)
{
	const struct procedure_row rows[] = {
		{ 7, "X", 1, "{}" },
		{ 7, "X", 1, "not JSON" },
		{ 7, "X", 1, "[]" },
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < 3; i++) {
		struct procedure p = { .id = 42 };
		struct err e = { 0 };

		CHECK_ROW(i, procedure_parse(&a, &rows[i], &p, &e) == -1);
		CHECK_ROW(i, e.kind == ERR_INTERNAL);
		CHECK_ROW(i, strstr(e.cause, "procedure_version 7") != NULL);
		CHECK_ROW(i, e.nfields == 0 && p.id == 42);
	}
	arena_release(&a);
}

static void
test_procedures__the_view_keeps_every_part(void **state)
{
	struct procedure_row row = { .id = 3 };
	struct procedure_brief brief;
	struct procedure_view view;
	struct json_writer w;
	struct procedure p;
	struct err e = { 0 };
	struct arena a;
	struct buf b;
	size_t len;

	(void)state;
	arena_init(&a);
	row.body = file_text(&a, FOLDER "/SEC-PROC-009.json", &len);
	assert_int_equal(procedure_parse(&a, &row, &p, &e), 0);
	assert_int_equal(p.id, 3);
	procedure_brief_fill(&brief, &p);
	procedure_view_fill(&view, &p, &a);
	assert_int_equal(brief.step_count, 3);
	buf_init(&b, &a);
	json_begin(&w, &b);
	json_struct(&w, NULL, &procedure_view_schema, &view);
	json_finish(&w);
	assert_non_null(strstr(buf_text(&b), "\"key\":\"SEC-PROC-009\""));
	assert_non_null(strstr(buf_text(&b), "\"term\":{\"max_days\":180}"));
	assert_non_null(strstr(buf_text(&b), "\"reference\":\"CC7.1\""));
	assert_int_equal(view.form->nsections, p.nform);
	for (size_t i = 0; i < p.nform; i++)
		for (size_t k = 0; k < p.form[i].nfields; k++)
			assert_string_equal(view.form->sections[i].fields[k].key,
			    p.form[i].fields[k].field);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_procedures__each_shipped_file_is_sound),
		cmocka_unit_test(
		    test_procedures__the_vulnerability_path_is_short),
		cmocka_unit_test(
		    test_procedures__the_document_path_asks_for_alternatives),
		cmocka_unit_test(test_procedures__a_stored_fault_is_ours),
		cmocka_unit_test(test_procedures__the_view_keeps_every_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
