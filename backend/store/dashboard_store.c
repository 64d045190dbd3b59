/*
 * Values are counted in batches: the index of facets is entered once a value
 * and lane, at the days asked for, and read no further. All batches have the
 * same length (the last value is repeated), so their statement is prepared
 * once.
 */
#include "store/dashboard_store.h"

#include <stdlib.h>

#include "store/register_store.h"
#include "store/statements.h"

#define BATCH 200

enum figure { ACTIVE, WAITING, ENDING, EXPIRED, FIGURES };

static struct register_filter
filter_of(enum figure k, const struct register_filter *base,
    const struct register_view *v)
{
	static const unsigned statuses[FIGURES] = {
		[ACTIVE] = 1u << STATUS_ACTIVE,
		[WAITING] = 1u << STATUS_IN_REVIEW | 1u << STATUS_RETURNED,
		[ENDING] = 1u << STATUS_EXPIRING,
		[EXPIRED] = 1u << STATUS_EXPIRED,
	};
	struct register_filter f = *base;

	f.statuses = statuses[k];
	if (k == EXPIRED)
		f.expires_from = v->today - DASHBOARD_EXPIRED_DAYS;
	return f;
}

static int64_t *
place_of(struct figures *out, enum figure k)
{
	switch (k) {
	case ACTIVE:
		return &out->active;
	case WAITING:
		return &out->waiting;
	case ENDING:
		return &out->ending_30;
	case EXPIRED:
	case FIGURES:
		break;
	}
	return &out->expired_30;
}

/* Whatever became of them: a record that ended has its gaps too. */
static int
count_undocumented(struct db *db, struct arena *a, struct register_filter f,
    const struct register_view *v, int64_t *n, struct err *e)
{
	f.undocumented = true;
	f.statuses = REGISTER_ALL_STATUSES;
	return register_store_total(db, a, &f, v, n, e);
}

int
dashboard_store_totals(struct db *db, struct arena *a,
    const struct register_filter *f, const struct register_view *v,
    struct figures *out, struct err *e)
{
	for (enum figure k = ACTIVE; k < FIGURES; k++) {
		struct register_filter one = filter_of(k, f, v);

		if (register_store_total(db, a, &one, v, place_of(out, k), e) <
		    0)
			return -1;
	}
	return count_undocumented(db, a, *f, v, &out->undocumented, e);
}

/* Where each value stands in the caller's order, sorted by id. */
struct slot {
	int64_t id;
	size_t at;
};

static int
compare_slots(const void *a, const void *b)
{
	const struct slot *x = a;
	const struct slot *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

struct tally {
	struct db *db;
	struct arena *a;
	const struct register_view *v;
	enum dimension d;
	const struct slot *slots;
	size_t nslots;
	struct figures *out;
};

/* Count one figure of the values given; others that turn up are not asked. */
static int
count_values(struct tally *t, enum figure k, const struct register_filter *f,
    const int64_t *ids, size_t n, struct err *e)
{
	struct register_plan p;
	struct register_sql sql;
	const struct value_count *rows;
	void *list = NULL;
	size_t nrows;

	register_plan_values(&p, f, t->v, t->d, ids, n);
	if (p.nbranches == 0)
		return 0;
	sql = register_sql_values(t->a, &p, t->d);
	if (db_list_fresh(t->db, &sql.def, sql.vals, sql.nvals, &list, &nrows,
		e) < 0)
		return -1;
	rows = list;
	for (size_t i = 0; i < nrows; i++) {
		const struct slot key = { .id = rows[i].id };
		const struct slot *s = bsearch(&key, t->slots, t->nslots,
		    sizeof(*t->slots), compare_slots);

		if (s != NULL)
			*place_of(&t->out[s->at], k) += rows[i].n;
	}
	return 0;
}

static int
count_batches(struct tally *t, enum figure k, const struct register_filter *f,
    struct err *e)
{
	int64_t ids[BATCH];

	for (size_t first = 0; first < t->nslots; first += BATCH) {
		for (size_t i = 0; i < BATCH; i++) {
			size_t at = first + i;

			ids[i] =
			    t->slots[at < t->nslots ? at : t->nslots - 1].id;
		}
		if (count_values(t, k, f, ids, BATCH, e) < 0)
			return -1;
	}
	return 0;
}

int
dashboard_store_values(struct db *db, struct arena *a,
    const struct register_filter *f, const struct register_view *v,
    enum dimension d, const struct named_row *values, size_t n,
    struct figures *out, struct err *e)
{
	struct slot *slots = arena_array(a, n, sizeof(*slots));
	struct tally t = { db, a, v, d, slots, n, out };
	/* Another dimension leads: its rows are read once, not in batches. */
	bool led = f->unit_id != 0 || f->document_id != 0;

	for (size_t i = 0; i < n; i++)
		slots[i] = (struct slot){ values[i].id, i };
	if (n > 1)
		qsort(slots, n, sizeof(*slots), compare_slots);
	for (enum figure k = ACTIVE; k < FIGURES; k++) {
		struct register_filter one = filter_of(k, f, v);

		if ((led ? count_values(&t, k, &one, NULL, 0, e) :
			   count_batches(&t, k, &one, e)) < 0)
			return -1;
	}
	return 0;
}

int
dashboard_store_documents(struct db *db, struct named_row **rows, size_t *n,
    struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DASHBOARD_DOCUMENTS, NO_VALS, &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
dashboard_store_units(struct db *db, int64_t unit_id, struct named_row **rows,
    size_t *n, struct err *e)
{
	void *list = NULL;
	int rc;

	if (unit_id == 0)
		rc = db_list(db, STMT_DASHBOARD_UNITS, NO_VALS, &list, n, e);
	else
		rc = db_list(db, STMT_DASHBOARD_UNITS_BELOW,
		    VALS(v_i64(unit_id)), &list, n, e);
	if (rc < 0)
		return -1;
	*rows = list;
	return 0;
}
