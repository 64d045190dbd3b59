/* What an exception looks like on the wire. */
#ifndef EXREG_API_EXCEPTION_VIEW_H
#define EXREG_API_EXCEPTION_VIEW_H

#include "api/exception_load.h"
#include "domain/status.h"

struct person_ref {
	int64_t id;
	const char *name;
	const char *title;
	const char *unit;
};
extern const struct schema person_ref_schema;

/* A record the stage asks for, and how much of it is there. */
struct record_now {
	const char *record;
	const char *label;
	const char *hint;
	enum record_kind kind;
	int64_t least;
	const char **topics;
	size_t ntopics;
	const char *addressee; /* of a copy: role that gets it, in words */
	int64_t have;
	bool complete;
};
extern const struct schema record_now_schema;

/* What the votes have come to. */
struct tally_now {
	enum completion_rule rule;
	int64_t least;
	int64_t of; /* seats; I64_NONE where every role signs */
	int64_t cast;
	int64_t approve;
	int64_t deny;
	int64_t abstain;
	bool complete;
};
extern const struct schema tally_now_schema;

struct stage_now {
	int64_t index; /* 1-based stage of the procedure */
	const char *stage;
	enum stage_kind kind;
	const char *title;
	const char *role; /* whose turn it is; NULL: the requester's */
	const char *role_title;
	const char *what;
	instant_t entered_at;
	date_t due_on;
	const char **holders;
	size_t nholders;
	int64_t holders_more;
	struct finding_owed *findings; /* owed in this stage */
	size_t nfindings;
	struct record_now *records; /* asked for in this stage */
	size_t nrecords;
	struct tally_now *tally; /* of a stage that takes votes */
	const char *addressee;   /* of its letter: role in words */
};
extern const struct schema stage_now_schema;

enum path_state {
	PATH_STATE__INVALID,
	PATH_DONE,
	PATH_NOW,
	PATH_NEXT,
	PATH_SKIPPED,
	PATH_STATE__MAX
};
extern const char *const path_state_names[PATH_STATE__MAX];

/* One step of the procedure, with its number, for everyone to see (V-23). */
struct path_step {
	int64_t index;
	const char *title;
	const char *what;
	const char *who;
	enum path_state state;
	instant_t at;
	const char *by;
};
extern const struct schema path_step_schema;

struct allowed_action {
	enum action action;
	bool allowed;
	bool known;         /* the state and its stage know it at all */
	const char *reason; /* why not */
};
extern const struct schema allowed_action_schema;

/* What a request still owes before it can be sent. */
struct fault {
	const char *pointer;
	const char *detail;
};
extern const struct schema fault_schema;

struct exception_view {
	const char *number;
	const char *etag;
	int64_t row_version;
	int64_t content_version;
	const char *content_hash;
	enum request_state request_state;
	enum status status;
	bool redacted; /* the reader sees M-11's members only */
	bool mine;
	bool watching;
	const char *title;
	const char *procedure_key;
	int64_t procedure_version;
	const char *procedure_number;
	const char *procedure_title;
	const char *copied_from; /* number */
	enum exception_type type;
	enum domain domain;
	struct stage_now *stage;
	int64_t form_stage; /* parts of the form up to it are open */
	struct path_step *path;
	size_t npath;
	struct person_ref *requester;
	struct person_ref *owner;
	const char *beneficiary;
	const char *unit_code;
	const char *unit_name;
	int64_t asset_id;
	const char *asset_name;
	const char *document_key;
	const char *document_title;
	const char *document_version;
	bool document_changed;
	struct clause *clauses;
	size_t nclauses;
	enum cause cause;
	const char *content; /* JSON */
	instant_t created_at;
	instant_t submitted_at;
	instant_t decided_at;
	instant_t updated_at;
	date_t requested_from;
	date_t requested_until;
	date_t effective_on;
	date_t expires_on;
	date_t latest_until; /* the limit on the last day, as of today */
	int64_t max_days;
	enum severity severity;
	date_t sla_due_on;
	int64_t days_beyond_sla;
	int64_t sla_breached_days;
	int64_t risk_before;
	int64_t risk;
	enum risk_band band;
	bool confidential;
	struct finding *findings;
	size_t nfindings;
	struct decision *decisions;
	size_t ndecisions;
	enum verdict decided_as;
	struct vote *votes;
	size_t nvotes;
	struct stage_record *records;
	size_t nrecords;
	struct letter *letters;
	size_t nletters;
	const char *letter_title; /* to start a letter from */
	const char *letter_body;
	struct work_item *work_items;
	size_t nwork_items;
	date_t implemented_on;
	bool undocumented;
	bool may_document;
	const char *legacy_decider;
	struct stage_facts facts; /* not on the wire */
	struct risk *risks;
	size_t nrisks;
	const char *acting_for; /* whose role the reader would decide with */
	struct allowed_action *allowed_actions;
	size_t nallowed_actions;
	struct fault *faults; /* none unless the reader may edit it */
	size_t nfaults;
};
extern const struct schema exception_view_schema;

/*
 * What the content still owes, as a list for the screen instead of a
 * refusal; on the arena.
 */
struct fault *faults_of(struct ctx *c, const struct content *content,
    const struct procedure *p, const struct form_facts *facts, size_t *n);

/* Load what the view needs beside l and answer with it, ETag included. */
int exception_reply(struct ctx *c, int status, const struct loaded *l,
    struct err *e);

/* Read the exception again after a change and answer with it. */
int exception_reply_fresh(struct ctx *c, int status, int64_t id, struct err *e);

#endif
