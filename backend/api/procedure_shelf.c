/*
 * Nothing is ever taken off, so what was handed out stays good; what comes
 * when the shelf is full lives on the request's arena as it always did.
 */
#include "api/procedure_shelf.h"

#include <string.h>

#include "api/procedure_view.h"
#include "store/catalogue_store.h"

void
procedure_shelf_init(struct procedure_shelf *s)
{
	memset(s, 0, sizeof(*s));
	arena_init(&s->arena);
}

void
procedure_shelf_release(struct procedure_shelf *s)
{
	arena_release(&s->arena);
	s->n = 0;
}

static int
read_row(struct db *db, int64_t id, struct procedure_row *row, struct err *e)
{
	int found = catalogue_store_procedure(db, id, row, e);

	if (found == 0)
		return err_set(e, ERR_INTERNAL, "The procedure is missing.");
	return found < 0 ? -1 : 0;
}

/* A procedure that cannot be read leaves nothing behind. */
static int
put(struct procedure_shelf *s, const struct procedure_row *row,
    struct procedure *out, struct err *e)
{
	struct arena_mark mark = arena_mark(&s->arena);

	if (procedure_parse(&s->arena, row, out, e) < 0) {
		arena_rewind(&s->arena, mark);
		return -1;
	}
	s->kept[s->n++] = *out;
	return 0;
}

int
procedure_shelf_get(struct procedure_shelf *s, struct db *db, struct arena *a,
    int64_t id, struct procedure *out, struct err *e)
{
	struct procedure_row row;

	for (size_t i = 0; i < s->n; i++) {
		if (s->kept[i].id == id) {
			*out = s->kept[i];
			return 0;
		}
	}
	if (read_row(db, id, &row, e) < 0)
		return -1;
	return s->n < PROCEDURES_KEPT ? put(s, &row, out, e) :
					procedure_parse(a, &row, out, e);
}
