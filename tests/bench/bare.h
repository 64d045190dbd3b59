/* Options and one client of the bare program. */
#ifndef EXREG_TESTS_BENCH_BARE_H
#define EXREG_TESTS_BENCH_BARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stats;

struct bare_options {
	const char *socket;
	const char *user;
	char password[128];
	const char *statements; /* file, or NULL with insert */
	const char *output;     /* CSV file, or NULL */
	bool insert;
	size_t clients;
	int64_t times; /* repetitions of a client */
	int64_t ns;    /* or for so long; 0: no limit */
};

extern struct bare_options bare;

void bare_fail(const char *what, const char *why) __attribute__((noreturn));

struct bare_client;

/* Connect and prepare; ends the program on an error. */
struct bare_client *bare_client_open(size_t number);

/* One repetition; adds bytes and rows. */
void bare_client_run(struct bare_client *c, struct stats *s);

void bare_client_close(struct bare_client *c);

#endif
