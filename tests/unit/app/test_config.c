/* The settings file: every kind of fault, with its line. */
#include "support/test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config.h"

static char dir[64];
static char path[96];
static char attachments[96];
static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	snprintf(dir, sizeof(dir), "/tmp/exreg-config-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/exreg.conf", dir);
	snprintf(attachments, sizeof(attachments), "%s/attachments", dir);
	return mkdir(attachments, 0700);
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	unlink(path);
	rmdir(attachments);
	return rmdir(dir);
}

static void
write_file(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static const char good[] = "[organisation]\n"
			   "name = Harbour & Vale ; not a comment\n"
			   "zone = Europe/London\n"
			   "# a comment\n"
			   "[site]\n"
			   "origin = https://exreg.example\n"
			   "[attachments]\n"
			   "dir = /srv/exreg/attachments\n"
			   "[database]\n"
			   "socket = /run/mysqld/mysqld.sock\n"
			   "[register]\n"
			   "socket = /tmp/register.sock\n"
			   "workers = 7\n"
			   "db_user = exreg_register\n";

static size_t
load(struct config *cfg, const char *text, unsigned use, const char **faults)
{
	struct buf b;
	size_t n;

	write_file(text);
	buf_init(&b, &arena);
	n = config_load(cfg, path, use, &b);
	*faults = buf_text(&b);
	return n;
}

static void
test_config__takes_values_and_defaults(void **state)
{
	struct config cfg;
	struct app app;
	const char *faults;

	(void)state;
	assert_int_equal(0, load(&cfg, good, USE_REGISTER, &faults));
	assert_string_equal("", faults);
	assert_string_equal("Harbour & Vale ; not a comment", cfg.name);
	assert_int_equal(7, cfg.pools[POOL_REGISTER].workers);
	assert_int_equal(20, cfg.pools[POOL_REGISTER].deadline_s);
	assert_int_equal(300, cfg.pools[POOL_EXPORT].deadline_s);
	assert_true(cfg.cookie_secure);
	assert_null(cfg.pools[POOL_DIRECTORY].socket);
	config_app(&cfg, &app);
	assert_string_equal("__Host-exreg", app.cookie_name);
	assert_int_equal(30, app.notice_days);
	config_release(&cfg);
}

static void
test_config__names_each_fault_with_its_line(void **state)
{
	static const struct {
		const char *added; /* after the 14 good lines */
		const char *fault;
	} rows[] = {
		{ "wrokers = 2\n", ":15: [register] wrokers is not a setting" },
		{ "workers = 2\n",
		    ":15: [register] workers is in line 13 already" },
		{ "\nmax_requests = many\n",
		    ":16: [register] max_requests must be a number from 1" },
		{ "deadline_s = 0\n", ":15: [register] deadline_s must be" },
		{ "max_requests =\n",
		    ":15: [register] max_requests has no value" },
		{ "[site]\ncookie_secure = true\n",
		    ":16: [site] cookie_secure must be yes or no" },
		{ "[site]\ncookie_secure = 1\n", ":16: " },
		{ "[nowhere]\nx = 1\n", ":16: [nowhere] x is not a setting" },
		{ "[directory]\nsocket = here.sock\n",
		    ":16: [directory] socket must be an absolute path" },
		{ "what is this\n", ":15: is neither" },
		{ "[database]\nhost = db\nca_file = /ca\n",
		    "needs either socket or host" },
		{ "user = \xff\n", ":15: line is not UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text =
		    arena_printf(&arena, "%s%s", good, rows[i].added);
		struct config cfg;
		const char *faults;

		CHECK_ROW(i, load(&cfg, text, USE_REGISTER, &faults) > 0);
		if (strstr(faults, rows[i].fault) == NULL)
			print_error("%s", faults);
		CHECK_ROW(i, strstr(faults, rows[i].fault) != NULL);
		config_release(&cfg);
	}
}

static void
test_config__wants_what_the_program_needs(void **state)
{
	struct config cfg;
	const char *faults;

	(void)state;
	assert_true(load(&cfg, good, USE_DIRECTORY, &faults) > 0);
	assert_non_null(strstr(faults, "[ldap] uris is missing"));
	assert_non_null(strstr(faults, "[directory] db_user is missing"));
	assert_null(strstr(faults, "[register]"));
	config_release(&cfg);
	assert_true(load(&cfg, "", USE_REGISTER, &faults) >= 5);
	config_release(&cfg);
}

static void
test_config__has_lines_of_any_length_or_says_so(void **state)
{
	char text[3000];
	struct config cfg;
	const char *faults;

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text, "[organisation]\nname = ", 22);
	text[sizeof(text) - 1] = '\0';
	assert_true(load(&cfg, text, 0, &faults) > 0);
	assert_non_null(strstr(faults, "line is longer than"));
	config_release(&cfg);
}

static void
test_config__reads_secrets_only_when_they_are_secret(void **state)
{
	struct err e = { 0 };
	char *secret;

	(void)state;
	write_file("tell-nobody\n");
	assert_int_equal(0, chmod(path, 0640));
	assert_null(config_secret(&arena, path, &e));
	assert_non_null(strstr(e.detail, "can be read by others"));
	assert_int_equal(0, chmod(path, 0600));
	memset(&e, 0, sizeof(e));
	secret = config_secret(&arena, path, &e);
	assert_non_null(secret);
	assert_string_equal("tell-nobody", secret);
	write_file("\n");
	assert_null(config_secret(&arena, path, &e));
	assert_null(config_secret(&arena, "/does/not/exist", &e));
}

static void
test_config__checks_zone_origin_and_folders(void **state)
{
	static const struct {
		const char *zone;
		const char *origin;
		const char *fault;
	} rows[] = {
		{ "Europe/London", "https://exreg.example", NULL },
		{ "Europe/London", "https://exreg.example:8443", NULL },
		{ "UTC", "http://localhost:8470", ":6: [site] http://" },
		{ "Europe/Nowhere", "https://a", ":3: [organisation] zone" },
		{ "../../etc/passwd", "https://a", ":3: [organisation] zone" },
		{ "/etc/passwd", "https://a", ":3: [organisation] zone" },
		{ "UTC", "https://a/", "origin must be" },
		{ "UTC", "exreg.example", "origin must be" },
		{ "UTC", "https://", "origin must be" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct config cfg;
		const char *faults;
		struct buf b;

		CHECK_ROW(i, load(&cfg, good, USE_REGISTER, &faults) == 0);
		cfg.zone = rows[i].zone;
		cfg.origin = rows[i].origin;
		cfg.attachments_dir = attachments;
		buf_init(&b, &arena);
		CHECK_ROW(i,
		    (config_check(&cfg, USE_REGISTER, &b) == 0) ==
			(rows[i].fault == NULL));
		CHECK_ROW(i,
		    rows[i].fault == NULL ||
			strstr(buf_text(&b), rows[i].fault) != NULL);
		config_release(&cfg);
	}
}

/* V-21: nginx finds the folder by its name, so the name is checked. */
static void
test_config__checks_the_folder_of_attachments(void **state)
{
	static const struct {
		const char *dir;
		const char *fault;
	} rows[] = {
		{ attachments, "" },
		{ "/tmp", ":8: [attachments] dir must end in /attachments" },
		{ "/nowhere/attachments", ":8: there is no folder /nowhere" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct config cfg;
		const char *faults;
		struct buf b;

		CHECK_ROW(i, load(&cfg, good, USE_REGISTER, &faults) == 0);
		cfg.attachments_dir = rows[i].dir;
		buf_init(&b, &arena);
		config_check(&cfg, USE_REGISTER, &b);
		CHECK_ROW(i, strstr(buf_text(&b), rows[i].fault) != NULL);
		CHECK_ROW(i,
		    rows[i].fault[0] != '\0' || buf_text(&b)[0] == '\0');
		config_release(&cfg);
	}
}

static void
test_config__example_lists_only_settings(void **state)
{
	struct buf b;
	struct config cfg;
	const char *faults;

	(void)state;
	buf_init(&b, &arena);
	config_example(&b);
	load(&cfg, buf_text(&b), 0, &faults);
	assert_null(strstr(faults, "is not a setting"));
	assert_null(strstr(faults, "already"));
	config_release(&cfg);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_config__takes_values_and_defaults),
		cmocka_unit_test(test_config__names_each_fault_with_its_line),
		cmocka_unit_test(test_config__wants_what_the_program_needs),
		cmocka_unit_test(
		    test_config__has_lines_of_any_length_or_says_so),
		cmocka_unit_test(
		    test_config__reads_secrets_only_when_they_are_secret),
		cmocka_unit_test(test_config__checks_zone_origin_and_folders),
		cmocka_unit_test(test_config__checks_the_folder_of_attachments),
		cmocka_unit_test(test_config__example_lists_only_settings),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
