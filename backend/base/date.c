/*
 * The calendar arithmetic counts in eras of 400 years that begin on 1 March,
 * so that the leap day is the last day of its year (Hinnant's algorithm).
 */
#include "base/date.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#define DAYS_PER_ERA 146097
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */

date_t
date_from_civil(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * DAYS_PER_ERA + doe - DAYS_TO_EPOCH;
}

struct civil
date_to_civil(date_t d)
{
	int z = d + DAYS_TO_EPOCH;
	int era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	int doe = z - era * DAYS_PER_ERA;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp < 10 ? mp + 3 : mp - 9;

	return (struct civil){
		.year = yoe + era * 400 + (month <= 2 ? 1 : 0),
		.month = month,
		.day = doy - (153 * mp + 2) / 5 + 1,
	};
}

bool
civil_is_valid(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* Exactly n digits at s; -1 when there is anything else. */
static int
digits_read(const char *s, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

/* Exactly n digits, leading zeros included. */
static void
digits_write(char *out, size_t n, int v)
{
	while (n > 0) {
		out[--n] = (char)('0' + v % 10);
		v /= 10;
	}
}

int
date_parse(const char *s, size_t len, date_t *out)
{
	int year;
	int month;
	int day;

	if (len != 10 || s[4] != '-' || s[7] != '-')
		return -1;
	year = digits_read(s, 4);
	month = digits_read(s + 5, 2);
	day = digits_read(s + 8, 2);
	if (!civil_is_valid(year, month, day))
		return -1;
	*out = date_from_civil(year, month, day);
	return 0;
}

void
date_format(date_t d, char out[11])
{
	struct civil c;

	assert(d >= DATE_MIN && d <= DATE_MAX);
	c = date_to_civil(d);
	digits_write(out, 4, c.year);
	out[4] = '-';
	digits_write(out + 5, 2, c.month);
	out[7] = '-';
	digits_write(out + 8, 2, c.day);
	out[10] = '\0';
}

/* ".ddd" with one to six digits, as microseconds; -1 when it is not that. */
static int
fraction_read(const char *s, size_t len)
{
	int us;

	if (len < 2 || len > 7 || s[0] != '.')
		return -1;
	us = digits_read(s + 1, len - 1);
	for (size_t i = len; us >= 0 && i < 7; i++)
		us *= 10;
	return us;
}

int
instant_parse(const char *s, size_t len, instant_t *out)
{
	date_t day;
	int hour;
	int min;
	int sec;
	int us = 0;

	if (len < 20 || date_parse(s, 10, &day) < 0)
		return -1;
	if (s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[len - 1] != 'Z')
		return -1;
	hour = digits_read(s + 11, 2);
	min = digits_read(s + 14, 2);
	sec = digits_read(s + 17, 2);
	if (len > 20)
		us = fraction_read(s + 19, len - 20);
	if (hour < 0 || hour > 23 || min < 0 || min > 59 || sec < 0 ||
	    sec > 59 || us < 0)
		return -1;
	*out = day * US_PER_DAY +
	    (hour * INT64_C(3600) + min * INT64_C(60) + sec) * US_PER_SECOND +
	    us;
	return 0;
}

/* Whole units below v, also for instants before 1970. */
static int64_t
floor_div(int64_t v, int64_t unit)
{
	return v / unit - (v % unit < 0 ? 1 : 0);
}

void
instant_format(instant_t t, char out[28])
{
	int64_t day = floor_div(t, US_PER_DAY);
	int64_t rest = t - day * US_PER_DAY;
	int sec = (int)(rest / US_PER_SECOND);

	assert(day >= DATE_MIN && day <= DATE_MAX);
	date_format((date_t)day, out);
	memcpy(out + 10, "T00:00:00.000000Z", 18);
	digits_write(out + 11, 2, sec / 3600);
	digits_write(out + 14, 2, sec / 60 % 60);
	digits_write(out + 17, 2, sec % 60);
	digits_write(out + 20, 6, (int)(rest % US_PER_SECOND));
}

date_t
date_of_instant(instant_t t)
{
	time_t sec = (time_t)floor_div(t, US_PER_SECOND);
	struct tm tm;

	if (localtime_r(&sec, &tm) == NULL)
		return DATE_NONE;
	return date_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}
