/* A spool file is there when it was kept, and gone otherwise. */
#include "support/test.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/spool.h"

static char dir[] = "/tmp/exreg-spool.XXXXXX";

static int
setup(void **state)
{
	(void)state;
	return mkdtemp(dir) != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	return rmdir(dir);
}

static size_t
files(void)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	assert_non_null(d);
	for (const struct dirent *f; (f = readdir(d)) != NULL;)
		n += f->d_name[0] != '.';
	closedir(d);
	return n;
}

static void
test_spool__kept_file_has_its_bytes(void **state)
{
	struct spool s;
	struct err e = { 0 };
	struct stat st;
	char path[128];
	mode_t mask = umask(0077);

	(void)state;
	assert_int_equal(spool_open(&s, dir, ".csv", &e), 0);
	umask(mask);
	assert_int_equal(strlen(s.name), 36);
	assert_string_equal(s.name + 32, ".csv");
	assert_int_equal(spool_write(&s, "abc", 3, &e), 0);
	assert_int_equal(spool_write(&s, "de", 2, &e), 0);
	assert_int_equal(spool_keep(&s, &e), 0);
	assert_int_equal(s.bytes, 5);
	spool_drop(&s);
	(void)snprintf(path, sizeof(path), "%s/%s", dir, s.name);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 5);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(unlink(path), 0);
}

static void
test_spool__dropped_file_is_gone(void **state)
{
	struct spool s;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(spool_open(&s, dir, ".csv", &e), 0);
	assert_int_equal(files(), 1);
	spool_drop(&s);
	spool_drop(&s);
	assert_int_equal(files(), 0);
}

static void
test_spool__no_folder_is_an_error(void **state)
{
	struct spool s;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(spool_open(&s, "/nonexistent", ".csv", &e), -1);
	assert_int_equal(e.kind, ERR_BUSY);
	spool_drop(&s);
}

static void
test_spool__a_file_is_there_for_its_own_suffix(void **state)
{
	static const char hex[] = "0123456789abcdef0123456789abcdef";
	struct spool s;
	struct err e = { 0 };
	char path[128];
	char other[SPOOL_NAME];

	(void)state;
	assert_int_equal(spool_open(&s, dir, "-42.csv", &e), 0);
	assert_int_equal(spool_keep(&s, &e), 0);
	assert_true(spool_has(dir, s.name, "-42.csv"));
	assert_false(spool_has(dir, s.name, "-4.csv"));
	assert_false(spool_has(dir, s.name, ".csv"));
	(void)snprintf(other, sizeof(other), "%s-42.csv", hex);
	assert_false(spool_has(dir, other, "-42.csv"));
	assert_false(spool_has(dir, "../../etc/passwd", "-42.csv"));
	assert_false(spool_has(dir, "", ""));
	assert_false(spool_has("/nonexistent", s.name, "-42.csv"));
	(void)snprintf(path, sizeof(path), "%s/%s", dir, s.name);
	assert_int_equal(unlink(path), 0);
	assert_false(spool_has(dir, s.name, "-42.csv"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spool__kept_file_has_its_bytes),
		cmocka_unit_test(test_spool__dropped_file_is_gone),
		cmocka_unit_test(test_spool__no_folder_is_an_error),
		cmocka_unit_test(
		    test_spool__a_file_is_there_for_its_own_suffix),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
