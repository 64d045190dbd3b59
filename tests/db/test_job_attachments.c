/*
 * The folder of attached files against its rows (V-21): what belongs to
 * nothing goes, what is missing is told.
 */
#include "support/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/jobs_fixture.h"

#define KEPT "11111111111111111111111111111111"
#define LEFT "22222222222222222222222222222222"
#define FRESH "33333333333333333333333333333333"
#define LAST "44444444444444444444444444444444"
#define FOREIGN "readme"

static char dir[64];

static int
setup(void **state)
{
	if (jobs_setup(state) != 0)
		return -1;
	snprintf(dir, sizeof(dir), "/tmp/exreg-attached.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	jobs_fixture.cfg.attachments_dir = dir;
	db_fixture_sql(&jobs_fixture.owner, "DELETE FROM exception_attachment");
	jobs_add_exception(1, 0, "2026-12-31");
	return 0;
}

static const char *
path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static int
teardown(void **state)
{
	static const char *const names[] = { KEPT, LEFT, FRESH, LAST, FOREIGN };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(path_of(names[i]));
	rmdir(dir);
	return jobs_teardown(state);
}

/* A file that was written so many hours before the fixture's noon. */
static void
add_file(const char *name, int64_t hours)
{
	const struct timespec when = {
		.tv_sec = jobs_fixture.now / US_PER_SECOND - hours * 3600,
	};
	const struct timespec times[2] = { when, when };
	int fd = open(path_of(name), O_WRONLY | O_CREAT | O_CLOEXEC, 0440);

	assert_true(fd >= 0);
	assert_int_equal(futimens(fd, times), 0);
	close(fd);
}

static void
add_row(int position, const char *file)
{
	char sql[500];

	snprintf(sql, sizeof(sql),
	    "INSERT INTO exception_attachment (exception_id, position, name,"
	    " media_type, size, sha256, file, content_version, uploaded_at,"
	    " uploaded_by) VALUES (1, %d, 'a.pdf', 'application/pdf', 1,"
	    " REPEAT('x', 32), '%s', 1, '2026-01-01', 1)",
	    position, file);
	db_fixture_sql(&jobs_fixture.owner, sql);
}

static bool
is_there(const char *name)
{
	return access(path_of(name), F_OK) == 0;
}

static void
test_attachments__files_without_a_row_go_after_a_day(void **state)
{
	(void)state;
	add_file(KEPT, 1000);
	add_row(1, KEPT);
	/* nothing is deleted: a removed one keeps its file */
	add_file(LAST, 1000);
	add_row(2, LAST);
	db_fixture_sql(&jobs_fixture.owner,
	    "UPDATE exception_attachment SET removed_at = '2026-01-02',"
	    " removed_by = 1 WHERE position = 2");
	add_file(LEFT, 25);
	add_file(FRESH, 23);
	add_file(FOREIGN, 1000);
	assert_int_equal(job_run_now("attachments"), 1);
	assert_true(is_there(KEPT) && is_there(LAST));
	assert_false(is_there(LEFT));
	assert_true(is_there(FRESH));
	assert_true(is_there(FOREIGN));
}

static void
test_attachments__a_row_without_its_file_is_told(void **state)
{
	struct err e = { 0 };

	(void)state;
	add_row(1, KEPT);
	add_file(LEFT, 25);
	assert_int_equal(runner_run(&jobs_fixture.runner,
			     job_named("attachments"), NULL, &e),
	    -1);
	assert_non_null(strstr(e.cause, KEPT));
	assert_false(is_there(LEFT));
	assert_int_equal(jobs_count(
			     "SELECT COUNT(*) FROM job_run WHERE fault LIKE"
			     " 'the file of an attachment is missing: 1111%'"),
	    1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_attachments__files_without_a_row_go_after_a_day, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    test_attachments__a_row_without_its_file_is_told, setup,
		    teardown),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
