/*
 * A register of a few thousand generated rows, and the same rows in memory
 * with a plain reading of every filter, to compare the SQL with.
 */
#ifndef EXREG_TESTS_DB_REGISTER_FIXTURE_H
#define EXREG_TESTS_DB_REGISTER_FIXTURE_H

#include <stdlib.h>

#include "support/test.h"

#include "domain/register.h"
#include "store/names.h"
#include "store/register_store.h"
#include "store/statements.h"
#include "support/db_fixture.h"

#define ROWS 2000
#define PEOPLE 40
#define UNITS 30
#define DOCUMENTS 8
#define CLAUSES (DOCUMENTS * 5)
#define TODAY date_from_civil(2026, 11, 22)
#define NOTICE 30

/* One generated row, as the oracle knows it. */
struct record {
	int64_t id, fact, confidential, owner, requester, risk, cause, domain;
	int64_t document, effective, holds, submitted, updated;
	uint64_t units;   /* with ancestors, bits 1 << id */
	uint64_t clauses; /* bits 1 << id */
	const char *words;
	int64_t public_chars;
};

struct registry {
	struct db_fixture f;
	struct names *names;
	struct register_source source;
	struct record *rows;
	size_t n;
};

/* clang-format off */
static const char *const registry_sql[] = {
	"INSERT INTO unit (id, code, name, parent_id) SELECT seq, CONCAT('U', seq), CONCAT('Unit ', seq),"
	" IF(seq = 1, NULL, seq DIV 3 + (seq < 3)) FROM seq_1_to_30",
	"INSERT INTO unit_closure WITH RECURSIVE up AS (SELECT id AS unit_id, id AS ancestor_id, 0 AS depth FROM unit"
	" UNION ALL SELECT up.unit_id, u.parent_id, up.depth + 1 FROM up JOIN unit u ON u.id = up.ancestor_id"
	" WHERE u.parent_id IS NOT NULL) SELECT unit_id, ancestor_id, depth FROM up",
	"INSERT INTO person (id, directory_id, uid, dn, name) SELECT seq, UUID(), CONCAT('p', seq), CONCAT('uid=p', seq),"
	" CONCAT('Person ', seq) FROM seq_1_to_40",
	"INSERT INTO document (id, document_key, title, kind, domain, version) SELECT seq, CONCAT('DOC-', seq),"
	" CONCAT('Document ', seq), 1, 1 + seq % 4, '1.0' FROM seq_1_to_8",
	"INSERT INTO clause (id, document_id, version, position, ref, title, text) SELECT seq, 1 + (seq - 1) DIV 5, '1.0',"
	" 1 + (seq - 1) % 5, CONCAT((seq - 1) DIV 5 + 1, '.', 1 + (seq - 1) % 5), CONCAT('Clause ', seq), 'text'"
	" FROM seq_1_to_40",
	"INSERT INTO procedure_version (id, procedure_key, version, title, type, body, sha256, created_at)"
	" VALUES (1, 'P', 1, 'P', 1, '{}', UNHEX(SHA2('x', 256)), '2026-01-01')",
	"CREATE TABLE g (seq INT PRIMARY KEY, k INT, eff DATE, term INT)",
	"INSERT INTO g SELECT seq, FLOOR(RAND(seq * 7 + 1) * 100), '2026-11-22' - INTERVAL FLOOR(RAND(seq * 3) * 500) - 12 DAY,"
	" 20 + FLOOR(RAND(seq * 5) * 300) FROM seq_1_to_2000",
	/* 0-9 denied, withdrawn, alternative; 10-19 open; then approved, some ended, suspended or shelved */
	"INSERT INTO exception (id, row_version, content_version, content_hash, procedure_id, type, domain, request_state,"
	" title, requester_id, owner_id, edited_by_id, unit_id, document_id, document_version, cause, risk, confidential,"
	" requested_from, requested_until, effective_on, expires_on, outcome, suspended, ended_as, ended_on, created_at,"
	" submitted_at, updated_at, sla_breached_days)"
	" SELECT (2024 + seq % 3) * 10000000 + seq, 2, 1, UNHEX(SHA2(seq, 256)), 1, 1, 1 + seq % 4,"
	" CASE WHEN k < 4 THEN 6 WHEN k < 8 THEN 7 WHEN k < 10 THEN 8 WHEN k < 20 THEN 1 + k % 4 ELSE 5 END,"
	" CONCAT(ELT(1 + seq % 5, 'Legacy', 'Old', 'Weak', 'Open', 'Manual'), ' ', ELT(1 + seq DIV 5 % 7, 'server',"
	" 'password', 'firewall', 'Router', 'backup', 'Stra\xc3\x9f" "e', 'account'), ' nr ', seq % 97),"
	" 1 + FLOOR(RAND(seq * 11) * 40), 1 + FLOOR(RAND(seq * 13) * 40), 1, 1 + FLOOR(RAND(seq * 17) * 30),"
	" 1 + FLOOR(POW(RAND(seq * 19), 2) * 8), '1.0', 1 + seq % 5, (seq * 7) % 26, RAND(seq * 23) < 0.2,"
	" eff, IF(k < 20 AND seq % 3 = 0, NULL, eff + INTERVAL term + 30 DAY),"
	" IF(k < 20, NULL, eff), IF(k < 20, NULL, eff + INTERVAL term DAY),"
	" CASE WHEN k < 4 THEN 2 WHEN k < 8 THEN 3 WHEN k < 10 THEN 4 WHEN k < 20 THEN 0 ELSE 1 END,"
	" k BETWEEN 20 AND 24, CASE WHEN k BETWEEN 25 AND 45 THEN 1 + k % 4 ELSE 0 END,"
	" CASE WHEN k BETWEEN 25 AND 45 THEN IF(k = 27 OR k = 31, eff + INTERVAL term DAY,"
	" LEAST('2026-11-22' - INTERVAL seq % 25 DAY, eff + INTERVAL term - 5 DAY)) END,"
	" eff - INTERVAL seq % 1000 HOUR, IF(k BETWEEN 10 AND 19 AND k % 4 = 0, NULL, eff - INTERVAL seq % 700 HOUR),"
	" CAST(eff AS DATETIME) + INTERVAL seq % 900 MINUTE, IF(seq % 11 = 0, 12, NULL) FROM g",
	"UPDATE exception SET shelved = 1 WHERE lane = 10 AND holds_until < '2026-10-22' AND id % 2 = 0",
	"INSERT INTO exception_facet (dimension, value_id, exception_id, lane, fact, confidential, effective_on, holds_until, risk)"
	" SELECT 1, c.ancestor_id, e.id, e.lane, e.fact, e.confidential, e.effective_on, e.holds_until, e.risk FROM exception e"
	" JOIN unit_closure c ON c.unit_id = e.unit_id",
	"INSERT IGNORE INTO exception_facet (dimension, value_id, exception_id, lane, fact, confidential, effective_on, holds_until, risk)"
	" SELECT 1, c.ancestor_id, e.id, e.lane, e.fact, e.confidential, e.effective_on, e.holds_until, e.risk FROM exception e"
	" JOIN unit_closure c ON c.unit_id = 1 + e.id % 30 WHERE e.id % 4 = 0",
	"INSERT INTO exception_facet (dimension, value_id, exception_id, lane, fact, confidential, effective_on, holds_until, risk)"
	" SELECT 2, document_id, id, lane, fact, confidential, effective_on, holds_until, risk FROM exception",
	"INSERT IGNORE INTO exception_facet (dimension, value_id, exception_id, lane, fact, confidential, effective_on, holds_until, risk)"
	" SELECT 3, (document_id - 1) * 5 + 1 + id * s.seq % 5, id, lane, fact, confidential, effective_on, holds_until, risk"
	" FROM exception JOIN seq_1_to_2 s",
	/* an earlier version named another unit: no longer live */
	"INSERT IGNORE INTO exception_facet (dimension, value_id, exception_id, lane, fact, confidential, effective_on, holds_until, risk, live)"
	" SELECT 1, 2 + id % 29, id, lane, fact, confidential, effective_on, holds_until, risk, 0 FROM exception WHERE id % 6 = 0",
	"INSERT INTO exception_clause (exception_id, content_version, position, document_id, clause_id, ref, title, text)"
	" SELECT e.id, 1, 1, e.document_id, c.id, c.ref, c.title, c.text FROM exception e"
	" JOIN clause c ON c.id = (e.document_id - 1) * 5 + 1 + e.id % 5",
	"UPDATE exception e JOIN exception_clause c ON c.exception_id = e.id SET e.clause_ref = c.ref",
	"DROP TABLE g",
};
/* clang-format on */

static inline int64_t
registry_number(const char *v)
{
	return v == NULL ? DATE_NONE : strtoll(v, NULL, 10);
}

static inline int
registry_row(void *arg, size_t ncols, const char **names, const char **v,
    struct err *e)
{
	struct registry *r = arg;
	struct record *x = &r->rows[r->n++];
	int64_t *const into[] = { &x->id, &x->fact, &x->confidential, &x->owner,
		&x->requester, &x->risk, &x->cause, &x->domain, &x->document,
		&x->effective, &x->holds, &x->submitted, &x->updated };
	const char *texts[3];

	(void)names;
	(void)e;
	assert_int_equal(ncols, 17);
	for (size_t i = 0; i < 13; i++)
		*into[i] = registry_number(v[i]);
	x->units = strtoull(v[13], NULL, 10);
	x->clauses = strtoull(v[14], NULL, 10);
	texts[0] = exception_number(&r->f.arena, x->id);
	texts[1] = arena_strdup(&r->f.arena, v[15]);
	texts[2] = arena_strdup(&r->f.arena, v[16]);
	x->words = search_words(&r->f.arena, texts, 3);
	x->public_chars = search_public_chars(&r->f.arena, texts, 2);
	return 0;
}

/* What the writer of exception_text does. */
static inline void
registry_put_words(struct registry *r)
{
	for (size_t i = 0; i < r->n; i++)
		db_fixture_sql(&r->f,
		    arena_printf(&r->f.arena,
			"INSERT INTO exception_text VALUES (%lld, '%s', %lld)",
			(long long)r->rows[i].id, r->rows[i].words,
			(long long)r->rows[i].public_chars));
}

static inline void
registry_open(struct registry *r)
{
	memset(r, 0, sizeof(*r));
	db_fixture_open(&r->f, statements, STMT__MAX);
	for (size_t i = 0; i < sizeof(registry_sql) / sizeof(registry_sql[0]);
	     i++)
		db_fixture_sql(&r->f, registry_sql[i]);
	r->rows = arena_array(&r->f.arena, ROWS, sizeof(*r->rows));
	db_fixture_ok(db_text(r->f.db,
			  "SELECT e.id, fact, confidential, owner_id,"
			  " requester_id, e.risk, cause, e.domain, document_id,"
			  " TO_DAYS(e.effective_on) - 719528,"
			  " TO_DAYS(e.holds_until) - 719528,"
			  " TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"
			  " list_submitted),"
			  " TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"
			  " updated_at),"
			  " (SELECT SUM(1 << value_id) FROM exception_facet f"
			  " WHERE exception_id = e.id AND dimension = 1"
			  " AND live = 1),"
			  " (SELECT SUM(1 << value_id) FROM exception_facet f"
			  " WHERE exception_id = e.id AND dimension = 3"
			  " AND live = 1), e.title, o.name"
			  " FROM exception e JOIN person o ON o.id = owner_id"
			  " ORDER BY e.id",
			  registry_row, r, &r->f.e),
	    &r->f.e);
	assert_int_equal(r->n, ROWS);
	registry_put_words(r);
	r->names = names_open();
	r->source = (struct register_source){ r->f.db, r->names, &r->f.arena,
		REGISTER_GLANCE };
	db_fixture_sql(&r->f,
	    "ANALYZE TABLE exception, exception_facet, exception_text");
}

/* The plain reading: may this person see it, and does the filter want it? */

static inline bool
registry_covers(const struct grant *g, const struct record *x)
{
	return (g->unit_id == 0 || (x->units & UINT64_C(1) << g->unit_id)) &&
	    (g->document_id == 0 || g->document_id == x->document) &&
	    (g->domain == 0 || g->domain == x->domain);
}

static inline bool
registry_sees(const struct register_view *v, const struct record *x)
{
	if (!x->confidential || v->all || x->owner == v->person_id ||
	    x->requester == v->person_id)
		return true;
	for (size_t i = 0; i < v->ngrants; i++)
		if (registry_covers(&v->grants[i], x))
			return true;
	return false;
}

static inline enum status
registry_status(const struct record *x)
{
	const struct status_facts f = {
		.fact = x->fact,
		.effective_on = (date_t)x->effective,
		.holds_until = (date_t)x->holds,
	};

	return status_of(&f, TODAY, NOTICE);
}

static inline bool
registry_wants(const struct register_filter *f, const struct register_view *v,
    const struct record *x)
{
	bool full =
	    v->full || x->owner == v->person_id || x->requester == v->person_id;
	size_t searched = strlen(x->words);
	enum status s = registry_status(x);
	unsigned bits = f->statuses;

	/* only ASCII in these: characters are bytes */
	if (!full)
		searched = (size_t)x->public_chars;
	if (bits & 1u << STATUS_ACTIVE)
		bits |= 1u << STATUS_EXPIRING;
	if (!(bits & 1u << s) || (f->number != 0 && f->number != x->id) ||
	    (f->unit_id != 0 && !(x->units & UINT64_C(1) << f->unit_id)) ||
	    (f->clause_id != 0 &&
		!(x->clauses & UINT64_C(1) << f->clause_id)) ||
	    (f->document_id != 0 && f->document_id != x->document) ||
	    (f->owner_id != 0 && f->owner_id != x->owner) ||
	    (f->cause != 0 && (int64_t)f->cause != x->cause) ||
	    x->risk < f->risk_min || x->risk > f->risk_max ||
	    x->holds < f->expires_from || x->holds > f->expires_to)
		return false;
	for (size_t i = 0; i < f->nterms; i++) {
		char word[80];

		(void)snprintf(word, sizeof(word), " %s", f->terms[i]);
		if (memmem(x->words, searched, word, strlen(word)) == NULL)
			return false;
	}
	return true;
}

static inline int64_t
registry_key(enum register_sort sort, const struct record *x)
{
	switch (sort) {
	case REGISTER_BY_SUBMITTED:
		return x->submitted;
	case REGISTER_BY_EXPIRES:
		return x->holds;
	case REGISTER_BY_RISK:
		return x->risk;
	case REGISTER_BY_UPDATED:
		return x->updated;
	case REGISTER_BY_NUMBER:
	case REGISTER_SORT__INVALID:
	case REGISTER_SORT__MAX:
		break;
	}
	return x->id;
}

static inline int
registry_compare(const void *a, const void *b, void *arg)
{
	const struct register_filter *f = arg;
	const struct record *x = *(const struct record *const *)a;
	const struct record *y = *(const struct record *const *)b;
	int64_t i = registry_key(f->sort, x), j = registry_key(f->sort, y);
	int order =
	    i != j ? (i > j) - (i < j) : (x->id > y->id) - (x->id < y->id);

	return f->desc ? -order : order;
}

/* The list as it should be. */
static inline size_t
registry_expect(struct registry *r, const struct register_filter *f,
    const struct register_view *v, const struct record *out[ROWS])
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (registry_sees(v, &r->rows[i]) &&
		    registry_wants(f, v, &r->rows[i]))
			out[n++] = &r->rows[i];
	qsort_r(out, n, sizeof(*out), registry_compare, (void *)(uintptr_t)f);
	return n;
}

/* Who looks. */
static const struct grant registry_grants[] = {
	{ .role_class = ROLE_CLASS_APPROVER, .unit_id = 2 },
	{ .role_class = ROLE_CLASS_AUDITOR, .document_id = 1, .domain = 2 },
};

static inline struct register_view
registry_view(size_t i)
{
	struct register_view v = {
		.person_id = 7,
		.today = TODAY,
		.notice_days = NOTICE,
	};

	v.all = i == 0;
	v.full = i != 1;
	if (i >= 2) {
		v.grants = registry_grants;
		v.ngrants = i - 1;
	}
	return v;
}
#define VIEWS 4 /* everything, staff, one scope, two scopes */

/* What is asked for, beside statuses and order. */
static inline bool
registry_filter(size_t i, struct register_filter *f)
{
	static const struct {
		int64_t unit, document, clause, owner, risk_min, risk_max;
		int cause, from, to;
	} rows[] = {
		{ 0 },
		{ .unit = 2 },
		{ .document = 2 },
		{ .clause = 6 },
		{ .owner = 7 },
		{ .owner = 9 },
		{ .cause = 3 },
		{ .risk_min = 10, .risk_max = 15 },
		{ .from = -30, .to = 45 },
		{ .unit = 3, .document = 1, .cause = 2 },
		{ .document = 1, .owner = 9 },
		{ .clause = 2, .owner = 7, .risk_min = 5 },
		{ .unit = 1, .risk_min = 16, .from = 0 },
		{ 0 }, /* the last ones search */
		{ .unit = 2 },
		{ 0 },
		{ 0 },
	};

	if (i >= sizeof(rows) / sizeof(rows[0]))
		return false;
	register_filter_init(f);
	f->unit_id = rows[i].unit;
	f->document_id = rows[i].document;
	f->clause_id = rows[i].clause;
	f->owner_id = rows[i].owner;
	f->risk_min = rows[i].risk_min;
	if (rows[i].risk_max != 0)
		f->risk_max = rows[i].risk_max;
	f->cause = (enum cause)rows[i].cause;
	if (rows[i].from != 0 || rows[i].to != 0)
		f->expires_from = TODAY + rows[i].from;
	if (rows[i].to != 0)
		f->expires_to = TODAY + rows[i].to;
	return true;
}

/* Search words of the filter above; they live on the arena. */
static inline void
registry_search(size_t i, struct arena *a, struct register_filter *f)
{
	static const char *const q[] = { [13] = "serv leg",
		[14] = "strasse 4",
		[15] = "person 12",
		[16] = "EX-2025-00400" };

	if (i < sizeof(q) / sizeof(q[0]) && q[i] != NULL)
		assert_null(register_search(a, q[i], f));
}

static const char *const registry_statuses[] = { "active", "all", "expired",
	"scheduled", "in_review,returned", "active,expired", "revoked",
	"expiring", "suspended,superseded,denied", "scheduled,active,expired",
	"active,revoked" };
#define STATUSES (sizeof(registry_statuses) / sizeof(registry_statuses[0]))

#endif
