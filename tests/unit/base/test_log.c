#include "support/test.h"

#include <unistd.h>

#include "base/date.h"
#include "base/log.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static char line[8192];

/* Standard error goes into a pipe while one event is logged. */
static void
capture(enum log_level level, const char *event, const struct log_kv *kv,
    unsigned long n)
{
	int saved = dup(STDERR_FILENO);
	int ends[2];
	ssize_t got;

	assert_int_equal(pipe(ends), 0);
	fflush(stderr);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	log_line(level, event, kv, n);
	dup2(saved, STDERR_FILENO); /* closes the pipe's other end */
	close(saved);
	/* One read: a second write would show as a missing end. */
	got = read(ends[0], line, sizeof(line) - 1);
	close(ends[0]);
	assert_true(got >= 0);
	line[got] = '\0';
}

static const char *
value_of(const char *text)
{
	struct log_kv kv = KV_S("v", text);
	char *at;

	capture(LOG_INFO, "x", &kv, 1);
	at = strstr(line, " v=");
	assert_non_null(at);
	at[strlen(at) - 1] = '\0';
	return at + 3;
}

static void
test_log__has_a_fixed_head(void **state)
{
	const struct log_kv kv[] = { KV_S("req", "abc"), KV_I("ms", -12),
		KV_S("who", NULL) };
	instant_t t;

	(void)state;
	log_set_prefix("pool=register pid=12");
	capture(LOG_WARN, "request", kv, N(kv));
	log_set_prefix("");
	assert_memory_equal(line, "ts=", 3);
	assert_int_equal(instant_parse(line + 3, 27, &t), 0);
	assert_string_equal(line + 30,
	    " pool=register pid=12 level=warn event=request req=abc ms=-12 "
	    "who=\"\"\n");
}

static void
test_log__levels_are_dropped(void **state)
{
	(void)state;
	capture(LOG_DEBUG, "quiet", NULL, 0);
	assert_string_equal(line, "");
	log_set_level(LOG_DEBUG);
	capture(LOG_DEBUG, "loud", NULL, 0);
	assert_non_null(strstr(line, "level=debug event=loud\n"));
	log_set_level(LOG_ERROR);
	capture(LOG_WARN, "quiet", NULL, 0);
	assert_string_equal(line, "");
	log_set_level(LOG_INFO);
}

static void
test_log__values_are_quoted_when_needed(void **state)
{
	/* clang-format off */
	static const struct { const char *in, *out; } rows[] = {
		{ "plain", "plain" }, { "/api/v1/{id}", "/api/v1/{id}" },
		{ "", "\"\"" }, { "two words", "\"two words\"" },
		{ "a=b", "\"a=b\"" }, { "say \"hi\"", "\"say \\\"hi\\\"\"" },
		{ "c:\\x", "\"c:\\\\x\"" }, { "a\nlevel=info", "\"a\\nlevel=info\"" },
		{ "\r\t", "\"\\r\\t\"" }, { "\x1b[31m", "\"\\u001b[31m\"" },
		{ "\x7f", "\"\\u007f\"" }, { "gr\xc3\xbcn", "\"gr\xc3\xbcn\"" },
		{ "\xc2\x85", "\"\\u0085\"" }, { "\xe2\x80\xa8", "\"\\u2028\"" },
		{ "\xe2\x80\xae", "\"\\u202e\"" }, { "a\xff", "\"a\\xff\"" },
		{ "\xc3(", "\"\\xc3(\"" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		CHECK_ROW(i, strcmp(value_of(rows[i].in), rows[i].out) == 0);
}

static void
test_log__long_values_are_cut(void **state)
{
	char text[1001];
	const char *v;

	(void)state;
	memset(text, 'x', 1000);
	text[1000] = '\0';
	v = value_of(text);
	assert_int_equal(strlen(v), 512 + 5);
	assert_string_equal(v + 510, "xxx...\"");
	text[512] = '\0';
	assert_int_equal(strlen(value_of(text)), 512);
	/* Not through a character. */
	memcpy(text + 511, "\xc3\xbc\xc3\xbc", 5);
	v = value_of(text);
	assert_string_equal(v + 510, "xx...\"");
}

static void
test_log__a_long_line_is_cut_between_pairs(void **state)
{
	struct log_kv kv[40];
	char text[513];

	(void)state;
	memset(text, '\x01', 512);
	text[512] = '\0';
	for (size_t i = 0; i < N(kv); i++)
		kv[i] = KV_S("v", i == 2 ? text : "short");
	capture(LOG_INFO, "x", kv, N(kv));
	assert_non_null(strstr(line, "\\u0001\" v=short"));
	assert_int_equal(line[strlen(line) - 1], '\n');
	for (size_t i = 0; i < N(kv); i++)
		kv[i] = KV_S("v", text);
	capture(LOG_INFO, "x", kv, N(kv));
	assert_true(strlen(line) <= 4096);
	assert_string_equal(line + strlen(line) - 14, "\\u0001\" cut=1\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_log__has_a_fixed_head),
		cmocka_unit_test(test_log__levels_are_dropped),
		cmocka_unit_test(test_log__values_are_quoted_when_needed),
		cmocka_unit_test(test_log__long_values_are_cut),
		cmocka_unit_test(test_log__a_long_line_is_cut_between_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
