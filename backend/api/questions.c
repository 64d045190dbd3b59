/*
 * Questions wait for a role, not for a person. Who holds it sees the
 * question with number, title and procedure, and nothing else of a draft.
 */
#include "api/talk.h"

#include "api/audit_trail.h"
#include "api/page.h"
#include "api/talk_notices.h"
#include "store/talk_store.h"

#define LIST "questions"

int
questions_list(struct ctx *c, struct err *e)
{
	const struct questions_in *in = c->in;
	struct question_list out = { 0 };
	struct cursor place;
	bool more = false;

	if (page_place(c, LIST, in->cursor, &place, e) < 0 ||
	    talk_store_questions(c->db, c->arena, &c->who, place.id,
		page_size(in->limit), &out.items, &out.nitems, &more, e) < 0 ||
	    talk_store_questions_count(c->db, c->arena, &c->who, &out.total,
		e) < 0)
		return -1;
	for (size_t i = 0; i < out.nitems; i++)
		out.items[i].number =
		    exception_number(c->arena, out.items[i].exception_id);
	if (more)
		out.next_cursor =
		    page_next(c, LIST, 0, out.items[out.nitems - 1].id);
	return reply(c, 200, &out);
}

static int
keep_answer(struct ctx *c, const struct question_row *q, const char *text,
    int64_t *id, struct err *e)
{
	const struct comment_new answer = {
		.exception_id = q->exception_id,
		.author_id = c->who.person_id,
		.at = c->now,
		.kind = COMMENT_ANSWER,
		.text = text,
		.in_reply_to = q->id,
	};
	const struct audit_fact fact = {
		.action = "talk.answer",
		.object_type = "exception",
		.object_id = q->exception_id,
		.object = exception_number(c->arena, q->exception_id),
	};

	if (talk_store_add(c->db, &answer, id, e) < 0)
		return -1;
	return audit_add(c, &fact, e);
}

int
question_answer(struct ctx *c, struct err *e)
{
	const struct answer_in *in = c->in;
	struct comment_made out = { 0 };
	struct question_row q;
	int64_t asker = 0;
	int found = talk_store_question(c->db, &c->who, in->id, &q, e);

	if (found > 0)
		found = talk_store_answered(c->db, q.id, e);
	if (found == 0)
		return err_set(e, ERR_NOT_FOUND,
		    "There is no such question, or it has been answered.");
	if (found < 0 || keep_answer(c, &q, in->text, &out.id, e) < 0 ||
	    talk_store_asker(c->db, q.id, &asker, e) < 0 ||
	    notice_answer(c, q.exception_id, out.id, asker, e) < 0)
		return -1;
	return reply(c, 201, &out);
}
