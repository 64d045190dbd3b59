#include "support/test.h"

#include "crypto/crypto.h"

static void
hex(const unsigned char *in, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++)
		snprintf(out + 2 * i, 3, "%02x", in[i]);
}

static void
test_crypto__sha256_matches_fips_180(void **state)
{
	static const struct {
		const char *in;
		const char *out;
	} rows[] = {
		{ "",
		    "e3b0c44298fc1c149afbf4c8996fb924"
		    "27ae41e4649b934ca495991b7852b855" },
		{ "abc",
		    "ba7816bf8f01cfea414140de5dae2223"
		    "b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039"
		    "a33ce45964ff2167f6ecedd419db06c1" },
	};
	unsigned char out[SHA256_LEN];
	char text[2 * SHA256_LEN + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t len = strlen(rows[i].in);
		struct sha256_stream *s;

		sha256(rows[i].in, len, out);
		hex(out, sizeof(out), text);
		CHECK_ROW(i, strcmp(text, rows[i].out) == 0);

		s = sha256_open();
		for (size_t j = 0; j < len; j++)
			sha256_add(s, rows[i].in + j, 1);
		memset(out, 0, sizeof(out));
		sha256_close(s, out);
		hex(out, sizeof(out), text);
		CHECK_ROW(i, strcmp(text, rows[i].out) == 0);
	}
}

static void
test_crypto__random_bytes_differ(void **state)
{
	unsigned char a[32] = { 0 };
	unsigned char b[32] = { 0 };

	(void)state;
	random_bytes(a, sizeof(a));
	random_bytes(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
	random_bytes(a, 0);
}

static void
test_crypto__bytes_equal_looks_at_all(void **state)
{
	unsigned char a[16] = { 1, 2, 3 };
	unsigned char b[16] = { 1, 2, 3 };

	(void)state;
	assert_true(bytes_equal(a, b, sizeof(a)));
	b[15] = 1;
	assert_false(bytes_equal(a, b, sizeof(a)));
	assert_true(bytes_equal(a, b, 15));
	assert_true(bytes_equal(a, b, 0));
}

static void
test_crypto__uuid7_has_its_form_and_sorts(void **state)
{
	const int64_t now = INT64_C(1645557742000) * 1000;
	unsigned char before[16] = { 0 };
	unsigned char id[16];
	unsigned char twin[16];

	(void)state;
	uuid7(now, id);
	/* The time of the example in RFC 9562, A.6. */
	assert_memory_equal(id, "\x01\x7f\x22\xe2\x79\xb0", 6);
	assert_int_equal(id[6] >> 4, 7);
	assert_int_equal(id[8] >> 6, 2);
	uuid7(now, twin);
	assert_memory_not_equal(id, twin, 16);
	for (int64_t us = 0; us < 3000; us++) {
		uuid7(now + us, id);
		CHECK_ROW(us, memcmp(before, id, 16) < 0);
		CHECK_ROW(us, id[6] >> 4 == 7 && id[8] >> 6 == 2);
		memcpy(before, id, 16);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_crypto__sha256_matches_fips_180),
		cmocka_unit_test(test_crypto__random_bytes_differ),
		cmocka_unit_test(test_crypto__bytes_equal_looks_at_all),
		cmocka_unit_test(test_crypto__uuid7_has_its_form_and_sorts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
