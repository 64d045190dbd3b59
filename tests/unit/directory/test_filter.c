/*
 * Filters, stable ids and settings: what needs no server.
 */
#include "support/test.h"

#include <strings.h>

#include "base/arena.h"
#include "base/err.h"
#include "directory/directory.h"
#include "directory/filter.h"
#include "directory/query.h"

static const char *const uris[] = { "ldapi://%2Frun%2Fldapi" };

static int
setup(void **state)
{
	static struct arena arena;

	arena_init(&arena);
	*state = &arena;
	return 0;
}

static int
teardown(void **state)
{
	arena_release((struct arena *)*state);
	return 0;
}

static void
config_init(struct directory_config *cfg)
{
	static char password[] = "secret";

	directory_config_init(cfg);
	cfg->uris = uris;
	cfg->nuris = 1;
	cfg->bind_dn = "cn=exreg,dc=example";
	cfg->bind_password.bytes = password;
	cfg->bind_password.len = strlen(password);
	cfg->people_base = "ou=people,dc=example";
	cfg->groups_base = "ou=groups,dc=example";
}

static void
test_filter__value_is_escaped(void **state)
{
	static const struct {
		const char *in;
		size_t len;
		const char *out;
	} rows[] = {
		{ "", 0, "" },
		{ "ada.marsh", 9, "ada.marsh" },
		{ "*", 1, "\\2A" },
		{ "a(b)c", 5, "a\\28b\\29c" },
		{ "\\2a", 3, "\\5C2a" },
		{ "a\0b", 3, "a\\00b" },
		{ "\xc3\xab", 2, "\\C3\\AB" },
		{ "a b,c=d", 7, "a b,c=d" },
	};
	struct buf b;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&b, (struct arena *)*state);
		filter_value(&b, rows[i].in, rows[i].len);
		CHECK_ROW(i, strcasecmp(buf_text(&b), rows[i].out) == 0);
	}
}

static void
test_filter__people_template(void **state)
{
	struct directory_config cfg;
	struct buf b;

	config_init(&cfg);
	buf_init(&b, (struct arena *)*state);
	filter_people(&b, &cfg, "a*)(uid=");
	assert_string_equal(buf_text(&b),
	    "(&(objectClass=inetOrgPerson)(uid=a\\2A\\29\\28uid=))");
	buf_init(&b, (struct arena *)*state);
	filter_people(&b, &cfg, NULL);
	assert_string_equal(buf_text(&b),
	    "(&(objectClass=inetOrgPerson)(uid=*))");
}

static void
test_filter__guid_forth_and_back(void **state)
{
	static const unsigned char bytes[16] = { 0x01, 0x02, 0x03, 0x04, 0x05,
		0x06, 0x07, 0x08, 0x2a, 0x28, 0x29, 0x5c, 0x00, 0xff, 0xfe,
		0x0f };
	const char *text = "04030201-0605-0807-2a28-295c00fffe0f";
	struct value v = { (const char *)bytes, sizeof(bytes) };
	struct directory_config cfg;
	struct arena *a = (struct arena *)*state;
	struct buf b;

	config_init(&cfg);
	cfg.id_attribute = "objectGUID";
	assert_string_equal(id_text(a, &cfg, &v), text);
	buf_init(&b, a);
	assert_int_equal(filter_id(&b, &cfg, text), 0);
	assert_string_equal(buf_text(&b),
	    "(objectGUID=\\01\\02\\03\\04\\05\\06\\07\\08"
	    "\\2a\\28\\29\\5c\\00\\ff\\fe\\0f)");
	v.len = 15;
	assert_null(id_text(a, &cfg, &v));
	cfg.id_attribute = "GUID";
	v.len = 16;
	assert_string_equal(id_text(a, &cfg, &v),
	    "01020304-0506-0708-2a28-295c00fffe0f");
}

static void
test_filter__ids_that_cannot_be(void **state)
{
	static const struct {
		const char *attribute, *id;
		int result;
	} rows[] = {
		{ "entryUUID", "", -1 },
		{ "entryUUID", "\xff", -1 },
		{ "entryUUID", "6f1d0001-5a3c-4b7e-8d21-000000000001", 0 },
		{ "objectGUID", "6f1d0001-5a3c-4b7e-8d21-000000000001", 0 },
		{ "objectGUID", "6f1d0001-5a3c-4b7e-8d21-00000000000", -1 },
		{ "objectGUID", "6f1d0001-5a3c-4b7e-8d21-0000000000011", -1 },
		{ "objectGUID", "6f1d0001x5a3c-4b7e-8d21-000000000001", -1 },
		{ "objectGUID", "6f1d000g-5a3c-4b7e-8d21-000000000001", -1 },
		{ "objectGUID", "6f1d00015a3c4b7e8d210000000000010000", -1 },
		{ "objectGUID", "*", -1 },
	};
	struct directory_config cfg;
	struct buf b;
	size_t i;

	config_init(&cfg);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&b, (struct arena *)*state);
		cfg.id_attribute = rows[i].attribute;
		CHECK_ROW(i, filter_id(&b, &cfg, rows[i].id) == rows[i].result);
	}
}

static bool
opens(const struct directory_config *cfg)
{
	struct directory *d;
	struct err e;

	err_clear(&e);
	d = directory_open(cfg, &e);
	if (d == NULL)
		assert_true(e.kind == ERR_INTERNAL && e.cause[0] != '\0');
	directory_close(d);
	return d != NULL;
}

static void
test_open__people_filter_has_one_place(void **state)
{
	static const struct {
		const char *filter;
		bool good;
	} rows[] = { { "(uid=%s)", true }, { "(&(a=b)(uid=%s))", true },
		{ "(uid=ada)", false }, { "(|(uid=%s)(mail=%s))", false },
		{ "(uid=%u)", false }, { "(uid=%s%n)", false },
		{ "(uid=%", false }, { "uid=%s", false }, { "", false },
		{ NULL, false } };
	struct directory_config cfg;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		config_init(&cfg);
		cfg.people_filter = rows[i].filter;
		CHECK_ROW(i, opens(&cfg) == rows[i].good);
	}
}

static void
test_open__addresses(void **state)
{
	static const struct {
		const char *uri, *ca;
		bool good;
	} rows[] = { { "ldapi://%2Frun%2Fldapi", NULL, true },
		{ "ldaps://ds.example", "/ca.pem", true },
		{ "ldap://ds.example:1389", "/ca.pem", true },
		{ "ldaps://[::1]:636", "/ca.pem", true },
		{ "ldaps://ds.example", NULL, false },
		{ "ldap://ds.example", NULL, false },
		{ "ldap://", "/ca.pem", false }, { "ldapi://", NULL, false },
		{ "http://ds.example", "/ca.pem", false },
		{ "ds.example", "/ca.pem", false }, { "", "/ca.pem", false } };
	struct directory_config cfg;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		config_init(&cfg);
		cfg.uris = &rows[i].uri;
		cfg.ca_file = rows[i].ca;
		CHECK_ROW(i, opens(&cfg) == rows[i].good);
	}
}

static void
test_open__other_settings(void **state)
{
	struct directory_config good, cfg;

	(void)state;
	config_init(&good);
	assert_true(opens(&good));
	cfg = good;
	cfg.bind_password.len = 0;
	assert_false(opens(&cfg));
	cfg = good;
	cfg.bind_dn = "";
	assert_false(opens(&cfg));
	cfg = good;
	cfg.id_attribute = "entryUUID)(x=";
	assert_false(opens(&cfg));
	cfg = good;
	cfg.group_filter = "(cn=%s)";
	assert_false(opens(&cfg));
	cfg = good;
	cfg.nesting_depth = 0;
	assert_false(opens(&cfg));
	cfg = good;
	cfg.nuris = 9;
	assert_false(opens(&cfg));
	cfg = good;
	cfg.groups_base = NULL;
	assert_false(opens(&cfg));
	directory_close(NULL);
}

static void
test_secret__wipe(void **state)
{
	char bytes[] = "harbour";
	struct secret s = { bytes, 7 }, none = { NULL, 0 };

	(void)state;
	secret_wipe(&s);
	secret_wipe(&none);
	assert_int_equal(s.len, 0);
	assert_memory_equal(bytes, "\0\0\0\0\0\0\0", 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filter__value_is_escaped),
		cmocka_unit_test(test_filter__people_template),
		cmocka_unit_test(test_filter__guid_forth_and_back),
		cmocka_unit_test(test_filter__ids_that_cannot_be),
		cmocka_unit_test(test_open__people_filter_has_one_place),
		cmocka_unit_test(test_open__addresses),
		cmocka_unit_test(test_open__other_settings),
		cmocka_unit_test(test_secret__wipe),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
