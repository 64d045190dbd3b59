/* The folder of attached files: whole or not there, and never changed. */
#include "support/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attach/vault.h"

static char dir[] = "/tmp/exreg-vault.XXXXXX";

static int
setup(void **state)
{
	(void)state;
	return mkdtemp(dir) != NULL && chmod(dir, 02750) == 0 ? 0 : -1;
}

static int
files(void)
{
	DIR *d = opendir(dir);
	int n = 0;

	assert_non_null(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static int
teardown(void **state)
{
	(void)state;
	return rmdir(dir);
}

static void
test_vault__keeps_what_was_written_and_sees_a_changed_bit(void **state)
{
	unsigned char hash[SHA256_LEN];
	char name[VAULT_NAME + 1], other[VAULT_NAME + 1], path[128];
	struct err e = { 0 };
	struct stat st;
	int fd;

	(void)state;
	sha256("abc", 3, hash);
	assert_int_equal(vault_write(dir, "abc", 3, name, &e), 0);
	assert_int_equal(vault_write(dir, "abc", 3, other, &e), 0);
	assert_string_not_equal(name, other);
	assert_int_equal(vault_check(dir, name, 3, hash, &e), 0);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0440);
	assert_int_equal(vault_check(dir, name, 4, hash, &e), -1);
	err_clear(&e);
	assert_int_equal(chmod(path, 0640), 0);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, "b", 1, 0), 1);
	close(fd);
	assert_int_equal(vault_check(dir, name, 3, hash, &e), -1);
	assert_int_equal(e.kind, ERR_INTERNAL);
	assert_non_null(strstr(e.cause, "damaged"));
	unlink(path);
	snprintf(path, sizeof(path), "%s/%s", dir, other);
	unlink(path);
}

static void
test_vault__leaves_nothing_of_what_could_not_be_written(void **state)
{
	char name[VAULT_NAME + 1];
	struct err e = { 0 };

	(void)state;
	assert_int_equal(vault_write("/nonexistent", "abc", 3, name, &e), -1);
	assert_int_equal(e.kind, ERR_BUSY);
	assert_int_equal(files(), 0);
}

static void
test_vault__takes_no_other_name(void **state)
{
	static const char *const names[] = { "", "../../etc/passwd", "x",
		"0123456789abcdef0123456789abcdeX",
		"0123456789abcdef0123456789abcdef0" };
	const unsigned char hash[SHA256_LEN] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct err e = { 0 };

		CHECK_ROW(i, vault_check(dir, names[i], 0, hash, &e) < 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_vault__keeps_what_was_written_and_sees_a_changed_bit),
		cmocka_unit_test(
		    test_vault__leaves_nothing_of_what_could_not_be_written),
		cmocka_unit_test(test_vault__takes_no_other_name),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
