/*
 * The sample register keeps the rules of the product: what it claims was
 * submitted could have been submitted, what it claims was approved could
 * have been approved, and each exception has the status it was made for.
 */
#include "support/test.h"

#include "api/exception_load.h"
#include "app/sample_tables.h"
#include "app/sample_text.h"
#include "base/utf8.h"
#include "domain/form.h"
#include "domain/term.h"

#define TODAY 20779 /* 2026-11-22 */
#define NOTICE 30

struct made {
	struct arena arena;
	struct arena scratch;
	struct sample s;
	struct sample_plan plan;
};

static void
make(struct made *m, date_t today, size_t count, uint64_t seed)
{
	struct err e = { 0 };

	arena_init(&m->arena);
	arena_init(&m->scratch);
	m->s = (struct sample){ .arena = &m->arena,
		.dir = "sql/sample",
		.procedures_dir = "sql/procedures",
		.today = today,
		.seed = seed,
		.count = count };
	if (sample_load(&m->s, &e) < 0)
		fail_msg("%s", e.cause);
	if (count > 0)
		sample_grow(&m->s);
	if (sample_resolve(&m->s, &e) < 0)
		fail_msg("%s", e.cause);
	sample_plan_make(&m->s, &m->plan);
}

static void
drop(struct made *m)
{
	arena_release(&m->scratch);
	arena_release(&m->arena);
}

static void
check_status(const struct made *m, const struct sample_case *c)
{
	const struct status_facts facts = {
		.fact = sample_fact(&m->s, c),
		.effective_on = c->effective_on,
		.holds_until = sample_holds_until(c),
	};
	enum status status = status_of(&facts, m->s.today, NOTICE);

	if (status != c->status)
		fail_msg("%lld: %s instead of %s", (long long)c->id,
		    status_names[status], status_names[c->status]);
}

static date_t
day_of(instant_t t)
{
	return (date_t)(t / US_PER_DAY);
}

/* As the handler checks it, on the day of the submission. */
static void
check_form(struct made *m, const struct sample_case *c, int64_t version,
    instant_t at)
{
	static const bool found[20] = { true, true, true, true };
	struct form_facts facts = { .document_found = true,
		.document_domain_taken =
		    procedure_takes_domain(&c->procedure->procedure,
			c->document->domain),
		.exceptions_allowed = c->document->exceptions_allowed,
		.document_max_days = c->document->max_term_days,
		.clause_found = found,
		.asset_found = true,
		.unit_found = true,
		.units_found = found,
		.beneficiary_found = true,
		.sla_days = c->version->nsla > 0 ? 7 : I64_NONE };
	struct err e = { 0 };
	struct content x;

	sample_content(&m->s, c, version, &m->scratch, &x);
	if (form_check(&x, &c->procedure->procedure, &facts, day_of(at),
		&m->scratch, &e) < 0)
		fail_msg("%lld (%s): %s %s", (long long)c->id,
		    c->scenario->scenario, e.fields[0].pointer,
		    e.fields[0].detail);
	assert_true(utf8_length(x.title) <= 200);
	for (size_t i = 0; i < x.nclauses; i++)
		assert_non_null(sample_clause_find(c->version, x.clauses[i]));
}

static void
check_term(struct made *m, const struct sample_case *c)
{
	struct err e = { 0 };

	if (term_check(c->expires_on, c->requested_from, c->requested_until,
		c->scenario->limit, day_of(c->decided_at), &m->scratch, &e) < 0)
		fail_msg("%lld (%s): %s %s", (long long)c->id,
		    c->scenario->scenario, e.fields[0].pointer,
		    e.fields[0].detail);
	assert_int_equal(c->effective_on,
	    term_effective(c->requested_from, day_of(c->decided_at)));
}

static void
check_steps(const struct made *m, const struct sample_case *c)
{
	instant_t before = c->created_at;

	for (size_t i = 0; i < c->nsteps; i++) {
		if (c->steps[i].at <= before)
			fail_msg("%lld: %s too early", (long long)c->id,
			    c->steps[i].action);
		before = c->steps[i].at;
		if (i > 0)
			assert_true(c->steps[i].row_version >
			    c->steps[i - 1].row_version);
	}
	assert_true(before < m->s.today * US_PER_DAY);
}

static void
check_people(const struct sample_case *c)
{
	assert_true(c->decider != c->requester);
	assert_true(c->decider != c->owner);
	assert_true(c->decider != c->beneficiary);
	assert_true(c->requester != c->beneficiary);
}

static void
check_all(struct made *m, size_t seen[STATUS__MAX])
{
	struct sample_case c;

	for (size_t i = 0; i < m->plan.n; i++) {
		arena_reset(&m->scratch);
		sample_case_make(&m->s, &m->plan, i, &c);
		assert_true(i == 0 || m->plan.ids[i - 1] < c.id);
		seen[c.status]++;
		check_status(m, &c);
		check_people(&c);
		check_steps(m, &c);
		if (c.status == STATUS_DRAFT)
			continue;
		check_form(m, &c, 1, c.submitted_at);
		if (c.content_version == 2)
			check_form(m, &c, 2, c.resubmitted_at);
		if (sample_outcome(c.status) == OUTCOME_APPROVED)
			check_term(m, &c);
	}
}

static void
test_sample__keeps_the_rules(void **state)
{
	struct made m;

	(void)state;
	/* every day of the week, and over the end of a year */
	for (date_t today = TODAY; today < TODAY + 70; today += 6) {
		size_t seen[STATUS__MAX] = { 0 };

		make(&m, today, 0, 1);
		check_all(&m, seen);
		for (int i = STATUS_DRAFT; i < STATUS_ALTERNATIVE_ACCEPTED; i++)
			assert_true(seen[i] >= 5);
		drop(&m);
	}
}

static void
test_sample__large_keeps_the_rules(void **state)
{
	size_t seen[STATUS__MAX] = { 0 };
	struct made m;

	(void)state;
	make(&m, TODAY, 6000, 7);
	assert_int_equal(m.plan.n, 6000);
	check_all(&m, seen);
	assert_in_range(seen[STATUS_ACTIVE] + seen[STATUS_EXPIRING], 1100,
	    1300);
	assert_in_range(seen[STATUS_EXPIRED], 3300, 3700);
	drop(&m);
}

/* A renewal begins on the day after the term before it ended. */
static void
test_sample__chains_have_no_gap(void **state)
{
	struct sample_case a, b;
	size_t chains = 0;
	struct made m;

	(void)state;
	make(&m, TODAY, 0, 1);
	for (size_t i = 0; i < m.plan.n; i++) {
		if (m.plan.items[i].term_no != 2)
			continue;
		sample_case_make(&m.s, &m.plan, i, &b);
		sample_case_make(&m.s, &m.plan, m.plan.items[i].other, &a);
		assert_int_equal(a.status, STATUS_SUPERSEDED);
		assert_int_equal(b.previous_id, a.id);
		assert_int_equal(a.ended_on + 1, b.effective_on);
		assert_int_equal(a.requester, b.requester);
		assert_ptr_equal(a.scenario, b.scenario);
		chains++;
	}
	assert_true(chains >= 10);
	drop(&m);
}

static void
test_sample__same_seed_same_bytes(void **state)
{
	struct sample_case a, b;
	struct content x, y;
	struct made m, n, other;
	size_t different = 0;

	(void)state;
	make(&m, TODAY, 500, 3);
	make(&n, TODAY, 500, 3);
	make(&other, TODAY, 500, 4);
	for (size_t i = 0; i < 500; i++) {
		const char *json;

		sample_case_make(&m.s, &m.plan, i, &a);
		sample_case_make(&n.s, &n.plan, i, &b);
		sample_content(&m.s, &a, 1, &m.scratch, &x);
		sample_content(&n.s, &b, 1, &n.scratch, &y);
		json = content_print(&m.scratch, &x);
		assert_string_equal(json, content_print(&n.scratch, &y));
		sample_case_make(&other.s, &other.plan, i, &b);
		sample_content(&other.s, &b, 1, &other.scratch, &y);
		different +=
		    strcmp(json, content_print(&other.scratch, &y)) != 0;
	}
	assert_true(different > 490);
	drop(&m);
	drop(&n);
	drop(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sample__keeps_the_rules),
		cmocka_unit_test(test_sample__large_keeps_the_rules),
		cmocka_unit_test(test_sample__chains_have_no_gap),
		cmocka_unit_test(test_sample__same_seed_same_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
