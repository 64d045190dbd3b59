/*
 * Numbers of exceptions, risks and letters: year and sequence, unique, never
 * reused, gaps allowed (decisions 8).
 *
 * Take the next one of the year; it is gone whatever becomes of it. Not
 * inside a transaction: its row is everybody's, and is given back at once.
 * Returns 0, or -1 with e set (ERR_INTERNAL when the year has none left).
 */
#ifndef EXREG_STORE_NUMBER_STORE_H
#define EXREG_STORE_NUMBER_STORE_H

#include <stdint.h>

#include "base/err.h"

struct db;

int number_store_exception(struct db *db, int year, int64_t *id, struct err *e);
/* n of them in a row (import); *first: the lowest. */
int number_store_exceptions(struct db *db, int year, int64_t n, int64_t *first,
    struct err *e);
int number_store_violation(struct db *db, int year, int64_t *id, struct err *e);
int number_store_risk(struct db *db, int year, int64_t *id, struct err *e);
int number_store_letter(struct db *db, int year, int64_t *id, struct err *e);

#endif
