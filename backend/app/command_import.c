/*
 * exregctl import FILE [--map MAP] [--dry-run] [--skip-faulty]
 * [--format text|json]: check all of it, tell every fault, then write.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/commands.h"
#include "app/import.h"
#include "app/sql_script.h"
#include "db/db.h"
#include "json/json_write.h"

struct options {
	const char *file;
	const char *map;
	bool dry_run;
	bool skip_faulty;
	bool json;
};

static int
usage(void)
{
	fprintf(stderr,
	    "usage: exregctl -c FILE import CSV [--map MAP.json] [--dry-run]"
	    " [--skip-faulty]\n"
	    "                               [--format text|json]\n");
	return 2;
}

static int
read_options(const struct command_call *call, struct options *o)
{
	static const struct option options[] = {
		{ "map", required_argument, NULL, 'm' },
		{ "dry-run", no_argument, NULL, 'd' },
		{ "skip-faulty", no_argument, NULL, 's' },
		{ "format", required_argument, NULL, 'f' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	optind = 0; /* the command line was read up to here already */
	while ((option = getopt_long(call->argc + 1, call->argv - 1, "",
		    options, NULL)) != -1) {
		if (option == 'm')
			o->map = optarg;
		else if (option == 'd')
			o->dry_run = true;
		else if (option == 's')
			o->skip_faulty = true;
		else if (option == 'f' && strcmp(optarg, "json") == 0)
			o->json = true;
		else if (option != 'f' || strcmp(optarg, "text") != 0)
			return -1;
	}
	if (optind != call->argc)
		return -1;
	o->file = call->argv[optind - 1];
	return 0;
}

static int
read_file(void *arg, void *buf, size_t n, struct err *e)
{
	size_t got = fread(buf, 1, n, arg);

	if (got == 0 && ferror((FILE *)arg))
		return err_set(e, ERR_INTERNAL, "The file cannot be read.");
	return (int)got;
}

static int
read_map(struct importer *im, const struct options *o, struct err *e)
{
	const char *text;
	size_t len;

	if (o->map == NULL) {
		import_map_own(&im->map);
		return 0;
	}
	if (sql_file_read(o->map, im->arena, &text, &len, e) < 0)
		return -1;
	return import_map_read(im->arena, text, len, &im->map, e);
}

/* From the beginning, up to the row behind the heading. */
static int
begin_pass(struct importer *im, FILE *file, struct err *e)
{
	int found;

	im->nrows = 0;
	memset(im->count, 0, sizeof(im->count));
	import_seen_reset(&im->seen);
	if (fseek(file, 0, SEEK_SET) != 0)
		return err_set(e, ERR_INTERNAL,
		    "The file cannot be read twice: it must be a plain file.");
	if (csv_reader_begin(im->reader, read_file, file, im->map.separator,
		e) < 0)
		return -1;
	found = csv_reader_next(im->reader, e);
	if (found == 0)
		return err_set(e, ERR_INVALID, "row 1: the file is empty");
	if (found < 0 ||
	    (im->map.own ?
		    import_own_bind(im->reader, im->own_places, e) :
		    import_map_bind(&im->map, im->reader, im->places, e)) < 0)
		return -1;
	memset(im->headings, 0, sizeof(im->headings));
	for (size_t i = 0; i < im->reader->ncells; i++)
		im->headings[i] = arena_strdup(im->arena, im->reader->cells[i]);
	return 0;
}

/* The next row, checked. 1, 0 at the end, -1 with e set. */
static int
next_row(struct importer *im, struct arena *a, struct import_row *row,
    struct err *e)
{
	int found = csv_reader_next(im->reader, e);

	if (found <= 0)
		return found;
	if (++im->nrows > IMPORT_ROWS_MAX)
		return err_set(e, ERR_INVALID,
		    "The file has more than %d rows: divide it.",
		    IMPORT_ROWS_MAX);
	if ((im->map.own ? import_check_own : import_check)(im, a, row, e) < 0)
		return -1;
	im->count[row->kind]++;
	return 1;
}

static int
check_pass(struct importer *im, FILE *file, struct err *e)
{
	struct import_row row;
	struct arena a;
	int found = 1;

	arena_init(&a);
	db_set_arena(im->db, &a);
	if (begin_pass(im, file, e) < 0)
		found = -1;
	while (found == 1) {
		arena_reset(&a);
		found = next_row(im, &a, &row, e);
	}
	db_set_arena(im->db, im->arena);
	arena_release(&a);
	return found;
}

struct writing {
	struct importer *im;
	struct import_row rows[IMPORT_BATCH];
	size_t n;
	struct arena batch; /* of the rows */
	struct arena work;  /* of the statements */
	int64_t written, all;
	bool tells;
};

static int
flush(struct writing *w, struct err *e)
{
	if (import_write(w->im, w->rows, w->n, &w->work, e) < 0)
		return -1;
	w->written += (int64_t)w->n;
	if (w->tells && w->n > 0)
		fprintf(stderr, "imported %lld of %lld\n",
		    (long long)w->written, (long long)w->all);
	w->n = 0;
	arena_reset(&w->work);
	arena_reset(&w->batch);
	db_set_arena(w->im->db, &w->batch);
	return 0;
}

static int
write_rows(struct writing *w, FILE *file, bool skip, struct err *e)
{
	int found;

	db_set_arena(w->im->db, &w->batch);
	if (begin_pass(w->im, file, e) < 0)
		return -1;
	while ((found = next_row(w->im, &w->batch, &w->rows[w->n], e)) == 1) {
		enum import_kind kind = w->rows[w->n].kind;

		if (kind == IMPORT_FAULTY && !skip)
			return err_set(e, ERR_CONFLICT,
			    "The file or the register changed meanwhile. "
			    "Import again: what is there stays as it is.");
		if (kind == IMPORT_NEW || kind == IMPORT_DRAFT)
			w->n++;
		if (w->n == IMPORT_BATCH && flush(w, e) < 0)
			return -1;
	}
	return found < 0 ? -1 : flush(w, e);
}

/* A second importer: faults were told by the first pass. */
static int
write_pass(struct importer *first, FILE *file, const struct options *o,
    struct err *e)
{
	struct importer im = *first;
	struct writing *w = ARENA_NEW(im.arena, struct writing);
	int result;

	im.nfaults = IMPORT_FAULTS_SHOWN;
	w->im = &im;
	w->all = first->count[IMPORT_NEW] + first->count[IMPORT_DRAFT];
	w->tells = w->all > IMPORT_BATCH;
	arena_init(&w->batch);
	arena_init(&w->work);
	result = write_rows(w, file, o->skip_faulty, e);
	db_set_arena(im.db, im.arena);
	first->seen = im.seen; /* it may have grown */
	arena_release(&w->batch);
	arena_release(&w->work);
	return result;
}

static int64_t
shown_of(const struct importer *im)
{
	return im->nfaults < IMPORT_FAULTS_SHOWN ? im->nfaults :
						   IMPORT_FAULTS_SHOWN;
}

static void
print_text(const struct importer *im, bool wrote)
{
	int64_t shown = shown_of(im);

	for (int64_t i = 0; i < shown; i++) {
		const struct import_fault *f = &im->faults[i];

		printf("row %lld%s%s: %s\n", (long long)f->row,
		    f->column != NULL ? ", " : "",
		    f->column != NULL ? f->column : "", f->detail);
	}
	if (im->nfaults > shown)
		printf("and %lld faults more\n",
		    (long long)(im->nfaults - shown));
	printf("%lld rows: %lld %s, %lld as drafts, %lld unchanged, "
	       "%lld faulty%s\n",
	    (long long)im->nrows, (long long)im->count[IMPORT_NEW],
	    wrote ? "imported" : "new", (long long)im->count[IMPORT_DRAFT],
	    (long long)im->count[IMPORT_UNCHANGED],
	    (long long)im->count[IMPORT_FAULTY],
	    wrote ? "" : "; nothing was written");
}

static void
print_json(const struct importer *im, bool wrote)
{
	int64_t shown = shown_of(im);
	struct json_writer w;
	struct buf b;

	buf_init(&b, im->arena);
	json_begin(&w, &b);
	json_object(&w, NULL);
	json_bool(&w, "written", wrote);
	json_i64(&w, "rows", im->nrows);
	json_i64(&w, "new", im->count[IMPORT_NEW]);
	json_i64(&w, "drafts", im->count[IMPORT_DRAFT]);
	json_i64(&w, "unchanged", im->count[IMPORT_UNCHANGED]);
	json_i64(&w, "faulty", im->count[IMPORT_FAULTY]);
	json_i64(&w, "faults_not_shown", im->nfaults - shown);
	json_array(&w, "faults");
	for (int64_t i = 0; i < shown; i++) {
		json_object(&w, NULL);
		json_i64(&w, "row", im->faults[i].row);
		json_str(&w, "column", im->faults[i].column);
		json_str(&w, "detail", im->faults[i].detail);
		json_end(&w);
	}
	json_end(&w);
	json_end(&w);
	json_finish(&w);
	printf("%s\n", buf_text(&b));
}

/* Returns the exit status. */
static int
import_file(struct importer *im, FILE *file, const struct options *o,
    struct err *e)
{
	bool writes;

	if (read_map(im, o, e) < 0 || check_pass(im, file, e) < 0) {
		for (size_t i = 0; i < e->nfields; i++)
			fprintf(stderr, "%s: %s %s\n", o->map,
			    e->fields[i].pointer, e->fields[i].detail);
		return e->nfields > 0 ? 1 : command_failed(e);
	}
	writes = !o->dry_run && (im->nfaults == 0 || o->skip_faulty);
	if (writes && !im->map.own && write_pass(im, file, o, e) < 0)
		return command_failed(e);
	(o->json ? print_json : print_text)(im, writes);
	return im->nfaults > 0 && !writes;
}

static int
import_into(const struct command_call *call, struct config *cfg,
    const struct options *o, struct err *e)
{
	FILE *file = fopen(o->file, "rb");
	struct importer im = { .arena = call->arena, .origin = cfg->origin };
	struct timespec t;
	int status = 1;

	if (file == NULL) {
		err_set(e, ERR_INTERNAL, "%.200s cannot be read.", o->file);
		return command_failed(e);
	}
	im.db = command_db(call, cfg, &cfg->owner);
	if (im.db != NULL) {
		clock_gettime(CLOCK_REALTIME, &t);
		im.now = t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000;
		im.today = date_of_instant(im.now);
		im.reader = ARENA_NEW(call->arena, struct csv_reader);
		im.names = import_names_open(im.db, call->arena);
		status = import_file(&im, file, o, e);
		import_seen_release(&im.seen);
	}
	db_close(im.db);
	fclose(file);
	return status;
}

int
command_import(const struct command_call *call)
{
	struct options o = { 0 };
	struct err e = { 0 };
	struct config cfg;
	int status;

	if (read_options(call, &o) < 0)
		return usage();
	if (command_load(call, USE_OWNER, &cfg) < 0)
		return 1;
	config_set_zone(&cfg);
	status = import_into(call, &cfg, &o, &e);
	config_release(&cfg);
	return status;
}
