/* Rows of the catalogue: documents, procedures, assets, units, people. */
#ifndef EXREG_DOMAIN_CATALOGUE_H
#define EXREG_DOMAIN_CATALOGUE_H

#include "domain/access.h"
#include "domain/exception.h"
#include "domain/status.h"

struct document_row {
	int64_t id;
	const char *document_key;
	const char *title;
	enum document_kind kind;
	enum domain domain;
	const char *version;
	bool exceptions_allowed;
	const char *exception_note;
	const char *exception_types; /* comma separated; NULL: every type */
	const char *distribution;    /* comma separated; NULL: everybody */
	int64_t max_term_days;
	date_t published_on;
	const char *owner_name;
	int64_t clause_count; /* in lists only */
};
extern const struct schema document_row_schema;

struct sla_row {
	enum severity severity;
	int64_t days;
};
extern const struct schema sla_row_schema;

struct procedure_row {
	int64_t id;
	const char *procedure_key;
	int64_t version;
	const char *body; /* JSON */
};
extern const struct schema procedure_row_schema;

/* A version as administrators see it in a list. */
struct procedure_version_row {
	int64_t id;
	const char *procedure_key;
	int64_t version;
	const char *title;
	bool published;
	instant_t created_at;
	const char *created_by; /* NULL: set up by the operator */
	const char *hash;       /* hex SHA-256 of the document */
};
extern const struct schema procedure_version_row_schema;

/* What a procedure is checked against. */
struct world_role {
	const char *role;
	bool held;
};
extern const struct schema world_role_schema;

struct world_document {
	const char *document_key;
	int64_t max_term_days;
};
extern const struct schema world_document_schema;

struct asset_row {
	int64_t id;
	const char *name;
	const char *kind;
	enum severity criticality;
	int64_t owner_id;
	const char *owner_name;
	int64_t unit_id;
	const char *unit_code;
	const char *unit_name;
	bool mine;
};
extern const struct schema asset_row_schema;

struct unit_row {
	int64_t id;
	const char *code;
	const char *name;
	const char *parent;
	int64_t depth;
};
extern const struct schema unit_row_schema;

struct owner_row {
	int64_t id;
	const char *name;
	const char *unit;
};
extern const struct schema owner_row_schema;

/* Somebody who holds the role of a stage, as far as is known. */
struct holder_row {
	int64_t id;
	const char *name;
	bool related; /* acts for a party of the request, or the other way */
};
extern const struct schema holder_row_schema;

/* The signed-in person's own entry. */
struct profile {
	int64_t id;
	const char *uid;
	const char *name;
	const char *title;
	const char *mail;
	int64_t unit_id;
	const char *unit_code;
	const char *unit_name;
};
extern const struct schema profile_schema;

/* A role somebody holds, in words; no scope: everywhere. */
struct held_role {
	const char *role;
	const char *title;
	enum role_class class;
	const char *unit; /* code */
	enum domain domain;
	const char *document;     /* key */
	const char *group_name;   /* NULL: not from a mapping */
	date_t until_on;          /* of a designation; DATE_NONE: open */
	const char *on_behalf_of; /* NULL: their own */
};
extern const struct schema held_role_schema;

/* A row of the review queue. */
struct queue_row {
	int64_t id;
	const char *number; /* made from id */
	const char *title;
	enum domain domain;
	const char *document_key;
	const char *document_title;
	const char *unit_code;
	const char *unit_name;
	const char *owner_name;
	const char *requester_name;
	int64_t risk;
	enum risk_band band; /* made from risk */
	date_t requested_until;
	instant_t submitted_at;
	int64_t stage;
	int64_t procedure_id;
	const char *stage_title; /* from the procedure */
	date_t stage_due_on;
	date_t due_on;        /* NULL without a time limit */
	int64_t overdue_days; /* none when not overdue */
	int64_t sla_breached_days;
	bool own; /* cannot decide it: requester, owner or beneficiary */
	int64_t findings_done;
	int64_t findings_owed;
};
extern const struct schema queue_row_schema;

struct draft_row {
	int64_t id;
	const char *number;
	const char *title;
	instant_t updated_at;
	enum request_state request_state;
};
extern const struct schema draft_row_schema;

/* One's own request or exception, for the home page. */
struct own_row {
	int64_t id;
	const char *number; /* made from id */
	const char *title;
	enum status status; /* made from the facts */
	enum request_state request_state;
	int64_t fact;
	date_t requested_until;
	date_t effective_on;
	date_t expires_on;
	date_t holds_until;
	instant_t updated_at;
};
extern const struct schema own_row_schema;

struct notice_row {
	const char *id;
	const char *kind;
	int64_t exception_id;
	int64_t violation_id;
	const char *number;
	const char *detail;
	instant_t created_at;
};
extern const struct schema notice_row_schema;

#endif
