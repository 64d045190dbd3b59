/*
 * CSV by field tables: RFC 4180, every value quoted, CRLF, UTF-8 without a
 * mark. A text that a spreadsheet would take for a formula gets a leading
 * apostrophe; numbers, days, instants and our own words cannot be one.
 */
#ifndef EXREG_EXPORT_CSV_H
#define EXREG_EXPORT_CSV_H

#include "base/err.h"
#include "base/field.h"

#define CSV_BUFFER 65536

/* Takes the bytes made so far. 0, or -1 with e set. */
typedef int (
    *csv_sink_fn)(void *arg, const void *data, size_t n, struct err *e);

struct csv {
	csv_sink_fn sink;
	void *arg;
	size_t len;
	char data[CSV_BUFFER];
};

void csv_begin(struct csv *c, csv_sink_fn sink, void *arg);

/* The names of the fields as one line. */
int csv_header(struct csv *c, const struct schema *s, struct err *e);

/* One struct as one line, fields in table order; no value: empty. Objects
 * and arrays are not for CSV (assert). */
int csv_row(struct csv *c, const struct schema *s, const void *obj,
    struct err *e);

/* Hand on what is left. */
int csv_end(struct csv *c, struct err *e);

#endif
