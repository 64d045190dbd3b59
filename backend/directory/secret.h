/*
 * A password in memory. Not a string on purpose: it may hold any byte and
 * cannot be given to a %s. Whoever holds the bytes wipes them.
 */
#ifndef EXREG_DIRECTORY_SECRET_H
#define EXREG_DIRECTORY_SECRET_H

#include <stddef.h>
#include <string.h>

struct secret {
	char *bytes; /* not NUL-terminated; NULL when there is none */
	size_t len;
};

/* Overwrite the bytes (they are not freed); the secret is empty then. */
static inline void
secret_wipe(struct secret *s)
{
	if (s->bytes != NULL)
		explicit_bzero(s->bytes, s->len);
	s->len = 0;
}

#endif
