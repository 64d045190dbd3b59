/*
 * A file in the spool folder, to be sent by nginx (X-Accel-Redirect) once it
 * is whole. The folder belongs to a group that nginx is in; the name cannot
 * be guessed. What is not kept is removed; a job removes what is left.
 */
#ifndef EXREG_EXPORT_SPOOL_H
#define EXREG_EXPORT_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define SPOOL_RANDOM 32 /* hex digits at the beginning of a name */
#define SPOOL_NAME 64   /* those, a suffix of at most 31, NUL */

struct spool {
	int dir; /* -1: not open */
	int fd;
	char name[SPOOL_NAME];
	int64_t bytes;
};

/* Create a file with that suffix ("-7.csv"). 0, or -1 with e set. */
int spool_open(struct spool *s, const char *dir, const char *suffix,
    struct err *e);

/* A csv_sink_fn: arg is a struct spool. */
int spool_write(void *arg, const void *data, size_t n, struct err *e);

/* The file is whole and stays. 0, or -1 with e set (and it is removed). */
int spool_keep(struct spool *s, struct err *e);

/* A file of that name, made with that suffix, is there to be sent. */
bool spool_has(const char *dir, const char *name, const char *suffix);

/* Remove it. Nothing happens when it was kept, or never opened. */
void spool_drop(struct spool *s);

#endif
