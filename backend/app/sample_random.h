/*
 * Numbers and words that look like chance and are the same in every run:
 * nothing of the sample data may depend on the machine or the hour.
 */
#ifndef EXREG_APP_SAMPLE_RANDOM_H
#define EXREG_APP_SAMPLE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

/* A sequence of its own for each pair. */
struct rng rng_make(uint64_t seed, uint64_t stream);

uint64_t rng_next(struct rng *r);

/* 0 .. n-1; n is positive. */
size_t rng_below(struct rng *r, size_t n);

/* Both ends inclusive, low <= high. */
int64_t rng_between(struct rng *r, int64_t low, int64_t high);

bool rng_percent(struct rng *r, unsigned percent);

/* 0 .. n-1, small numbers much more often, as words in a language are. */
size_t rng_rank(struct rng *r, size_t n);

/* A word that can be spoken, always the same for a rank; 15 characters at
 * most and a NUL. */
#define RANDOM_WORD_MAX 16
void random_word(size_t rank, char out[RANDOM_WORD_MAX]);

#endif
