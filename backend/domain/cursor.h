/*
 * The opaque place in a list: the sort key and id of the last row sent, and
 * what the list was, so that it is refused for another one. It carries no
 * rights: the filter and what a person may see are applied again.
 */
#ifndef EXREG_DOMAIN_CURSOR_H
#define EXREG_DOMAIN_CURSOR_H

#include <stdint.h>

#include "base/arena.h"

struct cursor {
	uint8_t strategy; /* how the list is read; its own business */
	int64_t key;      /* of the sort: number, day or microseconds */
	int64_t id;
	int64_t id_low; /* second half of a 16-byte id, else 0 */
	uint64_t hash;  /* of filter and sort */
};

/* base64url on the arena. */
const char *cursor_encode(struct arena *a, const struct cursor *c);

/* 0; or -1 when the text was not made by cursor_encode, *out untouched. */
int cursor_decode(struct arena *a, const char *text, struct cursor *out);

/* FNV-1a, to be carried on from call to call; begin with HASH_START. */
#define HASH_START UINT64_C(14695981039346656037)
uint64_t hash_i64(uint64_t hash, int64_t v);
uint64_t hash_str(uint64_t hash, const char *s); /* NULL is not "" */

#endif
