/* Options of exregctl sample. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/sample.h"
#include "base/token.h"

#define EXCEPTIONS_MAX 5000000

static int
usage(void)
{
	fprintf(stderr,
	    "usage: exregctl -c FILE sample [--exceptions N] [--seed S]"
	    " [--today YYYY-MM-DD]\n"
	    "                               [--data DIR]"
	    " [--directory-tsv DIR]\n");
	return 2;
}

static int
read_number(const char *text, long long max, long long *out)
{
	return i64_parse(text, strlen(text), 0, max, out);
}

static int
read_option(struct sample *s, int option, const char *text)
{
	long long n = 0;

	switch (option) {
	case 'n':
		if (read_number(text, EXCEPTIONS_MAX, &n) < 0)
			return -1;
		s->count = (size_t)n;
		return 0;
	case 's':
		if (read_number(text, INT32_MAX, &n) < 0)
			return -1;
		s->seed = (uint64_t)n;
		return 0;
	case 't':
		return date_parse(text, strlen(text), &s->today);
	case 'd':
		s->dir = text;
		return 0;
	case 'l':
		s->tsv_dir = text;
		return 0;
	default:
		return -1;
	}
}

static int
read_options(const struct command_call *call, struct sample *s)
{
	static const struct option options[] = {
		{ "exceptions", required_argument, NULL, 'n' },
		{ "seed", required_argument, NULL, 's' },
		{ "today", required_argument, NULL, 't' },
		{ "data", required_argument, NULL, 'd' },
		{ "directory-tsv", required_argument, NULL, 'l' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	optind = 0; /* the command line was read up to here already */
	while ((option = getopt_long(call->argc + 1, call->argv - 1, "",
		    options, NULL)) != -1)
		if (read_option(s, option, optarg) < 0)
			return -1;
	return optind == call->argc + 1 ? 0 : -1;
}

static date_t
today_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return date_of_instant(t.tv_sec * US_PER_SECOND);
}

int
command_sample(const struct command_call *call)
{
	struct sample s = { .arena = call->arena,
		.seed = 1,
		.today = DATE_NONE };
	struct db_config db;
	struct config cfg;
	struct err e = { 0 };
	int status = 1;

	if (read_options(call, &s) < 0)
		return usage();
	if (command_load(call, USE_OWNER, &cfg) < 0)
		return 1;
	config_set_zone(&cfg);
	if (s.today == DATE_NONE)
		s.today = today_now();
	if (s.dir == NULL)
		s.dir =
		    arena_printf(s.arena, "%s/../sample", cfg.migrations_dir);
	s.procedures_dir = cfg.procedures_dir;
	if (config_db(&cfg, &cfg.owner, 0, s.arena, &db, &e) == 0) {
		/* building an index of a large table takes its time */
		db.io_timeout_s = 3600;
		if (sample_run(&db, &s, &e) == 0)
			status = 0;
	}
	if (status != 0)
		command_failed(&e);
	config_release(&cfg);
	return status;
}
