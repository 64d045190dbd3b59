/*
 * Append buffer on an arena: grows by doubling, is always NUL-terminated.
 */
#ifndef EXREG_BASE_BUF_H
#define EXREG_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct buf {
	struct arena *arena;
	char *data; /* NUL-terminated once anything was added */
	size_t len; /* bytes, without the NUL */
	size_t cap;
};

void buf_init(struct buf *b, struct arena *a);

/* Make room for n more bytes (and the NUL); data may move. */
void buf_reserve(struct buf *b, size_t n);

void buf_add(struct buf *b, const void *data, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The text so far; "" when nothing was added. Valid until the next add. */
const char *buf_text(const struct buf *b);

/* Set the length to 0 and keep the memory. */
void buf_clear(struct buf *b);

#endif
