/*
 * Around an exception: comments, questions and answers, stakeholders,
 * experts and watchers. Nothing here moves its row or content version
 * (decisions 1).
 */
#ifndef EXREG_API_TALK_H
#define EXREG_API_TALK_H

#include "api/exception_load.h"
#include "domain/talk.h"

/* Of a number of the path, for a reader who sees all of it; else
 * ERR_NOT_FOUND or ERR_FORBIDDEN. */
int talk_load(struct ctx *c, const char *number, struct loaded *l,
    struct err *e);

/* GET /exceptions/{number}/comments */
struct comments_in {
	const char *number;
	const char *cursor;
	int64_t limit;
};
extern const struct schema comments_in_schema;
struct comment_list {
	struct comment_row *items; /* newest last */
	size_t nitems;
	const char *next_cursor; /* leads to earlier ones */
	bool may_ask;
	const char *ask_reason; /* why not */
	const char *asks_title; /* role a question goes to */
};
extern const struct schema comment_list_schema;
int comments_list(struct ctx *c, struct err *e);

/* POST /exceptions/{number}/comments */
struct comment_in {
	const char *number;
	enum comment_kind kind; /* 0: a comment */
	const char *text;
};
extern const struct schema comment_in_schema;
struct comment_made {
	int64_t id;
};
extern const struct schema comment_made_schema;
int comment_create(struct ctx *c, struct err *e);

/* DELETE /exceptions/{number}/comments/{id} */
struct comment_path {
	const char *number;
	int64_t id;
};
extern const struct schema comment_path_schema;
int comment_retract(struct ctx *c, struct err *e);

/* GET /questions */
struct questions_in {
	const char *cursor;
	int64_t limit;
};
extern const struct schema questions_in_schema;
struct question_list {
	struct question_row *items; /* oldest first */
	size_t nitems;
	const char *next_cursor;
	int64_t total;
};
extern const struct schema question_list_schema;
int questions_list(struct ctx *c, struct err *e);

/* POST /questions/{id}/answer */
struct answer_in {
	int64_t id;
	const char *text;
};
extern const struct schema answer_in_schema;
int question_answer(struct ctx *c, struct err *e);

/* GET, POST /exceptions/{number}/stakeholders */
struct talk_path {
	const char *number;
};
extern const struct schema talk_path_schema;
struct stakeholder_list {
	struct participant_row *items; /* by name, at most 300 */
	size_t nitems;
	int64_t waiting; /* stakeholders who have not taken note, or none */
	bool shows_acknowledgements;
	bool may_add;
	const char *add_reason; /* why not */
	bool may_add_expert;
	const char *expert_reason; /* why not */
	bool to_acknowledge;       /* by the reader, now */
};
extern const struct schema stakeholder_list_schema;
int stakeholders_list(struct ctx *c, struct err *e);

struct stakeholder_in {
	const char *number;
	enum part part;   /* 0: stakeholder */
	const char *uid;  /* a person, or */
	const char *unit; /* all people of a unit and of those below it */
};
extern const struct schema stakeholder_in_schema;
int stakeholder_add(struct ctx *c, struct err *e);

/* DELETE /exceptions/{number}/stakeholders/{uid} */
struct stakeholder_path {
	const char *number;
	const char *uid;
};
extern const struct schema stakeholder_path_schema;
int stakeholder_end(struct ctx *c, struct err *e);

/* POST /exceptions/{number}/acknowledgement */
int acknowledgement_create(struct ctx *c, struct err *e);

/* POST, DELETE /exceptions/{number}/watch */
int watch_begin(struct ctx *c, struct err *e);
int watch_end(struct ctx *c, struct err *e);

/* GET /colleagues */
struct colleagues_in {
	const char *text;
};
extern const struct schema colleagues_in_schema;
struct colleague_list {
	struct colleague_row *items;
	size_t nitems;
};
extern const struct schema colleague_list_schema;
int colleagues_list(struct ctx *c, struct err *e);

#endif
