/*
 * Terms: [effective_on, expires_on], both inclusive days in the
 * organisation's zone (decisions 4).
 */
#ifndef EXREG_DOMAIN_TERM_H
#define EXREG_DOMAIN_TERM_H

#include "base/err.h"
#include "domain/procedure.h"

/* The later of the requested start (or none) and the day of the outcome. */
date_t term_effective(date_t requested_from, date_t outcome_day);

/* Days of the term, both ends counted. */
int64_t term_days(date_t effective_on, date_t expires_on);

/* The shorter of the procedure's and the document's limit in days. */
int64_t term_limit(const struct procedure *p, int64_t document_max_days);

/* The last day a term of that limit may have. */
date_t term_latest(date_t effective_on, int64_t limit_days);

/*
 * May an approver grant this last day? It is needed, not past, not after
 * what was asked (an approver may only shorten) and within the limit.
 * Faults go to e under "/expires_on". Returns 0 or -1.
 */
int term_check(date_t expires_on, date_t requested_from, date_t requested_until,
    int64_t limit_days, date_t today, struct arena *a, struct err *e);

/* SLA (V-04, V-05): due day, and days past it, I64_NONE when not past. */
date_t sla_due(date_t detected_on, int64_t sla_days);
int64_t sla_breached_days(date_t sla_due_on, date_t today);

#endif
