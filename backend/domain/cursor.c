/* Fixed layout: version, strategy, then four big-endian numbers. */
#include "domain/cursor.h"

#include <stddef.h>

#include "base/token.h"

#define VERSION 1
#define CURSOR_LEN 34

static void
put(unsigned char *at, uint64_t v)
{
	for (int i = 7; i >= 0; i--) {
		at[i] = (unsigned char)(v & 0xff);
		v >>= 8;
	}
}

static uint64_t
take(const unsigned char *at)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | at[i];
	return v;
}

const char *
cursor_encode(struct arena *a, const struct cursor *c)
{
	unsigned char raw[CURSOR_LEN] = { VERSION, c->strategy };

	put(raw + 2, (uint64_t)c->key);
	put(raw + 10, (uint64_t)c->id);
	put(raw + 18, (uint64_t)c->id_low);
	put(raw + 26, c->hash);
	return base64url_encode(a, raw, sizeof(raw));
}

int
cursor_decode(struct arena *a, const char *text, struct cursor *out)
{
	unsigned char *raw;
	size_t n;

	if (base64url_decode(a, text, &raw, &n) < 0 || n != CURSOR_LEN ||
	    raw[0] != VERSION)
		return -1;
	*out = (struct cursor){
		.strategy = raw[1],
		.key = (int64_t)take(raw + 2),
		.id = (int64_t)take(raw + 10),
		.id_low = (int64_t)take(raw + 18),
		.hash = take(raw + 26),
	};
	return 0;
}

#define FNV_PRIME UINT64_C(1099511628211)

uint64_t
hash_i64(uint64_t hash, int64_t v)
{
	uint64_t u = (uint64_t)v;

	for (int i = 0; i < 8; i++) {
		hash = (hash ^ (u & 0xff)) * FNV_PRIME;
		u >>= 8;
	}
	return hash;
}

uint64_t
hash_str(uint64_t hash, const char *s)
{
	if (s == NULL)
		return hash_i64(hash, -1);
	for (; *s != '\0'; s++)
		hash = (hash ^ (unsigned char)*s) * FNV_PRIME;
	return hash_i64(hash, 0);
}
