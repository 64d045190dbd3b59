/*
 * The decoder is the one place that knows the encoding; everything else
 * asks it, except for the length, which counts first bytes.
 */
#include "base/utf8.h"

#include <string.h>

/*
 * First bytes: how many bytes follow, which bits of the first belong to the
 * code point, and the smallest code point that needs that many bytes.
 */
static const struct lead {
	unsigned char mask;
	unsigned char bits;
	unsigned char more;
	uint32_t least;
} leads[] = {
	{ 0xe0, 0xc0, 1, 0x80 },
	{ 0xf0, 0xe0, 2, 0x800 },
	{ 0xf8, 0xf0, 3, 0x10000 },
};

static size_t
decode_long(const unsigned char *s, size_t len, const struct lead *lead,
    uint32_t *cp)
{
	uint32_t v = s[0] & (unsigned char)~lead->mask;

	if (len < (size_t)lead->more + 1)
		return 0;
	for (size_t i = 1; i <= lead->more; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		v = v << 6 | (s[i] & 0x3f);
	}
	if (v < lead->least || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff))
		return 0;
	*cp = v;
	return (size_t)lead->more + 1;
}

size_t
utf8_decode(const char *s, size_t len, uint32_t *cp)
{
	const unsigned char *u = (const unsigned char *)s;

	if (len == 0)
		return 0;
	if (u[0] < 0x80) {
		*cp = u[0];
		return 1;
	}
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
		if ((u[0] & leads[i].mask) == leads[i].bits)
			return decode_long(u, len, &leads[i], cp);
	return 0;
}

size_t
utf8_encode(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

bool
utf8_is_valid(const char *s, size_t len)
{
	uint32_t cp;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (n == 0 || cp == 0)
			return false;
	}
	return true;
}

size_t
utf8_length(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		if (((unsigned char)*s & 0xc0) != 0x80)
			n++;
	return n;
}

static bool
is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f);
}

/* Zs, Zl and Zp of Unicode, and marks that show nothing on their own. */
static bool
is_space(uint32_t cp)
{
	return cp == 0x20 || cp == 0xa0 || cp == 0x1680 ||
	    (cp >= 0x2000 && cp <= 0x200b) || cp == 0x2028 || cp == 0x2029 ||
	    cp == 0x202f || cp == 0x205f || cp == 0x2060 || cp == 0x3000 ||
	    cp == 0xfeff;
}

bool
utf8_is_blank(const char *s)
{
	size_t len = strlen(s);
	uint32_t cp;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (n == 0 || (!is_control(cp) && !is_space(cp)))
			return false;
	}
	return true;
}

bool
utf8_says(const char *s)
{
	return s != NULL && !utf8_is_blank(s);
}

bool
utf8_has_control(const char *s)
{
	size_t len = strlen(s);
	uint32_t cp;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (n == 0)
			return true;
		if (is_control(cp) && cp != '\t' && cp != '\n' && cp != '\r')
			return true;
		/* These turn the order of what follows around. */
		if ((cp >= 0x202a && cp <= 0x202e) ||
		    (cp >= 0x2066 && cp <= 0x2069))
			return true;
	}
	return false;
}
