/*
 * Days and instants. A day is a count from 1970-01-01 in the proleptic
 * Gregorian calendar; an instant is microseconds since the epoch, UTC.
 * Nobody but app/ reads a clock: "now" and "today" are parameters.
 */
#ifndef EXREG_BASE_DATE_H
#define EXREG_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t date_t;    /* days since 1970-01-01 */
typedef int64_t instant_t; /* microseconds since 1970-01-01T00:00:00Z */

#define DATE_NONE INT32_MIN
#define TIME_NONE INT64_MIN
#define DATE_MAX 2932896   /* 9999-12-31 */
#define DATE_MIN (-719162) /* 0001-01-01 */

#define US_PER_SECOND INT64_C(1000000)
#define US_PER_DAY (INT64_C(86400) * US_PER_SECOND)

struct civil {
	int year;  /* 1..9999 */
	int month; /* 1..12 */
	int day;   /* 1..31 */
};

date_t date_from_civil(int year, int month, int day);
struct civil date_to_civil(date_t d);
bool civil_is_valid(int year, int month, int day);

/* "YYYY-MM-DD" exactly, len bytes. Returns 0, or -1 and *out untouched. */
int date_parse(const char *s, size_t len, date_t *out);

/* Writes 10 characters and a NUL. d must not be DATE_NONE. */
void date_format(date_t d, char out[11]);

/* RFC 3339 with Z, 0 to 6 fractional digits. 0 or -1. */
int instant_parse(const char *s, size_t len, instant_t *out);

/* "2026-11-22T07:15:00.000000Z": 27 characters and a NUL. */
void instant_format(instant_t t, char out[28]);

/*
 * The civil day of an instant in the process's zone (TZ, set once at start
 * from the organisation's zone; decisions: "today" once a request).
 */
date_t date_of_instant(instant_t t);

#endif
