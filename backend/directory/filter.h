/*
 * Inside directory/ only: filters. Every value goes through filter_value;
 * there is no other way from input to a filter, and none to a DN.
 */
#ifndef EXREG_DIRECTORY_FILTER_H
#define EXREG_DIRECTORY_FILTER_H

#include <stddef.h>

#include "base/buf.h"

struct arena;
struct directory_config;
struct value;

/* Append the value escaped as RFC 4515 asks. */
void filter_value(struct buf *b, const char *data, size_t len);

/* "(attr=value)" and "(attr=*value*)"; an empty text gives "(attr=*)". */
void filter_equal(struct buf *b, const char *attr, const char *value);
void filter_contains(struct buf *b, const char *attr, const char *text);

/* The people filter with this user name; NULL stands for any. */
void filter_people(struct buf *b, const struct directory_config *cfg,
    const char *username);

/* "(entryUUID=...)", in the bytes the directory keeps it in. 0, or -1 when
 * the text cannot be an id. */
int filter_id(struct buf *b, const struct directory_config *cfg,
    const char *id);

/* The stable id as text, or NULL when it cannot be one. */
const char *id_text(struct arena *a, const struct directory_config *cfg,
    const struct value *v);

#endif
