/* Who is told of what is said and of who takes part: rows of the outbox. */
#ifndef EXREG_API_TALK_NOTICES_H
#define EXREG_API_TALK_NOTICES_H

#include "api/exception_load.h"
#include "domain/talk.h"

/* Something was said. The text itself is never part of a notice. */
struct said {
	const struct exception *x;
	int64_t comment_id;
	const int64_t *mentioned; /* people, told that they are */
	size_t nmentioned;
};

/* Tell those who are mentioned, requester, owner and watchers that c->who
 * has commented. */
int notice_comment(struct ctx *c, const struct said *s, struct err *e);

/* Tell the people who hold the role asked. */
int notice_question(struct ctx *c, const struct said *s, const char *role,
    struct err *e);

/* Tell who asked, and who is told of comments (that person only of this). */
int notice_answer(struct ctx *c, int64_t exception_id, int64_t comment_id,
    int64_t asker_id, struct err *e);

/*
 * Tell those who got that part from c->who just now: why the exception is
 * asked for, what mitigates the risk, which alternatives were considered
 * (P-08); of a confidential one only where to read it.
 */
int notice_added(struct ctx *c, const struct loaded *l, enum part part,
    struct err *e);

#endif
