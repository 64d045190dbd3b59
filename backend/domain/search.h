/*
 * Words for search: one normaliser for what is stored and what is asked, so
 * that "every word is a prefix of a word" is one comparison of bytes.
 */
#ifndef EXREG_DOMAIN_SEARCH_H
#define EXREG_DOMAIN_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define SEARCH_TERMS_MAX 8

/*
 * The words of n texts (NULL ones are skipped), lower case and without
 * accents, each with one space before it: " ex 2026 00042 legacy server".
 * Valid UTF-8 in, on the arena. "" when there is no word.
 */
char *search_words(struct arena *a, const char *const *texts, size_t n);

/*
 * Characters of those words that are about the first n texts: what staff may
 * search of other people's exceptions are number and title (M-11).
 */
int64_t search_public_chars(struct arena *a, const char *const *texts,
    size_t n);

/*
 * The words of a query the same way, without spaces. Fills at most
 * SEARCH_TERMS_MAX of terms and returns how many words there are, which may
 * be more.
 */
size_t search_terms(struct arena *a, const char *q,
    const char *terms[SEARCH_TERMS_MAX]);

/*
 * A full-text index can help with this term: ASCII only (it is split there
 * as we do), and neither so short nor so common (a year) that half of the
 * register begins with it.
 */
bool search_term_is_rare(const char *term);

#endif
