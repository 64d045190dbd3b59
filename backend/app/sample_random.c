/* SplitMix64: one multiplication chain, no state beyond a counter. */
#include "app/sample_random.h"

#include <string.h>

static uint64_t
mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct rng
rng_make(uint64_t seed, uint64_t stream)
{
	return (struct rng){ mix(mix(seed + 1) + stream) };
}

uint64_t
rng_next(struct rng *r)
{
	r->state += UINT64_C(0x9e3779b97f4a7c15);
	return mix(r->state);
}

size_t
rng_below(struct rng *r, size_t n)
{
	return (size_t)(((rng_next(r) >> 32) * (uint64_t)n) >> 32);
}

int64_t
rng_between(struct rng *r, int64_t low, int64_t high)
{
	return low + (int64_t)rng_below(r, (size_t)(high - low) + 1);
}

bool
rng_percent(struct rng *r, unsigned percent)
{
	return rng_below(r, 100) < percent;
}

/* An octave by chance, then a place in it: rank k comes with weight 1/k. */
size_t
rng_rank(struct rng *r, size_t n)
{
	unsigned octaves = 1;
	unsigned octave;

	while (octaves < 40 && ((size_t)1 << octaves) <= n)
		octaves++;
	for (;;) {
		octave = (unsigned)rng_below(r, octaves);
		size_t first = (size_t)1 << octave;
		size_t rank = first + rng_below(r, first);

		if (rank <= n)
			return rank - 1;
	}
}

void
random_word(size_t rank, char out[RANDOM_WORD_MAX])
{
	static const char *const heads[] = { "b", "br", "c", "d", "dr", "f",
		"g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st",
		"t", "tr", "v", "w" };
	static const char *const hearts[] = { "a", "e", "i", "o", "u", "ai",
		"ea", "or" };
	static const char *const tails[] = { "", "n", "r", "l", "s", "t" };
	struct rng r = rng_make(0x5eed, rank);
	size_t n = 2 + rng_below(&r, 2);
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		const char *part[3] = { heads[rng_below(&r, 22)],
			hearts[rng_below(&r, 8)], tails[rng_below(&r, 6)] };

		for (size_t j = 0; j < 3; j++) {
			size_t k = strlen(part[j]);

			memcpy(out + len, part[j], k);
			len += k;
		}
	}
	out[len] = '\0';
}
