/*
 * One exception of the sample: who, what, when, all following from its
 * number in the plan. Made again whenever it is needed, never kept.
 */
#ifndef EXREG_APP_SAMPLE_CASE_H
#define EXREG_APP_SAMPLE_CASE_H

#include "app/sample_data.h"

/* One line of the plan, small: there is one for each exception. */
struct sample_item {
	int64_t created_at;
	uint32_t story;  /* terms of one chain share it */
	uint32_t other;  /* place in the plan of the other term */
	uint8_t status;  /* enum status it shall have today */
	uint8_t renewal; /* status of the second term; 0: not renewed */
	uint8_t term_no; /* 1 or 2 */
	uint32_t made;   /* place in the order of making */
};

struct sample_plan {
	struct sample_item *items; /* by time of creation */
	int64_t *ids;
	size_t n;
};

/* Decide what there shall be, and number it. The items live on s->arena. */
void sample_plan_make(const struct sample *s, struct sample_plan *plan);

/* A change after submission, or the draft's beginning. */
struct sample_step {
	const char *action;
	instant_t at;
	size_t actor;
	int64_t content_version;
	enum request_state state;
	int64_t stage;
	enum outcome outcome;
	bool suspended;
	enum ended_as ended_as;
	int64_t row_version;
	size_t finding; /* index of the finding owed, for "find" */
};

#define SAMPLE_STEPS_MAX 12

struct sample_case {
	const struct sample_scenario *scenario;
	const struct sample_document *document;
	const struct sample_version *version; /* published when submitted */
	const struct sample_procedure *procedure;
	const struct sample_mapping *mapping; /* by which the decider decides */
	enum status status;
	int64_t id;
	int64_t previous_id; /* I64_NONE: first term */
	int64_t chain_id;
	int64_t term_no;
	uint64_t texts; /* stream of the random numbers behind the texts */
	size_t requester;
	size_t owner;
	size_t beneficiary; /* NOWHERE: none */
	size_t decider;
	size_t unit;
	size_t other_unit; /* NOWHERE: none */
	size_t asset;      /* NOWHERE: none */
	struct risk_analysis risk;
	bool returned_once; /* came back and was sent again */
	int64_t content_version;
	instant_t created_at;
	instant_t submitted_at;   /* first submission */
	instant_t resubmitted_at; /* last submission */
	instant_t returned_at;
	instant_t decided_at; /* outcome, or withdrawal */
	instant_t ended_at;   /* suspended, revoked, closed … */
	instant_t updated_at;
	date_t detected_on;
	date_t sla_due_on;
	int64_t sla_breached_days;
	date_t requested_from;
	date_t requested_until;
	date_t effective_on;
	date_t expires_on;
	date_t ended_on;
	date_t stage_due_on;
	struct sample_step steps[SAMPLE_STEPS_MAX]; /* submission first */
	size_t nsteps;
	int64_t row_version;
};

/* The case of item i of the plan. */
void sample_case_make(const struct sample *s, const struct sample_plan *plan,
    size_t i, struct sample_case *c);

/* Outcome, ending, fact code and last day as the table computes them. */
enum outcome sample_outcome(enum status status);
enum ended_as sample_ended_as(enum status status);
int sample_fact(const struct sample *s, const struct sample_case *c);
bool sample_shelved(const struct sample *s, const struct sample_case *c);
date_t sample_holds_until(const struct sample_case *c);

/* Parts, each in a file of its own: dates, then people, then steps. */
/* next: first day of the renewal, DATE_NONE when there is none. */
void sample_case_dates(const struct sample *s, struct sample_case *c,
    date_t next, struct rng *r);
void sample_case_steps(const struct sample *s, struct sample_case *c,
    struct rng *r);

#endif
