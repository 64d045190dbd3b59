#include "support/test.h"

#include "unit/json/sample.h"
#include "json/json_read.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static struct arena arena;
static struct err err;
static struct sample got;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	err_clear(&err);
	memset(&got, 0xee, sizeof(got));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static int
read_at(const char *text, const char *at)
{
	struct json *v;

	err_clear(&err);
	v = json_parse(&arena, text, strlen(text), &err);
	assert_non_null(v);
	return json_read_struct(&arena, v, &sample_schema, &got, at, &err);
}

/* One more member in a body that is otherwise right. */
static int
read_with(const char *member)
{
	const char *text =
	    arena_printf(&arena, "{\"title\":\"T\",\"grade\":\"low\"%s%s}",
		member[0] != '\0' ? "," : "", member);

	return read_at(text, "");
}

static void
test_json_fields__fills_every_type(void **state)
{
	(void)state;
	assert_null(schema_fault(&sample_schema));
	assert_null(schema_fault(&part_schema));
	assert_int_equal(read_with(
			     "\"big\":\"9007199254740993\",\"note\":\" x\\n\","
			     "\"count\":-9223372036854775807,\"share\":100,"
			     "\"open\":true,\"least\":\"high\",\"due\":\"2028-02-29\","
			     "\"seen_at\":\"2026-11-22T07:15:00.25Z\","
			     "\"owner\":{\"name\":\"Ann\",\"weight\":5},"
			     "\"parts\":[{\"name\":\"p1\",\"weight\":1},"
			     "{\"name\":\"p2\"}],\"tags\":[\"a\",\"\"],"
			     "\"password\":\" s \""),
	    0);
	assert_int_equal(err.kind, ERR_NONE);
	assert_int_equal(got.id, 0);
	assert_true(got.big == INT64_C(9007199254740993));
	assert_string_equal(got.title, "T");
	assert_string_equal(got.note, " x\n");
	assert_true(got.count == INT64_MIN + 1);
	assert_int_equal(got.share, 100);
	assert_true(got.open);
	assert_int_equal(got.grade, GRADE_LOW);
	assert_int_equal(got.least, GRADE_HIGH);
	assert_int_equal(got.due, date_from_civil(2028, 2, 29));
	assert_true(got.seen_at == INT64_C(1795331700250000));
	assert_string_equal(got.owner->name, "Ann");
	assert_int_equal(got.owner->weight, 5);
	assert_int_equal(got.nparts, 2);
	assert_string_equal(got.parts[1].name, "p2");
	assert_int_equal(got.parts[1].weight, 0);
	assert_int_equal(got.ntags, 2);
	assert_string_equal(got.tags[0], "a");
	assert_string_equal(got.tags[1], "");
	assert_string_equal(got.password, " s ");
	assert_null(got.extra);
}

static void
test_json_fields__null_and_absent_are_no_value(void **state)
{
	static const char *const rows[] = { "",
		"\"big\":null,\"note\":null,\"count\":null,\"share\":null,"
		"\"open\":null,\"least\":null,\"due\":null,\"seen_at\":null,"
		"\"owner\":null,\"parts\":null,\"tags\":null,"
		"\"password\":null" };

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		CHECK_ROW(i, read_with(rows[i]) == 0);
		CHECK_ROW(i, got.big == I64_NONE && got.note == NULL);
		CHECK_ROW(i, got.count == 0 && got.share == I64_NONE);
		CHECK_ROW(i, !got.open && got.least == 0);
		CHECK_ROW(i, got.due == DATE_NONE && got.seen_at == TIME_NONE);
		CHECK_ROW(i, got.owner == NULL && got.password == NULL);
		CHECK_ROW(i, got.parts == NULL && got.nparts == 0);
		CHECK_ROW(i, got.tags == NULL && got.ntags == 0);
	}
}

/* One fault each: the member, where, what. */
static void
test_json_fields__names_each_fault(void **state)
{
	/* clang-format off */
	static const struct { const char *member, *pointer, *detail; } rows[] = {
		{ "\"id\":1", "/id", "is not a field of this form" },
		{ "\"page\":1", "/page", "is not a field of this form" },
		{ "\"extra\":1", "/extra", "is not a field of this form" },
		{ "\"Title\":1", "/Title", "is not a field of this form" },
		{ "\"\":1", "/", "is not a field of this form" },
		{ "\"a/b~c\":1", "/a~1b~0c", "is not a field of this form" },
		{ "\"big\":5", "/big", "must be a whole number, as text" },
		{ "\"big\":\"5x\"", "/big", "must be a whole number, as text" },
		{ "\"note\":5", "/note", "must be text" },
		{ "\"note\":[]", "/note", "must be text" },
		{ "\"note\":\"a\\u0001\"", "/note", "contains a control character" },
		{ "\"note\":\"a\\u001b[31m\"", "/note", "contains a control character" },
		{ "\"note\":\"a\\u202eb\"", "/note", "contains a control character" },
		{ "\"count\":\"5\"", "/count", "must be a whole number" },
		{ "\"count\":1.0", "/count", "must be a whole number" },
		{ "\"count\":1e3", "/count", "must be a whole number" },
		{ "\"count\":-0", "/count", "must be a whole number" },
		{ "\"count\":9223372036854775808", "/count", "must be a whole number" },
		{ "\"count\":-9223372036854775808", "/count", "must be a whole number" },
		{ "\"count\":1e999999", "/count", "must be a whole number" },
		{ "\"count\":true", "/count", "must be a whole number" },
		{ "\"share\":101", "/share", "must be a whole number from 0 to 100" },
		{ "\"share\":-1", "/share", "must be a whole number from 0 to 100" },
		{ "\"open\":1", "/open", "must be true or false" },
		{ "\"open\":\"true\"", "/open", "must be true or false" },
		{ "\"least\":\"top\"", "/least", "must be one of: low, mid, high" },
		{ "\"least\":\"\"", "/least", "must be one of: low, mid, high" },
		{ "\"least\":1", "/least", "must be one of: low, mid, high" },
		{ "\"due\":\"2026-02-29\"", "/due", "must be a date like 2026-11-30" },
		{ "\"due\":\"\"", "/due", "must be a date like 2026-11-30" },
		{ "\"due\":20260228", "/due", "must be a date like 2026-11-30" },
		{ "\"seen_at\":\"2026-11-22\"", "/seen_at", "must be a time like 2026-11-30T07:15:00Z" },
		{ "\"owner\":\"Ann\"", "/owner", "must be an object" },
		{ "\"owner\":[]", "/owner", "must be an object" },
		{ "\"owner\":{}", "/owner/name", "is missing" },
		{ "\"owner\":{\"name\":\"A\"}", "/owner/name", "is shorter than 2 characters" },
		{ "\"owner\":{\"name\":\"Ann\",\"x\":1}", "/owner/x", "is not a field of this form" },
		{ "\"owner\":{\"name\":\"Ann\",\"weight\":6}", "/owner/weight", "must be a whole number from 1 to 5" },
		{ "\"parts\":{}", "/parts", "must be a list" },
		{ "\"parts\":[1]", "/parts/0", "must be an object" },
		{ "\"parts\":[null]", "/parts/0", "must be an object" },
		{ "\"parts\":[{\"name\":\"p1\"},{\"name\":null}]", "/parts/1/name", "is missing" },
		{ "\"parts\":[{},{},{},{}]", "/parts", "has more than 3 items" },
		{ "\"tags\":\"a\"", "/tags", "must be a list" },
		{ "\"tags\":[\"a\",1]", "/tags/1", "must be text" },
		{ "\"tags\":[null]", "/tags/0", "must be text" },
		{ "\"tags\":[\"\\u0007\"]", "/tags/0", "contains a control character" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		CHECK_ROW(i, read_with(rows[i].member) == -1);
		CHECK_ROW(i, err.kind == ERR_INVALID && err.nfields == 1);
		if (strcmp(err.fields[0].detail, rows[i].detail) != 0)
			print_error("%s\n", err.fields[0].detail);
		CHECK_ROW(i,
		    strcmp(err.fields[0].pointer, rows[i].pointer) == 0);
		CHECK_ROW(i, strcmp(err.fields[0].detail, rows[i].detail) == 0);
	}
}

static void
test_json_fields__required_text_has_content(void **state)
{
	/* clang-format off */
	static const struct { const char *body, *detail; } rows[] = {
		{ "{\"grade\":\"low\"}", "is missing" },
		{ "{\"grade\":\"low\",\"title\":null}", "is missing" },
		{ "{\"grade\":\"low\",\"title\":\"\"}", "is missing" },
		{ "{\"grade\":\"low\",\"title\":\" \\t\"}", "is blank" },
		{ "{\"grade\":\"low\",\"title\":\"\\u00a0\\u3000\"}", "is blank" },
		{ "{\"grade\":\"low\",\"title\":\"123456789012345678901\"}", "is longer than 20 characters" },
		{ "{\"grade\":\"low\",\"title\":{}}", "must be text" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		CHECK_ROW(i, read_at(rows[i].body, "") == -1);
		CHECK_ROW(i, err.nfields == 1);
		CHECK_ROW(i, strcmp(err.fields[0].pointer, "/title") == 0);
		CHECK_ROW(i, strcmp(err.fields[0].detail, rows[i].detail) == 0);
	}
}

static void
test_json_fields__counts_characters_not_bytes(void **state)
{
	char note[3 * 201 + 1] = "";

	(void)state;
	for (size_t i = 0; i < 201; i++)
		memcpy(note + 3 * i, "\xe2\x82\xac", 4);
	assert_int_equal(read_with(
			     arena_printf(&arena, "\"note\":\"%s\"", note)),
	    -1);
	assert_string_equal(err.fields[0].detail,
	    "is longer than 200 characters");
	note[600] = '\0';
	assert_int_equal(read_with(
			     arena_printf(&arena, "\"note\":\"%s\"", note)),
	    0);
	assert_string_equal(got.note, note);
}

static void
test_json_fields__bounds_strings_of_lists(void **state)
{
	char tag[502];

	(void)state;
	memset(tag, 'x', 501);
	tag[501] = '\0';
	assert_int_equal(read_with(
			     arena_printf(&arena, "\"tags\":[\"%s\"]", tag)),
	    -1);
	assert_string_equal(err.fields[0].pointer, "/tags/0");
	assert_string_equal(err.fields[0].detail,
	    "is longer than 500 characters");
	tag[500] = '\0';
	assert_int_equal(read_with(
			     arena_printf(&arena, "\"tags\":[\"%s\"]", tag)),
	    0);
}

static void
test_json_fields__collects_all_faults(void **state)
{
	static const char *const pointers[] = { "/in/title", "/in/share",
		"/in/grade", "/in/parts/0/name", "/in/parts/0/weight",
		"/in/parts/1/y", "/in/x" };

	(void)state;
	assert_int_equal(read_at("{\"x\":1,\"share\":\"a\",\"parts\":"
				 "[{\"weight\":9},{\"name\":\"ok\",\"y\":0}]}",
			     "/in"),
	    -1);
	assert_int_equal(err.kind, ERR_INVALID);
	assert_int_equal(err.nfields, N(pointers));
	for (size_t i = 0; i < N(pointers); i++)
		CHECK_ROW(i, strcmp(err.fields[i].pointer, pointers[i]) == 0);
}

static void
test_json_fields__the_body_must_be_an_object(void **state)
{
	static const char *const rows[] = { "[]", "null", "1", "\"x\"",
		"true" };

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		CHECK_ROW(i, read_at(rows[i], "") == -1);
		CHECK_ROW(i, strcmp(err.fields[0].pointer, "") == 0);
		CHECK_ROW(i,
		    strcmp(err.fields[0].detail, "must be an object") == 0);
		CHECK_ROW(i, got.due == DATE_NONE);
	}
}

static void
test_json_fields__a_required_list_has_items(void **state)
{
	struct field f[1] = { *schema_find(&sample_schema, "tags") };
	struct schema s = sample_schema;
	struct json *v = json_parse(&arena, "{\"tags\":[]}", 11, &err);

	(void)state;
	f[0].flags = FIELD_REQUIRED;
	s.fields = f;
	s.nfields = 1;
	assert_int_equal(json_read_struct(&arena, v, &s, &got, "", &err), -1);
	assert_string_equal(err.fields[0].detail, "is empty");
	f[0].flags = 0;
	f[0].min = 1;
	err_clear(&err);
	assert_int_equal(json_read_struct(&arena, v, &s, &got, "", &err), -1);
	assert_string_equal(err.fields[0].detail, "has fewer than 1 item");
}

static void
test_json_fields__reads_one_text(void **state)
{
	/* clang-format off */
	static const struct { const char *name, *text, *detail; } rows[] = {
		{ "page", "3", NULL }, { "page", "", NULL }, { "page", NULL, NULL },
		{ "page", "0", "must be a whole number from 1 to 9" },
		{ "page", "03", "must be a whole number from 1 to 9" },
		{ "page", "x", "must be a whole number from 1 to 9" },
		{ "big", "77", NULL }, { "big", "x", "must be a whole number, as text" },
		{ "open", "true", NULL }, { "open", "false", NULL }, { "open", "1", "must be true or false" },
		{ "grade", "mid", NULL }, { "grade", "", "is missing" }, { "grade", NULL, "is missing" },
		{ "grade", "x", "must be one of: low, mid, high" },
		{ "due", "2026-11-30", NULL }, { "due", "30.11.2026", "must be a date like 2026-11-30" },
		{ "seen_at", "2026-11-30T07:15:00Z", NULL },
		{ "title", "abc", NULL }, { "title", "a\xff", "is not UTF-8" }, { "title", "  ", "is blank" },
		{ "title", "a\x01", "contains a control character" },
		{ "tags", "one", NULL },
		{ "owner", "x", "must be an object" }, { "parts", "x", "must be a list" },
	};
	/* clang-format on */

	(void)state;
	schema_init(&sample_schema, &got);
	for (size_t i = 0; i < N(rows); i++) {
		const struct field *f =
		    schema_find(&sample_schema, rows[i].name);
		int rc;

		err_clear(&err);
		rc = field_read_text(&arena, f, &got, rows[i].text, "?x", &err);
		CHECK_ROW(i, rc == (rows[i].detail == NULL ? 0 : -1));
		CHECK_ROW(i, err.nfields == (rows[i].detail == NULL ? 0 : 1));
		if (rows[i].detail == NULL)
			continue;
		CHECK_ROW(i, strcmp(err.fields[0].pointer, "?x") == 0);
		CHECK_ROW(i, strcmp(err.fields[0].detail, rows[i].detail) == 0);
	}
	assert_int_equal(got.page, 3);
	assert_int_equal(got.big, 77);
	assert_false(got.open);
	assert_int_equal(got.grade, GRADE_MID);
	assert_int_equal(got.due, date_from_civil(2026, 11, 30));
	assert_string_equal(got.title, "abc");
	assert_int_equal(got.ntags, 1);
	assert_string_equal(got.tags[0], "one");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_json_fields__fills_every_type),
		TEST(test_json_fields__null_and_absent_are_no_value),
		TEST(test_json_fields__names_each_fault),
		TEST(test_json_fields__required_text_has_content),
		TEST(test_json_fields__counts_characters_not_bytes),
		TEST(test_json_fields__bounds_strings_of_lists),
		TEST(test_json_fields__collects_all_faults),
		TEST(test_json_fields__the_body_must_be_an_object),
		TEST(test_json_fields__a_required_list_has_items),
		TEST(test_json_fields__reads_one_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
