/*
 * Each figure is the length of a register list, so a link from it shows
 * exactly these rows. A table by unit shows the units below the one asked
 * for; the largest stay when there are many.
 */
#include "api/dashboard.h"

#include <stdlib.h>

#include "store/dashboard_store.h"
#include "store/names.h"

#define ROWS_MAX 50

struct dashboard_in {
	const char *unit;
	const char *document;
};

struct document_figures {
	const char *key;
	const char *title;
	int64_t active;
	int64_t waiting;
	int64_t ending_30;
	int64_t expired_30;
};

struct unit_figures {
	const char *code;
	const char *name;
	int64_t active;
	int64_t waiting;
	int64_t ending_30;
	int64_t expired_30;
};

struct dashboard {
	instant_t as_of;
	date_t today;
	int64_t active;
	int64_t waiting;
	int64_t ending_30;
	int64_t expired_30;
	int64_t undocumented;
	struct document_figures *by_document;
	size_t nby_document;
	struct unit_figures *by_unit;
	size_t nby_unit;
};

/* clang-format off */
#define ACTIVE_DOC "In effect today: the register with status=active"
#define WAITING_DOC "Not decided: status=in_review,returned"
#define ENDING_DOC "In effect and about to end: status=expiring"
#define EXPIRED_DOC "Ended in the last 30 days: status=expired and expires_from 30 days ago"

static const struct field dashboard_in_fields[] = {
	F_STR(dashboard_in, unit, .flags = FIELD_QUERY, .max = 32, .doc = "Code of a unit; the units below it count"),
	F_STR(dashboard_in, document, .flags = FIELD_QUERY, .max = 32, .doc = "Key of a document"),
};
const struct schema dashboard_in_schema = SCHEMA(dashboard_in, dashboard_in_fields, "Which part of the organisation");

static const struct field document_figures_fields[] = {
	F_STR(document_figures, key, .doc = "Document"),
	F_STR(document_figures, title, .doc = "Its title"),
	F_I64(document_figures, active, .doc = ACTIVE_DOC),
	F_I64(document_figures, waiting, .doc = WAITING_DOC),
	F_I64(document_figures, ending_30, .doc = ENDING_DOC),
	F_I64(document_figures, expired_30, .doc = EXPIRED_DOC),
};
static const struct schema document_figures_schema =
	SCHEMA(document_figures, document_figures_fields, "Figures of one document");

static const struct field unit_figures_fields[] = {
	F_STR(unit_figures, code, .doc = "Unit"),
	F_STR(unit_figures, name, .doc = "Its name"),
	F_I64(unit_figures, active, .doc = ACTIVE_DOC),
	F_I64(unit_figures, waiting, .doc = WAITING_DOC),
	F_I64(unit_figures, ending_30, .doc = ENDING_DOC),
	F_I64(unit_figures, expired_30, .doc = EXPIRED_DOC),
};
static const struct schema unit_figures_schema =
	SCHEMA(unit_figures, unit_figures_fields, "Figures of one unit and those below it");

static const struct field dashboard_fields[] = {
	F_TIME(dashboard, as_of, .doc = "When it was read"),
	F_DATE(dashboard, today, .doc = "The day the statuses are computed for"),
	F_I64(dashboard, active, .doc = ACTIVE_DOC),
	F_I64(dashboard, waiting, .doc = WAITING_DOC),
	F_I64(dashboard, ending_30, .doc = ENDING_DOC),
	F_I64(dashboard, expired_30, .doc = EXPIRED_DOC),
	F_I64(dashboard, undocumented, .doc = "Imported and still to be completed: status=all and undocumented=true (M-28)"),
	F_ARRAY(dashboard, by_document, document_figures, .doc = "Documents with exceptions, the largest first, at most 50"),
	F_ARRAY(dashboard, by_unit, unit_figures, .doc = "Units with exceptions by code, the 50 largest"),
};
const struct schema dashboard_schema = SCHEMA(dashboard, dashboard_fields, "How the register stands");
/* clang-format on */

/* A name with its figures, while the largest are chosen. */
struct line {
	const struct named_row *name;
	struct figures figures;
	size_t at; /* in the order of the names */
};

static int64_t
size_of(const struct figures *f)
{
	/* What is ending is active as well. */
	return f->active + f->waiting + f->expired_30;
}

static int
by_size(const void *a, const void *b)
{
	const struct line *x = a;
	const struct line *y = b;
	int64_t i = size_of(&x->figures);
	int64_t j = size_of(&y->figures);

	if (i != j)
		return i < j ? 1 : -1;
	return (x->at > y->at) - (x->at < y->at);
}

static int
by_place(const void *a, const void *b)
{
	const struct line *x = a;
	const struct line *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* The largest names with figures; in order of size. */
static int
count_lines(struct ctx *c, const struct register_filter *f,
    const struct register_view *v, enum dimension d,
    const struct named_row *names, size_t n, struct line **lines,
    size_t *nlines, struct err *e)
{
	struct figures *figures = arena_array(c->arena, n, sizeof(*figures));
	struct line *all = arena_array(c->arena, n, sizeof(*all));
	size_t kept = 0;

	if (dashboard_store_values(c->db, c->arena, f, v, d, names, n, figures,
		e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (size_of(&figures[i]) > 0)
			all[kept++] = (struct line){ &names[i], figures[i], i };
	if (kept > 1)
		qsort(all, kept, sizeof(*all), by_size);
	*lines = all;
	*nlines = kept < ROWS_MAX ? kept : ROWS_MAX;
	return 0;
}

static int
count_documents(struct ctx *c, struct register_filter f,
    const struct register_view *v, struct dashboard *out, struct err *e)
{
	struct named_row *names;
	struct line *lines;
	size_t n, kept = 0;

	if (dashboard_store_documents(c->db, &names, &n, e) < 0)
		return -1;
	/* One document is the only row then. */
	for (size_t i = 0; i < n; i++)
		if (f.document_id == 0 || names[i].id == f.document_id)
			names[kept++] = names[i];
	f.document_id = 0;
	if (count_lines(c, &f, v, DIMENSION_DOCUMENT, names, kept, &lines,
		&out->nby_document, e) < 0)
		return -1;
	out->by_document =
	    arena_array(c->arena, out->nby_document, sizeof(*out->by_document));
	for (size_t i = 0; i < out->nby_document; i++)
		out->by_document[i] = (struct document_figures){
			.key = lines[i].name->key,
			.title = lines[i].name->name,
			.active = lines[i].figures.active,
			.waiting = lines[i].figures.waiting,
			.ending_30 = lines[i].figures.ending_30,
			.expired_30 = lines[i].figures.expired_30,
		};
	return 0;
}

static int
count_units(struct ctx *c, struct register_filter f,
    const struct register_view *v, struct dashboard *out, struct err *e)
{
	struct named_row *names;
	struct line *lines;
	size_t n;

	if (dashboard_store_units(c->db, f.unit_id, &names, &n, e) < 0)
		return -1;
	/* What is below the unit is in it. */
	f.unit_id = 0;
	if (count_lines(c, &f, v, DIMENSION_UNIT, names, n, &lines,
		&out->nby_unit, e) < 0)
		return -1;
	if (out->nby_unit > 1)
		qsort(lines, out->nby_unit, sizeof(*lines), by_place);
	out->by_unit =
	    arena_array(c->arena, out->nby_unit, sizeof(*out->by_unit));
	for (size_t i = 0; i < out->nby_unit; i++)
		out->by_unit[i] = (struct unit_figures){
			.code = lines[i].name->key,
			.name = lines[i].name->name,
			.active = lines[i].figures.active,
			.waiting = lines[i].figures.waiting,
			.ending_30 = lines[i].figures.ending_30,
			.expired_30 = lines[i].figures.expired_30,
		};
	return 0;
}

/* Keys into ids. */
static int
ask(struct ctx *c, struct register_filter *f, struct err *e)
{
	const struct dashboard_in *in = c->in;
	int found;

	register_filter_init(f);
	if (in->unit != NULL) {
		found = names_unit(c->names, c->db, in->unit, &f->unit_id, e);
		if (found < 0)
			return -1;
		if (found == 0)
			err_field(e, c->arena, "?unit", "is not known");
	}
	if (in->document != NULL) {
		found = names_document(c->names, c->db, in->document,
		    &f->document_id, e);
		if (found < 0)
			return -1;
		if (found == 0)
			err_field(e, c->arena, "?document", "is not known");
	}
	return e->kind == ERR_NONE ? 0 : -1;
}

int
dashboard_get(struct ctx *c, struct err *e)
{
	struct dashboard out = { .as_of = c->now, .today = c->today };
	struct register_filter f;
	struct register_view v =
	    register_view_of(c->arena, &c->who, c->today, c->app->notice_days);
	struct figures all = { 0 };

	if (ask(c, &f, e) < 0 ||
	    dashboard_store_totals(c->db, c->arena, &f, &v, &all, e) < 0 ||
	    count_documents(c, f, &v, &out, e) < 0 ||
	    count_units(c, f, &v, &out, e) < 0)
		return -1;
	out.active = all.active;
	out.waiting = all.waiting;
	out.ending_30 = all.ending_30;
	out.expired_30 = all.expired_30;
	out.undocumented = all.undocumented;
	return reply(c, 200, &out);
}
