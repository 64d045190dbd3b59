/*
 * What the acts of a day give a person, as rows of the database: days, ends
 * by hand, scopes, who holds a stage.
 */
#include "support/test.h"

#include "base/buf.h"
#include "store/acts_store.h"
#include "store/exception_store.h"
#include "store/role_store.h"
#include "store/statements.h"
#include "support/db_fixture.h"

#define TODAY 20000 /* 2024-10-04 */
#define NOW (TODAY * US_PER_DAY + 9 * 3600 * US_PER_SECOND)

/* 1 is away, 2 acts, 3 the administrator, 4 somebody else */
/* clang-format off */
static const char *const seed[] = {
	"INSERT INTO person (id, directory_id, uid, dn, name) SELECT seq, CONCAT('id', seq), CONCAT('p', seq), CONCAT('uid=p', seq), CONCAT('Person ', seq) FROM seq_1_to_6",
	"INSERT INTO unit (id, code, name, parent_id) VALUES (1, 'H', 'House', NULL)",
	"INSERT INTO role_mapping (id, group_id, group_dn, group_name, role, domain, created_at, created_by) VALUES"
	" (1, 'g1', 'cn=g1', 'g1', 'security_lead', NULL, '2024-01-01', 3), (2, 'g2', 'cn=g2', 'g2', 'auditor', NULL, '2024-01-01', 3)",
	"INSERT INTO procedure_version (id, procedure_key, version, title, type, body, sha256, created_at) VALUES (1, 'P', 1, 'P', 1, '{}', UNHEX(SHA2('x', 256)), '2024-01-01')",
	"INSERT INTO exception (id, procedure_id, type, title, requester_id, owner_id, edited_by_id, created_at, updated_at)"
	" VALUES (1, 1, 1, 'Asked by 5', 5, 5, 5, '2024-01-01', '2024-01-01')",
	"INSERT INTO role_holder (mapping_id, person_id, seen_at) VALUES (1, 1, '2024-01-01'), (2, 1, '2024-01-01')",
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

static int
forget(void **state)
{
	(void)state;
	db_fixture_sql(&f, "DELETE FROM delegation");
	db_fixture_sql(&f, "DELETE FROM designation");
	db_fixture_sql(&f, "UPDATE person SET acts_until = NULL");
	return 0;
}

static int64_t
delegate(int64_t from, int64_t to, const char *role, date_t first, date_t last)
{
	const struct delegation_ask ask = { from, to, from, role,
		{ first, last } };
	int64_t id = 0;

	db_fixture_ok(delegation_store_add(f.db, &ask, NULL, NOW, &id, &f.e),
	    &f.e);
	return id;
}

static int64_t
designate(int64_t person, const char *role, int64_t domain, date_t first,
    date_t last)
{
	const struct designation_new d = { .person_id = person,
		.role = role,
		.unit_id = I64_NONE,
		.domain = domain,
		.document_id = I64_NONE,
		.period = { first, last },
		.now = NOW,
		.created_by = 3 };
	int64_t id = 0;

	db_fixture_ok(designation_store_add(f.db, &d, &id, &f.e), &f.e);
	return id;
}

/* "designated:security_lead mirrored:security_lead/1 ..." of a day. */
static const char *
told(int64_t person, date_t today)
{
	struct act_row *rows = NULL;
	struct buf b;
	size_t n = 0;

	db_fixture_ok(acts_store_of(f.db, person, today,
			  today * US_PER_DAY + US_PER_DAY / 2, &rows, &n, &f.e),
	    &f.e);
	buf_init(&b, &f.arena);
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "%s%s", i > 0 ? " " : "",
		    act_kind_names[rows[i].kind]);
		if (rows[i].role != NULL)
			buf_printf(&b, ":%s", rows[i].role);
		if (rows[i].person_id != I64_NONE)
			buf_printf(&b, "/%d", (int)rows[i].person_id);
		if (!rows[i].holds)
			buf_str(&b, " (over)");
	}
	return buf_text(&b);
}

/* V-20 */
static void
test_acts__a_designation_holds_on_its_days(void **state)
{
	(void)state;
	designate(4, "security_lead", I64_NONE, TODAY, TODAY + 2);
	assert_string_equal(told(4, TODAY - 1), "");
	assert_string_equal(told(4, TODAY), "designated:security_lead");
	assert_string_equal(told(4, TODAY + 2), "designated:security_lead");
	assert_string_equal(told(4, TODAY + 3), "");
	assert_string_equal(told(1, TODAY), "");
	assert_string_equal(db_fixture_value(&f,
				"SELECT acts_until FROM person WHERE id = 4"),
	    "2024-10-06");
	assert_null(
	    db_fixture_value(&f, "SELECT acts_until FROM person WHERE id = 1"));
}

static void
test_acts__the_last_day_of_all_acts_is_kept(void **state)
{
	(void)state;
	designate(4, "security_lead", I64_NONE, TODAY, DATE_NONE);
	designate(4, "auditor", I64_NONE, TODAY, TODAY);
	assert_string_equal(db_fixture_value(&f,
				"SELECT acts_until FROM person WHERE id = 4"),
	    "9999-12-31");
}

static void
test_acts__what_was_ended_by_hand_gives_no_role(void **state)
{
	int64_t id = designate(4, "security_lead", I64_NONE, TODAY, DATE_NONE);
	int64_t other = delegate(1, 2, NULL, TODAY, TODAY + 5);

	(void)state;
	db_fixture_ok(designation_store_end(f.db, id, 1, 3, NOW, &f.e), &f.e);
	assert_string_equal(told(4, TODAY), "");
	assert_int_equal(designation_store_end(f.db, id, 2, 3, NOW, &f.e), -1);
	assert_int_equal(f.e.kind, ERR_STALE);
	err_clear(&f.e);
	/* a delegation is told for a day more: it stands in the way */
	db_fixture_ok(delegation_store_end(f.db, other, 1, 1, NOW, &f.e), &f.e);
	assert_string_equal(told(2, TODAY), "received/1 (over)");
	assert_string_equal(told(1, TODAY), "given/2 (over)");
	assert_string_equal(told(2, TODAY + 2), "");
}

/* V-14 */
static void
test_acts__a_delegate_holds_what_the_other_may_decide(void **state)
{
	(void)state;
	designate(1, "exception_approver", 2, TODAY, TODAY + 3);
	designate(1, "administrator", I64_NONE, TODAY, TODAY + 3);
	delegate(1, 2, NULL, TODAY, TODAY + 5);
	assert_string_equal(told(2, TODAY),
	    "received/1 mirrored:security_lead/1 on_behalf:exception_approver/1");
	assert_string_equal(told(2, TODAY + 4),
	    "received/1 mirrored:security_lead/1");
	assert_string_equal(told(2, TODAY + 6), "");
	assert_string_equal(told(2, TODAY - 1), "");
}

/* V-14: depth one */
static void
test_acts__a_chain_of_two_gives_nothing(void **state)
{
	(void)state;
	delegate(1, 2, NULL, TODAY, TODAY + 5);
	delegate(2, 4, NULL, TODAY, TODAY + 5);
	assert_string_equal(told(4, TODAY), "received/2");
}

static void
test_acts__only_the_role_that_was_named_is_held(void **state)
{
	(void)state;
	designate(1, "exception_approver", I64_NONE, TODAY, DATE_NONE);
	delegate(1, 2, "exception_approver", TODAY, TODAY);
	assert_string_equal(told(2, TODAY),
	    "received:exception_approver/1 on_behalf:exception_approver/1");
}

static const char *
holders(int64_t domain)
{
	struct exception x = { .id = 1,
		.stage_role = "security_lead",
		.domain = (enum domain)domain,
		.document_id = 1 };
	struct holder_row *rows = NULL;
	struct buf b;
	size_t n = 0;

	db_fixture_ok(exception_store_holders(f.db, &x, x.stage_role, TODAY,
			  &rows, &n, &f.e),
	    &f.e);
	buf_init(&b, &f.arena);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%d%s", i > 0 ? " " : "", (int)rows[i].id,
		    rows[i].related ? "!" : "");
	return buf_text(&b);
}

/* V-20, V-14 */
static void
test_acts__who_holds_a_stage_counts_designated_people_and_delegates(
    void **state)
{
	struct owner_row *rows = NULL;
	size_t n = 0;

	(void)state;
	assert_string_equal(holders(1), "1");
	designate(4, "security_lead", 2, TODAY, TODAY);
	designate(5, "security_lead", I64_NONE, TODAY + 1, TODAY + 1);
	delegate(1, 2, NULL, TODAY, TODAY);
	delegate(1, 6, "exception_approver", TODAY, TODAY);
	assert_string_equal(holders(1), "1 2");
	assert_string_equal(holders(2), "1 2 4");
	db_fixture_ok(role_holder_store_list(f.db, "security_lead", TODAY,
			  &rows, &n, &f.e),
	    &f.e);
	assert_int_equal(n, 2); /* 1 by the mapping, 4 by name */
}

/* V-14: somebody who acts for the requester cannot stand in */
static void
test_acts__a_holder_who_acts_for_a_party_is_told_apart(void **state)
{
	(void)state;
	designate(4, "security_lead", I64_NONE, TODAY, TODAY);
	assert_string_equal(holders(1), "1 4");
	delegate(5, 4, NULL, TODAY, TODAY);
	assert_string_equal(holders(1), "1 4!");
	delegate(1, 5, NULL, TODAY, TODAY);
	assert_string_equal(holders(1), "1! 4! 5");
}

/* V-14 */
static void
test_acts__a_relation_counts_both_ways(void **state)
{
	static const int64_t of_one[4] = { 1, 9, I64_NONE, 9 };
	static const int64_t of_two[4] = { 9, 9, 2, 9 };
	static const struct {
		int64_t person;
		const int64_t *parties;
		date_t today;
		bool related;
	} cases[] = {
		{ 2, of_one, TODAY, true },
		{ 1, of_two, TODAY, true },
		{ 4, of_one, TODAY, false },
		{ 2, of_one, TODAY + 6, false },
		{ 2, of_two, TODAY, false },
	};

	(void)state;
	delegate(1, 2, NULL, TODAY, TODAY + 5);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bool related = false;

		db_fixture_ok(delegation_store_related(f.db, cases[i].person,
				  cases[i].parties, cases[i].today, NOW,
				  &related, &f.e),
		    &f.e);
		CHECK_ROW(i, related == cases[i].related);
	}
}

static void
test_acts__the_same_designation_is_found_on_a_shared_day(void **state)
{
	struct designation_new d = { .person_id = 4,
		.role = "security_lead",
		.unit_id = I64_NONE,
		.domain = 2,
		.document_id = I64_NONE,
		.period = { TODAY + 3, DATE_NONE } };
	bool exists = false;

	(void)state;
	designate(4, "security_lead", 2, TODAY, TODAY + 3);
	db_fixture_ok(designation_store_exists(f.db, &d, &exists, &f.e), &f.e);
	assert_true(exists);
	d.period.from_on = TODAY + 4;
	db_fixture_ok(designation_store_exists(f.db, &d, &exists, &f.e), &f.e);
	assert_false(exists);
	d.period.from_on = TODAY;
	d.domain = I64_NONE;
	db_fixture_ok(designation_store_exists(f.db, &d, &exists, &f.e), &f.e);
	assert_false(exists);
}

#define T(test) cmocka_unit_test_setup(test, forget)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_acts__a_designation_holds_on_its_days),
		T(test_acts__the_last_day_of_all_acts_is_kept),
		T(test_acts__what_was_ended_by_hand_gives_no_role),
		T(test_acts__a_delegate_holds_what_the_other_may_decide),
		T(test_acts__a_chain_of_two_gives_nothing),
		T(test_acts__only_the_role_that_was_named_is_held),
		T(test_acts__who_holds_a_stage_counts_designated_people_and_delegates),
		T(test_acts__a_holder_who_acts_for_a_party_is_told_apart),
		T(test_acts__a_relation_counts_both_ways),
		T(test_acts__the_same_designation_is_found_on_a_shared_day),
	};

	if (!db_fixture_available())
		return DB_FIXTURE_SKIP;
	return cmocka_run_group_tests(tests, open_db, close_db);
}
