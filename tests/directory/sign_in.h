/*
 * Shared by the tests of people and passwords: a slapd with the sample
 * organisation and, below ou=tests, people as other directories have them.
 */
#ifndef EXREG_TESTS_DIRECTORY_SIGN_IN_H
#define EXREG_TESTS_DIRECTORY_SIGN_IN_H

#include "support/test.h"

#include "support/slapd.h"

#include "base/arena.h"

#define TESTS "ou=tests," SLAPD_BASE

static struct slapd server;
static struct directory_config config;
static struct directory *dir;
static struct arena arena;
static struct err error;
static const char *other_uri; /* of a test that wants another server */

/* People other directories would have; all below ou=tests. */
static const char extra[] =
    "dn: " TESTS "\nobjectClass: organizationalUnit\nou: tests\n\n"
    "dn: ou=staff," TESTS "\nobjectClass: organizationalUnit\nou: staff\n\n"
    "dn: ou=guests," TESTS "\nobjectClass: organizationalUnit\nou: guests\n\n"
    "dn: uid=twin,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: twin\ncn: Twin\nsn: One\nuserPassword: twin-one\n\n"
    "dn: uid=twin,ou=guests," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: twin\ncn: Twin\nsn: Two\nuserPassword: twin-two\n\n"
    "dn: cn=Odd\\2C Name+uid=odd,ou=staff," TESTS
    "\nobjectClass: inetOrgPerson\nuid: odd\ncn: Odd, Name\nsn: Odd\n"
    "userPassword: odd-odd\n\n"
    "dn: uid=bare,ou=staff," TESTS "\nobjectClass: inetOrgPerson\nuid: bare\n"
    "cn: Bare\nsn: Bare\n\n"
    "dn: uid=ad,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "objectClass: exregForeign\nuid: ad\ncn: Ad\nsn: Ad\n"
    "userAccountControl: 66050\n"
    "objectGUID:: AQIDBAUGBwgJCgsMDQ4PAA==\n\n"
    "dn: uid=ipa,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "objectClass: exregForeign\nuid: ipa\ncn: Ipa\nsn: Ipa\n"
    "nsAccountLock: true\n\n"
    "dn: uid=policy,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: policy\ncn: Policy\nsn: Policy\nuserPassword: policy-pass\n"
    "pwdAccountLockedTime: 000001010000Z\n\n"
    "dn: uid=reset,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: reset\ncn: Reset\nsn: Reset\nuserPassword: reset-pass\n"
    "pwdReset: TRUE\n\n"
    "dn: uid=bidi,ou=staff," TESTS "\nobjectClass: inetOrgPerson\n"
    "uid: bidi\ncn: Bidi\nsn: Bidi\ndisplayName:: 4oCuZXZpbA==\n\n"
    "dn: cn=policy," TESTS "\nobjectClass: device\nobjectClass: pwdPolicy\n"
    "cn: policy\npwdAttribute: userPassword\npwdLockout: TRUE\n"
    "pwdMustChange: TRUE\npwdMaxFailure: 0\n\n";

static inline int
setup(void **state)
{
	char options[512];
	FILE *f;

	(void)state;
	slapd_folder(&server);
	f = slapd_file(&server, "extra.ldif");
	assert_true(fputs(extra, f) >= 0);
	assert_int_equal(fclose(f), 0);
	(void)snprintf(options, sizeof(options),
	    "--data sample --data %s/extra.ldif "
	    "--schema tests/support/slapd-schema.ldif "
	    "--ppolicy cn=policy," TESTS,
	    server.dir);
	slapd_up(&server, options);
	slapd_config(&server, &config);
	arena_init(&arena);
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	slapd_remove(&server);
	return 0;
}

static inline int
open_default(void **state)
{
	(void)state;
	err_clear(&error);
	slapd_config(&server, &config);
	dir = directory_open(&config, &error);
	assert_non_null(dir);
	return 0;
}

static inline int
close_again(void **state)
{
	(void)state;
	if (error.kind != ERR_NONE) /* helps when the test failed */
		print_message("%s\n", error.cause);
	directory_close(dir);
	dir = NULL;
	arena_reset(&arena);
	return 0;
}

/* Open once more with other settings. */
static inline void
reopen(void)
{
	directory_close(dir);
	dir = directory_open(&config, &error);
	assert_non_null(dir);
}

static inline enum directory_result
check(const char *dn, const char *password, size_t len)
{
	struct secret s;
	enum directory_result rc;

	s.bytes = (char *)test_malloc(len + 1);
	s.len = len;
	memcpy(s.bytes, password, len);
	rc = directory_password_check(dir, dn, &s, &error);
	test_free(s.bytes);
	return rc;
}

#endif
