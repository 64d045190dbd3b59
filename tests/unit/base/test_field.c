#include "support/test.h"

#include "base/field.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

enum colour { COLOUR__INVALID, COLOUR_RED, COLOUR_BLUE = 3 };

static const char *const colour_names[] = { NULL, "red", NULL, "blue" };

struct thing {
	int64_t id;
	int64_t size;
	const char *title;
	enum colour colour;
	date_t due;
	instant_t at;
	bool open;
};

/* clang-format off */
static const struct field thing_fields[] = {
	F_I64(thing, id, .doc = "Identifier"),
	F_I64(thing, size, .flags = FIELD_NULLABLE, .doc = "Size"),
	F_STR(thing, title, .flags = FIELD_REQUIRED, .min = 1, .max = 20, .doc = "Title"),
	F_ENUM(thing, colour, colour, .doc = "Colour"),
	F_DATE(thing, due, .doc = "Due"),
	F_TIME(thing, at, .doc = "At"),
	F_BOOL(thing, open, .doc = "Open"),
};
/* clang-format on */

static const struct schema thing_schema =
    SCHEMA(thing, thing_fields, "A thing");

static void
test_field__finds_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(schema_find(&thing_schema, "due"), &thing_fields[4]);
	assert_null(schema_find(&thing_schema, "Due"));
	assert_null(schema_find(&thing_schema, ""));
}

static void
test_field__init_sets_no_value(void **state)
{
	struct thing t;

	(void)state;
	memset(&t, 0xee, sizeof(t));
	schema_init(&thing_schema, &t);
	assert_int_equal(t.id, 0);
	assert_true(t.size == I64_NONE);
	assert_null(t.title);
	assert_int_equal(t.colour, 0);
	assert_int_equal(t.due, DATE_NONE);
	assert_true(t.at == TIME_NONE);
	assert_false(t.open);
}

static void
test_field__enum_names_have_codes(void **state)
{
	const struct field *f = schema_find(&thing_schema, "colour");

	(void)state;
	assert_int_equal(field_enum_code(f, "red"), COLOUR_RED);
	assert_int_equal(field_enum_code(f, "blue"), COLOUR_BLUE);
	assert_int_equal(field_enum_code(f, "green"), -1);
	assert_int_equal(field_enum_code(f, ""), -1);
}

static void
test_field__fault_finds_each_mistake(void **state)
{
	static const char *const twice[] = { "a", "a" };
	static const char *const holes[] = { NULL, NULL };
	/* clang-format off */
	static const struct { struct field f; const char *word; } rows[] = {
		{ { .name = "x", .type = FIELD_I64, .doc = "d" }, NULL },
		{ { .type = FIELD_I64, .doc = "d" }, "no name" },
		{ { .name = "x", .type = FIELD_I64 }, "no doc" },
		{ { .name = "x", .doc = "d" }, "no type" },
		{ { .name = "x", .type = FIELD_I64, .doc = "d", .off = sizeof(struct thing) }, "outside" },
		{ { .name = "x", .type = FIELD_I64, .doc = "d", .off = 4 }, "outside" },
		{ { .name = "x", .type = FIELD_STRS, .doc = "d", .count_off = 1000 }, "count" },
		{ { .name = "x", .type = FIELD_OBJECT, .doc = "d" }, "no sub" },
		{ { .name = "x", .type = FIELD_ARRAY, .doc = "d" }, "no sub" },
		{ { .name = "x", .type = FIELD_ENUM, .doc = "d" }, "no names" },
		{ { .name = "x", .type = FIELD_ENUM, .doc = "d", .names = holes, .nnames = 2 }, "no names" },
		{ { .name = "x", .type = FIELD_ENUM, .doc = "d", .names = twice, .nnames = 2 }, "twice" },
		{ { .name = "x", .type = FIELD_I64, .doc = "d", .min = 5, .max = 1 }, "minimum" },
		{ { .name = "x", .type = FIELD_I64, .doc = "d", .flags = FIELD_PATH | FIELD_QUERY }, "two places" },
		{ { .name = "x", .type = FIELD_I64, .doc = "d", .flags = FIELD_PATH | FIELD_READONLY }, "two places" },
		{ { .name = "x", .type = FIELD_JSON, .doc = "d", .flags = FIELD_QUERY }, "plain" },
		{ { .name = "title", .type = FIELD_I64, .doc = "d" }, "same name" },
	};
	/* clang-format on */

	(void)state;
	assert_null(schema_fault(&thing_schema));
	for (size_t i = 0; i < N(rows); i++) {
		struct field fields[] = { thing_fields[2], rows[i].f };
		struct schema s = { .name = "t",
			.fields = fields,
			.nfields = 2,
			.size = sizeof(struct thing),
			.doc = "d" };
		const char *fault = schema_fault(&s);

		if (rows[i].word == NULL)
			CHECK_ROW(i, fault == NULL);
		else
			CHECK_ROW(i,
			    fault != NULL &&
				strstr(fault, rows[i].word) != NULL);
	}
}

static void
test_field__fault_checks_the_schema_itself(void **state)
{
	struct schema s = thing_schema;

	(void)state;
	s.name = NULL;
	assert_non_null(schema_fault(&s));
	s = thing_schema;
	s.doc = "";
	assert_non_null(schema_fault(&s));
	s = thing_schema;
	s.nfields = 0;
	assert_non_null(schema_fault(&s));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_field__finds_by_name),
		cmocka_unit_test(test_field__init_sets_no_value),
		cmocka_unit_test(test_field__enum_names_have_codes),
		cmocka_unit_test(test_field__fault_finds_each_mistake),
		cmocka_unit_test(test_field__fault_checks_the_schema_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
