/*
 * Shared by the tests of failing servers: settings with a short budget, and
 * people of the sample organisation to ask for.
 */
#ifndef EXREG_TESTS_DIRECTORY_FAILING_H
#define EXREG_TESTS_DIRECTORY_FAILING_H

#include "support/test.h"

#include "support/slapd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>

#include "base/arena.h"

#define BUDGET_MS 1000
#define SLACK_MS 1500 /* for a busy machine; a hang would be for ever */
#define ADA "uid=ada.marsh,ou=people," SLAPD_BASE

static struct slapd server;
static struct directory_config config;
static struct directory *dir;
static struct arena arena;
static struct err error;
static struct directory_person person;

static const char *used_uris[2];

static inline int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A listener on a free port: the kernel accepts, nobody ever answers. */
static inline int
listen_silent(const char *scheme, char uri[64])
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	socklen_t len = sizeof(in);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_not_equal(fd, -1);
	assert_int_equal(bind(fd, (struct sockaddr *)&in, sizeof(in)), 0);
	assert_int_equal(listen(fd, 16), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&in, &len), 0);
	(void)snprintf(uri, 64, "%s://127.0.0.1:%u", scheme,
	    (unsigned)ntohs(in.sin_port));
	return fd;
}

static inline void
reopen(void)
{
	directory_close(dir);
	dir = directory_open(&config, &error);
	assert_non_null(dir);
}

static inline int
open_short(void **state)
{
	(void)state;
	err_clear(&error);
	memset(&person, 0, sizeof(person));
	slapd_config(&server, &config);
	config.budget_ms = BUDGET_MS;
	config.network_timeout_ms = BUDGET_MS / 2;
	dir = directory_open(&config, &error);
	assert_non_null(dir);
	return 0;
}

static inline int
close_again(void **state)
{
	(void)state;
	directory_close(dir);
	dir = NULL;
	arena_reset(&arena);
	return 0;
}

static inline void
use(const char *first, const char *second)
{
	used_uris[0] = first;
	used_uris[1] = second;
	config.uris = used_uris;
	config.nuris = second != NULL ? 2 : 1;
	reopen();
}

static inline enum directory_result
find_ada(void)
{
	err_clear(&error);
	return directory_person_find(dir, &arena, "ada.marsh", &person, &error);
}

static inline enum directory_result
check_ada(const char *password)
{
	char bytes[32];
	struct secret s = { bytes, strlen(password) };

	memcpy(bytes, password, s.len);
	err_clear(&error);
	return directory_password_check(dir, ADA, &s, &error);
}

/* Find and check are both refused, each within the budget. */
static inline void
expect_down(void)
{
	int64_t start = now_ms();

	assert_int_equal(find_ada(), DIRECTORY_DOWN);
	assert_int_equal(error.kind, ERR_DIRECTORY_DOWN);
	assert_true(error.cause[0] != '\0');
	assert_null(person.id);
	assert_true(now_ms() - start < BUDGET_MS + SLACK_MS);
	start = now_ms();
	assert_int_equal(check_ada(SLAPD_PASSWORD), DIRECTORY_DOWN);
	assert_int_equal(error.kind, ERR_DIRECTORY_DOWN);
	assert_true(now_ms() - start < BUDGET_MS + SLACK_MS);
}

#endif
