/* Handlers and inputs of one exception: ask, edit, find, step, decide. */
#ifndef EXREG_API_EXCEPTIONS_H
#define EXREG_API_EXCEPTIONS_H

#include "api/exception_view.h"

/* POST /exceptions */
struct exception_create_in {
	const char *procedure;
	const char *copy_of; /* number; NULL: starts empty */
};
extern const struct schema exception_create_in_schema;
/* Takes the number, outside the transaction. */
int exception_create_prepare(struct ctx *c, struct err *e);
int exception_create(struct ctx *c, struct err *e);

/* GET /exceptions/{number} */
struct exception_path {
	const char *number;
};
extern const struct schema exception_path_schema;
int exception_get(struct ctx *c, struct err *e);

/* PUT /exceptions/{number}/draft */
struct draft_in {
	const char *number;
	struct content *content;
};
extern const struct schema draft_in_schema;
struct draft_out {
	const char *number;
	const char *etag;
	int64_t row_version;
	instant_t saved_at;
	struct fault *faults; /* what is still owed before submission */
	size_t nfaults;
};
extern const struct schema draft_out_schema;
int exception_save_draft(struct ctx *c, struct err *e);

/* POST /exceptions/{number}/steps; deciding actions have a route of their
 * own. */
enum step_action {
	STEP_ACTION__INVALID,
	STEP_SUBMIT,
	STEP_RESUBMIT,
	STEP_WITHDRAW,
	STEP_DISCARD,
	STEP_AMEND,
	STEP_IMPLEMENT,
	STEP_ACTION__MAX
};
extern const char *const step_action_names[STEP_ACTION__MAX];
struct step_in {
	const char *number;
	enum step_action action;
	const char *reason; /* owed for withdraw; implement: the evidence */
	bool declaration;   /* owed for submit and resubmit when there is one */
	date_t on_day;      /* implement: when */
};
extern const struct schema step_in_schema;
int exception_step(struct ctx *c, struct err *e);
/* The columns the register filters and sorts by, from the content of l. */
void exception_fill_columns(struct ctx *c, struct loaded *l,
    const struct resolved *r);

/* POST /exceptions/{number}/findings */
struct finding_in {
	const char *number;
	const char *kind;
	enum judgement judgement;
	const char *text;
	int64_t content_version;
};
extern const struct schema finding_in_schema;
int exception_find(struct ctx *c, struct err *e);

/* GET /exceptions/{number}/history */
struct history_in {
	const char *number;
	const char *cursor;
	int64_t limit;
};
extern const struct schema history_in_schema;
struct history_out {
	struct history_event *items;
	size_t nitems;
	const char *next_cursor;
};
extern const struct schema history_out_schema;
int exception_history(struct ctx *c, struct err *e);

/* POST /decisions (directory pool) */
struct decision_in {
	const char *exception;
	int64_t content_version;
	const char *content_hash;
	const char *stage; /* key; owed where there are several */
	enum verdict verdict;
	const char *reason;
	const char *precedent_reason; /* owed when it departs from precedents */
	date_t expires_on;
	struct condition *conditions;
	size_t nconditions;
};
extern const struct schema decision_in_schema;
/* Reads the approver's groups just now, and takes a number for the risk that
 * an approval may enter, outside the transaction. */
int decision_prepare(struct ctx *c, struct err *e);
int decision_create(struct ctx *c, struct err *e);

/* POST /votes (directory pool) */
struct vote_in {
	const char *exception;
	int64_t content_version;
	const char *content_hash;
	const char *stage;
	enum ballot ballot;
	const char *reason;
};
extern const struct schema vote_in_schema;
int vote_prepare(struct ctx *c, struct err *e);
int vote_create(struct ctx *c, struct err *e);

/* POST /completions (directory pool): leave a stage that is not left by a
 * decision */
struct completion_in {
	const char *exception;
	int64_t content_version;
	const char *content_hash;
	const char *stage;
};
extern const struct schema completion_in_schema;
int completion_prepare(struct ctx *c, struct err *e);
int completion_create(struct ctx *c, struct err *e);

/* POST /exceptions/{number}/records */
struct record_in {
	const char *number;
	const char *record;
	const char *text;
	date_t on_day;
	const char *reference;
	const char *people;
	const char **topics;
	size_t ntopics;
};
extern const struct schema record_in_schema;
int exception_record(struct ctx *c, struct err *e);

/* POST /exceptions/{number}/letter */
enum letter_act {
	LETTER_ACT__INVALID,
	LETTER_ACT_WRITE,
	LETTER_ACT_REVIEW,
	LETTER_ACT_SEND,
	LETTER_ACT__MAX
};
extern const char *const letter_act_names[LETTER_ACT__MAX];
struct letter_in {
	const char *number;
	enum letter_act action;
	const char *title; /* owed to write */
	const char *body;  /* owed to write */
};
extern const struct schema letter_in_schema;
/* Takes the letter's number, outside the transaction. */
int letter_prepare(struct ctx *c, struct err *e);
int exception_letter_act(struct ctx *c, struct err *e);

/* POST /exceptions/{number}/work-items/{id} */
struct work_in {
	const char *number;
	int64_t id;
	int64_t row_version;
	const char *plan;     /* who says it takes the item */
	const char *solution; /* closes it */
};
extern const struct schema work_in_schema;
int work_item_save(struct ctx *c, struct err *e);

#endif
