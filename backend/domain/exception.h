/*
 * An exception: one permitted (or asked-for) deviation from one or more
 * clauses. Words, codes and the structs that stores fill. Enum values are
 * stored as numbers and shown by name; never renumber.
 */
#ifndef EXREG_DOMAIN_EXCEPTION_H
#define EXREG_DOMAIN_EXCEPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/field.h"

enum document_kind {
	DOCUMENT_KIND__INVALID,
	DOCUMENT_POLICY,
	DOCUMENT_STANDARD,
	DOCUMENT_PROCEDURE,
	DOCUMENT_KIND__MAX
};
extern const char *const document_kind_names[DOCUMENT_KIND__MAX];

enum domain {
	DOMAIN__INVALID,
	DOMAIN_IT_SECURITY,
	DOMAIN_HR,
	DOMAIN_FINANCE,
	DOMAIN_COMPLIANCE,
	DOMAIN__MAX
};
extern const char *const domain_names[DOMAIN__MAX];

enum exception_type {
	EXCEPTION_TYPE__INVALID,
	TYPE_VULNERABILITY_SLA,
	TYPE_POLICY_DEVIATION,
	EXCEPTION_TYPE__MAX
};
extern const char *const exception_type_names[EXCEPTION_TYPE__MAX];

enum cause {
	CAUSE__INVALID,
	CAUSE_RESOURCE_CONSTRAINTS,
	CAUSE_TECHNICAL_LIMITATION,
	CAUSE_REGULATORY,
	CAUSE_BUSINESS_NEED,
	CAUSE_OTHER,
	CAUSE__MAX
};
extern const char *const cause_names[CAUSE__MAX];

enum severity {
	SEVERITY__INVALID,
	SEVERITY_CRITICAL,
	SEVERITY_HIGH,
	SEVERITY_MEDIUM,
	SEVERITY_LOW,
	SEVERITY__MAX
};
extern const char *const severity_names[SEVERITY__MAX];

enum request_state {
	REQUEST_STATE__INVALID,
	STATE_DRAFT,
	STATE_SUBMITTED,
	STATE_IN_STAGE,
	STATE_RETURNED,
	STATE_APPROVED,
	STATE_DENIED,
	STATE_WITHDRAWN,
	STATE_ALTERNATIVE_ACCEPTED,
	REQUEST_STATE__MAX
};
extern const char *const request_state_names[REQUEST_STATE__MAX];

enum outcome {
	OUTCOME_OPEN,
	OUTCOME_APPROVED,
	OUTCOME_DENIED,
	OUTCOME_WITHDRAWN,
	OUTCOME_ALTERNATIVE_ACCEPTED,
	OUTCOME__MAX
};
extern const char *const outcome_names[OUTCOME__MAX];

enum ended_as {
	ENDED_NOT,
	ENDED_REVOKED,
	ENDED_CLOSED,
	ENDED_CONSUMED,
	ENDED_SUPERSEDED,
	ENDED_AS__MAX
};
extern const char *const ended_as_names[ENDED_AS__MAX];

/* Stored facts folded into one code; see 0003_exception.sql. A lane is a
 * stretch that lists read in order: the same codes, but what has ended stays
 * in FACT_APPROVED until it is shelved (0005_register_lists.sql). */
enum fact {
	FACT_DRAFT = 0,
	FACT_WAITING = 1,
	FACT_RETURNED = 2,
	FACT_DENIED = 3,
	FACT_WITHDRAWN = 4,
	FACT_ALTERNATIVE_ACCEPTED = 5,
	FACT_DISCARDED = 6, /* a draft its requester gave up */
	FACT_APPROVED = 10,
	FACT_SUSPENDED = 11,
	FACT_REVOKED = 12,
	FACT_CLOSED = 13,
	FACT_CONSUMED = 14,
	FACT_SUPERSEDED = 15,
	FACT_SHELVED = 16
};

/* The facts of rows in lane FACT_APPROVED, as bits 1 << enum fact. */
#define FACTS_HOLDING                                            \
 (1u << FACT_APPROVED | 1u << FACT_REVOKED | 1u << FACT_CLOSED | \
     1u << FACT_CONSUMED | 1u << FACT_SUPERSEDED)

enum judgement {
	JUDGEMENT__INVALID,
	JUDGEMENT_SUPPORTS,
	JUDGEMENT_NEUTRAL,
	JUDGEMENT_OPPOSES,
	JUDGEMENT__MAX
};
extern const char *const judgement_names[JUDGEMENT__MAX];

enum verdict {
	VERDICT__INVALID,
	VERDICT_APPROVE,
	VERDICT_DENY,
	VERDICT_RETURN,
	VERDICT_ACCEPT,  /* the alternative instead of an exception (C-09) */
	VERDICT_DECLINE, /* the alternative: the request goes on (C-10) */
	VERDICT__MAX
};
extern const char *const verdict_names[VERDICT__MAX];

enum ballot {
	BALLOT__INVALID,
	BALLOT_APPROVE,
	BALLOT_DENY,
	BALLOT_ABSTAIN,
	BALLOT__MAX
};
extern const char *const ballot_names[BALLOT__MAX];

enum control_state {
	CONTROL_STATE__INVALID,
	CONTROL_IN_PLACE,
	CONTROL_PLANNED,
	CONTROL_STATE__MAX
};
extern const char *const control_state_names[CONTROL_STATE__MAX];

enum alternative_verdict {
	ALTERNATIVE_VERDICT__INVALID,
	ALTERNATIVE_NOT_PRACTICAL,
	ALTERNATIVE_LESS_EFFECTIVE,
	ALTERNATIVE_VERDICT__MAX
};
extern const char *const alternative_verdict_names[ALTERNATIVE_VERDICT__MAX];

enum risk_band {
	RISK_BAND__INVALID,
	RISK_LOW,
	RISK_MEDIUM,
	RISK_HIGH,
	RISK_VERY_HIGH,
	RISK_BAND__MAX
};
extern const char *const risk_band_names[RISK_BAND__MAX];

/* Band of a 5x5 score: 1-4, 5-9, 10-15, 16-25; 0 for no score. */
enum risk_band risk_band_of(int64_t score);

/* Numbers: id = year * 10^7 + sequence. */
#define NUMBER_SEQ_MAX INT64_C(9999999)
#define NUMBER_YEAR INT64_C(10000000)

/* "EX-2026-00042" (at least five digits) on the arena. */
const char *exception_number(struct arena *a, int64_t id);

/* Strict parse of a number; 0 and *id, or -1. */
int exception_number_parse(const char *s, int64_t *id);

#endif
