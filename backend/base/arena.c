/*
 * A chain of blocks, newest first; only the newest is filled. What does not
 * fit starts a new block, so a rewind is: drop newer blocks, move one
 * offset back. Memory is zeroed when it is handed out, because blocks are
 * used again.
 *
 * Under the sanitizers everything not handed out is poisoned, and a gap is
 * left after each allocation, so an overrun or a stale pointer is reported
 * where it happens.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef EXREG_SANITIZE
# include <sanitizer/asan_interface.h>
# define ARENA_GAP 16u
#else
# define ARENA_GAP 0u
# define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
# define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

#define ARENA_ALIGN alignof(max_align_t)
#define ARENA_BLOCK ((size_t)64 * 1024)

struct arena_block {
	struct arena_block *prev;
	size_t size; /* of data */
	alignas(max_align_t) unsigned char data[];
};

/* Out of memory has no sensible answer: the supervisor starts another. */
_Noreturn static void
arena_die(const char *why)
{
	fputs(why, stderr);
	abort();
}

static void
arena_grow(struct arena *a, size_t n)
{
	size_t size = n > ARENA_BLOCK ? n : ARENA_BLOCK;
	struct arena_block *b;

	if (size > SIZE_MAX - sizeof(*b))
		arena_die("arena: size overflow\n");
	b = malloc(sizeof(*b) + size);
	if (b == NULL)
		arena_die("arena: out of memory\n");
	b->prev = a->head;
	b->size = size;
	ASAN_POISON_MEMORY_REGION(b->data, size);
	a->head = b;
	a->used = 0;
	a->total += size;
}

static void
arena_drop_head(struct arena *a)
{
	struct arena_block *b = a->head;

	a->head = b->prev;
	a->used = a->head != NULL ? a->head->size : 0;
	a->total -= b->size;
	ASAN_UNPOISON_MEMORY_REGION(b->data, b->size);
	free(b);
}

void
arena_init(struct arena *a)
{
	a->head = NULL;
	a->used = 0;
	a->total = 0;
}

void
arena_release(struct arena *a)
{
	while (a->head != NULL)
		arena_drop_head(a);
	arena_init(a);
}

void
arena_reset(struct arena *a)
{
	while (a->head != NULL && a->head->prev != NULL)
		arena_drop_head(a);
	/* One huge request must not make the worker big for ever. */
	if (a->head != NULL && a->head->size > ARENA_BLOCK)
		arena_drop_head(a);
	if (a->head != NULL)
		ASAN_POISON_MEMORY_REGION(a->head->data, a->head->size);
	a->used = 0;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	size_t room;
	void *p;

	if (n > SIZE_MAX - ARENA_ALIGN - ARENA_GAP)
		arena_die("arena: size overflow\n");
	/* At least one unit, so that no two results are the same address. */
	room = n == 0 ? 1 : n;
	room = (room + ARENA_GAP + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
	if (a->head == NULL || room > a->head->size - a->used)
		arena_grow(a, room);
	p = a->head->data + a->used;
	a->used += room;
	ASAN_UNPOISON_MEMORY_REGION(p, n);
	return memset(p, 0, n);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		arena_die("arena: array size overflow\n");
	return arena_alloc(a, bytes);
}

char *
arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *p;

	if (s == NULL)
		return NULL;
	if (len == SIZE_MAX)
		arena_die("arena: size overflow\n");
	p = arena_alloc(a, len + 1);
	memcpy(p, s, len);
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return s == NULL ? NULL : arena_strndup(a, s, strlen(s));
}

char *
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		arena_die("arena: bad format\n");
	p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return p;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return p;
}

struct arena_mark
arena_mark(const struct arena *a)
{
	return (struct arena_mark){ .block = a->head, .used = a->used };
}

void
arena_rewind(struct arena *a, struct arena_mark m)
{
	if (m.block == NULL) {
		arena_reset(a);
		return;
	}
	while (a->head != m.block) {
		if (a->head == NULL)
			arena_die("arena: mark of another arena\n");
		arena_drop_head(a);
	}
	ASAN_POISON_MEMORY_REGION(m.block->data + m.used,
	    m.block->size - m.used);
	a->used = m.used;
}
