/*
 * UTF-8 as RFC 3629: no surrogates, no overlong forms, at most U+10FFFF.
 */
#ifndef EXREG_BASE_UTF8_H
#define EXREG_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whole text is well-formed and has no NUL. */
bool utf8_is_valid(const char *s, size_t len);

/* Number of code points; the text must be valid. */
size_t utf8_length(const char *s);

/*
 * Decode one code point at s (at most len bytes). Returns the bytes used,
 * 0 when malformed. *cp is set when the result is not 0.
 */
size_t utf8_decode(const char *s, size_t len, uint32_t *cp);

/* Append cp at out (4 bytes room); returns the bytes written. */
size_t utf8_encode(uint32_t cp, char *out);

/* Only white space (Unicode space separators and controls), or empty. */
bool utf8_is_blank(const char *s);

/* There is a text, and it is not blank. NULL: there is none. */
bool utf8_says(const char *s);

/* C0/C1 controls other than tab, LF, CR, or a bidi override/isolate. */
bool utf8_has_control(const char *s);

#endif
