/*
 * What is done in a stage besides deciding: records, letters, and the work
 * that an outcome left open. All of it moves the row, none the content.
 */
#include "api/exceptions.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/notices.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "store/exception_store.h"
#include "store/number_store.h"
#include "store/stage_store.h"

static int
trail(struct ctx *c, const struct loaded *l, const char *detail, struct err *e)
{
	struct audit_fact fact = { .action = c->audit_action,
		.object_type = "exception",
		.object_id = l->x.id,
		.object = c->audit_object,
		.detail = detail,
		.row_version = l->x.row_version,
		.content_version = l->x.content_version };

	return audit_add(c, &fact, e);
}

static void
owed(struct ctx *c, bool is_there, const char *pointer, struct err *e)
{
	if (!is_there)
		err_field(e, c->arena, pointer, "is missing");
}

/* A day that has been: a meeting was held, an answer came. */
static void
check_day(struct ctx *c, date_t day, struct err *e)
{
	owed(c, day != DATE_NONE, "/on_day", e);
	if (day != DATE_NONE && day > c->today)
		err_field(e, c->arena, "/on_day", "is in the future");
}

static void
check_topics(struct ctx *c, const struct record_owed *owed_record,
    const struct record_in *in, struct err *e)
{
	for (size_t i = 0; i < in->ntopics; i++) {
		bool known = false;

		for (size_t j = 0; j < owed_record->ntopics; j++)
			known = known ||
			    strcmp(owed_record->topics[j], in->topics[i]) == 0;
		if (!known)
			err_field(e, c->arena,
			    arena_printf(c->arena, "/topics/%zu", i),
			    "is not a topic of this meeting");
	}
	if (owed_record->ntopics > 0 && in->ntopics == 0)
		err_field(e, c->arena, "/topics",
		    "are missing: what was talked about?");
}

/* The parts that each kind of record owes. */
static int
check_record(struct ctx *c, const struct record_owed *r,
    const struct record_in *in, struct err *e)
{
	switch (r->kind) {
	case RECORD_TEXT:
		owed(c, utf8_says(in->text), "/text", e);
		break;
	case RECORD_MEETING:
		check_day(c, in->on_day, e);
		owed(c, utf8_says(in->people), "/people", e);
		owed(c, utf8_says(in->text), "/text", e);
		check_topics(c, r, in, e);
		break;
	case RECORD_RESPONSE:
		check_day(c, in->on_day, e);
		owed(c, utf8_says(in->people), "/people", e);
		owed(c, utf8_says(in->text), "/text", e);
		break;
	case RECORD_REFERENCE:
		check_day(c, in->on_day, e);
		owed(c, utf8_says(in->reference), "/reference", e);
		break;
	case RECORD_COPY:
	case RECORD_CHECK:
	case RECORD_KIND__INVALID:
	case RECORD_KIND__MAX:
		break;
	}
	return e->kind == ERR_NONE ? 0 : -1;
}

static const char *
join_topics(struct ctx *c, const struct record_in *in)
{
	struct buf b;

	if (in->ntopics == 0)
		return NULL;
	buf_init(&b, c->arena);
	for (size_t i = 0; i < in->ntopics; i++)
		buf_printf(&b, "%s%s", i > 0 ? "\n" : "", in->topics[i]);
	return buf_text(&b);
}

/* Everything that was found and decided, for the copy (C-15). */
static int
findings_text(struct ctx *c, struct loaded *l, const char **text, struct err *e)
{
	struct buf b;

	if (exception_decisions(c, l, e) < 0)
		return -1;
	buf_init(&b, c->arena);
	for (size_t i = 0; i < l->nrecords; i++) {
		const struct stage_record *r = &l->records[i];
		const struct record_owed *o =
		    stage_record_owed(procedure_stage(&l->procedure,
					  procedure_stage_number(&l->procedure,
					      r->stage)),
			r->record);

		if (o != NULL && utf8_says(r->text))
			buf_printf(&b, "%s (%s):\n%s\n\n", o->label, r->author,
			    r->text);
	}
	for (size_t i = 0; i < l->nfindings; i++)
		buf_printf(&b, "%s (%s, %s):\n%s\n\n", l->findings[i].kind,
		    l->findings[i].author,
		    judgement_names[l->findings[i].judgement],
		    l->findings[i].text);
	for (size_t i = l->ndecisions; i-- > 0;)
		buf_printf(&b, "%s: %s (%s)\n%s\n\n",
		    l->decisions[i].role_title,
		    verdict_names[l->decisions[i].verdict],
		    l->decisions[i].decider_name, l->decisions[i].reason);
	*text = buf_text(&b);
	return 0;
}

/* A copy goes to whoever holds the role now; somebody must. */
static int
send_copy(struct ctx *c, struct loaded *l, const struct record_owed *r,
    struct stage_record *out, struct err *e)
{
	const char *text;

	if (findings_text(c, l, &text, e) < 0 ||
	    notice_role(c, &l->x, r->addressee, "copy", text, &out->people, e) <
		0)
		return -1;
	if (out->people == NULL)
		return err_set(e, ERR_STEP_REFUSED,
		    "Nobody holds the role this copy goes to. Ask an "
		    "administrator to name somebody.");
	out->on_day = c->today;
	return 0;
}

int
exception_record(struct ctx *c, struct err *e)
{
	const struct record_in *in = c->in;
	const struct record_owed *r;
	const struct stage *stage;
	struct stage_record row;
	enum request_state to;
	struct loaded l;
	int64_t id = 0;

	c->audit_action = "exception.record";
	if (exception_id_of(c, in->number, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    workflow_check(l.x.request_state, ACTION_RECORD, &l.facts, &to, e) <
		0)
		return -1;
	stage = procedure_stage(&l.procedure, l.x.stage);
	r = stage_record_owed(stage, in->record);
	if (r == NULL)
		return err_field(e, c->arena, "/record",
		    "is not asked for in this stage");
	if (r->kind == RECORD_CHECK &&
	    engine_record_state(stage, r, l.records, l.nrecords).have > 0)
		return err_field(e, c->arena, "/record", "is ticked already");
	if (check_record(c, r, in, e) < 0)
		return -1;
	row = (struct stage_record){ .stage = stage->stage,
		.record = in->record,
		.text = in->text,
		.on_day = in->on_day,
		.reference = in->reference,
		.people = in->people,
		.topics = join_topics(c, in),
		.content_version = l.x.content_version,
		.author_id = c->who.person_id,
		.recorded_at = c->now };
	if ((r->kind == RECORD_COPY && send_copy(c, &l, r, &row, e) < 0) ||
	    record_store_add(c->db, id, &row, e) < 0 ||
	    exception_store_touch(c->db, &l.x, c->who.person_id, "record",
		c->now, e) < 0 ||
	    trail(c, &l,
		row.people != NULL ?
		    arena_printf(c->arena, "%s: %s", r->label, row.people) :
		    r->label,
		e) < 0)
		return -1;
	return exception_reply_fresh(c, 200, id, e);
}

int
letter_prepare(struct ctx *c, struct err *e)
{
	const struct letter_in *in = c->in;
	struct civil today = date_to_civil(c->today);
	int64_t *id = ARENA_NEW(c->arena, int64_t);

	c->prepared = id;
	return in->action != LETTER_ACT_WRITE ?
	    0 :
	    number_store_letter(c->db, today.year, id, e);
}

static int
write_letter(struct ctx *c, const struct loaded *l, const struct letter_in *in,
    struct err *e)
{
	const struct stage *stage = procedure_stage(&l->procedure, l->x.stage);
	const struct letter row = { .id = *(const int64_t *)c->prepared,
		.stage = stage->stage,
		.title = in->title,
		.body = in->body,
		.drafter_id = c->who.person_id,
		.drafted_at = c->now };

	owed(c, utf8_says(in->title), "/title", e);
	owed(c, utf8_says(in->body), "/body", e);
	if (e->kind != ERR_NONE)
		return -1;
	return letter_store_write(c->db, l->x.id, &row, e);
}

/* The letter as it goes out is what the hash stands for. */
static int
send_letter(struct ctx *c, const struct loaded *l, const struct letter *letter,
    struct err *e)
{
	const struct stage *stage = procedure_stage(&l->procedure, l->x.stage);
	struct letter sent = *letter;
	unsigned char hash[SHA256_LEN];
	const char *text = arena_printf(c->arena, "%s\n%s\n\n%s",
	    letter_number(c->arena, letter->id), letter->title, letter->body);

	if (notice_role(c, &l->x, stage->letter->addressee, "letter", text,
		&sent.addressees, e) < 0)
		return -1;
	if (sent.addressees == NULL)
		return err_set(e, ERR_STEP_REFUSED,
		    "Nobody holds the role this letter goes to. Ask an "
		    "administrator to name somebody.");
	sha256(text, strlen(text), hash);
	return letter_store_send(c->db, &sent, hash, c->who.person_id, c->now,
	    e);
}

static const enum action letter_actions[LETTER_ACT__MAX] = { ACTION__INVALID,
	ACTION_WRITE_LETTER, ACTION_REVIEW_LETTER, ACTION_SEND_LETTER };

static int
act_on_letter(struct ctx *c, const struct loaded *l, const struct letter_in *in,
    struct err *e)
{
	const struct letter *letter = exception_letter(l);

	switch (in->action) {
	case LETTER_ACT_WRITE:
		return write_letter(c, l, in, e);
	case LETTER_ACT_REVIEW:
		return letter_store_review(c->db, letter->id, c->who.person_id,
		    c->now, e);
	case LETTER_ACT_SEND:
		return send_letter(c, l, letter, e);
	case LETTER_ACT__INVALID:
	case LETTER_ACT__MAX:
		break;
	}
	return err_set(e, ERR_INTERNAL, "No such act.");
}

int
exception_letter_act(struct ctx *c, struct err *e)
{
	const struct letter_in *in = c->in;
	const char *name = letter_act_names[in->action];
	enum request_state to;
	struct loaded l;
	int64_t id = 0;

	c->audit_action = arena_printf(c->arena, "exception.letter_%s", name);
	if (exception_id_of(c, in->number, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    workflow_check(l.x.request_state, letter_actions[in->action],
		&l.facts, &to, e) < 0)
		return -1;
	if (etag_check(c, l.x.row_version, l.x.content_version, e) < 0) {
		err_clear(e);
		return exception_stale(c, &l.x, e);
	}
	if (act_on_letter(c, &l, in, e) < 0 ||
	    exception_store_touch(c->db, &l.x, c->who.person_id, "letter",
		c->now, e) < 0 ||
	    trail(c, &l, in->title, e) < 0)
		return -1;
	return exception_reply_fresh(c, 200, id, e);
}

/* Who looks after it: the holders of its role in the exception's scope. */
static int
find_work(struct ctx *c, const struct loaded *l, int64_t id,
    struct work_item *out, struct err *e)
{
	const struct scope scope = exception_scope(l);
	struct work_item *rows = NULL;
	size_t n = 0;

	if (work_store_list(c->db, l->x.id, &rows, &n, e) < 0)
		return -1;
	if (l->facts.is_requester || l->facts.is_owner)
		return err_set(e, ERR_FORBIDDEN,
		    "You asked for this exception or own it. Somebody else "
		    "looks after what stays to be done.");
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id != id)
			continue;
		*out = rows[i];
		if (access_grant(&c->who, out->role, &scope) != NULL)
			return 0;
		return err_set(e, ERR_FORBIDDEN,
		    "This work item waits for another role.");
	}
	return err_set(e, ERR_NOT_FOUND, "There is no such work item.");
}

int
work_item_save(struct ctx *c, struct err *e)
{
	const struct work_in *in = c->in;
	bool closes = utf8_says(in->solution);
	struct work_item w = { 0 };
	struct loaded l;
	int64_t id = 0;

	c->audit_action = closes ? "exception.work_done" : "exception.work";
	if (exception_id_of(c, in->number, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    find_work(c, &l, in->id, &w, e) < 0)
		return -1;
	if (w.closed_at != TIME_NONE)
		return err_set(e, ERR_STEP_REFUSED, "It is closed.");
	if (!closes && !utf8_says(in->plan))
		return err_field(e, c->arena, "/plan",
		    "is missing: say how it will be done, or what was agreed");
	if (utf8_says(in->plan)) {
		w.plan = in->plan;
		w.owner_id = c->who.person_id;
	}
	w.solution = in->solution;
	w.closed_at = closes ? c->now : TIME_NONE;
	w.row_version = in->row_version;
	if (work_store_save(c->db, id, &w, closes ? c->who.person_id : I64_NONE,
		e) < 0 ||
	    trail(c, &l,
		arena_printf(c->arena, "%s: %s", w.title,
		    closes ? in->solution : in->plan),
		e) < 0)
		return -1;
	return exception_reply_fresh(c, 200, id, e);
}
