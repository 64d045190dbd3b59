/*
 * Found by document and asset, or document and unit, in the lanes of what
 * waits and what was approved; the clause is asked of each row found.
 */
#include "store/overlap_store.h"

#include "db/db.h"
#include "store/register_branch.h"
#include "store/statements.h"

static const enum fact lanes[] = { FACT_APPROVED, FACT_WAITING, FACT_RETURNED };
#define NLANES (sizeof(lanes) / sizeof(lanes[0]))

/* Rows that are looked at, then what was found is given. */
#define EXAMINED "20000"

/* One lane of the same asset, or of the same unit. */
static void
put_lane(struct sql *q, const struct overlap_ask *k, enum overlap_match match,
    enum fact lane)
{
	bool asset = match == OVERLAP_ASSET;

	sql_put(q, "(SELECT STRAIGHT_JOIN x.id FROM exception x FORCE INDEX (");
	sql_put(q,
	    asset ? "exception_document_asset" : "exception_document_unit");
	sql_add(q,
	    ") JOIN exception_facet f FORCE INDEX (PRIMARY)"
	    " ON f.exception_id = x.id AND f.dimension = ? AND f.live = 1"
	    " AND f.value_id",
	    v_i64(DIMENSION_CLAUSE));
	sql_in(q, k->clauses, k->nclauses);
	sql_add(q, " WHERE x.document_id = ?", v_i64(k->document_id));
	sql_add(q, asset ? " AND x.asset_id = ?" : " AND x.unit_id = ?",
	    v_i64(asset ? k->request.asset_id : k->request.unit_id));
	sql_add(q, " AND x.lane = ?", v_i64(lane));
	sql_day(q, 'x', "holds_until >= ?", k->view->today);
	if (!asset && k->request.asset_id != I64_NONE)
		sql_put(q, " AND x.asset_id IS NULL");
	sql_add(q, " LIMIT ?)", v_i64(5 * OVERLAPS_MAX));
}

static size_t
put_match(struct sql *q, const struct overlap_ask *k, enum overlap_match match,
    size_t n)
{
	for (size_t i = 0; i < NLANES; i++, n++) {
		sql_put(q, n == 0 ? "" : " UNION ");
		put_lane(q, k, match, lanes[i]);
	}
	return n;
}

struct register_sql
overlap_sql(struct arena *a, const struct overlap_ask *k)
{
	const struct overlap_request *r = &k->request;
	struct register_sql out;
	struct sql q;
	size_t n = 0;

	sql_begin(&q, a);
	sql_put(&q,
	    "SELECT STRAIGHT_JOIN e.id, e.fact, e.title, e.asset_id, e.unit_id,"
	    " e.requester_id, e.effective_on, e.requested_until, e.expires_on,"
	    " e.holds_until FROM (");
	if (r->asset_id != I64_NONE)
		n = put_match(&q, k, OVERLAP_ASSET, n);
	if (r->unit_id != I64_NONE)
		put_match(&q, k, OVERLAP_UNIT, n);
	sql_add(&q, ") p JOIN exception e ON e.id = p.id WHERE e.id <> ?",
	    v_i64(k->exception_id));
	if (k->previous_id != I64_NONE)
		sql_add(&q, " AND e.id <> ?", v_i64(k->previous_id));
	branch_put_visible(&q, k->view);
	sql_put(&q, " ORDER BY e.lane DESC");
	if (r->asset_id != I64_NONE)
		sql_put(&q, ", e.asset_id IS NULL");
	sql_add(&q,
	    ", e.holds_until DESC, e.id LIMIT ? ROWS EXAMINED " EXAMINED,
	    v_i64(OVERLAPS_MAX));
	out = (struct register_sql){
		.def = sql_end(&q, "overlaps", &overlap_row_schema),
		.vals = q.vals,
		.nvals = q.nvals,
	};
	out.def.where = "overlap_store.c";
	return out;
}

int
overlap_store_list(struct db *db, struct arena *a, const struct overlap_ask *k,
    struct overlap_row **rows, size_t *n, struct err *e)
{
	struct register_sql sql;
	void *list = NULL;

	*n = 0;
	*rows = NULL;
	if (k->nclauses == 0 ||
	    (k->request.asset_id == I64_NONE && k->request.unit_id == I64_NONE))
		return 0;
	sql = overlap_sql(a, k);
	if (db_list_bounded(db, &sql.def, sql.vals, sql.nvals, &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
overlap_store_own(struct db *db, const struct overlap_ask *k, const char *refs,
    struct draft_row **rows, size_t *n, struct err *e)
{
	int64_t asset =
	    k->request.asset_id != I64_NONE ? k->request.asset_id : 0;
	void *list = NULL;

	if (db_list(db, STMT_OVERLAP_OWN,
		VALS(v_i64(k->request.requester_id), v_i64(k->document_id),
		    v_i64(k->exception_id), v_i64(asset), v_i64(asset),
		    v_str(refs)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}
