/* Paging of lists: how many rows, and after which one. */
#ifndef EXREG_API_PAGE_H
#define EXREG_API_PAGE_H

#include "api/ctx.h"
#include "domain/cursor.h"

/* Rows when nothing is said, and the most; characters of a cursor. */
#define PAGE_DEFAULT 50
#define PAGE_MAX 100
#define CURSOR_MAX 64

/* Members of an input struct. */
/* clang-format off */
#define PAGE_LIMIT(s) F_I64(s, limit, .flags = FIELD_QUERY | FIELD_NULLABLE, .min = 1, .max = PAGE_MAX, .doc = "Rows on a page")
#define PAGE_CURSOR(s) F_STR(s, cursor, .flags = FIELD_QUERY, .max = CURSOR_MAX, .doc = "next_cursor of the page before")
/* clang-format on */

/* Rows for a limit that may be I64_NONE. */
size_t page_size(int64_t limit);

/*
 * The place a cursor names; all zero for NULL, the start. list: a word for
 * list and order, since a place in one means nothing in another.
 * Returns 0, or -1 with ERR_INVALID at "?cursor".
 */
int page_place(struct ctx *c, const char *list, const char *cursor,
    struct cursor *place, struct err *e);

/* The cursor of a last row. */
const char *page_next(struct ctx *c, const char *list, int64_t key, int64_t id);

#endif
