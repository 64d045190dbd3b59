/* Durations of many repetitions, and the line they are reported in. */
#ifndef EXREG_TESTS_BENCH_STATS_H
#define EXREG_TESTS_BENCH_STATS_H

#include <stddef.h>
#include <stdint.h>

/* Nanoseconds of a clock that only goes forward. */
int64_t stats_now(void);

struct stats {
	uint32_t *us; /* microseconds of each repetition */
	size_t n;
	size_t cap;
	int64_t bytes;
	int64_t rows;
	int64_t errors;
};

void stats_add(struct stats *s, int64_t ns);
void stats_release(struct stats *s);

/* Add the repetitions of another one, given as raw numbers. */
void stats_append(struct stats *s, const uint32_t *us, size_t n);

/*
 * "n=… errors=… seconds=… rate=… p50_us=… p99_us=… max_us=… bytes=…
 * rows=…" on standard output. ns: time from the first to the last one.
 */
void stats_print(struct stats *s, int64_t ns);

#endif
