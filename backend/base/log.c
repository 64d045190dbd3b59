/*
 * A line is built in a buffer no longer than PIPE_BUF and written once, so
 * the lines of several processes on one pipe do not mix. What does not fit
 * is cut; the line feed always fits.
 *
 * The time stamp is the only reading of a clock outside app/.
 */
#include "base/log.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/utf8.h"

#define LOG_LINE 4096
#define LOG_VALUE 512

/* Kept free for what ends a line that was cut. */
static const char log_tail[] = " cut=1\n";

struct line {
	char text[LOG_LINE];
	size_t len; /* leaves room for log_tail */
	bool full;  /* something did not fit */
};

static enum log_level log_least = LOG_INFO;
static char log_prefix[64];

void
log_set_level(enum log_level level)
{
	log_least = level;
}

void
log_set_prefix(const char *prefix)
{
	snprintf(log_prefix, sizeof(log_prefix), "%s", prefix);
}

static void
put(struct line *l, const char *s, size_t n)
{
	size_t room = sizeof(l->text) - sizeof(log_tail) - l->len;

	l->full = l->full || n > room;
	if (l->full)
		return;
	memcpy(l->text + l->len, s, n);
	l->len += n;
}

static void
put_str(struct line *l, const char *s)
{
	put(l, s, strlen(s));
}

__attribute__((format(printf, 2, 3))) static void
put_fmt(struct line *l, const char *fmt, ...)
{
	char text[64];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	put_str(l, text);
}

static bool
is_plain(const char *s)
{
	if (*s == '\0')
		return false;
	for (; *s != '\0'; s++)
		if (*s <= ' ' || *s == '"' || *s == '=' || *s == '\\' ||
		    *s > '~')
			return false;
	return true;
}

/* What could end the line, or change how the log looks on a terminal. */
static bool
is_unsafe(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) ||
	    (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
	    (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff;
}

/* One character of a quoted value; returns the bytes used. */
static size_t
put_escaped(struct line *l, const char *s, size_t len)
{
	uint32_t cp;
	size_t n = utf8_decode(s, len, &cp);

	if (n == 0) {
		put_fmt(l, "\\x%02x", (unsigned)(unsigned char)*s);
		return 1;
	}
	if (cp == '"' || cp == '\\')
		put_fmt(l, "\\%c", (int)cp);
	else if (cp == '\n')
		put_str(l, "\\n");
	else if (cp == '\r')
		put_str(l, "\\r");
	else if (cp == '\t')
		put_str(l, "\\t");
	else if (is_unsafe(cp))
		put_fmt(l, "\\u%04" PRIx32, cp);
	else
		put(l, s, n);
	return n;
}

static void
put_value(struct line *l, const char *s)
{
	size_t len = strnlen(s, LOG_VALUE + 1);
	bool cut = len > LOG_VALUE;

	if (!cut && is_plain(s)) {
		put(l, s, len);
		return;
	}
	/* Do not cut through a character. */
	if (cut)
		for (len = LOG_VALUE;
		     len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80; len--)
			;
	put_str(l, "\"");
	for (size_t i = 0; i < len;)
		i += put_escaped(l, s + i, len - i);
	put_str(l, cut ? "...\"" : "\"");
}

static void
put_head(struct line *l, enum log_level level, const char *event)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };
	struct timespec now = { 0 };
	char ts[28];

	clock_gettime(CLOCK_REALTIME, &now);
	instant_format(now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000, ts);
	put_str(l, "ts=");
	put_str(l, ts);
	if (log_prefix[0] != '\0') {
		put_str(l, " ");
		put_str(l, log_prefix);
	}
	put_fmt(l, " level=%s", names[level]);
	put_str(l, " event=");
	put_value(l, event);
}

static void
put_pair(struct line *l, const struct log_kv *kv)
{
	size_t before = l->len;

	put_str(l, " ");
	put_str(l, kv->key);
	put_str(l, "=");
	if (kv->str != NULL)
		put_value(l, kv->str);
	else
		put_fmt(l, "%" PRId64, kv->num);
	/* A pair is there as a whole or not at all: the line still parses. */
	if (l->full)
		l->len = before;
}

void
log_line(enum log_level level, const char *event, const struct log_kv *kv,
    unsigned long n)
{
	struct line l = { .len = 0 };
	const char *tail = log_tail;
	ssize_t written;

	if (level < log_least)
		return;
	put_head(&l, level, event);
	for (unsigned long i = 0; i < n && !l.full; i++)
		put_pair(&l, &kv[i]);
	if (!l.full)
		tail = "\n";
	memcpy(l.text + l.len, tail, strlen(tail));
	/* Nobody is left to tell when the log itself cannot be written. */
	written = write(STDERR_FILENO, l.text, l.len + strlen(tail));
	(void)written;
}
