/*
 * The list of files and the table schema_migration are read whole and
 * compared row by row; what follows the last finished row is applied.
 */
#include "app/migrate.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/sql_script.h"
#include "base/token.h"
#include "crypto/crypto.h"
#include "db/db.h"

#define NAME_MAX_LEN 100

/* A migration, as a file or as a row of the table. */
struct migration {
	const char *name; /* 0001_people.sql */
	char hash[2 * SHA256_LEN + 1];
	const char *text; /* file only */
	bool finished;    /* row only */
};

struct migrations {
	struct migration *list;
	size_t n;
	size_t cap;
	struct arena *arena;
};

static struct migration *
migrations_add(struct migrations *m, const char *name)
{
	if (m->n == m->cap) {
		struct migration *old = m->list;

		m->cap = m->cap == 0 ? 16 : 2 * m->cap;
		m->list = arena_array(m->arena, m->cap, sizeof(*m->list));
		if (old != NULL)
			memcpy(m->list, old, m->n * sizeof(*old));
	}
	m->list[m->n].name = arena_strdup(m->arena, name);
	return &m->list[m->n++];
}

/* NNNN_words.sql; the name also goes into SQL text as it is. */
static bool
name_is_valid(const char *name)
{
	size_t len = strlen(name);

	return len > 9 && len <= NAME_MAX_LEN &&
	    strspn(name, "0123456789") == 4 && name[4] == '_' &&
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == len - 4 &&
	    strcmp(name + len - 4, ".sql") == 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct migration *x = a;
	const struct migration *y = b;

	return strcmp(x->name, y->name);
}

static int
names_read(const char *dir, struct migrations *files, struct err *e)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	if (d == NULL) {
		err_set(e, ERR_INTERNAL, "cannot read the folder %s", dir);
		return err_cause(e, "%s: %s", dir, strerror(errno));
	}
	while ((entry = readdir(d)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		if (!name_is_valid(entry->d_name)) {
			err_set(e, ERR_CONFLICT,
			    "%s is not named like a migration: 0001_words.sql",
			    entry->d_name);
			break;
		}
		migrations_add(files, entry->d_name);
	}
	closedir(d);
	if (e->kind != ERR_NONE)
		return -1;
	if (files->n > 0)
		qsort(files->list, files->n, sizeof(*files->list), by_name);
	return 0;
}

static int
files_read(const char *dir, struct migrations *files, struct err *e)
{
	if (names_read(dir, files, e) < 0)
		return -1;
	for (size_t i = 0; i < files->n; i++) {
		struct migration *f = &files->list[i];
		unsigned char hash[SHA256_LEN];
		size_t len;

		if (strtoul(f->name, NULL, 10) != i + 1)
			return err_set(e, ERR_CONFLICT,
			    "%s: the number should be %04zu", f->name, i + 1);
		if (sql_file_read(arena_printf(files->arena, "%s/%s", dir,
				      f->name),
			files->arena, &f->text, &len, e) < 0)
			return -1;
		sha256(f->text, len, hash);
		hex_encode(hash, sizeof(hash), f->hash);
	}
	return 0;
}

static int
take_row(void *arg, size_t ncols, const char **names, const char **values,
    struct err *e)
{
	struct migration *row = migrations_add(arg, values[0]);

	(void)ncols;
	(void)names;
	(void)e;
	snprintf(row->hash, sizeof(row->hash), "%s", values[1]);
	row->finished = strcmp(values[2], "1") == 0;
	return 0;
}

static int
rows_read(struct db *db, struct migrations *rows, struct err *e)
{
	return db_text(db,
	    "SELECT name, sha256, finished_at IS NOT NULL"
	    " FROM schema_migration ORDER BY version",
	    take_row, rows, e);
}

/* What was applied must still be there, unchanged. Sets *done to the number
 * of files that need nothing more. */
static int
compare(const struct migrations *files, const struct migrations *rows,
    size_t *done, struct err *e)
{
	*done = 0;
	for (size_t i = 0; i < rows->n; i++) {
		const struct migration *row = &rows->list[i];
		const struct migration *file =
		    i < files->n ? &files->list[i] : NULL;

		if (!row->finished)
			break;
		if (file == NULL || strcmp(file->name, row->name) != 0)
			return err_set(e, ERR_CONFLICT,
			    "%s was applied but is not in the folder",
			    row->name);
		if (strcmp(file->hash, row->hash) != 0)
			return err_set(e, ERR_CONFLICT,
			    "%s has changed since it was applied", row->name);
		*done = i + 1;
	}
	return 0;
}

/* Keep kind and cause of an error, and say where it was. */
static int
fail_at(const struct err *fault, const char *name, unsigned line, struct err *e)
{
	if (line == 0)
		err_set(e, fault->kind, "%s: %s", name, fault->detail);
	else
		err_set(e, fault->kind, "%s, line %u: %s", name, line,
		    fault->detail);
	return err_cause(e, "%s", fault->cause);
}

static int
run_file(struct db *db, const struct migration *m, struct arena *a,
    struct err *e)
{
	struct err fault = { 0 };
	struct sql_script script;
	const char *stmt;
	unsigned line;
	int more;

	sql_script_init(&script, m->text);
	while ((more = sql_script_next(&script, a, &stmt, &line, &fault)) > 0)
		if (db_text(db, stmt, NULL, NULL, &fault) < 0)
			return fail_at(&fault, m->name, line, e);
	return more < 0 ? fail_at(&fault, m->name, 0, e) : 0;
}

static int
apply(struct db *db, const struct migration *m, struct arena *a, struct err *e)
{
	const char *begin = arena_printf(a,
	    "INSERT INTO schema_migration (version, name, sha256, started_at)"
	    " VALUES (%lu, '%s', '%s', SYSDATE(6)) ON DUPLICATE KEY UPDATE"
	    " name = VALUES(name), sha256 = VALUES(sha256),"
	    " started_at = VALUES(started_at), finished_at = NULL",
	    strtoul(m->name, NULL, 10), m->name, m->hash);
	const char *end = arena_printf(a,
	    "UPDATE schema_migration SET finished_at = SYSDATE(6)"
	    " WHERE version = %lu",
	    strtoul(m->name, NULL, 10));

	if (db_text(db, begin, NULL, NULL, e) < 0 ||
	    run_file(db, m, a, e) < 0 || db_text(db, end, NULL, NULL, e) < 0)
		return -1;
	return 0;
}

static int
run_locked(struct db *db, const char *dir, struct arena *a, struct err *e)
{
	struct migrations files = { .arena = a };
	struct migrations rows = { .arena = a };
	size_t done;

	if (db_text(db,
		"CREATE TABLE IF NOT EXISTS schema_migration ("
		" version INT NOT NULL PRIMARY KEY,"
		" name VARCHAR(100) NOT NULL,"
		" sha256 CHAR(64) CHARACTER SET ascii NOT NULL,"
		" started_at DATETIME(6) NOT NULL,"
		" finished_at DATETIME(6) NULL"
		") COMMENT 'What exregctl migrate has applied'",
		NULL, NULL, e) < 0 ||
	    files_read(dir, &files, e) < 0 || rows_read(db, &rows, e) < 0 ||
	    compare(&files, &rows, &done, e) < 0)
		return -1;
	for (size_t i = done; i < files.n; i++)
		if (apply(db, &files.list[i], a, e) < 0)
			return -1;
	return (int)(files.n - done);
}

static int
take_flag(void *arg, size_t ncols, const char **names, const char **values,
    struct err *e)
{
	bool *flag = arg;

	(void)ncols;
	(void)names;
	(void)e;
	*flag = values[0] != NULL && strcmp(values[0], "1") == 0;
	return 0;
}

int
migrate_run(struct db *db, const char *dir, struct arena *a, struct err *e)
{
	struct err ignored = { 0 };
	bool locked = false;
	int result;

	if (db_text(db, "SELECT GET_LOCK('exreg.migrate', 1)", take_flag,
		&locked, e) < 0)
		return -1;
	if (!locked)
		return err_set(e, ERR_BUSY, "another migration is running");
	result = run_locked(db, dir, a, e);
	/* It also ends with the connection. */
	db_text(db, "DO RELEASE_LOCK('exreg.migrate')", NULL, NULL, &ignored);
	return result;
}

int
migrate_check(struct db *db, const char *dir, struct arena *a, struct err *e)
{
	struct migrations files = { .arena = a };
	struct migrations rows = { .arena = a };
	size_t want = SCHEMA_VERSION;
	size_t done = 0;

	if (rows_read(db, &rows, e) < 0)
		return -1;
	if (dir != NULL) {
		if (files_read(dir, &files, e) < 0 ||
		    compare(&files, &rows, &done, e) < 0)
			return -1;
		want = files.n;
	} else {
		while (done < rows.n && rows.list[done].finished)
			done++;
	}
	if (done == want && rows.n == want)
		return 0;
	return err_set(e, ERR_CONFLICT,
	    "the schema is at version %zu, this program needs %zu; "
	    "run exregctl migrate",
	    done, want);
}
