/* The home page: what waits for the reader, and what became of theirs. */
#include <string.h>

#include "api/queue.h"
#include "domain/talk.h"
#include "domain/violation.h"
#include "store/participant_store.h"
#include "store/queue_store.h"

/* Rows of the queue shown on the home page. */
#define WAITING_SHOWN 3

struct notice_view {
	const char *id;
	const char *kind;
	const char *text;
	const char *number;
	const char *detail;
	instant_t at;
};

struct home {
	struct draft_row *drafts;
	size_t ndrafts;
	struct queue_row *waiting_for_me;
	size_t nwaiting_for_me;
	int64_t queue_count;
	struct own_row *mine_open;
	size_t nmine_open;
	struct own_row *mine_ending;
	size_t nmine_ending;
	struct acknowledge_row *to_acknowledge;
	size_t nto_acknowledge;
	struct notice_view *notices;
	size_t nnotices;
	bool may_request;
};

/* clang-format off */
static const struct field notice_view_fields[] = {
	F_STR(notice_view, id, .doc = "Identifier"),
	F_STR(notice_view, kind, .doc = "What happened"),
	F_STR(notice_view, text, .doc = "One sentence"),
	F_STR(notice_view, number, .flags = FIELD_NULLABLE, .doc = "Exception or violation it speaks of"),
	F_STR(notice_view, detail, .flags = FIELD_NULLABLE, .doc = "Reason or remark"),
	F_TIME(notice_view, at, .doc = "When"),
};
static const struct schema notice_view_schema = SCHEMA(notice_view, notice_view_fields, "A notice");

static const struct field home_fields[] = {
	F_ARRAY(home, drafts, draft_row, .doc = "Own drafts and returned requests"),
	F_ARRAY(home, waiting_for_me, queue_row, .doc = "What is due first in the review queue"),
	F_I64(home, queue_count, .doc = "Length of the review queue, at most 1000"),
	F_ARRAY(home, mine_open, own_row, .doc = "Own requests on their way"),
	F_ARRAY(home, mine_ending, own_row, .doc = "Own exceptions that end within the notice period"),
	F_ARRAY(home, to_acknowledge, acknowledge_row, .doc = "Exceptions the reader is a stakeholder of and has not taken note of, oldest first"),
	F_ARRAY(home, notices, notice_view, .doc = "Latest notices"),
	F_BOOL(home, may_request, .doc = "The reader may ask for an exception"),
};
const struct schema home_schema = SCHEMA(home, home_fields, "The home page");

/* The screen puts the number behind the sentence. */
static const struct notice_text {
	const char *kind;
	const char *text;
} notice_texts[] = {
	{ "submitted", "Your request was sent for approval." },
	{ "assigned",  "A request waits for you." },
	{ "approved",  "The exception was approved." },
	{ "denied",    "The exception was denied." },
	{ "returned",  "A request was returned to you. Complete it and send it again." },
	{ "withdrawn", "The request was withdrawn." },
	{ "reminder", "A request still waits for you; its limit is near." },
	{ "late", "A request waits longer than its procedure allows." },
	{ "form", "The next part of the form is open. Fill it in and send it." },
	{ "alternative", "The recommended alternative was accepted." },
	{ "implemented", "The exception was put in place." },
	{ "copy", "You were sent a copy of the findings." },
	{ "letter", "You were sent a letter." },
	{ "work", "Work stays to be done after an outcome." },
	{ "violation", "A known violation was reported to you." },
	{ "commented", "There is a new comment." },
	{ "mentioned", "A comment mentions you." },
	{ "asked",     "A question waits for an answer." },
	{ "answered",  "Your question was answered." },
	{ "stakeholder", "An exception concerns you. Read it and take note." },
	{ "expert",    "Your opinion is asked for." },
};
/* clang-format on */

static const char *
text_of(struct ctx *c, const char *kind)
{
	for (size_t i = 0; i < sizeof(notice_texts) / sizeof(notice_texts[0]);
	     i++) {
		if (strcmp(notice_texts[i].kind, kind) == 0)
			return notice_texts[i].text;
	}
	return arena_printf(c->arena, "There is news: %s.", kind);
}

static int
fill_notices(struct ctx *c, struct home *out, struct err *e)
{
	struct notice_row *rows;
	size_t n = 0;

	if (queue_store_notices(c->db, c->who.person_id, &rows, &n, e) < 0)
		return -1;
	out->notices = arena_array(c->arena, n, sizeof(*out->notices));
	out->nnotices = n;
	for (size_t i = 0; i < n; i++) {
		const char *number = NULL;

		if (rows[i].exception_id > 0)
			number =
			    exception_number(c->arena, rows[i].exception_id);
		else if (rows[i].violation_id > 0)
			number =
			    violation_number(c->arena, rows[i].violation_id);

		out->notices[i] = (struct notice_view){
			.id = rows[i].id,
			.kind = rows[i].kind,
			.text = text_of(c, rows[i].kind),
			.number = number,
			.detail = rows[i].detail,
			.at = rows[i].created_at,
		};
	}
	return 0;
}

static int
fill_waiting(struct ctx *c, struct home *out, struct err *e)
{
	bool more;

	if (queue_store_page(c->db, c->arena, &c->who, QUEUE_BY_DUE, NULL,
		WAITING_SHOWN, &out->waiting_for_me, &out->nwaiting_for_me,
		&more, e) < 0 ||
	    queue_rows_finish(c, out->waiting_for_me, out->nwaiting_for_me, e) <
		0)
		return -1;
	return queue_store_count(c->db, c->arena, &c->who, &out->queue_count,
	    e);
}

static void
finish_own(struct ctx *c, struct own_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct status_facts facts = {
			.fact = rows[i].fact,
			.effective_on = rows[i].effective_on,
			.holds_until = rows[i].holds_until,
		};

		rows[i].number = exception_number(c->arena, rows[i].id);
		rows[i].status =
		    status_of(&facts, c->today, c->app->notice_days);
	}
}

static int
fill_own(struct ctx *c, struct home *out, struct err *e)
{
	date_t until = (date_t)(c->today + c->app->notice_days);
	int64_t me = c->who.person_id;

	if (queue_store_drafts(c->db, me, &out->drafts, &out->ndrafts, e) < 0 ||
	    queue_store_waiting(c->db, me, &out->mine_open, &out->nmine_open,
		e) < 0 ||
	    queue_store_ending(c->db, me, c->today, until, &out->mine_ending,
		&out->nmine_ending, e) < 0)
		return -1;
	for (size_t i = 0; i < out->ndrafts; i++)
		out->drafts[i].number =
		    exception_number(c->arena, out->drafts[i].id);
	finish_own(c, out->mine_open, out->nmine_open);
	finish_own(c, out->mine_ending, out->nmine_ending);
	return 0;
}

static int
fill_to_acknowledge(struct ctx *c, struct home *out, struct err *e)
{
	if (participant_store_waiting(c->db, c->who.person_id,
		&out->to_acknowledge, &out->nto_acknowledge, e) < 0)
		return -1;
	for (size_t i = 0; i < out->nto_acknowledge; i++)
		out->to_acknowledge[i].number =
		    exception_number(c->arena, out->to_acknowledge[i].id);
	return 0;
}

int
home_get(struct ctx *c, struct err *e)
{
	struct home out = { .may_request = access_may(&c->who, PERM_REQUEST) };

	if (fill_waiting(c, &out, e) < 0 || fill_own(c, &out, e) < 0 ||
	    fill_to_acknowledge(c, &out, e) < 0 || fill_notices(c, &out, e) < 0)
		return -1;
	return reply(c, 200, &out);
}
