#include "bench/stats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t
stats_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void
make_room(struct stats *s, size_t n)
{
	size_t cap = s->cap == 0 ? 4096 : s->cap;
	uint32_t *us;

	while (cap < s->n + n)
		cap *= 2;
	if (cap == s->cap)
		return;
	us = realloc(s->us, cap * sizeof(*us));
	if (us == NULL) {
		fputs("out of memory\n", stderr);
		exit(1);
	}
	s->us = us;
	s->cap = cap;
}

void
stats_add(struct stats *s, int64_t ns)
{
	make_room(s, 1);
	s->us[s->n++] = (uint32_t)(ns / 1000);
}

void
stats_append(struct stats *s, const uint32_t *us, size_t n)
{
	make_room(s, n);
	if (n > 0)
		memcpy(s->us + s->n, us, n * sizeof(*us));
	s->n += n;
}

void
stats_release(struct stats *s)
{
	free(s->us);
	*s = (struct stats){ 0 };
}

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static uint32_t
at(const struct stats *s, double part)
{
	size_t i = (size_t)(part * (double)(s->n - 1) + 0.5);

	return s->n == 0 ? 0 : s->us[i];
}

void
stats_print(struct stats *s, int64_t ns)
{
	double seconds = (double)ns / 1e9;

	if (s->n > 0)
		qsort(s->us, s->n, sizeof(*s->us), compare);
	printf("n=%zu errors=%" PRId64 " seconds=%.4f rate=%.2f p50_us=%u "
	       "p99_us=%u max_us=%u bytes=%" PRId64 " rows=%" PRId64 "\n",
	    s->n, s->errors, seconds,
	    seconds > 0 ? (double)s->n / seconds : 0.0, at(s, 0.5), at(s, 0.99),
	    at(s, 1.0), s->bytes, s->rows);
}
