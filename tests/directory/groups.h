/*
 * Shared by the tests of groups: a slapd with the sample organisation and,
 * below ou=tests, groups that are deep, wide, looped and oddly named.
 */
#ifndef EXREG_TESTS_DIRECTORY_GROUPS_H
#define EXREG_TESTS_DIRECTORY_GROUPS_H

#include "support/test.h"

#include "support/slapd.h"

#include "base/arena.h"

#define TESTS "ou=tests," SLAPD_BASE
#define WIDE_MAX 60

static struct slapd server;
static struct directory_config config;
static struct directory *dir;
static struct arena arena;
static struct err error;

static inline void
write_group(FILE *f, const char *cn, const char *class, const char *attr,
    const char *member, const char *second)
{
	fprintf(f, "dn: cn=%s," TESTS "\nobjectClass: %s\ncn: %s\n%s: %s\n", cn,
	    class, cn, attr, member);
	if (second != NULL)
		fprintf(f, "%s: %s\n", attr, second);
	fputs("\n", f);
}

static inline void
write_person(FILE *f, const char *uid)
{
	fprintf(f,
	    "dn: uid=%s," TESTS "\nobjectClass: inetOrgPerson\nuid: %s\n"
	    "cn: %s\nsn: %s\n\n",
	    uid, uid, uid, uid);
}

/* c1 holds the person, c2 holds c1, and so on. */
static inline void
write_chain(FILE *f, const char *name, const char *person, int n)
{
	char cn[32], member[128];
	int i;

	(void)snprintf(member, sizeof(member), "uid=%s," TESTS, person);
	for (i = 1; i <= n; i++) {
		(void)snprintf(cn, sizeof(cn), "%s-%d", name, i);
		write_group(f, cn, "groupOfNames", "member", member, NULL);
		(void)snprintf(member, sizeof(member), "cn=%s-%d," TESTS, name,
		    i);
	}
}

static inline void
write_wide(FILE *f)
{
	char cn[32], member[128];
	int i;

	for (i = 0; i < WIDE_MAX; i++) {
		(void)snprintf(cn, sizeof(cn), "wide-%d", i);
		write_group(f, cn, "groupOfNames", "member", "uid=wide," TESTS,
		    NULL);
	}
	/* each of the wide ones is in one more: batches of 50 names */
	for (i = 0; i < WIDE_MAX; i++) {
		(void)snprintf(cn, sizeof(cn), "over-%d", i);
		(void)snprintf(member, sizeof(member), "cn=wide-%d," TESTS, i);
		write_group(f, cn, "groupOfNames", "member", member, NULL);
	}
}

static inline void
write_extra(FILE *f)
{
	static const char *const people[] = { "eight", "nine", "loop", "wide",
		"unique", "comma\\2C person", "alone", "both" };
	size_t i;

	fputs("dn: " TESTS "\nobjectClass: organizationalUnit\nou: tests\n\n"
	      "dn: cn=limited,ou=services," SLAPD_BASE
	      "\nobjectClass: applicationProcess\n"
	      "objectClass: simpleSecurityObject\ncn: limited\n"
	      "userPassword: exreg-service-demo\n\n",
	    f);
	for (i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		write_person(f, people[i]);
	write_chain(f, "eight", "eight", 8);
	write_chain(f, "nine", "nine", 9);
	write_group(f, "loop-a", "groupOfNames", "member", "uid=loop," TESTS,
	    "cn=loop-c," TESTS);
	write_group(f, "loop-b", "groupOfNames", "member", "cn=loop-a," TESTS,
	    NULL);
	write_group(f, "loop-c", "groupOfNames", "member", "cn=loop-b," TESTS,
	    "cn=loop-c," TESTS);
	write_wide(f);
	write_group(f, "unique", "groupOfUniqueNames", "uniqueMember",
	    "uid=unique," TESTS, "uid=both," TESTS);
	write_group(f, "above-unique", "groupOfNames", "member",
	    "cn=unique," TESTS, "uid=both," TESTS);
	write_group(f, "brackets (a*b)", "groupOfNames", "member",
	    "uid=comma\\2C person," TESTS, NULL);
	write_group(f, "above-brackets", "groupOfNames", "member",
	    "cn=brackets (a*b)," TESTS, "uid=gone," TESTS);
}

static inline int
setup(void **state)
{
	char options[256];
	FILE *f;

	(void)state;
	slapd_folder(&server);
	f = slapd_file(&server, "extra.ldif");
	write_extra(f);
	assert_int_equal(fclose(f), 0);
	(void)snprintf(options, sizeof(options),
	    "--data sample --data %s/extra.ldif", server.dir);
	slapd_up(&server, options);
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
open_tests(void **state)
{
	(void)state;
	err_clear(&error);
	slapd_config(&server, &config);
	config.people_base = TESTS;
	config.groups_base = TESTS;
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

static inline void
reopen(void)
{
	directory_close(dir);
	dir = directory_open(&config, &error);
	assert_non_null(dir);
}

static inline void
use_sample(void)
{
	config.people_base = "ou=people," SLAPD_BASE;
	config.groups_base = "ou=groups," SLAPD_BASE;
	reopen();
}

#endif
