/*
 * Comments, questions and answers of an exception. All functions return 0,
 * or -1 with e set, unless they say otherwise; rows live on the request
 * arena.
 */
#ifndef EXREG_STORE_TALK_STORE_H
#define EXREG_STORE_TALK_STORE_H

#include "base/err.h"
#include "domain/access.h"
#include "domain/record.h"
#include "domain/talk.h"

struct db;

struct comment_new {
	int64_t exception_id;
	int64_t author_id;
	instant_t at;
	enum comment_kind kind;
	const char *text;
	int64_t in_reply_to;  /* I64_NONE: nothing */
	const char *mentions; /* comma-separated, NULL: nobody */
	const char *asks;     /* role of a question, which waits; else NULL */
};
int talk_store_add(struct db *db, const struct comment_new *n, int64_t *id,
    struct err *e);

/* The latest limit comments before an id (INT64_MAX: all), newest first. */
int talk_store_page(struct db *db, int64_t exception_id, int64_t before,
    int64_t limit, struct comment_row **rows, size_t *n, struct err *e);

/* Take back one's own. 1, 0 when there is no such comment, -1. */
int talk_store_retract(struct db *db, int64_t exception_id, int64_t id,
    int64_t author_id, instant_t now, struct err *e);

/* A person by directory name, and whether they read that exception in full
 * today. 1, 0 when nobody has the name, -1. */
int talk_store_reader(struct db *db, int64_t exception_id, const char *uid,
    date_t today, struct reader_row *out, struct err *e);

/* Largest page of questions; their count stops at QUESTIONS_COUNT_MAX. */
#define QUESTIONS_PAGE_MAX 100
#define QUESTIONS_COUNT_MAX 1000

/*
 * Questions that wait for a role of w (approver grants, in their scopes),
 * each once, oldest first, after an id (0: from the start). *more: there are
 * others after these. number is not filled.
 */
int talk_store_questions(struct db *db, struct arena *a, const struct who *w,
    int64_t after, size_t limit, struct question_row **rows, size_t *n,
    bool *more, struct err *e);
int talk_store_questions_count(struct db *db, struct arena *a,
    const struct who *w, int64_t *n, struct err *e);

/* One of them. 1, 0 when it is none of theirs or waits no longer, -1. */
int talk_store_question(struct db *db, const struct who *w, int64_t id,
    struct question_row *out, struct err *e);

/* It waits no longer. 1, 0 when somebody else was first, -1. */
int talk_store_answered(struct db *db, int64_t id, struct err *e);

/* Who asked. ERR_NOT_FOUND. */
int talk_store_asker(struct db *db, int64_t id, int64_t *person_id,
    struct err *e);

#endif
