/*
 * A file of SQL statements, taken apart: migrations, accounts, sample data.
 * Understands comments, quotes and the client's DELIMITER lines.
 */
#ifndef EXREG_APP_SQL_SCRIPT_H
#define EXREG_APP_SQL_SCRIPT_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct sql_script {
	const char *pos;
	unsigned line;
	char delimiter[8];
};

/* The whole file on the arena, NUL-terminated. 0 or -1 with e set. */
int sql_file_read(const char *path, struct arena *a, const char **text,
    size_t *len, struct err *e);

/* text must outlive the script. */
void sql_script_init(struct sql_script *s, const char *text);

/*
 * The next statement, copied to the arena without its delimiter and what
 * stands before it, and the line it begins on.
 * Returns 1, 0 at the end, or -1 with e set (no delimiter, open quote).
 */
int sql_script_next(struct sql_script *s, struct arena *a, const char **stmt,
    unsigned *line, struct err *e);

#endif
