/*
 * Strict on purpose: each value has exactly one text, so that a token that
 * was compared as text cannot come back as another text of the same bytes.
 */
#include "base/token.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

void
hex_encode(const unsigned char *in, size_t n, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[in[i] >> 4];
		out[2 * i + 1] = digits[in[i] & 15];
	}
	out[2 * n] = '\0';
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int
hex_decode(const char *s, unsigned char *out, size_t n)
{
	/* Digit by digit: stops at the NUL of a text that is too short. */
	for (size_t i = 0; i < n; i++) {
		int high = hex_value(s[2 * i]);
		int low = high < 0 ? -1 : hex_value(s[2 * i + 1]);

		if (low < 0)
			return -1;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return 0;
}

char *
base64url_encode(struct arena *a, const unsigned char *in, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789-_";
	char *out = arena_alloc(a, n / 3 * 4 + 5);
	size_t at = 0;
	uint32_t bits = 0;
	unsigned held = 0;

	for (size_t i = 0; i < n; i++) {
		bits = (bits << 8 | in[i]) & 0xffff;
		for (held += 8; held >= 6; held -= 6)
			out[at++] = digits[bits >> (held - 6) & 63];
	}
	if (held > 0)
		out[at++] = digits[bits << (6 - held) & 63];
	out[at] = '\0';
	return out;
}

static int
base64url_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '-')
		return 62;
	return c == '_' ? 63 : -1;
}

int
base64url_decode(struct arena *a, const char *s, unsigned char **out, size_t *n)
{
	size_t len = strlen(s);
	unsigned char *p;
	size_t at = 0;
	uint32_t bits = 0;
	unsigned held = 0;

	if (len % 4 == 1)
		return -1;
	p = arena_alloc(a, len / 4 * 3 + 3);
	for (size_t i = 0; i < len; i++) {
		int v = base64url_value(s[i]);

		if (v < 0)
			return -1;
		bits = (bits << 6 | (uint32_t)v) & 0xffff;
		held += 6;
		if (held >= 8) {
			held -= 8;
			p[at++] = (unsigned char)(bits >> held & 0xff);
		}
	}
	if ((bits & ((UINT32_C(1) << held) - 1)) != 0)
		return -1;
	*out = p;
	*n = at;
	return 0;
}

int
i64_parse(const char *s, size_t len, long long min, long long max,
    long long *out)
{
	long long v = 0;
	size_t i = len > 0 && s[0] == '-' ? 1 : 0;
	/* "0" is a number, "00", "-0" and "" are not. */
	bool negative = i == 1;

	if (len == i || (s[i] == '0' && (negative || len > 1)))
		return -1;
	for (; i < len; i++) {
		int digit = s[i] - '0';

		if (digit < 0 || digit > 9)
			return -1;
		if (__builtin_mul_overflow(v, 10LL, &v) ||
		    __builtin_sub_overflow(v, digit, &v))
			return -1;
	}
	/* Counted downwards: the smallest number has no positive twin. */
	if (!negative && __builtin_sub_overflow(0LL, v, &v))
		return -1;
	if (v < min || v > max)
		return -1;
	*out = v;
	return 0;
}
