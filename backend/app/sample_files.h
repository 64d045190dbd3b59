/* Reading the files of sql/sample: JSON by field table, and lists. */
#ifndef EXREG_APP_SAMPLE_FILES_H
#define EXREG_APP_SAMPLE_FILES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/field.h"

#define SAMPLE_COLUMNS_MAX 8

/* One line of a list; "" for an empty column. Returns 0 or -1. */
typedef int (*sample_line_fn)(void *arg, const char **columns, struct err *e);

/* The object in dir/name into obj by its table. 0 or -1 with e set. */
int sample_json(const char *dir, const char *name, const struct schema *s,
    void *obj, struct arena *a, struct err *e);

/*
 * Each line of dir/name with n columns between tabs to fn; lines that begin
 * with # are passed over. Strings live on the arena. 0 or -1 with e set.
 */
int sample_tsv(const char *dir, const char *name, size_t n, sample_line_fn fn,
    void *arg, struct arena *a, struct err *e);

/*
 * The same for a list of the directory (people, units, groups, members):
 * from tsv_dir/what.tsv, or with tsv_dir NULL from dir/directory.awk.
 */
int sample_directory(const char *dir, const char *tsv_dir, const char *what,
    size_t n, sample_line_fn fn, void *arg, struct arena *a, struct err *e);

#endif
