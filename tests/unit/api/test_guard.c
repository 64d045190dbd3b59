/* What stands before a handler: origin, permission, preconditions, input. */
#include "support/test.h"

#include "api/guard.h"

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

static int
handler(struct ctx *c, struct err *e)
{
	(void)c;
	(void)e;
	return 0;
}

/* Every column of S-8: an unsafe method passes in two of them. */
static void
test_csrf__unsafe_methods_come_from_our_pages(void **state)
{
	static const struct {
		const char *site;
		const char *origin;
		bool pass;
	} rows[] = {
		{ "same-origin", NULL, true },
		{ "same-origin", "https://evil.example", true },
		{ NULL, "https://exreg.example", true },
		{ "same-site", "https://exreg.example", false },
		{ "cross-site", "https://exreg.example", false },
		{ "none", NULL, false },
		{ "", NULL, false },
		{ "Same-Origin", NULL, false },
		{ NULL, "https://evil.example", false },
		{ NULL, "https://exreg.example.evil", false },
		{ NULL, "http://exreg.example", false },
		{ NULL, "https://exreg.example:444", false },
		{ NULL, "null", false },
		{ NULL, "", false },
		{ NULL, NULL, false },
	};
	static const enum method methods[] = { METHOD_POST, METHOD_PUT,
		METHOD_DELETE };
	const struct app app = { .origin = "https://exreg.example" };

	(void)state;
	for (size_t i = 0; i < 3 * sizeof(rows) / sizeof(rows[0]); i++) {
		const struct route route = { .method = methods[i % 3] };
		struct request req = { .fetch_site = rows[i / 3].site,
			.origin = rows[i / 3].origin };
		const struct ctx c = { .app = &app,
			.req = &req,
			.route = &route };
		struct err e = { 0 };

		CHECK_ROW(i / 3, (csrf_check(&c, &e) == 0) == rows[i / 3].pass);
		CHECK_ROW(i / 3,
		    e.kind == (rows[i / 3].pass ? ERR_NONE : ERR_CROSS_SITE));
	}
}

static void
test_csrf__reading_is_refused_to_other_sites_only(void **state)
{
	static const struct {
		const char *site;
		const char *mode;
		bool pass;
	} rows[] = {
		{ NULL, NULL, true },
		{ "same-origin", "cors", true },
		{ "none", "navigate", true },
		{ "same-site", "no-cors", true },
		{ "cross-site", "navigate", true },
		{ "cross-site", "no-cors", false },
		{ "cross-site", "cors", false },
		{ "cross-site", NULL, false },
	};
	const struct app app = { .origin = "https://exreg.example" };
	const struct route route = { .method = METHOD_GET };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct request req = { .fetch_site = rows[i].site,
			.fetch_mode = rows[i].mode };
		const struct ctx c = { .app = &app,
			.req = &req,
			.route = &route };
		struct err e = { 0 };

		CHECK_ROW(i, (csrf_check(&c, &e) == 0) == rows[i].pass);
	}
}

static void
test_access__anonymous_is_401_and_the_wrong_class_403(void **state)
{
	const struct route open = { .access = PERM_ANYONE };
	const struct route closed = { .access = PERM_ADMINISTER };
	struct ctx c = { .route = &open };
	struct err e = { 0 };

	(void)state;
	assert_int_equal(0, access_check(&c, &e));
	c.route = &closed;
	assert_int_equal(-1, access_check(&c, &e));
	assert_int_equal(ERR_UNAUTHENTICATED, e.kind);
	memset(&e, 0, sizeof(e));
	c.who.person_id = 1;
	c.who.classes = 1u << ROLE_CLASS_STAFF;
	assert_int_equal(-1, access_check(&c, &e));
	assert_int_equal(ERR_FORBIDDEN, e.kind);
	memset(&e, 0, sizeof(e));
	c.who.classes |= 1u << ROLE_CLASS_ADMINISTRATOR;
	assert_int_equal(0, access_check(&c, &e));
}

static void
test_precondition__asks_for_version_and_key(void **state)
{
	static const struct {
		unsigned flags;
		const char *if_match;
		const char *key;
		enum err_kind kind;
	} rows[] = {
		{ 0, NULL, NULL, ERR_NONE },
		{ 0, NULL, "?", ERR_NONE },
		{ ROUTE_IF_MATCH, NULL, NULL, ERR_PRECONDITION_REQUIRED },
		{ ROUTE_IF_MATCH, "\"r1-c1\"", NULL, ERR_NONE },
		{ ROUTE_IDEMPOTENT, NULL, NULL, ERR_NONE },
		{ ROUTE_IDEMPOTENT, NULL, "abcDEF-_", ERR_NONE },
		{ ROUTE_IDEMPOTENT, NULL, "short", ERR_BAD_REQUEST },
		{ ROUTE_IDEMPOTENT, NULL, "with blank 1", ERR_BAD_REQUEST },
		{ ROUTE_IDEMPOTENT, NULL,
		    "0123456789012345678901234567890123456789012345678901234567"
		    "890123456",
		    ERR_BAD_REQUEST },
		{ ROUTE_IDEMPOTENT | ROUTE_KEY_REQUIRED, NULL, NULL,
		    ERR_BAD_REQUEST },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct route route = { .flags = rows[i].flags };
		struct request req = { .if_match = rows[i].if_match,
			.idempotency_key = rows[i].key };
		const struct ctx c = { .req = &req, .route = &route };
		struct err e = { 0 };

		precondition_check(&c, &e);
		CHECK_ROW(i, e.kind == rows[i].kind);
	}
}

/* ---- input ---- */

struct note {
	const char *number;
	int64_t limit;
	const char *text;
	const char *password;
};

/* clang-format off */
static const struct field note_fields[] = {
	F_STR(note, number, .flags = FIELD_PATH, .max = 13, .doc = "-"),
	F_I64(note, limit, .flags = FIELD_QUERY, .min = 1, .max = 100, .doc = "-"),
	F_STR(note, text, .flags = FIELD_REQUIRED, .max = 10, .doc = "-"),
	F_STR(note, password, .flags = FIELD_SECRET, .max = 10, .doc = "-"),
};
static const struct field look_fields[] = {
	F_STR(note, number, .flags = FIELD_PATH, .max = 13, .doc = "-"),
	F_I64(note, limit, .flags = FIELD_QUERY | FIELD_REQUIRED, .min = 1, .max = 100, .doc = "-"),
};
/* clang-format on */
static const struct schema note_schema = SCHEMA(note, note_fields, "-");
static const struct schema look_schema = SCHEMA(note, look_fields, "-");

static const struct route note_route = { .method = METHOD_POST,
	.path = "/n/{number}",
	.in = &note_schema,
	.handler = handler };
static const struct route look_route = { .method = METHOD_GET,
	.path = "/n/{number}",
	.in = &look_schema,
	.handler = handler };

struct
try {
	struct request req;
	struct param path;
	struct param query[2];
	struct ctx c;
	struct err e;
};

static struct note *
read_input(struct try *t, const struct route *route, const char *number,
    const char *query, const char *value, const char *type, const char *body)
{
	memset(t, 0, sizeof(*t));
	t->path = (struct param){ "number", number };
	t->query[0] = (struct param){ query, value };
	t->req.arena = &arena;
	t->req.query = t->query;
	t->req.nquery = query != NULL;
	t->req.content_type = type;
	t->req.body = body;
	t->req.body_len = strlen(body);
	t->c.arena = &arena;
	t->c.req = &t->req;
	t->c.route = route;
	t->c.path_values = &t->path;
	t->c.npath_values = 1;
	input_read(&t->c, &t->e);
	return t->c.in;
}

static void
test_input__fills_from_path_query_and_body(void **state)
{
	struct try t;
	struct note *n = read_input(&t, &note_route, "EX-1", "limit", "20",
	    "application/json; charset=utf-8", "{\"text\":\"hello\"}");

	(void)state;
	assert_int_equal(ERR_NONE, t.e.kind);
	assert_string_equal("EX-1", n->number);
	assert_int_equal(20, n->limit);
	assert_string_equal("hello", n->text);
	assert_null(n->password);
}

static void
test_input__refuses_by_kind(void **state)
{
	static const struct {
		const struct route *route;
		const char *number, *query, *value, *type, *body;
		enum err_kind kind;
		size_t nfields;
	} rows[] = {
		{ &note_route, "1", NULL, NULL, NULL, "{\"text\":\"a\"}",
		    ERR_MEDIA_TYPE, 0 },
		{ &note_route, "1", NULL, NULL, "text/plain",
		    "{\"text\":\"a\"}", ERR_MEDIA_TYPE, 0 },
		{ &note_route, "1", NULL, NULL, "application/jsonx",
		    "{\"text\":\"a\"}", ERR_MEDIA_TYPE, 0 },
		{ &note_route, "1", NULL, NULL,
		    "application/json; charset=latin1", "{\"text\":\"a\"}",
		    ERR_MEDIA_TYPE, 0 },
		{ &note_route, "1", NULL, NULL, "application/json", "",
		    ERR_BAD_REQUEST, 0 },
		{ &note_route, "1", NULL, NULL, "application/json", "{",
		    ERR_BAD_REQUEST, 0 },
		{ &note_route, "1", NULL, NULL, "application/json", "{}",
		    ERR_INVALID, 1 },
		{ &note_route, "1", NULL, NULL, "APPLICATION/JSON",
		    "{\"text\":\"a\",\"number\":\"2\"}", ERR_INVALID, 1 },
		{ &note_route, "1", "limit", "0", "application/json",
		    "{\"text\":1}", ERR_INVALID, 2 },
		{ &note_route, "1", "lmit", "1", "application/json",
		    "{\"x\":1,\"text\":\"a\"}", ERR_INVALID, 2 },
		{ &note_route, "much-too-long-a-number", NULL, NULL,
		    "application/json", "{\"text\":\"a\"}", ERR_NOT_FOUND, 0 },
		{ &look_route, "1", NULL, NULL, NULL, "", ERR_INVALID, 1 },
		{ &look_route, "1", "limit", "", NULL, "", ERR_INVALID, 1 },
		{ &look_route, "1", "limit", "x", NULL, "", ERR_INVALID, 1 },
		{ &look_route, "1", "limit", "5", NULL, "{}", ERR_BAD_REQUEST,
		    0 },
		{ &look_route, "1", "limit", "5", NULL, "", ERR_NONE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct try t;

		read_input(&t, rows[i].route, rows[i].number, rows[i].query,
		    rows[i].value, rows[i].type, rows[i].body);
		CHECK_ROW(i, t.e.kind == rows[i].kind);
		CHECK_ROW(i, t.e.nfields == rows[i].nfields);
	}
}

static void
test_input__wipes_secrets(void **state)
{
	struct try t;
	struct note *n = read_input(&t, &note_route, "1", NULL, NULL,
	    "application/json", "{\"text\":\"a\",\"password\":\"xyz\"}");
	const char *password = n->password;

	(void)state;
	assert_string_equal("xyz", password);
	assert_true(input_wipe(&t.c));
	assert_string_equal("", password);
	t.c.route = &look_route;
	assert_false(input_wipe(&t.c));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csrf__unsafe_methods_come_from_our_pages),
		cmocka_unit_test(
		    test_csrf__reading_is_refused_to_other_sites_only),
		cmocka_unit_test(
		    test_access__anonymous_is_401_and_the_wrong_class_403),
		cmocka_unit_test(test_precondition__asks_for_version_and_key),
		cmocka_unit_test(test_input__fills_from_path_query_and_body),
		cmocka_unit_test(test_input__refuses_by_kind),
		cmocka_unit_test(test_input__wipes_secrets),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
