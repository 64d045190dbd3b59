/*
 * The floor: what libmariadb alone needs for the statements of a request.
 *
 *   bench_bare -S SOCKET -u USER -p PASSWORD_FILE [-c CLIENTS]
 *              [-n TIMES | -d SECONDS] [-o FILE] STATEMENTS
 *   bench_bare ... -i        insert drafts, each with an audit event
 *
 * STATEMENTS is a file of statements with their values, each ended by a line
 * ";;", as scripts/bench records them from a request. One repetition runs
 * all of them, prepared once, and writes every row as JSON into a buffer;
 * with -o the rows are not kept but written to a file as CSV. Each client
 * is a process with a connection of its own. Prints one line (stats.h).
 */
#include "bench/bare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/stats.h"

struct bare_options bare = { .clients = 1, .times = INT64_MAX };

void
bare_fail(const char *what, const char *why)
{
	fprintf(stderr, "bench_bare: %s: %s\n", what, why);
	exit(1);
}

static void
read_password(const char *path)
{
	FILE *f = fopen(path, "r");

	if (f == NULL || fgets(bare.password, sizeof(bare.password), f) == NULL)
		bare_fail(path, "cannot be read");
	bare.password[strcspn(bare.password, "\n")] = '\0';
	fclose(f);
}

static void
read_options(int argc, char **argv)
{
	int opt;

	while ((opt = getopt(argc, argv, "S:u:p:c:n:d:o:i")) != -1) {
		switch (opt) {
		case 'S':
			bare.socket = optarg;
			break;
		case 'u':
			bare.user = optarg;
			break;
		case 'p':
			read_password(optarg);
			break;
		case 'c':
			bare.clients = strtoul(optarg, NULL, 10);
			break;
		case 'n':
			bare.times = strtoll(optarg, NULL, 10);
			break;
		case 'd':
			bare.ns = (int64_t)(strtod(optarg, NULL) * 1e9);
			break;
		case 'o':
			bare.output = optarg;
			break;
		case 'i':
			bare.insert = true;
			break;
		default:
			exit(2);
		}
	}
	if (optind < argc)
		bare.statements = argv[optind];
	if (bare.socket == NULL || bare.user == NULL || bare.clients == 0 ||
	    (bare.statements == NULL) == !bare.insert)
		exit(2);
}

static void
write_all(int fd, const void *data, size_t n)
{
	const char *p = data;

	while (n > 0) {
		ssize_t k = write(fd, p, n);

		if (k <= 0)
			_exit(1);
		p += k;
		n -= (size_t)k;
	}
}

/* One client: ready at once, working from start on. */
static void
client(size_t number, int64_t start, int out)
{
	struct bare_client *c = bare_client_open(number);
	struct stats s = { 0 };
	int64_t now;

	while (stats_now() < start)
		usleep(200);
	now = stats_now();
	for (int64_t i = 0;
	     i < bare.times && (bare.ns == 0 || now - start < bare.ns); i++) {
		int64_t began = now;

		bare_client_run(c, &s);
		now = stats_now();
		stats_add(&s, now - began);
	}
	bare_client_close(c);
	write_all(out, &now, sizeof(now));
	write_all(out, &s, sizeof(s));
	write_all(out, s.us, s.n * sizeof(*s.us));
	_exit(0);
}

static void
read_all(int fd, void *data, size_t n)
{
	char *p = data;

	while (n > 0) {
		ssize_t k = read(fd, p, n);

		if (k <= 0)
			bare_fail("a client", "ended early");
		p += k;
		n -= (size_t)k;
	}
}

/* Returns when that client ended. */
static int64_t
collect(int fd, struct stats *total)
{
	struct stats s;
	uint32_t *us;
	int64_t ended;

	read_all(fd, &ended, sizeof(ended));
	read_all(fd, &s, sizeof(s));
	us = calloc(s.n + 1, sizeof(*us));
	if (us == NULL)
		bare_fail("memory", "is missing");
	read_all(fd, us, s.n * sizeof(*us));
	stats_append(total, us, s.n);
	total->bytes += s.bytes;
	total->rows += s.rows;
	free(us);
	close(fd);
	return ended;
}

int
main(int argc, char **argv)
{
	struct stats total = { 0 };
	int64_t start, last = 0;
	int fds[64];

	read_options(argc, argv);
	if (bare.clients > 64)
		exit(2);
	start = stats_now() + INT64_C(300000000);
	for (size_t i = 0; i < bare.clients; i++) {
		int pipe_fds[2];
		pid_t pid;

		if (pipe(pipe_fds) < 0 || (pid = fork()) < 0)
			bare_fail("fork", "failed");
		if (pid == 0)
			client(i, start, pipe_fds[1]);
		close(pipe_fds[1]);
		fds[i] = pipe_fds[0];
	}
	for (size_t i = 0; i < bare.clients; i++) {
		int64_t ended = collect(fds[i], &total);

		last = ended > last ? ended : last;
	}
	while (wait(NULL) > 0)
		continue;
	stats_print(&total, last - start);
	stats_release(&total);
	return 0;
}
