#include "support/test.h"

#include "base/arena.h"
#include "unit/json/sample.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static struct arena arena;
static struct buf out;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	buf_init(&out, &arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void
test_json_write__nests_and_separates(void **state)
{
	struct json_writer w;

	(void)state;
	json_begin(&w, &out);
	json_object(&w, NULL);
	json_str(&w, "a", "x");
	json_str(&w, "none", NULL);
	json_array(&w, "l");
	json_i64(&w, NULL, -1);
	json_object(&w, NULL);
	json_end(&w);
	json_array(&w, NULL);
	json_end(&w);
	json_bool(&w, NULL, true);
	json_null(&w, NULL);
	json_raw(&w, NULL, "{\"r\":1}");
	json_end(&w);
	json_date(&w, "d", 0);
	json_date(&w, "d0", DATE_NONE);
	json_time(&w, "t", 1);
	json_time(&w, "t0", TIME_NONE);
	json_bool(&w, "b", false);
	json_end(&w);
	json_finish(&w);
	assert_string_equal(buf_text(&out),
	    "{\"a\":\"x\",\"none\":null,\"l\":[-1,{},[],true,null,{\"r\":1}],"
	    "\"d\":\"1970-01-01\",\"d0\":null,"
	    "\"t\":\"1970-01-01T00:00:00.000001Z\",\"t0\":null,\"b\":false}");
}

static void
test_json_write__escapes_text(void **state)
{
	/* clang-format off */
	static const struct { const char *in, *out; } rows[] = {
		{ "", "\"\"" }, { "abc", "\"abc\"" }, { "\"", "\"\\\"\"" }, { "\\", "\"\\\\\"" },
		{ "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" }, { "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
		{ "\x01\x0b\x1f\x7f", "\"\\u0001\\u000b\\u001f\x7f\"" },
		{ "gr\xc3\xbcn \xe2\x82\xac \xf0\x9f\x98\x80", "\"gr\xc3\xbcn \xe2\x82\xac \xf0\x9f\x98\x80\"" },
		{ "\xff", "\"\xef\xbf\xbd\"" }, { "a\xc3", "\"a\xef\xbf\xbd\"" },
		{ "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ "\xc3\xbc\"\xc3\xbc", "\"\xc3\xbc\\\"\xc3\xbc\"" },
		{ "</script>", "\"</script>\"" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		buf_clear(&out);
		json_quote(&out, rows[i].in);
		CHECK_ROW(i, strcmp(buf_text(&out), rows[i].out) == 0);
	}
}

/* Every character, written and read again. */
static void
test_json_write__the_reader_gets_back_what_was_written(void **state)
{
	struct err e;

	(void)state;
	for (unsigned c = 1; c < 0x80; c++) {
		char text[4] = { 'a', (char)c, 'b', '\0' };
		struct json *v;

		buf_clear(&out);
		json_quote(&out, text);
		err_clear(&e);
		v = json_parse(&arena, buf_text(&out), out.len, &e);
		CHECK_ROW(c, v != NULL && strcmp(v->text, text) == 0);
	}
}

static void
test_json_write__appends_to_what_is_there(void **state)
{
	struct json_writer w;

	(void)state;
	buf_str(&out, "x=");
	json_begin(&w, &out);
	json_i64(&w, NULL, INT64_MIN);
	json_finish(&w);
	assert_string_equal(buf_text(&out), "x=-9223372036854775808");
}

static const char *
written(const struct sample *s)
{
	struct json_writer w;

	buf_init(&out, &arena);
	json_begin(&w, &out);
	json_struct(&w, NULL, &sample_schema, s);
	json_finish(&w);
	return buf_text(&out);
}

static void
test_json_write__struct_without_values(void **state)
{
	struct sample s;

	(void)state;
	schema_init(&sample_schema, &s);
	s.page = I64_NONE;
	assert_string_equal(written(&s),
	    "{\"id\":0,\"big\":null,\"title\":null,\"note\":null,\"count\":0,"
	    "\"share\":null,\"open\":false,\"grade\":null,\"least\":null,"
	    "\"due\":null,\"owner\":null,\"parts\":[]}");
}

static void
test_json_write__struct_with_values(void **state)
{
	struct part owner = { "Ann", 5 };
	struct part parts[] = { { "p1", 1 }, { "p\"2", 2 } };
	const char *tags[] = { "a", "\n" };
	struct sample s = { .id = 7,
		.big = INT64_C(9007199254740993),
		.title = "T",
		.note = "",
		.count = -3,
		.share = 0,
		.open = true,
		.grade = GRADE_MID,
		.least = GRADE_HIGH,
		.due = 20000,
		.seen_at = 0,
		.owner = &owner,
		.parts = parts,
		.nparts = 2,
		.tags = tags,
		.ntags = 2,
		.password = "secret",
		.extra = "{\"any\":[1,2]}",
		.page = 2 };

	(void)state;
	assert_string_equal(written(&s),
	    "{\"id\":7,\"big\":\"9007199254740993\",\"title\":\"T\","
	    "\"note\":\"\",\"count\":-3,\"share\":0,\"open\":true,"
	    "\"grade\":\"mid\",\"least\":\"high\",\"due\":\"2024-10-04\","
	    "\"seen_at\":\"1970-01-01T00:00:00.000000Z\","
	    "\"owner\":{\"name\":\"Ann\",\"weight\":5},"
	    "\"parts\":[{\"name\":\"p1\",\"weight\":1},"
	    "{\"name\":\"p\\\"2\",\"weight\":2}],\"tags\":[\"a\",\"\\n\"],"
	    "\"extra\":{\"any\":[1,2]},\"page\":2}");
}

static void
test_json_write__structs_are_a_list(void **state)
{
	struct part parts[] = { { "p1", 1 }, { NULL, 2 } };
	struct json_writer w;

	(void)state;
	json_begin(&w, &out);
	json_structs(&w, NULL, &part_schema, parts, 2);
	json_finish(&w);
	assert_string_equal(buf_text(&out),
	    "[{\"name\":\"p1\",\"weight\":1},{\"name\":null,\"weight\":2}]");
}

static void
test_json_write__an_unknown_code_is_null(void **state)
{
	static const int codes[] = { -1, 0, 2, 5, 1000 };
	struct sample s;

	(void)state;
	schema_init(&sample_schema, &s);
	for (size_t i = 0; i < N(codes); i++) {
		memcpy(&s.grade, &codes[i], sizeof(int));
		CHECK_ROW(i, strstr(written(&s), "\"grade\":null") != NULL);
	}
}

/* What the writer tells, the reader takes, field by field. */
static void
test_json_write__round_trips_every_type(void **state)
{
	struct part owner = { "Ann", 5 };
	struct part parts[] = { { "p1", 1 }, { "p2", 2 }, { "p3", 3 } };
	const char *tags[] = { "a", "\xf0\x9f\x98\x80" };
	struct sample s = { .big = INT64_MAX,
		.title = "T \\ \"",
		.note = "line\nline",
		.count = INT64_MAX,
		.share = 100,
		.open = true,
		.grade = GRADE_HIGH,
		.least = GRADE_LOW,
		.due = DATE_MAX,
		.seen_at = -1,
		.owner = &owner,
		.parts = parts,
		.nparts = 3,
		.tags = tags,
		.ntags = 2 };
	struct field fields[N(sample_fields)];
	struct schema in = sample_schema;
	struct sample back;
	struct json_writer w;
	struct json *v;
	struct err e;
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < N(sample_fields); i++)
		if (!(sample_fields[i].flags &
			(FIELD_READONLY | FIELD_QUERY | FIELD_SECRET)) &&
		    sample_fields[i].type != FIELD_JSON)
			fields[n++] = sample_fields[i];
	in.fields = fields;
	in.nfields = n;
	json_begin(&w, &out);
	json_struct(&w, NULL, &in, &s);
	json_finish(&w);
	err_clear(&e);
	v = json_parse(&arena, buf_text(&out), out.len, &e);
	assert_non_null(v);
	assert_int_equal(json_read_struct(&arena, v, &in, &back, "", &e), 0);
	assert_true(back.big == s.big && back.count == s.count);
	assert_true(back.share == s.share && back.open == s.open);
	assert_true(back.grade == s.grade && back.least == s.least);
	assert_true(back.due == s.due && back.seen_at == s.seen_at);
	assert_string_equal(back.title, s.title);
	assert_string_equal(back.note, s.note);
	assert_string_equal(back.owner->name, "Ann");
	assert_int_equal(back.nparts, 3);
	assert_string_equal(back.parts[2].name, "p3");
	assert_int_equal(back.ntags, 2);
	assert_string_equal(back.tags[1], tags[1]);

	/* Equal values, equal bytes. */
	struct buf again;

	buf_init(&again, &arena);
	json_begin(&w, &again);
	json_struct(&w, NULL, &in, &back);
	json_finish(&w);
	assert_string_equal(buf_text(&again), buf_text(&out));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_json_write__nests_and_separates),
		TEST(test_json_write__escapes_text),
		TEST(test_json_write__the_reader_gets_back_what_was_written),
		TEST(test_json_write__appends_to_what_is_there),
		TEST(test_json_write__struct_without_values),
		TEST(test_json_write__struct_with_values),
		TEST(test_json_write__structs_are_a_list),
		TEST(test_json_write__an_unknown_code_is_null),
		TEST(test_json_write__round_trips_every_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
