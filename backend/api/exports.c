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

static int
send(struct ctx *c, const struct spool *spool)
{
	char day[11];

	date_format(c->today, day);
	c->res->status = 200;
	c->res->content_type = "text/csv; charset=utf-8; header=present";
	c->res->sendfile = arena_printf(c->arena, "/spool/%s", spool->name);
	response_header(c->res, "Content-Disposition",
	    arena_printf(c->arena, "attachment; filename=\"exceptions-%s.csv\"",
		day));
	return 0;
}

int
export_register_csv(struct ctx *c, struct err *e)
{
	struct register_filter f;
	struct register_view v;
	struct spool spool;
	struct writer w = { .c = c, .view = &v };

	if (register_ask(c, c->in, &f, &v, e) < 0 ||
	    spool_open(&spool, c->app->spool_dir, ".csv", e) < 0)
		return -1;
	w.csv = ARENA_NEW(c->arena, struct csv);
	if (write_file(&w, &f, &spool, e) < 0 ||
	    leave_trace(c, w.rows, &spool, e) < 0) {
		spool_drop(&spool);
		return -1;
	}
	if (spool_keep(&spool, e) < 0)
		return -1;
	return send(c, &spool);
}
