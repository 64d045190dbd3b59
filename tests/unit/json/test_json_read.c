#include "support/test.h"

#include <stdbool.h>
#include <stdlib.h>

#include "json/json_read.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* Text with its length, so that NUL can be inside. */
#define TEXT(s)      \
 {                   \
  (s), sizeof(s) - 1 \
 }

struct text {
	const char *s;
	size_t len;
};

static struct arena arena;
static struct err err;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	err_clear(&err);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* Parsed from memory that ends where the text ends. */
static struct json *
parse(const char *text, size_t len)
{
	char *copy = malloc(len > 0 ? len : 1);
	struct json *v;

	assert_non_null(copy);
	memcpy(copy, text, len);
	err_clear(&err);
	v = json_parse(&arena, copy, len, &err);
	free(copy);
	if (v == NULL) {
		assert_int_equal(err.kind, ERR_BAD_REQUEST);
		assert_non_null(strstr(err.detail, "at byte "));
	} else {
		assert_int_equal(err.kind, ERR_NONE);
	}
	return v;
}

static const struct json *
parse_text(const char *text)
{
	return parse(text, strlen(text));
}

static void
test_json_read__accepts_rfc8259(void **state)
{
	/* clang-format off */
	static const struct text rows[] = {
		TEXT("{}"), TEXT("[]"), TEXT("null"), TEXT("true"), TEXT("false"),
		TEXT("0"), TEXT("-0"), TEXT("123"), TEXT("1.5"), TEXT("-1.5e+10"), TEXT("1E5"),
		TEXT("1E-2"), TEXT("0e1"), TEXT("0e+1"), TEXT("20e1"), TEXT("123.456e78"),
		TEXT("\"\""), TEXT("\"a\""), TEXT(" [ ] "), TEXT("\t\r\n{\n}\n"),
		TEXT("[[]   ]"), TEXT("[null, 1, \"1\", {}]"), TEXT("[1,null,null,null,2]"),
		TEXT("{\"a\":[]}"), TEXT("{\"\":0}"), TEXT("{\"a\":\"b\",\"c\":\"d\"}"),
		TEXT("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]"), TEXT("[\"\\u0041\\u00e9\\u20ac\"]"),
		TEXT("[\"\\ud83d\\ude00\"]"), TEXT("[\"\\uDBFF\\uDFFF\"]"),
		TEXT("[\"\\\\u0000\"]"), TEXT("[\"\\\\ud800\"]"), TEXT("[\"\\\\\\u0041\"]"),
		TEXT("[\"\\uFFFF\"]"), TEXT("[\"\x7f\"]"), TEXT("[\"a/*b*/c\"]"),
		TEXT("[\"\xe2\x82\xac\xf0\x9f\x98\x80\"]"), TEXT("[\"\xe2\x80\xa8\"]"),
		TEXT("[\"\\u0012\"]"),
		TEXT("[-0.000000000000000000000000000000000000000000000000000000000001]"),
		TEXT("[123456789012345678901234567890123456789012345678901234567890]"),
		TEXT("[1e999999999]"), TEXT("[-1e-999999999]"),
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		CHECK_ROW(i, parse(rows[i].s, rows[i].len) != NULL);
}

static void
test_json_read__refuses_what_is_not_json(void **state)
{
	/* clang-format off */
	static const struct text rows[] = {
		/* nothing, or half of something */
		TEXT(""), TEXT(" "), TEXT("\n"), TEXT("{\"a\":1"), TEXT("[1"), TEXT("[1,"),
		TEXT("{\"a\":"), TEXT("{\"a\""), TEXT("{"), TEXT("["), TEXT("\""), TEXT("\"a"),
		TEXT("\"\\"), TEXT("\"\\u00"), TEXT("tru"), TEXT("nul"), TEXT("-"), TEXT("1."), TEXT("1e"),
		/* structure */
		TEXT("[1,]"), TEXT("[,1]"), TEXT("[1,,2]"), TEXT("[,]"), TEXT("[\"\",]"), TEXT("[1}"),
		TEXT("{\"a\":1,}"), TEXT("{\"a\":1,,\"b\":2}"), TEXT("{,\"a\":1}"), TEXT("{\"a\" 1}"),
		TEXT("{\"a\"}"), TEXT("{1:1}"), TEXT("{a:1}"), TEXT("{'a':1}"), TEXT("{\"a\":1]"),
		TEXT("{null:null}"), TEXT("{[]:1}"), TEXT("[\"a\" 1]"), TEXT("[\"a\":1]"), TEXT("]"), TEXT("}"),
		TEXT(":"), TEXT(","), TEXT("[][]"), TEXT("{}{}"), TEXT("1 2"), TEXT("{} x"), TEXT("[]]"),
		TEXT("{}}"), TEXT("{\"a\":1}#"), TEXT("{\"a\":1};"), TEXT("\"a\"\"b\""), TEXT("[3[4]]"),
		/* comments */
		TEXT("/* c */{}"), TEXT("{}/* c */"), TEXT("{/**/}"), TEXT("// c\n{}"), TEXT("{}// c"),
		TEXT("[1]#c"), TEXT("{}/"), TEXT("[/*"), TEXT("<!-- --> []"),
		/* literals */
		TEXT("True"), TEXT("TRUE"), TEXT("truex"), TEXT("nullx"), TEXT("[nul]"), TEXT("[fals]"),
		TEXT("undefined"), TEXT("NaN"), TEXT("[NaN]"), TEXT("-NaN"), TEXT("Infinity"), TEXT("[-Infinity]"),
		TEXT("[Inf]"), TEXT("nan"),
		/* numbers */
		TEXT("01"), TEXT("-01"), TEXT("+1"), TEXT(".5"), TEXT("-.5"), TEXT("[1.]"), TEXT("[1.e1]"), TEXT("[1e]"),
		TEXT("[1e+]"), TEXT("[1E-]"), TEXT("[1eE2]"), TEXT("0x1F"), TEXT("[0x1]"), TEXT("[1_000]"), TEXT("[1 000]"),
		TEXT("[--1]"), TEXT("[++1]"), TEXT("[-]"), TEXT("[- 1]"), TEXT("[1a]"), TEXT("[0.1.2]"), TEXT("[1e1.5]"),
		TEXT("[-2.]"), TEXT("[2.e+3]"), TEXT("[0.e1]"), TEXT("[00]"), TEXT("[-00]"), TEXT("[1ea]"), TEXT("[-x]"),
		TEXT("[\xef\xbc\x91]"), TEXT("[1+2]"), TEXT("[123\0]"), TEXT("123\0"), TEXT("[1]\0"), TEXT("\0"),
		/* strings */
		TEXT("'a'"), TEXT("[\"\\x41\"]"), TEXT("[\"\\a\"]"), TEXT("[\"\\'\"]"), TEXT("[\"\\0\"]"), TEXT("[\"\\U0041\"]"),
		TEXT("[\"\\u\"]"), TEXT("[\"\\u004\"]"), TEXT("[\"\\u004g\"]"), TEXT("[\"\\u 041\"]"), TEXT("[\"\\u+041\"]"),
		TEXT("[\"\\\"]"), TEXT("[\"\\\\\\\"]"), TEXT("[\"a\nb\"]"), TEXT("[\"a\tb\"]"), TEXT("[\"a\rb\"]"),
		TEXT("[\"a\x01\"]"), TEXT("[\"a\x1f\"]"), TEXT("[\"a\0b\"]"), TEXT("[\\n]"), TEXT("\\u0041"), TEXT("[\"\\\xc3\xa9\"]"),
		/* white space that JSON does not have */
		TEXT("\f{}"), TEXT("\v{}"), TEXT("[\f]"), TEXT("[1\v]"), TEXT("\xc2\xa0[]"), TEXT("[\xe2\x81\xa0]"),
		TEXT("\x1a"), TEXT("{}\x1b"),
		/* byte order marks, and other encodings */
		TEXT("\xef\xbb\xbf{}"), TEXT("\xef\xbb\xbf"), TEXT("{}\xef\xbb\xbf"),
		TEXT("\xff\xfe{\0}\0"), TEXT("\xfe\xff\0{\0}"), TEXT("{\0}\0"), TEXT("\0{\0}"),
		/* not UTF-8 */
		TEXT("[\"\xff\"]"), TEXT("[\"\xc3\"]"), TEXT("[\"\xc0\x80\"]"), TEXT("[\"\xed\xa0\x80\"]"),
		TEXT("[\"\xf4\x90\x80\x80\"]"), TEXT("[\"\xe2\x82\"]"), TEXT("{\"\xfc\":1}"), TEXT("[\xc3\xa9]"), TEXT("\xe9"),
		TEXT("[\"\xf8\x88\x80\x80\x80\"]"), TEXT("[\"\xfc\x80\x80\x80\x80\x80\"]"),
		/* NUL and halves of characters in escapes */
		TEXT("[\"\\u0000\"]"), TEXT("[\"a\\u0000b\"]"), TEXT("{\"\\u0000\":1}"), TEXT("[\"\\ud800\"]"),
		TEXT("[\"\\udc00\"]"), TEXT("[\"\\ud800\\u0041\"]"), TEXT("[\"\\ud800a\"]"), TEXT("[\"\\ud800\\n\"]"),
		TEXT("[\"\\ud800\\ud800\"]"), TEXT("[\"\\udc00\\ud800\"]"), TEXT("[\"\\ud83d\\ude00\\ude00\"]"),
		TEXT("[\"\\ud800\\u\"]"), TEXT("[\"\\ud800\\udc0\"]"), TEXT("[\"\\ud800\\\\dc00\"]"), TEXT("{\"\\udfff\":1}"),
		TEXT("[\"\\uDBFF\\uE000\"]"), TEXT("[\"\\ud800"), TEXT("\"\\ud800\\udc00"),
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct json *v = parse(rows[i].s, rows[i].len);

		if (v != NULL)
			print_error("accepted: %s\n", rows[i].s);
		CHECK_ROW(i, v == NULL);
		/* The input is not quoted back. */
		CHECK_ROW(i, strchr(err.detail, '"') == NULL);
	}
}

static void
test_json_read__refuses_duplicate_keys(void **state)
{
	/* clang-format off */
	static const struct { const char *text; bool twice; } rows[] = {
		{ "{\"a\":1,\"a\":1}", true },
		{ "{\"a\":1,\"b\":2,\"a\":3}", true },
		{ "{\"a\":1,\"\\u0061\":2}", true },
		{ "{\"\":1,\"\":2}", true },
		{ "[{\"x\":{\"a\":1,\"a\":null}}]", true },
		{ "{\"a\":1,\"A\":2,\"aa\":3}", false },
		{ "{\"a\":{\"a\":{\"a\":1}}}", false },
		{ "[{\"a\":1},{\"a\":1}]", false },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		const struct json *v = parse_text(rows[i].text);

		CHECK_ROW(i, (v == NULL) == rows[i].twice);
		if (v == NULL)
			CHECK_ROW(i, strstr(err.detail, "same name twice"));
	}
}

static void
test_json_read__bounds_depth(void **state)
{
	const size_t huge = 200000;
	char *text = malloc(huge);

	(void)state;
	assert_non_null(text);
	memset(text, '[', huge);
	assert_null(parse(text, huge));
	assert_non_null(strstr(err.detail, "too deep, at byte 17"));
	for (size_t i = 0; i < huge; i++)
		text[i] = "{\"a\":"[i % 5];
	assert_null(parse(text, huge));
	assert_non_null(strstr(err.detail, "too deep"));

	memset(text, '[', JSON_DEPTH_MAX);
	memset(text + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	assert_non_null(parse(text, (size_t)JSON_DEPTH_MAX * 2));
	memset(text, '[', JSON_DEPTH_MAX + 1);
	memset(text + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
	assert_null(parse(text, (size_t)JSON_DEPTH_MAX * 2 + 2));
	free(text);
}

static void
test_json_read__bounds_items(void **state)
{
	char *text = malloc(30000);
	size_t len;

	(void)state;
	assert_non_null(text);
	for (int n = JSON_ITEMS_MAX; n <= JSON_ITEMS_MAX + 1; n++) {
		bool fits = n == JSON_ITEMS_MAX;
		struct json *v;

		len = 0;
		for (int i = 0; i < n; i++)
			len += (size_t)snprintf(text + len, 30000 - len, "%c%d",
			    i == 0 ? '[' : ',', i);
		text[len++] = ']';
		v = parse(text, len);
		assert_int_equal(v != NULL, fits);

		len = 0;
		for (int i = 0; i < n; i++)
			len += (size_t)snprintf(text + len, 30000 - len,
			    "%c\"k%d\":[]", i == 0 ? '{' : ',', i);
		text[len++] = '}';
		v = parse(text, len);
		assert_int_equal(v != NULL, fits);
		if (fits)
			assert_non_null(json_member(v, "k999"));
	}
	assert_non_null(strstr(err.detail, "too many"));
	free(text);
}

static void
test_json_read__builds_the_tree(void **state)
{
	const struct json *v = parse_text(
	    "{\"b\":true,\"n\":-1.50e3,"
	    "\"s\":\"a\\n\\u20ac\\ud83d\\ude00\",\"l\":[null,{\"k\":\"v\"},2],"
	    "\"o\":{},\"f\":false}");
	const struct json *l;

	(void)state;
	assert_non_null(v);
	assert_int_equal(v->type, JSON_OBJECT);
	assert_null(v->key);
	assert_int_equal(v->nchildren, 6);
	assert_string_equal(v->first->key, "b");
	assert_int_equal(v->first->type, JSON_BOOL);
	assert_true(v->first->truth);
	assert_false(json_member(v, "f")->truth);
	assert_int_equal(json_member(v, "n")->type, JSON_NUMBER);
	assert_string_equal(json_member(v, "n")->text, "-1.50e3");
	assert_string_equal(json_member(v, "s")->text,
	    "a\n\xe2\x82\xac\xf0\x9f\x98\x80");
	l = json_member(v, "l");
	assert_int_equal(l->type, JSON_ARRAY);
	assert_int_equal(l->nchildren, 3);
	assert_int_equal(l->first->type, JSON_NULL);
	assert_null(l->first->key);
	assert_string_equal(json_member(l->first->next, "k")->text, "v");
	assert_string_equal(l->first->next->next->text, "2");
	assert_null(l->first->next->next->next);
	assert_int_equal(json_member(v, "o")->nchildren, 0);
	assert_null(json_member(v, "o")->first);
	assert_null(json_member(v, "zzz"));
	assert_null(json_member(l, "k"));
}

static void
test_json_read__says_where(void **state)
{
	/* clang-format off */
	static const struct { const char *text; const char *detail; } rows[] = {
		{ "", "The body could not be read: there is no content, at byte 0" },
		{ "{\"a\":1", "The body could not be read: the JSON ends too early, at byte 6" },
		{ "[\"\xff\"]", "The body could not be read: the text is not UTF-8, at byte 2" },
		{ "[\"a\\u0000\"]", "The body could not be read: a text contains the character NUL, at byte 3" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		CHECK_ROW(i, parse_text(rows[i].text) == NULL);
		CHECK_ROW(i, strcmp(err.detail, rows[i].detail) == 0);
	}
}

/* Every beginning of a document is refused, and reads nothing behind it. */
static void
test_json_read__refuses_every_half_document(void **state)
{
	static const char text[] =
	    "{\"title\":\"a \\ud83d\\ude00 \xe2\x82\xac\","
	    "\"n\":[-1.5e+7,true,null,false],"
	    "\"o\":{\"x\":\"\\n\"}}";

	(void)state;
	for (size_t len = 0; len < sizeof(text) - 1; len++)
		CHECK_ROW(len, parse(text, len) == NULL);
	assert_non_null(parse(text, sizeof(text) - 1));
}

static void
test_json_read__long_strings_with_escapes(void **state)
{
	const size_t n = 300000;
	char *text = malloc(n + 2);
	struct json *v;

	(void)state;
	assert_non_null(text);
	text[0] = '"';
	for (size_t i = 0; i < n; i += 6)
		memcpy(text + 1 + i, i % 12 ? "\\u0061" : "bcdefg", 6);
	text[n + 1] = '"';
	v = parse(text, n + 2);
	assert_non_null(v);
	assert_int_equal(strlen(v->text), n / 12 * 7);
	assert_memory_equal(v->text, "bcdefgabcdefga", 14);
	free(text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_json_read__accepts_rfc8259),
		TEST(test_json_read__refuses_what_is_not_json),
		TEST(test_json_read__refuses_duplicate_keys),
		TEST(test_json_read__bounds_depth),
		TEST(test_json_read__bounds_items),
		TEST(test_json_read__builds_the_tree),
		TEST(test_json_read__says_where),
		TEST(test_json_read__refuses_every_half_document),
		TEST(test_json_read__long_strings_with_escapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
