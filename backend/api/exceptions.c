/* Create, read, autosave, record findings, history. */
#include "api/exceptions.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/overlaps.h"
#include "api/procedure_view.h"
#include "api/route.h"
#include "base/token.h"
#include "base/utf8.h"
#include "domain/audience.h"
#include "domain/term.h"
#include "store/catalogue_store.h"
#include "store/decision_store.h"
#include "store/exception_store.h"
#include "store/number_store.h"

/* What a new exception begins with. */
struct beginning {
	int64_t id;
	struct procedure_row procedure;
	struct procedure p;     /* the same, read */
	int64_t copied_from;    /* I64_NONE: none */
	struct content content; /* of that one */
};

/* The request to copy from, as much of it as the person sees in full. */
static int
find_original(struct ctx *c, const struct exception_create_in *in,
    struct beginning *b, struct err *e)
{
	struct loaded l;
	int64_t id = 0;

	b->copied_from = I64_NONE;
	if (in->copy_of == NULL)
		return 0;
	if (exception_number_parse(in->copy_of, &id) < 0)
		return err_field(e, c->arena, "/copy_of",
		    "is not the number of an exception");
	if (exception_load(c, id, false, &l, e) < 0) {
		if (e->kind != ERR_NOT_FOUND)
			return -1;
		err_clear(e);
		l.sight = SIGHT_NONE;
	}
	if (l.sight != SIGHT_FULL)
		return err_field(e, c->arena, "/copy_of",
		    "is not a request that you can read in full");
	if (strcmp(l.procedure.key, in->procedure) != 0)
		return err_field(e, c->arena, "/copy_of",
		    "was asked for under another procedure");
	b->copied_from = id;
	b->content = l.content;
	return 0;
}

/* Whom the procedure is for (C-03, C-27). */
static int
check_asker(struct ctx *c, struct beginning *b, struct err *e)
{
	const struct procedure *p = &b->p;

	if (procedure_parse(c->arena, &b->procedure, &b->p, e) < 0)
		return -1;
	if (audience_admits(&c->who, p->distribution, p->ndistribution))
		return 0;
	return err_set(e, ERR_FORBIDDEN, "%s",
	    audience_refusal(&c->who, p->distribution, p->ndistribution,
		c->arena));
}

/* The procedure first: who asks for none takes no number. */
int
exception_create_prepare(struct ctx *c, struct err *e)
{
	const struct exception_create_in *in = c->in;
	struct civil today = date_to_civil(c->today);
	struct beginning *b = ARENA_NEW(c->arena, struct beginning);
	int found = catalogue_store_procedure_newest(c->db, in->procedure,
	    &b->procedure, e);

	c->prepared = b;
	if (found == 0)
		return err_field(e, c->arena, "/procedure",
		    "is not a procedure");
	if (found < 0 || check_asker(c, b, e) < 0 ||
	    find_original(c, in, b, e) < 0)
		return -1;
	return number_store_exception(c->db, today.year, &b->id, e);
}

static int
save_draft_columns(struct ctx *c, struct loaded *l, const struct content *in,
    const struct resolved *r, const char *json, struct err *e)
{
	const struct draft_columns cols = {
		.title = in->title,
		.domain = r->facts.document_found ? r->document.domain :
						    DOMAIN_IT_SECURITY,
		.unit_id = r->unit.id > 0 ? r->unit.id : I64_NONE,
		.asset_id = r->facts.asset_found ? r->asset.id : I64_NONE,
		.document_id =
		    r->facts.document_found ? r->document.id : I64_NONE,
		.confidential = in->confidential,
		.risk = risk_score_after(in),
		.requested_from = in->requested_from,
		.requested_until = in->requested_until,
	};

	if (l->x.request_state == STATE_DRAFT)
		return exception_store_save_draft(c->db, &l->x, &cols, json,
		    c->now, e);
	return exception_store_save_returned(c->db, &l->x, json, c->now, e);
}

/* What the new draft begins with: what it takes over of an old request, or
 * that it is confidential unless the requester says otherwise (M-13). */
static int
first_content(struct ctx *c, const struct beginning *b,
    const struct procedure *p, struct err *e)
{
	struct loaded l = { .x = { .id = b->id,
				.row_version = 1,
				.request_state = STATE_DRAFT } };
	struct content content;
	struct resolved r;

	if (b->copied_from == I64_NONE && !p->confidential)
		return 0;
	schema_init(&content_schema, &content);
	content.confidential = true;
	if (b->copied_from != I64_NONE)
		form_copy(p, &b->content, &content);
	if (content_resolve(c, &content, p, 0, &r, e) < 0)
		return -1;
	return save_draft_columns(c, &l, &content, &r,
	    content_print(c->arena, &content), e);
}

int
exception_create(struct ctx *c, struct err *e)
{
	const struct beginning *b = c->prepared;
	int64_t id = b->id;
	struct audit_fact fact = { .action = "exception.create",
		.object_type = "exception" };

	if (exception_store_create(c->db, id, b->procedure.id, b->p.type,
		c->who.person_id, b->copied_from, c->now, e) < 0 ||
	    first_content(c, b, &b->p, e) < 0)
		return -1;
	fact.object_id = id;
	fact.object = exception_number(c->arena, id);
	if (b->copied_from != I64_NONE)
		fact.detail = arena_printf(c->arena, "copied from %s",
		    exception_number(c->arena, b->copied_from));
	if (audit_add(c, &fact, e) < 0)
		return -1;
	response_header(c->res, "Location",
	    arena_printf(c->arena, "/api/v1/exceptions/%s", fact.object));
	return exception_reply_fresh(c, 201, id, e);
}

int
exception_get(struct ctx *c, struct err *e)
{
	const struct exception_path *in = c->in;
	int64_t id = 0;

	if (exception_id_of(c, in->number, &id, e) < 0)
		return -1;
	return exception_reply_fresh(c, 200, id, e);
}

int
exception_save_draft(struct ctx *c, struct err *e)
{
	const struct draft_in *in = c->in;
	struct draft_out out = { .saved_at = c->now };
	enum request_state to;
	struct resolved r;
	struct loaded l;
	int64_t id = 0;

	if (exception_id_of(c, in->number, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    workflow_check(l.x.request_state, ACTION_EDIT, &l.facts, &to, e) <
		0)
		return -1;
	if (etag_check(c, l.x.row_version, l.x.content_version, e) < 0) {
		err_clear(e);
		return exception_stale(c, &l.x, e);
	}
	if (content_resolve(c, in->content, &l.procedure, l.x.stage, &r, e) <
		0 ||
	    overlap_resolve(c, &l.x, in->content, &r, e) < 0)
		return -1;
	if (save_draft_columns(c, &l, in->content, &r,
		content_print(c->arena, in->content), e) < 0)
		return -1;
	out.faults =
	    faults_of(c, in->content, &l.procedure, &r.facts, &out.nfaults);
	out.number = in->number;
	out.row_version = l.x.row_version;
	out.etag = etag_text(c->arena, l.x.row_version, l.x.content_version);
	reply_etag(c, l.x.row_version, l.x.content_version);
	return reply(c, 200, &out);
}

static int
check_finding(struct ctx *c, const struct loaded *l,
    const struct finding_in *in, struct err *e)
{
	const struct stage *s = procedure_stage(&l->procedure, l->x.stage);
	bool owed = false;

	for (size_t i = 0; s != NULL && i < s->nfindings; i++)
		owed = owed || strcmp(s->findings[i].finding, in->kind) == 0;
	if (!owed)
		err_field(e, c->arena, "/kind",
		    "is not a finding of this stage");
	for (size_t i = 0; i < l->nfindings; i++) {
		const struct finding *f = &l->findings[i];

		if (f->content_version == l->x.content_version &&
		    f->stage == l->x.stage && strcmp(f->kind, in->kind) == 0 &&
		    f->author_id != c->who.person_id)
			return err_set(e, ERR_STEP_REFUSED,
			    "%s recorded this finding. Only the author can "
			    "replace it.",
			    f->author);
	}
	return e->kind == ERR_NONE ? 0 : -1;
}

int
exception_find(struct ctx *c, struct err *e)
{
	const struct finding_in *in = c->in;
	struct audit_fact fact = { .action = "exception.find",
		.object_type = "exception" };
	struct finding f;
	enum request_state to;
	struct loaded l;
	int64_t id = 0;

	c->audit_action = fact.action;
	if (exception_id_of(c, in->number, &id, e) < 0 ||
	    exception_load(c, id, true, &l, e) < 0 ||
	    workflow_check(l.x.request_state, ACTION_FIND, &l.facts, &to, e) <
		0)
		return -1;
	if (in->content_version != l.x.content_version)
		return exception_stale(c, &l.x, e);
	if (check_finding(c, &l, in, e) < 0)
		return -1;
	f = (struct finding){ .kind = in->kind,
		.judgement = in->judgement,
		.text = in->text,
		.author_id = c->who.person_id,
		.created_at = c->now,
		.content_version = l.x.content_version,
		.stage = l.x.stage };
	if (finding_store_put(c->db, id, &f, e) < 0 ||
	    exception_store_touch(c->db, &l.x, c->who.person_id, "find", c->now,
		e) < 0)
		return -1;
	fact.object_id = id;
	fact.object = in->number;
	fact.row_version = l.x.row_version;
	fact.content_version = l.x.content_version;
	fact.detail = arena_printf(c->arena, "%s: %s", in->kind,
	    judgement_names[in->judgement]);
	if (audit_add(c, &fact, e) < 0)
		return -1;
	return exception_reply_fresh(c, 200, id, e);
}

/* The cursor is the last event's instant and id. */
struct history_cursor {
	instant_t at;
	unsigned char id[16];
};

static int
history_cursor_read(struct ctx *c, const char *text, struct history_cursor *k,
    struct err *e)
{
	unsigned char *bytes = NULL;
	size_t n = 0;

	k->at = c->now + US_PER_DAY;
	memset(k->id, 0xff, sizeof(k->id));
	if (text == NULL)
		return 0;
	if (base64url_decode(c->arena, text, &bytes, &n) < 0 ||
	    n != sizeof(k->at) + sizeof(k->id))
		return err_field(e, c->arena, "?cursor",
		    "is not a cursor of this list");
	memcpy(&k->at, bytes, sizeof(k->at));
	memcpy(k->id, bytes + sizeof(k->at), sizeof(k->id));
	return 0;
}

static const char *
history_cursor_print(struct ctx *c, const struct history_event *last)
{
	unsigned char bytes[sizeof(instant_t) + 16];

	memcpy(bytes, &last->at, sizeof(last->at));
	if (hex_decode(last->id, bytes + sizeof(last->at), 16) < 0)
		return NULL;
	return base64url_encode(c->arena, bytes, sizeof(bytes));
}

int
exception_history(struct ctx *c, struct err *e)
{
	const struct history_in *in = c->in;
	int64_t limit = in->limit != I64_NONE ? in->limit : 50;
	struct history_out out = { 0 };
	struct history_cursor k;
	struct loaded l;
	int64_t id = 0;

	if (exception_id_of(c, in->number, &id, e) < 0 ||
	    exception_load(c, id, false, &l, e) < 0)
		return -1;
	if (l.sight != SIGHT_FULL)
		return err_set(e, ERR_FORBIDDEN,
		    "Your role does not include the history of other "
		    "people's exceptions.");
	if (history_cursor_read(c, in->cursor, &k, e) < 0 ||
	    exception_store_history(c->db, id, k.at, k.id, limit + 1,
		&out.items, &out.nitems, e) < 0)
		return -1;
	if (out.nitems > (size_t)limit) {
		out.nitems = (size_t)limit;
		out.next_cursor =
		    history_cursor_print(c, &out.items[out.nitems - 1]);
	}
	return reply(c, 200, &out);
}
