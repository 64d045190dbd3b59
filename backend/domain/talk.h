/*
 * What happens around a request: who else takes part in it, what is said
 * about it, and whom a text mentions. Pure.
 */
#ifndef EXREG_DOMAIN_TALK_H
#define EXREG_DOMAIN_TALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/field.h"

/* The part somebody takes in one exception; codes are stored. */
enum part {
	PART__INVALID,
	PART_WATCHER,     /* is told of what they may see anyway */
	PART_STAKEHOLDER, /* is affected: reads it, takes note (P-08) */
	PART_EXPERT,      /* is asked for an opinion: reads it (C-07) */
	PART__MAX
};
extern const char *const part_names[PART__MAX];

#define PART_BIT(p) (1u << (p))
/* Parts that read the exception in full, also a confidential one. */
#define PARTS_THAT_SEE (PART_BIT(PART_STAKEHOLDER) | PART_BIT(PART_EXPERT))

/* Stakeholders and experts of one exception; people added with a unit. */
#define PARTICIPANTS_MAX 300
#define UNIT_PEOPLE_MAX 200

struct participant_row {
	enum part part;
	int64_t person_id;
	const char *uid;
	const char *name;
	const char *title;
	const char *unit;
	const char *via;      /* code of the unit they came with, or NULL */
	const char *via_name; /* its name */
	const char *added_by;
	instant_t added_at;
	instant_t acknowledged_at; /* TIME_NONE: not yet */
};
extern const struct schema participant_row_schema;

/* An exception that waits for the reader's acknowledgement. */
struct acknowledge_row {
	int64_t id;
	const char *number; /* made from id */
	const char *title;
	instant_t added_at;
	const char *added_by;
};
extern const struct schema acknowledge_row_schema;

struct colleague_row {
	int64_t id;
	const char *uid;
	const char *name;
	const char *title;
	const char *unit;
};
extern const struct schema colleague_row_schema;

enum comment_kind {
	COMMENT_KIND__INVALID,
	COMMENT_PLAIN,
	COMMENT_QUESTION,
	COMMENT_ANSWER,
	COMMENT_KIND__MAX
};
extern const char *const comment_kind_names[COMMENT_KIND__MAX];

#define COMMENT_MAX 4000

struct comment_row {
	int64_t id;
	enum comment_kind kind;
	int64_t in_reply_to;
	int64_t author_id;
	const char *author;
	const char *author_uid;
	const char *author_title;
	bool expert; /* the author is or was one of the exception */
	instant_t at;
	const char *text; /* NULL: retracted */
	const char *mention_list;
	const char **mentions; /* directory names; made from mention_list */
	size_t nmentions;
	instant_t retracted_at;
	const char *asks; /* role of a question */
	const char *asks_title;
	const char *waits_for; /* role that owes the answer, NULL: none */
	/* filled for the reader */
	bool waits;
	bool mine;
	bool may_retract;
	bool may_answer;
};
extern const struct schema comment_row_schema;

/* A question as those see it who may answer it: nothing else of a draft. */
struct question_row {
	int64_t id;
	int64_t exception_id;
	const char *number; /* made from exception_id */
	const char *title;
	bool draft;
	const char *procedure_number;
	const char *procedure_title;
	const char *asked_by;
	instant_t at;
	const char *text;
};
extern const struct schema question_row_schema;

/* Somebody who is mentioned: do they read the exception in full? */
struct reader_row {
	int64_t id;
	const char *name;
	bool sees;
};
extern const struct schema reader_row_schema;

/* People one text may mention; characters of a directory name. */
#define MENTIONS_MAX 10
#define MENTION_CHARS 128

/*
 * The different "@name"s of a text, in their order, without the "@"; an "@"
 * inside a word (a mail address) is none, nor is the full stop after one.
 * names: room for MENTIONS_MAX. Returns how many there are, which may be
 * more than were kept.
 */
size_t mentions_of(struct arena *a, const char *text,
    const char *names[MENTIONS_MAX]);

/* An action of the audit trail that changes nothing of the request. */
bool action_is_talk(const char *action);

#endif
