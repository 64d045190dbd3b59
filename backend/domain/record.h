/*
 * Rows of the register as stores read and write them. The tables here load
 * SQL rows by column name; what goes out as JSON has views in api/view.h.
 */
#ifndef EXREG_DOMAIN_RECORD_H
#define EXREG_DOMAIN_RECORD_H

#include "domain/exception.h"

/* One row of table exception; the names behind ids are filled by the
 * statements that join them. Strings live on the request arena. */
struct exception {
	int64_t id;
	int64_t row_version;
	int64_t content_version;  /* 0 for a draft */
	const char *content_hash; /* hex, NULL for a draft */
	int64_t procedure_id;
	enum exception_type type;
	enum domain domain;
	enum request_state request_state;
	int64_t stage; /* 1-based, 0 none */
	const char *stage_role;
	instant_t stage_entered_at;
	date_t stage_due_on;
	const char *title;
	int64_t requester_id;
	const char *requester_name;
	const char *requester_title;
	const char *requester_unit;
	int64_t owner_id;
	const char *owner_name;
	const char *owner_title;
	const char *owner_unit;
	int64_t beneficiary_id;
	const char *beneficiary_name;
	int64_t edited_by_id;
	int64_t unit_id;
	const char *unit_code;
	const char *unit_name;
	int64_t asset_id;
	const char *asset_name;
	int64_t document_id;
	const char *document_key;
	const char *document_title;
	const char *document_version; /* at submission */
	const char *document_current; /* published now */
	int64_t document_max_days;
	enum cause cause;
	enum severity severity;
	const char *vulnerability;
	const char *service_request;
	date_t detected_on;
	date_t sla_due_on;
	int64_t sla_breached_days;
	int64_t risk_before;
	int64_t risk;
	bool confidential;
	date_t requested_from;
	date_t requested_until;
	date_t effective_on;
	date_t expires_on;
	enum outcome outcome;
	enum verdict decided_as; /* decided, the outcome is still to come */
	int64_t stage_days_left; /* of the limit, kept while it is returned */
	date_t stage_remind_on;  /* written with the stage, never read here */
	date_t stage_escalate_on;
	const char *stage_escalate_role;
	date_t implemented_on; /* C-16 */
	bool undocumented;     /* imported, content to be completed (M-28) */
	const char *legacy_decider; /* imported: words of the file; or NULL */
	bool suspended;
	enum ended_as ended_as;
	date_t ended_on;
	int64_t chain_id;
	int64_t previous_id;
	int64_t term_no;
	int64_t copied_from_id; /* filled when read, not when locked */
	instant_t created_at;
	instant_t submitted_at;
	instant_t decided_at;
	instant_t updated_at;
	int64_t fact;
	date_t holds_until;
	const char *draft_content; /* JSON while a draft or returned */
	const char *content;       /* JSON of content_version */
	const char *unit_ids;      /* affected, with their ancestors: "7,2,1" */
	int64_t my_parts;          /* of the reader: bits of enum part */
};
extern const struct schema exception_schema;

/* A clause deviated from, with its text at that version. */
struct clause {
	int64_t id;
	int64_t root_id;
	int64_t document_id;
	const char *ref;
	const char *title;
	const char *text;
	bool changed; /* of an exception: another text is published now */
};
extern const struct schema clause_schema;

struct finding {
	const char *kind;
	const char *label; /* from the procedure, not stored */
	enum judgement judgement;
	const char *text;
	int64_t author_id;
	const char *author;
	instant_t created_at;
	int64_t content_version;
	int64_t stage;
};
extern const struct schema finding_schema;

/* What the holder must do or keep while the exception holds (M-18). */
struct condition {
	int64_t content_version; /* of its decision */
	int64_t stage;
	const char *text;
	const char *owner; /* who sees to it, in words */
	date_t due_on;     /* DATE_NONE: as long as the exception holds */
};
extern const struct schema condition_schema;
#define CONDITIONS_MAX 20

struct decision {
	int64_t content_version;
	int64_t stage;
	const char *stage_title; /* from the procedure, not stored */
	enum verdict verdict;
	const char *reason;
	const char *precedent_reason; /* why it departs from its precedents */
	date_t expires_on;
	const char *content_hash;
	int64_t decider_id;
	const char *decider_name;
	const char *decider_title;
	const char *decider_groups;
	const char *role;
	const char *role_title;
	int64_t mapping_id;
	int64_t designation_id; /* I64_NONE: none; and so on */
	int64_t delegation_id;
	int64_t on_behalf_of_id;
	const char *on_behalf_of; /* their name then; NULL: nobody */
	int64_t procedure_id;
	instant_t decided_at;
	struct condition *conditions;
	size_t nconditions;
};
extern const struct schema decision_schema;

/* One member's or signer's say on one version; replaced by its author only,
 * until the stage is closed (M-16). */
struct vote {
	int64_t content_version;
	int64_t stage;
	int64_t voter_id;
	const char *voter;
	int64_t on_behalf_of_id; /* I64_NONE: nobody */
	const char *on_behalf_of;
	const char *role;
	const char *role_title;
	enum ballot ballot;
	const char *reason;
	instant_t voted_at;
};
extern const struct schema vote_schema;

/* What was recorded in a stage; never changed. Which parts it has goes by
 * the kind of the record (domain/procedure.h). */
struct stage_record {
	int64_t id;
	const char *stage; /* key: it outlives a return */
	const char *record;
	const char *label; /* from the procedure, not stored */
	const char *text;
	date_t on_day;
	const char *reference;
	const char *people; /* who was there, who answered, who got it */
	const char *topics; /* covered, one a line */
	int64_t content_version;
	int64_t author_id;
	const char *author;
	instant_t recorded_at;
};
extern const struct schema stage_record_schema;

enum letter_state {
	LETTER_STATE__INVALID,
	LETTER_DRAFTED,
	LETTER_REVIEWED,
	LETTER_SENT,
	LETTER_STATE__MAX
};
extern const char *const letter_state_names[LETTER_STATE__MAX];

/* A numbered letter; what was sent is never changed (C-17). */
struct letter {
	int64_t id;
	const char *number; /* L-2026-00042, made from id */
	const char *stage;  /* key */
	enum letter_state state;
	const char *title;
	const char *body;
	const char *addressees; /* names; as of the sending once sent */
	int64_t drafter_id;
	const char *drafter;
	instant_t drafted_at;
	const char *reviewer;
	instant_t reviewed_at;
	const char *sender;
	instant_t sent_at;
	const char *hash; /* hex SHA-256 of title and body, once sent */
};
extern const struct schema letter_schema;

/* "L-2026-00042" on the arena. */
const char *letter_number(struct arena *a, int64_t id);

/* What stays to be done after an outcome (C-09, C-18). */
struct work_item {
	int64_t id;
	const char *title;
	const char *what;
	const char *role;
	const char *role_title;
	int64_t owner_id;
	const char *owner;
	const char *plan;
	instant_t opened_at;
	instant_t closed_at;
	const char *closed_by;
	const char *solution; /* how it ended */
	int64_t row_version;
};
extern const struct schema work_item_schema;

enum treatment {
	TREATMENT__INVALID,
	TREATMENT_ACCEPT,
	TREATMENT_MITIGATE,
	TREATMENT_TRANSFER,
	TREATMENT_AVOID,
	TREATMENT__MAX
};
extern const char *const treatment_names[TREATMENT__MAX];

/* A row of the risk register. */
struct risk {
	int64_t id;
	const char *number; /* R-2026-00042, made from id */
	const char *title;
	const char *description;
	bool confidentiality;
	bool integrity;
	bool availability;
	int64_t likelihood_before;
	int64_t impact_before;
	int64_t likelihood_after;
	int64_t impact_after;
	enum treatment treatment;
	int64_t owner_id;
	const char *owner_name;
	int64_t unit_id;
	instant_t opened_at;
	date_t review_on;
};
extern const struct schema risk_schema;

/* "R-2026-00042" on the arena. */
const char *risk_number(struct arena *a, int64_t id);

/* One line of an exception's history: a version or another event. */
struct history_event {
	instant_t at;
	const char *actor;
	const char *action;
	const char *detail;
	bool refused;
	const char *id; /* of the event, hex */
};
extern const struct schema history_event_schema;

/* Small results. */
struct id_row {
	int64_t id;
};
extern const struct schema id_row_schema;

struct count_row {
	int64_t n;
};
extern const struct schema count_row_schema;

struct text_row {
	const char *text;
};
extern const struct schema text_row_schema;

#endif
