/*
 * Rows of one table as large INSERT statements: the fastest way in that
 * needs no right beyond INSERT and no file on the server.
 */
#ifndef EXREG_APP_SAMPLE_ROWS_H
#define EXREG_APP_SAMPLE_ROWS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

struct db;

struct rows {
	struct db *db; /* NULL: not open, rows are dropped */
	const char *table;
	struct buf text;
	size_t head;   /* length of "INSERT INTO … VALUES " */
	size_t values; /* in the row that is being written */
	int64_t total; /* rows sent or waiting */
};

/* columns: names as SQL. The texts and db outlive it. */
void rows_open(struct rows *r, struct db *db, struct arena *a,
    const char *table, const char *columns);

/* False when it is not open: then leave the row out. */
bool rows_begin(struct rows *r);

void rows_i64(struct rows *r, int64_t v);     /* I64_NONE: NULL */
void rows_str(struct rows *r, const char *s); /* NULL: NULL */
void rows_bytes(struct rows *r, const unsigned char *p, size_t n);
void rows_date(struct rows *r, date_t d);    /* DATE_NONE: NULL */
void rows_time(struct rows *r, instant_t t); /* TIME_NONE: NULL */
void rows_null(struct rows *r);

/* Ends the row; sends the statement when it is long enough. 0 or -1. */
int rows_end(struct rows *r, struct err *e);

/* Sends what is left. 0 or -1. */
int rows_close(struct rows *r, struct err *e);

#endif
