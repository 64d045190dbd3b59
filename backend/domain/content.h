/*
 * The content of a request: what the requester states, one canonical JSON
 * document a content version (decisions 2). A draft may leave out anything;
 * what is owed at submission is asked of the procedure (domain/form.h).
 */
#ifndef EXREG_DOMAIN_CONTENT_H
#define EXREG_DOMAIN_CONTENT_H

#include "domain/exception.h"

struct vulnerability {
	const char *identifier; /* CVE, scanner finding or pentest reference */
	const char *title;
	enum severity severity;
	date_t detected_on;
	const char *source;
};

struct risk_analysis {
	const char *description; /* the threat */
	const char *consequence;
	int64_t likelihood; /* 1..5 before controls */
	int64_t impact;
	int64_t likelihood_after; /* 1..5 with the controls */
	int64_t impact_after;
	bool confidentiality;
	bool integrity;
	bool availability;
};

struct control {
	const char *description;
	enum control_state state;
	const char *owner;
};

struct alternative {
	const char *description;
	enum alternative_verdict verdict;
	const char *reason;
};

/* A criterion the requester claims, and what shows it (C-04). */
struct qualification {
	const char *criterion; /* key in the procedure */
	const char *evidence;
	const char *contact; /* with whom it was talked over */
	date_t contacted_on;
};

struct content {
	const char *title;
	enum cause cause;
	const char *document; /* key */
	const char **clauses; /* refs in that document */
	size_t nclauses;
	int64_t asset_id;
	const char *unit;   /* code */
	const char **units; /* other units affected */
	size_t nunits;
	struct vulnerability *vulnerability;
	const char *sla_reason;
	const char *justification;
	const char *circumstances;
	const char *impact_if_denied;
	struct risk_analysis *risk;
	struct control *controls;
	size_t ncontrols;
	const char *controls_none_reason;
	struct alternative *alternatives;
	size_t nalternatives;
	const char *remediation_plan;
	const char *service_request;
	date_t requested_from;
	date_t requested_until;
	const char *beneficiary; /* uid */
	bool confidential;
	struct qualification *qualification;
	size_t nqualification;
	date_t fix_on;        /* day the fix is planned for (M-34) */
	bool one_time;        /* spent by its first use (M-33) */
	int64_t amount_limit; /* in whole units of the currency (M-35) */
	const char *alternative_procedure;
	const char *special_circumstances;
	const char *overlap_reason; /* not asked by a form: see form_facts */
};

extern const struct schema vulnerability_schema;
extern const struct schema risk_analysis_schema;
extern const struct schema control_schema;
extern const struct schema alternative_schema;
extern const struct schema qualification_schema;
extern const struct schema content_schema;

/* Scores of the analysis, 0 when a part is missing. */
int64_t risk_score_before(const struct content *c);
int64_t risk_score_after(const struct content *c);

/* The names a form may show and which member answers them: the field
 * catalogue. True when the content has an answer for that field; a flag
 * always has one. Blank text and an empty list are no answers. */
bool content_has(const struct content *c, const char *field);

/* The same, but a flag that is not set says nothing. */
bool content_says(const struct content *c, const char *field);

#endif
