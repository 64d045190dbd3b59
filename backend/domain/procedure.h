/*
 * A procedure: the way a request is handled, as data. One JSON document a
 * version (sql/procedures, table procedure_version); no code knows the name
 * of a procedure.
 */
#ifndef EXREG_DOMAIN_PROCEDURE_H
#define EXREG_DOMAIN_PROCEDURE_H

#include "base/err.h"
#include "domain/exception.h"

enum layout { LAYOUT__INVALID, LAYOUT_ONE_PAGE, LAYOUT_TASK_LIST, LAYOUT__MAX };
extern const char *const layout_names[LAYOUT__MAX];

enum risk_register_rule {
	RISK_REGISTER__INVALID,
	RISK_REGISTER_ALWAYS,
	RISK_REGISTER_ASK,
	RISK_REGISTER_RULE__MAX
};
extern const char *const risk_register_rule_names[RISK_REGISTER_RULE__MAX];

enum stage_kind { STAGE_KIND__INVALID, STAGE_DECIDE, STAGE_KIND__MAX };
extern const char *const stage_kind_names[STAGE_KIND__MAX];

enum field_kind {
	FIELD_KIND__INVALID,
	KIND_TEXT,
	KIND_TEXTAREA,
	KIND_ENUM,
	KIND_DATE,
	KIND_DOCUMENT,
	KIND_CLAUSES,
	KIND_ASSET,
	KIND_UNIT,
	KIND_UNITS,
	KIND_VULNERABILITY,
	KIND_RISK,
	KIND_CONTROLS,
	KIND_ALTERNATIVES,
	KIND_BOOL,
	FIELD_KIND__MAX
};
extern const char *const field_kind_names[FIELD_KIND__MAX];

struct form_field {
	const char *field; /* a member of struct content */
	const char *label;
	const char *hint;
	enum field_kind kind;
	bool required;
};

struct form_section {
	const char *section;
	const char *title;
	struct form_field *fields;
	size_t nfields;
};

struct finding_owed {
	const char *finding; /* key */
	const char *label;
	const char *hint;
};

struct stage {
	const char *stage; /* key */
	enum stage_kind kind;
	const char *title;
	const char *role;
	const char *what; /* what is expected, in words (V-23) */
	int64_t time_limit_days;
	struct finding_owed *findings;
	size_t nfindings;
};

struct term_rule {
	int64_t max_days; /* first term, both end days counted */
};
extern const struct schema term_rule_schema;

struct framework_control {
	const char *step;
	const char *framework;
	const char *reference;
	const char *label;
	const char *note;
};
extern const struct schema framework_control_schema;

struct reference {
	const char *title;
	const char *note;
};
extern const struct schema reference_schema;

struct decision_labels {
	const char *deny; /* "deny" or "decline" */
};
extern const struct schema decision_labels_schema;

struct procedure {
	int64_t id; /* of the version's row; not in the document */
	const char *key;
	int64_t version;
	const char *number;
	const char *title;
	const char *parent;
	int64_t order;
	enum exception_type type;
	const char **domains;
	size_t ndomains;
	const char *summary;
	enum layout layout;
	date_t issued_on;
	struct reference *references;
	size_t nreferences;
	bool service_request_required;
	enum risk_register_rule risk_register;
	struct decision_labels *decision_labels;
	const char *declaration;
	struct form_section *form;
	size_t nform;
	struct stage *stages;
	size_t nstages;
	struct term_rule *term;
	int64_t review_months;
	struct framework_control *frameworks;
	size_t nframeworks;
};

extern const struct schema finding_owed_schema;
extern const struct schema procedure_schema;

/*
 * Faults that a schema cannot see: fields outside the catalogue or asked
 * twice, kinds that do not fit, a form without what every request owes, keys
 * of stages or findings twice, no decision at the end, no term limit.
 * Collected in e with pointers. Returns 0 or -1.
 */
int procedure_check(const struct procedure *p, struct arena *a, struct err *e);

/* The form field of that name, or NULL. */
const struct form_field *procedure_field(const struct procedure *p,
    const char *field);

/* Stage number (1-based), or NULL outside the procedure. */
const struct stage *procedure_stage(const struct procedure *p, int64_t stage);

bool procedure_takes_domain(const struct procedure *p, enum domain d);

#endif
