/*
 * The plan first, in memory; then the organisation's rows; then exception
 * by exception into buffers of all tables at once. A large register is
 * written by two processes, each some of the tables, which both make every
 * case again from the plan: that keeps two cores busy and the result the
 * same.
 */
#include "app/sample.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/sample_catalogue.h"
#include "app/sample_indexes.h"
#include "app/sample_tables.h"

#define COMMIT_EVERY 10000 /* exceptions */

/* One process of the load. */
struct load {
	struct sample *s;
	const struct sample_plan *plan;
	struct db *db;
	struct arena arena;
	struct sample_writer writer;
	struct table_indexes indexes[TABLE__MAX];
	int part; /* 0, 1, or -1: all tables */
};

static struct db *
connect_owner(const struct db_config *cfg, struct arena *a, struct err *e)
{
	struct db *db = db_open(cfg, NULL, 0);

	db_set_arena(db, a);
	if (db_ready(db, e) == 0 &&
	    db_text(db,
		"SET foreign_key_checks = 0, unique_checks = 0,"
		" autocommit = 0, max_statement_time = 0",
		NULL, NULL, e) == 0)
		return db;
	db_close(db);
	return NULL;
}

static int
found_row(void *arg, size_t n, const char **names, const char **values,
    struct err *e)
{
	bool *found = arg;

	(void)n;
	(void)names;
	(void)e;
	*found = *found || strcmp(values[0], "1") == 0;
	return 0;
}

static int
must_be_empty(struct db *db, struct err *e)
{
	bool found = false;

	if (db_text(db,
		"SELECT EXISTS (SELECT 1 FROM exception)"
		" OR EXISTS (SELECT 1 FROM person)"
		" OR EXISTS (SELECT 1 FROM document)"
		" OR EXISTS (SELECT 1 FROM audit_event)",
		found_row, &found, e) < 0)
		return -1;
	if (found)
		return err_set(e, ERR_CONFLICT,
		    "The database holds something already; sample data goes "
		    "into an empty one only.");
	return 0;
}

static void
progress(const struct load *l, size_t done)
{
	size_t step = l->plan->n / 10 + 1;

	if (l->s->count >= SAMPLE_LARGE && l->part != 1 && done % step == 0)
		fprintf(stderr, "sample: %zu of %zu exceptions\n", done,
		    l->plan->n);
}

static bool
is_mine(const struct load *l, size_t table)
{
	return l->part < 0 || sample_tables[table].writer == l->part;
}

static int
open_tables(struct load *l, struct err *e)
{
	struct sample_writer *w = &l->writer;

	w->s = l->s;
	w->plan = l->plan;
	w->first_year = (int)(l->plan->ids[0] / NUMBER_YEAR);
	arena_init(&w->scratch);
	for (size_t i = 0; i < TABLE__MAX; i++) {
		if (!is_mine(l, i))
			continue;
		rows_open(&w->tables[i], l->db, &l->arena,
		    sample_tables[i].table, sample_tables[i].columns);
		if (l->s->count >= SAMPLE_LARGE &&
		    indexes_drop(l->db, sample_tables[i].table, &l->arena,
			&l->indexes[i], e) < 0)
			return -1;
	}
	return 0;
}

static int
write_all(struct load *l, struct err *e)
{
	for (size_t i = 0; i < l->plan->n; i++) {
		if (sample_write(&l->writer, i, e) < 0)
			return -1;
		if ((i + 1) % COMMIT_EVERY == 0 &&
		    db_text(l->db, "COMMIT", NULL, NULL, e) < 0)
			return -1;
		progress(l, i + 1);
	}
	for (size_t i = 0; i < TABLE__MAX; i++)
		if (rows_close(&l->writer.tables[i], e) < 0)
			return -1;
	return db_text(l->db, "COMMIT", NULL, NULL, e);
}

static int
close_tables(struct load *l, struct err *e)
{
	for (size_t i = 0; i < TABLE__MAX; i++) {
		const char *table = sample_tables[i].table;

		if (!is_mine(l, i))
			continue;
		if (l->s->count >= SAMPLE_LARGE)
			fprintf(stderr, "sample: indexes of %s, %lld rows\n",
			    table, (long long)l->writer.tables[i].total);
		if (indexes_restore(l->db, &l->indexes[i], e) < 0 ||
		    db_text(l->db,
			arena_printf(&l->arena, "ANALYZE TABLE %s", table),
			NULL, NULL, e) < 0)
			return -1;
	}
	return 0;
}

static int
run_part(struct load *l, const struct db_config *cfg, struct err *e)
{
	int result = -1;

	arena_init(&l->arena);
	l->db = connect_owner(cfg, &l->arena, e);
	if (l->db != NULL && open_tables(l, e) == 0 && write_all(l, e) == 0)
		result = close_tables(l, e);
	db_close(l->db);
	arena_release(&l->writer.scratch);
	arena_release(&l->arena);
	return result;
}

static void
become_second_part(struct load *l, const struct db_config *cfg)
{
	struct err e = { 0 };
	int result;

	l->part = 1;
	result = run_part(l, cfg, &e);
	if (result < 0)
		command_failed(&e);
	_exit(result < 0 ? 1 : 0);
}

static int
run_parts(struct load *l, const struct db_config *cfg, struct err *e)
{
	int status = -1;
	int result;
	pid_t pid;

	if (l->s->count < SAMPLE_LARGE)
		return run_part(l, cfg, e);
	pid = fork();
	if (pid < 0)
		return err_set(e, ERR_INTERNAL, "No second process.");
	if (pid == 0)
		become_second_part(l, cfg);
	l->part = 0;
	result = run_part(l, cfg, e);
	if (waitpid(pid, &status, 0) != pid || status != 0)
		return err_set(e, ERR_INTERNAL, "A part of the load failed.");
	return result;
}

/* Numbers go on where the sample ends; workers read everything again. */
static int
write_counters(const struct load *l, struct db *db, struct arena *a,
    struct err *e)
{
	const struct sample_writer *w = &l->writer;

	for (int i = 0; i < SAMPLE_YEARS; i++) {
		const char *sql = arena_printf(a,
		    "INSERT INTO exception_number (year, last)"
		    " SELECT %d, %lld FROM dual WHERE %lld > 0",
		    w->first_year + i, (long long)w->exceptions[i],
		    (long long)w->exceptions[i]);
		const char *risks = arena_printf(a,
		    "INSERT INTO risk_number (year, last)"
		    " SELECT %d, %lld FROM dual WHERE %lld > 0",
		    w->first_year + i, (long long)w->risks[i],
		    (long long)w->risks[i]);

		if (db_text(db, sql, NULL, NULL, e) < 0 ||
		    db_text(db, risks, NULL, NULL, e) < 0)
			return -1;
	}
	if (db_text(db, "UPDATE epoch SET value = value + 1", NULL, NULL, e) <
	    0)
		return -1;
	return db_text(db, "COMMIT", NULL, NULL, e);
}

static int
load_rows(const struct db_config *cfg, struct sample *s,
    const struct sample_plan *plan, struct err *e)
{
	struct load load = { .s = s, .plan = plan, .part = -1 };
	struct db *db = connect_owner(cfg, s->arena, e);
	int result = -1;

	if (db == NULL)
		return -1;
	if (must_be_empty(db, e) == 0 &&
	    sample_catalogue_write(s, db, e) == 0 &&
	    db_text(db, "COMMIT", NULL, NULL, e) == 0) {
		/* a long load must not meet an idle time-out */
		db_close(db);
		db = NULL;
		if (run_parts(&load, cfg, e) == 0 &&
		    (db = connect_owner(cfg, s->arena, e)) != NULL)
			result = write_counters(&load, db, s->arena, e);
	}
	db_close(db);
	return result;
}

int
sample_run(const struct db_config *cfg, struct sample *s, struct err *e)
{
	struct sample_plan plan;

	if (sample_load(s, e) < 0)
		return -1;
	if (s->count > 0)
		sample_grow(s);
	if (sample_resolve(s, e) < 0)
		return -1;
	sample_plan_make(s, &plan);
	return load_rows(cfg, s, &plan, e);
}
