/* The audit list against a plain reading, and what it reads for it. */
#include <stdlib.h>

#include "support/test.h"

#include "base/token.h"
#include "store/audit_list_store.h"
#include "store/statements.h"
#include "support/db_fixture.h"

#define EVENTS 4000
#define START (date_from_civil(2026, 11, 1) * US_PER_DAY)

static struct db_fixture f;

struct event {
	const char *id;
	instant_t at;
	int64_t actor;
	const char *action;
	int64_t object;
	bool refused;
};
static struct event events[EVENTS];
static size_t nevents;

static int
put_event(void *arg, size_t ncols, const char **names, const char **v,
    struct err *e)
{
	(void)arg;
	(void)names;
	(void)e;
	assert_int_equal(ncols, 6);
	events[nevents++] = (struct event){
		.id = arena_strdup(&f.arena, v[0]),
		.at = strtoll(v[1], NULL, 10),
		.actor = v[2] == NULL ? 0 : strtoll(v[2], NULL, 10),
		.action = arena_strdup(&f.arena, v[3]),
		.object = v[4] == NULL ? 0 : strtoll(v[4], NULL, 10),
		.refused = v[5][0] == '1',
	};
	return 0;
}

static int
setup(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	db_fixture_open(&f, statements, STMT__MAX);
	db_fixture_sql(&f,
	    "INSERT INTO person (id, directory_id, uid, dn, name)"
	    " SELECT seq, UUID(), CONCAT('p', seq), CONCAT('uid=p', seq),"
	    " CONCAT('Person ', seq DIV 2) FROM seq_1_to_9");
	/* Several share an instant. */
	db_fixture_sql(&f,
	    "INSERT INTO audit_event (event_id, at, actor_id, actor, action,"
	    " object_type, object_id, object, refused, detail, address, body)"
	    " SELECT UNHEX(MD5(seq)), '2026-11-01' + INTERVAL seq DIV 3"
	    " MINUTE, NULLIF(seq % 10, 0), CONCAT('Person ', seq % 10),"
	    " ELT(1 + seq % 4, 'exception.submit', 'session.sign_in',"
	    " 'decision.approve', 'register.export'),"
	    " IF(seq % 4 IN (0, 2), 'exception', 'session'),"
	    " IF(seq % 4 IN (0, 2), 20260000000 + seq % 50, NULL), 'x',"
	    " seq % 23 = 0, 'detail', '::1', '{}' FROM seq_1_to_4000");
	db_fixture_sql(&f, "ANALYZE TABLE audit_event");
	db_fixture_ok(db_text(f.db,
			  "SELECT LOWER(HEX(event_id)),"
			  " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', at),"
			  " actor_id, action, object_id, refused"
			  " FROM audit_event"
			  " ORDER BY at DESC, event_id DESC",
			  put_event, NULL, &f.e),
	    &f.e);
	assert_int_equal(nevents, EVENTS);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_fixture_close(&f);
	return 0;
}

static bool
wants(const struct audit_filter *q, const struct event *x)
{
	if (q->actor_id != 0 && q->actor_id != x->actor)
		return false;
	if (q->action != NULL && strcmp(q->action, x->action) != 0)
		return false;
	if (q->exception_id != 0 && q->exception_id != x->object)
		return false;
	if (q->result != AUDIT_RESULT__INVALID &&
	    x->refused != (q->result == AUDIT_REFUSED))
		return false;
	return (q->from == TIME_NONE || x->at >= q->from) &&
	    (q->to == TIME_NONE || x->at < q->to);
}

static void
check_pages(size_t row, const struct audit_filter *q)
{
	struct audit_place after;
	struct audit_page page = { .more = true };
	size_t at = 0;
	bool first = true;

	while (page.more) {
		struct arena_mark mark = arena_mark(&f.arena);
		char id[33];

		db_fixture_ok(audit_list_store_page(f.db, &f.arena, q,
				  first ? NULL : &after, 90, &page, &f.e),
		    &f.e);
		CHECK_ROW(row, page.nrows <= 90 && page.complete);
		for (size_t i = 0; i < page.nrows; i++) {
			while (at < EVENTS && !wants(q, &events[at]))
				at++;
			CHECK_ROW(row, at < EVENTS);
			CHECK_ROW(row,
			    strcmp(page.rows[i].id, events[at].id) == 0);
			at++;
		}
		if (page.more) {
			(void)snprintf(id, sizeof(id), "%s", page.next.id);
			after.at = page.next.at;
		}
		arena_rewind(&f.arena, mark);
		after.id = arena_strdup(&f.arena, id);
		first = false;
	}
	for (; at < EVENTS; at++)
		CHECK_ROW(row, !wants(q, &events[at]));
}

static void
test_audit_list__pages_are_the_list_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * 2 * 2 * 3 * 2; i++) {
		const struct audit_filter q = {
			.actor_id = i & 1 ? 3 : 0,
			.action = i & 2 ? "exception.submit" : NULL,
			.exception_id = i & 4 ? 20260000012 : 0,
			.result = (enum audit_result)(i / 8 % 3),
			.from = i / 24 ? START + 300 * 60 * US_PER_SECOND :
					 TIME_NONE,
			.to = i / 24 ? START + 900 * 60 * US_PER_SECOND :
				       TIME_NONE,
		};

		check_pages(i, &q);
	}
}

static void
test_audit_list__actors_by_name(void **state)
{
	int64_t id = 0;

	(void)state;
	assert_int_equal(audit_list_store_actor(f.db, "p4", &id, &f.e), 1);
	assert_int_equal(id, 4);
	assert_int_equal(audit_list_store_actor(f.db, "Person 0", &id, &f.e),
	    1);
	assert_int_equal(id, 1);
	assert_int_equal(audit_list_store_actor(f.db, "Person 2", &id, &f.e),
	    2);
	assert_int_equal(audit_list_store_actor(f.db, "nobody", &id, &f.e), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_audit_list__pages_are_the_list_once),
		cmocka_unit_test(test_audit_list__actors_by_name),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, setup, teardown);
}
