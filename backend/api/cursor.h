/* The place where the next page of a list starts, as text nobody reads. */
#ifndef EXREG_API_CURSOR_H
#define EXREG_API_CURSOR_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* Longest cursor in characters; for the field tables. */
#define CURSOR_MAX 1400

struct cursor {
	int64_t key; /* first sort column when it is a number, else 0 */
	int64_t id;
	const char *text; /* first sort column when it is text, else "" */
};

/* list: a word for list and order; a cursor of another one is refused. */
const char *cursor_make(struct arena *a, const char *list,
    const struct cursor *place);

/* 0, or -1 with ERR_INVALID at "?cursor". */
int cursor_read(struct arena *a, const char *list, const char *text,
    struct cursor *place, struct err *e);

#endif
