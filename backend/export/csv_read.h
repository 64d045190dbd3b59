/*
 * CSV as others write it, read row by row: RFC 4180 in UTF-8, with or
 * without a mark, LF or CRLF, separated by "," or ";". Strict: what is not
 * well-formed is a fault of its row, told with the column, never repaired.
 * Memory is bounded, whatever the file.
 */
#ifndef EXREG_EXPORT_CSV_READ_H
#define EXREG_EXPORT_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define CSV_CELLS_MAX 100
#define CSV_CELL_MAX 65536 /* bytes of one value */
#define CSV_ROW_MAX 262144 /* bytes of one row */

/* At most n bytes into buf; returns how many, 0 at the end, -1 with e set. */
typedef int (*csv_source_fn)(void *arg, void *buf, size_t n, struct err *e);

struct csv_reader {
	csv_source_fn source;
	void *arg;
	char separator; /* found in the heading, unless it is set before */
	int64_t row;    /* of the row in hand, as a spreadsheet counts: the
			   heading is 1, blank rows count */

	/* The row in hand; cells end with NUL and live until the next one. */
	const char *cells[CSV_CELLS_MAX];
	size_t ncells;
	const char *fault;   /* what is wrong with it; NULL: nothing */
	size_t fault_column; /* 1-based; 0: the whole row */

	/* The reader's own. */
	bool ended;
	size_t at, len;
	size_t used;
	char in[65536];
	char text[CSV_ROW_MAX + 1];
};

/*
 * Begin to read; large, so not for the stack. separator 0: the first "," or
 * ";" of the heading that is not quoted. Returns 0, or -1 with e set: the
 * source failed, or the file is UTF-16.
 */
int csv_reader_begin(struct csv_reader *r, csv_source_fn source, void *arg,
    char separator, struct err *e);

/*
 * The next row that is not blank. Returns 1 (look at fault), 0 at the end,
 * -1 with e set. After a row without an end (a quote that is never closed)
 * nothing more is read.
 */
int csv_reader_next(struct csv_reader *r, struct err *e);

/* A spreadsheet would take the text for a formula, as csv.c writes it with
 * an apostrophe before. */
bool csv_is_formula(const char *s);

#endif
