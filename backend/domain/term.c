/* Plain arithmetic on days; every limit counts both end days. */
#include "domain/term.h"

/* Years have four digits; what lies beyond is the last day there is. */
static date_t
add_days(date_t day, int64_t n)
{
	return n > DATE_MAX - (int64_t)day ? DATE_MAX : (date_t)(day + n);
}

date_t
term_effective(date_t requested_from, date_t outcome_day)
{
	if (requested_from == DATE_NONE || requested_from < outcome_day)
		return outcome_day;
	return requested_from;
}

int64_t
term_days(date_t effective_on, date_t expires_on)
{
	return (int64_t)expires_on - effective_on + 1;
}

int64_t
term_limit(const struct procedure *p, int64_t document_max_days)
{
	int64_t limit = p->term->max_days;

	if (document_max_days != I64_NONE && document_max_days < limit)
		limit = document_max_days;
	return limit;
}

date_t
term_latest(date_t effective_on, int64_t limit_days)
{
	return add_days(effective_on, limit_days - 1);
}

int
term_check(date_t expires_on, date_t requested_from, date_t requested_until,
    int64_t limit_days, date_t today, struct arena *a, struct err *e)
{
	date_t effective = term_effective(requested_from, today);
	date_t latest = term_latest(effective, limit_days);
	char day[11];

	if (expires_on == DATE_NONE)
		return err_field(e, a, "/expires_on",
		    "is missing: every exception has a last day");
	if (expires_on < today)
		return err_field(e, a, "/expires_on", "is in the past");
	if (expires_on < effective) {
		date_format(effective, day);
		return err_field(e, a, "/expires_on",
		    "is before the first day, %s", day);
	}
	if (expires_on > requested_until) {
		date_format(requested_until, day);
		return err_field(e, a, "/expires_on",
		    "is after the day asked for, %s; it can only be shortened",
		    day);
	}
	if (expires_on > latest) {
		date_format(latest, day);
		return err_field(e, a, "/expires_on",
		    "is beyond the limit of %lld days; the latest is %s",
		    (long long)limit_days, day);
	}
	return 0;
}

date_t
sla_due(date_t detected_on, int64_t sla_days)
{
	return add_days(detected_on, sla_days);
}

int64_t
sla_breached_days(date_t sla_due_on, date_t today)
{
	return sla_due_on < today ? (int64_t)today - sla_due_on : I64_NONE;
}
