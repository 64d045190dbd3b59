/*
 * What documents, procedures, assets, units and people look like on the
 * wire. The rows behind them are in domain/catalogue.h.
 */
#ifndef EXREG_API_VIEW_CATALOGUE_H
#define EXREG_API_VIEW_CATALOGUE_H

#include "domain/catalogue.h"
#include "domain/procedure.h"
#include "domain/record.h"

/* Small objects in other views. */
struct unit_ref {
	const char *code;
	const char *name;
};
extern const struct schema unit_ref_schema;

struct owner_ref {
	int64_t id; /* I64_NONE: not told */
	const char *name;
};
extern const struct schema owner_ref_schema;

/* NULL when there is no such thing. */
struct unit_ref *unit_ref_of(struct arena *a, const char *code,
    const char *name);
struct owner_ref *owner_ref_of(struct arena *a, int64_t id, const char *name);

/* Procedures: a line in the list. */
struct procedure_brief {
	const char *key;
	int64_t version;
	const char *number;
	const char *title;
	const char *parent;
	int64_t order;
	enum exception_type type;
	const char *domain; /* when it takes only one */
	const char **domains;
	size_t ndomains;
	const char *summary;
	enum layout layout;
	int64_t step_count; /* the request first, the register last */
};
extern const struct schema procedure_brief_schema;

struct procedure_list {
	struct procedure_brief *items;
	size_t nitems;
	const char *next_cursor;
};
extern const struct schema procedure_list_schema;

/* One procedure, in full. */
struct field_view {
	const char *key;
	const char *label;
	const char *hint;
	bool required;
	enum field_kind kind;
};
extern const struct schema field_view_schema;

struct section_view {
	const char *key;
	const char *title;
	const char *stage; /* form stage that opens it; NULL: open at once */
	struct field_view *fields;
	size_t nfields;
};
extern const struct schema section_view_schema;

struct form_view {
	struct section_view *sections;
	size_t nsections;
};
extern const struct schema form_view_schema;

struct finding_kind {
	const char *key;
	const char *label;
	const char *hint;
};
extern const struct schema finding_kind_schema;

struct stage_view {
	const char *key;
	enum stage_kind kind;
	const char *title;
	const char *role;
	const char *role_title;
	const char *what;
	int64_t time_limit_days;
	struct finding_kind *findings;
	size_t nfindings;
};
extern const struct schema stage_view_schema;

struct procedure_view {
	const char *key;
	int64_t version;
	const char *number;
	const char *title;
	const char *parent;
	int64_t order;
	enum exception_type type;
	const char *domain; /* when it takes only one */
	const char **domains;
	size_t ndomains;
	const char *summary;
	enum layout layout;
	date_t issued_on;
	struct form_view *form;
	struct stage_view *stages;
	size_t nstages;
	int64_t step_count;
	struct term_rule *term;
	int64_t review_months;
	bool service_request_required;
	enum risk_register_rule risk_register;
	struct decision_labels *decision_labels;
	const char *declaration;
	struct criterion *qualification;
	size_t nqualification;
	struct reference *references;
	size_t nreferences;
	struct framework_control *controls;
	size_t ncontrols;
	const char *owner_unit;
	date_t revised_on;
	date_t last_reviewed_on;
	bool review_stale; /* last reviewed more than a year ago (C-01) */
	const char **distribution; /* kinds of people; none: everybody */
	size_t ndistribution;
};
extern const struct schema procedure_view_schema;

/* Documents. */
struct document_brief {
	const char *key;
	const char *title;
	enum document_kind kind;
	enum domain domain;
	const char *version;
	int64_t clause_count;
	bool exceptions_allowed;
};
extern const struct schema document_brief_schema;

struct document_list {
	struct document_brief *items;
	size_t nitems;
	const char *next_cursor;
};
extern const struct schema document_list_schema;

struct document_view {
	const char *key;
	const char *title;
	enum document_kind kind;
	enum domain domain;
	const char *version;
	date_t published_on;
	struct owner_ref *owner;
	bool exceptions_allowed;
	int64_t max_term_days;
	const char *exception_note;
	const char **exception_types; /* none: every type */
	size_t nexception_types;
	const char **distribution; /* kinds of people; none: everybody */
	size_t ndistribution;
	struct clause *clauses;
	size_t nclauses;
	struct sla_row *sla;
	size_t nsla;
};
extern const struct schema document_view_schema;

struct asset_view {
	int64_t id;
	const char *name;
	const char *kind;
	enum severity criticality;
	struct owner_ref *owner;
	struct unit_ref *unit;
	bool mine;
};
extern const struct schema asset_view_schema;

struct asset_list {
	struct asset_view *items;
	size_t nitems;
	const char *next_cursor;
};
extern const struct schema asset_list_schema;

struct unit_list {
	struct unit_row *items;
	size_t nitems;
	const char *next_cursor;
};
extern const struct schema unit_list_schema;

struct owner_list {
	struct owner_row *items;
	size_t nitems;
	const char *next_cursor;
};
extern const struct schema owner_list_schema;

#endif
