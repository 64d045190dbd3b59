/*
 * A constant number of statements: the record with its content and units,
 * its procedure and its findings, whatever the size of the register.
 */
#include "api/exception_load.h"

#include <string.h>

#include "api/procedure_shelf.h"
#include "base/token.h"
#include "domain/talk.h"
#include "domain/term.h"
#include "store/decision_store.h"
#include "store/exception_store.h"
#include "store/stage_store.h"
#include "json/json_read.h"
#include "json/json_write.h"

int
exception_id_of(struct ctx *c, const char *number, int64_t *id, struct err *e)
{
	if (number == NULL || exception_number_parse(number, id) < 0)
		return err_set(e, ERR_NOT_FOUND, "There is no such exception.");
	c->audit_object = number; /* of the input: outlives a retry */
	c->audit_object_id = *id;
	return 0;
}

int
content_parse(struct arena *a, const char *json, struct content *out,
    struct err *e)
{
	struct json *v = json_parse(a, json, strlen(json), e);

	if (v == NULL)
		return -1;
	return json_read_struct(a, v, &content_schema, out, "/content", e);
}

const char *
content_print(struct arena *a, const struct content *content)
{
	struct buf b;
	struct json_writer w;

	buf_init(&b, a);
	json_begin(&w, &b);
	json_struct(&w, NULL, &content_schema, content);
	json_finish(&w);
	return buf_text(&b);
}

/* What the requester has typed but not sent is nobody else's to read. */
static int
load_content(struct ctx *c, struct loaded *l, struct err *e)
{
	if (l->x.requester_id == c->who.person_id)
		l->content_json = l->x.draft_content;
	if (l->content_json == NULL)
		l->content_json = l->x.content;
	if (l->content_json == NULL)
		return err_set(e, ERR_INTERNAL, "The content is missing.");
	return content_parse(c->arena, l->content_json, &l->content, e);
}

static int
load_units(struct ctx *c, struct loaded *l, struct err *e)
{
	const char *s = l->x.unit_ids != NULL ? l->x.unit_ids : "";
	const char *end = s + strlen(s);
	long long id = 0;
	size_t len;

	/* a number and its comma are two characters or more */
	l->units = arena_array(c->arena, strlen(s) / 2 + 1, sizeof(*l->units));
	for (; s < end; s += len + 1) {
		len = strcspn(s, ",");
		if (i64_parse(s, len, 1, INT64_MAX, &id) < 0)
			return err_set(e, ERR_INTERNAL, "A unit has no id.");
		l->units[l->nunits++] = id;
	}
	return 0;
}

/* Findings speak of a content version; a draft has none. */
static int
load_findings(struct ctx *c, struct loaded *l, struct err *e)
{
	if (l->x.content_version == 0)
		return 0;
	return finding_store_list(c->db, l->x.id, &l->findings, &l->nfindings,
	    e);
}

/* Only what the procedure can have is asked for. */
static int
load_stages(struct ctx *c, struct loaded *l, struct err *e)
{
	bool votes = false, records = l->procedure.implementation;
	bool letters = false;

	for (size_t i = 0; i < l->procedure.nstages; i++) {
		const struct stage *s = &l->procedure.stages[i];

		votes = votes ||
		    (s->completion != NULL &&
			s->completion->rule != COMPLETION_ANY);
		records = records || s->nrecords > 0;
		letters = letters || s->kind == STAGE_LETTER;
	}
	if (l->x.content_version == 0)
		return 0;
	if ((votes &&
		vote_store_list(c->db, l->x.id, &l->votes, &l->nvotes, e) <
		    0) ||
	    (records &&
		record_store_list(c->db, l->x.id, &l->records, &l->nrecords,
		    e) < 0) ||
	    (letters &&
		letter_store_list(c->db, l->x.id, &l->letters, &l->nletters,
		    e) < 0))
		return -1;
	return 0;
}

int
exception_decisions(struct ctx *c, struct loaded *l, struct err *e)
{
	if (l->decisions_known || l->x.content_version == 0)
		return 0;
	if (decision_store_list(c->db, l->x.id, &l->decisions, &l->ndecisions,
		e) < 0)
		return -1;
	l->decisions_known = true;
	return 0;
}

const struct vote *
exception_votes(const struct loaded *l, size_t *n)
{
	const struct vote *first = NULL;

	*n = 0;
	for (size_t i = 0; i < l->nvotes; i++) {
		if (l->votes[i].content_version != l->x.content_version ||
		    l->votes[i].stage != l->x.stage)
			continue;
		if ((*n)++ == 0)
			first = &l->votes[i];
	}
	return first;
}

const struct letter *
exception_letter(const struct loaded *l)
{
	const struct stage *s = procedure_stage(&l->procedure, l->x.stage);

	for (size_t i = 0; s != NULL && i < l->nletters; i++) {
		if (strcmp(l->letters[i].stage, s->stage) == 0)
			return &l->letters[i];
	}
	return NULL;
}

struct stage_facts
exception_stage_facts(const struct ctx *c, const struct exception *x)
{
	struct stage_facts f = { .risk = x->risk,
		.term_no = x->term_no,
		.domain = x->domain };

	if (x->requested_until != DATE_NONE)
		f.days = term_days(term_effective(x->requested_from, c->today),
		    x->requested_until);
	return f;
}

int
exception_unknown(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, "There is no such exception.");
}

/* The row; a draft is its requester's only. */
static int
load_row(struct ctx *c, int64_t id, bool lock, struct exception *x,
    struct err *e)
{
	int found = 1;

	if (!lock)
		found = exception_store_find(c->db, id, c->who.person_id, true,
		    x, e);
	else if (exception_store_lock(c->db, id, c->who.person_id, x, e) < 0)
		found = -1;
	if (found < 0)
		return -1;
	if (found == 0 ||
	    (x->content_version == 0 && x->requester_id != c->who.person_id))
		return exception_unknown(e);
	return 0;
}

int
exception_load(struct ctx *c, int64_t id, bool lock, struct loaded *l,
    struct err *e)
{
	memset(l, 0, sizeof(*l));
	if (load_row(c, id, lock, &l->x, e) < 0 || load_units(c, l, e) < 0 ||
	    procedure_shelf_get(c->procedures, c->db, c->arena,
		l->x.procedure_id, &l->procedure, e) < 0 ||
	    load_content(c, l, e) < 0 || load_findings(c, l, e) < 0 ||
	    load_stages(c, l, e) < 0 || exception_judge(c, l, e) < 0)
		return -1;
	if (lock && l->sight != SIGHT_FULL)
		return err_set(e, ERR_FORBIDDEN,
		    "Only those who take part in this exception can do this.");
	return 0;
}

int
exception_reload(struct ctx *c, struct loaded *l, struct err *e)
{
	int found = exception_store_find(c->db, l->x.id, c->who.person_id,
	    false, &l->x, e);

	if (found == 0)
		return exception_unknown(e);
	return found < 0 ? -1 : exception_judge(c, l, e);
}

/* Events looked through for the one that changed it. */
#define STALE_EVENTS 20

int
exception_stale(struct ctx *c, const struct exception *x, struct err *e)
{
	struct history_event *events = NULL;
	static const unsigned char last[16] = { 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff };
	size_t n = 0;
	struct err ignored;

	err_clear(&ignored);
	c->stale_etag = etag_text(c->arena, x->row_version, x->content_version);
	c->stale_at = x->updated_at;
	if (exception_store_history(c->db, x->id, c->now + US_PER_DAY, last,
		STALE_EVENTS, &events, &n, &ignored) < 0)
		n = 0;
	for (size_t i = 0; i < n && c->stale_by == NULL; i++) {
		if (!events[i].refused && !action_is_talk(events[i].action))
			c->stale_by = events[i].actor;
	}
	return err_set(e, ERR_STALE,
	    "It changed while you were reading it. Look at the new version, "
	    "then send again.");
}
