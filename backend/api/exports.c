/*
 * The file is whole before the answer begins, so a failure is still a
 * problem and a cut is visible to the client. All rows come from one
 * snapshot: the transaction's first read makes it, under an account that
 * may read and append audit events, nothing else.
 */
#include "api/exports.h"

#include "api/audit_trail.h"
#include "api/register.h"
#include "export/csv.h"
#include "export/spool.h"
#include "store/register_store.h"

/* clang-format off */
static const struct field export_file_fields[] = {
	F_STR(export_file, name, .doc = "Name it is saved under"),
	F_STR(export_file, href, .doc = "Where it can be fetched for an hour"),
	F_I64(export_file, rows, .doc = "Rows below the heading"),
	F_I64(export_file, bytes, .doc = "Size"),
};
const struct schema export_file_schema = SCHEMA(export_file, export_file_fields, "A file that was made");

static const struct field export_path_fields[] = {
	F_STR(export_path, file, .flags = FIELD_PATH | FIELD_REQUIRED, .max = SPOOL_NAME, .doc = "Name in the spool"),
};
const struct schema export_path_schema = SCHEMA(export_path, export_path_fields, "A file that was made");
/* clang-format on */

struct writer {
	struct ctx *c;
	const struct register_view *view;
	struct csv *csv;
	int64_t rows;
};

static int
write_row(void *arg, const struct register_row *row, struct err *e)
{
	struct writer *w = arg;
	struct arena_mark mark = arena_mark(w->c->arena);
	struct register_item item;
	int result;

	if (w->rows++ == w->c->app->export_max_rows)
		return err_set(e, ERR_INVALID,
		    "The list has more than %lld rows. Narrow it with a "
		    "filter and export again.",
		    (long long)w->c->app->export_max_rows);
	item = register_item_of(w->c->arena, w->view, row);
	result = csv_row(w->csv, &register_csv_schema, &item, e);
	arena_rewind(w->c->arena, mark);
	return result;
}

static int
write_file(struct writer *w, const struct register_filter *f,
    struct spool *spool, struct err *e)
{
	struct ctx *c = w->c;
	const struct register_source source = { c->db, c->names, c->arena,
		REGISTER_GLANCE };

	csv_begin(w->csv, spool_write, spool);
	if (csv_header(w->csv, &register_csv_schema, e) < 0 ||
	    register_store_each(&source, f, w->view,
		c->app->export_max_rows + 1, write_row, w, e) < 0)
		return -1;
	return csv_end(w->csv, e);
}

/* Who took what with them. */
static int
leave_trace(struct ctx *c, int64_t rows, const struct spool *spool,
    struct err *e)
{
	const struct audit_fact fact = {
		.action = "register.export",
		.object_type = "register",
		.object_id = I64_NONE,
		.object = "register.csv",
		.detail = arena_printf(c->arena,
		    "Exported %lld rows (%lld bytes) as CSV.", (long long)rows,
		    (long long)spool->bytes),
		.row_version = -1,
		.content_version = -1,
	};

	return audit_add(c, &fact, e);
}

/* Only who made it may fetch it: the name says whose it is. */
static const char *
suffix_of(struct ctx *c)
{
	return arena_printf(c->arena, "-%lld.csv", (long long)c->who.person_id);
}

static const char *
saved_as(struct ctx *c)
{
	char day[11];

	date_format(c->today, day);
	return arena_printf(c->arena, "exceptions-%s.csv", day);
}

static int
send(struct ctx *c, const char *name)
{
	c->res->status = 200;
	c->res->content_type = "text/csv; charset=utf-8; header=present";
	c->res->sendfile = arena_printf(c->arena, "/spool/%s", name);
	response_header(c->res, "Content-Disposition",
	    arena_printf(c->arena, "attachment; filename=\"%s\"", saved_as(c)));
	return 0;
}

static int
make(struct ctx *c, struct export_file *out, const char **name, struct err *e)
{
	struct register_filter f;
	struct register_view v;
	struct spool spool;
	struct writer w = { .c = c, .view = &v };

	if (register_ask(c, c->in, &f, &v, e) < 0 ||
	    spool_open(&spool, c->app->spool_dir, suffix_of(c), e) < 0)
		return -1;
	w.csv = ARENA_NEW(c->arena, struct csv);
	if (write_file(&w, &f, &spool, e) < 0 ||
	    leave_trace(c, w.rows, &spool, e) < 0) {
		spool_drop(&spool);
		return -1;
	}
	if (spool_keep(&spool, e) < 0)
		return -1;
	*name = arena_strdup(c->arena, spool.name);
	*out = (struct export_file){ .name = saved_as(c),
		.href =
		    arena_printf(c->arena, "/api/v1/exports/files/%s", *name),
		.rows = w.rows,
		.bytes = spool.bytes };
	return 0;
}

int
export_register_csv(struct ctx *c, struct err *e)
{
	struct export_file file;
	const char *name = NULL;

	if (make(c, &file, &name, e) < 0)
		return -1;
	return send(c, name);
}

int
export_register_make(struct ctx *c, struct err *e)
{
	struct export_file file;
	const char *name = NULL;

	if (make(c, &file, &name, e) < 0)
		return -1;
	response_header(c->res, "Location", file.href);
	return reply(c, 201, &file);
}

int
export_fetch(struct ctx *c, struct err *e)
{
	const struct export_path *in = c->in;

	if (!spool_has(c->app->spool_dir, in->file, suffix_of(c)))
		return err_set(e, ERR_NOT_FOUND,
		    "The file is no longer there. Export again.");
	return send(c, in->file);
}
