/*
 * Text goes out in runs: a table says which bytes of a string need a look,
 * everything between them is copied at once. Bytes that are not UTF-8
 * become U+FFFD, so the output is JSON whatever was put in.
 */
#include "json/json_write.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

/*
 * What to do with a byte inside a string: 0 copy it, 1 write it as \u00XX,
 * 2 check a sequence of UTF-8, else the letter after the backslash.
 */
enum { COPY = 0, HEX = 1, LONG = 2 };

/* clang-format off */
static const unsigned char escapes[256] = {
	HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, 'b', 't', 'n', HEX, 'f', 'r', HEX, HEX,
	HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX,
	['"'] = '"', ['\\'] = '\\',
	[0x80] = LONG,
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
};
/* clang-format on */

static void
put_escape(struct buf *out, unsigned char c)
{
	static const char digits[] = "0123456789abcdef";
	char text[6] = { '\\', 'u', '0', '0', digits[c >> 4], digits[c & 15] };

	if (escapes[c] == HEX) {
		buf_add(out, text, sizeof(text));
		return;
	}
	text[1] = (char)escapes[c];
	buf_add(out, text, 2);
}

/* The string literal of v, quotes included. */
static void
put_quoted(struct buf *out, const char *v, size_t len)
{
	const char *end = v + len;
	const char *run = v;
	uint32_t cp;

	buf_reserve(out, len + 2);
	buf_char(out, '"');
	while (v < end) {
		unsigned char c = (unsigned char)*v;
		size_t n = 1;

		if (escapes[c] == COPY) {
			v++;
			continue;
		}
		if (escapes[c] == LONG)
			n = utf8_decode(v, (size_t)(end - v), &cp);
		if (escapes[c] == LONG && n > 0) {
			v += n;
			continue;
		}
		buf_add(out, run, (size_t)(v - run));
		if (n == 0)
			buf_str(out, "\xef\xbf\xbd");
		else
			put_escape(out, c);
		run = ++v;
	}
	buf_add(out, run, (size_t)(v - run));
	buf_char(out, '"');
}

void
json_quote(struct buf *out, const char *v)
{
	put_quoted(out, v, strlen(v));
}

void
json_begin(struct json_writer *w, struct buf *out)
{
	memset(w, 0, sizeof(*w));
	w->out = out;
}

/* Comma and key, whatever comes next. */
static void
put_key(struct json_writer *w, const char *key)
{
	bool in_object = w->depth > 0 && w->close[w->depth - 1] == '}';

	assert(in_object == (key != NULL));
	assert(w->depth > 0 || !w->comma[0]); /* one top-level value */
	if (w->comma[w->depth])
		buf_char(w->out, ',');
	w->comma[w->depth] = true;
	if (key == NULL)
		return;
	put_quoted(w->out, key, strlen(key));
	buf_char(w->out, ':');
}

static void
put_open(struct json_writer *w, const char *key, char open, char close)
{
	put_key(w, key);
	/* comma[] has one entry more in use than close[]: the top level. */
	assert(w->depth + 1 < JSON_WRITE_DEPTH);
	buf_char(w->out, open);
	w->close[w->depth++] = close;
	w->comma[w->depth] = false;
}

void
json_object(struct json_writer *w, const char *key)
{
	put_open(w, key, '{', '}');
}

void
json_array(struct json_writer *w, const char *key)
{
	put_open(w, key, '[', ']');
}

void
json_end(struct json_writer *w)
{
	assert(w->depth > 0);
	buf_char(w->out, w->close[--w->depth]);
}

void
json_str(struct json_writer *w, const char *key, const char *v)
{
	if (v == NULL) {
		json_null(w, key);
		return;
	}
	put_key(w, key);
	put_quoted(w->out, v, strlen(v));
}

void
json_i64(struct json_writer *w, const char *key, int64_t v)
{
	put_key(w, key);
	buf_i64(w->out, v);
}

void
json_bool(struct json_writer *w, const char *key, bool v)
{
	put_key(w, key);
	buf_str(w->out, v ? "true" : "false");
}

void
json_null(struct json_writer *w, const char *key)
{
	put_key(w, key);
	buf_add(w->out, "null", 4);
}

void
json_date(struct json_writer *w, const char *key, date_t v)
{
	char text[13] = "\"";

	if (v == DATE_NONE) {
		json_null(w, key);
		return;
	}
	put_key(w, key);
	date_format(v, text + 1);
	text[11] = '"';
	buf_add(w->out, text, 12);
}

void
json_time(struct json_writer *w, const char *key, instant_t v)
{
	char text[30] = "\"";

	if (v == TIME_NONE) {
		json_null(w, key);
		return;
	}
	put_key(w, key);
	instant_format(v, text + 1);
	text[28] = '"';
	buf_add(w->out, text, 29);
}

void
json_raw(struct json_writer *w, const char *key, const char *text)
{
	put_key(w, key);
	buf_str(w->out, text);
}

void
json_finish(struct json_writer *w)
{
	assert(w->depth == 0 && w->comma[0]);
}
