/* Names of the codes, the numbers of the register and the risk bands. */
#include "domain/exception.h"

#include <string.h>

#include "base/token.h"

/* clang-format off */
const char *const document_kind_names[DOCUMENT_KIND__MAX] = { NULL, "policy", "standard", "procedure" };
const char *const domain_names[DOMAIN__MAX] = { NULL, "it_security", "hr", "finance", "compliance" };
const char *const exception_type_names[EXCEPTION_TYPE__MAX] = { NULL, "vulnerability_sla", "policy_deviation" };
const char *const cause_names[CAUSE__MAX] = { NULL, "resource_constraints", "technical_limitation", "regulatory", "business_need", "other" };
const char *const severity_names[SEVERITY__MAX] = { NULL, "critical", "high", "medium", "low" };
const char *const request_state_names[REQUEST_STATE__MAX] = { NULL, "draft", "submitted", "in_stage", "returned", "approved", "denied", "withdrawn", "alternative_accepted" };
const char *const outcome_names[OUTCOME__MAX] = { "open", "approved", "denied", "withdrawn", "alternative_accepted" };
const char *const ended_as_names[ENDED_AS__MAX] = { "not", "revoked", "closed", "consumed", "superseded" };
const char *const judgement_names[JUDGEMENT__MAX] = { NULL, "supports", "neutral", "opposes" };
const char *const verdict_names[VERDICT__MAX] = { NULL, "approve", "deny", "return", "accept", "decline" };
const char *const ballot_names[BALLOT__MAX] = { NULL, "approve", "deny", "abstain" };
const char *const control_state_names[CONTROL_STATE__MAX] = { NULL, "in_place", "planned" };
const char *const alternative_verdict_names[ALTERNATIVE_VERDICT__MAX] = { NULL, "not_practical", "less_effective" };
const char *const risk_band_names[RISK_BAND__MAX] = { NULL, "low", "medium", "high", "very_high" };
/* clang-format on */

enum risk_band
risk_band_of(int64_t score)
{
	if (score <= 0)
		return RISK_BAND__INVALID;
	if (score <= 4)
		return RISK_LOW;
	if (score <= 9)
		return RISK_MEDIUM;
	return score <= 15 ? RISK_HIGH : RISK_VERY_HIGH;
}

const char *
exception_number(struct arena *a, int64_t id)
{
	return arena_printf(a, "EX-%04lld-%05lld",
	    (long long)(id / NUMBER_YEAR), (long long)(id % NUMBER_YEAR));
}

int
exception_number_parse(const char *s, int64_t *id)
{
	long long year = 0;
	long long seq = 0;
	size_t len = strlen(s);
	size_t digits;

	if (len < 13 || len > 15 || memcmp(s, "EX-", 3) != 0 || s[7] != '-')
		return -1;
	if (i64_parse(s + 3, 4, 1970, 9999, &year) < 0)
		return -1;
	digits = len - 8;
	for (size_t i = 8; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		seq = seq * 10 + (s[i] - '0');
	}
	/* one spelling only: padded to five digits, no more zeros than that */
	if (seq < 1 || seq > NUMBER_SEQ_MAX || (digits > 5 && s[8] == '0'))
		return -1;
	*id = year * NUMBER_YEAR + seq;
	return 0;
}
