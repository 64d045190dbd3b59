/*
 * The register status: computed from stored facts and dates on every read,
 * by one table that also gives the ranges a status filter scans
 * (decisions 5). No status is stored, nothing expires by a job.
 */
#ifndef EXREG_DOMAIN_STATUS_H
#define EXREG_DOMAIN_STATUS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "domain/exception.h"

enum status {
	STATUS__INVALID,
	STATUS_DRAFT,
	STATUS_IN_REVIEW,
	STATUS_RETURNED,
	STATUS_SCHEDULED,
	STATUS_ACTIVE,   /* as a filter it includes expiring */
	STATUS_EXPIRING, /* active, and ends within the notice period */
	STATUS_SUSPENDED,
	STATUS_EXPIRED,
	STATUS_REVOKED,
	STATUS_CLOSED,
	STATUS_CONSUMED,
	STATUS_SUPERSEDED,
	STATUS_DENIED,
	STATUS_WITHDRAWN,
	STATUS_ALTERNATIVE_ACCEPTED,
	STATUS__MAX
};
extern const char *const status_names[STATUS__MAX];

/* The stored facts a status is made of. holds_until is never DATE_NONE. */
struct status_facts {
	int64_t fact;        /* enum fact */
	date_t effective_on; /* DATE_NONE until approved */
	date_t holds_until;
};

/* Never STATUS__INVALID for a valid fact code. */
enum status status_of(const struct status_facts *f, date_t today,
    int notice_days);

/*
 * One stretch of an index: a fact code and inclusive bounds on the dates
 * (DATE_MIN/DATE_MAX: open). A status is a union of such ranges.
 */
struct status_range {
	int fact;
	date_t effective_from,
	    effective_to; /* on effective_on; both open when not asked */
	date_t holds_from, holds_to; /* on holds_until */
};

#define STATUS_RANGES_MAX 8
#define STATUS_SET_RANGES_MAX 40

/*
 * The ranges of a status filter on that day; active includes expiring.
 * Returns their number (<= STATUS_RANGES_MAX). For every row:
 * (some range matches) == (status_of == s, or ACTIVE and EXPIRING).
 */
size_t status_ranges(enum status s, date_t today, int notice_days,
    struct status_range out[STATUS_RANGES_MAX]);

/*
 * The same for a set of statuses (bits 1 << enum status), as few disjoint
 * ranges as there can be: a row matches one range or none.
 */
size_t status_set_ranges(unsigned statuses, date_t today, int notice_days,
    struct status_range out[STATUS_SET_RANGES_MAX]);

#endif
