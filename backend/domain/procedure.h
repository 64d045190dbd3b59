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

/* What happens in a stage; shown by name, never stored. */
enum stage_kind {
	STAGE_KIND__INVALID,
	STAGE_ASSESS,   /* look at it and record what was found */
	STAGE_RESPOND,  /* accept the alternative, or decline it */
	STAGE_FORM,     /* the requester fills in a further form */
	STAGE_MEET,     /* hold and record meetings */
	STAGE_DECIDE,   /* approve, deny or return */
	STAGE_DOCUMENT, /* record what the decision led to */
	STAGE_LETTER,   /* write, review and send a letter */
	STAGE_FILE,     /* tick off what must be on file */
	STAGE_KIND__MAX
};
extern const char *const stage_kind_names[STAGE_KIND__MAX];

/* Who must have said so before a decision stage can be closed (M-16). */
enum completion_rule {
	COMPLETION__INVALID,
	COMPLETION_ANY,    /* one holder of the role decides */
	COMPLETION_ALL,    /* every role listed agrees, then the role decides */
	COMPLETION_QUORUM, /* members vote, the chair closes the vote */
	COMPLETION_RULE__MAX
};
extern const char *const completion_rule_names[COMPLETION_RULE__MAX];

/* After which decision a stage is taken at all. */
enum stage_after {
	STAGE_AFTER__INVALID,
	AFTER_GOING_ON, /* unless it was denied */
	AFTER_DENIED,
	AFTER_EITHER,
	STAGE_AFTER__MAX
};
extern const char *const stage_after_names[STAGE_AFTER__MAX];

/* What is recorded in a stage, and so which parts the record has. */
enum record_kind {
	RECORD_KIND__INVALID,
	RECORD_TEXT,
	RECORD_MEETING,   /* day, people, topics, notes */
	RECORD_RESPONSE,  /* who answered, when, in words */
	RECORD_REFERENCE, /* where something is noted, and when */
	RECORD_COPY,      /* sent to the holders of a role when recorded */
	RECORD_CHECK,     /* ticked off */
	RECORD_KIND__MAX
};
extern const char *const record_kind_names[RECORD_KIND__MAX];

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
	KIND_QUALIFICATION,
	KIND_NUMBER,
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
	const char *stage; /* form stage that opens it; NULL: open at once */
	struct form_field *fields;
	size_t nfields;
};

struct finding_owed {
	const char *finding; /* key */
	const char *label;
	const char *hint;
};

/* A record a stage asks for; least > 0 is a gate. */
struct record_owed {
	const char *record; /* key */
	const char *label;
	const char *hint;
	enum record_kind kind;
	int64_t least;       /* so many before the stage can be left */
	const char **topics; /* of meetings: all covered, by one or more */
	size_t ntopics;
	const char *addressee; /* of a copy: role that gets it */
};
extern const struct schema record_owed_schema;

struct completion {
	enum completion_rule rule;
	const char **roles; /* all: who signs, in this order */
	size_t nroles;
	const char *chair; /* quorum: role that closes the vote */
	int64_t least;     /* quorum: votes needed, abstentions count */
	int64_t of;        /* quorum: seats */
};

/* The stage is taken only if everything named holds; none: always. */
struct stage_condition {
	int64_t least_risk;       /* residual score */
	int64_t longer_than_days; /* term asked for */
	int64_t least_term_no;    /* 2: the first renewal */
	const char **domains;
	size_t ndomains;
};

struct letter_template {
	const char *title;
	const char *addressee; /* role */
	const char *body;      /* {placeholders}, domain/letter.h */
};

struct stage {
	const char *stage; /* key */
	enum stage_kind kind;
	const char *title;
	const char *role;
	const char *deputy_role; /* acts when every holder is involved (V-14) */
	const char *what;        /* what is expected, in words (V-23) */
	int64_t time_limit_days;
	int64_t reminder_days;       /* before the limit */
	const char *escalation_role; /* told when the limit has passed */
	enum stage_after after;      /* 0: AFTER_GOING_ON */
	struct stage_condition *applies;
	struct completion *completion; /* NULL: any */
	const char **not_same_as;      /* stages whose actor may not act here */
	size_t nnot_same_as;
	struct finding_owed *findings;
	size_t nfindings;
	struct record_owed *records;
	size_t nrecords;
	struct letter_template *letter;
};

struct term_rule {
	int64_t max_days; /* first term, both end days counted */
	int64_t renewal_max_days;
	int64_t total_max_days;
	int64_t renewals; /* how many; 0: none; I64_NONE: no limit */
};
extern const struct schema term_rule_schema;

/* Why a request qualifies, and what that owes (C-04). */
struct criterion {
	const char *criterion; /* key */
	const char *label;
	const char *hint;
	bool alternatives; /* owes the alternatives tried */
	bool contact;      /* owes with whom, and when */
};
extern const struct schema criterion_schema;

/* What stays to be done after an outcome (C-09, C-18). */
struct work_owed {
	enum outcome after;
	const char *title;
	const char *what;
	const char *role; /* that looks after it */
};
extern const struct schema work_owed_schema;

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
	const char *owner_unit;
	int64_t order;
	enum exception_type type;
	const char **domains;
	size_t ndomains;
	const char *summary;
	enum layout layout;
	date_t issued_on;
	date_t revised_on;
	date_t last_reviewed_on;
	const char **distribution; /* kinds of people; none: everybody */
	size_t ndistribution;
	const char **documents; /* keys it is limited to; none: all */
	size_t ndocuments;
	struct reference *references;
	size_t nreferences;
	bool service_request_required;
	enum risk_register_rule risk_register;
	struct decision_labels *decision_labels;
	const char *declaration;
	struct criterion *qualification;
	size_t nqualification;
	bool confidential;   /* by default (M-13) */
	bool bulk_decisions; /* false: case by case (C-21) */
	bool implementation; /* putting it in place is recorded (C-16) */
	struct work_owed *work_items;
	size_t nwork_items;
	struct form_section *form;
	size_t nform;
	struct stage *stages;
	size_t nstages;
	struct term_rule *term;
	int64_t review_months;
	int64_t review_after_days; /* after its end (emergency) */
	struct framework_control *frameworks;
	size_t nframeworks;
};

extern const struct schema finding_owed_schema;
extern const struct schema procedure_schema;

/* What the register knows of the things a procedure names; for faults that
 * the document alone cannot show. */
struct procedure_world {
	const char *const *roles; /* that exist and are approvers' */
	const bool *held;         /* one a role: somebody holds it */
	size_t nroles;
	const char *const *documents;     /* published, by key */
	const int64_t *document_max_days; /* I64_NONE: no limit of its own */
	size_t ndocuments;
	const char *const *kinds; /* of people: roles of the staff class */
	size_t nkinds;
};

/*
 * Faults that a schema cannot see: fields outside the catalogue or asked
 * twice, kinds that do not fit, a form without what every request owes, keys
 * twice, stages nobody can reach, gates that can never hold, no decision, no
 * term limit; with a world (or NULL) also roles that nobody holds and terms
 * longer than a document allows. Collected in e with pointers. Returns 0 or
 * -1.
 */
int procedure_check(const struct procedure *p,
    const struct procedure_world *world, struct arena *a, struct err *e);

/* Last reviewed more than a year before today (C-01); what was never
 * reviewed counts from its revision or issue. False when no day is known. */
bool procedure_review_is_stale(const struct procedure *p, date_t today);

/* The form field of that name, or NULL. */
const struct form_field *procedure_field(const struct procedure *p,
    const char *field);

/* The section that asks for it, or NULL. */
const struct form_section *procedure_section(const struct procedure *p,
    const char *field);

/* Stage number (1-based), or NULL outside the procedure. */
const struct stage *procedure_stage(const struct procedure *p, int64_t stage);

/* Number of the stage with that key, or 0. */
int64_t procedure_stage_number(const struct procedure *p, const char *key);

/* Kind of a stage, or STAGE_KIND__INVALID outside the procedure. */
enum stage_kind procedure_stage_kind(const struct procedure *p, int64_t stage);

/* The record of that key that the stage asks for, or NULL. */
const struct record_owed *stage_record_owed(const struct stage *s,
    const char *record);

/* Entry i stands in the list before. */
bool list_repeats(const char *const *list, size_t i);

bool procedure_takes_domain(const struct procedure *p, enum domain d);

#endif
