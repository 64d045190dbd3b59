/*
 * The store gives the rows in order; here they learn the words of their
 * procedure, each of which is looked up once a page.
 */
#include "api/queue.h"

#include "api/page.h"
#include "api/procedure_shelf.h"
#include "store/queue_store.h"

struct queue_in {
	enum queue_sort sort;
	int64_t limit;
	const char *cursor;
};

struct queue_list {
	struct queue_row *items;
	size_t nitems;
	const char *next_cursor;
	int64_t total;
};

/* clang-format off */
static const struct field queue_in_fields[] = {
	F_ENUM(queue_in, sort, queue_sort, .flags = FIELD_QUERY, .doc = "What stands on top: due first, or the highest risk"),
	PAGE_LIMIT(queue_in),
	PAGE_CURSOR(queue_in),
};
const struct schema queue_in_schema = SCHEMA(queue_in, queue_in_fields, "Which part of the queue");

static const struct field queue_list_fields[] = {
	F_ARRAY(queue_list, items, queue_row, .doc = "Requests that wait for a role of the reader"),
	F_STR(queue_list, next_cursor, .flags = FIELD_NULLABLE, .doc = "Where the next page starts; null on the last one"),
	F_I64(queue_list, total, .doc = "Length of the queue, at most 1000"),
};
const struct schema queue_list_schema = SCHEMA(queue_list, queue_list_fields, "The review queue");
/* clang-format on */

_Static_assert(PAGE_MAX <= QUEUE_PAGE_MAX, "a page fits into a stream");

/* Procedures of this page. */
struct known {
	const struct procedure *procedures;
	size_t n;
};

static const struct procedure *
recall(const struct known *k, int64_t id)
{
	for (size_t i = 0; i < k->n; i++) {
		if (k->procedures[i].id == id)
			return &k->procedures[i];
	}
	return NULL;
}

static void
finish(struct ctx *c, struct queue_row *row, const struct procedure *p)
{
	const struct stage *s = procedure_stage(p, row->stage);

	row->number = exception_number(c->arena, row->id);
	row->band = risk_band_of(row->risk);
	row->stage_title = s != NULL ? s->title : NULL;
	row->findings_owed = s != NULL ? (int64_t)s->nfindings : 0;
	row->due_on =
	    row->stage_due_on < DATE_MAX ? row->stage_due_on : DATE_NONE;
	row->overdue_days = row->stage_due_on < c->today ?
	    (int64_t)c->today - row->stage_due_on :
	    I64_NONE;
}

int
queue_rows_finish(struct ctx *c, struct queue_row *rows, size_t n,
    struct err *e)
{
	struct procedure *all = arena_array(c->arena, n, sizeof(*all));
	struct known known = { all, 0 };

	for (size_t i = 0; i < n; i++) {
		const struct procedure *p =
		    recall(&known, rows[i].procedure_id);

		if (p == NULL) {
			if (procedure_shelf_get(c->procedures, c->db, c->arena,
				rows[i].procedure_id, &all[known.n], e) < 0)
				return -1;
			p = &all[known.n++];
		}
		finish(c, &rows[i], p);
	}
	return 0;
}

/* The word in the cursor: a place in one order means nothing in another. */
static const char *
list_name(struct ctx *c, enum queue_sort sort)
{
	return arena_printf(c->arena, "queue-%s", queue_sort_names[sort]);
}

int
queue_list(struct ctx *c, struct err *e)
{
	const struct queue_in *in = c->in;
	enum queue_sort sort =
	    in->sort != QUEUE_SORT__INVALID ? in->sort : QUEUE_BY_DUE;
	const char *list = list_name(c, sort);
	struct queue_list out = { 0 };
	struct queue_place place;
	struct cursor after;
	bool more = false;

	if (page_place(c, list, in->cursor, &after, e) < 0)
		return -1;
	place = (struct queue_place){ after.key, after.id };
	if (queue_store_page(c->db, c->arena, &c->who, sort,
		in->cursor != NULL ? &place : NULL, page_size(in->limit),
		&out.items, &out.nitems, &more, e) < 0 ||
	    queue_rows_finish(c, out.items, out.nitems, e) < 0 ||
	    queue_store_count(c->db, c->arena, &c->who, &out.total, e) < 0)
		return -1;
	if (more) {
		place = queue_place_of(sort, &out.items[out.nitems - 1]);
		out.next_cursor = page_next(c, list, place.key, place.id);
	}
	return reply(c, 200, &out);
}
