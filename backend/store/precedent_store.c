/*
 * The newest decided exceptions of a clause stand in eight stretches of one
 * index, one a lane: each is read from its end and cut, and only what is
 * left then is fetched. So the cost does not depend on how many there are.
 * Confidential ones are left out after the cut: what a reader may not see is
 * not made up for by older ones.
 */
#include "store/precedent_store.h"

#include "db/db.h"
#include "store/register_branch.h"
#include "store/statements.h"

/* Lanes of what was decided: see 0005_register_lists.sql. */
static const enum fact decided[] = { FACT_DENIED, FACT_APPROVED, FACT_SUSPENDED,
	FACT_REVOKED, FACT_CLOSED, FACT_CONSUMED, FACT_SUPERSEDED,
	FACT_SHELVED };
#define NDECIDED (sizeof(decided) / sizeof(decided[0]))

/* Hits of the full-text index that are looked at, and rows for them. */
#define HITS_MAX "500"
#define HITS_EXAMINED "6000"

/* How many of the words asked for stand in the record. */
static void
put_shared(struct sql *q, const struct precedent_ask *k)
{
	sql_put(q, ", CAST(0");
	for (size_t i = 0; i < k->nwords; i++)
		sql_add(q, " + (t.words LIKE ?)",
		    v_str(arena_printf(q->arena, "%% %s%%", k->words[i])));
	sql_put(q, " AS SIGNED) AS shared_words");
}

static void
put_columns(struct sql *q, const struct precedent_ask *k)
{
	sql_put(q,
	    "SELECT STRAIGHT_JOIN e.id, e.fact, e.title, d.document_key,"
	    " d.title AS document_title, e.outcome, e.risk, e.effective_on,"
	    " e.expires_on, e.holds_until, e.decided_at");
	put_shared(q, k);
	sql_put(q, " FROM (");
}

static void
put_joins(struct sql *q, const struct precedent_ask *k)
{
	sql_put(q,
	    ") p JOIN exception e ON e.id = p.id"
	    " LEFT JOIN document d ON d.id = e.document_id");
	if (k->nwords > 0)
		sql_put(q,
		    " LEFT JOIN exception_text t FORCE INDEX (PRIMARY)"
		    " ON t.exception_id = e.id");
	sql_put(q, " WHERE 1 = 1");
	branch_put_visible(q, k->view);
}

static struct register_sql
end(struct sql *q, const char *name)
{
	struct register_sql sql = { .def =
					sql_end(q, name, &precedent_row_schema),
		.vals = q->vals,
		.nvals = q->nvals };

	sql.def.where = "precedent_store.c";
	return sql;
}

/* What is read from the index, and how much of it. */
struct stretch {
	const char *name;
	enum dimension dimension;
	size_t places; /* facets of the exception in that dimension */
	int64_t limit;
	enum precedent_match match;
};

static struct stretch
stretch_of(const struct precedent_ask *k, enum dimension d)
{
	size_t places = k->nclauses < PRECEDENT_CLAUSES_MAX ?
	    k->nclauses :
	    PRECEDENT_CLAUSES_MAX;

	if (d == DIMENSION_DOCUMENT)
		return (struct stretch){ "precedents_document", d, 1,
			PRECEDENT_DOCUMENT_SAMPLE, PRECEDENT_BY_DOCUMENT };
	return (struct stretch){ "precedents_clause", d, places,
		PRECEDENT_SAMPLE, PRECEDENT_BY_CLAUSE };
}

/* One lane of the value that stands at a place of the exception's facets. */
static void
put_lane(struct sql *q, const struct precedent_ask *k, const struct stretch *s,
    size_t place, enum fact lane)
{
	struct val d = v_i64(s->dimension);

	sql_put(q,
	    "(SELECT f.exception_id AS id FROM exception_facet f"
	    " FORCE INDEX (facet_number) WHERE");
	sql_add(q, " f.dimension = ? AND f.value_id =", d);
	sql_add(q,
	    " (SELECT o.value_id FROM exception_facet o FORCE INDEX (PRIMARY)"
	    " WHERE o.exception_id = ?",
	    v_i64(k->exception_id));
	sql_add(q, " AND o.dimension = ? AND o.live = 1", d);
	sql_add(q, " ORDER BY o.value_id LIMIT 1 OFFSET ?)",
	    v_i64((int64_t)place));
	sql_add(q, " AND f.lane = ? AND f.live = 1", v_i64(lane));
	sql_add(q, " AND f.exception_id <> ?", v_i64(k->exception_id));
	sql_add(q, " ORDER BY f.exception_id DESC LIMIT ?)", v_i64(s->limit));
}

struct register_sql
precedent_sql_newest(struct arena *a, const struct precedent_ask *k,
    enum dimension d)
{
	const struct stretch s = stretch_of(k, d);
	struct sql q;

	sql_begin(&q, a);
	put_columns(&q, k);
	for (size_t place = 0; place < s.places; place++) {
		for (size_t i = 0; i < NDECIDED; i++) {
			sql_put(&q, place + i == 0 ? "" : " UNION ");
			put_lane(&q, k, &s, place, decided[i]);
		}
	}
	sql_add(&q, " ORDER BY id DESC LIMIT ?", v_i64(s.limit));
	put_joins(&q, k);
	sql_add(&q, " ORDER BY e.id DESC LIMIT ?", v_i64(s.limit));
	return end(&q, s.name);
}

static void
mark(struct precedent_row *rows, size_t n, enum precedent_match match)
{
	for (size_t i = 0; i < n; i++)
		rows[i].match = match;
}

static int
newest(struct db *db, struct arena *a, const struct precedent_ask *k,
    enum dimension d, struct precedent_row **rows, size_t *n, struct err *e)
{
	const struct stretch s = stretch_of(k, d);
	struct register_sql sql;
	void *list = NULL;

	*n = 0;
	*rows = NULL;
	if (s.places == 0)
		return 0;
	sql = precedent_sql_newest(a, k, d);
	if (db_list_def(db, &sql.def, sql.vals, sql.nvals, &list, n, e) < 0)
		return -1;
	*rows = list;
	mark(*rows, *n, s.match);
	return 0;
}

int
precedent_store_clause(struct db *db, struct arena *a,
    const struct precedent_ask *k, struct precedent_row **rows, size_t *n,
    struct err *e)
{
	return newest(db, a, k, DIMENSION_CLAUSE, rows, n, e);
}

int
precedent_store_document(struct db *db, struct arena *a,
    const struct precedent_ask *k, struct precedent_row **rows, size_t *n,
    struct err *e)
{
	return newest(db, a, k, DIMENSION_DOCUMENT, rows, n, e);
}

/* "+supplier +terminal": the two that tell most, both of them. */
static const char *
match_of(struct arena *a, const struct precedent_ask *k)
{
	if (k->nwords == 1)
		return arena_printf(a, "+%s", k->words[0]);
	return arena_printf(a, "+%s +%s", k->words[0], k->words[1]);
}

struct register_sql
precedent_sql_words(struct arena *a, const struct precedent_ask *k)
{
	struct sql q;

	sql_begin(&q, a);
	sql_put(&q,
	    "SET STATEMENT max_statement_time = " PRECEDENT_SEARCH_SECONDS
	    " FOR ");
	put_columns(&q, k);
	sql_add(&q,
	    "SELECT h.exception_id AS id FROM exception_text h"
	    " WHERE MATCH(h.words) AGAINST(? IN BOOLEAN MODE) LIMIT " HITS_MAX,
	    v_str(match_of(a, k)));
	put_joins(&q, k);
	sql_add(&q, " AND e.id <> ? AND e.outcome IN (1, 2)",
	    v_i64(k->exception_id));
	sql_add(&q,
	    " ORDER BY shared_words DESC, e.id DESC LIMIT ?"
	    " ROWS EXAMINED " HITS_EXAMINED,
	    v_i64(PRECEDENTS_MAX));
	return end(&q, "precedents_words");
}

int
precedent_store_words(struct db *db, struct arena *a,
    const struct precedent_ask *k, struct precedent_row **rows, size_t *n,
    struct err *e)
{
	struct register_sql sql;
	void *list = NULL;

	*n = 0;
	*rows = NULL;
	if (k->nwords == 0)
		return 0;
	sql = precedent_sql_words(a, k);
	if (db_list_bounded(db, &sql.def, sql.vals, sql.nvals, &list, n, e) <
	    0) {
		*n = 0;
		if (e->kind != ERR_BUSY)
			return -1;
		err_clear(e);
		return 0;
	}
	*rows = list;
	mark(*rows, *n, PRECEDENT_BY_WORDS);
	return 0;
}

/* clang-format off */
#define IDS(v) v_i64((v)[0]), v_i64((v)[1]), v_i64((v)[2]), v_i64((v)[3]), v_i64((v)[4]), \
	v_i64((v)[5]), v_i64((v)[6]), v_i64((v)[7]), v_i64((v)[8]), v_i64((v)[9])
/* clang-format on */
_Static_assert(PRECEDENTS_MAX == 10, "as many places as the statements have");

int
precedent_store_details(struct db *db, int64_t exception_id,
    const int64_t ids[PRECEDENTS_MAX], struct precedent_details *out,
    struct err *e)
{
	void *verdicts = NULL, *conditions = NULL, *clauses = NULL;

	if (db_list(db, STMT_PRECEDENT_VERDICTS, VALS(IDS(ids)), &verdicts,
		&out->nverdicts, e) < 0 ||
	    db_list(db, STMT_PRECEDENT_CONDITIONS, VALS(IDS(ids)), &conditions,
		&out->nconditions, e) < 0 ||
	    db_list(db, STMT_PRECEDENT_CLAUSES,
		VALS(v_i64(exception_id), IDS(ids)), &clauses, &out->nclauses,
		e) < 0)
		return -1;
	out->verdicts = verdicts;
	out->conditions = conditions;
	out->clauses = clauses;
	return 0;
}
