/* The listening socket: mode, left-overs, and sockets of others. */
#include "support/test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/fcgi.h"

static char dir[64];
static char path[96];

static int
setup(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/exreg-listen-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/s.sock", dir);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static void
test_listen__is_open_to_the_group_only(void **state)
{
	struct err e = { 0 };
	struct stat st;
	int fd = fcgi_listen(path, &e);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(0, stat(path, &st));
	assert_int_equal(0660, st.st_mode & 0777);
	assert_int_equal(fd, fcgi_adopt(fd, &e));
	close(fd);
}

static void
test_listen__replaces_a_socket_nobody_serves(void **state)
{
	struct err e = { 0 };
	int first = fcgi_listen(path, &e);
	int second;

	(void)state;
	assert_true(first >= 0);
	assert_int_equal(-1, fcgi_listen(path, &e));
	assert_non_null(strstr(e.detail, "served by another"));
	close(first);
	memset(&e, 0, sizeof(e));
	second = fcgi_listen(path, &e);
	assert_true(second >= 0);
	close(second);
}

static void
test_listen__leaves_other_files_alone(void **state)
{
	char long_path[200];
	struct err e = { 0 };
	FILE *f;

	(void)state;
	unlink(path);
	f = fopen(path, "w");
	assert_non_null(f);
	fclose(f);
	assert_int_equal(-1, fcgi_listen(path, &e));
	assert_int_equal(0, access(path, F_OK));
	memset(long_path, 'a', sizeof(long_path));
	long_path[sizeof(long_path) - 1] = '\0';
	assert_int_equal(-1, fcgi_listen(long_path, &e));
	assert_int_equal(-1, fcgi_adopt(0, &e));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_listen__is_open_to_the_group_only),
		cmocka_unit_test(test_listen__replaces_a_socket_nobody_serves),
		cmocka_unit_test(test_listen__leaves_other_files_alone),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
