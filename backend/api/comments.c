/* What is said about an exception: read, said, taken back. */
#include "api/talk.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/page.h"
#include "api/talk_notices.h"
#include "base/buf.h"
#include "store/decision_store.h"
#include "store/talk_store.h"

#define LIST "comments"

int
talk_load(struct ctx *c, const char *number, struct loaded *l, struct err *e)
{
	int64_t id = 0;

	if (exception_id_of(c, number, &id, e) < 0 ||
	    exception_load(c, id, false, l, e) < 0)
		return -1;
	if (l->sight != SIGHT_FULL)
		return err_set(e, ERR_FORBIDDEN,
		    "Only those who take part in this exception can do this.");
	return 0;
}

/* Names as stored, "a,b", as a list. */
static void
split_mentions(struct ctx *c, struct comment_row *row)
{
	const char *s = row->mention_list != NULL ? row->mention_list : "";

	row->mentions =
	    arena_array(c->arena, MENTIONS_MAX, sizeof(*row->mentions));
	while (*s != '\0' && row->nmentions < MENTIONS_MAX) {
		size_t len = strcspn(s, ",");

		row->mentions[row->nmentions++] =
		    arena_strndup(c->arena, s, len);
		s += len + (s[len] == ',');
	}
}

static void
finish(struct ctx *c, const struct loaded *l, struct comment_row *row)
{
	const struct scope scope = exception_scope(l);

	split_mentions(c, row);
	row->mine = row->author_id == c->who.person_id;
	row->waits = row->waits_for != NULL;
	row->may_retract = row->mine && row->retracted_at == TIME_NONE &&
	    !workflow_is_terminal(l->x.request_state);
	row->may_answer = row->waits && !row->mine &&
	    access_grant(&c->who, row->waits_for, &scope) != NULL;
}

/* Who acts first under the procedure is who can say whether it applies; NULL
 * when nobody but the requester acts. */
static const char *
asked_role(const struct loaded *l)
{
	for (size_t i = 0; i < l->procedure.nstages; i++) {
		if (l->procedure.stages[i].role != NULL)
			return l->procedure.stages[i].role;
	}
	return NULL;
}

/* Why the reader may not put a question now; NULL when they may. */
static const char *
ask_refusal(const struct loaded *l)
{
	if (!l->facts.is_requester)
		return "Only the requester can ask. Write a comment instead.";
	if (workflow_is_terminal(l->x.request_state))
		return "The request is closed. Write a comment instead.";
	if (asked_role(l) == NULL)
		return "Nobody answers questions about this procedure. Write "
		       "a comment instead.";
	return NULL;
}

int
comments_list(struct ctx *c, struct err *e)
{
	const struct comments_in *in = c->in;
	size_t page = page_size(in->limit);
	struct comment_list out = { 0 };
	struct comment_row *rows = NULL;
	struct cursor place;
	struct loaded l;
	size_t n = 0;

	if (talk_load(c, in->number, &l, e) < 0 ||
	    page_place(c, LIST, in->cursor, &place, e) < 0 ||
	    talk_store_page(c->db, l.x.id,
		in->cursor != NULL ? place.id : INT64_MAX, (int64_t)page + 1,
		&rows, &n, e) < 0 ||
	    role_store_title(c->db, asked_role(&l), &out.asks_title, e) < 0)
		return -1;
	out.nitems = n > page ? page : n;
	if (n > page)
		out.next_cursor = page_next(c, LIST, 0, rows[page - 1].id);
	out.items = arena_array(c->arena, out.nitems, sizeof(*out.items));
	for (size_t i = 0; i < out.nitems; i++) {
		struct comment_row *row = &out.items[out.nitems - 1 - i];

		*row = rows[i];
		finish(c, &l, row);
	}
	out.ask_reason = ask_refusal(&l);
	out.may_ask = out.ask_reason == NULL;
	return reply(c, 200, &out);
}

/* Whom a text mentions. */
struct mentioned {
	int64_t people[MENTIONS_MAX];
	size_t n;
	const char *names; /* comma-separated; NULL: nobody */
};

static int
check_mention(struct ctx *c, const struct loaded *l, const char *name,
    struct mentioned *m, struct err *e)
{
	struct reader_row who = { 0 };
	int found = talk_store_reader(c->db, l->x.id, name, c->today, &who, e);

	if (found < 0)
		return -1;
	if (found == 0)
		err_field(e, c->arena, "/text",
		    "mentions @%s, whom the register does not know", name);
	else if (!who.sees && l->x.content_version == 0)
		err_field(e, c->arena, "/text",
		    "mentions %s (@%s), who cannot see a draft; ask a "
		    "question instead",
		    who.name, name);
	else if (!who.sees)
		err_field(e, c->arena, "/text",
		    "mentions %s (@%s), who cannot see this exception; add "
		    "them as a stakeholder first",
		    who.name, name);
	else
		m->people[m->n++] = who.id;
	return 0;
}

/* All faults at once. */
static int
check_mentions(struct ctx *c, const struct loaded *l, const char *text,
    struct mentioned *m, struct err *e)
{
	const char *names[MENTIONS_MAX];
	size_t n = mentions_of(c->arena, text, names);
	struct buf list;

	*m = (struct mentioned){ 0 };
	if (n > MENTIONS_MAX)
		return err_field(e, c->arena, "/text",
		    "mentions more than %d people", MENTIONS_MAX);
	buf_init(&list, c->arena);
	for (size_t i = 0; i < n; i++) {
		if (check_mention(c, l, names[i], m, e) < 0)
			return -1;
		buf_printf(&list, "%s%s", i > 0 ? "," : "", names[i]);
	}
	if (n > 0)
		m->names = buf_text(&list);
	return e->kind == ERR_NONE ? 0 : -1;
}

/* A question tells who is asked, not the others. */
static int
tell(struct ctx *c, const struct loaded *l, const struct comment_new *n,
    int64_t id, const struct mentioned *m, struct err *e)
{
	struct said s = { &l->x, id, m->people, m->n };

	if (n->asks != NULL && notice_question(c, &s, n->asks, e) < 0)
		return -1;
	return notice_comment(c, &s, e);
}

static int
leave_trace(struct ctx *c, const struct loaded *l, const char *action,
    const char *detail, struct err *e)
{
	const struct audit_fact fact = {
		.action = action,
		.object_type = "exception",
		.object_id = l->x.id,
		.object = exception_number(c->arena, l->x.id),
		.detail = detail,
	};

	return audit_add(c, &fact, e);
}

int
comment_create(struct ctx *c, struct err *e)
{
	const struct comment_in *in = c->in;
	bool question = in->kind == COMMENT_QUESTION;
	struct comment_made out = { 0 };
	struct comment_new new;
	struct mentioned m;
	struct loaded l;
	const char *why;

	if (talk_load(c, in->number, &l, e) < 0)
		return -1;
	if (in->kind == COMMENT_ANSWER)
		return err_field(e, c->arena, "/kind",
		    "is given to its question");
	why = question ? ask_refusal(&l) : NULL;
	if (why != NULL)
		return err_set(e,
		    l.facts.is_requester ? ERR_STEP_REFUSED : ERR_FORBIDDEN,
		    "%s", why);
	if (check_mentions(c, &l, in->text, &m, e) < 0)
		return -1;
	new = (struct comment_new){
		.exception_id = l.x.id,
		.author_id = c->who.person_id,
		.at = c->now,
		.kind = question ? COMMENT_QUESTION : COMMENT_PLAIN,
		.text = in->text,
		.in_reply_to = I64_NONE,
		.mentions = m.names,
		.asks = question ? asked_role(&l) : NULL,
	};
	if (talk_store_add(c->db, &new, &out.id, e) < 0 ||
	    leave_trace(c, &l, question ? "talk.question" : "talk.comment",
		NULL, e) < 0 ||
	    tell(c, &l, &new, out.id, &m, e) < 0)
		return -1;
	return reply(c, 201, &out);
}

int
comment_retract(struct ctx *c, struct err *e)
{
	const struct comment_path *in = c->in;
	struct loaded l;
	int done;

	if (talk_load(c, in->number, &l, e) < 0)
		return -1;
	if (workflow_is_terminal(l.x.request_state))
		return err_set(e, ERR_STEP_REFUSED,
		    "The request is closed: what was said is part of its "
		    "file. Write another comment instead.");
	done = talk_store_retract(c->db, l.x.id, in->id, c->who.person_id,
	    c->now, e);
	if (done == 0)
		return err_set(e, ERR_NOT_FOUND,
		    "There is no comment of yours to take back.");
	if (done < 0 || leave_trace(c, &l, "talk.retract", NULL, e) < 0)
		return -1;
	return reply_empty(c);
}
