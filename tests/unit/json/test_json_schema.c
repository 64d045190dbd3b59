#include "support/test.h"

#include "base/arena.h"
#include "unit/json/sample.h"
#include "json/json_read.h"
#include "json/json_schema.h"

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const char *
schema_text(const struct schema *s, enum json_direction dir)
{
	struct json_writer w;
	struct buf out;
	struct err e;

	buf_init(&out, &arena);
	json_begin(&w, &out);
	json_schema_write(&w, NULL, s, dir);
	json_finish(&w);
	err_clear(&e);
	assert_non_null(json_parse(&arena, buf_text(&out), out.len, &e));
	return buf_text(&out);
}

static void
test_json_schema__describes_input(void **state)
{
	(void)state;
	assert_string_equal(schema_text(&sample_schema, JSON_IN),
	    "{\"type\":\"object\",\"description\":\"A sample\",\"properties\":{"
	    "\"big\":{\"type\":[\"string\",\"null\"],"
	    "\"pattern\":\"^(0|-?[1-9][0-9]*)$\","
	    "\"description\":\"A number too big for a script\"},"
	    "\"title\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":20,"
	    "\"description\":\"Title\"},"
	    "\"note\":{\"type\":[\"string\",\"null\"],\"maxLength\":200,"
	    "\"description\":\"Note\"},"
	    "\"count\":{\"type\":[\"integer\",\"null\"],\"format\":\"int64\","
	    "\"description\":\"Any number\"},"
	    "\"share\":{\"type\":[\"integer\",\"null\"],\"format\":\"int64\","
	    "\"minimum\":0,\"maximum\":100,\"description\":\"Per cent\"},"
	    "\"open\":{\"type\":[\"boolean\",\"null\"],"
	    "\"description\":\"Open\"},"
	    "\"grade\":{\"type\":\"string\",\"enum\":[\"low\",\"mid\",\"high\"],"
	    "\"description\":\"Grade\"},"
	    "\"least\":{\"type\":[\"string\",\"null\"],"
	    "\"enum\":[\"low\",\"mid\",\"high\",null],"
	    "\"description\":\"Least grade\"},"
	    "\"due\":{\"type\":[\"string\",\"null\"],\"format\":\"date\","
	    "\"description\":\"Due\"},"
	    "\"seen_at\":{\"type\":[\"string\",\"null\"],"
	    "\"format\":\"date-time\",\"description\":\"Seen\"},"
	    "\"owner\":{\"anyOf\":[{\"$ref\":\"#/components/schemas/part_in\"},"
	    "{\"type\":\"null\"}],\"description\":\"Owner\"},"
	    "\"parts\":{\"type\":[\"array\",\"null\"],"
	    "\"items\":{\"$ref\":\"#/components/schemas/part_in\"},"
	    "\"maxItems\":3,\"description\":\"Parts\"},"
	    "\"tags\":{\"type\":[\"array\",\"null\"],"
	    "\"items\":{\"type\":\"string\",\"maxLength\":500},"
	    "\"maxItems\":1000,\"description\":\"Tags\"},"
	    "\"password\":{\"type\":[\"string\",\"null\"],\"maxLength\":200,"
	    "\"writeOnly\":true,\"description\":\"Password\"}},"
	    "\"required\":[\"title\",\"grade\"],"
	    "\"additionalProperties\":false}");
}

static void
test_json_schema__describes_output(void **state)
{
	(void)state;
	assert_string_equal(schema_text(&sample_schema, JSON_OUT),
	    "{\"type\":\"object\",\"description\":\"A sample\",\"properties\":{"
	    "\"id\":{\"type\":\"integer\",\"format\":\"int64\","
	    "\"description\":\"Identifier\"},"
	    "\"big\":{\"type\":[\"string\",\"null\"],"
	    "\"pattern\":\"^(0|-?[1-9][0-9]*)$\","
	    "\"description\":\"A number too big for a script\"},"
	    "\"title\":{\"type\":\"string\",\"description\":\"Title\"},"
	    "\"note\":{\"type\":[\"string\",\"null\"],"
	    "\"description\":\"Note\"},"
	    "\"count\":{\"type\":\"integer\",\"format\":\"int64\","
	    "\"description\":\"Any number\"},"
	    "\"share\":{\"type\":[\"integer\",\"null\"],\"format\":\"int64\","
	    "\"minimum\":0,\"maximum\":100,\"description\":\"Per cent\"},"
	    "\"open\":{\"type\":\"boolean\",\"description\":\"Open\"},"
	    "\"grade\":{\"type\":\"string\",\"enum\":[\"low\",\"mid\",\"high\"],"
	    "\"description\":\"Grade\"},"
	    "\"least\":{\"type\":[\"string\",\"null\"],"
	    "\"enum\":[\"low\",\"mid\",\"high\",null],"
	    "\"description\":\"Least grade\"},"
	    "\"due\":{\"type\":[\"string\",\"null\"],\"format\":\"date\","
	    "\"description\":\"Due\"},"
	    "\"seen_at\":{\"type\":\"string\",\"format\":\"date-time\","
	    "\"description\":\"Seen\"},"
	    "\"owner\":{\"anyOf\":[{\"$ref\":\"#/components/schemas/part\"},"
	    "{\"type\":\"null\"}],\"description\":\"Owner\"},"
	    "\"parts\":{\"type\":\"array\","
	    "\"items\":{\"$ref\":\"#/components/schemas/part\"},"
	    "\"description\":\"Parts\"},"
	    "\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},"
	    "\"description\":\"Tags\"},"
	    "\"extra\":{\"description\":\"Anything\"},"
	    "\"page\":{\"type\":\"integer\",\"format\":\"int64\","
	    "\"minimum\":1,\"maximum\":9,\"description\":\"Page\"}},"
	    "\"required\":[\"id\",\"big\",\"title\",\"note\",\"count\","
	    "\"share\",\"open\",\"grade\",\"least\",\"due\",\"owner\","
	    "\"parts\"]}");
}

static void
test_json_schema__a_parameter_is_not_null(void **state)
{
	struct json_writer w;
	struct buf out;

	(void)state;
	buf_init(&out, &arena);
	json_begin(&w, &out);
	json_schema_field(&w, NULL, schema_find(&sample_schema, "page"),
	    JSON_IN);
	json_finish(&w);
	assert_string_equal(buf_text(&out),
	    "{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":1,"
	    "\"maximum\":9,\"description\":\"Page\"}");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_json_schema__describes_input),
		TEST(test_json_schema__describes_output),
		TEST(test_json_schema__a_parameter_is_not_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
