/*
 * Request memory: allocate, never free, drop everything at once.
 *
 * One arena serves one request (or one job run, or the configuration).
 * Allocation either succeeds or the process ends: callers never test for
 * NULL. Under EXREG_SANITIZE each chunk given back is poisoned.
 */
#ifndef EXREG_BASE_ARENA_H
#define EXREG_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *head; /* block being filled */
	size_t used;              /* bytes used in head */
	size_t total;             /* bytes held in all blocks */
};

/* A place to return to; valid until the arena is rewound before it. */
struct arena_mark {
	struct arena_block *block;
	size_t used;
};

/* Make an empty arena. No memory is taken until the first allocation. */
void arena_init(struct arena *a);

/* Give all memory back to the system; the arena is empty and usable. */
void arena_release(struct arena *a);

/* Forget all allocations but keep one block for the next request. */
void arena_reset(struct arena *a);

/* Zeroed memory of n bytes, aligned for any type; n may be 0. */
void *arena_alloc(struct arena *a, size_t n);

/* Zeroed array of n elements of size bytes; ends the process on overflow. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* Copies; the result is always NUL-terminated. s may be NULL: then NULL. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t len);

/* Formatted text on the arena. */
char *arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

struct arena_mark arena_mark(const struct arena *a);

/* Forget everything allocated after the mark. */
void arena_rewind(struct arena *a, struct arena_mark m);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))

#endif
