/*
 * The queue against a plain reading: every row a grant covers, each once, in
 * order, over pages; and the lists of the home page.
 */
#include "support/test.h"

#include "base/buf.h"
#include "store/queue_store.h"
#include "store/statements.h"
#include "support/db_fixture.h"

#define ME 3

/* clang-format off */
static const char *const seed[] = {
	"SET SESSION group_concat_max_len = 1000000",
	"INSERT INTO unit (id, code, name, parent_id) VALUES (1, 'H', 'House', NULL), (2, 'A', 'A', 1), (3, 'A1', 'A1', 2), (4, 'B', 'B', 1)",
	"INSERT INTO unit_closure (unit_id, ancestor_id, depth) VALUES (1, 1, 0), (2, 2, 0), (2, 1, 1), (3, 3, 0), (3, 2, 1), (3, 1, 2), (4, 4, 0), (4, 1, 1)",
	"INSERT INTO person (id, directory_id, uid, dn, name) SELECT seq, UUID(), CONCAT('p', seq), CONCAT('uid=p', seq), CONCAT('Person ', seq) FROM seq_1_to_9",
	"INSERT INTO document (id, document_key, title, kind, domain, version) SELECT seq, CONCAT('D', seq), CONCAT('Document ', seq), 1, seq, '1' FROM seq_1_to_4",
	"INSERT INTO procedure_version (id, procedure_key, version, title, type, body, sha256, created_at) VALUES (1, 'P', 1, 'P', 1, '{}', UNHEX(SHA2('x', 256)), '2026-01-01')",
	/* few days and scores, so that many rows are equal but for their id */
	"INSERT INTO exception (id, procedure_id, type, domain, request_state, stage, stage_role, stage_due_on, title, content_version,"
	" requester_id, owner_id, beneficiary_id, edited_by_id, unit_id, document_id, risk, confidential, created_at, submitted_at, updated_at)"
	" SELECT 20260000000 + seq, 1, 1, 1 + seq % 4, 3, 1, IF(seq % 3, 'security_lead', 'exception_approver'),"
	" IF(seq % 10, DATE('2026-03-01') + INTERVAL seq * 7 % 11 DAY, '9999-12-31'), CONCAT('Request ', seq), 1,"
	" 1 + seq % 9, 1 + seq % 7, IF(seq % 5, NULL, 1 + seq % 4), 1, 1 + seq % 4, 1 + seq % 4, 1 + seq * 5 % 25, seq % 6 = 0,"
	" '2026-02-01', '2026-02-02', '2026-02-03' FROM seq_1_to_260",
	/* what does not wait: a draft, returned, decided */
	"INSERT INTO exception (id, procedure_id, type, request_state, stage, stage_role, stage_due_on, title, requester_id, owner_id,"
	" edited_by_id, outcome, effective_on, expires_on, created_at, updated_at)"
	" SELECT 20260001000 + seq, 1, 1, ELT(seq, 1, 4, 5), 1, 'security_lead', '2026-03-01', ELT(seq, 'Draft', 'Back', 'Held'), 3, 3, 1,"
	" seq = 3, '2026-01-01', '2026-03-20', '2026-02-01', '2026-02-01' + INTERVAL seq DAY FROM seq_1_to_3",
	"INSERT INTO exception_facet (dimension, value_id, exception_id, lane, holds_until, risk)"
	" SELECT 1, c.ancestor_id, x.id, x.lane, x.holds_until, x.risk FROM exception x JOIN unit_closure c ON c.unit_id = x.unit_id",
	/* an earlier version named unit B */
	"INSERT IGNORE INTO exception_facet (dimension, value_id, exception_id, lane, holds_until, risk, live)"
	" SELECT 1, 4, id, lane, holds_until, risk, 0 FROM exception WHERE id % 8 = 1",
	"INSERT INTO finding (exception_id, content_version, stage, kind, judgement, text, author_id, created_at)"
	" VALUES (20260000001, 1, 1, 'a', 1, 't', 1, '2026-02-03'), (20260000001, 1, 1, 'b', 1, 't', 1, '2026-02-03'),"
	" (20260000001, 1, 2, 'a', 1, 't', 1, '2026-02-03'), (20260000002, 2, 1, 'a', 1, 't', 1, '2026-02-03')",
	"INSERT INTO exception (id, procedure_id, type, request_state, title, requester_id, owner_id, edited_by_id, confidential,"
	" outcome, effective_on, expires_on, created_at, updated_at)"
	" SELECT 20260002000 + seq, 1, 1, 5, CONCAT('Held ', seq), 1, 3, 1, seq % 2, 1, '2026-01-01', DATE('2026-03-01') + INTERVAL seq DAY,"
	" '2026-02-01', '2026-02-01' FROM seq_1_to_40",
	"INSERT INTO outbox (id, event_key, person_id, exception_id, kind, detail, created_at, next_at)"
	" SELECT UNHEX(LPAD(HEX(seq), 32, '0')), CONCAT('k', seq), 1 + seq % 4, IF(seq % 5, 20260000001, NULL), 'approved', NULL,"
	" '2026-02-01' + INTERVAL seq HOUR, '2026-02-01' FROM seq_1_to_60",
};

#define APPROVER .role_class = ROLE_CLASS_APPROVER
#define LEAD     .role = "security_lead", APPROVER
static const struct queue_case {
	struct grant grants[3];
	size_t ngrants;
	const char *covers; /* the same in words of SQL */
} cases[] = {
	{ { { .role = NULL } }, 0, "FALSE" },
	{ { { LEAD } }, 1, "x.stage_role = 'security_lead'" },
	{ { { LEAD, .domain = DOMAIN_HR } }, 1, "x.stage_role = 'security_lead' AND x.domain = 2" },
	{ { { LEAD, .document_id = 3 } }, 1, "x.stage_role = 'security_lead' AND x.document_id = 3" },
	{ { { LEAD, .unit_id = 2 } }, 1, "x.stage_role = 'security_lead' AND x.unit_id IN (2, 3)" },
	{ { { LEAD, .unit_id = 4 } }, 1, "x.stage_role = 'security_lead' AND x.unit_id = 4" },
	{ { { LEAD, .unit_id = 2, .domain = DOMAIN_FINANCE } }, 1, "x.stage_role = 'security_lead' AND x.unit_id IN (2, 3) AND x.domain = 3" },
	/* overlapping grants: each request once */
	{ { { LEAD }, { LEAD, .unit_id = 2 }, { LEAD, .domain = DOMAIN_HR } }, 3, "x.stage_role = 'security_lead'" },
	{ { { LEAD, .unit_id = 2 }, { LEAD, .domain = DOMAIN_HR } }, 2, "x.stage_role = 'security_lead' AND (x.unit_id IN (2, 3) OR x.domain = 2)" },
	{ { { LEAD }, { .role = "exception_approver", APPROVER } }, 2, "TRUE" },
	/* a class without the power to decide has no queue */
	{ { { .role = "security_lead", .role_class = ROLE_CLASS_AUDITOR } }, 1, "FALSE" },
	{ { { .role = "nobody_has_it", APPROVER } }, 1, "FALSE" },
};
/* clang-format on */

static struct db_fixture f;

static int
open_db(void **state)
{
	(void)state;
	db_fixture_open(&f, statements, STMT__MAX);
	for (size_t i = 0; i < sizeof(seed) / sizeof(seed[0]); i++)
		db_fixture_sql(&f, seed[i]);
	return 0;
}

static int
close_db(void **state)
{
	(void)state;
	db_fixture_close(&f);
	return 0;
}

static const char *
expected_ids(const struct queue_case *q, enum queue_sort sort)
{
	const char *ids = db_fixture_value(&f,
	    arena_printf(&f.arena,
		"SELECT GROUP_CONCAT(x.id ORDER BY %s x.id SEPARATOR ' ')"
		" FROM exception x WHERE x.lane = 1 AND (%s)",
		sort == QUEUE_BY_RISK ? "x.risk DESC," : "x.stage_due_on,",
		q->covers));

	return ids != NULL ? ids : "";
}

static struct who
person(const struct queue_case *q)
{
	return (struct who){
		.person_id = ME,
		.grants = q->grants,
		.ngrants = q->ngrants,
		.classes = 1u << ROLE_CLASS_APPROVER,
	};
}

/* All pages, one after the other. */
static const char *
paged_ids(const struct who *w, enum queue_sort sort, size_t limit,
    int64_t *total)
{
	struct queue_place place;
	bool more = true;
	struct buf ids;

	buf_init(&ids, &f.arena);
	for (*total = 0; more;) {
		struct queue_row *rows = NULL;
		size_t n = 0;

		db_fixture_ok(queue_store_page(f.db, &f.arena, w, sort,
				  *total > 0 ? &place : NULL, limit, &rows, &n,
				  &more, &f.e),
		    &f.e);
		assert_true(n <= limit && (!more || n == limit));
		for (size_t i = 0; i < n; i++) {
			buf_str(&ids, ids.len > 0 ? " " : "");
			buf_i64(&ids, rows[i].id);
		}
		*total += (int64_t)n;
		if (more)
			place = queue_place_of(sort, &rows[n - 1]);
	}
	return buf_text(&ids);
}

static void
test_queue__every_page_is_a_part_of_the_whole(void **state)
{
	static const size_t limits[] = { 1, 7, 100 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]) * 6; i++) {
		const struct queue_case *q = &cases[i / 6];
		enum queue_sort sort = i & 1 ? QUEUE_BY_RISK : QUEUE_BY_DUE;
		struct who w = person(q);
		int64_t paged = 0;
		int64_t counted = -1;
		const char *got =
		    paged_ids(&w, sort, limits[i / 2 % 3], &paged);

		CHECK_ROW(i / 6, strcmp(got, expected_ids(q, sort)) == 0);
		db_fixture_ok(queue_store_count(f.db, &f.arena, &w, &counted,
				  &f.e),
		    &f.e);
		CHECK_ROW(i / 6, counted == paged);
	}
}

/* V-14: own requests stand in the queue, and say that they are own. */
static void
test_queue__own_requests_are_marked(void **state)
{
	struct who w = person(&cases[1]);
	struct queue_row *rows;
	bool more;
	size_t n;
	size_t own = 0;

	(void)state;
	db_fixture_ok(queue_store_page(f.db, &f.arena, &w, QUEUE_BY_DUE, NULL,
			  100, &rows, &n, &more, &f.e),
	    &f.e);
	assert_int_equal(n, 100);
	for (size_t i = 0; i < n; i++) {
		const char *expected = db_fixture_value(&f,
		    arena_printf(&f.arena,
			"SELECT 3 IN (requester_id, owner_id, beneficiary_id)"
			" IS TRUE FROM exception WHERE id = %lld",
			(long long)rows[i].id));

		CHECK_ROW(i, rows[i].own == (expected[0] == '1'));
		own += rows[i].own;
	}
	assert_true(own > 10 && own < 90);
}

static void
test_queue__only_findings_of_this_version_and_stage_count(void **state)
{
	struct who w = person(&cases[9]);
	struct queue_row *rows;
	int64_t done[2] = { -1, -1 };
	struct queue_place place = { DATE_MIN, 0 };
	bool more = true;
	size_t n;

	(void)state;
	while (more) {
		db_fixture_ok(queue_store_page(f.db, &f.arena, &w, QUEUE_BY_DUE,
				  &place, 100, &rows, &n, &more, &f.e),
		    &f.e);
		for (size_t i = 0; i < n; i++) {
			if (rows[i].id - 20260000001 < 2)
				done[rows[i].id - 20260000001] =
				    rows[i].findings_done;
		}
		place = queue_place_of(QUEUE_BY_DUE, &rows[n - 1]);
	}
	assert_int_equal(done[0], 2);
	assert_int_equal(done[1], 0);
}

static void
test_queue__home_lists_are_ones_own(void **state)
{
	struct draft_row *drafts;
	struct own_row *waiting;
	struct own_row *ending;
	struct notice_row *notices;
	int64_t count = -1;
	size_t n;

	(void)state;
	db_fixture_ok(queue_store_drafts(f.db, ME, &drafts, &n, &f.e), &f.e);
	assert_int_equal(n, 2);
	assert_string_equal(drafts[0].title, "Back");
	assert_int_equal(drafts[0].request_state, STATE_RETURNED);
	assert_string_equal(drafts[1].title, "Draft");
	db_fixture_ok(queue_store_drafts_count(f.db, ME, &count, &f.e), &f.e);
	assert_int_equal(count, 2);
	db_fixture_ok(queue_store_waiting(f.db, ME, &waiting, &n, &f.e), &f.e);
	assert_int_equal(n, 20);
	for (size_t i = 0; i < n; i++)
		CHECK_ROW(i, waiting[i].fact == FACT_WAITING);
	db_fixture_ok(queue_store_ending(f.db, ME, date_from_civil(2026, 3, 18),
			  date_from_civil(2026, 3, 21), &ending, &n, &f.e),
	    &f.e);
	/* 18, 19, 20 and 21 March, and the one held since the seed began */
	assert_int_equal(n, 5);
	for (size_t i = 1; i < n; i++)
		CHECK_ROW(i, ending[i].expires_on >= ending[i - 1].expires_on);
	db_fixture_ok(queue_store_notices(f.db, ME, &notices, &n, &f.e), &f.e);
	assert_int_equal(n, 10);
	for (size_t i = 1; i < n; i++)
		CHECK_ROW(i, notices[i].created_at < notices[i - 1].created_at);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queue__every_page_is_a_part_of_the_whole),
		cmocka_unit_test(test_queue__own_requests_are_marked),
		cmocka_unit_test(
		    test_queue__only_findings_of_this_version_and_stage_count),
		cmocka_unit_test(test_queue__home_lists_are_ones_own),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, open_db, close_db);
}
