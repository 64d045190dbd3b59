/* Hexadecimal and base64url (RFC 4648, no padding). */
#ifndef EXREG_BASE_TOKEN_H
#define EXREG_BASE_TOKEN_H

#include <stddef.h>

struct arena;

/* Lower-case hex; out holds 2 * n + 1 bytes. */
void hex_encode(const unsigned char *in, size_t n, char *out);

/* Exactly 2 * n hex digits at s. Returns 0 or -1. */
int hex_decode(const char *s, unsigned char *out, size_t n);

char *base64url_encode(struct arena *a, const unsigned char *in, size_t n);

/* Returns 0 and sets *out and *n, or -1 for bad characters or length. */
int base64url_decode(struct arena *a, const char *s, unsigned char **out,
    size_t *n);

/* Strict decimal: optional '-', digits only, no leading zeros, no overflow,
 * within [min, max]. Returns 0 or -1 and *out untouched. */
int i64_parse(const char *s, size_t len, long long min, long long max,
    long long *out);

#endif
